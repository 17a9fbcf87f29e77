"""SQL of the cases before a meeting: interests, boxes, votes with names, counts of slips."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from core.councils import box
from core.councils.schemas import PaperCounts, Result
from core.kit import db
from core.kit.ids import new_id

_CASES = """
SELECT k.id, k.nomination_id, n.state AS nomination_state, n.subject_name, n.subject_unit_name,
    n.subject_kind, n.award, n.award_kind, n.rung_key, k.position, k.ballot, k.counting,
    k.lower_award, k.lower_kind, k.state, k.outcome, k.void_reason, k.result, k.opened_at,
    k.closed_at, n.received_at, n.unit_id AS proposing_unit_id,
    coalesce(b.turnout, '{}') AS turnout, b.content IS NOT NULL AS has_box,
    (SELECT count(*) FROM named_vote AS v WHERE v.case_id = k.id) AS named,
    ARRAY(SELECT p.teller::int FROM paper_count AS p WHERE p.case_id = k.id ORDER BY 1) AS tellers
FROM meeting_case AS k JOIN nomination AS n ON n.id = k.nomination_id
LEFT JOIN ballot_box AS b ON b.case_id = k.id
WHERE k.meeting_id = $1 ORDER BY k.position, k.id
"""
_CANDIDATES = """
SELECT n.id, n.subject_name, n.subject_unit_name, n.award FROM nomination AS n
WHERE n.round_id = $1 AND n.state = 'council' AND NOT EXISTS (
    SELECT FROM meeting_case AS k JOIN council_meeting AS t ON t.id = k.meeting_id
    WHERE k.nomination_id = n.id AND k.state <> 'void' AND t.state <> 'closed')
ORDER BY n.award, n.sort_key, n.id LIMIT 500
"""
_INSERT = """
INSERT INTO meeting_case (id, meeting_id, nomination_id, position)
SELECT c.id, $2, c.nomination_id, c.place + (
    SELECT coalesce(max(k.position), 0) FROM meeting_case AS k WHERE k.meeting_id = $2)
FROM unnest($1::uuid[], $3::uuid[], $4::smallint[]) AS c (id, nomination_id, place)
JOIN nomination AS n ON n.id = c.nomination_id AND n.state = 'council'
JOIN council_meeting AS t ON t.id = $2 AND t.round_id = n.round_id
ON CONFLICT DO NOTHING
"""
# Who has an interest by the tree: the candidate; a head or anybody of the candidate's unit (the
# superior is the head of the unit above, by role or by the register's title); an author of an
# initiative on which the case rests.
_HEAD = (
    "^(quyền |phụ trách )?"
    "(giám đốc|trưởng|viện trưởng|chi cục trưởng|chánh văn phòng|chánh thanh tra|hiệu trưởng)"
)
_PROPOSE = """
INSERT INTO case_conflict (id, case_id, seat_id, source, kind)
SELECT DISTINCT ON (f.case_id, f.seat_id)
    gen_random_uuid(), f.case_id, f.seat_id, 'proposed', f.kind
