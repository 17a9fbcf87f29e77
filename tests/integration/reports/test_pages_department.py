"""The receiver's pages over HTTP, behind the real edge."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import AsyncIterator
from html import unescape
from io import BytesIO
from zipfile import ZipFile

import pytest
from litestar.types import ASGIApp

from core.kit import db
from core.reports import rounds, routes_department, routes_review
from core.settings import settings
from tests.factories import make_unit
from tests.integration.reports.house import (
    ASKED,
    DUE,
    NOW,
    House,
    brought_to,
    fill,
    make_house,
    obligation_of,
    opened,
    report_of,
    submit,
    view,
)
from tests.integration.reports.site import browser, site

pytestmark = pytest.mark.usefixtures("app_db")
PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    b"2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
)


@pytest.fixture
async def app(app_db: db.TenantEngine, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[ASGIApp]:
    monkeypatch.setenv("THIDUA_CLOCK", NOW)
    settings.cache_clear()
    yield site([*routes_department.route_handlers, *routes_review.route_handlers])
    monkeypatch.undo()
    settings.cache_clear()


def words(html: str) -> str:
    """Return what people read on a page."""
    body = html[html.index("<main") :]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", body)).split())


async def stored_round(house: House, round_id: object) -> dict[str, object]:
    async with house.at():
        row = await db.fetchrow("SELECT * FROM reporting_round WHERE id = $1", round_id)
    return dict(row)


async def test_the_list_shows_how_a_round_stands_and_only_officers_open_one(app: ASGIApp) -> None:
    house = await make_house()
    await opened(house)
    async with browser(app, house, "officer") as b:
        text = words(await b.get("/ky-bao-cao"))
        assert "Báo cáo hằng năm 2026" in text
        assert "Còn 2 đơn vị chưa nộp, chưa đơn vị nào quá hạn" in text
        assert "hết ngày 29/11/2026" in text
        assert 'href="/ky-bao-cao/mo"' in b.text
    async with browser(app, house, "auditor") as b:
        await b.get("/ky-bao-cao")
        assert 'href="/ky-bao-cao/mo"' not in b.text
    async with browser(app, house, "clerk0") as b:
        assert "Báo cáo hằng năm 2026" in words(await b.get("/ky-bao-cao"))


async def test_a_unit_sees_the_call_and_not_the_other_units(app: ASGIApp) -> None:
    house = await make_house()
    round_id = await opened(house, message="Chú ý phần chỉ tiêu.")
    async with browser(app, house, "clerk0") as b:
        text = words(await b.get(f"/ky-bao-cao/{round_id}"))
        assert "Chú ý phần chỉ tiêu." in text
        assert "trước ngày 30/11" in text
        assert "Bệnh viện số 1" not in text
        await b.get(f"/ky-bao-cao/{round_id}/xuat.xlsx", status=404)
        await b.get(f"/ky-bao-cao/{round_id}/nhac", status=404)
        await b.get(f"/ky-bao-cao/{round_id}/dong", status=403)
        await b.get("/ky-bao-cao/mo", status=403)


async def test_opening_shows_the_plans_words_then_a_look_then_opens(app: ASGIApp) -> None:
    house = await make_house()
    async with browser(app, house, "officer") as b:
        form = words(await b.get("/ky-bao-cao/mo"))
        assert "trước ngày 30/11" in form
        assert "Năm 2026: hết ngày 29/11/2026" in form
        assert "Kế hoạch không nêu ngày, Sở chưa đặt." in form
        look = await b.post(
            "/ky-bao-cao/mo", status=200, kind="annual", year="2026", scope="all",
            message="Kính gửi các đơn vị.", files={"attachment_ids": ("cv.pdf", PDF)},
        )  # fmt: skip
        text = words(look.text)
        assert "2 đơn vị" in text
        assert "hết ngày 29/11/2026 (theo Kế hoạch)" in text
        assert "cv.pdf" in text
        async with house.at():
            assert await db.fetchval("SELECT count(*) FROM reporting_round") == 0
        hidden = dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', look.text))
        again = {name: value for name, value in hidden.items() if name != "_csrf_token"}
        edited = await b.post("/ky-bao-cao/mo", status=200, _step="edit", **again)
        assert "Kính gửi các đơn vị." in edited.text
        assert "cv.pdf" in edited.text
        done = await b.post("/ky-bao-cao/mo", _step="open", **again)
        page = words(await b.get(done.headers["location"]))
        assert "Kính gửi các đơn vị." in page
        assert "cv.pdf" in page
        assert "Bệnh viện số 1" in page
        warned = await b.post("/ky-bao-cao/mo", status=200, kind="annual", year="2026")
        assert "Kỳ báo cáo này đang mở rồi" in words(warned.text)


async def test_opening_for_chosen_units_and_kinds(app: ASGIApp) -> None:
    house = await make_house()
    await make_unit(house.tenant_id, name="Trạm Y tế một", parent_id=house.tenant_id,
                    kind="commune_station")  # fmt: skip
    async with browser(app, house, "officer") as b:
        await b.get("/ky-bao-cao/mo")
        none = await b.post(
            "/ky-bao-cao/mo",
            status=422,
            kind="annual",
            year="2026",
            scope="chosen",
            message="Giữ lại.",
        )
        assert "Chưa chọn đơn vị nào." in words(none.text)
        assert "Giữ lại." in none.text
        one = await b.post(
            "/ky-bao-cao/mo", status=200, kind="annual", year="2026", scope="chosen",
            unit_ids=[str(house.units[1])],
        )  # fmt: skip
        assert "1 đơn vị" in words(one.text)
        kind = await b.post(
            "/ky-bao-cao/mo", status=200, kind="annual", year="2026", scope="chosen",
            unit_kinds=["hospital"],
        )  # fmt: skip
        assert "2 đơn vị" in words(kind.text)


async def test_another_day_than_the_plans_needs_a_decision(app: ASGIApp) -> None:
    house = await make_house()
    async with browser(app, house, "officer") as b:
        await b.get("/ky-bao-cao/mo")
        refused = await b.post(
            "/ky-bao-cao/mo", status=422, kind="annual", year="2026", due_at="2026-12-10"
        )
        assert "Chưa có số quyết định." in words(refused.text)
        assert 'href="#f-decision_file_id"' in refused.text
        assert 'value="2026-12-10"' in refused.text
        wrong = await b.post(
            "/ky-bao-cao/mo", status=422, kind="annual", year="2026",
            files={"attachment_ids": ("virus.exe", b"MZ")},
        )  # fmt: skip
        assert "Tệp “virus.exe” không thuộc loại được nhận" in words(wrong.text)
        taken = await b.post(
            "/ky-bao-cao/mo", status=303, kind="annual", year="2026", due_at="2026-12-10",
            decision_number="12/QĐ-SYT", _step="open",
            files={"decision_file_id": ("qd.pdf", PDF)},
        )  # fmt: skip
        page = words(await b.get(taken.headers["location"]))
        assert "hết ngày 10/12/2026 (riêng kỳ này, theo quyết định thay đổi)" in page
        assert "12/QĐ-SYT" in page


async def test_the_round_filters_pages_and_marks(app: ASGIApp) -> None:
    house = await make_house(units=3)
    round_id = await opened(house)
    late = await report_of(house, house.units[0], round_id)
    await fill(house, late)
    await submit(house, late, now="2026-12-01T08:00:00+07:00")
    await brought_to_excused(house, round_id)
    async with browser(app, house, "officer") as b:
        text = words(await b.get(f"/ky-bao-cao/{round_id}"))
        assert "Nộp muộn 1 ngày 8 giờ" in text
        assert "Mới sáp nhập." in text
        assert f"/bao-cao/{late}/duyet" in b.text
        assert "Nhắc 1 đơn vị" in text
        found = words(await b.get(f"/ky-bao-cao/{round_id}?tim=benh vien so 2"))
        assert "Bệnh viện số 2" in found
        assert "Bệnh viện số 0" not in found
        assert "Bệnh viện số 0" in words(await b.get(f"/ky-bao-cao/{round_id}?han=late"))
        assert "không khớp" not in words(await b.get(f"/ky-bao-cao/{round_id}?trang-thai=excused"))
        none = words(await b.get(f"/ky-bao-cao/{round_id}?trang-thai=accepted"))
        assert "Không có đơn vị nào khớp với bộ lọc." in none
        await b.get(f"/ky-bao-cao/{round_id}?sau=abc", status=422)
        await b.get(f"/ky-bao-cao/{round_id}?trang-thai=abc", status=422)


async def brought_to_excused(house: House, round_id: object) -> None:
    report_id = await report_of(house, house.units[1], round_id)  # type: ignore[arg-type]
    await brought_to(house, report_id, "excused")


async def test_the_next_page_goes_on_where_this_one_ends(app: ASGIApp) -> None:
    house = await make_house(units=1)
    for number in range(60):
        await make_unit(house.tenant_id, name=f"Trạm Y tế {number:02}", parent_id=house.tenant_id)
    round_id = await opened(house)
    async with browser(app, house, "officer") as b:
        first = await b.get(f"/ky-bao-cao/{round_id}")
        following = re.search(r'href="([^"]+sau=[^"]+)"', first)
        assert following
        second = await b.get(unescape(following.group(1)).split("#")[0])
        names = re.compile(r"Trạm Y tế \d\d")
        seen = set(names.findall(first)) | set(names.findall(second))
        assert len(seen) == 60
        assert not set(names.findall(first)) & set(names.findall(second))


async def test_the_export_holds_what_is_shown_and_no_formula(app: ASGIApp) -> None:
    house = await make_house()
    await make_unit(house.tenant_id, name="=HYPERLINK(1)", parent_id=house.tenant_id)
    round_id = await opened(house)
    async with browser(app, house, "auditor") as b:
        answer = await b.client.get(f"/ky-bao-cao/{round_id}/xuat.xlsx")
        assert answer.headers["content-type"].startswith("application/vnd.openxmlformats")
        book = ZipFile(BytesIO(answer.content))
        texts = unescape(book.read("xl/sharedStrings.xml").decode())
        assert "'=HYPERLINK(1)" in texts
        assert "Bệnh viện số 0" in texts
        assert "<f>" not in book.read("xl/worksheets/sheet1.xml").decode()
        narrow = await b.client.get(f"/ky-bao-cao/{round_id}/xuat.xlsx?tim=so 1")
        texts = ZipFile(BytesIO(narrow.content)).read("xl/sharedStrings.xml").decode()
        assert "Bệnh viện số 1" in texts
        assert "Bệnh viện số 0" not in texts


async def test_who_may_not_open_reports_sees_no_link_to_them(app: ASGIApp) -> None:
    house = await make_house()
    round_id = await opened(house)
    for who, may_open in (("auditor", True), ("records_clerk", False)):
        async with browser(app, house, who) as b:
            await b.get(f"/ky-bao-cao/{round_id}")
            assert ("/duyet" in b.text) is may_open


async def test_remind_close_reopen_each_say_first_what_they_do(app: ASGIApp) -> None:
    house = await make_house()
    round_id = await opened(house)
    base = f"/ky-bao-cao/{round_id}"
    async with browser(app, house, "officer") as b:
        assert "2 đơn vị chưa nộp sẽ nhận thông báo" in words(await b.get(f"{base}/nhac"))
        await b.post(f"{base}/nhac")
        assert "đã nhắc 1 lần" in words(await b.get(base))
        assert "Còn 2 đơn vị chưa nộp." in words(await b.get(f"{base}/dong"))
        await b.post(f"{base}/dong")
        assert (await stored_round(house, round_id))["state"] == "closed"
        await b.get(f"{base}/mo-lai")
        await b.post(f"{base}/mo-lai")
        assert (await stored_round(house, round_id))["state"] == "open"
    async with browser(app, house, "auditor") as b:
        await b.get(base)
        for step in ("nhac", "dong", "han"):
            await b.post(f"{base}/{step}", status=403)
            await b.get(f"{base}/{step}", status=403)


async def test_the_day_of_a_round_changes_only_with_a_decision(app: ASGIApp) -> None:
    house = await make_house()
    round_id = await opened(house)
    base = f"/ky-bao-cao/{round_id}"
    async with browser(app, house, "officer") as b:
        assert "Kế hoạch nêu hết ngày 29/11/2026" in words(await b.get(f"{base}/han"))
        none = await b.post(f"{base}/han", status=422)
        assert "Chưa chọn hạn mới." in words(none.text)
        refused = await b.post(f"{base}/han", status=422, due_at="2026-12-15")
        assert "Chưa có tệp quyết định." in words(refused.text)
        assert 'value="2026-12-15"' in refused.text
        assert (await stored_round(house, round_id))["due_at"] == DUE
        await b.post(
            f"{base}/han", due_at="2026-12-15", decision_number="9/QĐ-SYT",
            files={"decision_file_id": ("qd.pdf", PDF)},
        )  # fmt: skip
        assert "hết ngày 15/12/2026" in words(await b.get(base))


async def test_excuse_ask_again_extend(app: ASGIApp) -> None:
    house = await make_house()
    round_id = await opened(house)
    report_id = await report_of(house, house.units[0], round_id)
    owed = f"/nghia-vu/{await obligation_of(house, report_id)}"
    async with browser(app, house, "officer") as b:
        await b.get(f"{owed}/mien")
        refused = await b.post(f"{owed}/mien", status=422, reason=" ")
        assert "Chưa ghi lý do miễn nộp." in words(refused.text)
        await b.post(f"{owed}/mien", reason="Mới sáp nhập.")
        assert (await view(house, report_id)).state == "excused"
        assert "Mới sáp nhập." in words(await b.get(f"{owed}/bo-mien"))
        await b.post(f"{owed}/bo-mien")
        assert (await view(house, report_id)).state == "not_started"
        assert "hết ngày 29/11/2026" in words(await b.get(f"{owed}/gia-han"))
        refused = await b.post(
            f"{owed}/gia-han", status=422, new_due_at="2026-12-05", reason="Bão lũ."
        )
        assert "Chưa có số quyết định." in words(refused.text)
        assert "Bão lũ." in refused.text
        await b.post(
            f"{owed}/gia-han", new_due_at="2026-12-05", reason="Bão lũ.",
            decision_number="3/QĐ-SYT", files={"decision_file_id": ("qd.pdf", PDF)},
        )  # fmt: skip
        assert "đã gia hạn" in words(await b.get(f"/ky-bao-cao/{round_id}"))
        assert "05/12/2026" in words(b.text)
    async with browser(app, house, "head0") as b:
        await b.get("/ky-bao-cao")
        await b.get(f"{owed}/mien", status=403)
    async with browser(app, house, "head1") as b:
        await b.get(f"{owed}/mien", status=404)


async def positions(house: House, report_id: object) -> dict[str, int]:
    seen = await view(house, report_id)  # type: ignore[arg-type]
    return {part.key: part.position for part in seen.parts}


async def test_review_starts_accepts_and_returns_single_parts(app: ASGIApp) -> None:
    house = await make_house()
    report_id = await report_of(house, house.units[0], await opened(house))
    await brought_to(house, report_id, "submitted")
    at = await positions(house, report_id)
    base = f"/bao-cao/{report_id}"
    async with browser(app, house, "officer") as b:
        before = words(await b.get(f"{base}/duyet"))
        assert "Từ lúc bắt đầu, Bệnh viện số 0 không thu hồi báo cáo được nữa." in before
        assert "Tiêu chí số 1 của kế hoạch." in before
        assert "92,5 %" in before
        assert "Chưa áp dụng" in before
        assert "p1.choice" not in b.text
        await b.post(f"{base}/bat-dau-duyet")
        await b.get(f"{base}/duyet")
        one, two = at["criterion:c1"], at["criterion:c2"]
        empty = await b.post(f"{base}/duyet", status=422)
        assert "Chưa chọn phần nào" in words(empty.text)
        wrong = await b.post(
            f"{base}/duyet", status=422,
            **{f"p{one}__choice": "return", f"p{one}__due_at": "2026-12-05",
               f"p{two}__choice": "accept"},
        )  # fmt: skip
        assert "Chưa ghi lý do trả lại." in words(wrong.text)
        assert 'value="2026-12-05"' in wrong.text
        assert (await view(house, report_id)).parts[1].review == "open"
        past = await b.post(
            f"{base}/duyet", status=422,
            **{f"p{one}__choice": "return", f"p{one}__due_at": "2026-11-01",
               f"p{one}__reason": "Thiếu số liệu quý IV.", f"p{two}__choice": "accept"},
        )  # fmt: skip
        assert "Hạn phải ở sau thời điểm hiện tại." in words(past.text)
        assert f'href="#f-p{one}.due_at"' in past.text
        assert "Thiếu số liệu quý IV." in past.text
        assert (await view(house, report_id)).parts[1].review == "open"
        await b.post(
            f"{base}/duyet",
            **{f"p{one}__choice": "return", f"p{one}__due_at": "2026-12-05",
               f"p{one}__reason": "Thiếu số liệu quý IV.", f"p{two}__choice": "accept"},
        )  # fmt: skip
        seen = await view(house, report_id)
        assert seen.state == "returned"
        assert [part.review for part in seen.parts[:2]] == ["returned", "accepted"]
        assert seen.parts[0].return_due_at == dt.datetime(
            2026, 12, 6, tzinfo=dt.timezone(dt.timedelta(hours=7))
        )
        after = words(await b.get(f"{base}/duyet"))
        assert "Thiếu số liệu quý IV." in after
        assert "hết ngày 05/12/2026" in after


async def test_the_rest_is_accepted_at_once(app: ASGIApp) -> None:
    house = await make_house()
    report_id = await report_of(house, house.units[0], await opened(house))
    await brought_to(house, report_id, "in_review")
    async with browser(app, house, "officer") as b:
        await b.get(f"/bao-cao/{report_id}/duyet")
        asked = await b.post(f"/bao-cao/{report_id}/duyet", status=200, _rest="1")
        assert "Tiếp nhận 5 phần" in words(asked.text)
        assert (await view(house, report_id)).state == "in_review"
        await b.post(f"/bao-cao/{report_id}/duyet", _rest="1", _sure="1")
        assert "Toàn bộ báo cáo đã được tiếp nhận." in words(
            await b.get(f"/bao-cao/{report_id}/duyet")
        )
    seen = await view(house, report_id)
    assert {part.key for part in seen.parts if part.review == "accepted"} == set(ASKED)


async def test_a_resubmission_shows_what_changed(app: ASGIApp) -> None:
    house = await make_house()
    report_id = await report_of(house, house.units[0], await opened(house))
    await brought_to(house, report_id, "returned")
    from core.reports import drafting

    async with house.at(who="clerk0"):
        seen = await drafting.get_report(actor=house.people["clerk0"], report_id=report_id)
        await drafting.save_part(
            actor=house.people["clerk0"], report_id=report_id, part_key="criterion:c1",
            version=seen.parts[0].version,
            fields={"narrative": "Đã làm rất tốt việc thứ nhất.", "self_assessment": "vuot"},
        )  # fmt: skip
    await submit(house, report_id)
    async with browser(app, house, "officer") as b:
        page = await b.get(f"/bao-cao/{report_id}/khac-biet")
        assert re.search(r"<ins>.*rất", page)
        assert "1 trên" in words(page)
        assert "có thay đổi" in words(await b.get(f"/bao-cao/{report_id}/duyet"))
    async with browser(app, house, "clerk0") as b:
        await b.get(f"/bao-cao/{report_id}/khac-biet")
        await b.get(f"/bao-cao/{report_id}/duyet", status=403)
    async with browser(app, house, "clerk1") as b:
        await b.get(f"/bao-cao/{report_id}/khac-biet", status=404)


async def test_an_inner_receiver_sees_the_same_page_for_its_own(app: ASGIApp) -> None:
    house = await make_house(two_levels=True)
    round_id = await opened(house)
    async with browser(app, house, "inner_officer") as b:
        text = words(await b.get(f"/ky-bao-cao/{round_id}"))
        assert "Khoa 0" in text
        assert "Bệnh viện số 1" not in text
        assert "hết ngày 14/11/2026" in text
        assert "Còn 2 khoa, phòng chưa nộp và đã quá hạn" in text
        await b.get(f"/ky-bao-cao/{round_id}?noi-nhan={house.tenant_id}", status=404)
        await b.get(f"/ky-bao-cao/{round_id}/dong", status=403)
        await b.post(f"/ky-bao-cao/{round_id}/nhac", status=303)
        assert "đã nhắc 1 lần" in words(await b.get(f"/ky-bao-cao/{round_id}"))
    async with browser(app, house, "officer") as b:
        top = words(await b.get(f"/ky-bao-cao/{round_id}"))
        assert "Bệnh viện số 1" in top
        assert "Khoa 0" not in top
        inner = words(await b.get(f"/ky-bao-cao/{round_id}?noi-nhan={house.units[0]}"))
        assert "Khoa 0" in inner


async def test_a_round_without_a_plans_day_takes_the_departments_own(app: ASGIApp) -> None:
    house = await make_house(due=None)
    async with browser(app, house, "officer") as b:
        assert "Năm 2026: hết ngày" not in words(await b.get("/ky-bao-cao/mo"))
        done = await b.post(
            "/ky-bao-cao/mo", _step="open", kind="annual", year="2026", due_at="2026-12-20"
        )
        page = words(await b.get(done.headers["location"]))
        assert "hết ngày 20/12/2026 (đặt riêng cho kỳ này" in page
        await b.post(f"{done.headers['location']}/han", due_at="2026-12-25")
        assert "hết ngày 25/12/2026" in words(await b.get(done.headers["location"]))
    async with house.at():
        assert len(await rounds.list_rounds(actor=house.people["officer"])) == 1


async def test_two_officers_on_one_report_do_not_overwrite_each_other(app: ASGIApp) -> None:
    house = await make_house()
    report_id = await report_of(house, house.units[0], await opened(house))
    await brought_to(house, report_id, "in_review")
    at = await positions(house, report_id)
    field = f"p{at['criterion:c1']}__choice"
    async with browser(app, house, "officer") as first, browser(app, house, "officer") as second:
        await first.get(f"/bao-cao/{report_id}/duyet")
        await second.get(f"/bao-cao/{report_id}/duyet")
        await first.post(f"/bao-cao/{report_id}/duyet", _rest="1", _sure="1")
        told = await second.post(f"/bao-cao/{report_id}/duyet", status=422, **{field: "return"})
        assert "Chưa chọn phần nào" in words(told.text)
        await second.post(f"/bao-cao/{report_id}/bat-dau-duyet", status=409)
    assert (await view(house, report_id)).state == "accepted"


async def test_only_officers_decide(app: ASGIApp) -> None:
    house = await make_house()
    report_id = await report_of(house, house.units[0], await opened(house))
    await brought_to(house, report_id, "submitted")
    for who in ("department_head", "auditor"):
        async with browser(app, house, who) as b:
            await b.get(f"/bao-cao/{report_id}/duyet")
            assert "Bắt đầu duyệt" not in words(b.text)
            await b.post(f"/bao-cao/{report_id}/bat-dau-duyet", status=403)
    async with browser(app, house, "head1") as b:
        await b.get("/ky-bao-cao")
        await b.post(f"/bao-cao/{report_id}/bat-dau-duyet", status=404)
    assert (await view(house, report_id)).state == "submitted"
