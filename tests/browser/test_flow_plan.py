"""A department sets a value, sees the difference, publishes, opens a round; the clerk sees it.

The tests are one course of events, each goes on where the one before has ended.
"""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from core.kit.clock import today
from tests.browser.conftest import Opener

pytestmark = pytest.mark.browser
SLUG = "vinh_long"
ADMIN, LEADER, OFFICER, CLERK = "quantri", "lanhdao", "chuyenvien", "soan.benhvien"
OWN = "Tổ công nghệ số của đơn vị"
WORDS = "Đơn vị có tổ công nghệ số hoạt động thường xuyên."
START = "/quan-tri/ke-hoach"


def section(page: Page, title: str) -> None:
    """Open one section of the department's values."""
    page.goto(START)
    page.get_by_role("link", name=f"Sửa mục {title}").click()
    expect(page.get_by_role("heading", name=title, level=1)).to_be_visible()


def test_admin_sets_a_day_and_a_criterion(opened: Opener) -> None:
    page = opened(ADMIN, slug=SLUG)
    section(page, "Hạn báo cáo")
    card = page.locator("section", has=page.get_by_role("heading", name="Báo cáo tổng kết"))
    card.get_by_label("Ngày cuối được nộp").fill("31/02")
    page.get_by_role("button", name="Lưu mục này").click()
    expect(page.locator(".errors")).to_contain_text("Không có ngày 31/02 trong mọi năm.")
    card.get_by_label("Ngày cuối được nộp").fill("28/12")
    page.get_by_role("button", name="Lưu mục này").click()
    expect(page.get_by_text("đơn vị gửi Sở Y tế: hết ngày 28/12")).to_be_visible()
    section(page, "Tiêu chí của Sở")
    page.get_by_label("Tên ngắn").fill(OWN)
    page.get_by_label("Nội dung tiêu chí").fill(WORDS)
    page.get_by_label("Đơn vị tự đánh giá").check()
    page.get_by_role("button", name="Lưu mục này").click()
    expect(page.get_by_text("chưa công bố").first).to_be_visible()


def test_preview_shows_the_form_before_anybody_has_it(opened: Opener) -> None:
    page = opened(ADMIN, slug=SLUG, path=f"{START}/xem-truoc?loai=final_review")
    expect(page.get_by_text("Bản xem trước, chưa công bố")).to_be_visible()
    expect(page.get_by_text("(Sở đặt)")).to_be_visible()
    page.locator(".parts a", has_text=OWN).click()
    expect(page.get_by_text(WORDS)).to_be_visible()
    expect(page.get_by_text("Tiêu chí do Sở đặt thêm")).to_be_visible()
    expect(page.locator("textarea[name=narrative]")).to_be_disabled()
    plan = opened(CLERK, slug=SLUG, path="/phong-trao")
    expect(plan.get_by_text(WORDS)).to_have_count(0)


def test_leader_sees_the_difference_and_publishes(opened: Opener) -> None:
    page = opened(LEADER, slug=SLUG, path=START)
    page.get_by_role("link", name="So sánh và công bố").click()
    expect(page.locator("ins", has_text=WORDS)).to_be_visible()
    expect(page.locator("ins", has_text="hết ngày 28/12")).to_be_visible()
    page.get_by_role("button", name="Công bố bản số 2").click()
    expect(page.locator(".errors")).to_contain_text("Xin ghi lý do")
    page.get_by_label("Lý do, căn cứ công bố").fill("Bổ sung tiêu chí của Sở.")
    page.get_by_role("button", name="Công bố bản số 2").click()
    expect(page.get_by_text("Đã công bố bản kế hoạch số 2")).to_be_visible()
    expect(page.get_by_role("heading", name="Bản số 2 khác gì bản số 1")).to_be_visible()
    page.goto(f"{START}/cong-bo")
    expect(page.get_by_text("Không có gì phải công bố")).to_be_visible()


def test_officer_opens_a_round_with_the_departments_day(opened: Opener) -> None:
    page = opened(OFFICER, slug=SLUG, path="/ky-bao-cao/mo")
    page.get_by_role("radio", name=re.compile("^Báo cáo tổng kết")).check()
    page.get_by_role("button", name="Xem trước khi mở").click()
    expect(page.get_by_text(f"hết ngày 28/12/{today().year} (Sở đặt)")).to_be_visible()
    page.get_by_role("button", name=re.compile("^Mở kỳ cho")).click()
    expect(page.get_by_role("heading", name=f"Báo cáo tổng kết {today().year}")).to_be_visible()


def test_clerk_is_asked_the_departments_criterion(opened: Opener) -> None:
    page = opened(CLERK, slug=SLUG, path="/viec-cua-toi")
    page.get_by_role("link", name=re.compile(f"^Báo cáo tổng kết {today().year}")).first.click()
    page.locator(".parts a", has_text=OWN).click()
    expect(page.get_by_text(WORDS)).to_be_visible()
    expect(page.get_by_text("Tiêu chí do Sở đặt thêm")).to_be_visible()
    expect(page.locator("textarea[name=narrative]")).to_be_editable()
