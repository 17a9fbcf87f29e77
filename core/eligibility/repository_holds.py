"""SQL of holds."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from core.eligibility.repository_subjects import COLUMN
from core.kit import db
from core.kit.ids import new_id

_TODAY = "(official_now() AT TIME ZONE 'Asia/Ho_Chi_Minh')::date"
_ROW = """SELECT h.id, h.subject_id, coalesce(p.full_name, u.name, x.name) AS name,
    w.name AS unit_name, w.path, h.kind, h.reason, h.file_id, h.from_on, h.released_on,
    h.release_note, h.counts_from, coalesce(a.display_name, 'Hệ thống') AS made_by, h.made_at,
    coalesce(b.display_name, '') AS released_by
FROM subject_hold h
LEFT JOIN unit u ON u.tenant_id = h.tenant_id AND u.id = h.unit_id
LEFT JOIN person p ON p.tenant_id = h.tenant_id AND p.id = h.person_id
LEFT JOIN other_subject x ON x.tenant_id = h.tenant_id AND x.id = h.other_id
LEFT JOIN account a ON a.tenant_id = h.tenant_id AND a.id = h.made_by
LEFT JOIN account b ON b.tenant_id = h.tenant_id AND b.id = h.released_by
JOIN unit w ON w.tenant_id = h.tenant_id AND w.id = coalesce(h.unit_id, p.unit_id, x.unit_id)"""


async def page(
    paths: Sequence[str], pattern: str, over: bool, after: UUID | None, limit: int
) -> list[Any]:
    """Return one page of holds that last, or that are over; newest first."""
    return await db.fetch(
        f"""{_ROW} WHERE w.path LIKE ANY ($1)
            AND ($2 = '' OR coalesce(p.search_name, u.search_name, x.search_name) LIKE $2)
            AND (h.released_on IS NOT NULL AND h.released_on <= {_TODAY}) = $3
            AND ($4::uuid IS NULL OR (h.made_at, h.id) <
                (SELECT l.made_at, l.id FROM subject_hold l WHERE l.id = $4))
        ORDER BY h.made_at DESC, h.id DESC LIMIT $5""",
        list(paths),
        pattern,
        over,
        after,
        limit,
    )


async def of_subject(subject_id: UUID) -> list[Any]:
    """Return the holds on a subject, newest first."""
    return await db.fetch(
        f"{_ROW} WHERE h.subject_id = $1 ORDER BY h.made_at DESC, h.id DESC", subject_id
    )


async def hold(hold_id: UUID) -> Any | None:
    """Return one hold."""
    return await db.fetchrow(f"{_ROW} WHERE h.id = $1", hold_id)


async def lock_subject(subject_id: UUID) -> None:
    """Lock what is proposed for a subject, by ids, so that a hold and a decision do not pass by."""
    await db.execute(
        "SELECT id FROM nomination WHERE subject_id = $1 ORDER BY id FOR UPDATE", subject_id
    )


async def insert(
    kind: str,
    subject_id: UUID,
    values: dict[str, Any],
    file_id: UUID | None,
    account_id: UUID | None,
) -> None:
    """Write a hold on a unit, a person or somebody else."""
    await db.execute(
        f"INSERT INTO subject_hold (id, subject_id, {COLUMN[kind]}, kind, reason, from_on,"
        " file_id, made_by, made_at) VALUES ($1, $2, $2, $3, $4, $5, $6, $7, official_now())",
        new_id(),
        subject_id,
        values["kind"],
        values["reason"],
        values["from_on"],
        file_id,
        account_id,
    )


async def release(
    hold_id: UUID,
    released_on: date | None,
    note: str,
    counts_from: date | None,
    account_id: UUID | None,
) -> None:
    """Write when a hold is over, and from when achievement counts."""
    await db.execute(
        "UPDATE subject_hold SET released_on = $2, release_note = $3, counts_from = $4,"
        " released_by = $5 WHERE id = $1",
        hold_id,
        released_on,
        note,
        counts_from,
        account_id,
    )
