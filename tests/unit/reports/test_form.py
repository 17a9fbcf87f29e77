"""The form out of the plan, and what may be typed into it."""

from __future__ import annotations

import msgspec
import pytest

from core.errors import InvalidInputError
from core.plugin.api import Applicability
from core.reports.form import PartDefinition, clean, form_of, missing, phase_of
from core.reports.inner import merge
from tests.integration.reports.house import FILLED, criterion, forms, plan

FORM = form_of(plan(), "annual", 2026)


def part(key: str) -> PartDefinition:
    found = FORM.part(key)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("year", "phase"), [(2024, None), (2025, "p1"), (2027, "p1"), (2028, "p2"), (2030, "p2")]
)
def test_a_year_of_two_phases_belongs_to_the_earlier(year: int, phase: str | None) -> None:
    assert phase_of(plan(), year) == phase


def test_criteria_of_another_phase_are_left_out() -> None:
    criteria = (criterion(1), criterion(2, phase="p2"))
    content = msgspec.structs.replace(plan(), criteria=criteria, report_forms=forms(criteria, ()))
    keys = {
        year: [part.key for part in form_of(content, "annual", year).parts][:2]
        for year in (2027, 2028)
    }
    assert keys == {
        2027: ["criterion:c1", "initiatives"],
        2028: ["criterion:c1", "criterion:c2"],
    }


def test_figures_that_wait_for_guidance_are_shown_with_the_reason() -> None:
    waiting = msgspec.structs.replace(
        plan().indicators[0],
        applicability=Applicability.AWAITING_GUIDANCE,
        applicability_note="Chờ hướng dẫn về chỉ số.",
    )
    content = msgspec.structs.replace(
        plan(), indicators=(waiting,), report_forms=forms(plan().criteria, (waiting,))
    )
    found = form_of(content, "annual", 2026).part("indicators")
    assert found is not None
    assert (found.is_asked, found.not_asked_reason) == (False, "Chờ hướng dẫn về chỉ số.")
    assert missing(found, {}) == []


@pytest.mark.parametrize("key", list(FILLED))
def test_a_filled_part_lacks_nothing_and_an_empty_one_does(key: str) -> None:
    assert missing(part(key), clean(part(key), FILLED[key])) == []
    assert missing(part(key), {}) != []


def test_the_plans_words_stand_beside_the_field() -> None:
    first = part("criterion:c1")
    assert first.part.text == "Tiêu chí số 1 của kế hoạch."
    assert (first.reference, first.source_line) == ("mục II.1", 11)


@pytest.mark.parametrize(
    ("key", "fields", "where"),
    [
        ("criterion:c1", {"narrative": 5}, "narrative"),
        ("criterion:c1", {"narrative": "x" * 20_001}, "narrative"),
        ("criterion:c1", {"self_assessment": "tốt"}, "self_assessment"),
        ("criterion:c1", {"score": "9"}, "score"),
        ("criterion:c1", {"merged_reference": "BC 12"}, "merged_reference"),
        ("indicators", {"figures": {"rate": "abc"}}, "figures.rate"),
        ("indicators", {"figures": {"rate": True}}, "figures.rate"),
        ("indicators", {"figures": {"other": "1"}}, "figures.other"),
        ("indicators", {"figures": ["1"]}, "figures"),
        ("initiatives", {"items": "x"}, "items"),
        ("initiatives", {"items": [{"author": "A"}]}, "items.0.name"),
        ("initiatives", {"items": [5]}, "items.0"),
        ("initiatives", {"items": [{"name": "x"}] * 51}, "items"),
        ("initiatives", {"none": "maybe"}, "none"),
    ],
)
def test_refused_at_the_field(key: str, fields: dict[str, object], where: str) -> None:
    with pytest.raises(InvalidInputError) as caught:
        clean(part(key), fields)
    assert list(caught.value.fields) == [where]


def test_every_error_is_told_at_once() -> None:
    with pytest.raises(InvalidInputError) as caught:
        clean(part("criterion:c1"), {"narrative": 5, "self_assessment": "x", "more": ""})
    assert set(caught.value.fields) == {"narrative", "self_assessment", "more"}


