"""The administration panel in a browser: nothing foreign, no violation, Vietnamese, both widths."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.faults import (
    DESKTOP,
    RULES,
    RULES_OF_LAYOUT,
    SIZES,
    faults_of_axe,
    is_too_wide,
    set_size,
)
from tests.browser.site import Site

pytestmark = pytest.mark.browser
SLUG = "lai_chau"
FAULTS = Path(__file__).parents[2] / "docs/operators/admin-panel.md"
VIEWS = {
    "quantri": (
        "#/",
        "#/đơn_vị/",
        "#/forms/giao-vai-tro/",
        "#/khối_thi_đua/",
        "#/forms/sap-nhap-don-vi/",
        "#/forms/dat-han-bao-cao/",
    ),
    "chuyenvien": ("#/báo_cáo/", "#/tệp/"),
}
ENGLISH = re.compile(
    r"\b(the|page|rows?|field|filter|sort|save|delete|edit|loading|error|successfully|null|true"
    r"|false|all|none|select|submit|of)\b",
    re.IGNORECASE,
)
Watched = tuple[Page, list[str]]


@pytest.fixture
def watched(chromium: Browser, site: Site) -> Iterator[Callable[[str], Watched]]:
    """Open the panel as somebody, and note whatever the browser complains of."""
    contexts = []

    def opened(who: str) -> Watched:
        context = site.context(chromium, SLUG, who)
        contexts.append(context)
        page, told = context.new_page(), []
        host = site.url(SLUG, "")
        page.on("console", lambda m: told.append(m.text) if m.type == "error" else None)
        page.on("pageerror", lambda error: told.append(str(error)))
        page.on("request", lambda r: None if r.url.startswith((host, "data:", "blob:"))
                else told.append(f"foreign: {r.url}"))  # fmt: skip
        return page, told

    yield opened
    for context in contexts:
        context.close()


def at(page: Page, address: str) -> None:
    """Open one view of the panel and wait until it has its data."""
    page.goto("about:blank")
    page.goto(f"/admin/{address}")
    page.wait_for_load_state("networkidle")
    expect(page.locator("h1:visible").first).to_be_visible()


@pytest.mark.parametrize("who", VIEWS)
def test_the_panel_is_accessible_fits_and_speaks_vietnamese(
    watched: Callable[[str], Watched], who: str
) -> None:
    page, told = watched(who)
    found: dict[str, Any] = {}
    for address in VIEWS[who]:
        set_size(page, DESKTOP)
        at(page, address)
        for size, rules_of in (("desktop", RULES), ("phone", RULES_OF_LAYOUT)):
            set_size(page, SIZES[size])
            rules = {fault["rule"]: fault["where"] for fault in faults_of_axe(page, rules_of)}
            found |= {f"{address} {size} {rule}": where for rule, where in rules.items()}
            if is_too_wide(page):
                found[f"{address} {size}"] = "wider than the window"
            words = ENGLISH.findall(page.locator("body").inner_text())
            if words:
                found[f"{address} {size} words"] = words
    assert (found, told) == ({}, [])


def test_an_administrator_filters_sorts_and_edits_a_unit(
    watched: Callable[[str], Watched],
) -> None:
    page, told = watched("quantri")
    at(page, "#/đơn_vị/")
    page.get_by_role("link", name="Bộ lọc").click()
    page.locator(".right_column").get_by_label("Tên", exact=True).fill("Bệnh viện")
    page.get_by_role("button", name="Lọc", exact=True).click()
    expect(page.get_by_text("Đã lọc.")).to_be_visible()
    rows = page.locator(".table_wrapper tbody tr")

    def names() -> list[str]:
        return [row.locator(".link").first.inner_text() for row in rows.all()]

    ascending = names()
    assert len(ascending) > 1
    assert [name for name in ascending if "Bệnh viện" not in name] == []
    page.get_by_role("link", name="Sắp xếp", exact=True).click()
    # A dialogue that is still fading in has pale letters for a moment.
    page.evaluate("Promise.all(document.getAnimations().map(each => each.finished))")
    listed = re.findall(r"^- `([a-z-]+)`", FAULTS.read_text(), re.MULTILINE)
    assert {fault["rule"] for fault in faults_of_axe(page)} == set(listed)
    page.locator("select[name=ordering]").select_option(label="Giảm dần")
    page.get_by_role("button", name="Sắp xếp").click()
    page.wait_for_url(re.compile("__order"))
    page.wait_for_load_state("networkidle")
    page.reload()  # the address alone has both: the list is filtered and sorted
    expect(rows.first).to_be_visible()
    assert names() == ascending[::-1]
    rows.first.locator(".link a").first.click()
    name = page.get_by_label("Tên", exact=True)
    expect(name).to_be_disabled()
    page.get_by_label("Ký hiệu văn bản").fill("K" * 31)
    page.get_by_role("button", name="Lưu").click()
    expect(page.locator(".errors")).to_contain_text("Ký hiệu văn bản: dài quá 30 ký tự.")
    told[:] = [line for line in told if "422" not in line]  # Chromium notes the status
    page.get_by_label("Ký hiệu văn bản").fill("BVT")
    page.get_by_role("button", name="Lưu").click()
    expect(page.get_by_text("Đã lưu.")).to_be_visible()
    page.reload()
    expect(page.get_by_label("Ký hiệu văn bản")).to_have_value("BVT")
    assert told == []


def test_an_auditor_finds_no_button_that_he_may_not_use(
    watched: Callable[[str], Watched],
) -> None:
    page, told = watched("kiemtra")
    at(page, "#/đơn_vị/")
    expect(page.locator(".add_row")).to_be_hidden()
    expect(page.locator(".table_wrapper input[type=checkbox]").first).to_be_hidden()
    page.locator(".table_wrapper tbody tr .link a").first.click()
    expect(page.get_by_label("Ký hiệu văn bản")).to_be_disabled()
    expect(page.get_by_role("button", name="Lưu")).to_be_hidden()
    assert told == []


def test_somebody_of_a_unit_reads_why_there_is_no_panel(
    watched: Callable[[str], Watched],
) -> None:
    page, _ = watched("soan.donvi")
    answer = page.goto("/admin/")
    assert answer
    assert answer.status == 403
    expect(page.locator("main")).to_contain_text("Bảng quản trị dành cho")
