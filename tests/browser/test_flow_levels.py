"""Two levels of reports, and reminders that reach each person once."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from playwright.sync_api import Page, expect

from tests.browser import filling
from tests.browser.conftest import Opener
from tests.browser.site import Site
from tests.browser.test_flow_typing import address_of

pytestmark = pytest.mark.browser
WORDS = "Khoa đã giám sát 31 ổ dịch, kết thúc trong 7 ngày."


def test_accepted_words_of_a_khoa_are_taken_into_the_report_of_its_unit(
    opened: Opener, site: Site
) -> None:
    inner = address_of(site, "soan.khoa", "annual")
    khoa = site.accounts["lai_chau", "soan.khoa"]["unit"]
    writer = opened("thutruong.khoa", path=inner)
    title = ""
    expect(writer.locator(".parts a").first).to_be_visible()
    for number in range(writer.locator(".parts a").count()):
        link = writer.locator(".parts a").nth(number)
        if "Trả lại:" in link.inner_text():
            link.click()
            filling.type_saved(writer, WORDS)
            title = writer.locator("#phan-tieu-de").inner_text()
    writer.get_by_role("link", name="Kiểm tra và gửi").first.click()
    writer.get_by_role("button", name="Nộp báo cáo").click()
    expect(writer.get_by_text("Mã xác nhận")).to_be_visible()

    officer = opened("duyet.donvi", path="/ky-bao-cao")
    officer.get_by_role("link", name=re.compile("^Báo cáo hằng năm 2026")).first.click()
    officer.get_by_role("link", name=re.compile(f"báo cáo của {khoa}")).click()
    officer.get_by_role("button", name="Bắt đầu duyệt").click()
    officer.get_by_role("button", name="Tiếp nhận tất cả phần còn lại").click()
    officer.get_by_role("button", name=re.compile(r"^Tiếp nhận \d+ phần")).click()
    expect(officer.get_by_text("Toàn bộ báo cáo đã được tiếp nhận.")).to_be_visible()

    clerk = opened("soan.donvi", path=address_of(site, "soan.donvi", "annual"))
    clerk.locator(".parts a", has_text=title).click()
    row = clerk.locator(".files li", has_text=khoa)
    row.get_by_role("button", name="Lấy vào báo cáo").click()
    expect(clerk.locator(filling.NARRATIVE)).to_have_value(re.compile(re.escape(WORDS)))
    expect(row).to_contain_text("Đã lấy")


def unread(page: Page) -> int:
    """Return what the bell says."""
    count = page.locator(".bell .count")
    return int(count.inner_text()) if count.count() else 0


def test_a_reminder_reaches_each_person_once_by_mail_and_by_bell(
    opened: Opener, site: Site
) -> None:
    clerk = opened("soan.donvi")
    before = unread(clerk)
    began = site.sql("SELECT clock_timestamp() AS at")[0]["at"]
    officer = opened("chuyenvien", path="/ky-bao-cao")
    officer.get_by_role("heading", name="Báo cáo đột xuất 2026").get_by_role("link").click()
    asked = officer.get_by_role("link", name=re.compile(r"^Nhắc \d+ đơn vị"))
    label = asked.inner_text().strip()
    asked.click()
    officer.get_by_role("button", name=label).click()
    expect(officer.get_by_role("status").filter(has_text="nhắc").first).to_be_visible()
    clerk.reload()
    assert unread(clerk) == before + 1

    mails = site.sql(
        "SELECT mail.to_address, mail.subject FROM mail JOIN tenant ON tenant.id = mail.tenant_id"
        " WHERE tenant.slug = 'lai_chau' AND mail.created_at >= $1 AND mail.subject LIKE '%hắc%'",
        began,
    )
    assert mails
    assert set(Counter(row["to_address"] for row in mails).values()) == {1}
    box = opened("quantri", path="/hop-thu")
    for row in mails:
        line = box.locator("summary", has_text=row["to_address"]).filter(has_text=row["subject"])
        expect(line.first).to_be_visible()
