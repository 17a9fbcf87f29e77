"""Signing in to the console: obligatory second factor, lock-out, idle time, first password."""

from __future__ import annotations

import html
import re

import asyncpg
import pyotp
import pytest

from core.kit import db
from core.kit.scope import unscoped
from tenants.platform import operators
from tests.factories import make_tenant
from tests.integration.platform.console import PASSWORD, make_operator, signed_in, window

NEW_PASSWORD = "mot cau de nho"


async def test_a_fresh_operator_sets_up_the_authenticator_before_anything_else(
    app_db: db.TenantEngine,
) -> None:
    with db.as_platform(), unscoped(reason="test"):
        async with db.transaction():
            slip = await operators.create_operator("Moi.Lam", "Người  Mới")
    assert (slip.username, slip.display_name) == ("moi.lam", "Người Mới")
    async with window() as browser:
        answer = await browser.post(
            "/dang-nhap", username="moi.lam", password=slip.temporary_password
        )
        assert answer.headers["location"] == "/thiet-lap-xac-thuc"
        refused = await browser.get("/nguoi-van-hanh")
        assert refused.headers["location"].startswith("/thiet-lap-xac-thuc")
        page = html.unescape((await browser.get("/thiet-lap-xac-thuc")).text)
        secret = re.search(r'class="secret">([A-Z2-7]+)<', page)
        sealed = re.search(r'name="sealed" value="([^"]+)"', page)
        assert secret
        assert sealed
        wrong = await browser.post("/thiet-lap-xac-thuc", sealed=sealed[1], code="000000")
        assert wrong.status_code == 422
        code = pyotp.TOTP(secret[1]).now()
        codes = await browser.post("/thiet-lap-xac-thuc", sealed=sealed[1], code=code)
        assert codes.text.count("<li>") >= 10
        refused = await browser.get("/nguoi-van-hanh")
        assert refused.headers["location"].startswith("/doi-mat-khau")
        short = await browser.post(
            "/doi-mat-khau", current=slip.temporary_password, new="ngan", repeated="ngan"
        )
        assert short.status_code == 422
        done = await browser.post(
            "/doi-mat-khau",
            current=slip.temporary_password,
            new=NEW_PASSWORD,
            repeated=NEW_PASSWORD,
        )
        assert done.headers["location"] == "/"
        assert "Người Mới" in (await browser.get("/nguoi-van-hanh")).text


async def test_five_failures_lock_and_a_reset_opens_again(app_db: db.TenantEngine) -> None:
    username, _ = await make_operator()
    async with window() as browser:
        for _ in range(5):
            answer = await browser.post("/dang-nhap", username=username, password="sai")
            assert answer.status_code == 422
        answer = await browser.post("/dang-nhap", username=username, password=PASSWORD)
        assert answer.status_code == 422
        with db.as_platform(), unscoped(reason="test"):
            async with db.transaction():
                slip = await operators.reset_operator(username)
        answer = await browser.post(
            "/dang-nhap", username=username, password=slip.temporary_password
        )
        assert answer.headers["location"] == "/thiet-lap-xac-thuc"


async def test_a_code_counts_once(app_db: db.TenantEngine) -> None:
    username, secret = await make_operator()
    async with window(username=username, secret=secret) as first, window() as second:
        code = pyotp.TOTP(secret).now()
        for browser, status in ((first, 303), (second, 422)):
            await browser.post("/dang-nhap", username=username, password=PASSWORD)
            answer = await browser.post("/xac-thuc", code=code)
            assert answer.status_code == status


async def test_an_idle_session_is_asked_for_the_password_and_goes_on(
    app_db: db.TenantEngine, superuser: asyncpg.Connection
) -> None:
    async with signed_in() as browser:
        await superuser.execute(
            "UPDATE operator_session SET seen_at = now() - interval '6 minutes'"
            " WHERE operator_id = (SELECT id FROM operator WHERE username = $1)",
            browser.username,
        )
        page = browser.page
        assert (await browser.get("/nguoi-van-hanh")).headers["location"].startswith("/dang-nhap")
        browser.page = page
        token = re.search(r'name="csrf-token" content="([^"]+)"', page)
        assert token
        answer = await browser.client.post(
            "/dang-nhap-lai", json={"password": PASSWORD}, headers={"x-csrf-token": token[1]}
        )
        assert answer.json() == {"ok": True}
        assert (await browser.get("/nguoi-van-hanh")).status_code == 200


async def test_sessions_are_listed_and_ended(app_db: db.TenantEngine) -> None:
    async with signed_in() as browser:
        page = (await browser.get("/tai-khoan")).text
        assert page.count("Phiên này") == 1
        await browser.post("/tai-khoan/phien/ket-thuc-khac")
        assert (await browser.post("/dang-xuat")).status_code == 303
        assert (await browser.get("/nguoi-van-hanh")).headers["location"].startswith("/dang-nhap")


async def test_the_console_is_the_bare_host_only_and_its_cookie_opens_no_department(
    app_db: db.TenantEngine,
) -> None:
    tenant = await make_tenant()
    with db.as_platform(), unscoped(reason="test"):
        async with db.transaction():
            slug = await db.fetchval("SELECT slug FROM tenant WHERE id = $1", tenant)
    async with signed_in() as browser:
        cookie = browser.client.cookies.get("thidua_operator")
        assert cookie
        for host, path in ((f"{slug}.localhost", "/nguoi-van-hanh"), ("la.localhost", "/")):
            answer = await browser.client.get(
                f"http://{host}{path}", headers={"cookie": f"thidua_operator={cookie}"}
            )
            assert answer.status_code == 404, host
        answer = await browser.client.get(
            f"http://{slug}.localhost/don-vi", headers={"cookie": f"thidua_session={cookie}"}
        )
        assert answer.headers["location"].startswith("/dang-nhap")


async def test_without_the_platforms_database_the_console_says_so(
    app_db: db.TenantEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(db, "_platform", None)
    async with window() as browser:
        answer = await browser.get("/dang-nhap")
    assert answer.status_code == 503
    assert "DATABASE_PLATFORM_URL" in answer.text
