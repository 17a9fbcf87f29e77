"""SQL of sessions. Finding one is a single query, since every request begins with it."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from core.accounts.repository import IS_SUPPORT
from core.kit import db

_RESOLVE = f"""SELECT s.id, s.account_id, s.kind, s.stage, s.seen_at, s.expires_at,
    a.tenant_id, a.display_name, a.unit_id, u.name AS unit_name, u.path AS unit_path,
    a.totp_confirmed_at IS NOT NULL AS has_totp, official_now() AS now,
    -- Who acts in this transaction, for the trail; here, so that a request costs no statement more.
    set_config('app.actor_id', a.id::text, true) AS acting,
    (SELECT coalesce(json_agg(json_build_array(g.role, g.unit_id, gu.path,
                                               coalesce(g.delegated_by::text, ''))
                              ORDER BY g.granted_at), '[]')::text
     FROM role_grant g JOIN unit gu ON gu.tenant_id = g.tenant_id AND gu.id = g.unit_id
     WHERE g.tenant_id = a.tenant_id AND g.account_id = a.id AND g.revoked_at IS NULL
     AND grant_in_force(g.valid_from, g.valid_to)) AS grants,
    -- The bell in the frame of every page; here, so that a page costs no query more.
    (SELECT count(*) FROM notification n WHERE n.tenant_id = a.tenant_id
     AND n.account_id = a.id AND n.read_at IS NULL) AS unread,
    -- Support access of the operators is told on every page while it lasts.
    (SELECT json_build_object('grant_id', p.id, 'expires_at', p.expires_at, 'reason', p.reason,
        'operators', (SELECT coalesce(json_agg(DISTINCT e.operator_name), '[]')
            FROM support_entry e WHERE e.tenant_id = p.tenant_id AND e.grant_id = p.id
            AND e.used_at IS NOT NULL))::text
     FROM support_grant p WHERE p.tenant_id = a.tenant_id AND p.ended_at IS NULL
     AND p.expires_at > official_now() ORDER BY p.expires_at DESC LIMIT 1) AS support
FROM session s
JOIN account a ON a.tenant_id = s.tenant_id AND a.id = s.account_id AND a.is_active
JOIN unit u ON u.tenant_id = a.tenant_id AND u.id = a.unit_id
WHERE s.token_hash = $1 AND s.revoked_at IS NULL
  AND CASE WHEN {IS_SUPPORT} THEN s.kind = 'support' AND $2 = 'web' ELSE s.kind = $2 END"""


async def resolve(token_hash: str, kind: str) -> Any | None:
    """Return a session with its account and grants, also one that has expired.

    The transaction's changes count as the account's from here on.
    """
    return await db.fetchrow(_RESOLVE, token_hash, kind)


async def touch(session_id: UUID) -> None:
    """Remember that the session is in use; skipped when another request is just doing so."""
    await db.execute(
        """UPDATE session SET seen_at = official_now()
        WHERE id = (SELECT id FROM session WHERE id = $1 FOR NO KEY UPDATE SKIP LOCKED)""",
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
        """INSERT INTO session (id, account_id, token_hash, kind, stage, created_at, seen_at,
            expires_at, address, user_agent)
        VALUES ($1, $2, $3, $4, $5, official_now(), official_now(),
            official_now() + make_interval(hours => $6), $7, $8) RETURNING expires_at""",
        session_id,
        account_id,
        token_hash,
        kind,
        stage,
        hours,
        address,
        user_agent,
    )
    return expires_at


async def set_stage(session_id: UUID, stage: str) -> None:
    """Take a session to its next step."""
    await db.execute("UPDATE session SET stage = $2 WHERE id = $1", session_id, stage)


async def ask_for_enrolment() -> None:
    """Take every session of an account without a second factor back to setting one up.

    Bearer tokens end: a program cannot set one up.
    """
    await db.execute(
        """UPDATE session SET stage = CASE WHEN kind = 'api' THEN stage ELSE 'enrol' END,
            revoked_at = CASE WHEN kind = 'api' THEN official_now() END
        WHERE revoked_at IS NULL AND account_id IN
            (SELECT id FROM account WHERE totp_confirmed_at IS NULL)"""
    )


async def renew(session_id: UUID, hours: int) -> None:
    """Let an idle session go on after the password was given again."""
    await db.execute(
        "UPDATE session SET seen_at = official_now(),"
        " expires_at = official_now() + make_interval(hours => $2) WHERE id = $1",
        session_id,
        hours,
    )


async def of_account(account_id: UUID) -> list[Any]:
    """Return the sessions of an account that are good or idle, latest use first."""
    return await db.fetch(
        """SELECT id, kind, stage, created_at, seen_at, expires_at, address, user_agent
        FROM session
        WHERE account_id = $1 AND revoked_at IS NULL AND expires_at > official_now()
        ORDER BY seen_at DESC, id LIMIT 100""",
        account_id,
    )


async def revoke(account_id: UUID, session_id: UUID) -> bool:
    """End one session of an account; False if there is none."""
    tag = await db.execute(
        "UPDATE session SET revoked_at = official_now()"
        " WHERE account_id = $1 AND id = $2 AND revoked_at IS NULL",
        account_id,
        session_id,
    )
    return tag == "UPDATE 1"


async def revoke_all(account_id: UUID, *, but: UUID | None = None) -> int:
    """End all sessions of an account (but one); return how many."""
    tag = await db.execute(
        "UPDATE session SET revoked_at = official_now()"
        " WHERE account_id = $1 AND revoked_at IS NULL AND id IS DISTINCT FROM $2",
        account_id,
        but,
    )
    return int(tag.split()[1])


async def delete_old(days: int) -> int:
    """Delete sessions that ended so many days ago; return how many."""
    tag = await db.execute(
        """DELETE FROM session WHERE expires_at < official_now() - make_interval(days => $1)
        AND seen_at < official_now() - make_interval(days => $1)""",
        days,
    )
    return int(tag.split()[1])
