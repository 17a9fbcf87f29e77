"""Files that were uploaded and never used: taken away after a day (a scan of the worker).

What uses a file is read from the foreign keys of the database, so that a new table counts by
itself. Papers are made by the program and are always used.
"""

from __future__ import annotations

from typing import Any

from core.kit import db
from core.kit.storage import storage

KEPT_HOURS = 24
AT_ONCE = 100


async def sweep_unattached() -> int:
    """Delete unused files older than a day with their content; return how many.

    Runs in a tenant's scope and transaction. A content that another file shares is kept.
    """
    rows = await _unattached(await _users())
    for row in rows:
        await lock_content(row["storage_key"])
        await db.execute("DELETE FROM stored_file WHERE id = $1", row["id"])
        if not await _is_used(row["storage_key"]):
            await storage().delete(row["storage_key"])
    return len(rows)


async def lock_content(key: str) -> None:
    """Wait until nobody else stores or deletes this content; holds until the transaction ends."""
    await db.execute("SELECT pg_advisory_xact_lock(hashtextextended($1, 0))", key)


async def _users() -> list[tuple[str, str]]:
    """Return (table, column) of every foreign key that points at a stored file."""
    rows = await db.fetch(
        "SELECT c.conrelid::regclass::text AS name, a.attname AS field FROM pg_constraint AS c"
        " JOIN pg_attribute AS a ON a.attrelid = c.conrelid AND a.attnum = ANY (c.conkey)"
        " WHERE c.contype = 'f' AND c.confrelid = 'stored_file'::regclass"
        " AND a.attname <> 'tenant_id' ORDER BY 1, 2"
    )
    return [(row["name"], row["field"]) for row in rows]


async def _unattached(users: list[tuple[str, str]]) -> list[Any]:
    """Return unused files; a row that somebody is just attaching is locked and left out."""
    unused = "".join(
        f" AND NOT EXISTS (SELECT 1 FROM {name} AS u WHERE u.{field} = f.id)"
        for name, field in users
    )
    return await db.fetch(
        "SELECT f.id, f.storage_key FROM stored_file AS f WHERE f.purpose <> 'paper'"
        f" AND f.uploaded_at < official_now() - make_interval(hours => $1){unused}"
        " ORDER BY f.uploaded_at LIMIT $2 FOR UPDATE OF f SKIP LOCKED",
        KEPT_HOURS,
        AT_ONCE,
    )


async def _is_used(key: str) -> bool:
    """Tell whether another file has the same content."""
    return bool(
        await db.fetchval("SELECT EXISTS (SELECT 1 FROM stored_file WHERE storage_key = $1)", key)
    )
