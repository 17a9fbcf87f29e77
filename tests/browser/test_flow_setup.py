"""From an empty department to its first filed report, by clicking only.

Nobody types an address but the one that opens his window: the page of signing in.

The operator makes the department; its administrator walks the set-up path; the officer opens a
round; a clerk fills in and the head submits. `THIDUA_LOOK=<folder>` keeps a picture of every step
at both widths.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pyotp
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser import filling
from tests.browser.conftest import PATIENCE
from tests.browser.site import Site
from tests.browser.test_flow_round import in_days
from tests.integration.setup.lists import workbook

pytestmark = pytest.mark.browser
SLUG, PLUGIN = "so-moi", "ha_noi"
HOSPITAL = "Bệnh viện Đa khoa A"
ADMIN, OFFICER, LEADER = "quan.tri", "minh.l", "lanh.dao"
HEAD, CLERK = "hoa.nt", "binh.tv"
PASSWORD = "Một câu dài cho {} 2026!"
PEOPLE = [
    ("Nguyễn Thị Hoa", "Giám đốc", "BVA", HEAD, "Thủ trưởng đơn vị", "hoa@example.vn"),
    ("Trần Văn Bình", "Nhân viên", "BVA", CLERK, "Người soạn", ""),
    ("Lê Minh", "Chuyên viên", "", OFFICER, "Chuyên viên", ""),
    ("Vũ Thị Lãnh", "Giám đốc Sở", "", LEADER, "Lãnh đạo Sở", ""),
]


class Walk:
    """The people of the new department, each in a window of his own."""

    def __init__(self, browser: Browser, site: Site) -> None:
        self.browser, self.site = browser, site
        self.windows: dict[str, tuple[BrowserContext, Page]] = {}
        self.secrets: dict[str, str] = {}
        self.step = 0
        self.folder = Path(os.environ["THIDUA_LOOK"]) if "THIDUA_LOOK" in os.environ else None

    def window(self, who: str, address: str) -> Page:
        """Return somebody's window, opened at an address the first time."""
        if who not in self.windows:
            context = self.browser.new_context(
                base_url=address, viewport={"width": 1280, "height": 900}
            )
            context.set_default_timeout(PATIENCE)
            self.windows[who] = context, context.new_page()
        return self.windows[who][1]

    def at_home(self, who: str) -> Page:
        """Return the window of one of the department's people."""
        return self.window(who, f"http://{SLUG}.localhost:{self.site.port}")

    def look(self, page: Page, name: str) -> None:
        """Keep a picture at both widths, when somebody wants to look."""
        self.step += 1
        if self.folder is None:
            return
        for width, height in ((1280, 900), (390, 844)):
            page.set_viewport_size({"width": width, "height": height})
            page.screenshot(
                path=self.folder / f"{self.step:02d}-{name}-{width}.png", full_page=True
            )
        page.set_viewport_size({"width": 1280, "height": 900})

    def first_sign_in(self, who: str, temporary: str) -> Page:
        """Sign in with a slip: second factor where the role asks for it, then a new password."""
        page = self.at_home(who)
        page.goto("/dang-nhap")
        page.get_by_label("Tên đăng nhập").fill(who)
        page.get_by_label("Mật khẩu").fill(temporary)
        page.get_by_role("button", name="Đăng nhập").click()
        page.wait_for_url(re.compile("thiet-lap-xac-thuc|doi-mat-khau"))
        if "thiet-lap-xac-thuc" in page.url:
            self.enrol(page, who)
        page.locator("#f-current").fill(temporary)
        self.new_password(page, who)
        return page

    def enrol(self, page: Page, who: str) -> None:
        """Set up the authenticator by its text and put the recovery codes away."""
        self.look(page, f"xac-thuc-{who}")
        secret = str(page.locator(".secret").first.text_content()).replace(" ", "")
        self.secrets[who] = secret
        page.get_by_label("Mã 6 số").fill(pyotp.TOTP(secret).now())
        page.get_by_role("button", name="Xác nhận").click()
        page.get_by_role("link", name="Tôi đã cất mã, tiếp tục").click()

    def new_password(self, page: Page, who: str) -> None:
        """Type a new password twice."""
        self.look(page, f"mat-khau-{who}")
        new = PASSWORD.format(sum(map(ord, who)))
        page.locator("#f-new").fill(new)
        page.locator("#f-repeated").fill(new)
        page.get_by_role("button", name="Đổi mật khẩu").click()
        expect(page.locator("details.who")).to_be_visible()


