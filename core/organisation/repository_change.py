"""SQL that changes the tree: one statement each, whole subtrees at once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from core.kit import db
from core.kit.ids import new_id


async def lock_tree() -> None:
    """Let one change of the tree happen at a time: lock the root until the transaction ends."""
    await db.execute("SELECT 1 FROM unit WHERE parent_id IS NULL FOR NO KEY UPDATE")


async def code_taken(code: str, but: UUID) -> bool:
    """Tell whether another unit, also a closed one, has this code."""
    return bool(
        await db.fetchval(
            "SELECT EXISTS (SELECT FROM unit WHERE code = $1 AND id <> $2)", code, but
        )
    )


async def rename(unit_id: UUID, values: dict[str, str]) -> None:
    """Write name, short name, code and their search and sort keys; accounts are found by it too."""
    await db.execute(
        """UPDATE unit SET name = $2, short_name = $3, code = $4, search_name = $5, sort_key = $6
        WHERE id = $1""",
        unit_id,
        values["name"],
        values["short_name"],
        values["code"],
        values["search_name"],
        values["sort_key"],
    )


async def set_details(unit_id: UUID, values: dict[str, Any]) -> None:
    """Write what is no question of lineage: kind, level, notation, place and marks."""
    await db.execute(
        """UPDATE unit SET kind = $2, level = $3, notation = $4, place = $5, owes_reports = $6,
            has_legal_personality = $7
        WHERE id = $1""",
        unit_id,
        values["kind"],
        values["level"],
        values["notation"],
        values["place"],
        values["owes_reports"],
        values["has_legal_personality"],
    )


async def move_subtree(unit_id: UUID, old_path: str, parent_id: UUID, new_path: str) -> int:
    """Hang a unit with everything under it elsewhere; return how many units moved."""
    tag = await db.execute(
        """UPDATE unit SET path = $4 || substr(path, length($2) + 1),
            parent_id = CASE WHEN id = $1 THEN $3 ELSE parent_id END
        WHERE path LIKE $2 || '%'""",
        unit_id,
        old_path,
        parent_id,
        new_path,
    )
    return int(tag.split()[1])


async def lift_children(unit_id: UUID, path: str, to_id: UUID, to_path: str) -> None:
    """Hang everything under a unit directly under another one."""
    await db.execute(
        """UPDATE unit SET path = $4 || substr(path, length($2) + 1),
            parent_id = CASE WHEN parent_id = $1 THEN $3 ELSE parent_id END
        WHERE path LIKE $2 || '_%'""",
        unit_id,
        path,
        to_id,
        to_path,
    )


async def deactivate(unit_id: UUID) -> None:
    """Mark a unit as closed: it is listed no more and owes nothing new."""
    await db.execute(
        "UPDATE unit SET is_active = false, owes_reports = false WHERE id = $1", unit_id
    )


async def children_count(unit_id: UUID) -> int:
    """Count the active units directly under one."""
    return int(
        await db.fetchval("SELECT count(*) FROM unit WHERE parent_id = $1 AND is_active", unit_id)
    )


async def last_change(unit_id: UUID) -> date | None:
    """Return the day of the latest change of a unit, or None."""
    found: date | None = await db.fetchval(
        "SELECT max(effective_on) FROM unit_succession WHERE unit_id = $1", unit_id
    )
    return found


async def people_follow(
    unit_id: UUID, to_id: UUID, *, effective_on: date, decision: str, account_id: UUID | None
) -> int:
    """Take the people of a unit to another one and write it into each one's history."""
    people = await db.fetch("SELECT id FROM person WHERE unit_id = $1 ORDER BY id", unit_id)
    await db.execute(
        """INSERT INTO person_move (id, person_id, from_unit_id, to_unit_id, from_name, to_name,
            effective_on, decision, cause, state, asked_by, asked_at, answered_at, done_at)
        SELECT n.id, n.person_id, f.id, t.id, f.name, t.name, $5, $6, 'reorganisation',
            'accepted', $7, official_now(), official_now(), official_now()
        FROM unnest($1::uuid[], $2::uuid[]) AS n(id, person_id)
        JOIN unit f ON f.id = $3 JOIN unit t ON t.id = $4""",
        [new_id() for _ in people],
        [row["id"] for row in people],
        unit_id,
        to_id,
        effective_on,
        decision,
        account_id,
    )
    await db.execute("UPDATE person SET unit_id = $2 WHERE unit_id = $1", unit_id, to_id)
    return len(people)


async def drop_open_moves(unit_id: UUID, answer: str) -> None:
    """Withdraw the moves of people from or to a unit that are still to happen."""
    await db.execute(
        """UPDATE person_move SET state = 'withdrawn', answer = $2, answered_at = official_now()
        WHERE (from_unit_id = $1 OR to_unit_id = $1)
          AND (state = 'asked' OR (state = 'accepted' AND done_at IS NULL))""",
        unit_id,
        answer,
    )


async def facts(paths: Sequence[str], unit_ids: Sequence[UUID]) -> Any:
    """Return counts for the confirm page: units under the paths, accounts and people at the ids."""
    return await db.fetchrow(
        """SELECT
            (SELECT count(*) FROM unit WHERE path LIKE ANY ($1) AND is_active
                AND id <> ALL ($2)) AS units,
            (SELECT count(*) FROM account WHERE unit_id = ANY ($2) AND is_active) AS accounts,
            (SELECT count(*) FROM person WHERE unit_id = ANY ($2)) AS people""",
        [f"{path}%" for path in paths],
        list(unit_ids),
    )
