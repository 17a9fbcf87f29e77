"""Meetings: planned, invited to, attended, opened; the list of cases before them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

import msgspec

from core.accounts.schemas import Actor
from core.councils import phrases, repository
from core.councils import repository_cases as stored
from core.councils.access import (
    GENERAL,
    MANAGERS,
    attendance_of,
    checked_cases,
    council_of,
    load,
    managed_head,
    meeting_of,
    wrong_file,
)
from core.councils.schemas import (
    Candidate,
    MeetingHead,
    MeetingView,
    NewMeeting,
    Presence,
    SeatView,
)
from core.councils.service import cleaned
from core.errors import ConflictError, InvalidInputError, NotFoundError
from core.kit import clock
from core.kit.i18n import vn_datetime
from core.law import votes
from core.notifications.schemas import Event
from core.notifications.service import notify


def _instant(text: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(text.strip())
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=clock.VIETNAM)


async def create_meeting(council_id: UUID, new: NewMeeting, *, actor: Actor) -> UUID:
    """Plan a meeting on a round's nominations; every voting member of today gets a seat.

    Raises:
        NotFoundError, PermissionDeniedError: as usual.
        ConflictError: the council has ended, or has no voting member.
        InvalidInputError: title, time, form or round is missing or wrong.
    """
    council = await council_of(council_id, actor)
    actor.require(MANAGERS, council.unit_path)
    await repository.share_council(council_id)
    council = await council_of(council_id, actor)
    if council.ended_on:
        raise ConflictError(phrases.ENDED, code="council_ended")
    new = cleaned(new)
    starts_at = _instant(new.starts_at)
    rounds = {row["id"] for row in await repository.rounds(council.unit_id)}
    wrong = {}
    if not new.title:
        wrong["title"] = phrases.NO_NAME
    if starts_at is None:
        wrong["starts_at"] = phrases.NO_TIME
    if new.form not in phrases.FORMS:
        wrong["form"] = phrases.UNKNOWN
    if new.round_id not in rounds:
        wrong["round_id"] = phrases.NO_ROUND
    if wrong or starts_at is None or new.round_id is None:
        raise InvalidInputError(fields=wrong)
    rows = await repository.members(council_id)
    voting = [row for row in rows if row["is_voting"] and not row["ended_on"]]
    if not voting:
        raise ConflictError(phrases.NO_MEMBERS, code="no_members")
    meeting_id = await repository.insert_meeting(
        council_id=council_id, round_id=new.round_id, title=new.title, form=new.form,
        starts_at=starts_at, place=new.place, agenda=new.agenda, by=actor.account_id,
    )  # fmt: skip
    presence = "written" if new.form == "written" else "absent"
    await repository.insert_seats(meeting_id, voting, presence)
    return meeting_id


async def get_meeting(meeting_id: UUID, *, actor: Actor) -> MeetingView:
    """Return a meeting with seats, cases and results; never what stands in an open ballot.

    Raises:
        NotFoundError: there is none, or not for this person.
    """
    return await meeting_of(meeting_id, actor)


async def rounds_to_choose(unit_id: UUID) -> list[tuple[UUID, str]]:
    """Return the award rounds of a unit that a meeting can be about."""
    return [(row["id"], row["name"]) for row in await repository.rounds(unit_id)]


async def candidates(head: MeetingHead) -> list[Candidate]:
    """Return the nominations of the meeting's round that wait for a meeting."""
    return [Candidate(**row) for row in await stored.candidates(head.round_id)]


async def add_cases(meeting_id: UUID, nomination_ids: tuple[UUID, ...], *, actor: Actor) -> None:
    """Put nominations before the meeting; interests that the tree shows are proposed at once.

    Raises:
        NotFoundError, PermissionDeniedError, ConflictError: as usual.
        InvalidInputError: none was chosen, or one of them does not wait for a meeting.
    """
    head = await managed_head(meeting_id, actor)
    waiting = {each.id for each in await candidates(head)}
    if not nomination_ids or not set(nomination_ids) <= waiting:
        raise InvalidInputError(phrases.NO_CASE, fields={"nomination_ids": phrases.NO_CASE})
    await stored.add_cases(meeting_id, nomination_ids)
    await stored.propose_conflicts([meeting_id])
    await repository.touch(meeting_id)


async def remove_case(meeting_id: UUID, case_id: UUID, *, actor: Actor) -> None:
    """Take a case that is not under vote off the list.

    Raises:
        NotFoundError, PermissionDeniedError, ConflictError: as usual.
    """
    head = await managed_head(meeting_id, actor)
    view = await load(head, may_manage=True)
    [case] = checked_cases(view, (case_id,), "waiting")
    await stored.remove_case(case.id)
    await repository.touch(meeting_id)


