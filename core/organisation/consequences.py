"""What a change of the tree will do to whom, in words, before it is done."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

import msgspec

from core.accounts import following as accounts
from core.accounts.schemas import Actor
from core.kit.i18n import vn_date
from core.organisation import phrases, planned, repository, service
from core.organisation import repository_change as changes
from core.organisation.change_forms import Order
from core.organisation.schemas import UnitView
from core.reports import reorganised as reports
from core.reports.reorganised import Duty


class Foreseen(msgspec.Struct, frozen=True):
    """What will happen: sentences, and what becomes of each unfinished report."""

    sentences: tuple[str, ...]
    duties: tuple[Duty, ...]


async def rehearse(order: Order, *, actor: Actor) -> Foreseen:
    """Do a change and take it back; return in words what it will do.

    Raises:
        as the act itself: every refusal is met here already.
    """
    units = [
        await service.get_unit(unit_id, actor=actor) for unit_id in (order.unit_id, *order.also)
    ]
    foreseen = [await foresee(order, unit) for unit in units]
    await planned.rehearse(order, actor=actor)
    first = (
        [phrases.PLANNED_FIRST.format(day=vn_date(order.basis.effective_on))]
        if planned.is_ahead(order)
        else []
    )
    return Foreseen(
        tuple(dict.fromkeys([*first, *(line for each in foreseen for line in each.sentences)])),
        tuple(duty for each in foreseen for duty in each.duties),
    )


async def foresee(order: Order, unit: UnitView) -> Foreseen:
    """Return what a change will do, from what is there now."""
    facts = await changes.facts([unit.path], [unit.id])
    other = await repository.unit(order.other_id) if order.other_id else None
    words = {
        "unit": unit.name,
        "other": other["name"] if other else "",
        "day": vn_date(order.basis.effective_on),
        "new": order.name,
        "first": order.parts[0].name if order.parts else "",
        "parts": ", ".join(f"“{part.name}”" for part in order.parts),
        **{key: str(facts[key]) for key in ("units", "accounts", "people")},
        "heads": ", ".join(await accounts.heads_of([unit.id])),
    }
    duties = await _duties(order, unit)
    return Foreseen(tuple(_sentences(order, words)), tuple(duties))


async def _duties(order: Order, unit: UnitView) -> list[Duty]:
    """Return the open reports that the change touches."""
    if order.kind == "close":
        return await reports.open_duties([unit.id], None)
    if order.kind == "merge":
        return await reports.open_duties([unit.id], order.other_id)
    if order.kind == "split" and not order.keeps:
        # The first part is not there yet; nothing is owed by it.
        return await reports.open_duties([unit.id], UUID(int=0))
    return []


def _sentences(order: Order, words: Mapping[str, str]) -> list[str]:
    """Return the sentences of this kind of change that have something to say."""
    asked = [*phrases.FORESEEN[order.kind]]
    if order.kind == "merge":
        asked += phrases.HEADS_FOLLOW if order.heads_follow else phrases.HEADS_STAY
    if order.kind == "split":
        asked += phrases.SPLIT_KEEPS if order.keeps else phrases.SPLIT_CLOSES
    if order.kind == "close":
        asked += phrases.CLOSE_MOVES if order.other_id else phrases.CLOSE_ENDS
    return [
        sentence.format(**words)
        for needed, sentence in asked
        if not needed or words[needed] not in ("", "0")
    ]
