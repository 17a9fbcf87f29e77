"""The pages over HTTP, behind the real edge: cookies, steps, slips, doors that stay shut."""

from __future__ import annotations

import re
from typing import Any
from uuid import UUID

import pytest
from litestar.types import ASGIApp

from core.accounts import guards, service, throttle
from core.accounts.routes import route_handlers
from core.accounts.schemas import SYSTEM, Role
from core.kit import db
from core.kit.scope import tenant_scope
from tests.factories import make_tenant
from tests.integration.accounts.helpers import PASSWORD
from tests.integration.accounts.site import browser, site

pytestmark = pytest.mark.usefixtures("app_db")


@pytest.fixture
async def app(app_db: db.TenantEngine) -> ASGIApp:
    return site()


async def person(slug: str, username: str, *roles: str, tenant: UUID | None = None) -> UUID:
    """Make a department (if none is given) with one account; return the department."""
    tenant = tenant or await make_tenant(slug=slug)
    with tenant_scope(tenant):
        async with db.transaction():
            await service.create_account(
                actor=SYSTEM,
                username=username,
                display_name=f"Người {username}",
                unit_id=tenant,
                roles=[(role, tenant) for role in roles],
                password=PASSWORD,
            )
    return tenant


async def totp(tenant: UUID, username: str) -> str:
    """Give an account an authenticator and return its secret."""
    import pyotp

    secret = pyotp.random_base32()
    with tenant_scope(tenant):
        async with db.transaction():
            rows = (await service.list_accounts(actor=SYSTEM, search=username)).rows
            await service.set_second_factor(rows[0].id, secret, actor=SYSTEM)
    return secret


async def test_sign_in_work_sign_out(app: ASGIApp) -> None:
    await person("so-vao", "vanthu", "unit_clerk")
    async with browser(app, "so-vao") as b:
        first = await b.get("/")
        assert (first.status_code, first.headers["location"]) == (303, "/dang-nhap")
        await b.get("/dang-nhap")
        wrong = await b.post("/dang-nhap", username="vanthu", password="sai")
        assert wrong.status_code == 422
        assert 'value="vanthu"' in wrong.text, "what was typed is kept"
        assert PASSWORD not in wrong.text
        right = await b.post("/dang-nhap", username="vanthu", password=PASSWORD)
        assert (right.status_code, right.headers["location"]) == (303, "/")
        cookie = right.headers["set-cookie"]
        assert guards.COOKIE in cookie
        assert "HttpOnly" in cookie
        assert "SameSite=lax" in cookie
        assert (await b.get("/")).text == "Người vanthu"
        again = await b.get("/dang-nhap?tiep=/tai-khoan")
        assert again.headers["location"] == "/tai-khoan"
        await b.get("/tai-khoan")
        await b.post("/dang-xuat")
        assert (await b.get("/")).status_code == 303


async def test_failures_over_http_are_kept_although_the_request_is_rolled_back(
    app: ASGIApp, superuser: Any
) -> None:
    tenant = await person("so-khoa", "vanthu")
    async with browser(app, "so-khoa") as b:
        for _ in range(5):
            assert (await b.post("/dang-nhap", username="vanthu", password="x")).status_code == 422
        locked = await b.post("/dang-nhap", username="vanthu", password=PASSWORD)
    assert locked.status_code == 422
    assert await superuser.fetchval(
        "SELECT locked_at IS NOT NULL FROM account WHERE tenant_id = $1", tenant
    )


async def test_a_cookie_of_another_department_is_refused(app: ASGIApp) -> None:
    await person("so-mot", "vanthu")
    await person("so-hai", "vanthu")
    async with browser(app, "so-mot") as one, browser(app, "so-hai") as two:
        await one.post("/dang-nhap", username="vanthu", password=PASSWORD)
        assert (await one.get("/")).status_code == 200
        two.client.cookies.set(guards.COOKIE, one.client.cookies[guards.COOKIE])
        assert (await two.get("/tai-khoan")).status_code == 303


async def test_only_paths_of_this_site_follow_a_sign_in(app: ASGIApp) -> None:
    await person("so-noi", "vanthu")
    for path in ("//evil.example", "https://evil.example", "/\\evil.example", ""):
        async with browser(app, "so-noi") as b:
            answer = await b.post(f"/dang-nhap?tiep={path}", username="vanthu", password=PASSWORD)
            assert answer.headers["location"] == "/", path