@pytest.fixture(scope="module")
def walk(chromium: Browser, site: Site) -> Iterator[Walk]:
    made = Walk(chromium, site)
    yield made
    for context, _ in made.windows.values():
        context.close()


def slips_on(page: Page) -> dict[str, str]:
    """Return user name → temporary password of the slips on a page."""
    expect(page.locator(".secret").first).to_be_visible()
    said = page.locator(".secret").all_inner_texts()
    return dict(zip(said[::2], said[1::2], strict=True))


def menu(page: Page, name: str) -> None:
    """Choose an entry of the main menu."""
    page.get_by_role("navigation", name="Mục chính", exact=True).get_by_role(
        "link", name=name, exact=True
    ).click()


def card(page: Page, name: str) -> None:
    """Open a page of configuration by its card."""
    menu(page, "Quản trị")
    page.locator(".hub-card", has=page.get_by_text(name, exact=True)).click()


def path_of(page: Page) -> None:
    """Open the progress list."""
    card(page, "Các bước thiết lập")
    expect(page.get_by_role("heading", name="Thiết lập hệ thống cho Sở")).to_be_visible()


def state_of(page: Page, step: str) -> str:
    """Return the state that the progress list gives to a step."""
    path_of(page)
    row = page.locator(".path-steps > li", has=page.get_by_role("heading", name=step, exact=True))
    return row.locator(".tag").inner_text().strip()


def test_the_operator_makes_the_department(walk: Walk, site: Site) -> None:
    page = walk.window("vanhanh", f"http://localhost:{site.port}")
    row = next(row for (_, name), row in site.accounts.items() if name == "vanhanh")
    page.goto("/dang-nhap")
    page.get_by_label("Tên đăng nhập").fill("vanhanh")
    page.get_by_label("Mật khẩu").fill(row["password"])
    page.get_by_role("button", name="Đăng nhập").click()
    page.get_by_label("Mã 6 số").fill(pyotp.TOTP(row["totp_secret"]).now())
    page.get_by_role("button", name="Tiếp tục").click()
    page.wait_for_url(re.compile("localhost:[0-9]+/(so)?$"))
    menu(page, "Sở Y tế")
    page.get_by_role("link", name="Thêm Sở").click()
    for label, text in (
        ("Tên đầy đủ", "Sở Y tế Mới"),
        ("Tên ngắn", "SYT Mới"),
        ("Mã trong hệ thống", SLUG),
        ("Địa chỉ (tên miền)", f"{SLUG}.localhost"),
        ("Họ và tên", "Phan Quản Trị"),
        ("Tên đăng nhập", ADMIN),
    ):
        page.get_by_label(label, exact=False).first.fill(text)
    page.get_by_label("Plugin", exact=False).select_option(PLUGIN)
    page.get_by_role("button", name="Tạo Sở và in phiếu").click()
    walk.secrets["slip"] = slips_on(page)[ADMIN]
    walk.look(page, "phieu-quan-tri")


def test_the_administrator_comes_in_for_the_first_time(walk: Walk) -> None:
    page = walk.first_sign_in(ADMIN, walk.secrets["slip"])
    expect(page).to_have_url(re.compile("/quan-tri/thiet-lap$"))
    expect(page.locator(".btn-primary:visible")).to_have_text(re.compile("Khai thông tin của Sở"))
    walk.look(page, "thiet-lap-trong")


