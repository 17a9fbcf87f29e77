"""Taking a demo department away with all its rows; runs as the owner, from the command line."""

from __future__ import annotations

from collections.abc import Sequence
from graphlib import TopologicalSorter
from uuid import UUID

import asyncpg

from core.kit.storage import storage

AUDIT_TABLES = ("audit_event", "audit_head")
_LINKS = """
SELECT c.conrelid::regclass::text AS source, c.confrelid::regclass::text AS target
FROM pg_constraint c WHERE c.contype = 'f' AND c.connamespace = 'public'::regnamespace
"""
_TENANT_TABLES = """
SELECT quote_ident(c.relname) FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
WHERE a.attname = 'tenant_id' AND c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace
  AND c.relname <> 'tenant_host'
"""


async def remove_demo(owner_url: str, only: Sequence[str] | None = None) -> list[str]:
    """Remove departments that are marked as demo, and nothing else; return their slugs.

    `only` narrows it to some slugs; without it the demo's operators go too.

    For each: the contents of its files, then the rows in one transaction (their removal is still
    audited), then the audit trail and the catalogue entry in another. Interrupted in between, it
    can be run again.
    """
    connection = await asyncpg.connect(owner_url)
    try:
        demo = await connection.fetch(
            "SELECT id, slug FROM tenant WHERE is_demo AND ($1::text[] IS NULL OR slug = ANY ($1))"
            " ORDER BY slug",
            only,
        )
        for tenant in demo:
            await _remove(connection, tenant["id"])
        if only is None:
            await connection.execute("DELETE FROM operator WHERE is_demo")
        return [tenant["slug"] for tenant in demo]
    finally:
        await connection.close()


async def _remove(connection: asyncpg.Connection, tenant_id: UUID) -> None:
    await _remove_rows(connection, tenant_id)
    async with connection.transaction():
        await connection.execute(
            "SELECT set_config('app.tenant_id', $1, true),"
            " set_config('app.removing_tenant', $1, true)",
            str(tenant_id),
        )
        for table in (*AUDIT_TABLES, "tenant_host"):
            await connection.execute(f"DELETE FROM {table} WHERE tenant_id = $1", tenant_id)
        await connection.execute("DELETE FROM tenant WHERE id = $1 AND is_demo", tenant_id)


async def _remove_rows(connection: asyncpg.Connection, tenant_id: UUID) -> None:
    """Remove the contents of the files, and all rows but the trail."""
    async with connection.transaction():
        await connection.execute(
            "SELECT set_config('app.tenant_id', $1, true),"
            " set_config('app.reason', 'demo removed', true)",
            str(tenant_id),
        )
        files = await connection.fetch(
            "SELECT DISTINCT storage_key FROM stored_file WHERE tenant_id = $1", tenant_id
        )
        for file in files:
            await storage().delete(file["storage_key"])
        for table in await _in_order(connection):
            await connection.execute(f"DELETE FROM {table} WHERE tenant_id = $1", tenant_id)


async def _in_order(connection: asyncpg.Connection) -> list[str]:
    """Return the tenant tables with those that point at others first."""
    tables = {row[0] for row in await connection.fetch(_TENANT_TABLES)} - set(AUDIT_TABLES)
    pointed_at_by: dict[str, set[str]] = {table: set() for table in tables}
    for row in await connection.fetch(_LINKS):
        source, target = row["source"], row["target"]
        if source in tables and target in tables and source != target:
            pointed_at_by[target].add(source)
    return list(TopologicalSorter(pointed_at_by).static_order())
