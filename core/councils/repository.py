"""SQL of councils, their members and meetings."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from core.councils.schemas import NewMember
from core.kit import db
from core.kit.ids import new_id

_COUNCIL = """
SELECT c.id, c.unit_id, u.name AS unit_name, u.path AS unit_path, c.name, c.decision_number,
    c.decision_date, c.decision_file_id, c.recusal_way, c.ended_on, c.end_number,
    c.end_file_id,
    (SELECT count(*) FROM council_member AS m WHERE m.council_id = c.id AND m.is_voting
        AND (m.ended_on IS NULL OR m.ended_on > official_now()::date)) AS voting,
    (SELECT count(*) FROM council_meeting AS t WHERE t.council_id = c.id) AS meetings
FROM council AS c JOIN unit AS u ON u.id = c.unit_id
"""
_MEMBERS = """
SELECT m.id, m.account_id, coalesce(m.person_id, a.person_id) AS person_id,
    coalesce(a.username, '') AS username, m.full_name, m.job_title, m.role, m.is_voting, m.ended_on
FROM council_member AS m LEFT JOIN account AS a ON a.id = m.account_id
WHERE m.council_id = $1 ORDER BY m.ended_on IS NOT NULL, m.position, m.id
"""
_MEETING_ROW = """
SELECT t.id, t.council_id, c.name AS council_name, t.title, t.form, t.starts_at, t.place, t.state,
    (SELECT count(*) FROM meeting_case AS k WHERE k.meeting_id = t.id) AS cases,
    (SELECT count(*) FROM meeting_case AS k WHERE k.meeting_id = t.id AND k.state = 'open')
        AS open_cases
FROM council_meeting AS t JOIN council AS c ON c.id = t.council_id
"""
_HEAD = """
SELECT t.id, t.council_id, c.name AS council_name, c.recusal_way, c.unit_id, u.name AS unit_name,
    u.path AS unit_path, t.round_id, r.name AS round_name, r.edition_id, t.title, t.form,
    t.starts_at, t.place, t.agenda, t.discussion, t.state, t.opened_at, t.closed_at, t.version
FROM council_meeting AS t JOIN council AS c ON c.id = t.council_id
JOIN unit AS u ON u.id = c.unit_id JOIN award_round AS r ON r.id = t.round_id
WHERE t.id = $1
"""
_SEATS = """
SELECT s.id, s.member_id, m.account_id, s.full_name, s.job_title, s.role, s.presence,
    s.substitute_name, s.substitute_title, s.substitute_account_id,
    coalesce(a.username, '') AS substitute_username, s.mandate_number, s.mandate_file_id
FROM meeting_seat AS s JOIN council_member AS m ON m.id = s.member_id
LEFT JOIN account AS a ON a.id = s.substitute_account_id
WHERE s.meeting_id = $1 ORDER BY s.position, s.id
"""
_POSITION = {"chair": 0, "vice": 10, "standing": 20, "member": 30, "secretary": 40}


async def councils() -> list[Any]:
    """Return all councils, those at work first (a department has a handful)."""
    return await db.fetch(f"{_COUNCIL} ORDER BY c.ended_on IS NOT NULL, u.path, c.id LIMIT 200")


async def council(council_id: UUID) -> Any | None:
    """Return one council, or None."""
    return await db.fetchrow(f"{_COUNCIL} WHERE c.id = $1", council_id)


async def insert_council(
    *,
    unit_id: UUID,
    name: str,
    number: str,
    dated: date,
    file_id: UUID | None,
    recusal_way: str,
    by: UUID | None,
) -> UUID:
    """Write a council and return its id."""
    council_id = new_id()
    await db.execute(
        "INSERT INTO council (id, unit_id, name, decision_number, decision_date,"
        " decision_file_id, recusal_way, created_by, created_at)"
        " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, official_now())",
        council_id, unit_id, name, number, dated, file_id, recusal_way, by,
    )  # fmt: skip
    return council_id


async def share_council(council_id: UUID) -> None:
    """Keep a council from being ended until the transaction ends."""
    await db.execute("SELECT 1 FROM council WHERE id = $1 FOR SHARE", council_id)


async def members(council_id: UUID) -> list[Any]:
    """Return the members in the order of their posts, those who left last."""
    return await db.fetch(_MEMBERS, council_id)


async def insert_member(
    council_id: UUID, member: NewMember, account_id: UUID | None, place: int
) -> UUID:
    """Write a member and return its id; who left and comes back keeps the old row."""
    member_id: UUID = await db.fetchval(
        "INSERT INTO council_member (id, council_id, account_id, full_name, job_title, role,"
        " is_voting, position) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"
        " ON CONFLICT (tenant_id, council_id, account_id) DO UPDATE SET ended_on = NULL,"
        " full_name = $4, job_title = $5, role = $6, is_voting = $7, position = $8"
        " RETURNING id",
        new_id(), council_id, account_id, member.full_name, member.job_title, member.role,
        member.is_voting, _POSITION[member.role] + place,
    )  # fmt: skip
    return member_id


async def end_member(council_id: UUID, member_id: UUID) -> bool:
    """Let a member leave today; tell whether one was there."""
    tag = await db.execute(
        "UPDATE council_member SET ended_on = official_now()::date"
        " WHERE id = $1 AND council_id = $2 AND ended_on IS NULL",
        member_id, council_id,
    )  # fmt: skip
    return tag == "UPDATE 1"


async def account(username: str) -> Any | None:
    """Return an active account by its user name: id, display_name; None if there is none."""
    return await db.fetchrow(
        "SELECT id, display_name FROM account WHERE username = $1 AND is_active", username
    )


async def units_with_council() -> list[Any]:
    """Return the units that may have a council: the root, and those with legal personality."""
    return await db.fetch(
        "SELECT id, name, path FROM unit WHERE is_active"
        " AND (parent_id IS NULL OR has_legal_personality) ORDER BY path"
    )


async def rounds(unit_id: UUID) -> list[Any]:
    """Return a unit's award rounds that are open or have cases for the council, newest first."""
    return await db.fetch(
        "SELECT id, name FROM award_round AS r WHERE unit_id = $1 AND (state = 'open'"
        " OR EXISTS (SELECT FROM nomination AS n WHERE n.round_id = r.id"
        " AND n.state = 'council')) ORDER BY opened_at DESC, id LIMIT 100",
        unit_id,
    )


