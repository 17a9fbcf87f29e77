"""The unit's own meeting that chose whom to propose: what its minutes need, written once a list.

Everybody who votes there is counted among those who are present; no share is asked of them here:
the law leaves the proposing unit's way of choosing to the unit.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from core.accounts.schemas import Actor
from core.errors import InvalidInputError, PermissionDeniedError
from core.kit import clock
from core.kit.i18n import nfc
from core.nominations import access, phrases, proposing
from core.nominations import repository_rounds as store
from core.nominations.schemas import NominationRow
from core.nominations.states import State

NAME, PEOPLE_MAX = 120, 5000
OUT = (State.WITHDRAWN, State.NOT_AWARDED, State.REVOKED)
_SINGLE = {"place": 200, "chair": NAME, "secretary": NAME, "absent": 500}
_NEEDED = {
    "chair": phrases.NO_CHAIR,
    "secretary": phrases.NO_SECRETARY,
    "discussion": phrases.NO_DISCUSSION,
}


class Meeting(msgspec.Struct, frozen=True, kw_only=True):
    """A meeting as it was written down; instants are local times ("2026-11-20T08:00").

    `summoned` and `present` count people; `agreed`: how many of those present agreed, by the id
    of the nomination.
    """

    starts_at: str
    ends_at: str
    place: str = ""
    chair: str
    secretary: str
    summoned: int
    present: int
    absent: str = ""
    discussion: str
    agreed: dict[str, int] = {}


def instant(text: str) -> datetime | None:
    """Return a local time that was typed, or None where it is none."""
    try:
        return datetime.fromisoformat(text.strip()[:16]).replace(tzinfo=clock.VIETNAM)
    except ValueError:
        return None


async def proposed(list_id: UUID, actor: Actor) -> list[NominationRow]:
    """Return the nominations of a list that the minutes name: those still on their way."""
    rows = await proposing.rows_of_list(list_id, actor=actor)
    return [row for row in rows if row.state not in OUT]


async def meeting_of(list_id: UUID, *, actor: Actor) -> Meeting | None:
    """Return what is written of a list's meeting, or None.

    Raises:
        NotFoundError: no such list for this person.
    """
    await proposing.get_list(list_id, actor=actor)
    stored = await store.meeting(list_id)
    return msgspec.convert(stored, Meeting) if stored else None


async def save(list_id: UUID, given: Mapping[str, Any], *, actor: Actor) -> Meeting:
    """Write a list's meeting down: all or nothing; `given` as `Meeting`, numbers as text or not.

    Raises:
        NotFoundError, PermissionDeniedError: no such list, or not the unit's.
        InvalidInputError: the fields of `Meeting`; a count of votes as `agreed.{id}`.
    """
    view = await proposing.get_list(list_id, actor=actor)
    if not actor.can((*access.PROPOSERS, *access.HANDLERS), view.unit_path):
        raise PermissionDeniedError
    rows = await proposed(list_id, actor)
    found, wrong = _checked(given, rows)
    if wrong:
        raise InvalidInputError(fields=wrong)
    meeting = msgspec.convert(found, Meeting)
    await store.set_meeting(list_id, msgspec.to_builtins(meeting))
    return meeting


def _checked(
    given: Mapping[str, Any], rows: Sequence[NominationRow]
) -> tuple[dict[str, Any], dict[str, str]]:
    """Return the fields as they are kept, and what is wrong by field."""
    found: dict[str, Any] = {
        name: nfc(str(given.get(name, "")).strip())
        for name in (*_SINGLE, "discussion", "starts_at", "ends_at")
    }
    wrong = {name: text for name, text in _NEEDED.items() if not found[name]}
    for name, most in (*_SINGLE.items(), ("discussion", phrases.TEXT_MAX)):
        if len(found[name]) > most:
            wrong[name] = phrases.LONG.format(n=most)
    wrong |= _times(found)
    wrong |= _people(given, found)
    if "present" not in wrong:
        wrong |= _votes(given, found, rows)
    return found, wrong


def _times(found: dict[str, Any]) -> dict[str, str]:
    start, end = instant(found["starts_at"]), instant(found["ends_at"])
    if start is None:
        return {"starts_at": phrases.NO_START}
    if start > clock.now():
        return {"starts_at": phrases.NOT_YET_HELD}
    if end is None or end <= start:
        return {"ends_at": phrases.NO_END}
    found |= {"starts_at": f"{start:%Y-%m-%dT%H:%M}", "ends_at": f"{end:%Y-%m-%dT%H:%M}"}
    return {}


def _number(value: Any) -> int | None:
    text = str(value).strip()
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 6 else None


def _people(given: Mapping[str, Any], found: dict[str, Any]) -> dict[str, str]:
    summoned, present = _number(given.get("summoned", "")), _number(given.get("present", ""))
    if not summoned or summoned > PEOPLE_MAX:
        return {"summoned": phrases.NO_SUMMONED}
    if not present or present > summoned:
        return {"present": phrases.NO_PRESENT.format(n=summoned)}
    found |= {"summoned": summoned, "present": present}
    return {}


def _votes(
    given: Mapping[str, Any], found: dict[str, Any], rows: Sequence[NominationRow]
) -> dict[str, str]:
    typed = given.get("agreed")
    typed = typed if isinstance(typed, Mapping) else {}
    found["agreed"], wrong = {}, {}
    for row in rows:
        count = _number(typed.get(str(row.id), ""))
        if count is None or count > found.get("present", PEOPLE_MAX):
            most = found.get("present", PEOPLE_MAX)
            wrong[f"agreed.{row.id}"] = phrases.NO_AGREED.format(name=row.subject_name, n=most)
        else:
            found["agreed"][str(row.id)] = count
    return wrong
