"""Conflicts of interest: declared, decided, and what each way does to the vote beforehand."""

from __future__ import annotations

from uuid import UUID

import msgspec

from core.accounts.schemas import Actor
from core.councils import phrases, repository
from core.councils import repository_cases as stored
from core.councils.access import checked_cases, load, managed_head, may_vote
from core.councils.schemas import CaseView, ConflictView, MeetingHead, MeetingView
from core.errors import ConflictError, InvalidInputError, NotFoundError
from core.law import votes
from core.law.votes import Attainable


class Effect(msgspec.Struct, frozen=True, kw_only=True):
    """What a way of dealing with a conflict does: whether the threshold can still be reached."""

    way: str
    chance: Attainable


def effects(view: MeetingView, case: CaseView, conflict: ConflictView) -> list[Effect]:
    """Return the outcome of each way before it is chosen (all others staying as they are).

    Nine members, nine tenths: one who may not vote makes the title unattainable.
    """
    ways = {each.seat_id: each.way for each in case.conflicts}
    rules = msgspec.structs.replace(votes.rules_of(case.award_kind, _day(view, case)))
    found = []
    for way in ("recuse", "declare", "substitute"):
        tried = {**ways, conflict.seat_id: way}
        able = sum(
            may_vote(seat, tried.get(seat.id, ""), rules, view.head.form) for seat in view.seats
        )
        chance = votes.attainable(view.members, view.members - able, rules.threshold)
        found.append(Effect(way=way, chance=chance))
    return found


def _day(view: MeetingView, case: CaseView) -> object:
    raise NotImplementedError
