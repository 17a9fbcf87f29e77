"""What a page of ours must not have, as it stands in a window: axe's rules, its width, the house's.

All of axe's rules run once on a page, at the first width: they are what costs most. At the second
run those that another layout can break: names that were hidden with their words, areas that scroll.
"""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page

from core.web.build import MODULES

AXE = (MODULES / "axe-core" / "axe.min.js").read_text()
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]
RULES_OF_LAYOUT = [
    "aria-hidden-focus",
    "button-name",
    "duplicate-id-aria",
    "label",
    "link-name",
    "scrollable-region-focusable",
    "select-name",
    "skip-link",
    "summary-name",
]
DESKTOP, PHONE = (1280, 900), (390, 844)
SIZES = {"desktop": DESKTOP, "phone": PHONE}


def faults_of_axe(page: Page, rules: list[str] = RULES) -> list[dict[str, Any]]:
    """Return what axe finds, rule by rule with the places."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    found = page.evaluate("rules => axe.run({runOnly: rules, resultTypes: ['violations']})", rules)
    return [
        {"rule": fault["id"], "where": [node["html"][:160] for node in fault["nodes"]]}
        for fault in found["violations"]
    ]


def faults_of(page: Page, rules: list[str] = RULES) -> list[Any]:
    """Return all faults of a page at the width that its window has."""
    faults: list[Any] = faults_of_axe(page, rules)
    if page.locator("html").get_attribute("lang") != "vi":
        faults.append("the language is not Vietnamese")
    if (count := page.locator("h1").count()) != 1:
        faults.append(f"{count} h1")
    if (count := page.locator(".btn-primary:visible").count()) > 1:
        faults.append(f"{count} primary buttons")
    if is_too_wide(page):
        faults.append("wider than the window")
    return faults


def is_too_wide(page: Page) -> bool:
    """Return whether the page must be moved sideways to be read."""
    return bool(page.evaluate("document.documentElement.scrollWidth > window.innerWidth"))


def set_size(page: Page, size: tuple[int, int]) -> None:
    """Give the window a size."""
    page.set_viewport_size({"width": size[0], "height": size[1]})


def faults_in_both_sizes(page: Page) -> dict[str, list[Any]]:
    """Return the faults of an open page on a desktop and on a phone; only those that it has."""
    set_size(page, DESKTOP)
    faults = {"desktop": faults_of(page)}
    set_size(page, PHONE)
    faults["phone"] = faults_of(page, RULES_OF_LAYOUT)
    return {size: found for size, found in faults.items() if found}
