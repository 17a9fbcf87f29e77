"""SQL of invitations and of accounts that nobody has opened yet."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from core.accounts.repository import IS_SUPPORT
from core.kit import db

_LATEST = """LEFT JOIN LATERAL (
    SELECT r.created_at, r.expires_at, r.used_at FROM password_reset r
    WHERE r.tenant_id = a.tenant_id AND r.account_id = a.id AND r.purpose = 'invitation'
    ORDER BY r.created_at DESC LIMIT 1) AS i ON true"""
_STATE = """CASE WHEN i.used_at IS NULL AND i.expires_at > official_now() THEN 'sent'
    WHEN a.password_hash <> '' THEN 'slip' WHEN i.created_at IS NULL THEN 'never'
    ELSE 'ended' END"""
_WAITS = f"a.is_active AND a.must_change_password AND NOT a.is_demo AND NOT {IS_SUPPORT}"
_FROM = "FROM account a JOIN unit u ON u.tenant_id = a.tenant_id AND u.id = a.unit_id"


async def waiting(
    *, paths: Sequence[str], pattern: str, state: str, after: UUID | None, limit: int
) -> list[Any]:
    """Return one page of accounts that wait for their first password, by given name."""
    return await db.fetch(
        f"""SELECT a.id, a.display_name, a.username, a.email, u.name AS unit_name,
            {_STATE} AS state, i.created_at AS sent_at, i.expires_at,
            ARRAY(SELECT DISTINCT g.role::text FROM role_grant g
                  WHERE g.tenant_id = a.tenant_id AND g.account_id = a.id
                    AND g.revoked_at IS NULL ORDER BY 1) AS roles
        {_FROM} {_LATEST}
        WHERE {_WAITS} AND u.path LIKE ANY ($1) AND ($2 = '' OR a.search_name LIKE $2)
          AND ($3 = '' OR $3 = {_STATE})
          AND ($4::uuid IS NULL
               OR (a.roster_key, a.id) > (SELECT b.roster_key, b.id FROM account b WHERE b.id = $4))
        ORDER BY a.roster_key, a.id LIMIT $5""",
        [f"{path}%" for path in paths],
        pattern,
        state,
        after,
        limit,
    )


async def counts(paths: Sequence[str]) -> dict[str, int]:
    """Return how many wait, how many of them could be invited, how many have no address."""
    row = await db.fetchrow(
        f"""SELECT count(*) AS waiting,
            count(*) FILTER (WHERE a.email <> '' AND {_STATE} = 'never') AS to_invite,
            count(*) FILTER (WHERE a.email = '' AND {_STATE} = 'never') AS without_address,
            count(*) FILTER (WHERE {_STATE} = 'ended') AS ended
        {_FROM} {_LATEST} WHERE {_WAITS} AND u.path LIKE ANY ($1)""",
        [f"{path}%" for path in paths],
    )
    return dict(row or {})


async def never_invited(paths: Sequence[str], limit: int) -> list[UUID]:
    """Return accounts with an address that were never invited."""
    rows = await db.fetch(
        f"SELECT a.id {_FROM} {_LATEST} WHERE {_WAITS} AND u.path LIKE ANY ($1)"
        f" AND a.email <> '' AND {_STATE} = 'never' ORDER BY a.roster_key, a.id LIMIT $2",
        [f"{path}%" for path in paths],
        limit,
    )
    return [row["id"] for row in rows]


async def chosen(account_ids: Sequence[UUID]) -> list[Any]:
    """Return waiting accounts with every path at which they stand or hold a role."""
    return await db.fetch(
        f"""SELECT a.id, a.display_name, a.username, a.email,
            array_append(ARRAY(SELECT gu.path FROM role_grant g
                JOIN unit gu ON gu.tenant_id = g.tenant_id AND gu.id = g.unit_id
                WHERE g.tenant_id = a.tenant_id AND g.account_id = a.id
                  AND g.revoked_at IS NULL), u.path) AS paths
        {_FROM} WHERE {_WAITS} AND a.id = ANY ($1) ORDER BY a.roster_key, a.id""",
        list(account_ids),
    )


async def any_of_support(account_ids: Sequence[UUID]) -> bool:
    """Tell whether one of these accounts is an operator's way in by a support grant."""
    return bool(
        await db.fetchval(
            f"SELECT EXISTS (SELECT FROM account a WHERE a.id = ANY ($1) AND {IS_SUPPORT})",
            list(account_ids),
        )
    )


async def insert(rows: Sequence[tuple[UUID, UUID, str]], days: int) -> None:
    """Store invitations (id, account, hash of the token); older links of the accounts end."""
    if not rows:
        return
    await cancel([account_id for _, account_id, _ in rows])
    await db.execute(
        "INSERT INTO password_reset (id, account_id, token_hash, purpose, created_at, expires_at)"
        " SELECT n.*, 'invitation', official_now(), official_now() + make_interval(days => $4)"
        " FROM unnest($1::uuid[], $2::uuid[], $3::text[]) AS n",
        *map(list, zip(*rows, strict=True)),
        days,
    )


async def cancel(account_ids: Sequence[UUID]) -> int:
    """End the links of some accounts that were still good; return how many."""
    tag = await db.execute(
        "UPDATE password_reset SET used_at = official_now()"
        " WHERE account_id = ANY ($1) AND used_at IS NULL AND expires_at > official_now()",
        list(account_ids),
    )
    return int(tag.rpartition(" ")[2])
