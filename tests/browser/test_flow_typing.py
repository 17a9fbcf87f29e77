"""Nothing typed is lost: two people, a lost line, an idle session, no script, no mouse."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Request, expect

from tests.browser.conftest import Opener
from tests.browser.filling import NARRATIVE, fill_all, open_part, pdf, type_saved
from tests.browser.site import Site

pytestmark = pytest.mark.browser
CLERK, HEAD = "soan.donvi", "thutruong.donvi"
REPORT = """
SELECT report.id FROM report
JOIN reporting_round AS asked ON asked.id = report.round_id
JOIN role_grant ON role_grant.unit_id = report.unit_id
JOIN account ON account.id = role_grant.account_id
JOIN tenant ON tenant.id = report.tenant_id
WHERE tenant.slug = $1 AND account.username = $2 AND asked.state = 'open' AND asked.kind = $3
"""


def address_of(site: Site, who: str, kind: str) -> str:
    """Return the address of a person's own report in an open round."""
    return f"/bao-cao/{site.sql(REPORT, 'lai_chau', who, kind)[0]['id']}"


def address_of_round(site: Site) -> str:
    """Return the page that changes the day of the open annual round."""
    asked = (
        "SELECT r.id FROM reporting_round AS r JOIN tenant AS t ON t.id = r.tenant_id"
        " WHERE t.slug = 'lai_chau' AND r.kind = 'annual' AND r.state = 'open'"
    )
    return f"/ky-bao-cao/{site.sql(asked)[0]['id']}/han"


@pytest.fixture
def report(site: Site) -> str:
    return address_of(site, CLERK, "on_request")


def test_two_people_on_two_parts_do_not_meet(opened: Opener, report: str) -> None:
    clerk, head = opened(CLERK), opened(HEAD)
    open_part(clerk, report, 1)
    open_part(head, report, 2)
    type_saved(clerk, "Phần một của người soạn.")
    type_saved(head, "Phần hai của thủ trưởng.")
    open_part(clerk, report, 2)
    expect(clerk.locator(NARRATIVE)).to_have_value("Phần hai của thủ trưởng.")
    open_part(head, report, 1)
    expect(head.locator(NARRATIVE)).to_have_value("Phần một của người soạn.")


@pytest.mark.parametrize(
    ("button", "kept"),
    [("Giữ bản của tôi", "Chữ của thủ trưởng."), ("Dùng bản kia", "Chữ của người soạn.")],
)
def test_two_people_on_one_part_see_both_texts_and_choose(
    opened: Opener, report: str, button: str, kept: str
) -> None:
    clerk, head = opened(CLERK), opened(HEAD)
    open_part(clerk, report, 3)
    type_saved(clerk, f"Trước khi chọn “{button}”.")
    open_part(head, report, 3)
    type_saved(clerk, "Chữ của người soạn.")
    head.fill(NARRATIVE, "Chữ của thủ trưởng.")
    clash = head.locator("[data-clash]")
    expect(clash).to_be_visible()
    expect(clash).to_contain_text("Chữ của người soạn.")
    expect(clash).to_contain_text("Chữ của thủ trưởng.")
    if button == "Giữ bản của tôi":
        with head.expect_response(lambda answer: answer.request.method == "PUT" and answer.ok):
            clash.get_by_role("button", name=button).click()
    else:
        clash.get_by_role("button", name=button).click()
    expect(head.locator(NARRATIVE)).to_have_value(kept)
    open_part(clerk, report, 3)
    expect(clerk.locator(NARRATIVE)).to_have_value(kept)


def test_lost_connection_is_said_and_saved_when_it_is_back(opened: Opener, report: str) -> None:
    page = opened(CLERK)
    open_part(page, report, 1)
    page.context.set_offline(True)
    page.fill(NARRATIVE, "Chữ gõ khi mất mạng.")
    saving = page.locator("[data-saving]")
    expect(saving).to_have_text("Mất kết nối, nội dung còn trên trang này")
    with page.expect_response(lambda answer: answer.request.method == "PUT" and answer.ok):
        page.context.set_offline(False)
    expect(saving).to_contain_text("Đã lưu")
    page.reload()
    expect(page.locator(NARRATIVE)).to_have_value("Chữ gõ khi mất mạng.")


