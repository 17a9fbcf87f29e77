"""SQL of the lineage of units."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from core.kit import db
from core.kit.ids import new_id


async def insert(values: dict[str, Any]) -> None:
    """Write one line of the lineage."""
    await db.execute(
        """INSERT INTO unit_succession (id, kind, unit_id, successor_id, effective_on, decision,
            reason, old_name, new_name, old_code, new_code, old_parent_id, old_parent_name,
            new_parent_name, made_by, made_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15,
            official_now())""",
        new_id(),
        *(
            values[name]
            for name in (
                "kind", "unit_id", "successor_id", "effective_on", "decision", "reason",
                "old_name", "new_name", "old_code", "new_code", "old_parent_id",
                "old_parent_name", "new_parent_name", "made_by",
            )
        ),
    )  # fmt: skip


async def history(unit_id: UUID) -> list[Any]:
    """Return the changes of a unit, and those of others that ended in it, newest first."""
    return await db.fetch(
        """SELECT s.kind, s.unit_id, s.successor_id, s.effective_on, s.decision, s.reason,
            s.old_name, s.new_name, s.old_code, s.new_code, s.old_parent_name, s.new_parent_name,
            coalesce(a.display_name, 'Hệ thống') AS made_by, s.made_at
        FROM unit_succession s LEFT JOIN account a ON a.tenant_id = s.tenant_id AND a.id = s.made_by
        WHERE s.unit_id = $1 OR s.successor_id = $1
        ORDER BY s.effective_on DESC, s.made_at DESC, s.id DESC LIMIT 200""",
        unit_id,
    )


async def units_with_end(unit_ids: Sequence[UUID]) -> list[Any]:
    """Return these units and all that succeeded them, each with the change that ended it."""
    return await db.fetch(
        """WITH RECURSIVE ended AS (
            SELECT DISTINCT ON (s.unit_id) s.unit_id, s.kind, s.successor_id
            FROM unit_succession s WHERE s.kind IN ('merge', 'split', 'close')
            ORDER BY s.unit_id, s.made_at DESC, s.id DESC
        ), reached AS (
            SELECT unnest($1::uuid[]) AS id
            UNION
            SELECT e.successor_id FROM reached r JOIN ended e ON e.unit_id = r.id
            WHERE e.kind = 'merge'
        )
        SELECT u.id, u.name, u.is_active, e.kind, e.successor_id
        FROM reached r JOIN unit u ON u.id = r.id LEFT JOIN ended e ON e.unit_id = u.id""",
        list(unit_ids),
    )
