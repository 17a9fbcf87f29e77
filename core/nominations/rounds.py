"""Award rounds: opened by an officer, proposed in by units, closed; their edition stays."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from core.accounts.schemas import Actor, Role
from core.errors import ConflictError, InvalidInputError, NotFoundError, PermissionDeniedError
from core.kit.i18n import nfc, vn_date, vn_day_long
from core.kit.ids import new_id
from core.movements import service as movements
from core.movements.resolved import years_of
from core.nominations import access, dossier, offers, phrases
from core.nominations import repository_rounds as repository
from core.nominations.schemas import NewRound, RoundView
from core.notifications import service as notifications
from core.notifications.schemas import Event
from core.organisation import service as organisation
from core.organisation.schemas import UnitView

LISTED = 200


async def open_round(new: NewRound, *, actor: Actor) -> RoundView:
    """Open a round under the edition in force and tell the units that may propose.

    Raises:
        NotFoundError: no such unit for this person.
        PermissionDeniedError: not an officer there.
        InvalidInputError: by field: unit_id, occasion, year, period_to, name, note.
        ConflictError: `NoEditionError`, `other_plugin`: no plan that holds.
    """
    unit = await organisation.get_unit(new.unit_id, actor=actor)
    actor.require(access.HANDLERS, unit.path)
    edition = await movements.edition_for_rounds()
    fields: dict[str, str] = {}
    if not _awards(unit):
        fields["unit_id"] = phrases.NOT_LEGAL
    if new.occasion not in phrases.OCCASIONS:
        fields["occasion"] = phrases.BAD_OCCASION
    elif new.occasion not in offers.occasions_open(edition):
        fields["occasion"] = phrases.NO_RUNG
    if new.year not in years_of(edition.plan):
        fields["year"] = phrases.BAD_YEAR
    if new.period_to < new.period_from:
        fields["period_to"] = phrases.BAD_PERIOD
    name = nfc(" ".join(new.name.split())) or default_name(new.occasion, new.year)
    if len(name) > phrases.NAME_MAX:
        fields["name"] = phrases.LONG.format(n=phrases.NAME_MAX)
    if len(new.note) > phrases.TEXT_MAX:
        fields["note"] = phrases.LONG.format(n=phrases.TEXT_MAX)
    if fields:
        raise InvalidInputError(fields=fields)
    round_id = new_id()
    clean = NewRound(
        unit_id=new.unit_id, occasion=new.occasion, year=new.year, period_from=new.period_from,
        period_to=new.period_to, due_at=new.due_at, name=name, note=nfc(new.note.strip()),
    )  # fmt: skip
    await repository.insert(round_id, edition.id, clean, actor.account_id)
    await dossier.freeze(round_id, edition, new.occasion)
    view = await get_round(round_id, actor=actor)
    await _tell_units(view)
    return view


def default_name(occasion: str, year: int) -> str:
    """Return the name of a round that nobody named."""
    words = phrases.OCCASIONS.get(occasion, "").lower()
    return phrases.ROUND_NAME.format(occasion=words, year=year)


async def _tell_units(view: RoundView) -> None:
    found = await notifications.recipients_of_units(
        unit_ids=await repository.units_asked(view.unit_path), roles=access.PROPOSERS
    )
    due = phrases.DUE.format(day=vn_day_long(view.due_at)) if view.due_at else phrases.NO_DUE
    await notifications.notify(
        event=Event.AWARD_ROUND,
        account_ids={account for accounts in found.values() for account in accounts},
        title=phrases.OPENED_TITLE.format(name=view.name),
        body=phrases.OPENED_BODY.format(
            start=vn_date(view.period_from), end=vn_date(view.period_to), due=due
        ),
        href=f"/khen-thuong/dot/{view.id}",
        dedup_key=f"award_round:{view.id}",
        edition_id=view.edition_id,
    )


async def get_round(round_id: UUID, *, actor: Actor) -> RoundView:
    """Return one round with its counts.

    Raises:
        NotFoundError: there is none, or not for this person.
    """
    record = await repository.one(round_id)
    if record is None or not access.sees_round(actor, record["unit_path"]):
        raise NotFoundError
    return RoundView(**record)


async def list_rounds(*, actor: Actor) -> list[RoundView]:
    """Return the rounds that concern this person, open ones first (one statement).

    Raises:
        PermissionDeniedError: the person has no part in awards.
    """
    if not actor.has(access.AWARD_SIDE):
        raise PermissionDeniedError
    if actor.is_system:
        readers, proposers = ["/"], []
    else:
        readers = actor.paths((*access.READERS, *access.PROPOSERS))
        proposers = actor.paths((*access.PROPOSERS, Role.OFFICER))
    return [RoundView(**row) for row in await repository.rounds(readers, proposers, LISTED)]


async def close_round(round_id: UUID, *, actor: Actor) -> RoundView:
    """Close a round: nothing is added or sent any more; what was received is finished.

    Raises:
        NotFoundError, PermissionDeniedError: no such round, or not an officer there.
        ConflictError: it is closed.
    """
    return await _turn(round_id, "open", "closed", actor)


async def reopen_round(round_id: UUID, *, actor: Actor) -> RoundView:
    """Open a closed round again (errors as `close_round`)."""
    return await _turn(round_id, "closed", "open", actor)


async def _turn(round_id: UUID, before: str, after: str, actor: Actor) -> RoundView:
    view = await get_round(round_id, actor=actor)
    actor.require(access.HANDLERS, view.unit_path)
    row = await repository.lock(round_id)
    if row is None or row["state"] != before:
        raise ConflictError(phrases.ROUND_CLOSED, code="wrong_state")
    await repository.set_state(round_id, after)
    return await get_round(round_id, actor=actor)


async def require_open(round_id: UUID) -> None:
    """Refuse what only an open round allows; it stays open until the transaction ends.

    Raises:
        ConflictError: code `round_closed`.
    """
    row = await repository.share(round_id)
    if row is None or row["state"] != "open":
        raise ConflictError(phrases.ROUND_CLOSED, code="round_closed")


def require_officer(actor: Actor) -> None:
    """Refuse who is nowhere an officer.

    Raises:
        PermissionDeniedError: no round can be opened by this person.
    """
    if not actor.has(access.HANDLERS):
        raise PermissionDeniedError


async def awarding_units(*, actor: Actor) -> list[UnitView]:
    """Return the units at which this person may open a round: the department first."""
    root = await organisation.department()
    own = [root] if actor.can(access.HANDLERS, root.path) else []
    ids = [grant.unit_id for grant in actor.roles if grant.role in access.HANDLERS]
    more = await organisation.get_units([each for each in ids if each != root.id], actor=actor)
    return [*own, *(unit for unit in more if _awards(unit))]


def _awards(unit: UnitView) -> bool:
    """Tell whether a unit awards by itself: the department, or a legal person (Luật, Điều 80.1)."""
    return unit.parent_id is None or unit.has_legal_personality


def year_bounds(year: int) -> tuple[date, date]:
    """Return the period that a year's achievements are counted in, unless another is set."""
    return date(year, 1, 1), date(year, 12, 31)