async def test_officer_from_first_sign_in_to_recovery_codes(app: ASGIApp) -> None:
    import pyotp

    await person("so-cv", "chuyenvien", "officer")
    async with browser(app, "so-cv") as b:
        answer = await b.post(
            "/dang-nhap?tiep=/tai-khoan", username="chuyenvien", password=PASSWORD
        )
        assert answer.headers["location"] == "/thiet-lap-xac-thuc?tiep=/tai-khoan"
        blocked = await b.get("/tai-khoan")
        assert blocked.headers["location"].startswith("/thiet-lap-xac-thuc")
        form = await b.get("/thiet-lap-xac-thuc?tiep=/tai-khoan")
        assert "<svg" in form.text
        sealed = re.search(r'name="sealed" value="([^"]+)"', form.text)
        secret = re.search(r'class="secret">([A-Z2-7]+)<', form.text)
        assert sealed
        assert secret
        wrong = await b.post("/thiet-lap-xac-thuc", sealed=sealed.group(1), code="000000")
        assert wrong.status_code == 422
        assert secret.group(1) in wrong.text, "the picture that was scanned stays"
        code = pyotp.TOTP(secret.group(1)).now()
        codes = await b.post(
            "/thiet-lap-xac-thuc?tiep=/tai-khoan", sealed=sealed.group(1), code=code
        )
        assert codes.status_code == 200
        listed = re.findall(r"<li>([a-z2-9]{5}-[a-z2-9]{5})</li>", codes.text)
        assert len(listed) == 10
        assert codes.headers["cache-control"].startswith("no-store")
        assert (await b.get("/tai-khoan")).status_code == 200
    async with browser(app, "so-cv") as b:
        answer = await b.post("/dang-nhap", username="chuyenvien", password=PASSWORD)
        assert answer.headers["location"] == "/xac-thuc"
        await b.get("/xac-thuc")
        assert (await b.post("/xac-thuc", code="000000")).status_code == 422
        assert (await b.post("/xac-thuc", code=listed[0])).headers["location"] == "/"
        assert (await b.get("/")).status_code == 200


async def test_an_idle_session_goes_on_with_the_same_cookie(app: ASGIApp, superuser: Any) -> None:
    tenant = await person("so-cho", "vanthu")
    async with browser(app, "so-cho") as b:
        await b.post("/dang-nhap", username="vanthu", password=PASSWORD)
        await b.get("/tai-khoan")
        before = b.client.cookies[guards.COOKIE]
        await superuser.execute(
            "UPDATE session SET seen_at = seen_at - interval '16 minutes' WHERE tenant_id = $1",
            tenant,
        )
        expired = await b.client.get("/tai-khoan", headers={"accept": "application/json"})
        assert expired.status_code == 401
        assert expired.json()["code"] == "session_expired"
        wrong = await b.post_json("/dang-nhap-lai", {"password": "sai"})
        assert (wrong.status_code, wrong.json()["detail"]) == (422, "Mật khẩu không đúng.")
        right = await b.post_json("/dang-nhap-lai", {"password": PASSWORD})
        assert (right.status_code, right.json()) == (200, {"ok": True})
        assert b.client.cookies[guards.COOKIE] == before
        assert (await b.get("/tai-khoan")).status_code == 200


async def test_asking_again_without_a_session_is_401(app: ASGIApp) -> None:
    await person("so-khong", "vanthu")
    async with browser(app, "so-khong") as b:
        await b.get("/dang-nhap")
        answer = await b.post_json("/dang-nhap-lai", {"password": PASSWORD})
        assert answer.status_code == 401


async def test_forms_without_their_token_are_refused(app: ASGIApp) -> None:
    await person("so-csrf", "vanthu")
    async with browser(app, "so-csrf") as b:
        await b.get("/dang-nhap")
        answer = await b.client.post(
            "/dang-nhap", data={"username": "vanthu", "password": PASSWORD}
        )
        assert answer.status_code == 403
        assert guards.COOKIE not in b.client.cookies


