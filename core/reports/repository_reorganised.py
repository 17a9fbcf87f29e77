"""SQL: reports of units that were renamed, merged, split or closed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from core.kit import db


async def open_duties(unit_ids: Sequence[UUID], to_id: UUID | None) -> list[Any]:
    """Return unfinished reports in open rounds with what becomes of each (see `Duty`)."""
    return await db.fetch(
        "SELECT o.id AS obligation_id, d.title AS round_title, u.name AS unit_name, r.state,"
        " CASE WHEN r.state IN ('submitted', 'in_review') THEN 'stays'"
        "  WHEN $2::uuid IS NULL OR EXISTS (SELECT FROM report_obligation AS t"
        "   WHERE t.round_id = o.round_id AND t.unit_id = $2)"
        "   OR o.receiver_unit_id = $2 THEN 'excused' ELSE 'handed_over' END AS outcome"
        " FROM report AS r JOIN report_obligation AS o ON o.id = r.obligation_id"
        " JOIN reporting_round AS d ON d.id = r.round_id AND d.state = 'open'"
        " JOIN unit AS u ON u.id = r.unit_id"
        " WHERE r.unit_id = ANY ($1) AND r.state NOT IN ('accepted', 'excused')"
        " ORDER BY d.opened_at, u.sort_key, o.id",
        list(unit_ids),
        to_id,
    )


async def give_to(obligation_id: UUID, unit_id: UUID) -> None:
    """Let another unit owe and write this report."""
    await db.execute(
        "WITH owed AS (UPDATE report_obligation SET unit_id = $2 WHERE id = $1 RETURNING id)"
        " UPDATE report SET unit_id = $2 FROM owed WHERE report.obligation_id = owed.id",
        obligation_id,
        unit_id,
    )


async def receive_at(old_id: UUID, new_id: UUID) -> None:
    """Let the successor receive the reports of open rounds that the old unit would have."""
    await db.execute(
        "WITH owed AS (UPDATE report_obligation AS o SET receiver_unit_id = $2"
        "  FROM reporting_round AS d WHERE d.id = o.round_id AND d.state = 'open'"
        "  AND o.receiver_unit_id = $1 AND o.unit_id <> $2 RETURNING o.id)"
        " UPDATE report SET receiver_unit_id = $2 FROM owed WHERE report.obligation_id = owed.id",
        old_id,
        new_id,
    )


async def keep_name(unit_id: UUID, old_name: str) -> None:
    """Write the old name on filed reports and on those of closed rounds that carry none yet."""
    await db.execute(
        "UPDATE report AS r SET unit_name = $2 FROM reporting_round AS d"
        " WHERE d.id = r.round_id AND r.unit_id = $1 AND r.unit_name = ''"
        " AND (d.state = 'closed'"
        "  OR r.state IN ('submitted', 'in_review', 'accepted', 'excused'))",
        unit_id,
        old_name,
    )
