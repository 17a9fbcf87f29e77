"""SQL of yearly ratings: the list, one rating, and many at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from core.kit import db
from core.kit.ids import new_id

_ROW = """SELECT o.id, o.subject_id, o.year, o.scope, o.rating, o.state, o.basis, o.file_id,
    o.recorded_at, coalesce(a.display_name, 'Hệ thống') AS recorded_by,
    coalesce(p.full_name, u.name, x.name) AS name, w.name AS unit_name
FROM official_rating o
LEFT JOIN unit u ON u.tenant_id = o.tenant_id AND u.id = o.unit_id
LEFT JOIN person p ON p.tenant_id = o.tenant_id AND p.id = o.person_id
LEFT JOIN other_subject x ON x.tenant_id = o.tenant_id AND x.id = o.other_id
LEFT JOIN account a ON a.tenant_id = o.tenant_id AND a.id = o.recorded_by
JOIN unit w ON w.tenant_id = o.tenant_id AND w.id = coalesce(o.unit_id, p.unit_id, x.unit_id)"""


async def page(
    paths: Sequence[str],
    pattern: str,
    year: int | None,
    state: str,
    scope: str,
    after: UUID | None,
    limit: int,
) -> list[Any]:
    """Return one page of ratings, the newest year first, then as they were recorded."""
    return await db.fetch(
        f"""{_ROW} WHERE w.path LIKE ANY ($1)
            AND ($2 = '' OR coalesce(p.search_name, u.search_name, x.search_name) LIKE $2)
            AND ($3::smallint IS NULL OR o.year = $3) AND ($4 = '' OR o.state = $4)
            AND ($5 = '' OR o.scope = $5)
            AND ($6::uuid IS NULL OR (o.year, o.id) <
                (SELECT l.year, l.id FROM official_rating l WHERE l.id = $6))
        ORDER BY o.year DESC, o.id DESC LIMIT $7""",
        list(paths),
        pattern,
        year,
        state,
        scope,
        after,
        limit,
    )


async def of_subject(subject_id: UUID) -> list[Any]:
    """Return the ratings of a subject, newest year first."""
    return await db.fetch(
        f"{_ROW} WHERE o.subject_id = $1 ORDER BY o.year DESC, o.scope, o.state", subject_id
    )


async def known(subject_ids: Sequence[UUID], years: Sequence[int], state: str) -> list[Any]:
    """Return the ratings of some subjects in some years, of one state."""
    return await db.fetch(
        "SELECT subject_id, year, scope, rating, basis FROM official_rating"
        " WHERE subject_id = ANY ($1) AND year = ANY ($2) AND state = $3",
        list(subject_ids),
        list(years),
        state,
    )


async def save(
    rows: Sequence[tuple[UUID, UUID | None, UUID | None, int, str, str, str]],
    *,
    state: str,
    file_id: UUID | None,
    account_id: UUID | None,
) -> list[UUID]:
    """Write (subject, unit, person, year, scope, rating, basis); return whose rating changed."""
    found = await db.fetch(
        """INSERT INTO official_rating AS o (id, subject_id, unit_id, person_id, year, scope,
            rating, basis, state, file_id, recorded_by, recorded_at)
        SELECT r.id, r.subject_id, r.unit_id, r.person_id, r.year, r.scope, r.rating, r.basis,
            $9, $10, $11, official_now()
        FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::smallint[], $6::text[],
            $7::text[], $8::text[])
            AS r (id, subject_id, unit_id, person_id, year, scope, rating, basis)
        ON CONFLICT (tenant_id, subject_id, year, scope, state) DO UPDATE
            SET rating = excluded.rating, basis = excluded.basis,
                file_id = coalesce(excluded.file_id, o.file_id),
                recorded_by = excluded.recorded_by, recorded_at = excluded.recorded_at
            WHERE (o.rating, o.basis) <> (excluded.rating, excluded.basis)
        RETURNING o.subject_id""",
        [new_id() for _ in rows],
        *([row[place] for row in rows] for place in range(7)),
        state,
        file_id,
        account_id,
    )
    return [row["subject_id"] for row in found]


async def units() -> list[Any]:
    """Return every unit, also those that are no more: a list may rate an earlier year."""
    return await db.fetch("SELECT id, code, name, path, is_active FROM unit")


async def people(names: Sequence[str]) -> list[Any]:
    """Return the people whose folded name is one of these, with the path of their unit."""
    return await db.fetch(
        "SELECT p.id, p.search_name, p.job_title, u.path FROM person p"
        " JOIN unit u ON u.tenant_id = p.tenant_id AND u.id = p.unit_id"
        " WHERE p.search_name = ANY ($1)",
        list(names),
    )
