"""SQL of the tree of units and of the people."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from core.kit import db

COLUMNS = (
    "id, code, name, short_name, kind, level, parent_id, path, owes_reports, notation, place,"
    " is_active, has_legal_personality"
)


async def unit(unit_id: UUID) -> Any | None:
    """Return one unit."""
    return await db.fetchrow(f"SELECT {COLUMNS} FROM unit WHERE id = $1", unit_id)


async def root() -> Any | None:
    """Return the department's own unit, the root of the tree."""
    return await db.fetchrow(f"SELECT {COLUMNS} FROM unit WHERE parent_id IS NULL")


async def by_codes(codes: Sequence[str]) -> list[Any]:
    """Return the units with these codes."""
    return await db.fetch(f"SELECT {COLUMNS} FROM unit WHERE code = ANY ($1)", list(codes))


async def by_ids(unit_ids: Sequence[UUID]) -> list[Any]:
    """Return the units with these ids, in the Vietnamese order of their names."""
    return await db.fetch(
        f"SELECT {COLUMNS} FROM unit WHERE id = ANY ($1) ORDER BY sort_key, id", list(unit_ids)
    )


async def children(parent_id: UUID) -> list[Any]:
    """Return the active units directly under one."""
    return await db.fetch(
        f"SELECT {COLUMNS} FROM unit WHERE parent_id = $1 AND is_active ORDER BY sort_key, id",
        parent_id,
    )


async def subtree(paths: Sequence[str], *, limit: int | None = None) -> list[Any]:
    """Return the active units at and under these paths, by name (at most `limit`)."""
    return await db.fetch(
        f"SELECT {COLUMNS} FROM unit WHERE path LIKE ANY ($1) AND is_active"
        " ORDER BY sort_key, id LIMIT $2",
        [f"{path}%" for path in paths],
        limit,
    )


async def branch(parent_id: UUID, after: UUID | None, limit: int) -> list[Any]:
    """Return one page of the active units under one, each with how many stand under it."""
    return await db.fetch(
        f"""SELECT {COLUMNS}, (SELECT count(*) FROM unit c
            WHERE c.tenant_id = unit.tenant_id AND c.parent_id = unit.id AND c.is_active) AS below
        FROM unit WHERE parent_id = $1 AND is_active
          AND ($2::uuid IS NULL
               OR (sort_key, id) > (SELECT u.sort_key, u.id FROM unit u WHERE u.id = $2))
        ORDER BY sort_key, id LIMIT $3""",
        parent_id,
        after,
        limit,
    )


async def search(
    *,
    paths: Sequence[str],
    pattern: str,
    kind: str,
    level: str,
    block_id: UUID | None,
    year: int,
    closed: bool,
    after: UUID | None,
    limit: int,
) -> list[Any]:
    """Return one page of active (or closed) units, in the Vietnamese order of their names."""
    return await db.fetch(
        f"""SELECT {COLUMNS} FROM unit
        WHERE is_active <> $9 AND path LIKE ANY ($1)
          AND ($7::uuid IS NULL OR id IN (SELECT m.unit_id FROM emulation_block_member m
               WHERE m.block_id = $7 AND m.year = $8))
          AND ($2 = '' OR search_name LIKE $2)
          AND ($3 = '' OR kind = $3) AND ($4 = '' OR level = $4)
          AND ($5::uuid IS NULL
               OR (sort_key, id) > (SELECT u.sort_key, u.id FROM unit u WHERE u.id = $5))
        ORDER BY sort_key, id LIMIT $6""",
        [f"{path}%" for path in paths],
        pattern,
        kind,
        level,
        after,
        limit,
        block_id,
        year,
        closed,
    )


async def insert_units(rows: Sequence[Sequence[Any]], *, is_demo: bool) -> None:
    """Insert many units in one statement; each row as in the list of columns below."""
    columns = list(zip(*rows, strict=True))
    await db.execute(
        """INSERT INTO unit (id, code, name, short_name, search_name, sort_key, kind, level,
            parent_id, path, position, owes_reports, notation, place,
            has_legal_personality, is_demo)
        SELECT *, $16 FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[],
            $6::text[], $7::text[], $8::text[], $9::uuid[], $10::text[], $11::smallint[],
            $12::boolean[], $13::text[], $14::text[], $15::boolean[])""",
        *map(list, columns),
        is_demo,
    )


async def insert_people(rows: Sequence[Sequence[Any]], *, is_demo: bool) -> None:
    """Insert many people in one statement."""
    columns = list(zip(*rows, strict=True))
    await db.execute(
        """INSERT INTO person (id, full_name, job_title, unit_id, search_name, roster_key, is_demo)
        SELECT *, $7 FROM unnest($1::uuid[], $2::text[], $3::text[], $4::uuid[], $5::text[],
            $6::text[])""",
        *map(list, columns),
        is_demo,
    )


async def people(
    *, paths: Sequence[str], pattern: str, unit_id: UUID | None, after: UUID | None, limit: int
) -> list[Any]:
    """Return one page of people (of one unit), in the order of their given names."""
    return await db.fetch(
        """SELECT p.id, p.full_name, p.job_title, p.unit_id, u.name AS unit_name
        FROM person p JOIN unit u ON u.tenant_id = p.tenant_id AND u.id = p.unit_id
        WHERE u.path LIKE ANY ($1) AND ($2 = '' OR p.search_name LIKE $2)
          AND ($5::uuid IS NULL OR p.unit_id = $5)
          AND ($3::uuid IS NULL
               OR (p.roster_key, p.id) > (SELECT q.roster_key, q.id FROM person q WHERE q.id = $3))
        ORDER BY p.roster_key, p.id LIMIT $4""",
        [f"{path}%" for path in paths],
        pattern,
        after,
        limit,
        unit_id,
    )
