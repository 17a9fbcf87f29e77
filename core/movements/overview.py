"""The department's configuration at a glance: each section, its state, both voices in words."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import msgspec

from core.kit import clock
from core.movements import phrases, value_words
from core.movements.readiness import lacks, own_settings
from core.movements.resolved import platform_reminder_days, steps_of
from core.movements.schemas import Draft, Edition, Lack
from core.movements.sections.registry import ALL
from core.movements.values import NOTHING, DepartmentValues
from core.plugin.api import PlanContent, SubjectKind


class SectionState(msgspec.Struct, frozen=True, kw_only=True):
    """One section: `state` is missing | department | plan | platform | empty.

    `is_changed`: the draft differs from the edition in force.
    """

    key: str
    address: str
    title: str
    state: str
    plan: tuple[str, ...]
    own: tuple[str, ...]
    lacks: tuple[Lack, ...]
    is_changed: bool
    saved: str


class Upgrade(msgspec.Struct, frozen=True):
    """Why the edition in force should be looked at again: other plugin or version, other phase."""

    old_plugin: str = ""
    new_plugin: str = ""
    old_version: str = ""
    new_version: str = ""
    old_phase: str = ""
    new_phase: str = ""


def sections(plan: PlanContent, draft: Draft, current: Edition | None) -> list[SectionState]:
    """Return every section in the order of the page."""
    missing = lacks(plan, draft.values)
    in_force = current.values if current else NOTHING
    found = []
    for section in ALL:
        own = tuple(value_words.LINES[section.key](plan, draft.values))
        said = tuple(_plan_lines(section.key, plan))
        gaps = tuple(lack for lack in missing if lack.section == section.key)
        saved = draft.sections.get(section.key)
        found.append(
            SectionState(
                key=section.key,
                address=section.address,
                title=value_words.TITLES[section.key],
                state=_state(section.key, gaps, own, said),
                plan=said,
                own=own,
                lacks=gaps,
                is_changed=getattr(draft.values, section.key) != getattr(in_force, section.key),
                saved=saved.saved_by if saved else "",
            )
        )
    return found


def _state(key: str, gaps: tuple[Lack, ...], own: tuple[str, ...], said: tuple[str, ...]) -> str:
    if gaps:
        return "missing"
    if own:
        return "department"
    if key in _PLATFORMS:
        return "platform"
    return "plan" if said else "empty"


def upgrade(current: Edition | None, plugin: str, installed: str) -> Upgrade | None:
    """Return what has changed around the edition in force, or None.

    `plugin` is the department's today, `installed` its version ('' where it is not opened).
    """
    if current is None:
        return None
    before = current.plan.phase_of(current.effective_from.year)
    now = current.plan.phase_of(clock.today().year)
    found = Upgrade()
    if plugin != current.plugin_slug:
        found = Upgrade(old_plugin=current.plugin_slug, new_plugin=plugin)
    elif installed and installed != current.plugin_version:
        found = Upgrade(old_version=current.plugin_version, new_version=installed)
    if before is not None and now is not None and before.id != now.id:
        found = msgspec.structs.replace(
            found,
            old_phase=f"{before.start}–{before.end}",
            new_phase=f"{now.start}–{now.end}",
        )
    return found if found != Upgrade() else None


def in_words(plan: PlanContent, values: DepartmentValues, section: str) -> tuple[str, ...]:
    """Return what the department set in one section, as sentences."""
    return tuple(value_words.LINES[section](plan, values))


def _plan_lines(section: str, plan: PlanContent) -> Iterable[str]:
    """Say what stands where the department sets nothing."""
    return _PLAN_LINES[section](plan) if section in _PLAN_LINES else ()


def _paper(plan: PlanContent) -> Iterable[str]:
    yield f"{plan.province_info.plan.title} ({plan.author})"


def _defaults(plan: PlanContent) -> Iterable[str]:
    for each in own_settings(plan):
        if each.default is not None:
            yield f"{each.label}: {value_words.setting_words(each, each.default)}"


def _days(plan: PlanContent) -> Iterable[str]:
    for row in steps_of(plan):
        if row.stated:
            yield f"{value_words.step_words(row)}: “{row.rule}”"


def _reminders(plan: PlanContent) -> Iterable[str]:  # noqa: ARG001
    yield f"Nền tảng nhắc trước hạn {', '.join(map(str, platform_reminder_days()))} ngày"


def _criteria(plan: PlanContent) -> Iterable[str]:
    for kind in SubjectKind:
        count = len(plan.criteria_for(kind))
        if count:
            yield f"{phrases.SUBJECTS[kind.value]}: {count} tiêu chí của kế hoạch"


def _standards(plan: PlanContent) -> Iterable[str]:
    for each in plan.standards:
        yield f"{phrases.SUBJECTS[each.subject_kind.value]}: {each.text}"


def _offices(plan: PlanContent) -> Iterable[str]:
    for office in plan.province_info.offices:
        yield office.name


def _mails(plan: PlanContent) -> Iterable[str]:  # noqa: ARG001
    yield "Lời thư của nền tảng"


_PLATFORMS = ("reminders", "mails")
_PLAN_LINES: dict[str, Callable[[PlanContent], Iterable[str]]] = {
    "plan_paper": _paper,
    "settings": _defaults,
    "days": _days,
    "reminders": _reminders,
    "criteria": _criteria,
    "standards": _standards,
    "offices": _offices,
    "mails": _mails,
}