async def invite(meeting_id: UUID, *, actor: Actor) -> int:
    """Tell everybody with a seat (and their substitutes) when and where; return how many.

    A changed time or place is told again.

    Raises:
        NotFoundError, PermissionDeniedError, ConflictError: as usual.
    """
    head = await managed_head(meeting_id, actor)
    accounts = people_of(await load(head, may_manage=True))
    when = vn_datetime(head.starts_at)
    body = phrases.INVITATION_BODY.format(
        council=head.council_name, when=when, place=head.place or "…", agenda=head.agenda or "…"
    )
    return await notify(
        event=Event.COUNCIL_INVITED,
        account_ids=accounts,
        title=phrases.INVITATION.format(title=head.title),
        body=body,
        href=f"/hop/{head.id}",
        dedup_key=f"council_invited:{head.id}:{when}:{head.place}"[:200],
        subject_id=head.id,
        edition_id=head.edition_id,
    )


def people_of(view: MeetingView) -> list[UUID]:
    """Return the accounts of members and substitutes of a meeting."""
    ids = [i for seat in view.seats for i in (seat.account_id, seat.substitute_account_id) if i]
    return list(dict.fromkeys(ids))


async def set_presences(
    meeting_id: UUID, presences: Mapping[UUID, Presence], *, actor: Actor
) -> None:
    """Write how seats take part; a seat that has voted keeps what it has.

    Raises:
        NotFoundError, PermissionDeniedError: as usual.
        ConflictError: the meeting has ended, or a seat has voted (`has_voted`).
        InvalidInputError: a substitute without a name or mandate, who is a member, or who sits for
            two; the field is named after the seat.
    """
    head = await managed_head(meeting_id, actor)
    seats = {row["id"]: SeatView(**row) for row in await repository.seats(meeting_id)}
    if not presences.keys() <= seats.keys():
        raise NotFoundError
    # Votes on their way hold the cases: what they write is seen below.
    await stored.lock_cases([row["id"] for row in await stored.cases(meeting_id)])
    voted = await repository.seats_with_votes(meeting_id)
    rules = votes.rules_of(GENERAL, clock.today())
    members = {seat.account_id for seat in seats.values() if seat.account_id}
    wrong: dict[str, str] = {}
    rows = []
    sitting: set[UUID | None] = set()
    for seat_id, given in presences.items():
        seat, new = seats[seat_id], cleaned(given)
        account_id = None
        if new.substitute_username:
            account = await repository.account(new.substitute_username.lower())
            account_id = account["id"] if account else None
            if account and not new.substitute_name:
                new = msgspec.structs.replace(new, substitute_name=account["display_name"])
        sentence = _wrong(new, account_id, rules.substitutes_vote, members, sitting)
        sentence = sentence or await wrong_file(new.mandate_file_id, head.unit_id)
        if sentence:
            wrong[f"seat-{seat_id}"] = f"{seat.full_name}: {sentence}"
        if seat_id in voted and _differs(seat, new, account_id):
            sentence = phrases.HAS_VOTED.format(name=seat.full_name)
            raise ConflictError(sentence, code="has_voted")
        sitting.add(account_id)
        rows.append(
            (seat_id, new.presence, new.substitute_name, new.substitute_title, account_id,
             new.mandate_number, new.mandate_file_id)
        )  # fmt: skip
    if wrong:
        raise InvalidInputError(fields=wrong)
    await repository.save_presences(rows)
    await repository.touch(head.id)


def _wrong(
    new: Presence,
    account_id: UUID | None,
    may_vote: bool,
    members: set[UUID],
    sitting: set[UUID | None],
) -> str:
    """Return what is wrong with one seat's presence, or ''."""
    if new.presence not in phrases.PRESENCES:
        return phrases.UNKNOWN
    if new.substitute_username and account_id is None:
        return phrases.NO_ACCOUNT.format(username=new.substitute_username)
    needs = new.presence == "substituted" or bool(new.substitute_name)
    if needs and not (new.substitute_name and new.mandate_number):
        return phrases.NO_MANDATE
    if needs and not may_vote:
        return phrases.NO_SUBSTITUTES
    if account_id in members:
        return phrases.MEMBER_AS_SUBSTITUTE.format(name=new.substitute_name)
    return phrases.SUBSTITUTE_TWICE if account_id and account_id in sitting else ""


def _differs(seat: SeatView, new: Presence, account_id: UUID | None) -> bool:
    return (seat.presence, seat.substitute_account_id) != (new.presence, account_id)


async def open_meeting(meeting_id: UUID, *, actor: Actor) -> None:
    """Begin: there must be a quorum of all members.

    Raises:
        NotFoundError, PermissionDeniedError: as usual.
        ConflictError: too few in the room (`no_quorum`), or ended.
    """
    head = await managed_head(meeting_id, actor)
    seats = tuple(SeatView(**row) for row in await repository.seats(meeting_id))
    found = attendance_of(head, seats, clock.today())
    if not found.has_quorum:
        sentence = phrases.NO_QUORUM.format(
            seated=found.seated, members=found.members, needed=found.quorum_needed
        )
        raise ConflictError(sentence, code="no_quorum")
    await stored.propose_conflicts([meeting_id])
    if head.state == "planned":
        await repository.set_state(meeting_id, "open")
