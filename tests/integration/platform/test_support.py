"""Support access: only by the department's grant, marked, read-only, ended at once."""

from __future__ import annotations

import html
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import asyncpg
import pytest

from core.accounts.guards import COOKIE
from core.accounts.schemas import Actor, Role
from core.errors import ConflictError, InvalidInputError, NotFoundError, PermissionDeniedError
from core.kit import db, templates
from core.kit.ids import new_id
from core.kit.scope import tenant_scope, unscoped
from core.kit.security import hash_token
from tenants.platform import operators
from tenants.service import forget_hosts
from tenants.support import service
from tests.integration.platform.console import Window, make_operator, signed_in
from tests.integration.reports import house as houses


@asynccontextmanager
async def inside(house: houses.House) -> AsyncIterator[None]:
    """Work in the department at the real time, as its administrator."""
    admin = house.people["tenant_admin"]
    with tenant_scope(house.tenant_id, actor_id=admin.account_id):
        async with db.transaction():
            yield


async def web_token(house: houses.House, actor: Actor) -> str:
    """Sign a person of the department in."""
    token = new_id().hex
    with tenant_scope(house.tenant_id):
        async with db.transaction():
            await db.execute(
                "INSERT INTO session (id, account_id, token_hash, kind, stage, created_at, seen_at,"
                " expires_at) VALUES ($1, $2, $3, 'web', 'full', now(), now(),"
                " now() + interval '1 hour')",
                new_id(),
                actor.account_id,
                hash_token(token),
            )
    return token


def wish(house: houses.House) -> str:
    return f"Xem giúp kỳ báo cáo {house.tenant_id}"


async def allowed(house: houses.House) -> str:
    async with inside(house):
        await service.grant(actor=house.people["tenant_admin"], hours=4, reason=wish(house))
        found = await service.list_grants(actor=house.people["tenant_admin"])
    return str(found[0].id)


async def ticket_of(browser: Window, grant_id: str) -> str:
    answer = await browser.post(f"/ho-tro/{grant_id}/vao")
    found = re.search(r'href="(http://[^"]+/ho-tro/vao\?ve=[^"]+)"', answer.text)
    assert found, answer.text
    return html.unescape(found[1])


async def come_in(browser: Window, link: str) -> tuple[str, str]:
    """Follow the link and press the button; return the department's site and the new cookie."""
    forget_hosts()
    base = link.partition("/ho-tro/")[0]
    page = await browser.client.get(link)
    token = re.search(r'name="_csrf_token" value="([^"]+)"', page.text)
    assert token, page.text
    done = await browser.client.post(
        f"{base}/ho-tro/vao",
        data={"_csrf_token": token[1], "ticket": link.partition("?ve=")[2]},
    )
    cookie = re.search(rf"{COOKIE}=([^;]+);", done.headers.get("set-cookie", ""))
    return base, cookie[1] if cookie else ""


async def test_by_a_grant_an_operator_looks_at_the_site_and_changes_nothing(
    app_db: db.TenantEngine, superuser: asyncpg.Connection
) -> None:
    house = await houses.make_house(units=1)
    async with signed_in() as browser:
        assert wish(house) not in (await browser.get("/ho-tro")).text
        grant_id = await allowed(house)
        assert wish(house) in (await browser.get("/ho-tro")).text
        link = await ticket_of(browser, grant_id)
        base, cookie = await come_in(browser, link)
        assert cookie
        headers = {"cookie": f"{COOKIE}={cookie}"}
        page = await browser.client.get(f"{base}/ky-bao-cao", headers=headers)
        assert page.status_code == 200
        assert "Người Vận Hành (hỗ trợ vận hành)" in page.text
        assert "Đã vào: Người Vận Hành" in page.text
        mine = re.search(r'name="csrf-token" content="([^"]+)"', page.text)
        assert mine
        refused = await browser.client.post(
            f"{base}/thong-bao/doc-het", headers=headers | {"x-csrf-token": mine[1]}
        )
        assert refused.status_code == 403
        assert "chỉ được xem" in refused.text
        # The ticket is used up.
        assert (await come_in(browser, link))[1] == ""
    async with inside(house):
        visits = await service.list_visits(actor=house.people["tenant_admin"])
        audited = await db.fetch(
            "SELECT changes FROM audit_event WHERE table_name = 'support_entry' ORDER BY seq"
        )
    assert visits[-1].path == "/ky-bao-cao"
    assert audited[0]["changes"]["operator_name"][1] == "Người Vận Hành"
    note = await superuser.fetchrow(
        "SELECT o.username FROM platform_event AS e JOIN operator AS o ON o.id = e.operator_id"
        " WHERE e.action = 'support' AND e.row_id = $1::text::uuid",
        grant_id,
    )
    assert note["username"] == browser.username


