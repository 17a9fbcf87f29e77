"""Two departments with one row in every table, people of every role, and requests to the panel."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import asyncpg
import httpx

from admin.rights import PANEL_ROLES
from core.accounts.guards import COOKIE
from core.kit import db
from core.kit.ids import new_id
from core.kit.scope import tenant_scope
from core.kit.security import hash_token
from tests.application import application
from tests.factories import make_account, make_tenant, make_unit
from tests.isolation.rows import Rows

TOKEN = "mot-chuoi-bat-ky"
API = "/admin/api/tables"


@dataclass
class Department:
    """A department: its row of every table, and a cookie for each role."""

    tenant_id: UUID
    slug: str
    ids: dict[str, UUID]
    unit_id: UUID
    cookies: dict[str, str] = field(default_factory=dict)
    accounts: dict[str, UUID] = field(default_factory=dict)


async def make_department(superuser: asyncpg.Connection) -> Department:
    """Make one; `unit_head` and `branch_admin` hold their role at a unit, not at the department."""
    tenant_id = await make_tenant()
    slug = await superuser.fetchval("SELECT slug FROM tenant WHERE id = $1", tenant_id)
    unit_id = await make_unit(tenant_id, name="Bệnh viện", parent_id=tenant_id)
    rows = Rows(superuser)
    await rows.fill(tenant_id)
    # Filler is no law: every page reads this table.
    await superuser.execute("DELETE FROM law_override WHERE tenant_id = $1", tenant_id)
    # The filler's unit stands in the tree: its service asks for the right by its path.
    await superuser.execute(
        "UPDATE unit SET path = $2, is_active = true WHERE id = $1",
        rows.ids[tenant_id]["unit"],
        f"/{tenant_id}/{rows.ids[tenant_id]['unit']}/",
    )
    made = Department(tenant_id, slug, rows.ids[tenant_id], unit_id)
    for role in PANEL_ROLES:
        await _person(made, role, role, tenant_id)
    await _person(made, "unit_head", "unit_head", unit_id)
    await _person(made, "branch_admin", "tenant_admin", unit_id)
    return made


async def _person(made: Department, name: str, role: str, unit_id: UUID) -> None:
    account = await make_account(made.tenant_id, unit_id=unit_id, roles={role: unit_id})
    made.accounts[name] = account
    made.cookies[name] = await session(made, account)


async def session(made: Department, account: UUID, *, stage: str = "full") -> str:
    """Sign an account in and return its cookie."""
    token = f"web-{new_id().hex}"
    with tenant_scope(made.tenant_id):
        async with db.transaction():
            await db.execute(
                "INSERT INTO session (id, account_id, token_hash, kind, stage, created_at,"
                " seen_at, expires_at) VALUES ($1, $2, $3, 'web', $4, now(), now(),"
                " now() + interval '1 hour')",
                new_id(),
                account,
                hash_token(token),
                stage,
            )
    return token


@asynccontextmanager
async def browser() -> AsyncIterator[httpx.AsyncClient]:
    """Open a client on the whole application."""
    transport = httpx.ASGITransport(application())  # type: ignore[arg-type]
    async with httpx.AsyncClient(transport=transport, follow_redirects=False) as client:
        yield client


async def ask(
    client: httpx.AsyncClient,
    method: str,
    path: str,
    *,
    host: Department,
    cookie: str = "",
    csrf: bool = True,
    **more: Any,
) -> httpx.Response:
    """Send one request with somebody's cookie, as the panel's own script sends it."""
    client.cookies.clear()
    domain = f"{host.slug}.localhost"
    if cookie:
        client.cookies.set(COOKIE, cookie, domain=domain)
    headers = {"accept": "application/json, text/plain, */*", **more.pop("headers", {})}
    if csrf:
        client.cookies.set("csrftoken", TOKEN, domain=domain)
        headers.setdefault("x-csrftoken", TOKEN)
    return await client.request(method, f"http://{domain}{path}", headers=headers, **more)
