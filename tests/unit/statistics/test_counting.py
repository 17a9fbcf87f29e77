"""Counting without a database: who counts, targets, spreads, texts."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest

from core.kit.ids import new_id
from core.plugin.api import Comparison, Indicator
from core.statistics.counting import CountedReport, count, plain, reaches
from core.statistics.schemas import Figures
from core.statistics.texts import first_texts, keep_edited, with_edits
from tests.integration.reports.house import FILLED, plan

STORED = {**FILLED, "indicators": {"figures": {"rate": {"value": "92.5", "note": ""}}}}
AS_OF = datetime(2026, 11, 22, tzinfo=UTC)
KEYS = ["criterion:c1", "criterion:c2", "indicators", "initiatives", "difficulties_proposals"]


def indicator(comparison: Comparison, target: Any, unit: str = "%") -> Indicator:
    return Indicator(id="i", text="Tỷ lệ", comparison=comparison, target=target, unit=unit)


def report(name: str, state: str, **more: Any) -> CountedReport:
    values: dict[str, Any] = {
        "id": new_id(), "unit_id": new_id(), "unit_name": name, "state": state, "timing": "",
        "due_at": AS_OF, "is_past_due": True, "number": 1, "content_hash": "h", "parts": STORED,
        "is_reported": state in ("submitted", "in_review", "returned", "accepted"),
    }  # fmt: skip
    return CountedReport(**{**values, **more})


def counted(*reports: CountedReport) -> Figures:
    return count(reports, plan(), KEYS, AS_OF)


@pytest.mark.parametrize(
    ("comparison", "target", "value", "reached"),
    [
        (Comparison.AT_LEAST, 90, "90", True),
        (Comparison.AT_LEAST, 90, "89.9", False),
        (Comparison.MORE_THAN, 95, "95", False),
        (Comparison.MORE_THAN, 95, "95.01", True),
        (Comparison.EQUAL, 100, "100.0", True),
        (Comparison.EQUAL, 100, "99.9", False),
        (Comparison.RANK_BETWEEN, (1, 5), "1", True),
        (Comparison.RANK_BETWEEN, (1, 5), "5", True),
        (Comparison.RANK_BETWEEN, (1, 5), "6", False),
    ],
)
def test_targets(comparison: Comparison, target: Any, value: str, reached: bool) -> None:
    assert reaches(indicator(comparison, target), Decimal(value)) is reached


@pytest.mark.parametrize(
    ("value", "text"), [("97.50", "97,5"), ("100", "100"), ("0.0", "0"), ("1200", "1200")]
)
def test_plain_numbers(value: str, text: str) -> None:
    assert plain(Decimal(value)) == text


def test_who_is_counted() -> None:
    figures = counted(
        report("A", "accepted", timing="on_time"),
        report("B", "submitted", timing="late"),
        report("C", "returned", timing="on_time"),
        report("D", "drafting"),
        report("E", "not_started", parts={}),
        report("F", "excused", parts={}),
    )
    assert (figures.obliged, figures.excused, figures.reported) == (5, 1, 3)
    assert (figures.on_time, figures.late, figures.accepted) == (2, 1, 1)
    assert [unit.unit_name for unit in figures.missing] == ["D", "E"]
    assert [source.unit_name for source in figures.sources] == ["A", "B", "C"]
    assert figures.reported_rate == 60
    assert round(figures.on_time_rate, 1) == 66.7


def test_a_withdrawn_draft_is_not_counted_though_it_has_a_version() -> None:
    figures = counted(report("A", "drafting", number=1))
    assert figures.reported == 0
    assert figures.parts[0].gathered == ()


def test_a_text_and_the_report_it_refers_to_are_both_gathered() -> None:
    fields = {"criterion:c1": {"narrative": "Đã làm.", "merged_reference": "Báo cáo số 12/BC"}}
    figures = counted(report("A", "accepted", parts=fields))
    assert figures.parts[0].gathered[0].text == "Đã làm.\n\nBáo cáo số 12/BC"


def test_a_returned_report_that_waits_for_its_head_is_still_in_hand() -> None:
    figures = counted(report("A", "awaiting_sign_off", timing="late", is_reported=True))
    assert (figures.reported, figures.late, figures.missing) == (1, 1, ())


def test_nothing_owed_divides_by_nothing() -> None:
    figures = counted(report("A", "excused"))
    assert (figures.reported_rate, figures.on_time_rate) == (0, 0)


def test_a_round_without_a_day_has_no_on_time_rate() -> None:
    figures = counted(report("A", "accepted", due_at=None, is_past_due=False))
    assert (figures.timed, figures.on_time_rate, figures.late) == (0, 0, 0)
    assert "đúng hạn" not in first_texts(figures, "Kỳ")[0].text


def figure(value: str, note: str = "") -> dict[str, Any]:
    return {**FILLED, "indicators": {"figures": {"rate": {"value": value, "note": note}}}}


def test_indicators_show_a_spread_and_never_a_sum() -> None:
    figures = counted(
        report("A", "accepted", parts=figure("80")),
        report("B", "accepted", parts=figure("95.5")),
        report("C", "accepted", parts=figure("90")),
        report("D", "accepted", parts=figure("", "Chưa đo được.")),
        report("E", "drafting", parts=figure("1")),
    )
    (each,) = figures.indicators
    assert (each.reporting, each.reached) == (3, 2)
    assert (each.lowest, each.middle, each.highest) == ("80", "90", "95,5")
    assert [row.reached for row in each.figures] == [False, True, True, None]
    assert not {"total", "sum", "average", "mean"} & set(each.__struct_fields__)


def test_texts_are_gathered_by_unit_with_the_assessments() -> None:
    figures = counted(report("A", "accepted"), report("B", "accepted"))
    part = figures.parts[0]
    assert part.assessments == {"dat": 2}
    assert [row.unit_name for row in part.gathered] == ["A", "B"]
    texts = {each.key: each.text for each in first_texts(figures, "Báo cáo hằng năm 2026")}
    assert list(texts) == ["opening", *KEYS[:2], "indicators", "initiatives",
                           "difficulties_proposals", "conclusion"]  # fmt: skip
    assert "A: Đã làm tốt việc thứ nhất." in texts["criterion:c1"]
    assert "Tự đánh giá: Đạt 2" in texts["criterion:c1"]
    assert "Thiếu nhân lực." in texts["difficulties_proposals"]
    assert "Bệnh án điện tử (Khoa Dược)" in texts["initiatives"]


def test_the_opening_names_who_is_missing() -> None:
    figures = counted(report("Bệnh viện A", "accepted"), report("Trạm B", "not_started"))
    opening = first_texts(figures, "Báo cáo hằng năm 2026")[0].text
    assert "2 đơn vị phải báo cáo, đã nhận 1 báo cáo (50%)" in opening
    assert "1 đúng hạn (100% số đã nhận), 0 nộp muộn" in opening
    assert "Chưa nhận được báo cáo của 1 đơn vị: Trạm B." in opening


def test_edited_texts_survive_a_new_count() -> None:
    old = first_texts(counted(report("A", "accepted")), "Kỳ")
    edited = with_edits(old, {"conclusion": "Viết tay.", "opening": old[0].text})
    assert [part.key for part in edited if part.is_edited] == ["conclusion"]
    new = first_texts(counted(report("A", "accepted"), report("B", "accepted")), "Kỳ")
    kept = {part.key: part.text for part in keep_edited(new, edited)}
    assert kept["conclusion"] == "Viết tay."
    assert "2 đơn vị phải báo cáo" in kept["opening"]


def test_ids_are_kept_apart() -> None:
    figures = counted(report("A", "accepted"), report("A", "accepted"))
    ids: set[UUID] = {row.unit_id for row in figures.parts[0].gathered}
    assert len(ids) == 2