async def test_administration_over_http(app: ASGIApp) -> None:
    import pyotp

    tenant = await person("so-qt", "quantri", "tenant_admin")
    secret = await totp(tenant, "quantri")
    async with browser(app, "so-qt") as b:
        await b.post("/dang-nhap", username="quantri", password=PASSWORD)
        await b.post("/xac-thuc", code=pyotp.TOTP(secret).now())
        assert "Người quantri" in (await b.get("/quan-tri/tai-khoan?tim=nguoi")).text
        form = await b.get("/quan-tri/tai-khoan/tao")
        assert "Chọn đơn vị" in form.text
        bad = await b.post("/quan-tri/tai-khoan/tao", username="nguoimoi", display_name="Lê Thị Bé")
        assert bad.status_code == 422
        assert 'value="Lê Thị Bé"' in bad.text
        slip = await b.post(
            "/quan-tri/tai-khoan/tao",
            username="nguoimoi",
            display_name="Lê Thị Bé",
            unit_id=str(tenant),
            role=Role.UNIT_CLERK.value,
        )
        assert slip.status_code == 200
        assert slip.headers["cache-control"].startswith("no-store")
        assert "http://so-qt.localhost" in slip.text
        password = re.findall(r'<dd class="secret">([^<]+)</dd>', slip.text)[1]
        link = re.search(r"/quan-tri/tai-khoan/[0-9a-f-]{36}", slip.text)
        assert link
        shown = await b.get(link.group())
        assert password not in shown.text
        for path, word in (
            ("khoa", "Đã khóa"),
            ("mo-khoa", "Đang dùng"),
            ("ngung", "Ngừng dùng"),
        ):
            assert (await b.post(f"{link.group()}/{path}")).status_code == 303
            assert word in (await b.get(link.group())).text
        again = await b.post(f"{link.group()}/dung-lai")
        assert password not in again.text
        fresh = re.findall(r'<dd class="secret">([^<]+)</dd>', again.text)[1]
        await b.get(link.group())
        granted = await b.post(
            f"{link.group()}/vai-tro", role="unit_head", role_unit_id=str(tenant)
        )
        assert granted.status_code == 303
        assert "Thủ trưởng đơn vị" in (await b.get(link.group())).text
        assert (await b.post(f"{link.group()}/vai-tro", role="vua")).status_code == 422
        await b.post(f"{link.group()}/vai-tro/thu-hoi", role="unit_head", role_unit_id=str(tenant))
        await b.post("/quan-tri/tai-khoan/xac-thuc-hai-lop", asked="1")
        assert " checked" in (await b.get("/quan-tri/tai-khoan")).text
    async with browser(app, "so-qt") as b:
        answer = await b.post("/dang-nhap", username="nguoimoi", password=fresh)
        assert answer.headers["location"] == "/thiet-lap-xac-thuc"


async def test_first_password_over_http(app: ASGIApp) -> None:
    tenant = await make_tenant(slug="so-dau")
    with tenant_scope(tenant):
        async with db.transaction():
            slip = await service.create_account(
                actor=SYSTEM, username="nguoimoi", display_name="Lê Thị Bé", unit_id=tenant
            )
    new = "Câu dài của bé 2026."
    async with browser(app, "so-dau") as b:
        answer = await b.post("/dang-nhap", username="nguoimoi", password=slip.temporary_password)
        assert answer.headers["location"] == "/doi-mat-khau"
        assert (await b.get("/")).headers["location"] == "/doi-mat-khau"
        assert "mật khẩu tạm" in (await b.get("/doi-mat-khau")).text
        bad = await b.post(
            "/doi-mat-khau", current=slip.temporary_password, new="ngắn", repeated="ngắn"
        )
        assert bad.status_code == 422
        assert "ít nhất 14 ký tự" in bad.text
        done = await b.post("/doi-mat-khau", current=slip.temporary_password, new=new, repeated=new)
        assert done.headers["location"] == "/"
        assert (await b.get("/")).status_code == 200


async def test_forgotten_password_over_http(app: ASGIApp, superuser: Any) -> None:
    tenant = await make_tenant(slug="so-quen")
    with tenant_scope(tenant):
        async with db.transaction():
            await service.create_account(
                actor=SYSTEM,
                username="vanthu",
                display_name="Lê Thị Bé",
                unit_id=tenant,
                email="be@example.vn",
                password=PASSWORD,
            )
    new = "Câu dài của bé 2026."
    async with browser(app, "so-quen") as b:
        known = await b.post("/quen-mat-khau", identifier="be@example.vn")
        b.page = ""
        unknown = await b.post("/quen-mat-khau", identifier="khong-co")
        assert _without_marks(known.text) == _without_marks(unknown.text)
        body = await superuser.fetchval("SELECT body FROM mail WHERE tenant_id = $1", tenant)
        link = re.search(r"http://so-quen\.localhost(/\S+)", body)
        assert link
        assert (await b.get(link.group(1))).status_code == 200
        bad = await b.post(link.group(1), new=new, repeated="khác")
        assert bad.status_code == 422
        done = await b.post(link.group(1), new=new, repeated=new)
        assert done.headers["location"] == "/dang-nhap"
        assert (await b.get(link.group(1))).status_code == 404
        await b.get("/dang-nhap")
        assert (await b.post("/dang-nhap", username="vanthu", password=new)).status_code == 303


def _without_marks(page: str) -> str:
    return re.sub(r'(content|value)="[^"]*"|hỗ trợ: \w+', "", page)


