"""SQL of the plan editions."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from core.kit import db

COLUMNS = (
    "id, number, content_hash, plugin_slug, plugin_version, reason, effective_from,"
    " published_by, published_at"
)


async def plugin_slug(tenant_id: UUID) -> str:
    """Return the slug of the plugin that the operator has activated for the department."""
    slug: str = await db.fetchval("SELECT plugin_slug FROM tenant WHERE id = $1", tenant_id)
    return slug


async def newest_id() -> UUID | None:
    """Return the id of the newest edition."""
    found: UUID | None = await db.fetchval(
        "SELECT id FROM plan_edition ORDER BY number DESC LIMIT 1"
    )
    return found


async def edition(edition_id: UUID) -> Any | None:
    """Return one edition with its content as JSON text."""
    return await db.fetchrow(
        f"SELECT {COLUMNS}, content::text AS content FROM plan_edition WHERE id = $1", edition_id
    )


async def editions() -> list[Any]:
    """Return all editions, newest first."""
    return await db.fetch(f"SELECT {COLUMNS} FROM plan_edition ORDER BY number DESC")


async def insert(
    *,
    edition_id: UUID,
    content: str,
    content_hash: str,
    plugin_slug: str,
    plugin_version: str,
    reason: str,
    effective_from: date,
    published_by: UUID | None,
    is_demo: bool,
) -> Any:
    """Insert the next edition; two at once collide on the number, and one of them fails."""
    return await db.fetchrow(
        f"""INSERT INTO plan_edition (id, number, content, content_hash, plugin_slug,
            plugin_version, reason, effective_from, published_by, published_at, is_demo)
        SELECT $1, coalesce(max(number), 0) + 1, $2, $3, $4, $5, $6, $7, $8, official_now(), $9
        FROM plan_edition RETURNING {COLUMNS}""",
        edition_id,
        content,
        content_hash,
        plugin_slug,
        plugin_version,
        reason,
        effective_from,
        published_by,
        is_demo,
    )
