"""Every page of the operators' console in both sizes: accessible, fitting, quiet."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from core.kit.ids import new_id
from core.kit.security import hash_token
from tests.browser.faults import faults_in_both_sizes
from tests.browser.site import Site

pytestmark = pytest.mark.browser
PAGES = (
    "/so", "/so/tao", "/so/{id}", "/so/{id}/tam-dung", "/so/{id}/xoa", "/so/{id}/plugin", "/plugin",
    "/cong-viec",
    "/suc-khoe", "/suc-khoe/dung-luong", "/suc-khoe/kiem-tra", "/nhat-ky", "/ho-tro",
    "/nguoi-van-hanh", "/tai-khoan", "/doi-mat-khau", "/khong-co",
)  # fmt: skip
SESSION = """INSERT INTO operator_session (id, operator_id, token_hash, created_at, seen_at,
    expires_at) SELECT $1, id, $2, now(), now(), now() + interval '1 hour' FROM operator
    WHERE username = 'vanhanh' RETURNING id"""


@pytest.fixture(scope="module")
def console(chromium: Browser, site: Site) -> Iterator[Page]:
    """A window of the demo's operator, signed in past the form (a code counts once)."""
    base, token = f"http://localhost:{site.port}", new_id().hex
    assert site.sql(SESSION, new_id(), hash_token(token))
    context = chromium.new_context(base_url=base)
    context.add_cookies([{"name": "thidua_operator", "value": token, "url": base}])
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("path", PAGES)
def test_page_of_the_console_is_accessible_and_fits(console: Page, site: Site, path: str) -> None:
    tenant = site.sql("SELECT id FROM tenant ORDER BY slug LIMIT 1")[0]["id"]
    answer = console.goto(path.format(id=tenant))
    assert answer
    assert answer.status == (404 if path == "/khong-co" else 200)
    assert faults_in_both_sizes(console) == {}