FROM (
    SELECT k.id AS case_id, s.id AS seat_id, CASE
        WHEN p.id = n.subject_person_id THEN 'candidate'
        WHEN EXISTS (SELECT FROM nomination_initiative AS i
            JOIN initiative_author AS w ON w.initiative_id = i.initiative_id
            WHERE i.nomination_id = n.id AND w.person_id = p.id) THEN 'co_author'
        WHEN mu.path = su.path THEN 'own_unit'
        WHEN mu.id = su.parent_id AND (p.job_title ~* $2 OR EXISTS (SELECT FROM role_grant AS g
            JOIN account AS h ON h.id = g.account_id AND (h.id = a.id OR h.person_id = p.id)
            WHERE g.role IN ('unit_head', 'department_head') AND g.unit_id = mu.id))
            THEN 'superior'
        END AS kind
    FROM meeting_case AS k JOIN nomination AS n ON n.id = k.nomination_id
    JOIN meeting_seat AS s ON s.meeting_id = k.meeting_id
    JOIN council_member AS m ON m.id = s.member_id
    LEFT JOIN account AS a ON a.id = m.account_id
    LEFT JOIN person AS p ON p.id = coalesce(m.person_id, a.person_id)
    LEFT JOIN person AS sp ON sp.id = n.subject_person_id
    JOIN unit AS su ON su.id = coalesce(n.subject_unit_id, sp.unit_id, n.unit_id)
    LEFT JOIN unit AS mu ON mu.id = coalesce(p.unit_id, a.unit_id)
    WHERE k.meeting_id = ANY ($1::uuid[]) AND k.state = 'waiting'
) AS f WHERE f.kind IS NOT NULL
ON CONFLICT DO NOTHING
"""
_CONFLICTS = """
SELECT f.id, f.case_id, f.seat_id, s.full_name, f.source, f.kind, f.reason, f.way
FROM case_conflict AS f JOIN meeting_seat AS s ON s.id = f.seat_id
JOIN meeting_case AS k ON k.id = f.case_id
WHERE k.meeting_id = $1 ORDER BY f.case_id, s.position, f.id
"""
_VOTES = """
SELECT v.case_id, v.seat_id, s.full_name, v.choice, v.way, v.note, v.file_id
FROM named_vote AS v JOIN meeting_seat AS s ON s.id = v.seat_id
JOIN meeting_case AS k ON k.id = v.case_id WHERE k.meeting_id = $1
ORDER BY k.position, s.position
"""
_PREFERRED = """
SELECT k.id, count(*) FILTER (WHERE f.gender = 'female') AS women, count(*) AS people
FROM meeting_case AS k JOIN nomination AS n ON n.id = k.nomination_id
LEFT JOIN unit AS u ON u.id = n.subject_unit_id
JOIN person AS p ON p.id = n.subject_person_id
    OR EXISTS (SELECT FROM unit AS w WHERE w.id = p.unit_id AND w.path LIKE u.path || '%')
JOIN person_profile AS f ON f.person_id = p.id AND f.gender <> ''
WHERE k.meeting_id = $1 GROUP BY 1
"""


async def candidates(round_id: UUID) -> list[Any]:
    """Return the nominations of a round that wait for a meeting."""
    return await db.fetch(_CANDIDATES, round_id)


async def add_cases(meeting_id: UUID, nomination_ids: Sequence[UUID]) -> None:
    """Put nominations of the meeting's round before it."""
    ids = [new_id() for _ in nomination_ids]
    places = list(range(1, len(ids) + 1))
    await db.execute(_INSERT, ids, meeting_id, list(nomination_ids), places)


async def remove_case(case_id: UUID) -> None:
    """Take a case that nobody has voted on off the list."""
    await db.execute("DELETE FROM case_conflict WHERE case_id = $1", case_id)
    await db.execute("DELETE FROM ballot_box WHERE case_id = $1", case_id)
    await db.execute("DELETE FROM meeting_case WHERE id = $1", case_id)


async def propose_conflicts(meeting_ids: Sequence[UUID]) -> None:
    """Write the interests that the tree shows in meetings and nobody has written yet."""
    await db.execute(_PROPOSE, list(meeting_ids), _HEAD)


async def cases(meeting_id: UUID) -> list[Any]:
    """Return the cases of a meeting in their order."""
    return await db.fetch(_CASES, meeting_id)


async def lock_cases(case_ids: Sequence[UUID], *, share: bool = False) -> dict[UUID, str]:
    """Hold cases in the order of their ids; return the state of each."""
    mode = "SHARE" if share else "UPDATE"
    rows = await db.fetch(
        f"SELECT id, state FROM meeting_case WHERE id = ANY($1::uuid[]) ORDER BY id FOR {mode}",
        list(case_ids),
    )
    return {row["id"]: row["state"] for row in rows}


async def lock_nominations(case_ids: Sequence[UUID]) -> dict[UUID, str]:
    """Hold the nominations of cases against being moved; return their states by case."""
    rows = await db.fetch(
        "SELECT k.id, n.state FROM nomination AS n JOIN meeting_case AS k"
        " ON k.nomination_id = n.id WHERE k.id = ANY($1::uuid[]) ORDER BY n.id FOR SHARE OF n",
        list(case_ids),
    )
    return {row["id"]: row["state"] for row in rows}


async def conflicts(meeting_id: UUID) -> list[Any]:
    """Return the interests in all cases of a meeting."""
    return await db.fetch(_CONFLICTS, meeting_id)


