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


async def hold_plugin(tenant_id: UUID) -> str:
    """Return the department's plugin; it stays so to the end of this transaction.

    Shares the lock that the console takes alone before it changes the plugin (`plugin:<tenant>`).
    """
    await db.execute(
        "SELECT pg_advisory_xact_lock_shared(hashtextextended('plugin:' || $1::text, 0))",
        str(tenant_id),
    )
    return await plugin_slug(tenant_id)


async def opened_version(tenant_id: UUID) -> str:
    """Return the plugin's version that the operator has opened for new editions.

    Where none was ever opened: the version of the newest edition by the same plugin, or ''.
    """
    version: str | None = await db.fetchval(
        "SELECT coalesce(nullif(t.plugin_version, ''), (SELECT p.plugin_version"
        " FROM plan_edition AS p WHERE p.plugin_slug = t.plugin_slug"
        " ORDER BY p.number DESC LIMIT 1), '') FROM tenant AS t WHERE t.id = $1",
        tenant_id,
    )
    return version or ""


async def current_id() -> UUID | None:
    """Return the id of the edition in force: the newest whose day has come."""
    found: UUID | None = await db.fetchval(
        "SELECT id FROM plan_edition"
        " WHERE effective_from <= (official_now() AT TIME ZONE 'Asia/Ho_Chi_Minh')::date"
        " ORDER BY number DESC LIMIT 1"
    )
    return found


async def official_today() -> date:
    """Return today's date in Vietnam by the official clock."""
    today: date = await db.fetchval("SELECT (official_now() AT TIME ZONE 'Asia/Ho_Chi_Minh')::date")
    return today


async def edition(edition_id: UUID) -> Any | None:
    """Return one edition with its content as JSON text."""
    return await db.fetchrow(
        f"SELECT {COLUMNS}, content::text AS content, department::text AS department"
        " FROM plan_edition WHERE id = $1",
        edition_id,
    )


async def editions() -> list[Any]:
    """Return all editions, newest first."""
    return await db.fetch(f"SELECT {COLUMNS} FROM plan_edition ORDER BY number DESC")


async def insert(
    *,
    edition_id: UUID,
    number: int,
    content: str,
    department: str,
    content_hash: str,
    plugin_slug: str,
    plugin_version: str,
    reason: str,
    effective_from: date,
    published_by: UUID | None,
    is_demo: bool,
) -> Any | None:
    """Insert an edition; None when another one has taken the number in the meantime."""
    return await db.fetchrow(
        f"""INSERT INTO plan_edition (id, number, content, department, content_hash, plugin_slug,
            plugin_version, reason, effective_from, published_by, published_at, is_demo)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, official_now(), $11)
        ON CONFLICT (tenant_id, number) DO NOTHING RETURNING {COLUMNS}""",
        edition_id,
        number,
        content,
        department,
        content_hash,
        plugin_slug,
        plugin_version,
        reason,
        effective_from,
        published_by,
        is_demo,
    )


async def names(account_ids: list[UUID]) -> list[Any]:
    """Return id and name of accounts."""
    return await db.fetch("SELECT id, display_name FROM account WHERE id = ANY ($1)", account_ids)


async def draft() -> list[Any]:
    """Return the saved sections of the draft with who saved them."""
    return await db.fetch(
        "SELECT d.section, d.body, d.version, d.saved_at, coalesce(a.display_name, '') AS saved_by"
        " FROM plan_draft AS d LEFT JOIN account AS a ON a.id = d.saved_by"
    )


async def save_section(
    section: str, body: str, version: int, new_id: UUID, account_id: UUID | None
) -> bool:
    """Save one section over the version that was read; False when there is another one by now."""
    if version == 0:
        made = await db.fetchval(
            "INSERT INTO plan_draft (id, section, body, version, saved_by, saved_at)"
            " VALUES ($1, $2, $3, 1, $4, official_now())"
            " ON CONFLICT (tenant_id, section) DO NOTHING RETURNING version",
            new_id,
            section,
            body,
            account_id,
        )
    else:
        made = await db.fetchval(
            "UPDATE plan_draft SET body = $2, version = version + 1, saved_by = $4,"
            " saved_at = official_now() WHERE section = $1 AND version = $3 RETURNING version",
            section,
            body,
            version,
            account_id,
        )
    return made is not None


async def link_files(file_ids: list[UUID], ids: list[UUID]) -> int:
    """Keep the stored files that a section names; return how many of them there are."""
    await db.execute(
        "INSERT INTO plan_file (id, file_id) SELECT n.id, f.id"
        " FROM unnest($1::uuid[], $2::uuid[]) AS n(id, file_id)"
        " JOIN stored_file AS f ON f.id = n.file_id AND f.purpose = 'decision'"
        " ON CONFLICT (tenant_id, file_id) DO NOTHING",
        ids,
        file_ids,
    )
    found: int = await db.fetchval(
        "SELECT count(*) FROM plan_file WHERE file_id = ANY ($1)", file_ids
    )
    return found
