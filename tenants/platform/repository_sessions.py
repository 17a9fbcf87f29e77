"""SQL of the console's sessions (as the platform's role)."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from core.kit import db


async def resolve(token_hash: str, kind: str) -> Any | None:
    """Return a session with its operator, also an expired one (the console knows `web` only)."""
    return await db.fetchrow(
        "SELECT s.id, s.operator_id AS account_id, s.stage, s.seen_at, s.expires_at, o.username,"
        " o.display_name, o.totp_confirmed_at IS NOT NULL AS has_totp, official_now() AS now"
        " FROM operator_session AS s JOIN operator AS o ON o.id = s.operator_id AND o.is_active"
        " WHERE s.token_hash = $1 AND s.revoked_at IS NULL AND $2 = 'web'",
        token_hash,
        kind,
    )


async def touch(session_id: UUID) -> None:
    """Remember that the session is in use; skipped when another request is just doing so."""
    await db.execute(
        "UPDATE operator_session SET seen_at = official_now() WHERE id ="
        " (SELECT id FROM operator_session WHERE id = $1 FOR NO KEY UPDATE SKIP LOCKED)",
        session_id,
    )


async def insert(
    *,
    session_id: UUID,
    account_id: UUID,
    token_hash: str,
    kind: str,
    stage: str,
    hours: int,
    address: str,
    user_agent: str,
) -> datetime:
    """Insert a session that ends after so many hours; return that instant."""
    expires_at: datetime = await db.fetchval(
        "INSERT INTO operator_session (id, operator_id, token_hash, stage, created_at, seen_at,"
        " expires_at, address, user_agent) SELECT $1, $2, $3, $4, official_now(), official_now(),"
        " official_now() + make_interval(hours => $5), $6, $7 WHERE $8 = 'web'"
        " RETURNING expires_at",
        session_id,
        account_id,
        token_hash,
        stage,
        hours,
        address,
        user_agent,
        kind,
    )
    return expires_at


async def set_stage(session_id: UUID, stage: str) -> None:
    """Take a session to its next step."""
    await db.execute("UPDATE operator_session SET stage = $2 WHERE id = $1", session_id, stage)


async def renew(session_id: UUID, hours: int) -> None:
    """Let an idle session go on after the password was given again."""
    await db.execute(
        "UPDATE operator_session SET seen_at = official_now(),"
        " expires_at = official_now() + make_interval(hours => $2) WHERE id = $1",
        session_id,
        hours,
    )


async def of_operator(operator_id: UUID) -> list[Any]:
    """Return the sessions of an operator that are good or idle, latest use first."""
    return await db.fetch(
        "SELECT id, created_at, seen_at, address, user_agent FROM operator_session"
        " WHERE operator_id = $1 AND revoked_at IS NULL AND expires_at > official_now()"
        " ORDER BY seen_at DESC, id LIMIT 100",
        operator_id,
    )


async def revoke(operator_id: UUID, session_id: UUID) -> bool:
    """End one session of an operator; False if there is none."""
    tag = await db.execute(
        "UPDATE operator_session SET revoked_at = official_now()"
        " WHERE operator_id = $1 AND id = $2 AND revoked_at IS NULL",
        operator_id,
        session_id,
    )
    return tag == "UPDATE 1"


async def revoke_all(account_id: UUID, *, but: UUID | None = None) -> int:
    """End all sessions of an operator (but one); return how many."""
    tag = await db.execute(
        "UPDATE operator_session SET revoked_at = official_now()"
        " WHERE operator_id = $1 AND revoked_at IS NULL AND id IS DISTINCT FROM $2",
        account_id,
        but,
    )
    return int(tag.split()[1])


async def end_support(operator_id: UUID) -> int:
    """End the sessions of support of an operator in every department; return how many."""
    return int(await db.fetchval("SELECT platform_end_support($1)", operator_id))
