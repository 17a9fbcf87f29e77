"""The review's form: for each part accept, return with a reason and a day, or nothing yet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from uuid import UUID

import msgspec

from core.accounts.schemas import Actor
from core.errors import InvalidInputError
from core.kit import db
from core.reports import phrases_department as words
from core.reports import review
from core.reports.form_input import end_of_day
from core.reports.schemas import PartView
from core.reports.states import Review, State

ACCEPT, RETURN = "accept", "return"


class Decisions(msgspec.Struct, frozen=True):
    """What the officer decides now: keys to accept; key -> (reason, exclusive day) to return."""

    accepted: tuple[str, ...]
    returned: dict[str, tuple[str, datetime]]


def open_parts(parts: Iterable[PartView]) -> list[PartView]:
    """Return the parts that still wait for a decision."""
    return [part for part in parts if part.is_asked and part.review != Review.ACCEPTED]


def read_decisions(parts: Iterable[PartView], form: Mapping[str, str]) -> Decisions:
    """Read the form; fields are named by the part's position (`p3.choice`, `.reason`, `.due_at`).

    With `_rest` every part without a choice is accepted.

    Raises:
        InvalidInputError: a return without reason or day, or no decision at all (by field).
    """
    accepted: list[str] = []
    returned: dict[str, tuple[str, datetime]] = {}
    wrong: dict[str, str] = {}
    for part in open_parts(parts):
        name = f"p{part.position}"
        choice = form.get(f"{name}.choice") or (ACCEPT if form.get("_rest") else "")
        if choice == ACCEPT:
            accepted.append(part.key)
        elif choice == RETURN:
            reason = form.get(f"{name}.reason", "").strip()
            day = _day(form.get(f"{name}.due_at", ""), f"{name}.due_at", wrong)
            if not reason:
                wrong[f"{name}.reason"] = words.NO_REASON
            if reason and day:
                returned[part.key] = (reason, day)
    if not (accepted or returned or wrong):
        wrong["parts"] = words.NO_CHOICE
    if wrong:
        raise InvalidInputError(fields=wrong)
    return Decisions(tuple(accepted), returned)


def _day(text: str, field: str, wrong: dict[str, str]) -> datetime | None:
    try:
        day = end_of_day(text, field)
    except InvalidInputError as error:
        wrong.update(error.fields)
        return None
    if day is None:
        wrong[field] = words.NO_DAY
    return day


async def decide(
    actor: Actor, report_id: UUID, parts: Iterable[PartView], decisions: Decisions
) -> State:
    """Accept and return in one step: all of it or nothing. Return the report's new state.

    Raises:
        InvalidInputError: fields named as in the form.
        ConflictError, PermissionDeniedError: as the verbs of `review`.
    """
    state = State.IN_REVIEW
    try:
        async with db.savepoint():
            if decisions.accepted:
                state = await review.accept_parts(
                    actor=actor, report_id=report_id, part_keys=decisions.accepted
                )
            if decisions.returned:
                await review.return_parts(
                    actor=actor, report_id=report_id, parts=decisions.returned
                )
                state = State.RETURNED
    except InvalidInputError as error:
        raise InvalidInputError(error.detail, fields=_in_form(error.fields, parts)) from error
    return state


def _in_form(fields: Mapping[str, str], parts: Iterable[PartView]) -> dict[str, str]:
    """Rename `{key}.reason` to the name that the form uses."""
    places = {part.key: f"p{part.position}" for part in parts}
    renamed = {}
    for name, sentence in fields.items():
        key, dot, last = name.rpartition(".")
        renamed[f"{places[key]}.{last}" if dot and key in places else "parts"] = sentence
    return renamed
