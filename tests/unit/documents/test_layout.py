"""What both renderers take from a paper."""

from __future__ import annotations

from datetime import date

import pytest

from core.documents.render.errors import NoTemplateError
from core.documents.render.fonts import BOLD, REGULAR, balanced_lines, text_width
from core.documents.render.layout import lay_out
from core.documents.render.model import Letterhead, Signature
from core.documents.render.template_versions import DECREE_30, template_by_id, template_on
from tests.golden.papers.samples import LONG_NAME, report


def test_names_are_written_in_capitals_and_balanced() -> None:
    layout = lay_out(report(letterhead=Letterhead(issuing_body="Trung tâm Y tế Điện Biên Phủ")))

    assert layout.parent == ()
    assert layout.issuing == ("TRUNG TÂM Y TẾ", "ĐIỆN BIÊN PHỦ")
    assert layout.name_size == 13


def test_long_names_take_the_smaller_size() -> None:
    layout = lay_out(report(letterhead=Letterhead(issuing_body=LONG_NAME)))
    limit = DECREE_30.left_column / 25.4 * 72

    assert layout.name_size == 12
    assert " ".join(layout.issuing) == LONG_NAME.upper()
    assert all(text_width(line, 12, BOLD) < limit for line in layout.issuing)


def test_a_word_longer_than_the_line_is_cut() -> None:
    lines = balanced_lines("A" * 60, 13, BOLD, 100)

    assert "".join(lines) == "A" * 60
    assert all(text_width(line, 13, BOLD) <= 100 for line in lines)


def test_no_text_gives_no_lines() -> None:
    assert balanced_lines("  ", 13, BOLD, 100) == ()


def test_widths_are_those_of_times_new_roman() -> None:
    # Times New Roman: "A" is 1479, "i" 569 and a space 512 units of 2048.
    assert text_width("Ai ", 2048, REGULAR) == 1479 + 569 + 512


def test_the_short_rule_is_between_a_third_and_a_half() -> None:
    layout = lay_out(report())
    longest = max(text_width(line, layout.name_size, BOLD) for line in layout.issuing)

    assert 1 / 3 < layout.issuing_rule / longest < 1 / 2


def test_titles_of_the_signatory_follow_the_tenants_switch() -> None:
    signed = Signature(authority=("Giám đốc",), name="BSCKII. Lò Thị Xuân", keep_titles=True)

    assert lay_out(report(signature=signed)).signatory == "BSCKII. Lò Thị Xuân"
    assert lay_out(report()).signatory == "Nguyễn Văn Phượng"
    assert lay_out(report()).authority == ("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC")


def test_the_version_is_chosen_by_date() -> None:
    assert template_on(date(2020, 3, 5)) is DECREE_30
    assert template_on(date(2026, 11, 30)) is DECREE_30
    with pytest.raises(NoTemplateError, match="04/03/2020"):
        template_on(date(2020, 3, 4))


def test_a_paper_keeps_the_version_that_it_names() -> None:
    assert template_by_id("nd30-2020") is DECREE_30
    with pytest.raises(NoTemplateError, match="nd110"):
        lay_out(report(template="nd110-2004"))
