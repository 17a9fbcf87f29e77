"""SQL of what came back: changed checks, clashes, nominations whose hold has ended."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from core.eligibility.repository_checks import ALIVE
from core.kit import db

_NOMINATION = """n.id, n.subject_name, n.subject_kind, n.award, n.state, n.unit_id,
    u.name AS unit_name, r.name AS round_name, c.id AS check_id, c.outcome, c.trigger,
    c.checked_at, c.findings"""
_JOINS = """JOIN nomination n ON n.tenant_id = c.tenant_id AND n.id = c.nomination_id
    JOIN unit u ON u.tenant_id = n.tenant_id AND u.id = n.unit_id
    JOIN award_round r ON r.tenant_id = n.tenant_id AND r.id = n.round_id"""
_NEWEST = """NOT EXISTS (SELECT 1 FROM nomination_check k WHERE k.tenant_id = c.tenant_id
    AND k.nomination_id = c.nomination_id AND (k.checked_at, k.id) > (c.checked_at, c.id)
    AND ($5 OR k.is_changed))"""


async def changed(
    paths: Sequence[str], round_id: UUID | None, after: UUID | None, limit: int
) -> list[Any]:
    """Return the newest change of each nomination after it was sent, newest first."""
    return await db.fetch(
        f"""SELECT {_NOMINATION}, b.outcome AS outcome_before, b.findings AS findings_before
        FROM nomination_check c {_JOINS}
        LEFT JOIN LATERAL (SELECT k.outcome, k.findings FROM nomination_check k
            WHERE k.tenant_id = c.tenant_id AND k.nomination_id = c.nomination_id
                AND (k.checked_at, k.id) < (c.checked_at, c.id)
            ORDER BY k.checked_at DESC, k.id DESC LIMIT 1) b ON true
        WHERE c.is_changed AND c.trigger IN ('ratings', 'hold', 'asked', 'decision')
            AND u.path LIKE ANY ($1) AND ($2::uuid IS NULL OR n.round_id = $2)
            AND (n.state = ANY ($6) OR n.state = 'decided')
            AND ($3::uuid IS NULL OR (c.checked_at, c.id) <
                (SELECT a.checked_at, a.id FROM nomination_check a WHERE a.id = $3))
            AND {_NEWEST}
        ORDER BY c.checked_at DESC, c.id DESC LIMIT $4""",
        list(paths),
        round_id,
        after,
        limit,
        False,
        list(ALIVE),
    )


async def changed_now(nomination_ids: Sequence[UUID]) -> list[Any]:
    """Return, by round, how many of these a check of this transaction found changed.

    `contradicted` of them were decided and no longer fulfil a rule that shuts out.
    """
    return await db.fetch(
        """SELECT r.id, r.name, r.unit_id, count(DISTINCT n.id) AS changed, count(DISTINCT n.id)
            FILTER (WHERE n.state = 'decided' AND c.outcome = 'not_met') AS contradicted
        FROM nomination_check AS c
        JOIN nomination AS n ON n.tenant_id = c.tenant_id AND n.id = c.nomination_id
        JOIN award_round AS r ON r.tenant_id = n.tenant_id AND r.id = n.round_id
        WHERE c.nomination_id = ANY ($1) AND c.is_changed AND c.checked_at = official_now()
            AND (n.state = ANY ($2) OR n.state = 'decided')
        GROUP BY r.id, r.name, r.unit_id ORDER BY r.id""",
        list(nomination_ids),
        list(ALIVE),
    )


async def clashes(
    paths: Sequence[str], round_id: UUID | None, after: UUID | None, limit: int
) -> list[Any]:
    """Return nominations whose newest check shows a clash, newest first."""
    return await db.fetch(
        f"""SELECT {_NOMINATION} FROM nomination_check c {_JOINS}
        WHERE EXISTS (SELECT 1 FROM jsonb_array_elements(c.findings) f
                WHERE f->>'rule' LIKE 'conflict\\_%' AND f->>'state' <> 'met')
            AND u.path LIKE ANY ($1) AND ($2::uuid IS NULL OR n.round_id = $2)
            AND n.state = ANY ($6)
            AND ($3::uuid IS NULL OR (c.checked_at, c.id) <
                (SELECT a.checked_at, a.id FROM nomination_check a WHERE a.id = $3))
            AND {_NEWEST}
        ORDER BY c.checked_at DESC, c.id DESC LIMIT $4""",
        list(paths),
        round_id,
        after,
        limit,
        True,
        list(ALIVE),
    )


async def rounds(paths: Sequence[str]) -> list[Any]:
    """Return the rounds in which units of these branches have nominations, newest first."""
    return await db.fetch(
        "SELECT r.id, r.name FROM award_round r WHERE EXISTS (SELECT 1 FROM nomination n"
        " JOIN unit u ON u.tenant_id = n.tenant_id AND u.id = n.unit_id"
        " WHERE n.tenant_id = r.tenant_id AND n.round_id = r.id AND u.path LIKE ANY ($1))"
        " ORDER BY r.opened_at DESC, r.id DESC LIMIT 50",
        list(paths),
    )


async def of_round(paths: Sequence[str], round_id: UUID | None) -> list[UUID]:
    """Return the nominations on their way (of one round) in these branches."""
    rows = await db.fetch(
        "SELECT n.id FROM nomination n JOIN unit u ON u.tenant_id = n.tenant_id"
        " AND u.id = n.unit_id WHERE u.path LIKE ANY ($1)"
        " AND ($2::uuid IS NULL OR n.round_id = $2) AND n.state = ANY ($3) ORDER BY n.id",
        list(paths),
        round_id,
        list(ALIVE),
    )
    return [row["id"] for row in rows]


async def released() -> list[UUID]:
    """Return nominations on their way whose newest check is older than the end of a hold."""
    rows = await db.fetch(
        """SELECT DISTINCT n.id FROM subject_hold h
        JOIN nomination n ON n.tenant_id = h.tenant_id AND n.subject_id = h.subject_id
        WHERE n.state = ANY ($1) AND h.released_on
                <= (official_now() AT TIME ZONE 'Asia/Ho_Chi_Minh')::date
            AND (SELECT max(k.checked_at) FROM nomination_check k
                WHERE k.tenant_id = n.tenant_id AND k.nomination_id = n.id)
                < h.released_on::timestamp AT TIME ZONE 'Asia/Ho_Chi_Minh'
        ORDER BY n.id LIMIT 500""",
        list(ALIVE),
    )
    return [row["id"] for row in rows]
