"""Candidates put up for opinions: published for working days, read by all, answered by staff."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from core.accounts.schemas import Actor
from core.accounts.throttle import misses, note_miss
from core.errors import ConflictError, InvalidInputError, NotFoundError, TooManyAttemptsError
from core.honours import access, complaints, phrases
from core.honours import repository_consultations as repository
from core.honours.schemas_cases import (
    ConsultationEntryRow,
    ConsultationRow,
    ConsultationView,
    OpinionRow,
    PublicEntry,
    PublicList,
    RoundToPublish,
    Stance,
)
from core.kit import clock
from core.kit.i18n import nfc
from core.kit.ids import new_id
from core.law import service as law
from core.law.working_days import add_working_days, is_working_day

TITLE_MAX = 300
BODY_MAX = 4000
_WHAT = "consultation-check"


def window(today: date) -> tuple[date, date, int, str]:
    """Return first and last day, working days and basis of a list that is published today.

    The window begins today if offices work today, else on the next working day; both days count.
    """
    row = law.parameter("consultation_days", today)
    days = int(str(row.value))
    first = today
    while not is_working_day(first):
        first += timedelta(days=1)
    basis = row.legal_basis or "Mức của hệ thống, chưa có văn bản định"
    return first, add_working_days(first, days - 1), days, basis


async def rounds_to_publish(*, actor: Actor) -> list[RoundToPublish]:
    """Return the rounds in which candidates that the council agreed to wait to be published."""
    found = await repository.rounds(access.patterns(actor, access.OFFICERS))
    return [RoundToPublish(**row) for row in found]


async def publish(round_id: UUID, title: str, *, actor: Actor) -> ConsultationView:
    """Publish all candidates of a round that wait and were not published before.

    Raises:
        NotFoundError, PermissionDeniedError: no such round; not an officer there.
        InvalidInputError: field `title`.
        ConflictError: nobody waits (code `nobody_waits`).
    """
    row: Any = await repository.round_path(round_id)
    access.require_seen(actor, access.READERS, row["path"] if row else None)
    actor.require(access.OFFICERS, row["path"] if row else "")
    words = nfc(" ".join(title.split())) or phrases.LIST_TITLE.format(name=row["name"])
    if len(words) > TITLE_MAX:
        raise InvalidInputError(fields={"title": phrases.TOO_LONG.format(most=TITLE_MAX)})
    opens_on, closes_on, days, basis = window(clock.today())
    made = new_id()
    published = await repository.insert(
        consultation_id=made, round_id=round_id, unit_id=row["unit_id"],
        code=secrets.token_urlsafe(18), title=words, opens_on=opens_on, closes_on=closes_on,
        working_days=days, legal_basis=basis, account_id=actor.account_id,
    )  # fmt: skip
    if not published:
        raise ConflictError(phrases.NOBODY_WAITS, code="nobody_waits")
    return await get_consultation(made, actor=actor)


async def list_consultations(*, actor: Actor) -> list[ConsultationRow]:
    """Return the newest consultations of the units where the person handles cases.

    Raises:
        PermissionDeniedError: the person has no part in cases.
    """
    access.require_any(actor, access.CASE_READERS)
    rows = await repository.listed(access.patterns(actor, access.CASE_READERS))
    return [ConsultationRow(**row) for row in rows]


async def get_consultation(consultation_id: UUID, *, actor: Actor) -> ConsultationView:
    """Return a consultation with its list and the opinions.

    Raises:
        NotFoundError: there is none, or not for this person.
    """
    row: Any = await repository.one(consultation_id)
    access.require_seen(actor, access.CASE_READERS, row["unit_path"] if row else None)
    entries = await repository.entries(consultation_id)
    said = await repository.opinions(consultation_id)
    return ConsultationView(
        **row,
        is_open=_is_open(row),
        entries=tuple(ConsultationEntryRow(**each) for each in entries),
        opinions=tuple(OpinionRow(**each) for each in said),
        may_change=actor.can(access.OFFICERS, row["unit_path"]),
    )


async def open_lists() -> list[PublicList]:
    """Return the lists that are open today, without their entries, for everybody."""
    return [_public(row) for row in await repository.open_on(clock.today())]


async def public_list(code: str, *, address: str | None) -> PublicList:
    """Return a public list for everybody; names only while it is open.

    Only addresses that do not exist count against a caller. `address` is None for somebody who is
    signed in: nothing is counted.

    Raises:
        NotFoundError: there is none (code `unknown_list`).
        TooManyAttemptsError: this caller asked for too many that do not exist.
    """
    free = law.value("certificate_free_misses", clock.today())
    if address is not None and await misses(_WHAT, address) >= free:
        raise TooManyAttemptsError(phrases.SLOW_DOWN)
    row = await repository.by_code(code)
    if row is None:
        if address is not None:
            await note_miss(_WHAT, address)
        raise NotFoundError(phrases.UNKNOWN_LIST, code="unknown_list")
    found = _public(row)
    if not found.is_open:
        return found
    return _public(row, await repository.entries(row["id"], is_public=True))


async def send_opinion(code: str, typed: Mapping[str, str], *, actor: Actor) -> Stance:
    """Take in what a signed-in person says to somebody on an open list.

    A complaint becomes a case that officers verify.

    Raises:
        NotFoundError: no such list.
        ConflictError: the window is closed (code `window_closed`).
        InvalidInputError: fields entry_id, stance, body.
    """
    row = await repository.by_code(code)
    if row is None:
        raise NotFoundError
    return await _take(row, typed, "site", actor.display_name, actor)


async def record_opinion(
    consultation_id: UUID, typed: Mapping[str, str], *, actor: Actor
) -> Stance:
    """Record an opinion that came on paper, as an officer (`author_name` as it stands there).

    Raises:
        NotFoundError, PermissionDeniedError: as usual.
        ConflictError, InvalidInputError: as `send_opinion`; field author_name.
    """
    row: Any = await repository.one(consultation_id)
    access.require_seen(actor, access.CASE_READERS, row["unit_path"] if row else None)
    actor.require(access.OFFICERS, row["unit_path"])
    name = nfc(" ".join(typed.get("author_name", "").split()))[:TITLE_MAX]
    if not name:
        raise InvalidInputError(fields={"author_name": phrases.NO_AUTHOR})
    return await _take(row, typed, "paper", name, actor)


async def _take(
    row: Any, typed: Mapping[str, str], channel: str, author: str, actor: Actor
) -> Stance:
    if not _is_open(row):
        raise ConflictError(phrases.WINDOW_CLOSED, code="window_closed")
    known = {str(each["id"]): each for each in await repository.entries(row["id"], is_public=True)}
    body, errors = nfc(typed.get("body", "").strip()), {}
    entry, stance = known.get(typed.get("entry_id", "")), typed.get("stance", "")
    if entry is None:
        errors["entry_id"] = phrases.NO_ENTRY
    if stance not in set(Stance):
        errors["stance"] = phrases.NO_STANCE
    if not body:
        errors["body"] = phrases.NO_BODY
    elif len(body) > BODY_MAX:
        errors["body"] = phrases.TOO_LONG.format(most=BODY_MAX)
    if errors or entry is None:
        raise InvalidInputError(fields=errors)
    if stance == Stance.COMPLAINT:
        await complaints.take_in(
            nomination_id=entry["nomination_id"], grant_id=None, complainant=author,
            contact=typed.get("contact", ""), body=body, actor=actor,
        )  # fmt: skip
    else:
        await repository.add_opinion(
            entry_id=entry["id"], stance=stance, channel=channel, author_name=author, body=body,
            account_id=actor.account_id,
        )  # fmt: skip
    return Stance(stance)


def _is_open(row: Any) -> bool:
    return bool(row["opens_on"] <= clock.today() <= row["closes_on"])


def _public(row: Any, entries: Any = ()) -> PublicList:
    names = PublicEntry.__struct_fields__
    return PublicList(
        code=row["code"], title=row["title"], unit_name=row["unit_name"],
        opens_on=row["opens_on"], closes_on=row["closes_on"], is_open=_is_open(row),
        entries=tuple(PublicEntry(**{name: each[name] for name in names}) for each in entries),
    )  # fmt: skip
