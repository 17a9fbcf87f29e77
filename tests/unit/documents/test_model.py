"""The paper's model and what is cleaned at its border."""

from __future__ import annotations

import unicodedata

import msgspec
import pytest

from core.documents.render.model import (
    Column,
    Paper,
    Paragraph,
    Table,
    clean_paper,
    clean_text,
    paragraphs,
)
from tests.golden.papers.samples import annexes, report, table


def test_texts_come_out_in_nfc() -> None:
    decomposed = unicodedata.normalize("NFD", "Điện Biên Phủ, Lưỡng Tiến")

    assert clean_text(decomposed) == "Điện Biên Phủ, Lưỡng Tiến"


def test_every_text_of_a_paper_is_cleaned() -> None:
    paper = report(2, annexes=annexes(), notice="Bản tạm tính")
    raw = unicodedata.normalize("NFD", msgspec.json.encode(paper).decode())
    decomposed = msgspec.json.decode(raw, type=Paper)

    assert decomposed != paper
    assert clean_paper(decomposed) == clean_paper(paper)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("a\x00b\x0bc", "abc"),
        ("\ufeffvăn bản", "văn bản"),
        ("\uf0b7 mục", "- mục"),
        ("10\u00a0%\u202fcuối", "10 % cuối"),
        ("dòng 1\ndòng 2\tcột", "dòng 1\ndòng 2\tcột"),
        ("  thừa  ", "thừa"),
    ],
)
def test_signs_that_no_paper_can_show_go(typed: str, kept: str) -> None:
    assert clean_text(typed) == kept


def test_a_narrative_becomes_a_paragraph_per_line() -> None:
    assert paragraphs("Một.\n\n  Hai. \r\nBa.") == tuple(map(Paragraph, ("Một.", "Hai.", "Ba.")))
    assert paragraphs(" \n ") == ()


@pytest.mark.parametrize("rows", [(("1",),), (("1", "2", "3"),)])
def test_a_table_refuses_rows_of_another_length(rows: tuple[tuple[str, ...], ...]) -> None:
    with pytest.raises(ValueError, match="one cell per column"):
        Table((Column("A"), Column("B")), rows)


def test_a_table_needs_columns() -> None:
    with pytest.raises(ValueError, match="one cell per column"):
        Table((), ())


def test_a_paper_travels_as_json() -> None:
    paper = report(1, body=(Paragraph("…", italic=True), table(2)), annexes=annexes())

    assert msgspec.json.decode(msgspec.json.encode(paper), type=Paper) == paper
