"""The edge: what a request did is kept only when its answer is a good one."""

from __future__ import annotations

from collections.abc import AsyncIterator
from uuid import UUID

import asyncpg
import httpx
import pytest
from litestar import Litestar, post

from core.errors import ConflictError
from core.kit import db
from core.kit.ids import new_id
from core.kit.scope import tenant_scope
from core.web import failures
from core.web.edge import Edge
from tenants.service import forget_hosts, resolve_host
from tests.factories import make_tenant

INSERT = "INSERT INTO tenant_setting (id, key) VALUES ($1, $2)"


@post("/keep")
async def keep() -> str:
    await db.execute(INSERT, new_id(), "kept")
    return "kept"


@post("/refuse")
async def refuse() -> str:
    await db.execute(INSERT, new_id(), "refused")
    raise ConflictError("Không được.")


@post("/impatient")
async def impatient() -> str:
    """Write something whose commit has to wait for the audit chain, and wait 5 ms only."""
    await db.execute("SET LOCAL lock_timeout = 5")
    await db.execute(INSERT, new_id(), "impatient")
    return "kept"


@pytest.fixture
async def tenant(app_db: db.TenantEngine) -> UUID:
    return await make_tenant()


@pytest.fixture
async def client(tenant: UUID) -> AsyncIterator[httpx.AsyncClient]:
    async def nobody(_scope: object) -> None:
        return None

    app = Litestar([keep, refuse, impatient], exception_handlers={Exception: failures.handle})
    forget_hosts()
    edge = Edge(app, resolve_host=resolve_host, resolve_session=nobody, failed=failures.answer)
    with tenant_scope(tenant):
        async with db.transaction():
            slug = await db.fetchval("SELECT slug FROM tenant WHERE id = $1", tenant)
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(edge),  # type: ignore[arg-type]
        base_url=f"http://{slug}.localhost",
        headers={"accept": "application/json"},
    ) as made:
        yield made


async def keys(tenant: UUID) -> list[str]:
    with tenant_scope(tenant):
        async with db.transaction():
            return [row["key"] for row in await db.fetch("SELECT key FROM tenant_setting")]


async def test_a_good_answer_is_committed_and_a_refusal_is_not(
    client: httpx.AsyncClient, tenant: UUID
) -> None:
    assert (await client.post("/keep")).status_code == 201
    assert (await client.post("/refuse")).status_code == 409
    assert await keys(tenant) == ["kept"]


async def test_a_commit_that_fails_is_told_instead_of_the_answer(
    client: httpx.AsyncClient, tenant: UUID, superuser: asyncpg.Connection, app_db: db.TenantEngine
) -> None:
    assert (await client.post("/keep")).status_code == 201
    async with superuser.transaction():
        await superuser.execute("SELECT 1 FROM audit_head WHERE tenant_id = $1 FOR UPDATE", tenant)
        answer = await client.post("/impatient")
    assert (answer.status_code, answer.json()["detail"]) == (
        500,
        "Chưa lưu được gì của lần gửi này. Xin thử lại.",
    )
    assert answer.json()["request_id"] == answer.headers["x-request-id"]
    assert await keys(tenant) == ["kept"]
    assert app_db.pool is not None
    assert app_db.pool.get_idle_size() == app_db.pool.get_size()
