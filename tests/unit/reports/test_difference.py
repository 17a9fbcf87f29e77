"""The difference by word: what was is in the deleted and kept spans, what is in the others."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from core.reports.difference import compare, spans

WORDS = st.lists(st.sampled_from(["đổi", "mới", "sáng", "tạo", "12,5", "%"]), max_size=12)


@given(WORDS, WORDS)
def test_both_texts_can_be_read_out_of_the_spans(old: list[str], new: list[str]) -> None:
    before, after = " ".join(old), " ".join(new)
    found = spans(before, after)
    kept = {"old": ("same", "del"), "new": ("same", "ins")}
    read = {
        side: "".join(span.text for span in found if span.op in ops).split()
        for side, ops in kept.items()
    }
    assert read == {"old": old, "new": new}


def test_only_the_changed_words_are_marked() -> None:
    found = spans("Tỷ lệ đạt 80 % trong năm", "Tỷ lệ đạt 92 % trong năm")
    assert [(span.op, span.text) for span in found] == [
        ("same", "Tỷ lệ đạt "), ("del", "80 "), ("ins", "92 "), ("same", "% trong năm "),
    ]  # fmt: skip


def part(**fields: Any) -> dict[str, Any]:
    return {
        "key": "indicators", "title": "Chỉ tiêu", "review": "open", "fields": fields,
        "indicators": [], "evidence": [],
    }  # fmt: skip


def test_figures_files_and_assessments() -> None:
    old = part(self_assessment="dat") | {
        "indicators": [{"id": "a", "text": "Tỷ lệ", "value": "80.5", "note": ""}],
        "evidence": [{"sha256": "1", "name": "cũ.pdf"}, {"sha256": "2", "name": "chung.pdf"}],
    }
    new = part(self_assessment="vuot") | {
        "indicators": [{"id": "a", "text": "Tỷ lệ", "value": "92", "note": ""}],
        "evidence": [{"sha256": "2", "name": "chung.pdf"}, {"sha256": "3", "name": "mới.pdf"}],
    }
    (found,) = compare([old], [new])
    assert [(field.label, field.old, field.new) for field in found.fields] == [
        ("Tự đánh giá", "Đạt", "Vượt"), ("Tỷ lệ", "80,5", "92"),
    ]  # fmt: skip
    assert (found.evidence_added, found.evidence_removed) == (("mới.pdf",), ("cũ.pdf",))


def test_an_unchanged_part_is_marked_so() -> None:
    (found,) = compare([part(narrative="Như cũ.")], [part(narrative="Như cũ.")])
    assert not found.is_changed
    assert found.fields == ()