def test_typing_that_could_not_be_saved_is_back_after_a_reload(opened: Opener, report: str) -> None:
    page = opened(CLERK)
    open_part(page, report, 1)
    page.route("**/phan/**", lambda route: route.abort())
    page.fill(NARRATIVE, "Chữ chưa kịp lưu.")
    expect(page.locator("[data-saving]")).to_contain_text("Mất kết nối")
    page.once("dialog", lambda dialog: dialog.accept())
    page.reload()
    expect(page.locator(NARRATIVE)).to_have_value("Chữ chưa kịp lưu.")
    with page.expect_response(lambda answer: answer.request.method == "PUT" and answer.ok):
        page.unroute("**/phan/**")
    expect(page.locator("[data-saving]")).to_contain_text("Đã lưu")


def test_idle_session_asks_for_the_password_on_the_page_and_saves(
    opened: Opener, site: Site, report: str
) -> None:
    page = opened(CLERK)
    open_part(page, report, 2)
    site.sql(
        "UPDATE session SET seen_at = seen_at - interval '1 day' WHERE account_id IN"
        " (SELECT account.id FROM account JOIN tenant ON tenant.id = account.tenant_id"
        " WHERE username = $1 AND tenant.slug = 'lai_chau')",
        CLERK,
    )
    page.fill(NARRATIVE, "Gõ sau giờ nghỉ trưa.")
    dialog = page.get_by_role("dialog", name="Nhập lại mật khẩu để tiếp tục")
    expect(dialog).to_be_visible()
    expect(page.locator(NARRATIVE)).to_have_value("Gõ sau giờ nghỉ trưa.")
    dialog.get_by_label("Mật khẩu").fill("sai mật khẩu")
    dialog.get_by_role("button", name="Tiếp tục").click()
    expect(dialog.locator("[data-relogin-error]")).to_be_visible()
    dialog.get_by_label("Mật khẩu").fill(site.accounts["lai_chau", CLERK]["password"])
    with page.expect_response(lambda answer: answer.request.method == "PUT" and answer.ok):
        dialog.get_by_role("button", name="Tiếp tục").click()
    expect(dialog).to_be_hidden()
    page.reload()
    expect(page.locator(NARRATIVE)).to_have_value("Gõ sau giờ nghỉ trưa.")


def test_a_session_ended_elsewhere_says_so_and_saves_after_signing_in_in_another_tab(
    opened: Opener, site: Site, report: str
) -> None:
    page = opened(CLERK)
    open_part(page, report, 2)
    site.sql(
        "UPDATE session SET revoked_at = now() WHERE revoked_at IS NULL AND account_id IN"
        " (SELECT account.id FROM account JOIN tenant ON tenant.id = account.tenant_id"
        " WHERE username = $1 AND tenant.slug = 'lai_chau')",
        CLERK,
    )
    del site.kept["lai_chau", CLERK]  # the next test signs in anew
    page.fill(NARRATIVE, "Gõ khi phiên đã bị kết thúc ở máy khác.")
    dialog = page.get_by_role("dialog", name="Bạn cần đăng nhập lại")
    expect(dialog).to_be_visible()
    expect(dialog).to_contain_text("Nội dung đang nhập vẫn còn trên trang này.")
    with page.context.expect_page() as tab:
        dialog.get_by_role("link", name="Đăng nhập ở thẻ mới").click()
    other = tab.value
    other.get_by_label("Tên đăng nhập").fill(CLERK)
    other.get_by_label("Mật khẩu").fill(site.accounts["lai_chau", CLERK]["password"])
    other.get_by_role("button", name="Đăng nhập").click()
    other.wait_for_url("**/viec-cua-toi")
    with page.expect_response(lambda answer: answer.request.method == "PUT" and answer.ok):
        dialog.get_by_role("button", name="Lưu tiếp").click()
    expect(dialog).to_be_hidden()
    page.reload()
    expect(page.locator(NARRATIVE)).to_have_value("Gõ khi phiên đã bị kết thúc ở máy khác.")


