"""Cookies: never readable by scripts; under https never sent without it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from core.accounts.forms import session_cookie
from core.kit.templates import redirect
from core.settings import settings
from core.web.headers import security_headers


@pytest.fixture(params=["1", "0"])
def https(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[bool]:
    monkeypatch.setenv("THIDUA_HTTPS", request.param)
    settings.cache_clear()
    yield request.param == "1"
    settings.cache_clear()


def test_cookies_are_secure_exactly_under_https(https: bool) -> None:
    session = session_cookie("token").to_header(header="")
    for header in (session, redirect("/", flash="Đã lưu.").headers["set-cookie"]):
        assert ("Secure" in header) is https, header
        assert "HttpOnly" in header
        assert "SameSite=lax" in header


def test_browsers_are_told_to_stay_with_https(https: bool) -> None:
    names = {name for name, _ in security_headers([], request_id="x", cacheable=False)}
    assert (b"strict-transport-security" in names) is https
