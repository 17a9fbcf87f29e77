"""SQL of emulation blocks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from core.kit import db
from core.kit.ids import new_id


async def blocks(year: int) -> list[Any]:
    """Return all blocks by name with how many members they have in a year."""
    return await db.fetch(
        """SELECT b.id, b.name, b.note, (SELECT count(*) FROM emulation_block_member m
            WHERE m.tenant_id = b.tenant_id AND m.block_id = b.id AND m.year = $1) AS members
        FROM emulation_block b ORDER BY b.sort_key, b.id LIMIT 500""",
        year,
    )


async def block(block_id: UUID) -> Any | None:
    """Return name and note of one block."""
    return await db.fetchrow("SELECT name, note FROM emulation_block WHERE id = $1", block_id)


async def of_unit(unit_id: UUID) -> list[Any]:
    """Return the blocks of a unit by year, latest first."""
    return await db.fetch(
        """SELECT m.year, b.name FROM emulation_block_member m
        JOIN emulation_block b ON b.tenant_id = m.tenant_id AND b.id = m.block_id
        WHERE m.unit_id = $1 ORDER BY m.year DESC LIMIT 20""",
        unit_id,
    )


async def name_taken(name: str, but: UUID | None) -> bool:
    """Tell whether another block has this name."""
    return bool(
        await db.fetchval(
            "SELECT EXISTS (SELECT FROM emulation_block"
            " WHERE lower(name) = lower($1) AND id IS DISTINCT FROM $2)",
            name,
            but,
        )
    )


async def insert(block_id: UUID, name: str, key: str, note: str) -> None:
    """Insert a block."""
    await db.execute(
        "INSERT INTO emulation_block (id, name, sort_key, note) VALUES ($1, $2, $3, $4)",
        block_id,
        name,
        key,
        note,
    )


async def update(block_id: UUID, name: str, key: str, note: str) -> bool:
    """Rename a block; False if there is none."""
    tag = await db.execute(
        "UPDATE emulation_block SET name = $2, sort_key = $3, note = $4 WHERE id = $1",
        block_id,
        name,
        key,
        note,
    )
    return tag == "UPDATE 1"


async def delete_empty(block_id: UUID) -> bool:
    """Delete a block that never had a member; False if it has one in some year, or is not there."""
    tag = await db.execute(
        """DELETE FROM emulation_block b WHERE b.id = $1 AND NOT EXISTS (
            SELECT FROM emulation_block_member m
            WHERE m.tenant_id = b.tenant_id AND m.block_id = b.id)""",
        block_id,
    )
    return tag == "DELETE 1"


async def candidates(year: int) -> list[Any]:
    """Return the active units of the first level with the block they stand in that year."""
    return await db.fetch(
        """SELECT u.id AS unit_id, u.name, u.kind, m.block_id, b.name AS block_name
        FROM unit u
        LEFT JOIN emulation_block_member m
            ON m.tenant_id = u.tenant_id AND m.unit_id = u.id AND m.year = $1
        LEFT JOIN emulation_block b ON b.tenant_id = m.tenant_id AND b.id = m.block_id
        WHERE u.is_active AND u.level = 'unit' ORDER BY u.sort_key, u.id LIMIT 2000""",
        year,
    )


async def remove_others(block_id: UUID, year: int, kept: Sequence[UUID]) -> int:
    """Take out the members of a year that are not among these; closed units stay."""
    tag = await db.execute(
        """DELETE FROM emulation_block_member m USING unit u
        WHERE m.block_id = $1 AND m.year = $2 AND m.unit_id <> ALL ($3)
          AND u.id = m.unit_id AND u.is_active""",
        block_id,
        year,
        list(kept),
    )
    return int(tag.split()[1])


async def put(block_id: UUID, year: int, unit_ids: Sequence[UUID]) -> int:
    """Put units into a block for a year, out of the one they were in; return how many moved."""
    tag = await db.execute(
        """INSERT INTO emulation_block_member (id, block_id, unit_id, year)
        SELECT n.id, $1, n.unit_id, $2 FROM unnest($3::uuid[], $4::uuid[]) AS n(id, unit_id)
        ON CONFLICT (tenant_id, unit_id, year) DO UPDATE SET block_id = excluded.block_id
            WHERE emulation_block_member.block_id <> excluded.block_id""",
        block_id,
        year,
        [new_id() for _ in unit_ids],
        list(unit_ids),
    )
    return int(tag.split()[2])
