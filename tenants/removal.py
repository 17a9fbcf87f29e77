"""Taking whole departments away: demo ones at once, others when their waiting period is over.

Runs as the owner (command line, worker): only the owner may take an audit trail away, and only
with all of its department.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import asyncpg

from core.kit.storage import storage
from tenants.life import certificate, registry

LOCK = 7_462_026
# Tables that name departments by a key without being a department's own (`tenant_host`).
_POINTING = """
SELECT c.relname::text AS name, a.attname::text AS key
FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid
    JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = k.conkey[1]
WHERE k.contype = 'f' AND k.confrelid = 'tenant'::regclass
"""
_DUE = """
SELECT id, slug, status FROM tenant
WHERE delete_after <= clock_timestamp() AND ($1::text[] IS NULL OR slug = ANY ($1)) ORDER BY slug
"""


async def remove_demo(owner_url: str, only: Sequence[str] | None = None) -> list[str]:
    """Remove departments that are marked as demo, and nothing else; return their slugs.

    `only` narrows it to some slugs; without it the demo's operator goes too. For each department:
    the contents of its files, then all rows in one transaction. Interrupted in between, it can be
    run again.
    """
    connection = await asyncpg.connect(owner_url)
    try:
        demo = await connection.fetch(
            "SELECT id, slug FROM tenant WHERE is_demo AND ($1::text[] IS NULL OR slug = ANY ($1))"
            " ORDER BY slug",
            only,
        )
        for tenant in demo:
            await _delete_files(tenant["id"])
            async with connection.transaction():
                await _remove_rows(connection, tenant["id"])
        if only is None:
            await connection.execute("DELETE FROM operator WHERE is_demo")
        return [tenant["slug"] for tenant in demo]
    finally:
        await connection.close()


async def remove_due(owner_url: str, only: Sequence[str] | None = None) -> list[str]:
    """Remove the departments whose waiting period is over; return the slugs that are gone.

    For each: no longer served; all rows in one transaction that leaves the certificate; then the
    contents of its files; then the certificate is closed with its hash. Interrupted anywhere, the
    next call goes on. Two calls at once do not disturb one another (the second does nothing).
    """
    connection = await asyncpg.connect(owner_url)
    try:
        if not await connection.fetchval("SELECT pg_try_advisory_lock($1)", LOCK):
            return []
        for tenant in await connection.fetch(_DUE, only):
            await _certified_removal(connection, tenant["id"], tenant["status"])
        return [await _finish(connection, row) for row in await certificate.unfinished(connection)]
    finally:
        await connection.close()


async def _certified_removal(connection: asyncpg.Connection, tenant_id: UUID, status: str) -> None:
    set_status = "UPDATE tenant SET status = $2 WHERE id = $1"
    await connection.execute(set_status, tenant_id, "suspended")
    async with connection.transaction():
        still_due: datetime | None = await connection.fetchval(
            "SELECT delete_after FROM tenant WHERE id = $1 AND delete_after <= clock_timestamp()"
            " FOR UPDATE",
            tenant_id,
        )
        if still_due is None:  # taken back at the last moment
            await connection.execute(set_status, tenant_id, status)
            return
        await _enter(connection, tenant_id)
        facts = await certificate.facts(connection, tenant_id)
        sizes = await storage().sizes(str(tenant_id))
        removed = await _remove_rows(connection, tenant_id)
        await certificate.open_certificate(connection, facts, removed, list(sizes.values()))


async def _finish(connection: asyncpg.Connection, row: Any) -> str:
    await _delete_files(row["department_id"])
    await certificate.close_certificate(connection, row["id"])
    slug: str = row["slug"]
    return slug


async def _enter(connection: asyncpg.Connection, tenant_id: UUID) -> None:
    await connection.execute(
        "SELECT set_config('app.tenant_id', $1, true), set_config('app.removing_tenant', $1, true),"
        " set_config('app.reason', 'removal of the department', true)",
        str(tenant_id),
    )


async def _remove_rows(connection: asyncpg.Connection, tenant_id: UUID) -> dict[str, int]:
    """Remove every row of a department; return how many each table lost."""
    await _enter(connection, tenant_id)
    removed = {}
    tables = [table.name for table in await registry.tenant_tables(connection)]
    for table in reversed(tables):
        tag = await connection.execute(f'DELETE FROM "{table}" WHERE tenant_id = $1', tenant_id)
        removed[table] = int(tag.split()[-1])
    for row in await connection.fetch(_POINTING):
        if row["name"] not in tables:
            key = row["key"]
            await connection.execute(f'DELETE FROM "{row["name"]}" WHERE "{key}" = $1', tenant_id)
    await connection.execute("DELETE FROM tenant WHERE id = $1", tenant_id)
    return dict(sorted(removed.items()))


async def _delete_files(tenant_id: UUID) -> None:
    """Remove every content of a department from the storage."""
    for key in await storage().sizes(str(tenant_id)):
        await storage().delete(key)
