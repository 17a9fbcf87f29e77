"""From nominations to the printed Giấy khen and its public check, by clicking only.

The tests are one course of events, each goes on where the one before has ended.
`THIDUA_LOOK=<folder>` keeps a picture of every step at both widths.
"""

from __future__ import annotations

import os
import re
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pdfplumber
import pytest
from playwright.sync_api import Browser, Page, expect

from core.kit.clock import today
from tests.browser import filling
from tests.browser.conftest import Opener
from tests.browser.filling import NARRATIVE
from tests.browser.site import Site
from tests.browser.test_flow_round import content_of

pytestmark = pytest.mark.browser
SLUG = "lai_chau"
ROUND = f"Khen thưởng hằng năm đợt 2 năm {today().year}"
OFFICER, CLERK, HEAD = "chuyenvien", "soan.donvi", "thutruong.donvi"
SECRETARY, LEADER, RECORDS = "thukyhoidong", "lanhdao", "vanthu"
MEMBERS = ((LEADER, "Chủ tịch"), ("hoidong", "Ủy viên"), (RECORDS, "Ủy viên"))
COUNCIL = "Hội đồng Thi đua - Khen thưởng Sở Y tế"
MEETING = "Phiên xét khen thưởng hằng năm"
COLLECTIVE, PERSON = "Khoa Phòng, chống bệnh truyền nhiễm", "Giàng Thị Sua"
GRANTS = """
SELECT g.subject_name, g.subject_title, g.subject_unit_name, g.gold_book_number, d.number,
    d.number_text, d.signer_name, n.state, c.code
FROM award_grant g JOIN award_decision d ON d.id = g.decision_id
JOIN award_round r ON r.id = d.round_id JOIN nomination n ON n.id = g.nomination_id
JOIN certificate c ON c.grant_id = g.id
WHERE r.name = $1 ORDER BY g.gold_book_number
"""
CERTIFICATE = (
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập - Tự do - Hạnh phúc"
    " GIÁM ĐỐC SỞ Y TẾ TỈNH LAI CHÂU TẶNG GIẤY KHEN {name} {below}"
    " Có thành tích xuất sắc trong phong trào thi đua “Thi đua đổi mới sáng tạo và chuyển đổi số"
    " trên địa bàn tỉnh Lai Châu” năm {year} Lai Châu, {day} GIÁM ĐỐC SỞ"
    " Số quyết định: {number}, {day} Số sổ vàng: {place:02d} {signer} {code}"
)


def look(page: Page, name: str) -> None:
    """Keep a picture at both widths, when somebody wants to look."""
    if "THIDUA_LOOK" not in os.environ:
        return
    folder = Path(os.environ["THIDUA_LOOK"])
    for width, height in ((390, 844), (1280, 900)):
        page.set_viewport_size({"width": width, "height": height})
        page.screenshot(path=folder / f"{name}-{width}.png", full_page=True)


def awards(page: Page) -> None:
    """Open the entrance of the awards from the main menu."""
    page.get_by_role("navigation", name="Mục chính", exact=True).get_by_role(
        "link", name="Khen thưởng", exact=True
    ).click()
    expect(page.get_by_role("heading", name="Khen thưởng", level=1)).to_be_visible()


def card(page: Page, name: str) -> None:
    """Open one of the rooms of the awards by its card."""
    awards(page)
    page.locator(".hub-card", has=page.get_by_text(name, exact=True)).click()


def round_of(page: Page) -> None:
    """Open the round's page."""
    card(page, "Đợt khen thưởng")
    page.get_by_role("heading", name=ROUND).get_by_role("link").click()


def test_officer_opens_an_award_round(opened: Opener) -> None:
    page = opened(OFFICER, slug=SLUG)
    awards(page)
    look(page, "01-hub-officer")
    page.get_by_role("link", name="Mở đợt khen thưởng").click()
    page.get_by_label("Dịp khen thưởng").select_option(label="Hằng năm")
    page.get_by_label("Tên đợt").fill(ROUND)
    page.get_by_label("Tính thành tích từ ngày").fill(f"{today().year}-01-01")
    page.get_by_label("đến hết ngày").fill(today().isoformat())
    page.get_by_label("Hạn gửi đề nghị: hết ngày").fill((today() + timedelta(days=9)).isoformat())
    look(page, "02-open")
    page.get_by_role("button", name="Mở đợt").click()
    expect(page.get_by_role("heading", name=ROUND, level=1)).to_be_visible()
    look(page, "03-round-officer")


