"""SQL: holders of roles at units."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from core.kit import db


async def holders(unit_ids: Sequence[UUID], roles: Sequence[str]) -> list[Any]:
    """Return the active accounts that hold one of the roles at these units, by given name."""
    return await db.fetch(
        """SELECT g.unit_id, g.role, a.id AS account_id, a.display_name FROM role_grant g
        JOIN account a ON a.tenant_id = g.tenant_id AND a.id = g.account_id
        WHERE g.unit_id = ANY ($1) AND g.role = ANY ($2) AND g.revoked_at IS NULL AND a.is_active
          AND grant_in_force(g.valid_from, g.valid_to)
        ORDER BY array_position($2, g.role::text), a.roster_key, a.id""",
        list(unit_ids),
        list(roles),
    )
