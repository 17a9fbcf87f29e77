"""What holds: the plan with the department's values on top, and where each value comes from."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import TypeVar

import msgspec

from core.kit import clock
from core.kit.clock import VIETNAM
from core.law import service as law
from core.movements import phrases
from core.movements.values import (
    NOTHING,
    DayRule,
    DepartmentValues,
    OwnCriterion,
    RungChoice,
    day_key,
)
from core.plugin.api import (
    Action,
    Applicability,
    AwardRung,
    Criterion,
    FormPart,
    Indicator,
    Level,
    PartKind,
    PlanContent,
    PlanOrigin,
    PlanSource,
    ReportForm,
    ReportKind,
    ScheduleRow,
    Standard,
    SubjectKind,
)
from core.plugin.defaults import criterion_part

LONGEST_REMINDER = 60  # days before the end; nobody may ask for an earlier one
OWN_PREFIX = "own_"
Row = TypeVar("Row", Criterion, Indicator)
LAST_DAY = re.compile(r"(\d\d)/(\d\d)", re.ASCII)


class Source(StrEnum):
    """Where a value comes from, weakest first."""

    NOT_STATED = "not_stated"
    PLAN = "plan"
    DEPARTMENT = "department"
    ROUND = "round"


def effective(plan: PlanContent, values: DepartmentValues) -> PlanContent:
    """Return the plan as it holds in the department; the plan itself where nothing is set."""
    if values == NOTHING:
        return plan
    in_force = _brought_into_force(plan, values)
    own = tuple(_own_criteria(plan, values))
    return msgspec.structs.replace(
        plan,
        criteria=(*(_applied(row, in_force) for row in plan.criteria), *own),
        indicators=tuple(_applied(row, in_force) for row in plan.indicators),
        standards=(*plan.standards, *_own_standards(plan, values)),
        schedule=tuple(_schedule(plan, values)),
        ladder=tuple(each for rung in plan.ladder for each in chosen_rungs(rung, values)),
        report_forms=tuple(_form(form, in_force, own, values) for form in plan.report_forms),
    )


def origin_of(plan: PlanContent, values: DepartmentValues) -> PlanOrigin:
    """Return the plan as a paper: the department's own where it has entered one."""
    paper = values.plan_paper
    if paper is None:
        return plan.province_info.plan
    return PlanOrigin(
        source=PlanSource.DEPARTMENT,
        author=plan.province_info.department,
        title=paper.title,
        number=paper.number,
        date=paper.date,
    )


def is_own(criterion_id: str | None) -> bool:
    """Tell whether a criterion is the department's own."""
    return bool(criterion_id) and str(criterion_id).startswith(OWN_PREFIX)


def day_source(
    plan: PlanContent,
    values: DepartmentValues,
    step: tuple[ReportKind, Level, Level],
    year: int,
) -> Source:
    """Return who has set the day of a step: the department, the plan, or nobody."""
    if day_key(*step) in values.days:
        return Source.DEPARTMENT
    kind, lower, upper = step
    return Source.PLAN if plan.due_at(kind, year, lower, upper) else Source.NOT_STATED


def day_sources(plan: PlanContent, values: DepartmentValues) -> dict[str, Source]:
    """Return, by `day_key`, the steps whose day the department has set."""
    return {
        key: Source.DEPARTMENT
        for row in steps_of(plan)
        if (key := day_key(row.report_kind, row.from_level, row.to_level)) in values.days
    }


def day_rule(
    values: DepartmentValues, kind: ReportKind, lower: Level, upper: Level
) -> DayRule | None:
    """Return the department's own day of a step, or None."""
    return values.days.get(day_key(kind, lower, upper))


def platform_reminder_days() -> tuple[int, ...]:
    """Return the days before the end that hold where the department sets none, largest first."""
    days = map(int, law.names("reminder_days", clock.today()))
    return tuple(sorted(days, reverse=True))


def reminder_days(values: DepartmentValues) -> tuple[int, ...]:
    """Return how many days before the end people are reminded, largest first."""
    return values.reminders or platform_reminder_days()


def rung_key(rung: AwardRung) -> str:
    """Return the name of a rung that stays when the plan's list is numbered anew."""
    occasion = rung.occasion.value if rung.occasion else ""
    return "|".join((rung.award, rung.issuer or "", rung.subject_kind.value, occasion))


def is_open(rung: AwardRung) -> bool:
    """Tell whether a plan leaves something of a rung to the department: occasion, or who signs."""
    return rung.occasion is None or rung.action is None


