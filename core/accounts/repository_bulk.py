"""SQL of many accounts and grants at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from core.kit import db


async def units(unit_ids: Sequence[UUID]) -> list[Any]:
    """Return id, name and path of active units."""
    return await db.fetch(
        "SELECT id, name, path FROM unit WHERE id = ANY ($1) AND is_active", list(unit_ids)
    )


async def insert_accounts(rows: Sequence[Sequence[Any]]) -> int:
    """Insert accounts that nobody can sign in to yet; return how many user names were free."""
    tag = await db.execute(
        """INSERT INTO account (id, username, display_name, search_name, roster_key, email,
            unit_id, person_id, password_hash, must_change_password, created_at)
        SELECT n.*, '', true, official_now() FROM unnest($1::uuid[], $2::text[], $3::text[],
            $4::text[], $5::text[], $6::text[], $7::uuid[], $8::uuid[]) AS n
        ON CONFLICT (tenant_id, username) DO NOTHING""",
        *map(list, zip(*rows, strict=True)),
    )
    return int(tag.rpartition(" ")[2])


async def insert_grants(rows: Sequence[Sequence[Any]]) -> None:
    """Insert grants (id, account, role, unit) that are not in force."""
    await db.execute(
        """INSERT INTO role_grant (id, account_id, role, unit_id, granted_at)
        SELECT n.id, n.account_id, n.role, n.unit_id, official_now()
        FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::uuid[])
            AS n (id, account_id, role, unit_id)
        WHERE NOT EXISTS (SELECT 1 FROM role_grant g WHERE g.account_id = n.account_id
            AND g.role = n.role AND g.unit_id = n.unit_id AND g.revoked_at IS NULL)""",
        *map(list, zip(*rows, strict=True)),
    )
