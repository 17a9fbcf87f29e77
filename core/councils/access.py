"""Who may do what in a council, and a meeting as a whole (four queries, whatever its length)."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import msgspec

from core.accounts.schemas import Actor, Role
from core.councils import box, phrases, repository
from core.councils import repository_cases as stored
from core.councils.schemas import (
    CaseView,
    ConflictView,
    CouncilRow,
    MeetingHead,
    MeetingView,
    Result,
    SeatView,
    VoteView,
)
from core.errors import ConflictError, InvalidInputError, NotFoundError
from core.kit import clock
from core.law import service as law
from core.law import votes
from core.law.binding import unconfirmed
from core.law.schemas import Parameter
from core.law.votes import Attendance, Presence, Share, VoteRules

MANAGERS = (Role.COUNCIL_SECRETARY, Role.OFFICER)
READERS = (*MANAGERS, Role.DEPARTMENT_HEAD, Role.AUDITOR)
GENERAL = ""
"""The kind of award of which the general rules of a meeting are asked."""


def reads(actor: Actor, unit_path: str) -> bool:
    """Tell whether an actor sees a unit's council."""
    return actor.can(READERS, unit_path)


def manages(actor: Actor, unit_path: str) -> bool:
    """Tell whether an actor runs a unit's council."""
    return actor.can(MANAGERS, unit_path)


async def council_of(council_id: UUID, actor: Actor) -> CouncilRow:
    """Return a council that the actor reads.

    Raises:
        NotFoundError: there is none, or not for this person.
    """
    row = await repository.council(council_id)
    if row is None or not reads(actor, row["unit_path"]):
        raise NotFoundError
    return CouncilRow(**row)


async def managed_head(meeting_id: UUID, actor: Actor, *, lock: bool = True) -> MeetingHead:
    """Return a meeting that the actor runs and that has not ended, held until the end.

    Raises:
        NotFoundError, PermissionDeniedError: as usual.
        ConflictError: the meeting has ended (`meeting_closed`).
    """
    if lock:
        await repository.lock_meeting(meeting_id)
    row = await repository.head(meeting_id)
    if row is None or not reads(actor, row["unit_path"]):
        raise NotFoundError
    actor.require(MANAGERS, row["unit_path"])
    head = MeetingHead(**row)
    if head.state == "closed":
        raise ConflictError(phrases.MEETING_CLOSED, code="meeting_closed")
    return head


async def meeting_of(meeting_id: UUID, actor: Actor) -> MeetingView:
    """Return a meeting that the actor reads, with seats, cases, interests and open votes.

    Votes with names are in it for sealed cases only.

    Raises:
        NotFoundError: there is none, or not for this person.
    """
    row = await repository.head(meeting_id)
    if row is None or not reads(actor, row["unit_path"]):
        raise NotFoundError
    return await load(MeetingHead(**row), manages(actor, row["unit_path"]))


async def load(head: MeetingHead, may_manage: bool) -> MeetingView:
    """Put a meeting together."""
    seats = tuple(SeatView(**row) for row in await repository.seats(head.id))
    rows = await stored.cases(head.id)
    conflicts = [ConflictView(**row) for row in await stored.conflicts(head.id)]
    preferred = await stored.preferred(head.id) if rows else {}
    cases = tuple(_case(row, head, seats, conflicts, preferred.get(row["id"])) for row in rows)
    sealed = {case.id for case in cases if case.state == "sealed"}
    named = await stored.votes(head.id) if sealed else []
    shown = tuple(VoteView(**row) for row in named if row["case_id"] in sealed)
    return MeetingView(
        head=head, seats=seats, cases=cases, votes=shown,
        attendance=attendance_of(head, seats, _day(head)), may_manage=may_manage,
    )  # fmt: skip


def _day(head: MeetingHead) -> date:
    return (head.opened_at or head.starts_at).astimezone(clock.VIETNAM).date()


def unconfirmed_of(view: MeetingView) -> tuple[Parameter, ...]:
    """Return the rules of a meeting and of its cases that nobody has confirmed, each once."""
    asked: list[tuple[tuple[str, ...], date]] = [(votes.MEETING_KEYS, law_day(view))]
    asked += [
        (votes.keys_of(case.award_kind, case.rules_on), case.rules_on)
        for case in view.cases
        if case.is_live
    ]
    found = {row.key: row for keys, on in asked for row in unconfirmed(keys, on)}
    return tuple(found.values())


def law_day(view: MeetingView) -> date:
    """Return the day whose rules hold for a meeting as a whole: its own."""
    return _day(view.head)