def test_clerk_nominates_a_collective_and_a_person(opened: Opener) -> None:
    page = opened(CLERK, slug=SLUG)
    awards(page)
    look(page, "04-hub-clerk")
    for kind, name in (("Tập thể", COLLECTIVE), ("Cá nhân", PERSON)):
        round_of(page)
        page.get_by_role("button", name="Lập danh sách đề nghị").click()
        page.get_by_role("link", name="Thêm đề nghị").click()
        page.get_by_role("link", name=kind, exact=True).click()
        page.get_by_label("Tìm theo tên (không cần dấu)").fill(name)
        page.get_by_role("button", name="Tìm").click()
        page.locator("input[name=subject_ids]").first.check()
        page.locator(".option-card", has_text="Giấy khen").first.locator("input").check()
        look(page, f"06-add-{kind}")
        page.get_by_role("button", name="Thêm vào danh sách").click()
        expect(page.get_by_role("heading", name=name, level=1)).to_be_visible()
        look(page, f"07-added-{kind}")
        fill_in(page)


def fill_in(page: Page) -> None:
    """Fill the parts of the open nomination, from the first to the last."""
    for number in range(page.locator(".parts a").count()):
        if page.locator(NARRATIVE).count():
            page.fill(NARRATIVE, "Khoa đã số hóa 12 quy trình, giảm 20 phút chờ mỗi lượt.")
        for name in ("address", "tasks", "job_title", "workplace"):
            box = page.locator(f"[name={name}]")
            if box.count() and not box.input_value():
                box.fill("Theo quyết định thành lập")
        for name in ("none", "no_discipline", "truthful"):
            if page.locator(f"input[name={name}]").count():
                page.locator(f"input[name={name}]").check()
        if number == 1:
            look(page, "08-part")
        page.get_by_role("button", name=re.compile("^Lưu")).click()
        expect(page.locator(".parts a").nth(number).get_by_text("Đã đủ:")).to_have_count(1)


def list_of(page: Page) -> None:
    """Open the unit's list of this round from the round."""
    round_of(page)
    page.get_by_role("link", name=re.compile("^Mở danh sách của")).first.click()


def test_head_sends_what_is_complete(opened: Opener) -> None:
    clerk = opened(CLERK, slug=SLUG)
    list_of(clerk)
    look(clerk, "09-list-ready")
    head = opened(HEAD, slug=SLUG)
    awards(head)
    look(head, "10-hub-head")
    head.locator(".row-list li", has_text=ROUND).get_by_role("link").first.click()
    head.get_by_role("link", name="Kiểm tra và gửi 2").click()
    look(head, "11-send")
    head.get_by_role("button", name="Gửi").click()
    expect(head.get_by_text("Đã gửi 2 đề nghị")).to_be_visible()
    look(head, "12-sent")


def test_officer_receives_appraises_and_sends_to_the_council(opened: Opener) -> None:
    page = opened(OFFICER, slug=SLUG)
    for number, name in enumerate((COLLECTIVE, PERSON)):
        awards(page)
        if not number:
            look(page, "13-hub-officer")
        page.locator(".row-list li", has_text=ROUND).filter(
            has_text="đề nghị mới gửi đến"
        ).get_by_role("link").first.click()
        if not number:
            look(page, "14-of-round")
        page.get_by_role("link", name=f"đề nghị cho {name}").click()
        if not number:
            look(page, "15-nomination-officer")
        page.get_by_role("button", name="Tiếp nhận").click()
        page.get_by_role("link", name="Ghi ý kiến thẩm định").click()
        page.locator(".choices label", has_text="Đồng ý trình").click()
        page.locator("textarea[name=opinion]").fill("Đúng đối tượng, thành tích có số liệu.")
        if not number:
            look(page, "16-appraise")
        page.get_by_role("button", name="Ghi ý kiến").click()
        page.get_by_role("link", name="Đưa ra Hội đồng").click()
        if not number:
            look(page, "17-step")
        page.get_by_role("button", name="Đưa ra Hội đồng").click()
        expect(page.get_by_text("Họp Hội đồng").first).to_be_visible()
    look(page, "18-at-council")


