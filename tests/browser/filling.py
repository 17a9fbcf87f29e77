"""What a clerk does on the form of a report, by clicking and typing only."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

NARRATIVE = "textarea[name=narrative]"
SAVED = re.compile(r"Đã lưu \d\d:\d\d")
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def pdf(name: str) -> dict[str, object]:
    """Return a small file to choose in a file field."""
    return {"name": name, "mimeType": "application/pdf", "buffer": PDF}


def type_saved(page: Page, text: str) -> None:
    """Type into the open part and wait until the page itself says that it is saved."""
    with page.expect_response(lambda answer: answer.request.method == "PUT" and answer.ok):
        page.fill(NARRATIVE, text)
    expect(page.locator("[data-saving]")).to_have_text(SAVED)


def open_part(page: Page, path: str, number: int) -> None:
    """Open a report and its part of that number, counted from 1."""
    page.goto(path)
    page.locator(".parts a").nth(number - 1).click()
    expect(page.locator(".parts a").nth(number - 1)).to_have_attribute("aria-current", "page")


def fill_part(page: Page) -> None:
    """Fill whatever the open part asks for; a part that is not asked has no fields."""
    if page.locator(NARRATIVE).count():
        page.fill(NARRATIVE, "Đơn vị đã triển khai 9 sáng kiến, giảm 12 phút chờ khám.")
        if page.locator("input[name=self_assessment]").count():
            page.locator(".choices label", has_text="Đạt").first.click()
    for box in page.locator('input[name^="figures."][name$=".value"]').all():
        box.fill("85,5")
    if page.locator("input[name=none]").count():
        page.locator("input[name=none]").check()


def go_on(page: Page) -> bool:
    """Save and go to the next part, or only go on; False at the last part."""
    save = page.get_by_role("button", name=re.compile("^Lưu"))
    following = page.locator(".bottom-bar.thumb a", has_text="Phần sau")
    if save.count() and "sang phần sau" in save.inner_text():
        save.click()
    elif following.count():
        following.click()
    else:
        if save.count():
            save.click()
        return False
    return True


def fill_all(page: Page) -> None:
    """Fill the parts from the one that is open to the last."""
    while True:
        fill_part(page)
        where = page.url
        if not go_on(page):
            return
        expect(page).not_to_have_url(where)
