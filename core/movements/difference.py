"""What a new edition would change, in words: lines that come, lines that go, by section."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import msgspec

from core.kit.i18n import vn_target
from core.movements import phrases, value_words
from core.movements.readiness import own_settings
from core.movements.value_words import setting_words
from core.movements.values import NOTHING, DepartmentValues
from core.plugin.api import Indicator, PlanContent


class SectionChange(msgspec.Struct, frozen=True):
    """One section of the plan with the lines that differ."""

    title: str
    added: tuple[str, ...]
    removed: tuple[str, ...]


def differences(
    old: PlanContent,
    new: PlanContent,
    old_values: DepartmentValues = NOTHING,
    new_values: DepartmentValues = NOTHING,
) -> list[SectionChange]:
    """Return the sections that differ: those of the plan, then those that the department sets.

    An empty list means the same words everywhere.
    """
    pairs = [(title, lines(old), lines(new)) for title, lines in _SECTIONS]
    pairs += [
        (value_words.TITLES[section], lines(old, old_values), lines(new, new_values))
        for section, lines in value_words.LINES.items()
    ]
    found = []
    for title, earlier, later in pairs:
        before, after = list(earlier), list(later)
        added = tuple(line for line in after if line not in before)
        removed = tuple(line for line in before if line not in after)
        if added or removed:
            found.append(SectionChange(title, added, removed))
    return found


def target_words(indicator: Indicator) -> str:
    """Return the target as people say it."""
    return vn_target(indicator.comparison, indicator.target, indicator.unit)


def _movement(content: PlanContent) -> Iterable[str]:
    yield content.movement.name
    for phase in content.movement.phases:
        yield f"Giai đoạn {phase.start}–{phase.end}: {phase.review_text}"


def _criteria(content: PlanContent) -> Iterable[str]:
    for each in content.criteria:
        note = phrases.APPLICABILITY[each.applicability.value]
        yield f"{phrases.SUBJECTS[each.subject_kind.value]} {each.order}: {each.text}" + (
            f" ({note})" if note else ""
        )


def _indicators(content: PlanContent) -> Iterable[str]:
    for each in content.indicators:
        yield f"{each.text}: {target_words(each)}"


def _schedule(content: PlanContent) -> Iterable[str]:
    for row in content.schedule:
        head = (
            f"{phrases.REPORT_KINDS[row.report_kind.value]}, {phrases.LEVELS[row.from_level.value]}"
        )
        days = ", ".join(f"{day:%d/%m/%Y}" for day in row.due_at.values())
        words = row.rule if row.stated else phrases.NOT_STATED
        yield f"{head}: {words}" + (f" (trước {days})" if days else "")


def _ladder(content: PlanContent) -> Iterable[str]:
    for rung in content.ladder:
        parts = [rung.award, phrases.SUBJECTS[rung.subject_kind.value]]
        if rung.occasion:
            parts.append(phrases.OCCASIONS[rung.occasion.value])
        if rung.issuer:
            parts.append(rung.issuer)
        if rung.action:
            parts.append(phrases.ACTIONS[rung.action.value])
        yield " · ".join(parts)


def _standards(content: PlanContent) -> Iterable[str]:
    for each in content.standards:
        yield f"{phrases.SUBJECTS[each.subject_kind.value]}: {each.text}"


def _forms(content: PlanContent) -> Iterable[str]:
    for form in content.report_forms:
        kind = phrases.REPORT_KINDS[form.report_kind.value]
        for part in form.parts:
            asked = "" if part.asked else f" ({part.not_asked_reason or phrases.NOT_ASKED})"
            yield f"{kind}: phần “{part.title}”{asked}"
        if form.merge_with_general_report:
            yield f"{kind}: {form.merge_note}"


def _offices(content: PlanContent) -> Iterable[str]:
    for office in content.province_info.offices:
        yield f"{office.name}: {office.duty}"


def _open_points(content: PlanContent) -> Iterable[str]:
    for setting in own_settings(content):
        yield f"{setting.label} ({setting_words(setting, setting.default)})"
    yield from content.province_info.stated_gaps


def _law(content: PlanContent) -> Iterable[str]:
    for document in content.province_info.legal_basis:
        yield f"{document.number}: {document.title}"


_SECTIONS: tuple[tuple[str, Callable[[PlanContent], Iterable[str]]], ...] = (
    ("Phong trào và giai đoạn", _movement),
    ("Tiêu chí", _criteria),
    ("Chỉ tiêu", _indicators),
    ("Thời hạn báo cáo", _schedule),
    ("Hình thức khen thưởng", _ladder),
    ("Tiêu chuẩn khen thưởng của kế hoạch", _standards),
    ("Biểu mẫu báo cáo", _forms),
    ("Đầu mối theo kế hoạch", _offices),
    ("Điểm kế hoạch để ngỏ", _open_points),
    ("Căn cứ", _law),
)
