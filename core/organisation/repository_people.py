"""SQL of people and of their moves between units."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from core.kit import db

_MOVE = """SELECT m.id, m.person_id, p.full_name, m.from_unit_id, m.to_unit_id, m.from_name,
    m.to_name, m.effective_on, m.decision, m.note, m.cause, m.state, m.asked_side, m.asked_at,
    m.answer, m.answered_at, m.done_at, m.asked_by AS asked_by_id,
    coalesce(a.display_name, '') AS asked_by,
    coalesce(b.display_name, '') AS answered_by, f.path AS from_path, t.path AS to_path
FROM person_move m JOIN person p ON p.tenant_id = m.tenant_id AND p.id = m.person_id
JOIN unit f ON f.tenant_id = m.tenant_id AND f.id = m.from_unit_id
JOIN unit t ON t.tenant_id = m.tenant_id AND t.id = m.to_unit_id
LEFT JOIN account a ON a.tenant_id = m.tenant_id AND a.id = m.asked_by
LEFT JOIN account b ON b.tenant_id = m.tenant_id AND b.id = m.answered_by"""
_WAITS = "(m.state = 'asked' OR (m.state = 'accepted' AND m.done_at IS NULL))"
_PERSON = """SELECT p.id, p.full_name, p.job_title, p.unit_id, u.name AS unit_name,
    u.path AS unit_path FROM person p JOIN unit u ON u.tenant_id = p.tenant_id AND u.id = p.unit_id
WHERE p.id = $1"""


async def person(person_id: UUID) -> Any | None:
    """Return one person with the unit."""
    return await db.fetchrow(_PERSON, person_id)


async def lock_person(person_id: UUID) -> Any | None:
    """Return one person with the unit, locked until the transaction ends."""
    return await db.fetchrow(f"{_PERSON} FOR NO KEY UPDATE OF p", person_id)


async def correct(person_id: UUID, name: str, title: str, search_name: str, key: str) -> None:
    """Write a person's name and job title."""
    await db.execute(
        "UPDATE person SET full_name = $2, job_title = $3, search_name = $4, roster_key = $5"
        " WHERE id = $1",
        person_id,
        name,
        title,
        search_name,
        key,
    )


async def asked_towards(person_id: UUID, paths: Sequence[str]) -> bool:
    """Tell whether an open request would bring the person under these paths."""
    return bool(
        await db.fetchval(
            f"""SELECT EXISTS (SELECT FROM person_move m JOIN unit t ON t.id = m.to_unit_id
            WHERE m.person_id = $1 AND {_WAITS} AND t.path LIKE ANY ($2))""",
            person_id,
            [f"{path}%" for path in paths],
        )
    )


async def has_account(person_id: UUID) -> bool:
    """Tell whether a person has an account in use."""
    return bool(
        await db.fetchval(
            "SELECT EXISTS (SELECT FROM account WHERE person_id = $1 AND is_active)", person_id
        )
    )


async def is_waiting(person_id: UUID) -> bool:
    """Tell whether a move of the person waits for an answer or for its day."""
    return bool(
        await db.fetchval(
            f"SELECT EXISTS (SELECT FROM person_move m WHERE m.person_id = $1 AND {_WAITS})",
            person_id,
        )
    )


async def insert(values: dict[str, Any]) -> None:
    """Insert a request."""
    await db.execute(
        """INSERT INTO person_move (id, person_id, from_unit_id, to_unit_id, from_name, to_name,
            effective_on, decision, note, asked_side, asked_by, asked_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, official_now())""",
        *(
            values[name]
            for name in (
                "id", "person_id", "from_unit_id", "to_unit_id", "from_name", "to_name",
                "effective_on", "decision", "note", "asked_side", "asked_by",
            )
        ),
    )  # fmt: skip


async def named(unit_id: UUID, name: str) -> list[UUID]:
    """Return the people of a unit with exactly this name, whatever its case."""
    rows = await db.fetch(
        "SELECT id FROM person WHERE unit_id = $1 AND lower(full_name) = lower($2)", unit_id, name
    )
    return [row["id"] for row in rows]


async def move(move_id: UUID) -> Any:
    """Return one move."""
    return await db.fetchrow(f"{_MOVE} WHERE m.id = $1", move_id)


async def lock_move(move_id: UUID) -> Any | None:
    """Return one move, locked until the transaction ends."""
    return await db.fetchrow(f"{_MOVE} WHERE m.id = $1 FOR NO KEY UPDATE OF m", move_id)


async def of_person(person_id: UUID) -> list[Any]:
    """Return the moves of a person, latest first."""
    return await db.fetch(
        f"{_MOVE} WHERE m.person_id = $1 ORDER BY m.effective_on DESC, m.id DESC LIMIT 100",
        person_id,
    )


async def waiting(paths: Sequence[str]) -> list[Any]:
    """Return the moves from or to units under the paths that are still to happen."""
    return await db.fetch(
        f"""{_MOVE} WHERE {_WAITS} AND (f.path LIKE ANY ($1) OR t.path LIKE ANY ($1))
        ORDER BY m.state DESC, m.asked_at, m.id LIMIT 200""",
        [f"{path}%" for path in paths],
    )


async def answer(move_id: UUID, state: str, words: str, account_id: UUID | None) -> None:
    """Write the answer to a request."""
    await db.execute(
        "UPDATE person_move SET state = $2, answer = $3, answered_by = $4,"
        " answered_at = official_now() WHERE id = $1",
        move_id,
        state,
        words,
        account_id,
    )


async def carry_out(move_id: UUID, person_id: UUID, to_id: UUID) -> None:
    """Bring the person to the new unit and mark the move as done."""
    await db.execute(
        """WITH moved AS (UPDATE person SET unit_id = $3 WHERE id = $2)
        UPDATE person_move SET done_at = official_now() WHERE id = $1""",
        move_id,
        person_id,
        to_id,
    )


async def due() -> list[Any]:
    """Return the accepted moves whose day has come, locked."""
    return await db.fetch(
        f"""{_MOVE} WHERE m.state = 'accepted' AND m.done_at IS NULL
          AND m.effective_on <= (official_now() AT TIME ZONE 'Asia/Ho_Chi_Minh')::date
        ORDER BY m.effective_on, m.id LIMIT 500 FOR NO KEY UPDATE OF m SKIP LOCKED"""
    )
