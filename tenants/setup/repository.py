"""SQL of the set-up path: the staged list, and what the list is held against."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from core.accounts.repository import IS_SUPPORT
from core.kit import db

_VIEW = """SELECT s.id, s.file_name, s.state, s.summary, coalesce(a.display_name, '') AS created_by,
    s.created_at, s.finished_at
FROM staged_import s LEFT JOIN account a ON a.tenant_id = s.tenant_id AND a.id = s.created_by"""


async def insert(import_id: UUID, file_name: str, content: Any, account_id: UUID | None) -> None:
    """Keep a list; one that was staged before is discarded."""
    await db.execute(
        "UPDATE staged_import SET state = 'discarded', content = '{}', finished_at = official_now()"
        " WHERE state = 'staged'"
    )
    await db.execute(
        "INSERT INTO staged_import (id, file_name, state, content, created_by, created_at)"
        " VALUES ($1, $2, 'staged', $3, $4, official_now())",
        import_id,
        file_name,
        content,
        account_id,
    )


async def staged(*, lock: bool = False) -> Any | None:
    """Return the list that waits for its confirmation, with its content."""
    return await db.fetchrow(
        "SELECT id, file_name, content FROM staged_import WHERE state = 'staged'"
        " ORDER BY created_at DESC LIMIT 1" + (" FOR UPDATE" if lock else "")
    )


async def finish(import_id: UUID, state: str, summary: str) -> None:
    """Close a list and forget its rows."""
    await db.execute(
        "UPDATE staged_import SET state = $2, summary = $3, content = '{}',"
        " finished_at = official_now() WHERE id = $1",
        import_id,
        state,
        summary,
    )


async def history(limit: int) -> list[Any]:
    """Return the latest lists, newest first."""
    return await db.fetch(f"{_VIEW} ORDER BY s.created_at DESC, s.id DESC LIMIT $1", limit)


async def units() -> list[Any]:
    """Return every unit with its parent's code, and whether a report stands under its name."""
    return await db.fetch(
        "SELECT u.id, u.code, u.name, u.short_name, u.kind, u.level, u.parent_id, u.owes_reports,"
        " u.notation, u.place, u.is_active, u.has_legal_personality,"
        " coalesce(p.code, '') AS parent_code,"
        " p.parent_id IS NULL AND p.id IS NOT NULL AS under_root,"
        " EXISTS (SELECT 1 FROM report r WHERE r.unit_id = u.id) AS has_reports"
        " FROM unit u LEFT JOIN unit p ON p.tenant_id = u.tenant_id AND p.id = u.parent_id"
    )


async def people(unit_ids: Sequence[UUID]) -> list[Any]:
    """Return the people of some units."""
    return await db.fetch(
        "SELECT id, full_name, job_title, unit_id FROM person WHERE unit_id = ANY ($1)",
        list(unit_ids),
    )


async def accounts(usernames: Sequence[str]) -> list[Any]:
    """Return the accounts with these names and the roles in force: [role, unit] pairs as text."""
    return await db.fetch(
        f"SELECT a.id, a.username, a.display_name, {IS_SUPPORT} AS is_support,"
        " coalesce(array_agg(g.role || ':' || g.unit_id)"
        "  FILTER (WHERE g.id IS NOT NULL), '{}') AS roles"
        " FROM account a LEFT JOIN role_grant g ON g.tenant_id = a.tenant_id"
        "  AND g.account_id = a.id AND g.revoked_at IS NULL"
        " WHERE a.username = ANY ($1) GROUP BY a.tenant_id, a.id",
        list(usernames),
    )


async def facts() -> Any:
    """Return what the progress list needs to know of units, people and accounts."""
    return await db.fetchrow(
        """WITH owing AS (
            SELECT u.id, u.path FROM unit u
            WHERE u.is_active AND u.owes_reports AND u.level = 'unit'
        ), held AS (
            SELECT g.role, g.unit_id, a.id AS account_id FROM role_grant g
            JOIN account a ON a.tenant_id = g.tenant_id AND a.id = g.account_id AND a.is_active
            WHERE g.revoked_at IS NULL AND grant_in_force(g.valid_from, g.valid_to)
        )
        SELECT (SELECT count(*) FROM unit WHERE is_active AND parent_id IS NOT NULL) AS units,
            (SELECT count(*) FROM owing) AS owing,
            (SELECT count(*) FROM person) AS people,
            EXISTS (SELECT 1 FROM staged_import WHERE state = 'staged') AS staged,
            (SELECT count(*) FROM held WHERE role = 'officer') AS officers,
            (SELECT count(*) FROM held WHERE role = 'department_head') AS leaders,
            (SELECT count(*) FROM held WHERE role = 'unit_head') AS heads,
            (SELECT count(*) FROM held WHERE role = 'unit_clerk') AS clerks,
            (SELECT count(DISTINCT account_id) FROM held WHERE role = 'tenant_admin') AS admins,
            (SELECT count(*) FROM owing o WHERE NOT EXISTS (SELECT 1 FROM held h
                WHERE h.role = 'unit_head' AND h.unit_id = o.id)) AS without_head,
            (SELECT count(*) FROM owing o WHERE NOT EXISTS (SELECT 1 FROM held h
                WHERE h.role = 'unit_clerk' AND h.unit_id = o.id)) AS without_clerk"""
    )
