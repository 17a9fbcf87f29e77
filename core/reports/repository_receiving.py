"""SQL of the receiver's pages that no verb needs."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from core.kit import db


async def report_id_of(obligation_id: UUID) -> UUID | None:
    """Return the report of an obligation, or None."""
    found: UUID | None = await db.fetchval(
        "SELECT id FROM report WHERE obligation_id = $1", obligation_id
    )
    return found


async def receivers_of(round_id: UUID, receiver_id: UUID | None) -> list[Any]:
    """Return the department's own unit, `receiver_id`, and every unit that receives in a round.

    Each with id, name, path, `is_top` (the department's own) and `receives`; the highest first.
    """
    return await db.fetch(
        "WITH owed AS (SELECT DISTINCT receiver_unit_id AS id FROM report_obligation"
        "  WHERE round_id = $1)"
        " SELECT v.id, v.name, v.path, v.parent_id IS NULL AS is_top,"
        " v.id IN (SELECT id FROM owed) AS receives FROM unit AS v"
        " WHERE v.parent_id IS NULL OR v.id = $2 OR v.id IN (SELECT id FROM owed)"
        " ORDER BY length(v.path), v.sort_key",
        round_id,
        receiver_id,
    )
