"""Counting a round: from the latest submitted versions to figures. Pure functions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from statistics import median
from typing import Any
from uuid import UUID

import msgspec

from core.kit.i18n import vn_target
from core.plugin.api import Comparison, Criterion, Indicator, PlanContent, SubjectKind
from core.statistics import phrases
from core.statistics.schemas import (
    Figures,
    GatheredText,
    IndicatorFigure,
    IndicatorSummary,
    InitiativeRow,
    MissingUnit,
    PartSummary,
    Source,
)


class CountedReport(msgspec.Struct, frozen=True):
    """A report of the round; `parts` holds the fields of its latest version by part key.

    `is_reported`: a version is in the receiver's hands (a withdrawn one is not).
    """

    id: UUID
    unit_id: UUID
    unit_name: str
    state: str
    timing: str
    due_at: datetime | None
    is_past_due: bool
    is_reported: bool
    number: int
    content_hash: str
    parts: Mapping[str, Mapping[str, Any]]


def count(
    reports: Sequence[CountedReport], content: PlanContent, keys: Sequence[str], as_of: datetime
) -> Figures:
    """Count a round; `keys` are the parts of its form in order."""
    owed = [report for report in reports if report.state != "excused"]
    reported = [report for report in owed if report.is_reported]
    late = sum(report.timing == "late" for report in reported)
    return Figures(
        as_of=as_of,
        obliged=len(owed),
        excused=len(reports) - len(owed),
        reported=len(reported),
        on_time=len(reported) - late,
        late=late,
        timed=sum(report.due_at is not None for report in reported),
        accepted=sum(report.state == "accepted" for report in owed),
        by_state=dict(Counter(report.state for report in reports)),
        parts=tuple(_parts(reported, content, keys)),
        indicators=tuple(_indicator(each, reported) for each in content.indicators),
        initiatives=tuple(_initiatives(reported)),
        missing=tuple(
            MissingUnit(
                report.unit_id, report.unit_name, report.state, report.due_at, report.is_past_due
            )
            for report in owed
            if not report.is_reported
        ),
        sources=tuple(
            Source(
                report.id,
                report.unit_name,
                report.number,
                report.content_hash,
                report.state,
                report.timing,
            )
            for report in reported
        ),
    )


def reaches(indicator: Indicator, value: Decimal) -> bool:
    """Tell whether a figure reaches the target."""
    target = indicator.target
    if isinstance(target, tuple):
        return target[0] <= value <= target[1]
    goal = Decimal(str(target))
    match indicator.comparison:
        case Comparison.AT_LEAST:
            return value >= goal
        case Comparison.MORE_THAN:
            return value > goal
        case _:
            return value == goal


def plain(value: Decimal) -> str:
    """Return a number as written in Vietnamese, without zeros at the end: "97,5"."""
    text = f"{value:f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return text.replace(".", ",")


def _parts(
    reported: Iterable[CountedReport], content: PlanContent, keys: Sequence[str]
) -> list[PartSummary]:
    criteria = {
        f"criterion:{each.id}": each for each in content.criteria_for(SubjectKind.COLLECTIVE)
    }
    listed = list(reported)
    summaries = [_criterion(key, criteria[key], listed) for key in keys if key in criteria]
    if phrases.DIFFICULTIES in keys:
        summaries.append(_difficulties(listed))
    return summaries


def _criterion(key: str, criterion: Criterion, reported: list[CountedReport]) -> PartSummary:
    gathered = []
    for report in reported:
        fields = report.parts.get(key, {})
        text = "\n\n".join(
            fields[name] for name in ("narrative", "merged_reference") if fields.get(name)
        )
        assessment = fields.get("self_assessment") or ""
        if text or assessment:
            gathered.append(
                GatheredText(report.unit_id, report.unit_name, report.id, text, assessment)
            )
    return PartSummary(
        key=key,
        title=criterion.title,
        text=criterion.text,
        reference=criterion.reference,
        assessments=dict(Counter(row.self_assessment for row in gathered if row.self_assessment)),
        gathered=tuple(gathered),
    )


def _difficulties(reported: list[CountedReport]) -> PartSummary:
    gathered = []
    for report in reported:
        fields = report.parts.get(phrases.DIFFICULTIES, {})
        text = "\n".join(fields[name] for name in ("difficulties", "proposals") if fields.get(name))
        if text:
            gathered.append(GatheredText(report.unit_id, report.unit_name, report.id, text))
    title = phrases.TITLES[phrases.DIFFICULTIES]
    return PartSummary(phrases.DIFFICULTIES, title, "", "", {}, tuple(gathered))


def _indicator(indicator: Indicator, reported: Iterable[CountedReport]) -> IndicatorSummary:
    figures, values = [], []
    for report in reported:
        given = report.parts.get(phrases.INDICATORS, {}).get("figures", {}).get(indicator.id, {})
        value, note = given.get("value") or "", given.get("note") or ""
        if not value and not note:
            continue
        reached = None
        if value:
            values.append(Decimal(value))
            reached = reaches(indicator, values[-1])
        figures.append(IndicatorFigure(report.unit_id, report.unit_name, value, note, reached))
    return IndicatorSummary(
        id=indicator.id,
        text=indicator.text,
        unit=indicator.unit,
        comparison=indicator.comparison,
        target=vn_target(indicator.comparison, indicator.target, indicator.unit),
        by_year=indicator.by_year,
        reporting=len(values),
        reached=sum(figure.reached is True for figure in figures),
        lowest=plain(min(values)) if values else "",
        middle=plain(median(values)) if values else "",
        highest=plain(max(values)) if values else "",
        figures=tuple(figures),
    )


def _initiatives(reported: Iterable[CountedReport]) -> Iterable[InitiativeRow]:
    for report in reported:
        for item in report.parts.get(phrases.INITIATIVES, {}).get("items", []):
            yield InitiativeRow(
                report.unit_name,
                item.get("name", ""),
                item.get("author", ""),
                item.get("result", ""),
                item.get("recognised_by", ""),
            )