def chosen_rungs(rung: AwardRung, values: DepartmentValues) -> tuple[AwardRung, ...]:
    """Return a rung of the plan as it holds: one for each occasion that the department chose."""
    choice = values.rungs.get(rung_key(rung), RungChoice())
    if rung.action is None and choice.signer is not None:
        issuer = rung.issuer or phrases.SIGNERS[choice.signer.value]
        rung = msgspec.structs.replace(rung, issuer=issuer, action=Action.DECIDE)
    if rung.occasion is not None or not choice.occasions:
        return (rung,)
    return tuple(
        msgspec.structs.replace(rung, id=f"{rung.id}_{occasion}", occasion=occasion)
        for occasion in choice.occasions
    )


def steps_of(plan: PlanContent) -> list[ScheduleRow]:
    """Return the plan's schedule, with a silent row for unit → department where it has none."""
    rows = list(plan.schedule)
    for kind in ReportKind:
        if plan.schedule_row(kind, Level.UNIT, Level.DEPARTMENT) is None:
            rows.append(
                ScheduleRow(
                    report_kind=kind,
                    from_level=Level.UNIT,
                    to_level=Level.DEPARTMENT,
                    stated=False,
                    rule=phrases.PLAN_SILENT,
                )
            )
    kinds = list(ReportKind)
    return sorted(rows, key=lambda row: kinds.index(row.report_kind))


def instants_after(last_day: str, years: range) -> dict[int, datetime]:
    """Return the exclusive instant after "dd/mm" of each year.

    Raises:
        ValueError: not a day of every year.
    """
    found = LAST_DAY.fullmatch(last_day)
    if not found:
        raise ValueError(last_day)
    day, month = int(found[1]), int(found[2])
    return {
        year: datetime.combine(
            date(year, month, day) + timedelta(days=1), datetime.min.time(), tzinfo=VIETNAM
        )
        for year in years
    }


def years_of(plan: PlanContent) -> range:
    """Return the years of the movement."""
    phases = plan.movement.phases
    return range(min(phase.start for phase in phases), max(phase.end for phase in phases) + 1)


def _brought_into_force(plan: PlanContent, values: DepartmentValues) -> set[str]:
    return {
        key
        for setting in plan.config_schema.settings
        if values.settings.get(setting.key, setting.default) is True
        for key in setting.brings_into_force
    }


def _applied(row: Row, in_force: set[str]) -> Row:
    """Return a criterion or an indicator that no longer waits for guidance."""
    if row.id not in in_force:
        return row
    return msgspec.structs.replace(row, applicability=Applicability.ALWAYS)


def _own_criteria(plan: PlanContent, values: DepartmentValues) -> Iterator[Criterion]:
    counts = {kind: len(plan.criteria_for(kind)) for kind in SubjectKind}
    for own in values.criteria:
        counts[own.subject_kind] += 1
        yield Criterion(
            id=own.id,
            subject_kind=own.subject_kind,
            order=counts[own.subject_kind],
            text=own.text,
            title=own.title,
            reference=phrases.OWN_CRITERION,
        )


def _own_standards(plan: PlanContent, values: DepartmentValues) -> Iterator[Standard]:
    counts = dict.fromkeys(SubjectKind, 0)
    for row in plan.standards:
        counts[row.subject_kind] = max(counts[row.subject_kind], row.order)
    for own in values.standards:
        counts[own.subject_kind] += 1
        yield Standard(subject_kind=own.subject_kind, order=counts[own.subject_kind], text=own.text)


def _schedule(plan: PlanContent, values: DepartmentValues) -> Iterator[ScheduleRow]:
    stated = set(map(id, plan.schedule))
    for row in steps_of(plan):
        rule = day_rule(values, row.report_kind, row.from_level, row.to_level)
        if rule is not None:
            due_at = instants_after(rule.last_day, years_of(plan))
            yield msgspec.structs.replace(row, due_at=due_at)
        elif id(row) in stated:
            yield row


def _form(
    form: ReportForm,
    in_force: set[str],
    own: tuple[Criterion, ...],
    values: DepartmentValues,
) -> ReportForm:
    parts = [_part(part, in_force) for part in form.parts]
    last = max(
        (place for place, part in enumerate(parts) if part.kind is PartKind.CRITERION), default=-1
    )
    asked = {each.id: each for each in values.criteria}
    more = [
        _own_part(criterion, asked[criterion.id])
        for criterion in own
        if criterion.subject_kind is SubjectKind.COLLECTIVE
    ]
    return msgspec.structs.replace(form, parts=(*parts[: last + 1], *more, *parts[last + 1 :]))


def _part(part: FormPart, in_force: set[str]) -> FormPart:
    if part.asked or part.criterion_id not in in_force:
        return part
    return msgspec.structs.replace(
        part, asked=True, not_asked_reason=None, self_assessment=True, evidence=True
    )


def _own_part(criterion: Criterion, own: OwnCriterion) -> FormPart:
    return msgspec.structs.replace(
        criterion_part(criterion), evidence=own.evidence, self_assessment=own.self_assessment
    )
