"""The whole application as it is served, and people with a session of their own in it."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from uuid import UUID

import httpx
from litestar.types import ASGIApp

from core.accounts.guards import COOKIE
from core.kit import db
from core.kit.ids import new_id
from core.kit.scope import tenant_scope
from core.kit.security import hash_token, new_token
from tenants.service import forget_hosts
from tests.integration.reports.house import House

CSRF = re.compile(r'name="csrf-token" content="([^"]+)"')
BROWSER = {"accept": "text/html,application/xhtml+xml,*/*;q=0.8"}


async def session(tenant_id: UUID, account_id: UUID, kind: str = "web") -> str:
    """Open a session (`web`) or give a token (`api`) without the way through the sign-in."""
    token = new_token()
    with tenant_scope(tenant_id):
        async with db.transaction():
            await db.execute(
                "INSERT INTO session (id, account_id, token_hash, kind, stage, created_at,"
                " seen_at, expires_at, address, user_agent) VALUES ($1, $2, $3, $4, 'full',"
                " official_now(), official_now(), official_now() + interval '8 hours', '', '')",
                new_id(), account_id, hash_token(token), kind,
            )  # fmt: skip
    return token


async def host_of(tenant_id: UUID) -> str:
    """Return the host name of a department that was made just now."""
    forget_hosts()
    with tenant_scope(tenant_id):
        async with db.transaction():
            slug: str = await db.fetchval("SELECT slug FROM tenant WHERE id = $1", tenant_id)
    return f"{slug}.localhost"


class Visitor:
    """One person's browser: keeps cookies, sends the form's token along."""

    def __init__(self, client: httpx.AsyncClient) -> None:
        self.client = client
        self.token = ""

    async def get(self, path: str, **more: Any) -> httpx.Response:
        answer = await self.client.get(path, headers=BROWSER, **more)
        if found := CSRF.search(answer.text):
            self.token = found.group(1)
        return answer

    async def post(self, path: str, data: dict[str, str], **more: Any) -> httpx.Response:
        """Send a form as a browser without script does."""
        return await self.client.post(
            path, data={"_csrf_token": self.token, **data}, headers=BROWSER, **more
        )

    async def put(self, path: str, body: Any) -> httpx.Response:
        """Send JSON as the page's script does."""
        return await self.client.put(path, json=body, headers={"x-csrf-token": self.token})


@asynccontextmanager
async def client_of(app: ASGIApp, host: str, **more: Any) -> AsyncIterator[httpx.AsyncClient]:
    """Return a client on a host; an exception of the application is an answer 500 as in uvicorn."""
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)  # type: ignore[arg-type]
    async with httpx.AsyncClient(transport=transport, base_url=f"http://{host}", **more) as client:
        yield client


@asynccontextmanager
async def visitor(app: ASGIApp, house: House, who: str) -> AsyncIterator[Visitor]:
    """Return the browser of a person who is signed in and has opened a page."""
    account_id = house.people[who].account_id
    assert account_id is not None
    token = await session(house.tenant_id, account_id)
    async with client_of(app, await host_of(house.tenant_id), cookies={COOKIE: token}) as client:
        person = Visitor(client)
        answer = await person.get("/viec-cua-toi")
        assert answer.status_code == 200, answer.text[-2000:]
        yield person


@asynccontextmanager
async def program(app: ASGIApp, house: House, who: str) -> AsyncIterator[httpx.AsyncClient]:
    """Return a program that has a bearer token."""
    account_id = house.people[who].account_id
    assert account_id is not None
    token = await session(house.tenant_id, account_id, "api")
    host = await host_of(house.tenant_id)
    async with client_of(app, host, headers={"authorization": f"Bearer {token}"}) as client:
        yield client
