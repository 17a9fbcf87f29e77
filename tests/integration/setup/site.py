"""The whole application as one signed-in person of a department uses it, without a browser."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import httpx

from core.accounts.guards import COOKIE
from core.accounts.schemas import Actor, Grant
from core.kit import db
from core.kit.ids import new_id
from core.kit.scope import tenant_scope
from core.kit.security import hash_token
from tenants.service import forget_hosts
from tests.application import application
from tests.factories import make_account, make_tenant

CSRF = re.compile(r'name="csrf-token" content="([^"]+)"')


@dataclass
class Place:
    """A department with one person in it."""

    tenant_id: UUID
    slug: str
    actor: Actor


async def make_place(role: str = "tenant_admin", **options: Any) -> Place:
    """Make a department (`options` as for `make_tenant`) whose only person holds one role."""
    tenant_id = await make_tenant(**options)
    return await another(tenant_id, role)


async def another(tenant_id: UUID, role: str) -> Place:
    """Add a person with one role to a department."""
    account_id = await make_account(tenant_id, unit_id=tenant_id, roles={role: tenant_id})
    with tenant_scope(tenant_id):
        async with db.transaction():
            slug = await db.fetchval("SELECT slug FROM tenant WHERE id = $1", tenant_id)
            path = await db.fetchval("SELECT path FROM unit WHERE id = $1", tenant_id)
    grant = Grant(role, tenant_id, path)
    return Place(
        tenant_id, slug, Actor(account_id, tenant_id, "Người", tenant_id, "Sở", (grant,), path)
    )


@asynccontextmanager
async def inside(place: Place) -> AsyncIterator[None]:
    """One request's transaction in the department."""
    with tenant_scope(place.tenant_id, actor_id=place.actor.account_id):
        async with db.transaction():
            yield


@dataclass
class Visitor:
    """A client with a session; `page` is the last page it was shown."""

    client: httpx.AsyncClient
    page: str = ""

    async def get(self, path: str) -> httpx.Response:
        """Open an address without following it."""
        answer = await self.client.get(path)
        self.page = answer.text if "html" in answer.headers.get("content-type", "") else self.page
        return answer

    async def post(self, path: str, *, files: Any = None, **fields: Any) -> httpx.Response:
        """Send a form with the token of the last page."""
        if not CSRF.search(self.page):
            await self.get("/quen-mat-khau")
        found = CSRF.search(self.page)
        assert found
        data = {"_csrf_token": found.group(1), **fields}
        answer = await self.client.post(path, data=data, files=files)
        if answer.status_code != 303:
            self.page = answer.text
        return answer


@asynccontextmanager
async def visit(place: Place | None, slug: str = "") -> AsyncIterator[Visitor]:
    """Open the site as the person of a place, or (`slug`) as nobody."""
    forget_hosts()
    transport = httpx.ASGITransport(application(), client=(str(new_id()), 1))  # type: ignore[arg-type]
    host = f"{place.slug if place else slug}.localhost"
    async with httpx.AsyncClient(
        transport=transport, base_url=f"http://{host}", follow_redirects=False
    ) as client:
        if place:
            client.cookies.set(COOKIE, await _session(place), domain=host)
        yield Visitor(client)


async def _session(place: Place) -> str:
    token = f"web-{new_id().hex}"
    with tenant_scope(place.tenant_id):
        async with db.transaction():
            await db.execute(
                "INSERT INTO session (id, account_id, token_hash, kind, stage, created_at,"
                " seen_at, expires_at) VALUES ($1, $2, $3, 'web', 'full', now(), now(),"
                " now() + interval '1 hour')",
                new_id(),
                place.actor.account_id,
                hash_token(token),
            )
    return token
