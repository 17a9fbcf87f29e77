"""SQL of the catalogue as the console sees and changes it (as the platform's role)."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from core.kit import db

_OVERVIEW = """SELECT t.id, t.slug, t.name, t.short_name, t.plugin_slug, t.plugin_version,
    t.status, t.is_demo, t.created_at, t.max_storage_bytes, t.max_accounts,
    t.suspended_reason, t.delete_after, o.accounts, o.storage_bytes, o.last_activity,
    o.edition_number, o.edition_plugin, o.edition_version, o.edition_from, o.open_rounds,
    o.failed_jobs, o.failed_mails,
    (SELECT coalesce(array_agg(h.host::text ORDER BY h.host), '{}') FROM tenant_host AS h
     WHERE h.tenant_id = t.id) AS hosts
FROM tenant AS t JOIN platform_overview() AS o ON o.tenant_id = t.id"""


async def overview() -> list[Any]:
    """Return all departments with their counts, by name."""
    return await db.fetch(f"{_OVERVIEW} ORDER BY t.short_name, t.id")


async def department(tenant_id: UUID) -> Any | None:
    """Return one department with its counts."""
    return await db.fetchrow(f"{_OVERVIEW} WHERE t.id = $1", tenant_id)


async def owner_of_host(host: str) -> str | None:
    """Return the short name of the department that a host belongs to, or None."""
    found: str | None = await db.fetchval(
        "SELECT t.short_name FROM tenant_host AS h JOIN tenant AS t ON t.id = h.tenant_id"
        " WHERE h.host = $1",
        host,
    )
    return found


async def slug_is_taken(slug: str) -> bool:
    """Tell whether a department has this slug."""
    return bool(await db.fetchval("SELECT EXISTS (SELECT FROM tenant WHERE slug = $1)", slug))


async def remove_host(tenant_id: UUID, host: str) -> bool:
    """Stop serving a department under a host name; False if it is not its, or its last."""
    tag = await db.execute(
        "DELETE FROM tenant_host WHERE tenant_id = $1 AND host = $2"
        " AND (SELECT count(*) FROM tenant_host WHERE tenant_id = $1) > 1",
        tenant_id,
        host,
    )
    return tag == "DELETE 1"


async def set_status(tenant_id: UUID, status: str, reason: str) -> None:
    """Set the status of a department, with the reason of a suspension."""
    await db.execute(
        "UPDATE tenant SET status = $2, suspended_reason = $3 WHERE id = $1",
        tenant_id,
        status,
        reason,
    )


async def set_limits(tenant_id: UUID, storage: int | None, accounts: int | None) -> None:
    """Set how much a department may take; None = no limit."""
    await db.execute(
        "UPDATE tenant SET max_storage_bytes = $2, max_accounts = $3 WHERE id = $1",
        tenant_id,
        storage,
        accounts,
    )


async def lock_plugin(tenant_id: UUID) -> None:
    """Wait for rounds that are being opened; none is opened before this transaction ends."""
    await db.execute(
        "SELECT pg_advisory_xact_lock(hashtextextended('plugin:' || $1::text, 0))", str(tenant_id)
    )


async def set_plugin(tenant_id: UUID, slug: str, version: str) -> None:
    """Activate a plugin for a department, in the version that is opened for it."""
    await db.execute(
        "UPDATE tenant SET plugin_slug = $2, plugin_version = $3 WHERE id = $1",
        tenant_id,
        slug,
        version,
    )


async def open_version(slug: str, version: str, tenant_id: UUID | None) -> int:
    """Open a version of a plugin for one department that uses it, or for all; return how many."""
    tag = await db.execute(
        "UPDATE tenant SET plugin_version = $2 WHERE plugin_slug = $1 AND plugin_version <> $2"
        " AND ($3::uuid IS NULL OR id = $3)",
        slug,
        version,
        tenant_id,
    )
    return int(tag.split()[1])


async def because(reason: str) -> None:
    """Say why the rest of this transaction happens; the trail keeps it."""
    await db.execute("SELECT set_config('app.reason', $1, true)", reason)
