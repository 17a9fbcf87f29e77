"""Holds: nothing is proposed or decided while one lasts. Only the officer's side sees them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

import msgspec

from core.accounts.schemas import Actor
from core.eligibility import asking, phrases
from core.eligibility import repository_holds as repository
from core.eligibility.access import HOLD_READERS, OFFICER, patterns
from core.eligibility.forms import Typed
from core.eligibility.schemas import HoldKind, Subject
from core.eligibility.subjects import File, get_subject, keep_file
from core.errors import ConflictError, NotFoundError
from core.kit import clock
from core.organisation import service as organisation

PAGE = 50


class HoldRow(msgspec.Struct, frozen=True):
    """One hold; it lasts while `released_on` is empty or in the future."""

    id: UUID
    subject_id: UUID
    name: str
    unit_name: str
    path: str
    kind: str
    reason: str
    file_id: UUID | None
    from_on: date
    released_on: date | None
    release_note: str
    counts_from: date | None
    made_by: str
    made_at: datetime
    released_by: str

    def lasts(self, day: date) -> bool:
        """Tell whether it still holds on a day."""
        return self.released_on is None or day < self.released_on


class HoldPage(msgspec.Struct, frozen=True):
    """One page of holds; `after` is the id to go on from, or None."""

    rows: tuple[HoldRow, ...]
    after: UUID | None


async def list_holds(
    *, actor: Actor, search: str = "", over: bool = False, after: UUID | None = None
) -> HoldPage:
    """Return one page of holds, newest first; `over`: those that have ended.

    Raises:
        PermissionDeniedError: not on the officer's side.
    """
    rows = await repository.page(
        patterns(actor, HOLD_READERS), organisation.like(search), over, after, PAGE + 1
    )
    shown = tuple(HoldRow(**row) for row in rows[:PAGE])
    return HoldPage(shown, shown[-1].id if len(rows) > PAGE else None)


async def holds_of(subject_id: UUID, *, actor: Actor) -> list[HoldRow]:
    """Return the holds on a subject, newest first; [] for who may not see holds.

    Raises:
        NotFoundError: no such subject for this person.
    """
    subject = await get_subject(subject_id, actor=actor)
    if not actor.can(HOLD_READERS, subject.path):
        return []
    return [HoldRow(**row) for row in await repository.of_subject(subject_id)]


async def get_hold(hold_id: UUID, *, actor: Actor) -> HoldRow:
    """Return one hold.

    Raises:
        NotFoundError: there is none for this person.
    """
    row = await repository.hold(hold_id)
    if row is None or not actor.can(HOLD_READERS, row["path"]):
        raise NotFoundError
    return HoldRow(**row)


async def make_hold(
    subject_id: UUID, typed: Mapping[str, str], *, file: File | None = None, actor: Actor
) -> Subject:
    """Put a subject on hold; its nominations are checked again by a job.

    Raises:
        NotFoundError, PermissionDeniedError: not an officer there.
        InvalidInputError: fields hold_kind, reason, from_on, file.
    """
    subject = await get_subject(subject_id, actor=actor)
    actor.require(OFFICER, subject.path)
    form = Typed(typed)
    kind = form.choice("hold_kind", phrases.HOLD_KINDS, phrases.BAD_HOLD_KIND)
    reason = form.text("reason", missing=phrases.NO_REASON, most=2000)
    from_on = form.day("from_on")
    if from_on and from_on > clock.today():
        form.errors["from_on"] = phrases.FUTURE_DAY
    form.done()
    file_id = await keep_file(file, purpose="confidential", unit_id=subject.unit_id, actor=actor)
    values: dict[str, Any] = {"kind": kind, "reason": reason, "from_on": from_on}
    await repository.lock_subject(subject.id)
    await repository.insert(subject.kind, subject.id, values, file_id, actor.account_id)
    await asking.ask([subject.id], "hold")
    return subject


async def release_hold(hold_id: UUID, typed: Mapping[str, str], *, actor: Actor) -> HoldRow:
    """Write the day from which a hold is over (today, earlier, or a day to come).

    Nominations are checked again now, and again when the day comes (a scan of the worker).

    Raises:
        NotFoundError, PermissionDeniedError: not an officer there.
        ConflictError: it is over already (code `hold_over`).
        InvalidInputError: fields released_on, release_note, counts_from (a discipline needs it).
    """
    hold = await get_hold(hold_id, actor=actor)
    actor.require(OFFICER, hold.path)
    if not hold.lasts(clock.today()):
        raise ConflictError(phrases.HOLD_ENDED_ALREADY, code="hold_over")
    form = Typed(typed)
    released_on = form.day("released_on")
    note = form.text("release_note", missing=phrases.NO_REASON, most=2000)
    counts_from = form.day("counts_from", required=False)
    if released_on and released_on < hold.from_on:
        form.errors["released_on"] = phrases.BEFORE_START
    if hold.kind == HoldKind.DISCIPLINE and not typed.get("counts_from", "").strip():
        form.errors["counts_from"] = phrases.NEEDS_COUNTS_FROM
    form.done()
    await repository.release(hold_id, released_on, note, counts_from, actor.account_id)
    await asking.ask([hold.subject_id], "hold")
    return hold
