"""A round from its opening to the signed scan of its consolidation, by clicking only.

The tests are one course of events, each goes on where the one before has ended.
"""

from __future__ import annotations

import re
from datetime import timedelta
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

import pytest
from playwright.sync_api import Page, expect

from core.kit.clock import today
from tests.browser import filling
from tests.browser.conftest import Opener

pytestmark = pytest.mark.browser
TITLE = f"Báo cáo sơ kết {today().year}"
HOSPITAL = "Bệnh viện Đa khoa tỉnh Lai Châu"
CENTRE = "Trung tâm Kiểm soát bệnh tật tỉnh Lai Châu"
CLERK, HEAD, OFFICER = "soan.benhvien", "thutruong.benhvien", "chuyenvien"


def in_days(count: int) -> str:
    """Return a day from today as a date field takes it."""
    return (today() + timedelta(days=count)).isoformat()


def report_of(page: Page) -> None:
    """Open the report of this round from the person's own list."""
    page.goto("/viec-cua-toi")
    page.get_by_role("link", name=re.compile(f"^{TITLE}")).first.click()


def list_of(page: Page) -> None:
    """Open the department's list of this round."""
    page.goto("/ky-bao-cao")
    page.get_by_role("heading", name=TITLE).get_by_role("link").click()


def review_of(page: Page, unit: str) -> None:
    """Open a unit's report for review."""
    list_of(page)
    page.get_by_role("link", name=re.compile(f"báo cáo của {unit}")).click()


def content_of(page: Page, href: str) -> bytes:
    """Download a file as the signed-in person."""
    cookies = "; ".join(f"{item['name']}={item['value']}" for item in page.context.cookies())
    where = urlsplit(page.url)
    request = Request(
        f"http://127.0.0.1:{where.port}{href}", headers={"cookie": cookies, "host": where.netloc}
    )
    with urlopen(request) as answer:
        return bytes(answer.read())


def paper(page: Page) -> tuple[bytes, bytes]:
    """Wait on the progress page until the paper is there; return the PDF and the Word file."""
    expect(page.locator("#tien-do [role=status]")).to_contain_text(re.compile("Chờ|Đang|Xong"))
    ready = page.get_by_role("link", name="Tải bản PDF")
    expect(ready).to_be_visible(timeout=30000)
    word = page.get_by_role("link", name="Tải bản Word")
    return (
        content_of(page, str(ready.get_attribute("href"))),
        content_of(page, str(word.get_attribute("href"))),
    )


def test_officer_opens_a_round_for_chosen_units(opened: Opener) -> None:
    page = opened(OFFICER, path="/ky-bao-cao")
    page.get_by_role("link", name="Mở kỳ báo cáo").click()
    page.get_by_role("radio", name=re.compile("^Báo cáo sơ kết")).check()
    page.get_by_role("radio", name="Chọn đơn vị").check()
    for typed, unit in (("benh vien da khoa tinh", HOSPITAL), ("kiem soat benh tat", CENTRE)):
        page.get_by_label("Lọc danh sách").fill(typed)
        page.get_by_role("checkbox", name=unit, exact=True).check()
    page.get_by_label("Lời nhắn tới đơn vị").fill("Chú ý phần sáng kiến.")
    page.get_by_label("Tệp gửi kèm").set_input_files([filling.pdf("cong-van.pdf")])
    page.get_by_text("Đặt hạn khác với kế hoạch").click()
    page.get_by_label("Hạn: hết ngày").fill(in_days(9))
    page.get_by_role("button", name="Xem trước khi mở").click()
    expect(page.get_by_text("cong-van.pdf")).to_be_visible()
    page.get_by_role("button", name="Mở kỳ cho 2 đơn vị").click()
    expect(page.get_by_role("heading", name=TITLE, level=1)).to_be_visible()
    expect(page.get_by_role("rowheader", name=HOSPITAL)).to_be_visible()


