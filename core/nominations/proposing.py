"""Lists of a unit and what is put onto them: from the register, one or many at once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from core.accounts.schemas import Actor
from core.errors import ConflictError, InvalidInputError, NotFoundError, PermissionDeniedError
from core.kit.i18n import fold, nfc, roster_key, sort_key
from core.kit.ids import new_id
from core.movements import service as movements
from core.movements.schemas import Edition
from core.nominations import access, offers, phrases, prefill, repository, rounds
from core.nominations import repository_rounds as lists
from core.nominations.schemas import ListView, NominationRow, RoundView, SubjectPage, SubjectRow
from core.nominations.states import State
from core.organisation import service as organisation

AT_ONCE = 200
LIST_MAX = 1000
PAGE = 30
_SOURCES = {
    "collective": repository.collectives,
    "individual": repository.individuals,
    "other": repository.others,
}


async def begin_list(round_id: UUID, *, actor: Actor, unit_id: UUID | None = None) -> UUID:
    """Return the list onto which the proposals of a unit go; it is made where there is none.

    `unit_id`: the proposing unit (the actor's own where it is not said). A khoa, phòng proposes
    onto the list of the unit above it, whose head sends it.

    Raises:
        NotFoundError: no such round or unit for this person.
        PermissionDeniedError: the person proposes for no unit there.
        ConflictError: code `round_closed`.
    """
    view = await rounds.get_round(round_id, actor=actor)
    unit = await organisation.get_unit(unit_id or _own_unit(actor), actor=actor)
    if not actor.can((*access.PROPOSERS, *access.HANDLERS), unit.path):
        raise PermissionDeniedError
    target = await lists.sending_unit(unit.path, view.unit_path)
    if target is None:
        raise NotFoundError
    await rounds.require_open(round_id)
    found = await lists.newest_list(round_id, target["id"])
    if found is not None:
        return found
    list_id = new_id()
    await lists.insert_list(list_id, round_id, target["id"], actor.account_id)
    return list_id


def _own_unit(actor: Actor) -> UUID:
    held = [grant.unit_id for grant in actor.roles if grant.role in access.PROPOSERS]
    found = held[0] if held else actor.unit_id
    if found is None:
        raise PermissionDeniedError
    return found


async def get_list(list_id: UUID, *, actor: Actor) -> ListView:
    """Return one list.

    Raises:
        NotFoundError: there is none, or not for this person: its unit, one under it, or a reader
            of the round once something was sent.
    """
    record = await lists.one_list(list_id)
    if record is None or not _sees_list(actor, record["unit_path"]):
        raise NotFoundError
    return ListView(**record)


def _sees_list(actor: Actor, path: str) -> bool:
    if actor.can((*access.PROPOSERS, *access.READERS), path):
        return True
    return any(held.startswith(path) for held in actor.paths(access.PROPOSERS))


async def rows_of_list(list_id: UUID, *, actor: Actor) -> list[NominationRow]:
    """Return the nominations of a list that this person sees (one statement; errors as above)."""
    await get_list(list_id, actor=actor)
    rows = [NominationRow(**row) for row in await repository.of_list(list_id, LIST_MAX)]
    return [row for row in rows if visible(actor, row)]


def visible(actor: Actor, row: NominationRow) -> bool:
    """Tell whether a nomination exists for this person."""
    own = row.created_by is not None and row.created_by == actor.account_id
    return access.sees(actor, row, state=row.state, own=own)


async def lists_of_round(round_id: UUID, *, actor: Actor) -> list[ListView]:
    """Return the lists of a round that this person's units have (one statement)."""
    paths = ["/"] if actor.is_system else actor.paths((*access.PROPOSERS, *access.HANDLERS))
    return [ListView(**row) for row in await lists.lists_of_round(round_id, paths, LIST_MAX)]


async def set_letter(
    list_id: UUID, *, number: str, day: date | None, note: str, actor: Actor
) -> None:
    """Write number and day of the unit's letter.

    Raises:
        NotFoundError, PermissionDeniedError: no such list, or not the unit's.
        InvalidInputError: fields letter_number, note.
    """
    view = await get_list(list_id, actor=actor)
    if not actor.can((*access.PROPOSERS, *access.HANDLERS), view.unit_path):
        raise PermissionDeniedError
    fields = {}
    if len(number) > 60:
        fields["letter_number"] = phrases.LONG.format(n=60)
    if len(note) > phrases.TEXT_MAX:
        fields["note"] = phrases.LONG.format(n=phrases.TEXT_MAX)
    if fields:
        raise InvalidInputError(fields=fields)
    await lists.set_letter(list_id, nfc(number.strip()), day, nfc(note.strip()))


async def choosable(
    list_id: UUID, kind: str, *, actor: Actor, search: str = "", after: UUID | None = None
) -> SubjectPage:
    """Return one page of those who may be put onto a list (one statement).

    Raises:
        NotFoundError: no such list for this person.
        InvalidInputError: field kind.
    """
    if kind not in phrases.KINDS:
        raise InvalidInputError(fields={"kind": phrases.BAD_KIND})
    view = await get_list(list_id, actor=actor)
    found = await _SOURCES[kind](
        paths=branches(actor, view.unit_path), pattern=organisation.like(search), after=after,
        limit=PAGE + 1, list_id=list_id,
    )  # fmt: skip
    rows = [SubjectRow(*record.values()) for record in found[:PAGE]]
    return SubjectPage(rows, rows[-1].id if len(found) > PAGE else None)


def branches(actor: Actor, list_path: str) -> list[str]:
    """Return the branches of a list in which this person proposes."""
    if actor.can((*access.PROPOSERS, *access.HANDLERS), list_path):
        return [list_path]
    return [path for path in actor.paths(access.PROPOSERS) if path.startswith(list_path)]


async def propose(
    list_id: UUID,
    *,
    kind: str,
    rung: str,
    subject_ids: Sequence[UUID],
    actor: Actor,
    is_demo: bool = False,
) -> list[UUID]:
    """Put subjects onto a list as drafts, all or none, with what the registers know filled in.

    Raises:
        NotFoundError, PermissionDeniedError: no such list, or not the person's to write on.
        ConflictError: code `round_closed`.
        InvalidInputError: fields kind, rung, subject_ids.
    """
    view = await get_list(list_id, actor=actor)
    round_view = await rounds.get_round(view.round_id, actor=actor)
    await rounds.require_open(view.round_id)
    edition = await movements.get_edition(round_view.edition_id)
    wanted = list(dict.fromkeys(subject_ids))
    offer = _offer(edition, round_view.occasion, kind, rung, len(wanted))
    found = await repository.subjects(kind, wanted, view.unit_path)
    if len(found) != len(wanted):
        raise InvalidInputError(fields={"subject_ids": phrases.GONE_SUBJECT})
    if not all(actor.can((*access.PROPOSERS, *access.HANDLERS), row["unit_path"]) for row in found):
        raise PermissionDeniedError
    same = await repository.already(list_id, offer.key, wanted)
    if same:
        names = ", ".join(same[:5]) + (" …" if len(same) > 5 else "")
        raise InvalidInputError(fields={"subject_ids": phrases.ALREADY.format(names=names)})
    rows = [
        _line(row, view, round_view, offer, kind, _proposer(actor, row["unit_id"], view), actor)
        for row in found
    ]
    made = await repository.insert_many(rows, is_demo=is_demo)
    if len(made) != len(rows):
        raise InvalidInputError(fields={"subject_ids": phrases.ALREADY.format(names="Có người")})
    ids = [row["id"] for row in made]
    await prefill.fill(ids, round_view, account_id=actor.account_id)
    return ids


def _offer(edition: Edition, occasion: str, kind: str, rung: str, wanted: int) -> offers.Offer:
    """Return what is offered under a key; refuse what is not, and too few or too many subjects."""
    if kind not in phrases.KINDS:
        raise InvalidInputError(fields={"kind": phrases.BAD_KIND})
    offer = offers.offer_of(edition, occasion, kind, rung)
    fields = {}
    if offer is None:
        fields["rung"] = phrases.BAD_RUNG
    if not wanted:
        fields["subject_ids"] = phrases.NO_SUBJECT
    if wanted > AT_ONCE:
        fields["subject_ids"] = phrases.TOO_MANY.format(n=AT_ONCE)
    if offer is None or fields:
        raise InvalidInputError(fields=fields)
    return offer


def _line(
    row: Any, view: ListView, round_view: RoundView, offer: offers.Offer, kind: str,
    unit_id: UUID, actor: Actor,
) -> list[Any]:  # fmt: skip
    """Return the columns of a new nomination, in the order of `repository.insert_many`."""
    subject = [
        row["id"] if kind == each else None for each in ("collective", "individual", "other")
    ]
    key = roster_key(row["name"]) if kind == "individual" else sort_key(row["name"])
    return [
        new_id(), view.id, view.round_id, round_view.edition_id, unit_id, kind, row["id"],
        *subject, row["name"], row["title"], row["unit_name"], offer.key, offer.award,
        offer.award_kind, offer.issuer, offer.action, round_view.occasion, round_view.year,
        fold(row["name"]), key, actor.account_id,
    ]  # fmt: skip


def _proposer(actor: Actor, unit_id: UUID, view: ListView) -> UUID:
    """Return the proposing unit: the khoa, phòng whose people write, else the list's unit."""
    if actor.can((*access.PROPOSERS, *access.HANDLERS), view.unit_path):
        return view.unit_id
    return unit_id


async def get_nomination(nomination_id: UUID, *, actor: Actor) -> NominationRow:
    """Return one nomination.

    Raises:
        NotFoundError: there is none, or not for this person.
    """
    record = await repository.one(nomination_id)
    if record is None:
        raise NotFoundError
    row = NominationRow(**record)
    if not visible(actor, row):
        raise NotFoundError
    return row


async def remove(nomination_id: UUID, *, actor: Actor) -> NominationRow:
    """Take a draft that was never sent off its list.

    Raises:
        NotFoundError, PermissionDeniedError: no such nomination, or not the person's to write.
        ConflictError: code `wrong_state`.
    """
    row = await get_nomination(nomination_id, actor=actor)
    if not access.proposes(actor, row):
        raise PermissionDeniedError
    record = await repository.locked(nomination_id)
    if record is None or record["state"] != State.DRAFT or record["last_version_number"]:
        raise ConflictError(phrases.ONLY_DRAFT, code="wrong_state")
    await repository.delete_draft(nomination_id)
    return row