def test_on_a_phone_the_parts_are_one_line_that_opens_on_demand(
    opened: Opener, report: str
) -> None:
    page = opened(CLERK, path=report, viewport={"width": 390, "height": 844})
    line = page.locator(".part-fold > summary")
    parts = page.locator(".parts a")
    total = parts.count()
    expect(line).to_contain_text(f"/{total}:")
    expect(parts.first).to_be_hidden()
    line.click()
    expect(parts.last).to_be_visible()
    parts.last.click()
    expect(line).to_contain_text(f"Phần {total}/{total}:")
    expect(parts.first).to_be_hidden()
    expect(page.locator(".thumb .btn-primary")).to_be_in_viewport()


def test_the_chosen_day_is_told_in_vietnamese_whatever_the_browser_speaks(
    opened: Opener, site: Site
) -> None:
    page = opened("chuyenvien", path=address_of_round(site), locale="en-US")
    page.locator("#f-due_at").fill("2026-12-05")
    expect(page.locator(".date-words")).to_have_text("Ngày đã chọn: thứ Bảy, 05/12/2026")
    chosen = page.locator(".file-named .name")
    expect(chosen).to_have_text("Chưa chọn tệp nào")
    page.locator("#f-decision_file_id").set_input_files([pdf("quyet-dinh.pdf")])
    expect(chosen).to_have_text("quyet-dinh.pdf")


def test_without_script_a_clerk_fills_everything_and_the_head_submits(
    opened: Opener, site: Site
) -> None:
    report = address_of(site, "soan.benhvien", "annual")
    page = opened("soan.benhvien", path=report, java_script_enabled=False)
    page.locator(".parts a").first.click()
    page.locator("#f-file").set_input_files([pdf("minh-chung.pdf")])
    page.get_by_role("button", name="Tải lên").click()
    expect(page.get_by_role("link", name="minh-chung.pdf")).to_be_visible()
    fill_all(page)
    page.get_by_role("link", name="Kiểm tra và gửi").first.click()
    page.get_by_role("button", name="Gửi thủ trưởng duyệt").click()
    expect(page.locator(".tag", has_text="Chờ thủ trưởng duyệt").first).to_be_visible()
    head = opened("thutruong.benhvien", path=report, java_script_enabled=False)
    head.get_by_role("link", name="Xem và ký duyệt").first.click()
    head.get_by_role("button", name="Nộp báo cáo").click()
    expect(head.get_by_text("Mã xác nhận")).to_be_visible()


def tab_to(page: Page, what: str) -> None:
    """Press Tab until the focus stands on the element, as somebody without a mouse does."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("what => document.activeElement.matches(what)", what):
            return
    raise AssertionError(f"{what} cannot be reached by Tab")


def test_with_the_keyboard_only_somebody_signs_in_and_saves(
    chromium: Browser, site: Site, report: str
) -> None:
    context = chromium.new_context(base_url=site.url("lai_chau"))
    page = context.new_page()
    page.goto("/dang-nhap")
    tab_to(page, ".skip")
    page.keyboard.press("Enter")
    tab_to(page, "#f-username")
    page.keyboard.type(CLERK)
    tab_to(page, "#f-password")
    page.keyboard.type(site.accounts["lai_chau", CLERK]["password"])
    page.keyboard.press("Enter")
    page.wait_for_url("**/viec-cua-toi")
    tab_to(page, f'a.btn[href="{report}"]')
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{report}")
    tab_to(page, '.parts a[href*="phan="]')
    page.keyboard.press("Enter")
    page.wait_for_url("**phan=**")
    saved: list[Request] = []
    page.on("request", lambda sent: saved.append(sent) if sent.method == "PUT" else None)
    tab_to(page, "textarea")
    with page.expect_response(lambda answer: answer.request.method == "PUT" and answer.ok):
        page.keyboard.type("Gõ bằng bàn phím. ")
    sent: Any = saved[0].post_data_json
    assert "Gõ bằng bàn phím." in sent["fields"]["narrative"]
    context.close()
