"""SQL of "Việc của tôi": one statement for what a person's units owe and what waits for review."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from core.kit import db
from core.reports.names import NAME

REVIEW_LIMIT = 50
OWN_LIMIT = 200

_ITEM = (
    "SELECT {side} AS side, {total} AS total, r.id AS report_id, r.round_id,"
    " d.title AS round_title, d.kind, d.year, r.unit_id, {name} AS unit_name,"
    " v.name AS receiver_name, o.level, r.state, d.state AS round_state, r.timing,"
    " CASE WHEN r.parts_returned > 0 THEN r.returned_due_at ELSE o.due_at END AS due_at,"
    " r.parts_done, r.parts_total, r.parts_returned, r.submitted_at, r.late_seconds,"
    " r.activity_at FROM report AS r JOIN unit AS u ON u.id = r.unit_id"
    " JOIN unit AS v ON v.id = r.receiver_unit_id"
    " JOIN report_obligation AS o ON o.id = r.obligation_id"
    " JOIN reporting_round AS d ON d.id = r.round_id"
)
_OWN = _ITEM.format(side="'own'", total="0::bigint", name=NAME)
_REVIEW = _ITEM.format(side="'review'", total="count(*) OVER ()", name=NAME)


async def work_rows(unit_ids: Sequence[UUID], receiver_ids: Sequence[UUID]) -> list[Any]:
    """Return the reports that the units owe, and those that wait for review at the receivers."""
    return await db.fetch(
        f"(SELECT * FROM ({_OWN} WHERE r.unit_id = ANY ($1)"
        f"  ORDER BY d.year DESC, d.opened_at DESC LIMIT {OWN_LIMIT}) AS own)"
        f" UNION ALL (SELECT * FROM ({_REVIEW} WHERE r.receiver_unit_id = ANY ($2)"
        "  AND r.state IN ('submitted', 'in_review')"
        f"  ORDER BY r.activity_at LIMIT {REVIEW_LIMIT}) AS review)",
        list(unit_ids),
        list(receiver_ids),
    )
