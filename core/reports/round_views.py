"""Reading rounds: with the counters of the one who receives, without them for the one who owes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import msgspec

from core.accounts.schemas import Actor
from core.errors import NotFoundError
from core.movements import service as movements
from core.movements.schemas import Edition
from core.plugin.api import Level, ReportKind, ScheduleRow
from core.reports import access
from core.reports import repository_rounds as repository
from core.reports.schemas import Counters, FileRef, RoundView

ONE_ROUND = 50  # a row for each receiver of the round that the person has to do with
NO_COUNTERS = Counters(total=0, by_state={}, on_time=0, late=0, silent=0, overdue=0)


def schedule_row(edition: Edition, kind: str, lower: Level, upper: Level) -> ScheduleRow | None:
    """Return what the plan says about one step of a kind of report, or None."""
    return edition.content.schedule_row(ReportKind(kind), lower, upper)


async def list_rounds(*, actor: Actor, limit: int = 50) -> tuple[RoundView, ...]:
    """Return the rounds that the person receives reports in, or owes one in, newest first."""
    root = await repository.root_unit()
    if actor.can(access.ROUND_READERS, root["path"]):
        rows = await repository.rounds_of(None, [], limit)
        return tuple([await _view(row, counted=True) for row in rows])
    return await _of_units(actor, limit)


async def get_round(
    *, actor: Actor, round_id: UUID, receiver_unit_id: UUID | None = None
) -> RoundView:
    """Return a round with the counters of a receiver (default: the one of the person).

    Raises:
        NotFoundError: no such round, or the person neither receives nor owes in it.
    """
    root = await repository.root_unit()
    if actor.can(access.ROUND_READERS, root["path"]):
        row = await repository.round_row(round_id, receiver_unit_id or root["id"])
        if row is None:
            raise NotFoundError
        return await _view(row, counted=True)
    for view in await _of_units(actor, ONE_ROUND, round_id):
        if receiver_unit_id in (None, view.receiver_unit_id):
            return view
    raise NotFoundError


async def _of_units(
    actor: Actor, limit: int, round_id: UUID | None = None
) -> tuple[RoundView, ...]:
    """Return the rounds of a person who does not read the whole department's, by his units."""
    inner = _units(actor, access.ROUND_READERS)
    own = _units(actor, access.WRITERS)
    rows = await repository.rounds_of(inner, own, limit, round_id=round_id)
    return tuple([await _view(row, counted=row["receiver_unit_id"] in inner) for row in rows])


def _units(actor: Actor, roles: Sequence[str]) -> list[UUID]:
    return [grant.unit_id for grant in actor.roles if grant.role in roles]


async def _view(row: Any, *, counted: bool) -> RoundView:
    values = dict(row)
    counts, silence = values.pop("counts"), values.pop("silence")
    files = tuple(msgspec.convert(item, FileRef) for item in values.pop("attachments"))
    edition = await movements.get_edition(row["edition_id"])
    schedule = schedule_row(edition, row["kind"], Level.UNIT, Level.DEPARTMENT)
    return RoundView(
        rule=schedule.rule if schedule else "",
        counters=_counters(counts, silence) if counted else NO_COUNTERS,
        attachments=files,
        **values,
    )


def _counters(counts: Sequence[dict[str, Any]], silence: dict[str, int]) -> Counters:
    by_state: dict[str, int] = {}
    timing = {"on_time": 0, "late": 0}
    for row in counts:
        if not row["total"]:
            continue
        by_state[row["state"]] = by_state.get(row["state"], 0) + row["total"]
        if row["timing"] in timing:
            timing[row["timing"]] += row["total"]
    return Counters(
        total=sum(by_state.values()),
        by_state=by_state,
        on_time=timing["on_time"],
        late=timing["late"],
        **silence,
    )
