"""SQL of who members are in the register, and of the end of a council."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from core.councils.repository_cases import propose_conflicts
from core.kit import db

_PERSON = """SELECT p.id, p.full_name, p.job_title, u.name AS unit_name
FROM person AS p JOIN unit AS u ON u.id = p.unit_id"""


async def member(council_id: UUID, member_id: UUID) -> Any | None:
    """Return a member with the person of the row and of the account, or None."""
    return await db.fetchrow(
        "SELECT m.full_name, m.person_id, a.person_id AS account_person_id"
        " FROM council_member AS m LEFT JOIN account AS a ON a.id = m.account_id"
        " WHERE m.council_id = $1 AND m.id = $2",
        council_id,
        member_id,
    )


async def person(person_id: UUID | None) -> Any | None:
    """Return somebody of the register, or None."""
    return await db.fetchrow(f"{_PERSON} WHERE p.id = $1", person_id)


async def people(path: str, folded: str, limit: int) -> list[Any]:
    """Return people of a branch whose name holds these words, the same name first."""
    return await db.fetch(
        f"{_PERSON} WHERE starts_with(u.path, $1) AND strpos(p.search_name, $2) > 0"
        " ORDER BY p.search_name <> $2, p.search_name, p.id LIMIT $3",
        path,
        folded,
        limit,
    )


async def is_of_branch(person_id: UUID, path: str) -> bool:
    """Tell whether somebody of the register works in a branch."""
    found = await db.fetchval(
        "SELECT true FROM person AS p JOIN unit AS u ON u.id = p.unit_id"
        " WHERE p.id = $1 AND starts_with(u.path, $2)",
        person_id,
        path,
    )
    return bool(found)


async def is_other_member(council_id: UUID, member_id: UUID, person_id: UUID) -> bool:
    """Tell whether somebody is another member of a council already."""
    found = await db.fetchval(
        "SELECT true FROM council_member AS m LEFT JOIN account AS a ON a.id = m.account_id"
        " WHERE m.council_id = $1 AND m.id <> $2 AND m.ended_on IS NULL"
        " AND coalesce(m.person_id, a.person_id) = $3 LIMIT 1",
        council_id, member_id, person_id,
    )  # fmt: skip
    return bool(found)


async def tie(member_id: UUID, person_id: UUID | None) -> None:
    """Write who a member is in the register."""
    await db.execute("UPDATE council_member SET person_id = $2 WHERE id = $1", member_id, person_id)


async def propose_again(council_id: UUID, member_id: UUID) -> None:
    """Propose interests anew in the meetings that are not over: a member is somebody else now."""
    await db.execute(
        "DELETE FROM case_conflict AS f USING meeting_seat AS s, meeting_case AS k"
        " WHERE s.id = f.seat_id AND k.id = f.case_id AND s.member_id = $1"
        " AND f.source = 'proposed' AND f.way = '' AND k.state = 'waiting'",
        member_id,
    )
    rows = await db.fetch(
        "UPDATE council_meeting SET version = version + 1 WHERE council_id = $1"
        " AND state <> 'closed' RETURNING id",
        council_id,
    )
    await propose_conflicts([row["id"] for row in rows])


async def lock(council_id: UUID) -> None:
    """Hold a council until the transaction ends: no meeting is planned meanwhile."""
    await db.execute("SELECT 1 FROM council WHERE id = $1 FOR UPDATE", council_id)


async def end(council_id: UUID, day: date, number: str, file_id: UUID | None) -> None:
    """Write by which decision and from when a council is no more."""
    await db.execute(
        "UPDATE council SET ended_on = $2, end_number = $3, end_file_id = $4 WHERE id = $1",
        council_id, day, number, file_id,
    )  # fmt: skip
