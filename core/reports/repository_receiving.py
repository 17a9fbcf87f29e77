"""SQL of the receiver's pages that no verb needs."""

from __future__ import annotations

from uuid import UUID

from core.kit import db


async def report_id_of(obligation_id: UUID) -> UUID | None:
    """Return the report of an obligation, or None."""
    found: UUID | None = await db.fetchval(
        "SELECT id FROM report WHERE obligation_id = $1", obligation_id
    )
    return found


async def receivers_of(round_id: UUID) -> list[tuple[UUID, str, str]]:
    """Return (id, name, path) of every unit that receives reports in a round, the highest first."""
    rows = await db.fetch(
        "SELECT v.id, v.name, v.path FROM unit AS v WHERE v.id IN"
        " (SELECT receiver_unit_id FROM report_obligation WHERE round_id = $1)"
        " ORDER BY length(v.path), v.sort_key",
        round_id,
    )
    return [(row["id"], row["name"], row["path"]) for row in rows]
