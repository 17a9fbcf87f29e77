"""The three pictures of the README, made from the demo; `make screenshots` puts them into docs."""

from __future__ import annotations

import os
import struct
from pathlib import Path

import pytest

from tests.browser.conftest import Opener
from tests.browser.site import Site
from tests.browser.test_flow_typing import address_of

pytestmark = pytest.mark.browser
DOCS = Path(__file__).parents[2] / "docs" / "screenshots"


def size_of(picture: Path) -> tuple[int, int]:
    """Return width and height of a PNG."""
    head = picture.read_bytes()[:24]
    assert head.startswith(b"\x89PNG")
    width, height = struct.unpack(">II", head[16:24])
    return width, height


def test_pictures_of_the_readme_are_made_from_real_pages(
    opened: Opener, site: Site, tmp_path: Path
) -> None:
    folder = DOCS if os.environ.get("THIDUA_SCREENSHOTS") == "1" else tmp_path
    folder.mkdir(parents=True, exist_ok=True)
    clerk = opened("soan.donvi", path="/viec-cua-toi")
    clerk.screenshot(path=folder / "my-work.png")
    clerk.goto(address_of(site, "soan.donvi", "annual"))
    clerk.locator(".parts a").nth(1).click()
    clerk.locator("#phan-tieu-de").wait_for()
    clerk.screenshot(path=folder / "report-form.png")
    officer = opened("chuyenvien", path="/ky-bao-cao")
    officer.get_by_role("heading", name="Báo cáo hằng năm 2026").get_by_role("link").first.click()
    officer.locator("#danh-sach").wait_for()
    officer.screenshot(path=folder / "round.png")
    for name in ("my-work", "report-form", "round"):
        assert size_of(folder / f"{name}.png") == (1280, 900)
