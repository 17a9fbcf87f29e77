"""What the receiver's pages need to know before a verb is pressed. Reads only."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import msgspec

from core.accounts.schemas import Actor, Role
from core.errors import NotFoundError, PermissionDeniedError
from core.movements import service as movements
from core.movements.resolved import Source, day_rule
from core.movements.schemas import Edition
from core.organisation import service as organisation
from core.organisation.schemas import UnitView
from core.plugin.api import Level, PlanContent, ReportKind, ScheduleRow
from core.reports import access, phrases, repository_receiving, rounds
from core.reports import repository_reports as repository
from core.reports.repository_reports import ReportRow
from core.reports.schemas import RoundView
from core.reports.states import Action

Owed = ReportRow


class Standing(msgspec.Struct, frozen=True):
    """Where a person stands in a round.

    `receiver_id` is None where the person receives nothing there; `is_asked`: the address named
    the receiver; `is_top`: it is the department itself; `is_officer` there; `leads`: officer of
    the department; `reads`: may open the reports; `receivers`: all that the person may look at.
    """

    receiver_id: UUID | None
    is_asked: bool
    is_top: bool
    is_officer: bool
    leads: bool
    reads: bool
    receivers: tuple[tuple[UUID, str], ...]


class KindPlan(msgspec.Struct, frozen=True):
    """What the plan says about one kind of report, word for word.

    `days` (year -> exclusive instant) is empty where nobody has set a day; `line` is the plan's
    line; `source` (plan | department) says who has set the days, `paper` by which paper.
    """

    kind: str
    name: str
    rule: str
    line: int | None
    days: dict[int, datetime]
    inner_rule: str
    inner_days: dict[int, datetime]
    source: str = "plan"
    paper: str = ""


def receiver_of(actor: Actor, asked: UUID | None = None) -> UUID | None:
    """Return the unit whose list is wanted: the one asked for, else the person's highest one."""
    grants = [grant for grant in actor.roles if grant.role in access.ROUND_READERS]
    if asked or not grants:
        return asked
    return min(grants, key=lambda grant: len(grant.unit_path)).unit_id


async def standing(actor: Actor, round_id: UUID, asked: UUID | None) -> Standing:
    """Return where the person stands in a round, in one statement."""
    receiver_id = receiver_of(actor, asked)
    rows = await repository_receiving.receivers_of(round_id, receiver_id)
    paths = {row["id"]: row["path"] for row in rows}
    top = next(row for row in rows if row["is_top"])
    path = paths.get(receiver_id, "")
    return Standing(
        receiver_id=receiver_id if path and actor.can(access.ROUND_READERS, path) else None,
        is_asked=asked is not None,
        is_top=receiver_id == top["id"],
        is_officer=bool(path) and actor.can(Role.OFFICER, path),
        leads=actor.can(Role.OFFICER, top["path"]),
        reads=bool(path) and actor.can(access.READERS, path),
        receivers=tuple(
            (row["id"], row["name"])
            for row in rows
            if row["receives"] and actor.can(access.ROUND_READERS, row["path"])
        ),
    )


async def round_for(actor: Actor, round_id: UUID, place: Standing) -> tuple[RoundView, bool]:
    """Return a round, and whether the person receives reports in it (or only owes one).

    Raises:
        NotFoundError: no such round for this person, or not at the receiver asked for.
    """
    if place.receiver_id is not None:
        try:
            found = await rounds.get_round(
                actor=actor, round_id=round_id, receiver_unit_id=place.receiver_id
            )
        except NotFoundError:
            pass
        else:
            return found, True
    elif place.is_asked:
        raise NotFoundError
    return await rounds.get_round(actor=actor, round_id=round_id), False


async def received_round(actor: Actor, round_id: UUID, asked: UUID | None) -> RoundView:
    """Return a round with the counters of the receiver asked for (default: the person's own).

    Raises:
        NotFoundError: the person receives nothing in it.
    """
    view, receives = await round_for(actor, round_id, await standing(actor, round_id, asked))
    if not receives:
        raise NotFoundError
    return view


async def department_id() -> UUID:
    """Return the id of the department's own unit."""
    return (await organisation.department()).id


async def require_officer_at(actor: Actor, unit_id: UUID) -> None:
    """Refuse who is not an officer at this unit or above it.

    Raises:
        PermissionDeniedError: not an officer there.
    """
    if not await is_officer_at(actor, unit_id):
        raise PermissionDeniedError


async def is_officer_at(actor: Actor, unit_id: UUID) -> bool:
    """Tell whether the person is an officer at a unit (for buttons)."""
    unit = await repository.unit_row(unit_id)
    return unit is not None and actor.can(Role.OFFICER, unit["path"])


async def require_officer(actor: Actor) -> UnitView:
    """Return the department's own unit to one of its officers.

    Raises:
        PermissionDeniedError: not an officer of the department.
    """
    root = await organisation.department()
    actor.require(Role.OFFICER, root.path)
    return root


async def obligation(actor: Actor, obligation_id: UUID) -> Owed:
    """Return what is owed, to an officer who may excuse it or give it a later day.

    Raises:
        NotFoundError, PermissionDeniedError: not for this person.
    """
    report_id = await repository_receiving.report_id_of(obligation_id)
    row = await repository.report_row(report_id) if report_id else None
    access.require(actor, row, Action.EXCUSE)
    assert row is not None  # noqa: S101 -- `require` has refused None
    return row


async def plan_of_kinds() -> list[KindPlan]:
    """Return what the plan in force says about each kind of report.

    Raises:
        NoEditionError: the department has not published its plan.
    """
    edition = await movements.current_edition()
    return [_kind_plan(edition, kind, name) for kind, name in phrases.KIND_NAMES.items()]


async def planned_day(view: RoundView) -> datetime | None:
    """Return the exclusive instant that the plan itself states for a round, or None."""
    plan = (await movements.get_edition(view.edition_id)).plan
    return plan.due_at(ReportKind(view.kind), view.year, Level.UNIT, Level.DEPARTMENT)


def _kind_plan(edition: Edition, kind: str, name: str) -> KindPlan:
    step = (ReportKind(kind), Level.UNIT, Level.DEPARTMENT)
    outer = edition.content.schedule_row(*step)
    inner = _stated(edition.content, kind, Level.SUBUNIT, Level.UNIT)
    rule = day_rule(edition.values, *step)
    return KindPlan(
        kind=kind,
        name=name,
        rule=outer.rule if outer and outer.stated else "",
        line=outer.source_line if outer and outer.stated else None,
        days=dict(sorted(outer.due_at.items())) if outer else {},
        inner_rule=inner.rule if inner else "",
        inner_days=dict(sorted(inner.due_at.items())) if inner else {},
        source=str(Source.DEPARTMENT if rule else Source.PLAN),
        paper=rule.decision_number if rule else "",
    )


def _stated(content: PlanContent, kind: str, lower: Level, upper: Level) -> ScheduleRow | None:
    row = content.schedule_row(ReportKind(kind), lower, upper)
    return row if row and row.stated else None
