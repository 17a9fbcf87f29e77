"""What the department has still to set before its plan is complete."""

from __future__ import annotations

from collections.abc import Iterator

from core.movements import phrases
from core.movements.resolved import rung_key, steps_of
from core.movements.schemas import Lack
from core.movements.values import DepartmentValues, RungChoice, day_key
from core.plugin.api import ConfigSetting, Level, PlanContent, PlanSource, ReportKind


def lacks(plan: PlanContent, values: DepartmentValues) -> tuple[Lack, ...]:
    """Return what is missing; the department's own paper blocks publishing, the rest does not."""
    return (
        *_paper(plan, values),
        *_days(plan, values),
        *_settings(plan, values),
        *_occasions(plan, values),
    )


def own_settings(plan: PlanContent) -> tuple[ConfigSetting, ...]:
    """Return the settings that are not days of the schedule (those have a section of their own)."""
    days = {f"due_{row.report_kind}_{row.from_level}_{row.to_level}" for row in plan.schedule}
    return tuple(each for each in plan.config_schema.settings if each.key not in days)


def _paper(plan: PlanContent, values: DepartmentValues) -> Iterator[Lack]:
    if plan.source is PlanSource.UNIT and values.plan_paper is None:
        yield Lack("plan_paper", phrases.LACK_PAPER.format(author=plan.author), is_blocking=True)


def _days(plan: PlanContent, values: DepartmentValues) -> Iterator[Lack]:
    for row in steps_of(plan):
        if (row.from_level, row.to_level) != (Level.UNIT, Level.DEPARTMENT) or row.due_at:
            continue
        if row.report_kind is ReportKind.ON_REQUEST:
            continue  # each call sets its own day
        if day_key(row.report_kind, row.from_level, row.to_level) not in values.days:
            kind = phrases.REPORT_KINDS[row.report_kind.value]
            yield Lack("days", phrases.LACK_DAY.format(kind=kind))


def _settings(plan: PlanContent, values: DepartmentValues) -> Iterator[Lack]:
    for each in own_settings(plan):
        if each.default is None and each.key not in values.settings:
            yield Lack("settings", phrases.LACK_SETTING.format(label=each.label))


def _occasions(plan: PlanContent, values: DepartmentValues) -> Iterator[Lack]:
    for rung in plan.ladder:
        choice = values.rungs.get(rung_key(rung), RungChoice())
        if rung.occasion is None and not choice.occasions:
            subject = phrases.SUBJECTS[rung.subject_kind.value].lower()
            yield Lack("rungs", phrases.LACK_OCCASION.format(award=rung.award, subject=subject))
