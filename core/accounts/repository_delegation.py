"""SQL of delegations: grants with days and a lender."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from core.accounts.repository import IS_SUPPORT
from core.kit import db

# A delegation stands on the lender's own grant: where that ends, it has ended too.
_VIEW = """SELECT g.id, g.account_id, a.display_name, g.role, g.unit_id, u.name AS unit_name,
    u.path AS unit_path, g.delegated_by AS lender_id, d.display_name AS lender, g.valid_from,
    g.valid_to, g.decision, g.reason,
    CASE WHEN g.revoked_at IS NOT NULL THEN 'revoked'
        WHEN grant_in_force(g.valid_from, g.valid_to) THEN 'in_force'
        WHEN grant_in_force(NULL, g.valid_to) THEN 'coming' ELSE 'over' END AS state
FROM role_grant g JOIN account a ON a.tenant_id = g.tenant_id AND a.id = g.account_id
JOIN account d ON d.tenant_id = g.tenant_id AND d.id = g.delegated_by
JOIN unit u ON u.tenant_id = g.tenant_id AND u.id = g.unit_id"""


async def unit_names(unit_ids: Sequence[UUID]) -> dict[UUID, str]:
    """Return the names of units."""
    rows = await db.fetch("SELECT id, name FROM unit WHERE id = ANY ($1)", list(unit_ids))
    return {row["id"]: row["name"] for row in rows}


async def candidates(path: str, but: UUID | None, pattern: str, limit: int) -> list[Any]:
    """Return active accounts at or under a unit, by given name."""
    return await db.fetch(
        f"""SELECT a.id, a.display_name, a.username, u.name AS unit_name
        FROM account a JOIN unit u ON u.tenant_id = a.tenant_id AND u.id = a.unit_id
        WHERE a.is_active AND NOT {IS_SUPPORT} AND u.path LIKE $1 || '%'
          AND a.id IS DISTINCT FROM $2 AND ($3 = '' OR a.search_name LIKE $3)
        ORDER BY a.roster_key, a.id LIMIT $4""",
        path,
        but,
        pattern,
        limit,
    )


async def candidate(account_id: UUID, path: str) -> Any | None:
    """Return an active account at or under a unit."""
    return await db.fetchrow(
        f"""SELECT a.id, a.display_name, {IS_SUPPORT} AS is_support,
            a.totp_confirmed_at IS NOT NULL AS has_totp
        FROM account a JOIN unit u ON u.tenant_id = a.tenant_id AND u.id = a.unit_id
        WHERE a.id = $1 AND a.is_active AND u.path LIKE $2 || '%'""",
        account_id,
        path,
    )


async def overlaps(account_id: UUID, role: str, unit_id: UUID, first: date, last: date) -> bool:
    """Tell whether the account has this role there, itself or lent, on one of these days."""
    return bool(
        await db.fetchval(
            """SELECT EXISTS (SELECT FROM role_grant
            WHERE account_id = $1 AND role = $2 AND unit_id = $3 AND revoked_at IS NULL
              AND daterange(valid_from, valid_to, '[]') && daterange($4, $5, '[]'))""",
            account_id,
            role,
            unit_id,
            first,
            last,
        )
    )


async def insert(
    grant_id: UUID,
    account_id: UUID,
    role: str,
    unit_id: UUID,
    first: date,
    last: date,
    lender_id: UUID | None,
    decision: str,
    reason: str,
) -> None:
    """Insert a delegation."""
    await db.execute(
        """INSERT INTO role_grant (id, account_id, role, unit_id, granted_at, valid_from, valid_to,
            delegated_by, decision, reason)
        VALUES ($1, $2, $3, $4, official_now(), $5, $6, $7, $8, $9)""",
        grant_id,
        account_id,
        role,
        unit_id,
        first,
        last,
        lender_id,
        decision,
        reason,
    )


async def one(grant_id: UUID) -> Any | None:
    """Return one delegation."""
    return await db.fetchrow(f"{_VIEW} WHERE g.id = $1", grant_id)


async def of(
    account_id: UUID | None, paths: Sequence[str], after: UUID | None, limit: int
) -> list[Any]:
    """Return one page of delegations of an account, or at units under the paths, newest first."""
    return await db.fetch(
        f"""{_VIEW} WHERE (g.delegated_by = $1 OR g.account_id = $1 OR u.path LIKE ANY ($2))
          AND ($3::uuid IS NULL OR g.id < $3) ORDER BY g.id DESC LIMIT $4""",
        account_id,
        [f"{path}%" for path in paths],
        after,
        limit,
    )


async def end(grant_id: UUID) -> bool:
    """End a delegation; False if it has ended by itself or was ended before."""
    tag = await db.execute(
        """UPDATE role_grant SET revoked_at = official_now()
        WHERE id = $1 AND revoked_at IS NULL AND grant_in_force(NULL, valid_to)""",
        grant_id,
    )
    return tag == "UPDATE 1"