def test_clerk_sees_what_is_asked_and_typing_is_saved(opened: Opener) -> None:
    page = opened(CLERK)
    report_of(page)
    page.get_by_role("link", name="Lời nhắn và tệp gửi kèm").click()
    expect(page.get_by_text("Chú ý phần sáng kiến.")).to_be_visible()
    link = page.get_by_role("link", name="cong-van.pdf")
    assert content_of(page, str(link.get_attribute("href"))).startswith(b"%PDF")
    report_of(page)
    filling.type_saved(page, "Bản nháp đầu tiên.")
    page.reload()
    expect(page.locator(filling.NARRATIVE)).to_have_value("Bản nháp đầu tiên.")
    page.locator("#f-file").set_input_files([filling.pdf("minh-chung.pdf")])
    expect(page.get_by_role("link", name="minh-chung.pdf")).to_be_visible()


def test_check_lists_what_is_missing_and_leads_there(opened: Opener) -> None:
    page = opened(CLERK)
    report_of(page)
    page.get_by_role("link", name="Kiểm tra và gửi").first.click()
    missing = page.locator(".errors")
    expect(missing).to_contain_text("chỗ chưa đủ")
    expect(page.get_by_role("button", name="Gửi thủ trưởng duyệt")).to_have_count(0)
    missing.get_by_role("link").first.click()
    expect(page.locator(".part-fold")).to_be_visible()


def test_clerk_fills_every_part_and_asks_for_sign_off(opened: Opener) -> None:
    page = opened(CLERK)
    report_of(page)
    filling.fill_all(page)
    page.get_by_role("link", name="Kiểm tra và gửi").first.click()
    expect(page.get_by_text("Báo cáo đã đủ các phần")).to_be_visible()
    page.get_by_label("Lời nhắn cho thủ trưởng").fill("Xin anh xem.")
    page.get_by_role("button", name="Gửi thủ trưởng duyệt").click()
    expect(page.get_by_text("Chờ thủ trưởng duyệt").first).to_be_visible()


def test_head_gives_it_back_with_a_note(opened: Opener) -> None:
    page = opened(HEAD)
    report_of(page)
    page.get_by_role("link", name="Xem và ký duyệt").first.click()
    page.get_by_label("Điều cần sửa").fill("Thêm số liệu phần 1.")
    page.get_by_role("button", name="Trả lại để sửa").click()
    clerk = opened(CLERK)
    report_of(clerk)
    expect(clerk.get_by_text("“Thêm số liệu phần 1.”")).to_be_visible()
    clerk.locator(".parts a").first.click()
    filling.type_saved(clerk, "Đã thêm: 120 lượt, giảm 15 phút.")
    clerk.get_by_role("link", name="Kiểm tra và gửi").first.click()
    clerk.get_by_role("button", name="Gửi thủ trưởng duyệt").click()
    expect(clerk.get_by_text("Chờ thủ trưởng duyệt").first).to_be_visible()


def test_head_submits_and_gets_a_receipt_as_paper(opened: Opener) -> None:
    page = opened(HEAD)
    report_of(page)
    page.get_by_role("link", name="Xem và ký duyệt").first.click()
    page.get_by_role("button", name="Nộp báo cáo").click()
    expect(page.get_by_text("Mã xác nhận")).to_be_visible()
    expect(page.get_by_text("đúng hạn")).to_be_visible()
    page.get_by_role("button", name="Giấy xác nhận").click()
    made, word = paper(page)
    assert made.startswith(b"%PDF")
    assert word.startswith(b"PK")


def test_officer_accepts_all_but_one_part_and_returns_that_one(opened: Opener) -> None:
    page = opened(OFFICER)
    review_of(page, HOSPITAL)
    page.get_by_role("button", name="Bắt đầu duyệt").click()
    page.locator("#phan-1 .choices label", has_text="Trả lại").click()
    page.locator("#phan-1").get_by_label("Hạn bổ sung").fill(in_days(5))
    page.get_by_role("button", name="Tiếp nhận tất cả phần còn lại").click()
    expect(page.locator(".errors")).to_be_visible()  # no reason was given; nothing is decided
    page.locator("#phan-1").get_by_label("Lý do trả lại").fill("Thiếu số liệu năm trước.")
    page.get_by_role("button", name="Tiếp nhận tất cả phần còn lại").click()
    page.get_by_role("button", name=re.compile(r"^Tiếp nhận \d+ phần")).click()
    expect(page.get_by_text("Đang chờ đơn vị bổ sung 1 phần")).to_be_visible()