def attendance_of(head: MeetingHead, seats: tuple[SeatView, ...], on: date) -> Attendance:
    """Return who takes part; opinions in writing alone need no quorum and count as taking part."""
    rules = votes.rules_of(GENERAL, on)
    if head.form == "written":
        rules = msgspec.structs.replace(rules, quorum=Share(rules.quorum.part * 0))
        rules = msgspec.structs.replace(rules, written_attend=True)
    return votes.attendance([Presence(seat.presence) for seat in seats], rules)


def rules_day(received: Any) -> date:
    """Return the day that chooses the rule: on which the dossier was received (law.md §0)."""
    return received.astimezone(clock.VIETNAM).date() if received else clock.today()


def may_vote(seat: SeatView, way: str, rules: VoteRules, form: str) -> bool:
    """Tell whether a vote can come from a seat in a case (by whomever)."""
    if way == "recuse":
        return False
    if way == "substitute" or seat.presence == Presence.SUBSTITUTED:
        return rules.substitutes_vote and bool(seat.substitute_name)
    if seat.presence == Presence.WRITTEN:
        return rules.written_vote or form == "written"
    return seat.presence == Presence.PRESENT


def able_to_vote(
    head: MeetingHead, seats: tuple[SeatView, ...], ways: dict[UUID, str], rules: VoteRules
) -> int:
    """Return how many seats can vote in a case; before the roll is called all are expected."""
    if head.state == "planned":
        seats = tuple(
            msgspec.structs.replace(seat, presence="present") if seat.presence == "absent" else seat
            for seat in seats
        )
    return sum(may_vote(seat, ways.get(seat.id, ""), rules, head.form) for seat in seats)


def basis_of(award_kind: str, on: date) -> tuple[str, str, bool]:
    """Return the threshold in words, its basis, and whether it is confirmed."""
    row = law.parameter(votes.share_key(award_kind, on), on)
    share = votes.threshold_of(award_kind, on)
    words = phrases.FRACTIONS[share.strict].format(share=f"{row.value}%")
    return words, row.legal_basis or row.note, row.is_confirmed


def _case(
    row: Any,
    head: MeetingHead,
    seats: tuple[SeatView, ...],
    conflicts: list[ConflictView],
    women: tuple[int, int] | None,
) -> CaseView:
    on = rules_day(row["received_at"])
    rules = votes.rules_of(row["award_kind"], on)
    own = tuple(each for each in conflicts if each.case_id == row["id"])
    ways = {each.seat_id: each.way for each in own}
    able = able_to_vote(head, seats, ways, rules)
    share, basis, confirmed = basis_of(row["award_kind"], on)
    turnout = box.turnout_of(row["turnout"])
    voted = len(turnout.electronic) + len(turnout.paper) + row["named"]
    plain = {
        name: row[name]
        for name in CaseView.__struct_fields__
        if name in row and name not in {"result", "tellers"}
    }
    return CaseView(
        **plain, rules_on=on, conflicts=own, able=able, voted=voted, share=share, basis=basis,
        is_confirmed=confirmed, must_be_secret=rules.is_secret, tellers=tuple(row["tellers"]),
        result=msgspec.convert(row["result"], Result) if row["result"] else None,
        chance=votes.attainable(len(seats), len(seats) - able, rules.threshold),
        is_preferred=women is not None and votes.is_preferred(*women, on=clock.today()),
    )  # fmt: skip


async def wrong_file(file_id: UUID | None, unit_id: UUID) -> str:
    """Return what is wrong with a scan that is named by its id ('' = it is the council's)."""
    if file_id is None or await repository.is_scan(file_id, unit_id):
        return ""
    return phrases.NO_SUCH_SCAN


def checked_cases(view: MeetingView, case_ids: tuple[UUID, ...], *states: str) -> list[CaseView]:
    """Return the named cases of a meeting, each in one of the states and still before the council.

    Raises:
        InvalidInputError: none was named.
        NotFoundError: one of them is not of this meeting.
        ConflictError: one is in another state (`case_state`), or its nomination has left the
            council (`not_before_council`).
    """
    if not case_ids:
        raise InvalidInputError(phrases.NO_CASE, fields={"case_ids": phrases.NO_CASE})
    known = {case.id: case for case in view.cases}
    if not set(case_ids) <= known.keys():
        raise NotFoundError
    found = [known[case_id] for case_id in dict.fromkeys(case_ids)]
    for case in found:
        if not case.is_live and case.state != "sealed":
            sentence = phrases.NOT_BEFORE_COUNCIL.format(name=case.subject_name)
            raise ConflictError(sentence, code="not_before_council")
        if case.state not in states:
            words = phrases.CASE_STATES[case.state]
            sentence = phrases.CASE_STATE.format(name=case.subject_name, state=words)
            raise ConflictError(sentence, code="case_state", extra={"state": case.state})
    return found
