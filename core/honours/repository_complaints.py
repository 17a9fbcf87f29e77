"""SQL of complaints and of the hold that one brings with it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from core.kit import db
from core.kit.ids import new_id

_ROW = """SELECT c.id, c.nomination_id, c.grant_id, c.unit_id, u.name AS unit_name,
    u.path AS unit_path, c.subject_name, coalesce(n.award, g.award) AS about, c.complainant,
    c.contact, c.body, c.received_on, c.due_on, c.state, c.hold_id, c.conclusion,
    coalesce(a.display_name, 'Hệ thống') AS recorded_by, c.recorded_at,
    coalesce(b.display_name, '') AS concluded_by, c.concluded_at
FROM complaint AS c JOIN unit AS u ON u.tenant_id = c.tenant_id AND u.id = c.unit_id
LEFT JOIN nomination AS n ON n.tenant_id = c.tenant_id AND n.id = c.nomination_id
LEFT JOIN award_grant AS g ON g.tenant_id = c.tenant_id AND g.id = c.grant_id
LEFT JOIN account AS a ON a.tenant_id = c.tenant_id AND a.id = c.recorded_by
LEFT JOIN account AS b ON b.tenant_id = c.tenant_id AND b.id = c.concluded_by"""


async def about_nomination(nomination_id: UUID) -> Any | None:
    """Return whom a nomination is about and whose round considers it, or None."""
    return await db.fetchrow(
        """SELECT n.subject_name, n.award, r.unit_id, u.path FROM nomination AS n
        JOIN award_round AS r ON r.tenant_id = n.tenant_id AND r.id = n.round_id
        JOIN unit AS u ON u.tenant_id = r.tenant_id AND u.id = r.unit_id
        WHERE n.id = $1 AND n.state <> 'draft'""",
        nomination_id,
    )


async def about_grant(grant_id: UUID) -> Any | None:
    """Return whom an award is about and who decided it (else who keeps it), or None."""
    return await db.fetchrow(
        """SELECT g.subject_name, g.award, u.id AS unit_id, u.path FROM award_grant AS g
        LEFT JOIN award_decision AS d ON d.tenant_id = g.tenant_id AND d.id = g.decision_id
        JOIN unit AS u ON u.tenant_id = g.tenant_id AND u.id = coalesce(d.unit_id, g.unit_id)
        WHERE g.id = $1""",
        grant_id,
    )


async def insert(
    *, nomination_id: UUID | None, grant_id: UUID | None, unit_id: UUID, subject_name: str,
    complainant: str, contact: str, body: str, received_on: date, due_on: date,
    account_id: UUID | None,
) -> UUID:  # fmt: skip
    """Write a complaint; return its id."""
    made = new_id()
    await db.execute(
        """INSERT INTO complaint (id, nomination_id, grant_id, unit_id, subject_name, complainant,
            contact, body, received_on, due_on, recorded_by, recorded_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, official_now())""",
        made, nomination_id, grant_id, unit_id, subject_name, complainant, contact, body,
        received_on, due_on, account_id,
    )  # fmt: skip
    return made


async def page(patterns: Sequence[str], state: str, after: UUID | None, limit: int) -> list[Any]:
    """Return one page of complaints, the newest first."""
    return await db.fetch(
        f"""{_ROW} WHERE u.path LIKE ANY($1) AND ($2 = '' OR c.state = $2)
            AND ($3::uuid IS NULL OR c.id < $3) ORDER BY c.id DESC LIMIT $4""",
        list(patterns),
        state,
        after,
        limit,
    )


async def one(complaint_id: UUID) -> Any | None:
    """Return a complaint, or None."""
    return await db.fetchrow(f"{_ROW} WHERE c.id = $1", complaint_id)


async def verify(
    complaint_id: UUID, reason: str, day: date, account_id: UUID | None
) -> UUID | None:
    """Begin to verify, hold the subject and return its id; None when it is not just received."""
    hold_id = new_id()
    locked = await db.fetchval(
        "SELECT id FROM complaint WHERE id = $1 AND state = 'received' FOR UPDATE", complaint_id
    )
    if locked is None:
        return None
    await db.execute(
        """SELECT n.id FROM nomination AS n WHERE n.subject_id IN (
            SELECT m.subject_id FROM complaint AS c JOIN nomination AS m ON m.id = c.nomination_id
            WHERE c.id = $1 UNION ALL
            SELECT g.subject_id FROM complaint AS c JOIN award_grant AS g ON g.id = c.grant_id
            WHERE c.id = $1) ORDER BY n.id FOR UPDATE""",
        complaint_id,
    )
    held: UUID | None = await db.fetchval(
        """INSERT INTO subject_hold (id, subject_id, unit_id, person_id, other_id, kind, reason,
            from_on, made_by, made_at)
        SELECT $2, x.subject_id, x.subject_unit_id, x.subject_person_id, x.subject_other_id,
            'complaint', $3, $4, $5, official_now()
        FROM complaint AS c CROSS JOIN LATERAL (
            SELECT subject_id, subject_unit_id, subject_person_id, subject_other_id
            FROM nomination AS n WHERE n.id = c.nomination_id
            UNION ALL
            SELECT subject_id, subject_unit_id, subject_person_id, subject_other_id
            FROM award_grant AS g WHERE g.id = c.grant_id) AS x
        WHERE c.id = $1 LIMIT 1 RETURNING subject_id""",
        complaint_id, hold_id, reason, day, account_id,
    )  # fmt: skip
    await db.execute(
        "UPDATE complaint SET state = 'verifying', hold_id = $2 WHERE id = $1",
        complaint_id,
        hold_id,
    )
    return held


async def conclude(
    complaint_id: UUID, state: str, conclusion: str, day: date, account_id: UUID | None
) -> bool:
    """Conclude what is being verified and release the hold; False when it is not verified."""
    hold_id = await db.fetchval(
        """UPDATE complaint SET state = $2, conclusion = $3, concluded_by = $4,
            concluded_at = official_now() WHERE id = $1 AND state = 'verifying'
        RETURNING hold_id""",
        complaint_id, state, conclusion, account_id,
    )  # fmt: skip
    if hold_id is None:
        return False
    await db.execute(
        "UPDATE subject_hold SET released_on = $2, release_note = $3, released_by = $4"
        " WHERE id = $1 AND released_on IS NULL",
        hold_id, day, conclusion[:300], account_id,
    )  # fmt: skip
    return True