async def test_ending_the_grant_ends_the_session_at_once(
    app_db: db.TenantEngine, superuser: asyncpg.Connection
) -> None:
    house = await houses.make_house(units=1)
    grant_id = await allowed(house)
    async with signed_in() as browser:
        base, cookie = await come_in(browser, await ticket_of(browser, grant_id))
        headers = {"cookie": f"{COOKIE}={cookie}"}
        assert (await browser.client.get(f"{base}/don-vi", headers=headers)).status_code == 200
        async with inside(house):
            [grant] = await service.list_grants(actor=house.people["tenant_admin"])
            await service.end(grant.id, actor=house.people["tenant_admin"])
        gone = await browser.client.get(f"{base}/don-vi", headers=headers)
        assert gone.headers["location"].startswith("/dang-nhap")
        assert (await browser.post(f"/ho-tro/{grant_id}/vao")).status_code == 404
    left = await superuser.fetchrow(
        "SELECT a.is_active, (SELECT count(*) FROM role_grant AS g WHERE g.account_id = a.id"
        " AND g.revoked_at IS NULL) AS roles FROM account AS a"
        " WHERE a.tenant_id = $1 AND a.username LIKE 'ho-tro.%'",
        house.tenant_id,
    )
    assert tuple(left) == (False, 0)


async def test_an_operator_who_is_closed_is_out_of_the_department_at_once(
    app_db: db.TenantEngine,
) -> None:
    house = await houses.make_house(units=1)
    grant_id = await allowed(house)
    await make_operator()  # somebody else stays
    async with signed_in() as browser:
        base, cookie = await come_in(browser, await ticket_of(browser, grant_id))
        unused = await ticket_of(browser, grant_id)
        browser.client.cookies.set(COOKIE, cookie, domain=base.removeprefix("http://"))
        assert (await browser.client.get(f"{base}/don-vi")).status_code == 200
        with db.as_platform(), unscoped(reason="test"):
            async with db.transaction():
                await operators.close_operator(browser.username)
        after = await browser.client.get(f"{base}/don-vi")
        assert after.headers.get("location", "").startswith("/dang-nhap")
        assert await come_in(browser, unused) == (base, "")


async def test_a_grant_that_runs_out_closes_by_itself(
    app_db: db.TenantEngine, superuser: asyncpg.Connection
) -> None:
    house = await houses.make_house(units=1)
    grant_id = await allowed(house)
    async with signed_in() as browser:
        link = await ticket_of(browser, grant_id)
        await superuser.execute(
            "UPDATE support_grant SET expires_at = now() - interval '1 second'"
            " WHERE tenant_id = $1",
            house.tenant_id,
        )
        assert (await come_in(browser, link))[1] == ""
        assert wish(house) not in (await browser.get("/ho-tro")).text
    async with inside(house):
        assert await service.banner() is None
        with pytest.raises(NotFoundError):
            await service.enter(link.partition("?ve=")[2])


async def test_every_page_tells_it_and_the_administrator_ends_it_there(
    app_db: db.TenantEngine,
) -> None:
    house, other = await houses.make_house(units=1), await houses.make_house(units=1)
    grant_id = await allowed(house)
    told = "Người vận hành được phép xem dữ liệu của Sở"
    # Another application of this process (of other tests) has set its frame; it must not stay.
    templates.use_context(lambda _connection: {"tenant": None, "viewer": None})
    async with signed_in() as browser:
        for each, expected in ((house, True), (other, False)):
            base = await address(each)
            assert (told in (await browser.client.get(f"{base}/dang-nhap")).text) == expected
            for who, may_end in (("clerk0", False), ("tenant_admin", True)):
                token = await web_token(each, each.people[who])
                page = await browser.client.get(
                    f"{base}/don-vi", headers={"cookie": f"{COOKIE}={token}"}
                )
                assert (told in page.text) == expected
                ends = f"/quan-tri/ho-tro/{grant_id}/ket-thuc" in page.text
                assert ends == (expected and may_end)


async def address(house: houses.House) -> str:
    with tenant_scope(house.tenant_id):
        async with db.transaction():
            host = await db.fetchval(
                "SELECT host FROM tenant_host WHERE tenant_id = $1", house.tenant_id
            )
    return f"http://{host}"


async def test_only_the_administrator_grants_and_bad_input_is_told(
    app_db: db.TenantEngine,
) -> None:
    house = await houses.make_house(units=1)
    admin, officer = house.people["tenant_admin"], house.people["officer"]
    async with inside(house):
        with pytest.raises(PermissionDeniedError):
            await service.grant(actor=officer, hours=4, reason="Xem")
        with pytest.raises(InvalidInputError) as caught:
            await service.grant(actor=admin, hours=5000, reason="  ")
        assert set(caught.value.fields) == {"hours", "reason"}
        await service.grant(actor=admin, hours=1, reason="Xem")
        with pytest.raises(ConflictError):
            await service.grant(actor=admin, hours=1, reason="Xem nữa")
        with pytest.raises(NotFoundError):
            await service.end(new_id(), actor=admin)
        [grant] = await service.list_grants(actor=admin)
    assert (grant.role, grant.is_in_force, grant.operators) == (Role.AUDITOR, True, [])
