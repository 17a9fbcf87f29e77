"""SQL: accounts and grants of units that change."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from core.kit import db


async def search_by_units(unit_ids: Sequence[UUID]) -> None:
    """Renew the search words of the accounts of some units."""
    await db.execute(
        """UPDATE account a SET
            search_name = fold(a.display_name || ' ' || a.username || ' ' || u.name)
        FROM unit u WHERE u.tenant_id = a.tenant_id AND u.id = a.unit_id AND u.id = ANY ($1)
          AND a.search_name <> fold(a.display_name || ' ' || a.username || ' ' || u.name)""",
        list(unit_ids),
    )


async def copy_grants(unit_id: UUID, to_id: UUID, left: Sequence[str]) -> None:
    """Grant at the successor what is held at the unit, but for some roles and lent ones."""
    await db.execute(
        """INSERT INTO role_grant (id, account_id, role, unit_id, granted_at)
        SELECT gen_random_uuid(), g.account_id, g.role, $2, official_now() FROM role_grant g
        WHERE g.unit_id = $1 AND g.revoked_at IS NULL AND g.delegated_by IS NULL
          AND g.role <> ALL ($3)
          AND NOT EXISTS (SELECT FROM role_grant h WHERE h.account_id = g.account_id
            AND h.role = g.role AND h.unit_id = $2 AND h.revoked_at IS NULL
            AND h.delegated_by IS NULL)""",
        unit_id,
        to_id,
        list(left),
    )


async def end_grants_at(unit_id: UUID) -> None:
    """End every grant at one unit, lent ones too."""
    await db.execute(
        "UPDATE role_grant SET revoked_at = official_now()"
        " WHERE unit_id = $1 AND revoked_at IS NULL",
        unit_id,
    )


async def move_accounts(unit_id: UUID, to_id: UUID) -> None:
    """Make another unit the own unit of these accounts."""
    await db.execute("UPDATE account SET unit_id = $2 WHERE unit_id = $1", unit_id, to_id)
    await search_by_units([to_id])


async def close_accounts_of(unit_id: UUID) -> None:
    """Take the accounts of a unit out of use and end their sessions."""
    await db.execute(
        """WITH closed AS (UPDATE account SET is_active = false
            WHERE unit_id = $1 AND is_active RETURNING id)
        UPDATE session s SET revoked_at = official_now() FROM closed
        WHERE s.account_id = closed.id AND s.revoked_at IS NULL""",
        unit_id,
    )


async def move_person_accounts(person_id: UUID, from_id: UUID, to_id: UUID) -> int:
    """Take a person's accounts to a unit and end their grants in the old branch; return how many.

    A grant above the old unit (for example at the department) is no matter of the move.
    """
    tag = await db.execute(
        "UPDATE account SET unit_id = $3 WHERE person_id = $1 AND unit_id = $2",
        person_id,
        from_id,
        to_id,
    )
    await db.execute(
        """UPDATE role_grant g SET revoked_at = official_now()
        FROM account a, unit u, unit old
        WHERE a.person_id = $1 AND g.account_id = a.id AND g.unit_id = u.id AND old.id = $2
          AND starts_with(u.path, old.path) AND g.revoked_at IS NULL""",
        person_id,
        from_id,
    )
    if tag != "UPDATE 0":
        await search_by_units([to_id])
    return int(tag.split()[1])


async def names_of_holders(unit_ids: Sequence[UUID], role: str) -> list[str]:
    """Return who holds a role of his own at these units, by given name."""
    rows = await db.fetch(
        """SELECT DISTINCT a.display_name, a.roster_key FROM role_grant g
        JOIN account a ON a.tenant_id = g.tenant_id AND a.id = g.account_id AND a.is_active
        WHERE g.unit_id = ANY ($1) AND g.role = $2 AND g.revoked_at IS NULL
          AND g.delegated_by IS NULL
        ORDER BY a.roster_key""",
        list(unit_ids),
        role,
    )
    return [row["display_name"] for row in rows]