@pytest.mark.parametrize("port", ["80@evil.example", "evil", ""])
async def test_the_mailed_link_names_the_departments_host_only(
    app: ASGIApp, superuser: Any, port: str
) -> None:
    slug = f"so-host-{len(port)}"
    tenant = await make_tenant(slug=slug)
    with tenant_scope(tenant):
        async with db.transaction():
            await service.create_account(
                actor=SYSTEM,
                username="vanthu",
                display_name="Bé",
                unit_id=tenant,
                email="be@example.vn",
                password=PASSWORD,
            )
    async with browser(app, slug) as b:
        await b.get("/quen-mat-khau")
        await b.client.post(
            "/quen-mat-khau",
            data={"_csrf_token": b.token(), "identifier": "vanthu"},
            headers={"host": f"{slug}.localhost:{port}"},
        )
    body = await superuser.fetchval("SELECT body FROM mail WHERE tenant_id = $1", tenant)
    assert f"http://{slug}.localhost/dat-lai-mat-khau/" in body


async def test_anonymous_people_reach_only_what_is_declared_for_them(app: ASGIApp) -> None:
    await person("so-la", "vanthu")
    async with browser(app, "so-la") as b:
        for handler in route_handlers:
            path = str(next(iter(handler.paths)))
            path = re.sub(r"\{token:str\}", "x", re.sub(r"\{\w+:uuid\}", str(UUID(int=1)), path))
            method = next(iter(handler.http_methods))
            b.page = ""
            answer = await (b.get(path) if method == "GET" else b.post(path))
            refused = answer.status_code == 401 or (
                answer.status_code == 303 and answer.headers["location"].startswith("/dang-nhap")
            )
            if handler.opt["access"] != "anonymous":
                assert refused, (path, answer.status_code)
            elif method == "GET":
                assert answer.status_code in (200, 404), path


async def test_clerks_get_no_administration(app: ASGIApp) -> None:
    await person("so-ns", "nguoisoan", "unit_clerk", "unit_head")
    async with browser(app, "so-ns") as b:
        await b.post("/dang-nhap", username="nguoisoan", password=PASSWORD)
        await b.get("/tai-khoan")
        for handler in route_handlers:
            if handler.opt["access"] != [Role.TENANT_ADMIN.value]:
                continue
            path = re.sub(r"\{\w+:uuid\}", str(UUID(int=1)), str(next(iter(handler.paths))))
            method = next(iter(handler.http_methods))
            answer = await (b.get(path) if method == "GET" else b.post(path))
            assert answer.status_code in (403, 404, 422), (path, answer.status_code)


def test_every_route_has_a_name_of_its_own_and_says_who_may_come() -> None:
    names = [handler.name for handler in route_handlers]
    assert None not in names
    assert len(set(names)) == len(names)
    assert all(handler.opt.get("access") for handler in route_handlers)


async def test_a_large_body_at_the_door_is_refused(app: ASGIApp) -> None:
    await person("so-to", "vanthu")
    async with browser(app, "so-to") as b:
        answer = await b.client.post("/dang-nhap", content=b"x" * 200_000)
        assert answer.status_code == 413


async def test_many_wrong_sign_ins_at_once_do_not_use_up_the_connections(
    app: ASGIApp, superuser: Any
) -> None:
    import asyncio
    import time

    tenant = await person("so-dong", "vanthu")

    async def guess(number: int) -> int:
        async with browser(app, "so-dong") as b:
            await b.get("/dang-nhap")
            answer = await b.post("/dang-nhap", username=f"khong-co-{number}", password="x")
            return answer.status_code

    start = time.monotonic()
    answers = await asyncio.gather(*(guess(number) for number in range(30)))
    assert set(answers) == {422}
    assert time.monotonic() - start < 9, "nobody waited for a connection until it timed out"
    async with browser(app, "so-dong") as b:
        await b.get("/dang-nhap")
        assert (await b.post("/dang-nhap", username="vanthu", password=PASSWORD)).status_code == 303
    assert (
        await superuser.fetchval("SELECT count(*) FROM session WHERE tenant_id = $1", tenant) == 1
    )


async def test_the_wait_is_served_at_the_doors_only(monkeypatch: pytest.MonkeyPatch) -> None:
    waited: list[float] = []

    async def twelve(_address: str) -> int:
        return 12

    async def sleep(seconds: float) -> None:
        waited.append(seconds)

    async def inner(scope: Any, receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"", "more_body": False})

    monkeypatch.setattr(throttle, "failures", twelve)
    monkeypatch.setattr(throttle.asyncio, "sleep", sleep)
    async with browser(throttle.SignInDelay(inner), "so-bat-ky") as b:
        for path in ("/tai-khoan", "/viec-cua-toi"):
            assert (await b.client.post(path)).status_code == 200
        assert (await b.client.get("/dang-nhap")).status_code == 200
        assert waited == []
        for path in throttle.DOORS:
            assert (await b.client.post(path)).status_code == 200
    assert waited == [1.0] * len(throttle.DOORS)
