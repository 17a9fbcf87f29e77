"""Conflicts of interest: declared, decided, and what each way does to the vote beforehand."""

from __future__ import annotations

from uuid import UUID

import msgspec

from core.accounts.schemas import Actor
from core.councils import phrases, repository
from core.councils import repository_cases as stored
from core.councils.access import able_to_vote, checked_cases, load, managed_head
from core.councils.schemas import CaseView, ConflictView, MeetingHead, MeetingView
from core.errors import ConflictError, InvalidInputError, NotFoundError
from core.kit.i18n import nfc
from core.law import votes
from core.law.votes import Attainable

DECLARED = ("candidate", "own_unit", "superior", "co_author", "relative", "other")


class Effect(msgspec.Struct, frozen=True, kw_only=True):
    """What a way of dealing with a conflict does: whether the threshold can still be reached."""

    way: str
    chance: Attainable


def effects(view: MeetingView, case: CaseView, conflict: ConflictView) -> list[Effect]:
    """Return what each way would do, before it is chosen (all others staying as they are).

    Nine members, nine tenths: one who may not vote makes the title unattainable.
    """
    ways = {each.seat_id: each.way for each in case.conflicts}
    rules = votes.rules_of(case.award_kind, case.rules_on)
    found = []
    for way in ("recuse", "declare", "substitute"):
        tried = {**ways, conflict.seat_id: way}
        able = able_to_vote(view.head, view.seats, tried, rules)
        chance = votes.attainable(view.members, view.members - able, rules.threshold)
        found.append(Effect(way=way, chance=chance))
    return found


async def decide(meeting_id: UUID, decisions: dict[UUID, str], *, actor: Actor) -> None:
    """Write what is done about conflicts; only before their case is opened.

    Raises:
        NotFoundError, PermissionDeniedError, ConflictError: as usual.
        InvalidInputError: an unknown way, or a substitute where none sits.
    """
    head = await managed_head(meeting_id, actor)
    view = await load(head, may_manage=True)
    known = {each.id: (case, each) for case in view.cases for each in case.conflicts}
    seats = {seat.id: seat for seat in view.seats}
    if not decisions.keys() <= known.keys():
        raise NotFoundError
    checked_cases(view, tuple({known[each][0].id for each in decisions}), "waiting")
    wrong = {}
    for conflict_id, way in decisions.items():
        seat = seats[known[conflict_id][1].seat_id]
        if way not in phrases.WAYS:
            wrong[f"conflict-{conflict_id}"] = phrases.UNKNOWN
        elif way == "substitute" and not seat.substitute_name:
            wrong[f"conflict-{conflict_id}"] = phrases.NO_SUBSTITUTE_HERE
    if wrong:
        raise InvalidInputError(fields=wrong)
    for conflict_id, way in decisions.items():
        await stored.decide_conflict(conflict_id, way, actor.account_id)
    await repository.touch(meeting_id)


async def declare(
    meeting_id: UUID, case_id: UUID, seat_id: UUID | None, kind: str, reason: str, *, actor: Actor
) -> None:
    """Write an interest: a member's own (`seat_id` None), or by the secretary for a member.

    Raises:
        NotFoundError: the actor neither sits there nor runs the council.
        ConflictError: the case is under vote already, or the meeting has ended.
        InvalidInputError: an unknown kind, or no reason where the kind alone says nothing.
    """
    reason = nfc(reason).strip()
    row = await repository.head(meeting_id)
    if row is None:
        raise NotFoundError
    head = MeetingHead(**row)
    view = await load(head, may_manage=True)
    if seat_id is None:
        own = [seat.id for seat in view.seats if seat.account_id == actor.account_id]
        if not own or actor.account_id is None:
            raise NotFoundError
        seat_id = own[0]
    else:
        await managed_head(meeting_id, actor, lock=False)
    if head.state == "closed":
        raise ConflictError(phrases.MEETING_CLOSED, code="meeting_closed")
    if seat_id not in {seat.id for seat in view.seats}:
        raise NotFoundError
    wrong = {}
    if kind not in DECLARED:
        wrong["kind"] = phrases.UNKNOWN
    if kind == "other" and not reason:
        wrong["reason"] = phrases.NO_REASON
    if wrong:
        raise InvalidInputError(fields=wrong)
    checked_cases(view, (case_id,), "waiting")
    await stored.lock_cases([case_id])
    await stored.declare(case_id, seat_id, kind, reason)
    await repository.touch(meeting_id)
