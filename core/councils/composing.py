"""Whom a member is in the register of people, and the end of a council by decision."""

from __future__ import annotations

from uuid import UUID

import msgspec

from core.accounts.schemas import Actor
from core.councils import phrases
from core.councils import repository as stored
from core.councils import repository_composing as repository
from core.councils.access import MANAGERS, council_of, wrong_file
from core.councils.schemas import CouncilEnd, CouncilRow
from core.councils.service import cleaned, is_day
from core.errors import ConflictError, InvalidInputError, NotFoundError
from core.kit import clock
from core.kit.i18n import fold, vn_date

AT_ONCE = 20


class Person(msgspec.Struct, frozen=True):
    """Somebody of the register who may be a member."""

    id: UUID
    full_name: str
    job_title: str
    unit_name: str


class MemberPage(msgspec.Struct, frozen=True, kw_only=True):
    """A member, who it is in the register (None: not known), and those whom a search found."""

    council: CouncilRow
    member_id: UUID
    full_name: str
    by_account: bool
    person: Person | None
    search: str
    found: tuple[Person, ...]


async def get_member(
    council_id: UUID, member_id: UUID, *, search: str = "", actor: Actor
) -> MemberPage:
    """Return a member with the people of the council's branch who could be it.

    Without a search those of the same name.

    Raises:
        NotFoundError, PermissionDeniedError: as usual.
    """
    council = await council_of(council_id, actor)
    actor.require(MANAGERS, council.unit_path)
    row = await repository.member(council_id, member_id)
    if row is None:
        raise NotFoundError
    words = " ".join(search.split())[:100] or row["full_name"]
    people = await repository.people(council.unit_path, fold(words), AT_ONCE)
    known = await repository.person(row["person_id"] or row["account_person_id"])
    return MemberPage(
        council=council, member_id=member_id, full_name=row["full_name"],
        by_account=row["person_id"] is None and known is not None,
        person=Person(**known) if known else None, search=words,
        found=tuple(Person(**each) for each in people),
    )  # fmt: skip


async def tie_member(
    council_id: UUID, member_id: UUID, person_id: UUID | None, *, actor: Actor
) -> MemberPage:
    """Write who a member is in the register (None: nobody); interests are proposed anew.

    Cases that wait in meetings of the council get what the register shows now: what an earlier
    tie proposed goes, what was declared or decided stays.

    Raises:
        NotFoundError, PermissionDeniedError: as usual.
        InvalidInputError: field `person_id`: nobody of the council's branch, another member, or
            somebody else than the person of the member's account.
        ConflictError: the council has ended (`council_ended`).
    """
    council = await council_of(council_id, actor)
    actor.require(MANAGERS, council.unit_path)
    row = await repository.member(council_id, member_id)
    if row is None:
        raise NotFoundError
    if council.ended_on:
        raise ConflictError(phrases.ENDED, code="council_ended")
    if person_id is not None:
        if row["account_person_id"] not in (None, person_id):
            raise InvalidInputError(fields={"person_id": phrases.TIED_BY_ACCOUNT})
        if not await repository.is_of_branch(person_id, council.unit_path):
            raise InvalidInputError(fields={"person_id": phrases.NO_PERSON})
        if await repository.is_other_member(council_id, member_id, person_id):
            raise InvalidInputError(fields={"person_id": phrases.TWICE})
    await repository.tie(member_id, person_id)
    await repository.propose_again(council_id, member_id)
    return await get_member(council_id, member_id, actor=actor)


async def end_council(council_id: UUID, end: CouncilEnd, *, actor: Actor) -> CouncilRow:
    """End a council by decision: it holds no more meetings; what it decided stays.

    Raises:
        NotFoundError, PermissionDeniedError: as usual.
        InvalidInputError: fields decision_number, ended_on, file.
        ConflictError: it has ended (`council_ended`), or a meeting is not over (`meeting_open`).
    """
    council = await council_of(council_id, actor)
    actor.require(MANAGERS, council.unit_path)
    await repository.lock(council_id)
    council = await council_of(council_id, actor)
    if council.ended_on:
        raise ConflictError(phrases.ENDED, code="council_ended")
    end = cleaned(end)
    day = is_day(end.ended_on)
    wrong = {}
    if not end.decision_number:
        wrong["end_number"] = phrases.NO_NUMBER
    if day is None:
        wrong["ended_on"] = phrases.BAD_DAY
    elif day > clock.today():
        wrong["ended_on"] = phrases.FUTURE_DAY
    elif day < council.decision_date:
        wrong["ended_on"] = phrases.BEFORE_MADE.format(day=vn_date(council.decision_date))
    if sentence := await wrong_file(end.file_id, council.unit_id):
        wrong["end_file"] = sentence
    if wrong or day is None:
        raise InvalidInputError(fields=wrong)
    running = [row for row in await stored.meetings(council_id) if row["state"] != "closed"]
    if running:
        titles = ", ".join(f"“{row['title']}”" for row in running[:3])
        raise ConflictError(phrases.MEETING_RUNS.format(titles=titles), code="meeting_open")
    await repository.end(council_id, day, end.decision_number, end.file_id)
    return await council_of(council_id, actor)
