"""Councils: made by a decision, with their members."""

from __future__ import annotations

from datetime import date
from typing import TypeVar
from uuid import UUID

import msgspec

from core.accounts.schemas import SYSTEM, Actor
from core.councils import phrases, repository
from core.councils.access import MANAGERS, READERS, council_of, manages, reads, wrong_file
from core.councils.schemas import (
    CouncilRow,
    CouncilView,
    MeetingRow,
    MemberView,
    NewCouncil,
    NewMember,
)
from core.errors import ConflictError, InvalidInputError, NotFoundError, PermissionDeniedError
from core.kit import clock
from core.kit.i18n import nfc
from core.organisation import service as organisation

T = TypeVar("T", bound=msgspec.Struct)
CHOICES_OF_WAY = ("recuse", "declare", "substitute")
MAX_WORDS = 300


def is_day(text: str) -> date | None:
    """Return an ISO day, or None."""
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        return None


def cleaned(value: T) -> T:
    """Return a struct with its texts in NFC, trimmed."""
    texts = {
        name: nfc(text).strip()[: 20 * MAX_WORDS]
        for name in value.__struct_fields__
        if isinstance(text := getattr(value, name), str)
    }
    return msgspec.structs.replace(value, **texts)


async def list_councils(*, actor: Actor) -> list[CouncilRow]:
    """Return the councils that the actor reads.

    Raises:
        PermissionDeniedError: councils are none of this person's business.
    """
    if not actor.has(READERS):
        raise PermissionDeniedError
    rows = await repository.councils()
    return [CouncilRow(**row) for row in rows if reads(actor, row["unit_path"])]


async def units_to_choose(*, actor: Actor) -> list[tuple[UUID, str]]:
    """Return the units for which the actor may make a council."""
    rows = await repository.units_with_council()
    return [(row["id"], row["name"]) for row in rows if manages(actor, row["path"])]


async def create_council(new: NewCouncil, *, actor: Actor) -> UUID:
    """Make a council by its decision; return its id.

    Raises:
        NotFoundError, PermissionDeniedError: the unit is not there, or not the actor's.
        InvalidInputError: name, number, day or way is missing or wrong; the unit has no legal
            personality.
    """
    new = cleaned(new)
    unit = await organisation.get_unit(new.unit_id, actor=SYSTEM)
    actor.require(MANAGERS, unit.path)
    dated = is_day(new.decision_date)
    wrong = {}
    if not new.name:
        wrong["name"] = phrases.NO_NAME
    if not new.decision_number:
        wrong["decision_number"] = phrases.NO_NUMBER
    if dated is None:
        wrong["decision_date"] = phrases.BAD_DAY
    elif dated > clock.today():
        wrong["decision_date"] = phrases.FUTURE_DAY
    if new.recusal_way not in CHOICES_OF_WAY:
        wrong["recusal_way"] = phrases.UNKNOWN
    allowed = {row["id"] for row in await repository.units_with_council()}
    if new.unit_id not in allowed:
        wrong["unit_id"] = phrases.NOT_LEGAL
    if sentence := await wrong_file(new.decision_file_id, new.unit_id):
        wrong["file"] = sentence
    if wrong or dated is None:
        raise InvalidInputError(fields=wrong)
    return await repository.insert_council(
        unit_id=new.unit_id, name=new.name, number=new.decision_number, dated=dated,
        file_id=new.decision_file_id, recusal_way=new.recusal_way, by=actor.account_id,
    )  # fmt: skip


async def get_council(council_id: UUID, *, actor: Actor) -> CouncilView:
    """Return a council with its members and meetings.

    Raises:
        NotFoundError: there is none, or not for this person.
    """
    council = await council_of(council_id, actor)
    members = await repository.members(council_id)
    meetings = await repository.meetings(council_id)
    return CouncilView(
        council=council,
        members=tuple(MemberView(**row) for row in members),
        meetings=tuple(MeetingRow(**row) for row in meetings),
        may_manage=manages(actor, council.unit_path),
    )


async def add_member(council_id: UUID, new: NewMember, *, actor: Actor) -> UUID:
    """Add a member; return its id. Meetings that are already planned keep their seats.

    Raises:
        NotFoundError, PermissionDeniedError: as usual.
        ConflictError: the council has ended.
        InvalidInputError: no name, no such account, in the council already, a second chair.
    """
    council = await council_of(council_id, actor)
    actor.require(MANAGERS, council.unit_path)
    if council.ended_on:
        raise ConflictError(phrases.ENDED, code="council_ended")
    new = cleaned(new)
    account = await repository.account(new.username.lower()) if new.username else None
    if account and not new.full_name:
        new = msgspec.structs.replace(new, full_name=account["display_name"])
    present = [row for row in await repository.members(council_id) if not row["ended_on"]]
    wrong = {}
    if new.username and account is None:
        wrong["username"] = phrases.NO_ACCOUNT.format(username=new.username)
    elif not new.full_name:
        wrong["full_name"] = phrases.NO_NAME
    if account and account["id"] in {row["account_id"] for row in present}:
        wrong["username"] = phrases.TWICE
    if new.role not in phrases.ROLES:
        wrong["role"] = phrases.UNKNOWN
    elif new.role == "chair" and any(row["role"] == "chair" for row in present):
        wrong["role"] = phrases.ONE_CHAIR
    if wrong:
        raise InvalidInputError(fields=wrong)
    account_id = account["id"] if account else None
    place = min(9, sum(row["role"] == new.role for row in present))
    return await repository.insert_member(council_id, new, account_id, place)


async def end_member(council_id: UUID, member_id: UUID, *, actor: Actor) -> None:
    """Let a member leave the council today.

    Raises:
        NotFoundError, PermissionDeniedError: as usual.
    """
    council = await council_of(council_id, actor)
    actor.require(MANAGERS, council.unit_path)
    if not await repository.end_member(council_id, member_id):
        raise NotFoundError


async def list_my_meetings(*, actor: Actor) -> list[MeetingRow]:
    """Return the meetings in which the actor has a seat, or sits for somebody."""
    return [MeetingRow(**row) for row in await repository.meetings_of(actor.account_id)]
