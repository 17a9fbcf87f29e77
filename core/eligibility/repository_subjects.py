"""SQL of subjects: units, people and others in one list, and what was declared about them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from core.kit import db
from core.kit.ids import new_id

COLUMN = {"unit": "unit_id", "person": "person_id", "other": "other_id"}
_ALL = """(SELECT 'unit' AS kind, u.id, u.name, u.id AS unit_id, u.name AS unit_name, u.path,
        u.search_name, u.sort_key, '' AS title FROM unit u
    UNION ALL SELECT 'person', p.id, p.full_name, u.id, u.name, u.path, p.search_name,
        p.roster_key, p.job_title
        FROM person p JOIN unit u ON u.tenant_id = p.tenant_id AND u.id = p.unit_id
    UNION ALL SELECT 'other', o.id, o.name, u.id, u.name, u.path, o.search_name, o.sort_key, ''
        FROM other_subject o JOIN unit u ON u.tenant_id = o.tenant_id AND u.id = o.unit_id) s"""


async def subject(subject_id: UUID) -> Any | None:
    """Return one unit, person or other subject."""
    return await db.fetchrow(
        f"SELECT kind, id, name, unit_id, unit_name, path, title FROM {_ALL} WHERE id = $1",
        subject_id,
    )


async def search(
    paths: Sequence[str], pattern: str, kind: str, after: UUID | None, limit: int
) -> list[Any]:
    """Return one page of subjects by name, going on after one of them."""
    return await db.fetch(
        f"""WITH s AS (SELECT * FROM {_ALL})
        SELECT kind, id, name, unit_id, unit_name, path, title FROM s
        WHERE path LIKE ANY ($1) AND ($2 = '' OR search_name LIKE $2) AND ($3 = '' OR kind = $3)
            AND ($4::uuid IS NULL
                OR (sort_key, id) > (SELECT l.sort_key, l.id FROM s l WHERE l.id = $4))
        ORDER BY sort_key, id LIMIT $5""",
        list(paths),
        pattern,
        kind,
        after,
        limit,
    )


async def facts(subject_id: UUID) -> list[Any]:
    """Return everything that was declared about a subject, newest year first."""
    return await db.fetch(
        "SELECT f.year, f.key, f.value, f.source, f.file_id, f.recorded_at,"
        " coalesce(a.display_name, 'Hệ thống') AS recorded_by FROM subject_fact f"
        " LEFT JOIN account a ON a.tenant_id = f.tenant_id AND a.id = f.recorded_by"
        " WHERE f.subject_id = $1 ORDER BY f.year DESC, f.key",
        subject_id,
    )


async def save_facts(
    kind: str, subject_id: UUID, year: int, values: dict[str, Any], source: str,
    file_id: UUID | None, account_id: UUID | None,
) -> None:  # fmt: skip
    """Write facts of a year; one of the same key is replaced."""
    await db.executemany(
        f"INSERT INTO subject_fact (id, subject_id, {COLUMN[kind]}, year, key, value, source,"
        " file_id, recorded_by, recorded_at)"
        " VALUES ($1, $2, $2, $3, $4, $5, $6, $7, $8, official_now())"
        " ON CONFLICT (tenant_id, subject_id, year, key) DO UPDATE SET value = excluded.value,"
        " source = excluded.source, file_id = coalesce(excluded.file_id, subject_fact.file_id),"
        " recorded_by = excluded.recorded_by, recorded_at = excluded.recorded_at",
        [
            (new_id(), subject_id, year, key, value, source, file_id, account_id)
            for key, value in values.items()
        ],
    )


async def forget_facts(subject_id: UUID, year: int, keys: Sequence[str]) -> None:
    """Take facts of a year back: they are not known again."""
    await db.execute(
        "DELETE FROM subject_fact WHERE subject_id = $1 AND year = $2 AND key = ANY ($3)",
        subject_id,
        year,
        list(keys),
    )


async def awards(subject_id: UUID) -> list[Any]:
    """Return the awards of a subject, newest first."""
    return await db.fetch(
        "SELECT award, year, decision_number, decided_on, state FROM award_grant"
        " WHERE subject_id = $1 ORDER BY decided_on DESC, id DESC LIMIT 50",
        subject_id,
    )


async def others(paths: Sequence[str], pattern: str, limit: int) -> list[Any]:
    """Return subjects outside the tree, by name."""
    return await db.fetch(
        "SELECT o.id, o.name, o.kind, o.address, o.note, o.unit_id, u.name AS unit_name, u.path"
        " FROM other_subject o JOIN unit u ON u.tenant_id = o.tenant_id AND u.id = o.unit_id"
        " WHERE u.path LIKE ANY ($1) AND ($2 = '' OR o.search_name LIKE $2)"
        " ORDER BY o.sort_key, o.id LIMIT $3",
        list(paths),
        pattern,
        limit,
    )


async def other(other_id: UUID) -> Any | None:
    """Return one subject outside the tree with the path of its unit."""
    return await db.fetchrow(
        "SELECT o.id, o.name, o.kind, o.address, o.note, o.unit_id, u.name AS unit_name, u.path"
        " FROM other_subject o JOIN unit u ON u.tenant_id = o.tenant_id AND u.id = o.unit_id"
        " WHERE o.id = $1",
        other_id,
    )


async def save_other(other_id: UUID, values: dict[str, Any], account_id: UUID | None) -> None:
    """Write a subject outside the tree, new or again."""
    await db.execute(
        "INSERT INTO other_subject (id, name, kind, address, note, unit_id, search_name, sort_key,"
        " created_by, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, official_now())"
        " ON CONFLICT (tenant_id, id) DO UPDATE SET name = excluded.name, kind = excluded.kind,"
        " address = excluded.address, note = excluded.note, unit_id = excluded.unit_id,"
        " search_name = excluded.search_name, sort_key = excluded.sort_key",
        other_id,
        *(
            values[name]
            for name in ("name", "kind", "address", "note", "unit_id", "search_name", "sort_key")
        ),
        account_id,
    )
