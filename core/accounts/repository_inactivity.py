"""SQL of accounts that nobody uses."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from core.kit import db

# The last use: the latest request of a session, else when the password was set.
_USED = """SELECT a.id, a.display_name, a.username, u.name AS unit_name, s.last_seen,
    greatest(coalesce(a.password_changed_at, a.created_at), s.last_seen) AS last_use,
    floor(extract(epoch FROM official_now()
        - greatest(coalesce(a.password_changed_at, a.created_at), s.last_seen)) / 86400)::int
        AS days
FROM account a JOIN unit u ON u.tenant_id = a.tenant_id AND u.id = a.unit_id
LEFT JOIN LATERAL (SELECT max(x.seen_at) AS last_seen FROM session x
    WHERE x.tenant_id = a.tenant_id AND x.account_id = a.id) s ON true
WHERE u.path LIKE ANY ($1)"""
_OPEN = f"SELECT * FROM ({_USED} AND a.is_active AND NOT a.is_demo) AS used WHERE days >= $2"


async def unused(
    paths: Sequence[str], days: int, until: int | None, after: UUID | None, limit: int
) -> list[Any]:
    """Return one page of open accounts by their last use."""
    return await db.fetch(
        f"""WITH open AS MATERIALIZED ({_OPEN} AND ($3::int IS NULL OR days < $3))
        SELECT * FROM open WHERE $4::uuid IS NULL
            OR (last_use, id) > (SELECT o.last_use, o.id FROM open o WHERE o.id = $4)
        ORDER BY last_use, id LIMIT $5""",
        [f"{path}%" for path in paths],
        days,
        until,
        after,
        limit,
    )


async def closed(paths: Sequence[str], after: UUID | None, limit: int) -> list[Any]:
    """Return one page of accounts out of use, by given name."""
    return await db.fetch(
        f"""{_USED} AND NOT a.is_active AND ($2::uuid IS NULL
            OR (a.roster_key, a.id) > (SELECT b.roster_key, b.id FROM account b WHERE b.id = $2))
        ORDER BY a.roster_key, a.id LIMIT $3""",
        [f"{path}%" for path in paths],
        after,
        limit,
    )


async def counts(paths: Sequence[str], limit: int, warn_from: int) -> Any:
    """Count the accounts near the limit and over it."""
    return await db.fetchrow(
        f"""SELECT count(*) FILTER (WHERE days < $3) AS soon,
            count(*) FILTER (WHERE days >= $3) AS over FROM ({_OPEN}) AS open""",
        [f"{path}%" for path in paths],
        warn_from,
        limit,
    )


async def unused_among(
    paths: Sequence[str], days: int, account_ids: Sequence[UUID], but: UUID | None
) -> list[Any]:
    """Return those that are still unused and hold no role outside the paths."""
    return await db.fetch(
        f"""{_OPEN} AND id = ANY ($3) AND id IS DISTINCT FROM $4 AND NOT EXISTS (
            SELECT FROM role_grant g
            JOIN unit gu ON gu.tenant_id = g.tenant_id AND gu.id = g.unit_id
            WHERE g.account_id = used.id AND g.revoked_at IS NULL AND NOT gu.path LIKE ANY ($1))
        ORDER BY last_use, id""",
        [f"{path}%" for path in paths],
        days,
        list(account_ids),
        but,
    )


async def close(account_ids: Sequence[UUID]) -> int:
    """Take accounts out of use and end their sessions; return how many."""
    rows = await db.fetch(
        """WITH closed AS (UPDATE account SET is_active = false
            WHERE id = ANY ($1) AND is_active RETURNING id),
        ended AS (UPDATE session SET revoked_at = official_now() FROM closed
            WHERE session.account_id = closed.id AND session.revoked_at IS NULL)
        SELECT id FROM closed""",
        list(account_ids),
    )
    return len(rows)
