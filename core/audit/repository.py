"""SQL of the trail: one query for a page, newest first, along an index."""

from __future__ import annotations

from typing import Any

from core.audit.schemas import Search
from core.kit import db

NOBODY = "he-thong"


async def search(asked: Search, pattern: str, after: int | None, limit: int) -> list[Any]:
    """Return events with the name of who acted. `pattern`: the person, for LIKE."""
    conditions: list[str] = []
    values: list[Any] = []

    def where(condition: str, value: Any) -> None:
        values.append(value)
        conditions.append(condition.replace("?", f"${len(values)}"))

    if asked.person == NOBODY:
        conditions.append("e.actor_id IS NULL")
    elif pattern:
        where("e.actor_id IN (SELECT id FROM account WHERE search_name LIKE ?)", pattern)
    if asked.table:
        where("e.table_name = ?", asked.table)
    if asked.action:
        where("e.action = ?", asked.action)
    if asked.record:
        where("e.row_id = ?", asked.record)
    if asked.start:
        where("e.at >= (?::date)::timestamp AT TIME ZONE 'Asia/Ho_Chi_Minh'", asked.start)
    if asked.end:
        where("e.at < (?::date + 1)::timestamp AT TIME ZONE 'Asia/Ho_Chi_Minh'", asked.end)
    if after is not None:
        where(
            "(e.at, e.seq) < (SELECT c.at, c.seq FROM audit_event c WHERE c.seq = ? LIMIT 1)", after
        )
    values.append(limit)
    return await db.fetch(
        "SELECT e.seq, e.at, e.actor_id, e.reason, e.table_name, e.row_id, e.action, e.changes,"
        " e.hash, a.display_name, a.username"
        " FROM audit_event e LEFT JOIN account a ON a.tenant_id = e.tenant_id AND a.id = e.actor_id"
        f"{' WHERE ' if conditions else ''}{' AND '.join(conditions)}"
        f" ORDER BY e.at DESC, e.seq DESC LIMIT ${len(values)}",
        *values,
    )