def test_secretary_convenes_and_opens_the_ballot(opened: Opener) -> None:
    page = opened(SECRETARY, slug=SLUG)
    awards(page)
    look(page, "19-hub-secretary")
    page.locator(".hub-card", has=page.get_by_text("Hội đồng", exact=True)).click()
    page.get_by_label("Tên Hội đồng").fill(COUNCIL)
    page.get_by_label("Số quyết định").fill("15/QĐ-SYT")
    page.get_by_label("Ngày quyết định").fill(f"{today().year}-01-10")
    look(page, "20-council-new")
    page.get_by_role("button", name="Lập Hội đồng").click()
    for who, role in MEMBERS:
        add = page.locator("details", has=page.locator("input[name=username]"))
        expect(add).to_be_visible()
        if add.get_attribute("open") is None:
            add.locator("summary").click()
        page.get_by_label("Tên đăng nhập (nếu có tài khoản)").fill(who)
        page.locator("select[name=role]").select_option(label=role)
        page.get_by_role("button", name="Thêm thành viên").click()
        expect(page.get_by_text(f"tài khoản {who}")).to_be_visible()
    look(page, "21-council")
    page.locator("summary", has_text="Lập cuộc họp").click()
    page.get_by_label("Tên cuộc họp").fill(MEETING)
    page.locator("select[name=round_id]").select_option(label=ROUND)
    page.get_by_label("Ngày, giờ").fill(f"{today().isoformat()}T08:00")
    page.get_by_label("Địa điểm").fill("Phòng họp số 1")
    page.get_by_role("button", name="Lập cuộc họp").click()
    look(page, "22-meeting-empty")
    page.get_by_role("button", name="Thêm vào danh sách").click()
    page.get_by_role("button", name="Gửi giấy mời").click()
    page.get_by_role("link", name="Thành phần dự họp").first.click()
    seats = page.locator("select.seat-presence")
    expect(seats).to_have_count(len(MEMBERS))
    for presence in seats.all():
        presence.select_option(label="Có mặt")
    look(page, "22b-seats")
    page.get_by_role("button", name="Lưu điểm danh").click()
    page.get_by_role("button", name="Bắt đầu họp").click()
    look(page, "23-meeting-open")
    page.get_by_role("button", name="Mở bỏ phiếu").click()
    expect(page.get_by_text("0/3 đã bỏ phiếu")).to_have_count(2)
    look(page, "24-ballot-open")


def test_members_vote_and_the_count_is_sealed(opened: Opener) -> None:
    for who, _ in MEMBERS:
        page = opened(who, slug=SLUG)
        awards(page)
        look(page, f"25-hub-{who}")
        page.locator(".row-list li", has_text=MEETING).get_by_role("link").first.click()
        look(page, f"26-sit-{who}")
        boxes = page.locator("fieldset")
        expect(boxes).to_have_count(2)
        for box in boxes.all():
            box.locator("label", has_text=re.compile("^Đồng ý")).click()
        page.get_by_role("button", name="Bỏ phiếu").click()
        expect(page.get_by_text("Đã nhận phiếu của bạn.")).to_be_visible()
    page = opened(SECRETARY, slug=SLUG)
    awards(page)
    page.locator(".row-list li", has_text=MEETING).get_by_role("link").first.click()
    expect(page.get_by_text("3/3 đã bỏ phiếu")).to_have_count(2)
    page.get_by_role("button", name="Đóng bỏ phiếu").click()
    page.get_by_role("button", name="Kiểm phiếu và niêm phong").click()
    expect(page.get_by_text("3/3 đồng ý")).to_have_count(2)
    page.get_by_label("Diễn biến, ý kiến tại cuộc họp").fill("Hội đồng thống nhất cao.")
    look(page, "27-sealed")
    page.get_by_role("button", name="Kết thúc và chuyển kết quả").click()
    look(page, "28-finished")
    page.get_by_role("button", name="Biên bản họp").click()
    expect(page.locator("#tien-do [role=status]")).to_be_visible()


def test_officer_drafts_and_head_of_department_approves(opened: Opener) -> None:
    page = opened(OFFICER, slug=SLUG)
    awards(page)
    look(page, "29-hub-officer")
    page.locator(".row-list li", has_text=ROUND).filter(has_text="chờ lập quyết định").get_by_role(
        "link"
    ).first.click()
    look(page, "30-waiting")
    page.get_by_role("button", name=re.compile("^Lập quyết định")).click()
    look(page, "31-draft")
    page.get_by_role("button", name="Trình lãnh đạo duyệt").click()
    head = opened(LEADER, slug=SLUG)
    awards(head)
    look(head, "32-hub-leader")
    head.locator(".row-list li", has_text="Chờ duyệt:").get_by_role("link").last.click()
    look(head, "33-review")
    head.get_by_role("button", name="Duyệt", exact=True).click()
    expect(head.get_by_role("button", name="Duyệt", exact=True)).to_have_count(0)
    expect(head.get_by_text("Đã duyệt, chờ cấp số").first).to_be_visible()
    look(head, "34-approved")