def test_unit_sees_just_the_returned_part_open_and_resubmits(opened: Opener) -> None:
    page = opened(HEAD)
    page.goto("/viec-cua-toi")
    page.get_by_role("link", name=f"{TITLE}: bổ sung 1 phần").click()
    expect(page.get_by_text("“Thiếu số liệu năm trước.”").first).to_be_visible()
    filling.type_saved(page, "Đã thêm: 120 lượt, giảm 15 phút. Năm trước: 100 lượt.")
    page.locator(".parts a").nth(1).click()
    expect(page.locator(filling.NARRATIVE)).to_have_count(0)  # an accepted part is text to read
    page.get_by_role("link", name="Kiểm tra và gửi").first.click()
    page.get_by_role("button", name="Nộp báo cáo").click()
    expect(page.get_by_role("link", name="Khác gì so với lần nộp trước")).to_be_visible()


def test_officer_sees_the_difference_and_accepts(opened: Opener) -> None:
    page = opened(OFFICER)
    review_of(page, HOSPITAL)
    page.get_by_role("button", name="Bắt đầu duyệt").click()
    page.get_by_role("link", name="Xem mọi thay đổi").click()
    expect(page.locator("ins").filter(has_text="100 lượt").first).to_be_visible()
    page.get_by_role("link", name="Quay lại báo cáo").click()
    page.locator("#phan-1 .choices label", has_text="Tiếp nhận").click()
    page.get_by_role("button", name="Ghi quyết định").click()
    expect(page.get_by_text("Toàn bộ báo cáo đã được tiếp nhận.")).to_be_visible()


def test_final_consolidation_is_edited_approved_numbered_and_signed(opened: Opener) -> None:
    officer = opened(OFFICER)
    list_of(officer)
    officer.get_by_label("Việc khác với kỳ báo cáo").click()
    officer.get_by_role("link", name="Đóng kỳ báo cáo").click()
    officer.get_by_role("button", name=re.compile("Đóng kỳ")).click()
    expect(officer.get_by_text("Đã đóng").first).to_be_visible()
    officer.get_by_role("button", name="Tổng hợp").click()
    expect(officer.get_by_role("heading", name="Báo cáo tổng hợp")).to_be_visible()
    address = officer.url
    officer.locator(".parts a").last.click()
    officer.get_by_label("Nội dung đưa vào báo cáo").fill("Kết luận của Sở, sửa tay.")
    officer.get_by_role("button", name="Lưu", exact=True).click()
    expect(officer.get_by_label("Nội dung đưa vào báo cáo")).to_have_value(
        "Kết luận của Sở, sửa tay."
    )

    leader = opened("lanhdao", path=address)
    leader.get_by_role("button", name="Duyệt").click()
    expect(leader.locator(".tag", has_text="Đã duyệt")).to_be_visible()

    records = opened("vanthu", path=address)
    records.get_by_label("Ngày văn bản").fill(today().isoformat())
    records.get_by_role("button", name="Cấp số").click()
    expect(records.locator(".tag", has_text="Đã ban hành")).to_be_visible()
    records.get_by_role("button", name="Dựng văn bản").click()
    made, word = paper(records)
    assert made.startswith(b"%PDF")
    assert word.startswith(b"PK")
    records.goto(address)
    records.get_by_label("Tệp PDF của bản đã ký").set_input_files([filling.pdf("da-ky.pdf")])
    records.get_by_role("button", name="Đính kèm bản ký").click()
    signed = records.get_by_role("link", name="Tải bản ký số hóa")
    assert content_of(records, str(signed.get_attribute("href"))) == filling.PDF