@pytest.mark.parametrize(
    ("typed", "value"), [("12,5", "12.5"), ("12.5", "12.5"), (12.5, "12.5"), (0, "0"), ("", "")]
)
def test_figures_in_both_writings(typed: object, value: str) -> None:
    cleaned = clean(part("indicators"), {"figures": {"rate": {"value": typed}}})
    assert cleaned["figures"]["rate"]["value"] == value


def measured(unit: str, target: float = 90) -> PartDefinition:
    asked = msgspec.structs.replace(plan().indicators[0], unit=unit, target=target)
    content = msgspec.structs.replace(
        plan(), indicators=(asked,), report_forms=forms(plan().criteria, (asked,))
    )
    found = form_of(content, "annual", 2026).part("indicators")
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("unit", "typed", "value"),
    [
        ("lượt", "95.123", "95123"),
        ("lượt", 95.123, "95.123"),
        ("%", "95,123", "95.123"),
        ("%", 95.123, "95.123"),
        ("%", "0.125", "0.125"),
        ("%", "100", "100"),
        ("%", "0", "0"),
    ],
)
def test_a_count_may_be_grouped_and_a_share_may_have_decimals(
    unit: str, typed: object, value: str
) -> None:
    cleaned = clean(measured(unit), {"figures": {"rate": {"value": typed}}})
    assert cleaned["figures"]["rate"]["value"] == value


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("95.123", "Chưa rõ “95.123” là số nào: xin viết 95,123 hoặc 95123."),
        ("95.123 %", "Chưa rõ “95.123” là số nào: xin viết 95,123 hoặc 95123."),
        ("100,5", "Tỷ lệ phần trăm nằm trong khoảng từ 0 đến 100."),
        ("1.234.567", "Tỷ lệ phần trăm nằm trong khoảng từ 0 đến 100."),
        ("-1", "Tỷ lệ phần trăm nằm trong khoảng từ 0 đến 100."),
    ],
)
def test_a_share_that_is_unclear_or_impossible_is_refused_at_the_field(
    typed: str, sentence: str
) -> None:
    with pytest.raises(InvalidInputError) as caught:
        clean(measured("%"), {"figures": {"rate": {"value": typed}}})
    assert caught.value.fields == {"figures.rate": sentence}


def test_a_rate_whose_target_lies_above_a_hundred_is_no_share() -> None:
    cleaned = clean(measured("%", 120), {"figures": {"rate": {"value": "125,5"}}})
    assert cleaned["figures"]["rate"]["value"] == "125.5"


def test_what_is_missing_names_the_figure() -> None:
    assert [lack.sentence for lack in missing(part("indicators"), {})] == [
        f"“{plan().indicators[0].text}”: chưa có số liệu; "
        "nếu chưa có được, xin ghi rõ lý do ở ô ghi chú."
    ]


def test_a_note_may_stand_for_a_figure() -> None:
    cleaned = clean(
        part("indicators"), {"figures": {"rate": {"value": "", "note": "Chưa có số liệu."}}}
    )
    assert missing(part("indicators"), cleaned) == []


def test_empty_rows_are_dropped_and_none_can_be_said() -> None:
    cleaned = clean(part("initiatives"), {"items": [{"name": " "}], "none": "on"})
    assert cleaned == {"items": [], "none": True}
    assert missing(part("initiatives"), cleaned) == []


def test_sources_are_never_taken_from_outside() -> None:
    cleaned = clean(part("criterion:c1"), {"narrative": "x", "sources": [{"report_id": "1"}]})
    assert "sources" not in cleaned


def test_merging_keeps_both_texts_and_unsays_none() -> None:
    own = {"items": [], "none": True}
    merged = merge(own, {"items": [{"name": "Bệnh án điện tử"}], "none": False}, "Khoa Nội")
    assert merged == {"items": [{"name": "Bệnh án điện tử"}], "none": False}
    merged = merge({"narrative": "Chung."}, {"narrative": "Riêng."}, "Khoa Nội")
    assert merged["narrative"] == "Chung.\n\nKhoa Nội:\nRiêng."
