"""Who heads a unit: the name and title under its papers."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from asyncpg import Record

from core.kit import db


async def head_of(unit_id: UUID, roles: Sequence[str]) -> Record | None:
    """Return name and title of who heads a unit, or None."""
    return await db.fetchrow(
        """SELECT a.display_name AS name, coalesce(p.job_title, '') AS title
        FROM role_grant AS g JOIN account AS a ON a.id = g.account_id
        LEFT JOIN person AS p ON p.id = a.person_id
        WHERE g.unit_id = $1 AND g.role = ANY($2::text[]) AND g.revoked_at IS NULL
            AND g.delegated_by IS NULL AND a.is_active ORDER BY g.granted_at LIMIT 1""",
        unit_id,
        list(roles),
    )