def test_records_clerk_numbers_and_issues(opened: Opener) -> None:
    page = opened(RECORDS, slug=SLUG)
    awards(page)
    look(page, "35-hub-records")
    page.locator(".row-list li", has_text="Chờ cấp số:").get_by_role("link").last.click()
    page.get_by_role("button", name="Cấp số").click()
    look(page, "36-numbered")
    page.locator("summary", has_text="Đính kèm bản quét đã ký, đóng dấu").click()
    page.locator("input[name=file]").set_input_files([filling.pdf("quyet-dinh.pdf")])
    page.get_by_role("button", name="Đính kèm bản quét").click()
    expect(page.get_by_role("button", name="Ban hành")).to_be_visible()
    short = page.locator("input[name=accept_short]")
    if short.count():  # the round's fund is empty: the clerk says that she knows
        short.check()
    look(page, "37-ready")
    page.get_by_role("button", name="Ban hành").click()
    expect(page.get_by_text("Số sổ vàng")).to_be_visible()
    look(page, "38-issued")


def test_certificates_are_printed_and_checked_by_anybody(
    opened: Opener, chromium: Browser, site: Site
) -> None:
    page = opened(RECORDS, slug=SLUG)
    awards(page)
    page.locator(".row-list li", has_text="chưa in").get_by_role("link").last.click()
    look(page, "39-print")
    page.get_by_role("button", name="In Giấy khen").click()
    expect(page.get_by_role("link", name="Tải tệp PDF")).to_be_visible(timeout=30000)
    look(page, "40-run")
    href = str(page.get_by_role("link", name="Tải tệp PDF").get_attribute("href"))
    with pdfplumber.open(BytesIO(content_of(page, href))) as document:
        words = [" ".join(sheet.extract_text().split()) for sheet in document.pages]
    grants = site.sql(GRANTS, ROUND)
    numbers = {row["number_text"] for row in grants}
    assert numbers == {f"{grants[0]['number']:02d}/QĐ-SYT"}
    assert [(row["subject_name"], row["gold_book_number"], row["state"]) for row in grants] == [
        (COLLECTIVE, 1, "decided"),
        (PERSON, 2, "decided"),
    ]
    codes = [sheet.rpartition(" ")[2] for sheet in words]
    assert [code.replace("-", "") for code in codes] == [row["code"] for row in grants]
    assert words == [
        CERTIFICATE.format(
            name=row["subject_name"],
            below=f"{row['subject_title']}, {row['subject_unit_name']}".removeprefix(", "),
            number=row["number_text"],
            place=row["gold_book_number"],
            signer=row["signer_name"],
            code=code,
            year=today().year,
            day=f"ngày {today().day:02d} tháng {today().month:02d} năm {today().year}",
        )
        for row, code in zip(grants, codes, strict=True)
    ]
    visitor = chromium.new_context(base_url=site.url(SLUG), viewport={"width": 390, "height": 844})
    public = visitor.new_page()
    public.goto(f"/xac-minh/{codes[1]}")
    expect(public.get_by_text("Đang có hiệu lực")).to_be_visible()
    expect(public.locator(".facts")).to_contain_text(f"Số {grants[1]['number_text']}, ngày")
    assert public.get_by_role("heading", level=2).all_inner_texts() == [PERSON]
    look(public, "41-public")
    visitor.close()


def test_the_unit_and_the_secretary_find_what_came_of_it(opened: Opener) -> None:
    clerk = opened(CLERK, slug=SLUG)
    list_of(clerk)
    rows = clerk.locator("tbody tr")
    expect(rows.locator("td[data-label='Trạng thái']")).to_have_text(["Đã quyết định"] * 2)
    look(clerk, "42-list-decided")
    page = opened(SECRETARY, slug=SLUG)
    card(page, "Hội đồng")
    page.get_by_role("link", name=COUNCIL, exact=True).last.click()
    page.get_by_role("link", name=MEETING).click()
    page.get_by_role("button", name="Biên bản họp").click()
    expect(page.get_by_role("link", name="Tải bản PDF")).to_be_visible(timeout=30000)