def test_the_department_says_who_it_is(walk: Walk) -> None:
    page = walk.at_home(ADMIN)
    page.get_by_role("link", name="Khai thông tin của Sở").click()
    walk.look(page, "thong-tin-so-trong")
    for field, text in (
        ("f-address", "Số 1 phố Minh Họa"),
        ("f-phone", "0200 300 400"),
        ("f-email", "vanphong@example.vn"),
        ("f-notation", "SYT"),
        ("f-place", "Minh Họa"),
        ("f-privacy_name", "Phòng Tổ chức"),
        ("f-privacy_email", "dulieu@example.vn"),
    ):
        page.locator(f"#{field}").fill(text)
    page.get_by_role("button", name="Lưu thông tin").click()
    expect(page.get_by_text("Đã lưu thông tin của Sở.")).to_be_visible()
    page.locator("#f-code").fill("99")
    page.get_by_role("button", name="Thêm mã").click()
    expect(page.get_by_text("Đã lưu mã 99.")).to_be_visible()
    walk.look(page, "thong-tin-so")
    assert state_of(page, "Thông tin của Sở") == "Xong"


def test_units_people_and_accounts_come_from_one_list(walk: Walk) -> None:
    page = walk.at_home(ADMIN)
    path_of(page)
    page.get_by_role("link", name="Xem lại Bộ quy tắc của tỉnh").click()
    walk.look(page, "bo-quy-tac")
    path_of(page)
    page.get_by_role("link", name="Nhập danh sách từ Excel").click()
    walk.look(page, "nhap-excel")
    wrong = [("BVA", HOSPITAL, "", "Nhà trọ", "BVA"), ("BVA", "", "", "Bệnh viện", "")]
    send(page, "sai.xlsx", workbook(wrong, PEOPLE))
    expect(page.get_by_text("chỗ cần sửa trong tệp")).to_be_visible()
    walk.look(page, "nhap-excel-loi")
    send(page, "dung.xlsx", workbook(people=PEOPLE))
    walk.look(page, "nhap-excel-xem-truoc")
    assert state_of(page, "Đơn vị và nhân sự") == "Đang làm"
    page.get_by_role("link", name="Nhập danh sách từ Excel").first.click()
    page.get_by_role("button", name="Xác nhận và nhập tất cả").click()
    expect(page.get_by_text("Đã nhập: 3 đơn vị mới")).to_be_visible()
    assert state_of(page, "Đơn vị và nhân sự") == "Xong"
    assert state_of(page, "Vai trò và tài khoản đầu tiên") == "Xong"
    walk.look(page, "thiet-lap-giua")


def send(page: Page, name: str, content: bytes) -> None:
    """Choose a workbook and send it."""
    files = {"name": name, "mimeType": "application/octet-stream", "buffer": content}
    page.locator("#f-file").set_input_files(files)  # type: ignore[arg-type]
    page.get_by_role("button", name="Tải lên và xem trước").click()


def test_slips_are_printed_and_an_invitation_is_sent(walk: Walk) -> None:
    page = walk.at_home(ADMIN)
    card(page, "Lời mời và phiếu")
    walk.look(page, "loi-moi")
    page.get_by_role("button", name="Gửi thư mời cho 1 người").click()
    expect(page.get_by_text("Đã gửi thư mời cho 1 người.")).to_be_visible()
    for box in page.get_by_role("checkbox").all():
        box.check()
    walk.look(page, "loi-moi-da-gui")
    page.get_by_role("button", name="In phiếu").click()
    walk.secrets |= slips_on(page)
    walk.look(page, "phieu-nhieu")
    assert {HEAD, CLERK, OFFICER, LEADER} <= walk.secrets.keys()