async def meetings(council_id: UUID) -> list[Any]:
    """Return the meetings of a council, newest first."""
    return await db.fetch(
        f"{_MEETING_ROW} WHERE t.council_id = $1 ORDER BY t.starts_at DESC, t.id LIMIT 200",
        council_id,
    )


async def meetings_of(account_id: UUID | None) -> list[Any]:
    """Return the meetings in which an account has a seat, or sits for somebody; newest first."""
    return await db.fetch(
        f"{_MEETING_ROW} WHERE EXISTS (SELECT FROM meeting_seat AS s"
        " JOIN council_member AS m ON m.id = s.member_id WHERE s.meeting_id = t.id"
        " AND (m.account_id = $1 OR s.substitute_account_id = $1))"
        " ORDER BY t.state = 'closed', t.starts_at DESC, t.id LIMIT 100",
        account_id,
    )


async def insert_meeting(
    *,
    council_id: UUID,
    round_id: UUID,
    title: str,
    form: str,
    starts_at: datetime,
    place: str,
    agenda: str,
    by: UUID | None,
) -> UUID:
    """Write a meeting and return its id."""
    meeting_id = new_id()
    await db.execute(
        "INSERT INTO council_meeting (id, council_id, round_id, title, form, starts_at, place,"
        " agenda, created_by, created_at)"
        " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, official_now())",
        meeting_id, council_id, round_id, title, form, starts_at, place, agenda, by,
    )  # fmt: skip
    return meeting_id


async def insert_seats(meeting_id: UUID, rows: Sequence[Any], presence: str) -> None:
    """Give every voting member a seat."""
    await db.executemany(
        "INSERT INTO meeting_seat (id, meeting_id, member_id, full_name, job_title, role,"
        " position, presence) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        [
            (new_id(), meeting_id, row["id"], row["full_name"], row["job_title"], row["role"],
             place, presence)
            for place, row in enumerate(rows)
        ],
    )  # fmt: skip


async def head(meeting_id: UUID) -> Any | None:
    """Return a meeting's head, or None."""
    return await db.fetchrow(_HEAD, meeting_id)


async def lock_meeting(meeting_id: UUID) -> None:
    """Hold a meeting's row until the transaction ends."""
    await db.execute("SELECT 1 FROM council_meeting WHERE id = $1 FOR UPDATE", meeting_id)


async def seats(meeting_id: UUID) -> list[Any]:
    """Return the seats of a meeting, the chair first."""
    return await db.fetch(_SEATS, meeting_id)


async def save_presences(rows: Sequence[Sequence[Any]]) -> None:
    """Write (id, presence, substitute's name, title, account, mandate, its file) of seats."""
    await db.executemany(
        "UPDATE meeting_seat SET presence = $2, substitute_name = $3, substitute_title = $4,"
        " substitute_account_id = $5, mandate_number = $6,"
        " mandate_file_id = coalesce($7, mandate_file_id) WHERE id = $1",
        rows,
    )


async def set_state(meeting_id: UUID, state: str) -> None:
    """Open or close a meeting."""
    await db.execute(
        "UPDATE council_meeting SET state = $2::text, version = version + 1,"
        " opened_at = CASE WHEN $2 = 'open' THEN official_now() ELSE opened_at END,"
        " closed_at = CASE WHEN $2 = 'closed' THEN official_now() ELSE closed_at END"
        " WHERE id = $1",
        meeting_id, state,
    )  # fmt: skip


async def touch(meeting_id: UUID, discussion: str | None = None) -> None:
    """Count a change of what the minutes say; keep the course of the meeting where given."""
    await db.execute(
        "UPDATE council_meeting SET version = version + 1, discussion = coalesce($2, discussion)"
        " WHERE id = $1",
        meeting_id, discussion,
    )  # fmt: skip


async def seats_with_votes(meeting_id: UUID) -> set[UUID]:
    """Return the seats that have voted in some case of the meeting, or hold a slip."""
    rows = await db.fetch(
        "SELECT v.seat_id FROM named_vote AS v JOIN meeting_case AS k ON k.id = v.case_id"
        " WHERE k.meeting_id = $1 UNION"
        " SELECT e.seat::uuid FROM ballot_box AS b JOIN meeting_case AS k ON k.id = b.case_id,"
        " jsonb_array_elements_text((b.turnout -> 'electronic') || (b.turnout -> 'paper'))"
        " AS e (seat) WHERE k.meeting_id = $1 AND k.state <> 'void'",
        meeting_id,
    )
    return {row["seat_id"] for row in rows}


async def is_scan(file_id: UUID, unit_id: UUID) -> bool:
    """Tell whether a file is a scan that was kept for a unit's council."""
    found: bool = await db.fetchval(
        "SELECT EXISTS (SELECT FROM stored_file WHERE id = $1 AND unit_id = $2"
        " AND purpose = 'council')",
        file_id,
        unit_id,
    )
    return found
