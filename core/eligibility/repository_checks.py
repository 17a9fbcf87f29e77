"""SQL of a check: one statement for each kind of fact, however many nominations there are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from core.kit import db

_VN = "AT TIME ZONE 'Asia/Ho_Chi_Minh'"
ALIVE = ("sent", "received", "returned", "appraisal", "council", "submitted", "forwarded")
ENDINGS = "('merge', 'split', 'close')"


async def candidates(nomination_ids: Sequence[UUID]) -> list[Any]:
    """Return nominations with their round, their law day and the newest check."""
    return await db.fetch(
        f"""SELECT n.id, n.list_id, n.round_id, r.name AS round_name, n.unit_id,
            u.path AS unit_path, n.subject_kind, n.subject_id, n.subject_name, n.rung_key, n.award,
            n.award_kind, n.occasion, n.year, n.state, n.edition_id, r.period_from, r.period_to,
            (coalesce(n.received_at, n.sent_at, official_now()) {_VN})::date AS on,
            (official_now() {_VN})::date AS today,
            c.outcome AS last_outcome, c.findings AS last_findings
        FROM nomination n
        JOIN award_round r ON r.tenant_id = n.tenant_id AND r.id = n.round_id
        JOIN unit u ON u.tenant_id = n.tenant_id AND u.id = n.unit_id
        LEFT JOIN LATERAL (SELECT k.outcome, k.findings FROM nomination_check k
            WHERE k.tenant_id = n.tenant_id AND k.nomination_id = n.id
            ORDER BY k.checked_at DESC, k.id DESC LIMIT 1) c ON true
        WHERE n.id = ANY ($1) ORDER BY n.id""",
        list(nomination_ids),
    )


async def ratings(subject_ids: Sequence[UUID], first: int, last: int) -> list[Any]:
    """Return the ratings of subjects between two years."""
    return await db.fetch(
        "SELECT subject_id, year, scope, rating, state = 'official' AS is_official, basis"
        " FROM official_rating WHERE subject_id = ANY ($1) AND year BETWEEN $2 AND $3",
        list(subject_ids),
        first,
        last,
    )


async def declared(subject_ids: Sequence[UUID], last: int) -> list[Any]:
    """Return the declared facts of subjects up to a year, newest first."""
    return await db.fetch(
        "SELECT subject_id, year, key, value, source FROM subject_fact"
        " WHERE subject_id = ANY ($1) AND year <= $2 ORDER BY year DESC",
        list(subject_ids),
        last,
    )


async def holds(subject_ids: Sequence[UUID]) -> list[Any]:
    """Return the holds on subjects, without their reasons."""
    return await db.fetch(
        "SELECT subject_id, kind, from_on, released_on, counts_from FROM subject_hold"
        " WHERE subject_id = ANY ($1)",
        list(subject_ids),
    )


async def ideas(nomination_ids: Sequence[UUID], subject_ids: Sequence[UUID]) -> list[Any]:
    """Return initiatives: those named in nominations, and those of people and units."""
    return await db.fetch(
        """SELECT x.owner, x.is_attached, i.id, i.name, i.year, i.level,
            i.certificate_number AS certificate
        FROM (SELECT nomination_id AS owner, initiative_id, true AS is_attached
                FROM nomination_initiative WHERE nomination_id = ANY ($1)
            UNION ALL SELECT person_id, initiative_id, false FROM initiative_author
                WHERE person_id = ANY ($2)
            UNION ALL SELECT unit_id, id, false FROM initiative WHERE unit_id = ANY ($2)) x
        JOIN initiative i ON i.id = x.initiative_id ORDER BY i.year, i.id""",
        list(nomination_ids),
        list(subject_ids),
    )


async def uses(nomination_ids: Sequence[UUID]) -> list[Any]:
    """Return who else rests on the initiatives of these nominations."""
    return await db.fetch(
        """SELECT m.nomination_id, o.id, i.name AS initiative, o.subject_id, o.subject_name,
            o.award, o.award_kind, o.round_id, r.name AS round_name, o.state,
            coalesce(g.decision_number, '') AS decision_number, g.decided_on
        FROM nomination_initiative m
        JOIN nomination_initiative x ON x.tenant_id = m.tenant_id
            AND x.initiative_id = m.initiative_id AND x.nomination_id <> m.nomination_id
        JOIN nomination o ON o.tenant_id = x.tenant_id AND o.id = x.nomination_id
        JOIN award_round r ON r.tenant_id = o.tenant_id AND r.id = o.round_id
        JOIN initiative i ON i.tenant_id = m.tenant_id AND i.id = m.initiative_id
        LEFT JOIN award_grant g ON g.tenant_id = o.tenant_id AND g.nomination_id = o.id
            AND g.state = 'in_force'
        WHERE m.nomination_id = ANY ($1) AND (o.state = ANY ($2) OR o.state = 'decided')
        ORDER BY o.id""",
        list(nomination_ids),
        list(ALIVE),
    )


async def lineage(unit_ids: Sequence[UUID]) -> list[Any]:
    """Return the units that were merged into these, however many steps ago."""
    return await db.fetch(
        """WITH RECURSIVE before AS (
            SELECT s.successor_id AS subject_id, s.unit_id FROM unit_succession s
            WHERE s.kind = 'merge' AND s.successor_id = ANY ($1)
            UNION
            SELECT b.subject_id, s.unit_id FROM before b
            JOIN unit_succession s ON s.kind = 'merge' AND s.successor_id = b.unit_id
        ) SELECT subject_id, unit_id FROM before""",
        list(unit_ids),
    )


async def ended(unit_ids: Sequence[UUID]) -> list[Any]:
    """Return those of the units that are no more, with how they ended."""
    return await db.fetch(
        f"""SELECT u.id, coalesce(s.kind, 'close') AS kind, s.effective_on,
            coalesce(s.new_name, '') AS successor
        FROM unit u LEFT JOIN LATERAL (SELECT x.kind, x.effective_on, x.new_name
            FROM unit_succession x WHERE x.tenant_id = u.tenant_id AND x.unit_id = u.id
                AND x.kind IN {ENDINGS} ORDER BY x.made_at DESC, x.id DESC LIMIT 1) s ON true
        WHERE u.id = ANY ($1) AND NOT u.is_active""",
        list(unit_ids),
    )


async def grants(subject_ids: Sequence[UUID]) -> list[Any]:
    """Return the awards in force of subjects, newest first."""
    return await db.fetch(
        "SELECT subject_id, nomination_id, award, award_kind, occasion, year, period_from,"
        " period_to, decision_number, decided_on, is_thematic, subject_name FROM award_grant"
        " WHERE subject_id = ANY ($1) AND state = 'in_force' ORDER BY decided_on DESC, id DESC",
        list(subject_ids),
    )


async def others(subject_ids: Sequence[UUID]) -> list[Any]:
    """Return the nominations of subjects that are on their way, whoever proposed them."""
    return await db.fetch(
        """SELECT n.subject_id, n.id, n.round_id, r.name AS round_name, n.award,
            u.name AS unit_name, l.letter_number, l.letter_date, r.period_from, r.period_to
        FROM nomination n
        JOIN award_round r ON r.tenant_id = n.tenant_id AND r.id = n.round_id
        JOIN nomination_list l ON l.tenant_id = n.tenant_id AND l.id = n.list_id
        JOIN unit u ON u.tenant_id = n.tenant_id AND u.id = n.unit_id
        WHERE n.subject_id = ANY ($1) AND n.state = ANY ($2) ORDER BY n.id""",
        list(subject_ids),
        list(ALIVE),
    )


async def counts(round_ids: Sequence[UUID]) -> list[Any]:
    """Return how many nominations each rung has in these rounds."""
    return await db.fetch(
        "SELECT round_id, rung_key, count(*) FILTER (WHERE state = ANY ($2)) AS alive,"
        " count(*) FILTER (WHERE state = 'decided') AS decided"
        " FROM nomination WHERE round_id = ANY ($1) GROUP BY round_id, rung_key",
        list(round_ids),
        list(ALIVE),
    )


async def shares(unit_ids: Sequence[UUID], years: Sequence[int]) -> list[Any]:
    """Return for each unit and year its people, and how many have titles and a good rating."""
    return await db.fetch(
        """SELECT w.unit_id, w.year, count(*) AS people,
            count(*) FILTER (WHERE EXISTS (SELECT 1 FROM award_grant g
                WHERE g.tenant_id = p.tenant_id AND g.subject_id = p.id AND g.year = w.year
                    AND g.state = 'in_force' AND NOT g.is_thematic
                    AND g.award_kind IN ('good_worker', 'base_title'))) AS good_workers,
            count(*) FILTER (WHERE EXISTS (SELECT 1 FROM award_grant g
                WHERE g.tenant_id = p.tenant_id AND g.subject_id = p.id AND g.year = w.year
                    AND g.state = 'in_force' AND NOT g.is_thematic
                    AND g.award_kind = 'base_title')) AS base_titles,
            count(*) FILTER (WHERE EXISTS (SELECT 1 FROM official_rating o
                WHERE o.tenant_id = p.tenant_id AND o.subject_id = p.id AND o.year = w.year
                    AND o.state = 'official' AND o.rating <> 'not_completed')) AS completed
        FROM (SELECT DISTINCT * FROM unnest($1::uuid[], $2::int[]) AS t (unit_id, year)) w
        JOIN unit top ON top.id = w.unit_id
        JOIN unit u ON u.tenant_id = top.tenant_id AND u.path LIKE top.path || '%'
        JOIN person p ON p.tenant_id = u.tenant_id AND p.unit_id = u.id
        GROUP BY w.unit_id, w.year""",
        list(unit_ids),
        list(years),
    )


async def store(rows: Sequence[Sequence[Any]]) -> None:
    """Write checks: (id, nomination_id, trigger, outcome, findings, is_changed, account_id)."""
    await db.executemany(
        "INSERT INTO nomination_check (id, nomination_id, trigger, outcome, findings, is_changed,"
        " checked_by, checked_at) VALUES ($1, $2, $3, $4, $5, $6, $7, official_now())",
        rows,
    )


async def mark(nomination_ids: Sequence[UUID], outcomes: Sequence[str]) -> None:
    """Write the newest outcome on nominations that are not decided yet."""
    await db.execute(
        "UPDATE nomination AS n SET eligibility = m.outcome"
        " FROM unnest($1::uuid[], $2::text[]) AS m (id, outcome) WHERE n.id = m.id"
        " AND n.state NOT IN ('decided', 'revoked') AND n.eligibility <> m.outcome",
        list(nomination_ids),
        list(outcomes),
    )


async def newest(nomination_id: UUID) -> Any | None:
    """Return the newest check of a nomination with the paths that may read it."""
    return await db.fetchrow(
        """SELECT n.id AS nomination_id, n.state, u.path AS unit_path, c.outcome, c.trigger,
            c.checked_at, c.findings
        FROM nomination n JOIN unit u ON u.tenant_id = n.tenant_id AND u.id = n.unit_id
        LEFT JOIN LATERAL (SELECT k.outcome, k.trigger, k.checked_at, k.findings
            FROM nomination_check k WHERE k.tenant_id = n.tenant_id AND k.nomination_id = n.id
            ORDER BY k.checked_at DESC, k.id DESC LIMIT 1) c ON true
        WHERE n.id = $1""",
        nomination_id,
    )


async def of_subjects(subject_ids: Sequence[UUID]) -> list[UUID]:
    """Return the nominations of subjects that are on their way or decided."""
    rows = await db.fetch(
        "SELECT id FROM nomination WHERE subject_id = ANY ($1)"
        " AND (state = ANY ($2) OR state = 'decided') ORDER BY id",
        list(subject_ids),
        list(ALIVE),
    )
    return [row["id"] for row in rows]


async def still_there(nomination_ids: Sequence[UUID]) -> list[UUID]:
    """Return those of the nominations that are on their way or decided."""
    rows = await db.fetch(
        "SELECT id FROM nomination WHERE id = ANY ($1)"
        " AND (state = ANY ($2) OR state = 'decided') ORDER BY id",
        list(nomination_ids),
        list(ALIVE),
    )
    return [row["id"] for row in rows]
