"""Every route of the console × who must be turned away, enumerated from the application itself."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import httpx
import pytest
from litestar.routes import HTTPRoute

from core.accounts.guards import COOKIE as DEPARTMENT_COOKIE
from core.app import create_console
from core.kit import db
from core.kit.ids import new_id
from core.kit.scope import unscoped
from core.kit.security import hash_token
from tenants.platform.guards import COOKIE
from tenants.platform.operators import create_operator
from tests.application import application
from tests.isolation.world import World, make_world

PARAMETER = re.compile(r"\{(\w+)(?::\w+)?\}")
CSRF = re.compile(r'name="csrf-token" content="([^"]+)"')


@dataclass(frozen=True)
class Case:
    """One handler of the console."""

    method: str
    path: str
    name: str
    access: Any


def cases() -> list[Case]:
    found = []
    for route in create_console().routes:
        if isinstance(route, HTTPRoute):
            for handler in route.route_handlers:
                for method in set(handler.http_methods) - {"OPTIONS", "HEAD"}:
                    access = handler.opt.get("access")
                    found.append(Case(str(method), route.path, handler.name or "", access))
    return sorted(found, key=lambda case: (case.path, case.method))


CASES = cases()
BEHIND_SIGN_IN = [case for case in CASES if case.access != "anonymous"]
FOR_WORK = [case for case in CASES if case.access == "operator"]


def name_of(case: Case) -> str:
    return f"{case.method} {case.name}"


@pytest.fixture(scope="module")
async def world(app_db: db.TenantEngine) -> World:
    return await make_world()


@pytest.fixture(scope="module")
async def unfinished(app_db: db.TenantEngine) -> dict[str, str]:
    """Return a cookie for each step of signing in that is still to be done."""
    tokens = {}
    with db.as_platform(), unscoped(reason="test"):
        async with db.transaction():
            slip = await create_operator(f"op-{new_id().hex[-8:]}")
            for stage in ("totp", "enrol", "change_password", "full"):
                tokens[stage] = new_id().hex
                await db.execute(
                    "INSERT INTO operator_session (id, operator_id, token_hash, stage, created_at,"
                    " seen_at, expires_at) SELECT $1, o.id, $2, $3, now(), now(),"
                    " now() + interval '1 hour' FROM operator AS o WHERE o.username = $4",
                    new_id(),
                    hash_token(tokens[stage]),
                    stage,
                    slip.username,
                )
    return tokens


@pytest.fixture(scope="module")
async def site(app_db: db.TenantEngine) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(application(), raise_app_exceptions=False)  # type: ignore[arg-type]
    async with httpx.AsyncClient(
        transport=transport, base_url="http://localhost", follow_redirects=False
    ) as client:
        yield client


async def ask(
    site: httpx.AsyncClient, case: Case, world: World, cookies: dict[str, str]
) -> httpx.Response:
    """Send one request with the console's CSRF token and somebody's cookies."""
    examples = world.examples | {"tenant_id": str(world.house.tenant_id)}
    path = PARAMETER.sub(lambda found: examples[found.group(1)], case.path)
    site.cookies.clear()
    token = CSRF.search((await site.get("/dang-nhap")).text)
    assert token
    headers = {
        "x-csrf-token": token.group(1),
        "cookie": "; ".join(
            [
                f"{cookie.name}={cookie.value}"
                for cookie in site.cookies.jar
                if "csrf" in cookie.name
            ]
            + [f"{name}={value}" for name, value in cookies.items()]
        ),
    }
    site.cookies.clear()
    data = {"note": "Lý do.", "all": "1"} if case.method == "POST" else None
    return await site.request(case.method, path, headers=headers, data=data)


def turned_away(answer: httpx.Response, where: str = "/dang-nhap") -> bool:
    if answer.status_code == 303:
        return answer.headers["location"].startswith(where)
    return answer.status_code == 401


def test_every_route_has_a_name_and_says_who_may_use_it() -> None:
    known = {"anonymous", "operator", "operator_unfinished"}
    assert [case for case in CASES if not case.name or case.access not in known] == []
    assert len(FOR_WORK) > 20


@pytest.mark.parametrize("case", BEHIND_SIGN_IN, ids=name_of)
async def test_anonymous_and_people_of_departments_are_asked_to_sign_in(
    site: httpx.AsyncClient, world: World, case: Case
) -> None:
    admin = world.tokens["tenant_admin"]["web"]
    for cookies in ({}, {DEPARTMENT_COOKIE: admin}, {COOKIE: admin}):
        answer = await ask(site, case, world, cookies)
        assert turned_away(answer), (cookies, answer.status_code, answer.text[:300])


@pytest.mark.parametrize("case", FOR_WORK, ids=name_of)
async def test_an_unfinished_sign_in_is_led_to_its_next_step(
    site: httpx.AsyncClient, world: World, unfinished: dict[str, str], case: Case
) -> None:
    steps = {
        "totp": "/xac-thuc",
        "enrol": "/thiet-lap-xac-thuc",
        "change_password": "/doi-mat-khau",
    }
    for stage, where in steps.items():
        answer = await ask(site, case, world, {COOKIE: unfinished[stage]})
        assert turned_away(answer, where), (stage, answer.status_code, answer.text[:300])


@pytest.mark.parametrize("case", [case for case in FOR_WORK if case.method == "GET"], ids=name_of)
async def test_an_operator_gets_in(
    site: httpx.AsyncClient, world: World, unfinished: dict[str, str], case: Case
) -> None:
    """Without this, the refusals above could be answers to addresses that nobody can use."""
    answer = await ask(site, case, world, {COOKIE: unfinished["full"]})
    assert answer.status_code in (200, 303), answer.text[:300]
    assert not turned_away(answer)
