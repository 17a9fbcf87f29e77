"""SQL of public lists and opinions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from core.kit import db
from core.kit.ids import new_id

_FREE = """n.state = 'submitted' AND NOT EXISTS (SELECT FROM consultation_entry AS e
    WHERE e.tenant_id = n.tenant_id AND e.nomination_id = n.id)"""
_VIEW = """SELECT c.id, c.round_id, r.name AS round_name, c.unit_id, u.name AS unit_name,
    u.path AS unit_path, c.code, c.title, c.opens_on, c.closes_on, c.working_days, c.legal_basis,
    coalesce(a.display_name, 'Hệ thống') AS published_by, c.published_at
FROM consultation AS c
JOIN award_round AS r ON r.tenant_id = c.tenant_id AND r.id = c.round_id
JOIN unit AS u ON u.tenant_id = c.tenant_id AND u.id = c.unit_id
LEFT JOIN account AS a ON a.tenant_id = c.tenant_id AND a.id = c.published_by"""


async def rounds(patterns: Sequence[str]) -> list[Any]:
    """Return the rounds in which somebody waits to be published."""
    return await db.fetch(
        f"""SELECT r.id, r.name, u.name AS unit_name, count(n.id) AS waiting
        FROM award_round AS r JOIN unit AS u ON u.tenant_id = r.tenant_id AND u.id = r.unit_id
        JOIN nomination AS n ON n.tenant_id = r.tenant_id AND n.round_id = r.id
        WHERE u.path LIKE ANY($1) AND {_FREE}
        GROUP BY r.id, r.name, u.name ORDER BY r.id DESC LIMIT 50""",
        list(patterns),
    )


async def round_path(round_id: UUID) -> Any | None:
    """Return a round's unit and its path, locked until the transaction ends; or None."""
    return await db.fetchrow(
        """SELECT r.id, r.name, r.unit_id, u.path FROM award_round AS r
        JOIN unit AS u ON u.tenant_id = r.tenant_id AND u.id = r.unit_id
        WHERE r.id = $1 FOR NO KEY UPDATE OF r""",
        round_id,
    )


async def insert(
    *, consultation_id: UUID, round_id: UUID, unit_id: UUID, code: str, title: str,
    opens_on: date, closes_on: date, working_days: int, legal_basis: str, account_id: UUID | None,
) -> int:  # fmt: skip
    """Publish all that wait in a round; return how many."""
    await db.execute(
        """INSERT INTO consultation (id, round_id, unit_id, code, title, opens_on, closes_on,
            working_days, legal_basis, published_by, published_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, official_now())""",
        consultation_id, round_id, unit_id, code, title, opens_on, closes_on, working_days,
        legal_basis, account_id,
    )  # fmt: skip
    tag = await db.execute(
        f"""INSERT INTO consultation_entry (id, consultation_id, nomination_id, position,
            subject_name, subject_title, subject_unit_name, award)
        SELECT gen_random_uuid(), $1, n.id, row_number() OVER (
                ORDER BY n.award, n.subject_kind <> 'collective', n.subject_kind, n.sort_key, n.id),
            n.subject_name, CASE WHEN n.subject_kind = 'individual' THEN n.subject_title ELSE ''
                END, n.subject_unit_name, n.award
        FROM nomination AS n WHERE n.round_id = $2 AND {_FREE}""",
        consultation_id,
        round_id,
    )
    return int(tag.rpartition(" ")[2])


async def listed(patterns: Sequence[str]) -> list[Any]:
    """Return the newest consultations of units under these paths."""
    return await db.fetch(
        """SELECT c.id, c.code, c.title, r.name AS round_name, u.name AS unit_name, c.opens_on,
            c.closes_on, count(DISTINCT e.id) AS entries, count(o.id) AS opinions,
            count(o.id) FILTER (WHERE o.stance = 'objection') AS objections
        FROM consultation AS c
        JOIN award_round AS r ON r.tenant_id = c.tenant_id AND r.id = c.round_id
        JOIN unit AS u ON u.tenant_id = c.tenant_id AND u.id = c.unit_id
        LEFT JOIN consultation_entry AS e ON e.tenant_id = c.tenant_id AND e.consultation_id = c.id
        LEFT JOIN opinion AS o ON o.tenant_id = e.tenant_id AND o.entry_id = e.id
        WHERE u.path LIKE ANY($1)
        GROUP BY c.id, c.code, c.title, r.name, u.name, c.opens_on, c.closes_on
        ORDER BY c.id DESC LIMIT 100""",
        list(patterns),
    )


async def one(consultation_id: UUID) -> Any | None:
    """Return a consultation, or None."""
    return await db.fetchrow(f"{_VIEW} WHERE c.id = $1", consultation_id)


async def by_code(code: str) -> Any | None:
    """Return the consultation with this address, or None."""
    return await db.fetchrow(f"{_VIEW} WHERE c.code = $1", code)


async def open_on(day: date) -> list[Any]:
    """Return the consultations that are open on a day, the next to close first."""
    return await db.fetch(
        f"{_VIEW} WHERE $1 BETWEEN c.opens_on AND c.closes_on ORDER BY c.closes_on, c.id LIMIT 50",
        day,
    )


async def entries(consultation_id: UUID, *, is_public: bool = False) -> list[Any]:
    """Return a list in its order; the public reads nobody who was withdrawn or refused since."""
    return await db.fetch(
        """SELECT e.id, e.nomination_id, e.position, e.subject_name AS name,
            e.subject_title AS title, e.subject_unit_name AS unit_name, e.award
        FROM consultation_entry AS e
        JOIN nomination AS n ON n.tenant_id = e.tenant_id AND n.id = e.nomination_id
        WHERE e.consultation_id = $1
            AND (NOT $2 OR n.state IN ('submitted', 'decided', 'forwarded'))
        ORDER BY e.position""",
        consultation_id,
        is_public,
    )


async def opinions(consultation_id: UUID) -> list[Any]:
    """Return what was said to a list, in the order in which it came."""
    return await db.fetch(
        """SELECT o.id, o.entry_id, o.stance, o.channel, o.author_name, o.body, o.received_at
        FROM opinion AS o JOIN consultation_entry AS e ON e.tenant_id = o.tenant_id
            AND e.id = o.entry_id
        WHERE e.consultation_id = $1 ORDER BY o.received_at, o.id LIMIT 1000""",
        consultation_id,
    )


async def add_opinion(
    *, entry_id: UUID, stance: str, channel: str, author_name: str, body: str,
    account_id: UUID | None,
) -> UUID:  # fmt: skip
    """Write an opinion; return its id."""
    made = new_id()
    await db.execute(
        """INSERT INTO opinion (id, entry_id, stance, channel, author_name, body, account_id,
            received_at) VALUES ($1, $2, $3, $4, $5, $6, $7, official_now())""",
        made, entry_id, stance, channel, author_name, body, account_id,
    )  # fmt: skip
    return made
