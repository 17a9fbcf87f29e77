"""SQL of award rounds and of the units' lists in them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from core.kit import db
from core.nominations.schemas import NewRound

_ROUND = """SELECT r.id, r.edition_id, r.unit_id, u.name AS unit_name, u.path AS unit_path, r.name,
    r.occasion, r.year, r.period_from, r.period_to, r.due_at, r.note, r.state, r.opened_at,
    r.closed_at, coalesce((SELECT jsonb_object_agg(c.state, c.n) FROM (
        SELECT n.state, count(*) AS n FROM nomination n
        WHERE n.tenant_id = r.tenant_id AND n.round_id = r.id AND n.state <> 'draft'
        GROUP BY n.state) AS c), '{}'::jsonb) AS counts
FROM award_round r JOIN unit u ON u.tenant_id = r.tenant_id AND u.id = r.unit_id"""
_LIST = """SELECT l.id, l.round_id, l.unit_id, u.name AS unit_name, u.path AS unit_path,
    l.letter_number, l.letter_date, l.note, l.created_at,
    coalesce((SELECT jsonb_object_agg(c.state, c.n) FROM (
        SELECT n.state, count(*) AS n FROM nomination n
        WHERE n.tenant_id = l.tenant_id AND n.list_id = l.id GROUP BY n.state) AS c),
        '{}'::jsonb) AS counts
FROM nomination_list l JOIN unit u ON u.tenant_id = l.tenant_id AND u.id = l.unit_id"""


async def insert(round_id: UUID, edition_id: UUID, new: NewRound, account_id: UUID | None) -> None:
    """Open a round."""
    await db.execute(
        """INSERT INTO award_round (id, edition_id, unit_id, name, occasion, year, period_from,
            period_to, due_at, note, state, opened_by, opened_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 'open', $11, official_now())""",
        round_id, edition_id, new.unit_id, new.name, new.occasion, new.year, new.period_from,
        new.period_to, new.due_at, new.note, account_id,
    )  # fmt: skip


async def one(round_id: UUID) -> Any | None:
    """Return one round."""
    return await db.fetchrow(f"{_ROUND} WHERE r.id = $1", round_id)


async def lock(round_id: UUID) -> Any | None:
    """Lock a round; return its state."""
    return await db.fetchrow("SELECT state FROM award_round WHERE id = $1 FOR UPDATE", round_id)


async def share(round_id: UUID) -> Any | None:
    """Keep a round from being closed until the transaction ends; return its state."""
    return await db.fetchrow("SELECT state FROM award_round WHERE id = $1 FOR SHARE", round_id)


async def set_state(round_id: UUID, state: str) -> None:
    """Close a round or open it again."""
    await db.execute(
        "UPDATE award_round SET state = $2::text,"
        " closed_at = CASE WHEN $2::text = 'closed' THEN official_now() END WHERE id = $1",
        round_id,
        state,
    )


async def rounds(readers: Sequence[str], proposers: Sequence[str], limit: int) -> list[Any]:
    """Return the rounds at or under the readers' paths, and above the proposers', open first."""
    return await db.fetch(
        f"""{_ROUND} WHERE u.path LIKE ANY ($1)
            OR EXISTS (SELECT FROM unnest($2::text[]) AS p WHERE starts_with(p, u.path))
        ORDER BY r.state DESC, r.opened_at DESC, r.id LIMIT $3""",
        [f"{path}%" for path in readers],
        list(proposers),
        limit,
    )


async def units_asked(path: str) -> list[UUID]:
    """Return the active units that propose in a round of the unit at this path."""
    rows = await db.fetch(
        """SELECT u.id FROM unit u JOIN unit r ON r.tenant_id = u.tenant_id AND r.path = $1
        WHERE u.path LIKE $1 || '%' AND u.is_active AND u.id <> r.id
          AND (u.level = 'unit' OR u.parent_id = r.id)""",
        path,
    )
    return [row["id"] for row in rows]


async def sending_unit(unit_path: str, round_path: str) -> Any | None:
    """Return the unit whose list a proposal of this unit goes onto.

    The nearest unit of level `unit` at or above the proposer and below the round's unit; else the
    branch directly under the round's unit; else that unit itself.
    """
    return await db.fetchrow(
        """SELECT id, name, path FROM unit
        WHERE starts_with($1, path) AND starts_with(path, $2)
        ORDER BY (level = 'unit' AND path <> $2) DESC, (path <> $2) DESC,
            CASE WHEN level = 'unit' THEN -length(path) ELSE length(path) END
        LIMIT 1""",
        unit_path,
        round_path,
    )


async def insert_list(
    list_id: UUID, round_id: UUID, unit_id: UUID, account_id: UUID | None
) -> None:
    """Begin a unit's list in a round."""
    await db.execute(
        "INSERT INTO nomination_list (id, round_id, unit_id, created_by, created_at)"
        " VALUES ($1, $2, $3, $4, official_now())",
        list_id,
        round_id,
        unit_id,
        account_id,
    )


async def newest_list(round_id: UUID, unit_id: UUID) -> UUID | None:
    """Return a unit's newest list in a round; waits for who is just beginning one."""
    await db.execute(
        "SELECT pg_advisory_xact_lock(hashtextextended($1, 0))", f"list:{round_id}:{unit_id}"
    )
    found: UUID | None = await db.fetchval(
        "SELECT id FROM nomination_list WHERE round_id = $1 AND unit_id = $2"
        " ORDER BY created_at DESC, id DESC LIMIT 1",
        round_id,
        unit_id,
    )
    return found


async def one_list(list_id: UUID) -> Any | None:
    """Return one list."""
    return await db.fetchrow(f"{_LIST} WHERE l.id = $1", list_id)


async def lists_of_round(round_id: UUID, paths: Sequence[str], limit: int) -> list[Any]:
    """Return the lists of a round whose units stand under these paths (or above them)."""
    return await db.fetch(
        f"""{_LIST} WHERE l.round_id = $1 AND (u.path LIKE ANY ($2)
            OR EXISTS (SELECT FROM unnest($3::text[]) AS p WHERE starts_with(p, u.path)))
        ORDER BY u.sort_key, l.created_at, l.id LIMIT $4""",
        round_id,
        [f"{path}%" for path in paths],
        list(paths),
        limit,
    )


async def set_letter(list_id: UUID, number: str, day: date | None, note: str) -> None:
    """Write number and day of the letter that the list goes with."""
    await db.execute(
        "UPDATE nomination_list SET letter_number = $2, letter_date = $3, note = $4 WHERE id = $1",
        list_id,
        number,
        day,
        note,
    )


async def meeting(list_id: UUID) -> dict[str, Any]:
    """Return what is written of a list's meeting; empty where nothing is."""
    found = await db.fetchval("SELECT meeting FROM nomination_list WHERE id = $1", list_id)
    return found or {}


async def set_meeting(list_id: UUID, meeting: dict[str, Any]) -> None:
    """Write down the unit's meeting that chose whom to propose."""
    await db.execute("UPDATE nomination_list SET meeting = $2 WHERE id = $1", list_id, meeting)