def test_the_plan_is_published(walk: Walk) -> None:
    page = walk.at_home(ADMIN)
    path_of(page)
    walk.look(page, "thiet-lap-truoc-cong-bo")
    page.get_by_role("link", name="Đặt các giá trị còn thiếu").click()
    walk.look(page, "ke-hoach")
    page.get_by_role("link", name="Sửa mục Hạn báo cáo").click()
    card = page.locator("section", has=page.get_by_role("heading", name="Báo cáo sơ kết"))
    card.get_by_label("Ngày cuối được nộp").fill("28/12")
    page.get_by_role("button", name="Lưu mục này").click()
    page.wait_for_url(re.compile("/quan-tri/ke-hoach$"))
    walk.look(page, "ke-hoach-han")
    assert state_of(page, "Điều kế hoạch để Sở tự đặt") == "Đang làm"
    expect(page.get_by_text("Báo cáo sơ kết: kế hoạch không nêu ngày")).to_have_count(0)
    page.get_by_role("link", name="Xem trước và công bố").click()
    walk.look(page, "cong-bo")
    page.get_by_label("Lý do", exact=False).fill("Công bố lần đầu")
    page.get_by_role("button", name=re.compile("^Công bố bản số 1")).click()
    assert state_of(page, "Xem trước và công bố") == "Xong"
    walk.look(page, "thiet-lap-xong")
    page.locator("a.brand").click()
    expect(page).to_have_url(re.compile("/quan-tri$"))
    walk.look(page, "quan-tri")


def test_the_officer_opens_the_first_round(walk: Walk) -> None:
    page = walk.first_sign_in(OFFICER, walk.secrets[OFFICER])
    menu(page, "Kỳ báo cáo")
    page.get_by_role("link", name="Mở kỳ báo cáo").first.click()
    page.get_by_role("radio", name=re.compile("^Báo cáo sơ kết")).check()
    if page.get_by_text("Đặt hạn khác với kế hoạch").is_visible():
        page.get_by_text("Đặt hạn khác với kế hoạch").click()
    page.get_by_label("Hạn: hết ngày").fill(in_days(20))
    walk.look(page, "mo-ky")
    page.get_by_role("button", name="Xem trước khi mở").click()
    walk.look(page, "mo-ky-xem")
    page.get_by_role("button", name=re.compile(r"^Mở kỳ cho \d+ đơn vị")).click()
    expect(page.get_by_role("heading", name=re.compile("Báo cáo sơ kết"))).to_be_visible()


def test_the_clerk_fills_in_and_the_head_submits(walk: Walk, site: Site) -> None:
    page = walk.first_sign_in(CLERK, walk.secrets[CLERK])
    menu(page, "Việc của tôi")
    walk.look(page, "viec-nguoi-soan")
    page.get_by_role("link", name=re.compile("^Báo cáo sơ kết")).first.click()
    expect(page.locator(".parts a").first).to_be_visible()
    filling.fill_all(page)
    page.get_by_role("link", name="Kiểm tra và gửi").first.click()
    page.get_by_role("button", name="Gửi thủ trưởng duyệt").click()
    expect(page.get_by_text("Chờ thủ trưởng duyệt").first).to_be_visible()
    walk.look(page, "da-soan")
    head = walk.first_sign_in(HEAD, walk.secrets[HEAD])
    menu(head, "Việc của tôi")
    head.get_by_role("link", name=re.compile("^Báo cáo sơ kết")).first.click()
    walk.look(head, "thu-truong")
    submit(head)
    walk.look(head, "da-nop")
    filed = site.sql(
        "SELECT u.name, v.number FROM report_version v JOIN report r ON r.id = v.report_id"
        " JOIN unit u ON u.id = r.unit_id JOIN tenant t ON t.id = r.tenant_id WHERE t.slug = $1",
        SLUG,
    )
    assert filed == [{"name": HOSPITAL, "number": 1}]


def submit(page: Page) -> None:
    """Check the report and submit it."""
    page.get_by_role("link", name="Xem và ký duyệt").first.click()
    page.get_by_role("button", name="Nộp báo cáo").click()
    expect(page.get_by_text("Mã xác nhận")).to_be_visible()
