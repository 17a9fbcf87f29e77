"""A unit's clerk writes the meeting down on a phone and makes its minutes."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from core.nominations import phrases
from tests.browser.conftest import Opener
from tests.browser.site import Site
from tests.browser.test_flow_awards import look

pytestmark = pytest.mark.browser
SLUG = "lai_chau"
PHONE = {"width": 390, "height": 844}
LIST = """
SELECT n.list_id FROM nomination n JOIN unit u ON u.id = n.unit_id
JOIN role_grant g ON g.unit_id = u.id JOIN account a ON a.id = g.account_id
JOIN tenant t ON t.id = n.tenant_id
WHERE t.slug = $1 AND a.username = 'soan.donvi' AND n.state = 'returned' LIMIT 1
"""
MEETING = {
    "Bắt đầu": "2026-01-05T08:00", "Kết thúc": "2026-01-05T09:30", "Địa điểm": "Hội trường",
    "Chủ trì": "Lê Văn Chủ", "Thư ký": "Trần Thị Ký", "Số người được triệu tập": "25",
    "Số người có mặt": "23", "Người vắng, lý do": "02 người đi công tác",
    "Nội dung thảo luận": "Xét thành tích năm của từng trường hợp.",
}  # fmt: skip


def test_the_meeting_is_written_and_its_minutes_made_on_a_phone(site: Site, opened: Opener) -> None:
    [found] = site.sql(LIST, SLUG)
    list_page = f"/khen-thuong/danh-sach/{found['list_id']}"
    page = opened("soan.donvi", slug=SLUG, path=list_page, viewport=PHONE)
    page.get_by_role("link", name="Biên bản họp").click()
    expect(page.get_by_role("heading", level=1, name="Biên bản họp")).to_be_visible()
    for label, text in MEETING.items():
        page.get_by_label(label).fill(text)
    votes = page.get_by_role("region", name="Số người đồng ý").get_by_role("textbox").all()
    for box in votes:
        box.fill("24")
    page.get_by_role("button", name="Lưu").click()
    expect(page.get_by_label("Chủ trì")).to_have_value("Lê Văn Chủ")
    refused = page.get_by_text("Nhập số người đồng ý cho").and_(page.locator(".field-error"))
    expect(refused).to_have_count(len(votes))
    look(page, "meeting-refused")
    for box in page.get_by_role("region", name="Số người đồng ý").get_by_role("textbox").all():
        box.fill("23")
    page.get_by_role("button", name="Lưu").click()
    expect(page.get_by_text(phrases.MEETING_SAVED)).to_be_visible()
    look(page, "meeting-saved")
    page.get_by_role("button", name="Dựng biên bản").click()
    expect(page.get_by_role("heading", level=1, name="Biên bản họp xét")).to_be_visible()
    look(page, "meeting-paper")
    page.goto(f"{list_page}/bien-ban")
    expect(page.get_by_role("link", name="Bản dựng từ dữ liệu")).to_be_visible()
    look(page, "meeting-made")
