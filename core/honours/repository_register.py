"""SQL of the register."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from core.honours.schemas_register import Filters, Line
from core.kit import db
from core.kit.i18n import fold
from core.kit.ids import new_id

ROW = """SELECT g.id, g.subject_kind, g.subject_name, g.subject_title, g.subject_unit_name,
    g.subject_unit_id, g.subject_person_id, g.award, g.award_kind, g.issuer, g.occasion, g.year,
    g.achievement, g.decision_number, g.decision_id, g.decided_on, g.gold_book_number,
    g.is_thematic, g.state, g.source, g.prize_amount, u.id AS held_unit_id,
    u.name AS held_unit_name, u.path AS held_path
FROM award_grant AS g JOIN unit AS u ON u.tenant_id = g.tenant_id AND u.id = g.unit_id"""
_LINE = """WITH RECURSIVE line (id, name, on_day) AS (
    SELECT $1::uuid, ''::text, NULL::date
    UNION
    SELECT s.unit_id, s.old_name, s.effective_on FROM unit_succession AS s
    JOIN line AS l ON s.successor_id = l.id AND s.unit_id <> l.id WHERE s.kind = 'merge')"""


async def page(
    patterns: Sequence[str], filters: Filters, pattern: str, after: UUID | None, limit: int
) -> list[Any]:
    """Return one page of the awards kept under these paths, the newest decision first."""
    return await db.fetch(
        f"""{ROW} WHERE u.path LIKE ANY($1)
            AND ($2 = '' OR g.search_name LIKE $2 OR u.search_name LIKE $2
                OR fold(g.decision_number) LIKE $2)
            AND ($3 = 0 OR g.year = $3) AND ($4 = '' OR g.award_kind = $4)
            AND ($5 = '' OR g.subject_kind = $5) AND ($6 = '' OR g.state = $6)
            AND ($7::uuid IS NULL OR g.unit_id = $7)
            AND ($8::uuid IS NULL OR (g.decided_on, g.id) < (
                SELECT c.decided_on, c.id FROM award_grant AS c WHERE c.id = $8))
        ORDER BY g.decided_on DESC, g.id DESC LIMIT $9""",
        list(patterns), pattern, filters.year, filters.award_kind, filters.subject_kind,
        filters.state, filters.unit_id, after, limit,
    )  # fmt: skip


async def facets(patterns: Sequence[str]) -> Any:
    """Return years and kinds of awards under these paths (one statement)."""
    return await db.fetchrow(
        """SELECT coalesce(array_agg(DISTINCT g.year ORDER BY g.year DESC), '{}') AS years,
            coalesce(array_agg(DISTINCT g.award_kind) FILTER (WHERE g.award_kind <> ''), '{}')
                AS kinds
        FROM award_grant AS g JOIN unit AS u ON u.tenant_id = g.tenant_id AND u.id = g.unit_id
        WHERE u.path LIKE ANY($1)""",
        list(patterns),
    )


async def grant(grant_id: UUID) -> Any | None:
    """Return one award, or None."""
    return await db.fetchrow(f"{ROW} WHERE g.id = $1", grant_id)


async def person(person_id: UUID) -> Any | None:
    """Return a person with today's unit, or None."""
    return await db.fetchrow(
        """SELECT p.id, p.full_name AS name, p.job_title AS title, u.id AS unit_id,
            u.name AS unit_name, u.path
        FROM person AS p JOIN unit AS u ON u.tenant_id = p.tenant_id AND u.id = p.unit_id
        WHERE p.id = $1""",
        person_id,
    )


async def unit(unit_id: UUID) -> Any | None:
    """Return a unit, or None."""
    return await db.fetchrow(
        "SELECT id, name, '' AS title, id AS unit_id, name AS unit_name, path FROM unit"
        " WHERE id = $1",
        unit_id,
    )


async def of_person(person_id: UUID, limit: int) -> list[Any]:
    """Return a person's awards, the newest first."""
    return await db.fetch(
        f"{ROW} WHERE g.subject_person_id = $1 ORDER BY g.decided_on DESC, g.id DESC LIMIT $2",
        person_id,
        limit,
    )


async def of_unit(unit_id: UUID, limit: int) -> list[Any]:
    """Return the awards of a unit and of those that were merged into it, the newest first."""
    return await db.fetch(
        f"""{_LINE} {ROW} WHERE g.subject_unit_id IN (SELECT id FROM line)
        ORDER BY g.decided_on DESC, g.id DESC LIMIT $2""",
        unit_id,
        limit,
    )


async def merged_into(unit_id: UUID) -> list[Any]:
    """Return the units that were merged into one, with the day, and the awards of all people."""
    return await db.fetch(
        f"""{_LINE} SELECT l.id, l.name, l.on_day, (SELECT count(*) FROM award_grant AS g
            WHERE g.unit_id = l.id AND g.subject_kind <> 'collective') AS of_people
        FROM line AS l ORDER BY l.on_day DESC NULLS FIRST""",
        unit_id,
    )


async def units() -> list[Any]:
    """Return every unit that an imported list may name."""
    return await db.fetch("SELECT id, code, name, path FROM unit")


async def people(names: Sequence[str]) -> list[Any]:
    """Return the people with these folded names."""
    return await db.fetch(
        """SELECT p.id, p.full_name, p.job_title, p.search_name, u.id AS unit_id,
            u.name AS unit_name, u.path
        FROM person AS p JOIN unit AS u ON u.tenant_id = p.tenant_id AND u.id = p.unit_id
        WHERE p.search_name = ANY($1)""",
        list(names),
    )


async def known(subject_ids: Sequence[UUID]) -> list[Any]:
    """Return what identifies the awards that these subjects have."""
    return await db.fetch(
        "SELECT subject_id, award, decision_number, decided_on FROM award_grant"
        " WHERE subject_id = ANY($1)",
        list(subject_ids),
    )


async def lock_import() -> None:
    """Let one person at a time import awards, until the transaction ends."""
    await db.execute(
        "SELECT pg_advisory_xact_lock(hashtextextended('honours.import:'"
        " || current_setting('app.tenant_id'), 0))"
    )


async def insert_imported(lines: Sequence[Line], file_id: UUID) -> None:
    """Write awards of earlier years."""
    await db.executemany(
        """INSERT INTO award_grant (id, unit_id, subject_kind, subject_id, subject_unit_id,
            subject_person_id, subject_name, subject_title, subject_unit_name, award, award_kind,
            issuer, year, achievement, decision_number, decided_on, is_thematic, source, file_id,
            search_name, granted_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17,
            'import', $18, $19, official_now())""",
        [_values(line, file_id) for line in lines],
    )


def _values(line: Line, file_id: UUID) -> tuple[Any, ...]:
    cells, is_person = line.cells, line.person_id is not None
    day: date | None = line.decided_on
    return (
        new_id(), line.unit_id, "individual" if is_person else "collective", line.subject_id,
        None if is_person else line.unit_id, line.person_id, line.name, line.title,
        line.unit_name if is_person else "", cells["award"], line.award_kind,
        cells.get("issuer", ""), line.year, cells.get("achievement", ""), cells["number"], day,
        line.is_thematic, file_id, fold(line.name),
    )  # fmt: skip
