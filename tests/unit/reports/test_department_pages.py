"""Small parts of the receiver's pages: what the chart says, the address, the export, decisions."""

from __future__ import annotations

from io import BytesIO
from uuid import UUID
from zipfile import ZipFile

import pytest

from core.errors import InvalidInputError
from core.reports import export, listing
from core.reports import phrases_department as words
from core.reports.review_input import read_decisions
from core.reports.schemas import Counters, PartView


def counters(overdue: int = 0, **by_state: int) -> Counters:
    silent = sum(by_state.get(s, 0) for s in ("not_started", "drafting", "awaiting_sign_off"))
    return Counters(
        total=sum(by_state.values()), by_state=by_state, on_time=by_state.get("accepted", 0),
        late=0, silent=silent, overdue=overdue,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("given", "says"),
    [
        (counters(), "Chưa có đơn vị nào trong kỳ này"),
        (counters(drafting=3), "Còn 3 đơn vị chưa nộp, chưa đơn vị nào quá hạn"),
        (counters(drafting=3, overdue=2), "Còn 3 đơn vị chưa nộp, trong đó 2 đã quá hạn"),
        (counters(drafting=3, overdue=3), "Còn 3 đơn vị chưa nộp và đã quá hạn"),
        (counters(submitted=1, in_review=2), "Các đơn vị đã nộp đủ, còn 3 báo cáo chờ duyệt"),
        (
            counters(returned=1, accepted=4),
            "Các đơn vị đã nộp đủ, 1 báo cáo đang được trả lại để bổ sung",
        ),
        (counters(accepted=4, excused=1), "Đã tiếp nhận đủ báo cáo của các đơn vị"),
    ],
)
def test_the_chart_is_titled_with_its_finding(given: Counters, says: str) -> None:
    assert words.finding(given) == says


def test_excused_units_do_not_count_as_owing() -> None:
    assert words.filed_share(counters(accepted=3, drafting=1, excused=6)) == (
        "Đã nộp 3/4 (75%) · đúng hạn 3"
    )
    assert words.filed_share(counters(excused=2)) == ""


def test_filters_survive_the_way_through_the_address() -> None:
    receiver = UUID(int=5)
    filters = listing.filters_of(
        {"tim": " bệnh viện ", "trang-thai": "returned", "noi-nhan": str(receiver)}
    )
    assert filters.search == "bệnh viện"
    assert filters.is_narrowed
    assert filters.query(state="") == f"?tim=b%E1%BB%87nh+vi%E1%BB%87n&noi-nhan={receiver}"
    assert listing.Filters().query() == ""


def test_a_pressed_card_lets_go() -> None:
    free = listing.cards(counters(returned=2), listing.Filters())
    pressed = listing.cards(counters(returned=2), listing.Filters(state="returned"))
    card = next(card for card in free if card.label == "Trả lại")
    assert (card.value, card.href, card.is_active) == (2, "?trang-thai=returned#danh-sach", False)
    card = next(card for card in pressed if card.label == "Trả lại")
    assert (card.href, card.is_active) == ("?#danh-sach", True)


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\t=1"])
def test_what_looks_like_a_formula_is_made_text(text: str) -> None:
    assert export.safe(text) == f"'{text}"


def test_an_empty_export_is_still_a_workbook() -> None:
    book = ZipFile(BytesIO(export.workbook("Báo cáo hằng năm 2026", [])))
    assert "Báo cáo hằng năm 2026" in book.read("xl/sharedStrings.xml").decode()


def part(position: int, review: str = "open", *, is_asked: bool = True) -> PartView:
    return PartView(
        id=UUID(int=position), key=f"criterion:c{position}", kind="criterion", position=position,
        title="", text="", reference="", source_line=None, help="", is_asked=is_asked,
        not_asked_reason="", has_self_assessment=True, has_evidence=True, words_from=None,
        words_to=None, indicators=(), fields={}, version=1, is_done=True, review=review,
        return_reason="", return_due_at=None, saved_by="", saved_at=None, evidence=(),
        is_editable=False,
    )  # fmt: skip


PARTS = [part(1), part(2), part(3, "accepted"), part(4, is_asked=False)]


def test_the_rest_leaves_out_accepted_parts_and_those_not_asked() -> None:
    form = {"_rest": "1", "p1.choice": "return", "p1.reason": "Thiếu.", "p1.due_at": "2026-12-05"}
    found = read_decisions(PARTS, form)
    assert found.accepted == ("criterion:c2",)
    reason, day = found.returned["criterion:c1"]
    assert reason == "Thiếu."
    assert day.isoformat() == "2026-12-06T00:00:00+07:00"


def test_every_mistake_is_told_at_once_and_at_its_field() -> None:
    form = {
        "p1.choice": "return", "p1.due_at": "mai", "p1.reason": "Thiếu.", "p2.choice": "return",
        "p2.due_at": "2026-12-05",
    }  # fmt: skip
    with pytest.raises(InvalidInputError) as caught:
        read_decisions(PARTS, form)
    assert set(caught.value.fields) == {"p1.due_at", "p2.reason"}


def test_an_accepted_part_cannot_be_returned_from_an_old_page() -> None:
    with pytest.raises(InvalidInputError):
        read_decisions(PARTS, {"p3.choice": "return", "p3.reason": "x", "p3.due_at": "2026-12-05"})