async def declare(case_id: UUID, seat_id: UUID, kind: str, reason: str) -> None:
    """Write a declared interest; one that the tree proposed becomes declared."""
    await db.execute(
        "INSERT INTO case_conflict (id, case_id, seat_id, source, kind, reason)"
        " VALUES ($1, $2, $3, 'declared', $4, $5) ON CONFLICT (tenant_id, case_id, seat_id)"
        " DO UPDATE SET source = 'declared', kind = $4, reason = $5, way = ''",
        new_id(), case_id, seat_id, kind, reason,
    )  # fmt: skip


async def decide_conflict(conflict_id: UUID, way: str, by: UUID | None) -> None:
    """Write what is done about an interest."""
    await db.execute(
        "UPDATE case_conflict SET way = $2, decided_by = $3, decided_at = official_now()"
        " WHERE id = $1",
        conflict_id, way, by,
    )  # fmt: skip


async def open_case(
    case_id: UUID, ballot: str, counting: str, lower: tuple[str, str], slips: Sequence[UUID]
) -> None:
    """Open a case; a secret one gets an empty box, in which `slips` hold paper."""
    await db.execute(
        "UPDATE meeting_case SET state = 'open', ballot = $2, counting = $3, lower_award = $4,"
        " lower_kind = $5, opened_at = official_now(), closed_at = NULL WHERE id = $1",
        case_id, ballot, counting, *lower,
    )  # fmt: skip
    if ballot == "secret":
        turnout = box.Turnout().took(slips)
        await db.execute(
            "INSERT INTO ballot_box (id, case_id, turnout, content) VALUES ($1, $2, $3, $4)"
            " ON CONFLICT (tenant_id, case_id) DO UPDATE SET turnout = $3, content = $4",
            new_id(), case_id, _stored(turnout), box.empty(case_id),
        )  # fmt: skip


async def lock_boxes(case_ids: Sequence[UUID]) -> dict[UUID, tuple[box.Turnout, str]]:
    """Hold boxes in the order of their cases; return turnout and content of each."""
    rows = await db.fetch(
        "SELECT case_id, turnout, content FROM ballot_box WHERE case_id = ANY($1::uuid[])"
        " ORDER BY case_id FOR UPDATE",
        list(case_ids),
    )
    return {row["case_id"]: (box.turnout_of(row["turnout"]), row["content"]) for row in rows}


async def save_box(case_id: UUID, turnout: box.Turnout, content: str) -> None:
    """Write a box as a whole."""
    await db.execute(
        "UPDATE ballot_box SET turnout = $2, content = $3 WHERE case_id = $1",
        case_id, _stored(turnout), content,
    )  # fmt: skip


def _stored(turnout: box.Turnout) -> dict[str, list[str]]:
    return {
        "electronic": [str(each) for each in turnout.electronic],
        "paper": [str(each) for each in turnout.paper],
    }


async def insert_vote(
    *,
    case_id: UUID,
    seat_id: UUID,
    choice: str,
    way: str,
    note: str = "",
    file_id: UUID | None = None,
    by: UUID | None,
) -> bool:
    """Write a vote with a name; False where the seat has one already."""
    tag = await db.execute(
        "INSERT INTO named_vote (id, case_id, seat_id, choice, way, note, file_id, recorded_by,"
        " recorded_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, official_now())"
        " ON CONFLICT (tenant_id, case_id, seat_id) DO NOTHING",
        new_id(), case_id, seat_id, choice, way, note, file_id, by,
    )  # fmt: skip
    return tag == "INSERT 0 1"


async def votes(meeting_id: UUID) -> list[Any]:
    """Return the votes with names of a meeting."""
    return await db.fetch(_VOTES, meeting_id)


async def save_count(case_id: UUID, counts: PaperCounts, by: UUID | None) -> None:
    """Write what one teller counted (again, where it was counted anew)."""
    await db.execute(
        "INSERT INTO paper_count (id, case_id, teller, teller_name, agree, lower, disagree,"
        " abstain, invalid, entered_by, entered_at)"
        " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, official_now())"
        " ON CONFLICT (tenant_id, case_id, teller) DO UPDATE SET teller_name = $4, agree = $5,"
        " lower = $6, disagree = $7, abstain = $8, invalid = $9, entered_by = $10,"
        " entered_at = official_now()",
        new_id(), case_id, counts.teller, counts.teller_name, counts.agree, counts.lower,
        counts.disagree, counts.abstain, counts.invalid, by,
    )  # fmt: skip


