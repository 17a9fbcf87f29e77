"""SQL of support access, inside the department's scope."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from core.kit import db
from core.kit.ids import new_id

IN_FORCE = "g.ended_at IS NULL AND g.expires_at > official_now()"


async def insert(grant_id: UUID, role: str, reason: str, account_id: UUID, hours: int) -> bool:
    """Insert a grant for so many hours; False while another one is in force."""
    tag = await db.execute(
        "INSERT INTO support_grant (id, role, reason, granted_by, granted_at, expires_at)"
        " SELECT $1, $2, $3, $4, official_now(), official_now() + make_interval(hours => $5)"
        f" WHERE NOT EXISTS (SELECT FROM support_grant AS g WHERE {IN_FORCE})",
        grant_id,
        role,
        reason,
        account_id,
        hours,
    )
    return tag == "INSERT 0 1"


async def grants() -> list[Any]:
    """Return the department's grants, newest first, with who came in."""
    return await db.fetch(
        "SELECT g.id, g.role, g.reason, coalesce(a.display_name, '') AS granted_by, g.granted_at,"
        " g.expires_at, g.ended_at, coalesce(b.display_name, '') AS ended_by,"
        f" {IN_FORCE} AS is_in_force,"
        " (SELECT coalesce(array_agg(DISTINCT e.operator_name), '{}') FROM support_entry AS e"
        "  WHERE e.grant_id = g.id AND e.used_at IS NOT NULL) AS operators,"
        " (SELECT count(*) FROM support_visit AS v JOIN support_entry AS e ON e.id = v.entry_id"
        "  WHERE e.grant_id = g.id) AS pages"
        " FROM support_grant AS g LEFT JOIN account AS a ON a.id = g.granted_by"
        " LEFT JOIN account AS b ON b.id = g.ended_by ORDER BY g.granted_at DESC, g.id LIMIT 50"
    )


async def visits(at_most: int) -> list[Any]:
    """Return the pages looked at last."""
    return await db.fetch(
        "SELECT e.operator_name, v.path, v.visited_at FROM support_visit AS v"
        " JOIN support_entry AS e ON e.id = v.entry_id"
        " ORDER BY v.visited_at DESC, v.id LIMIT $1",
        at_most,
    )


async def banner() -> Any | None:
    """Return the grant in force with who came in by it, or None."""
    return await db.fetchrow(
        "SELECT g.id AS grant_id, g.expires_at, g.reason,"
        " (SELECT coalesce(array_agg(DISTINCT e.operator_name), '{}') FROM support_entry AS e"
        "  WHERE e.grant_id = g.id AND e.used_at IS NOT NULL) AS operators"
        f" FROM support_grant AS g WHERE {IN_FORCE} ORDER BY g.expires_at DESC LIMIT 1"
    )


async def end(grant_id: UUID, account_id: UUID) -> bool:
    """End a grant now; False if there is none in force."""
    tag = await db.execute(
        "UPDATE support_grant AS g SET ended_at = official_now(), ended_by = $2"
        f" WHERE g.id = $1 AND {IN_FORCE}",
        grant_id,
        account_id,
    )
    return tag == "UPDATE 1"


async def close_sessions() -> None:
    """End sessions, roles and accounts of support where no grant is in force any more."""
    over = (
        "SELECT e.{} FROM support_entry AS e JOIN support_grant AS g ON g.id = e.grant_id"
        f" WHERE NOT ({IN_FORCE})"
    )
    still = (
        "SELECT e.account_id FROM support_entry AS e JOIN support_grant AS g ON g.id = e.grant_id"
        f" WHERE e.account_id IS NOT NULL AND {IN_FORCE}"
    )
    await db.execute(
        "UPDATE session SET revoked_at = official_now() WHERE revoked_at IS NULL"
        f" AND id IN ({over.format('session_id')})"
    )
    await db.execute(
        "UPDATE role_grant SET revoked_at = official_now() WHERE revoked_at IS NULL"
        f" AND account_id IN ({over.format('account_id')}) AND account_id NOT IN ({still})"
    )
    await db.execute(
        "UPDATE account SET is_active = false WHERE is_active"
        f" AND id IN ({over.format('account_id')}) AND id NOT IN ({still})"
    )


async def use_ticket(ticket_hash: str) -> Any | None:
    """Use up a ticket; return its entry with the grant's end and role, or None."""
    return await db.fetchrow(
        "UPDATE support_entry AS e SET used_at = official_now() FROM support_grant AS g"
        " WHERE e.ticket_hash = $1 AND e.used_at IS NULL AND e.expires_at > official_now()"
        f" AND g.id = e.grant_id AND {IN_FORCE}"
        " RETURNING e.id, e.operator_id, e.operator_name, g.role, g.expires_at",
        ticket_hash,
    )


async def account_of(operator_id: UUID) -> UUID | None:
    """Return the account under which an operator came in before, or None."""
    found: UUID | None = await db.fetchval(
        "SELECT account_id FROM support_entry WHERE operator_id = $1 AND account_id IS NOT NULL"
        " ORDER BY created_at DESC LIMIT 1",
        operator_id,
    )
    return found


async def ready_account(account_id: UUID, name: str) -> None:
    """Take the account of support into use, under the operator's present name, without password."""
    await db.execute(
        "UPDATE account SET is_active = true, display_name = $2, password_hash = '',"
        " must_change_password = false WHERE id = $1",
        account_id,
        name,
    )


async def open_session(
    session_id: UUID, account_id: UUID, token_hash: str, expires_at: datetime, user_agent: str
) -> None:
    """Open a marked session that ends with the grant."""
    await db.execute(
        "INSERT INTO session (id, account_id, token_hash, kind, stage, created_at, seen_at,"
        " expires_at, user_agent) VALUES ($1, $2, $3, 'support', 'full', official_now(),"
        " official_now(), $4, $5)",
        session_id,
        account_id,
        token_hash,
        expires_at,
        user_agent[:300],
    )


async def link(entry_id: UUID, account_id: UUID, session_id: UUID) -> None:
    """Keep which account and session an entry has become."""
    await db.execute(
        "UPDATE support_entry SET account_id = $2, session_id = $3 WHERE id = $1",
        entry_id,
        account_id,
        session_id,
    )


async def note_visit(session_id: UUID, path: str) -> None:
    """Keep that a page was looked at in a session of support."""
    await db.execute(
        "INSERT INTO support_visit (id, entry_id, path, visited_at)"
        " SELECT $2, e.id, $3, official_now() FROM support_entry AS e WHERE e.session_id = $1",
        session_id,
        new_id(),
        path[:500],
    )