async def paper_counts(case_ids: Sequence[UUID]) -> dict[UUID, list[PaperCounts]]:
    """Return what the tellers counted, by case."""
    rows = await db.fetch(
        "SELECT case_id, teller, teller_name, agree, lower, disagree, abstain, invalid"
        " FROM paper_count WHERE case_id = ANY($1::uuid[]) ORDER BY case_id, teller",
        list(case_ids),
    )
    found: dict[UUID, list[PaperCounts]] = {}
    for row in rows:
        fields = {key: value for key, value in row.items() if key != "case_id"}
        found.setdefault(row["case_id"], []).append(PaperCounts(**fields))
    return found


async def set_state(case_ids: Sequence[UUID], state: str) -> None:
    """Close cases, or open them again."""
    await db.execute(
        "UPDATE meeting_case SET state = $2::text,"
        " closed_at = CASE WHEN $2 = 'closed' THEN official_now() END"
        " WHERE id = ANY($1::uuid[])",
        list(case_ids), state,
    )  # fmt: skip


async def seal(results: Mapping[UUID, Result], by: UUID | None) -> None:
    """Write the results of cases, by id, and empty their boxes."""
    await db.executemany(
        "UPDATE meeting_case SET state = 'sealed', outcome = $2, result = $3, sealed_by = $4,"
        " sealed_at = official_now() WHERE id = $1",
        [(case_id, result.outcome, result, by) for case_id, result in sorted(results.items())],
    )
    await db.execute(
        "UPDATE ballot_box SET content = '' WHERE case_id = ANY ($1::uuid[])", list(results)
    )


async def set_outcomes(outcomes: Sequence[tuple[UUID, str]]) -> None:
    """Change what came out (left out, where places are short)."""
    await db.executemany("UPDATE meeting_case SET outcome = $2 WHERE id = $1", outcomes)


async def void(case_id: UUID, reason: str) -> None:
    """End a case whose nomination has left the council: nothing of its votes counts."""
    await db.execute(
        "UPDATE meeting_case SET state = 'void', void_reason = $2, outcome = '' WHERE id = $1",
        case_id, reason,
    )  # fmt: skip
    await db.execute("DELETE FROM ballot_box WHERE case_id = $1", case_id)


async def restart(case_id: UUID) -> None:
    """Take a secret ballot back to before it was opened; slips' counts go too."""
    await db.execute("DELETE FROM paper_count WHERE case_id = $1", case_id)
    await db.execute("DELETE FROM ballot_box WHERE case_id = $1", case_id)
    await db.execute(
        "UPDATE meeting_case SET state = 'waiting', opened_at = NULL, closed_at = NULL"
        " WHERE id = $1",
        case_id,
    )


async def preferred(meeting_id: UUID) -> dict[UUID, tuple[int, int]]:
    """Return women and people of known gender of each case's subject (a person: of one)."""
    rows = await db.fetch(_PREFERRED, meeting_id)
    return {row["id"]: (row["women"], row["people"]) for row in rows}


async def withdrawn() -> list[Any]:
    """Return the cases under vote whose nomination has left the council."""
    return await db.fetch(
        "SELECT k.id, k.meeting_id, n.subject_name FROM meeting_case AS k"
        " JOIN nomination AS n ON n.id = k.nomination_id"
        " WHERE k.state IN ('waiting', 'open', 'closed') AND n.state <> 'council'"
        " ORDER BY k.id FOR UPDATE OF k SKIP LOCKED"
    )


async def voted(meeting_id: UUID, seat_id: UUID) -> set[UUID]:
    """Return the cases of a meeting in which a seat has voted or holds a slip."""
    rows = await db.fetch(
        "SELECT k.id FROM meeting_case AS k LEFT JOIN ballot_box AS b ON b.case_id = k.id"
        " WHERE k.meeting_id = $1 AND (EXISTS (SELECT FROM named_vote AS v"
        " WHERE v.case_id = k.id AND v.seat_id::text = $2)"
        " OR b.turnout -> 'electronic' ? $2 OR b.turnout -> 'paper' ? $2)",
        meeting_id, str(seat_id),
    )  # fmt: skip
    return {row["id"] for row in rows}
