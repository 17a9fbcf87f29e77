"""The form of a report: its parts out of the plan's edition, and what may be written into them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from core.plugin.api import (
    Applicability,
    FormPart,
    Indicator,
    PartKind,
    PlanContent,
    ReportKind,
)
from core.reports import phrases
from core.reports.fields import FieldReader, filled
from core.reports.schemas import Missing

# The field that a sentence about the whole part points at.
FIRST_FIELD = {
    PartKind.CRITERION: "narrative",
    PartKind.INDICATORS: "figures",
    PartKind.INITIATIVES: "items",
    PartKind.DIFFICULTIES_PROPOSALS: "difficulties",
}


class PartDefinition(msgspec.Struct, frozen=True):
    """One part as the edition defines it; `indicators` only where figures are asked."""

    key: str
    position: int
    part: FormPart
    is_asked: bool
    not_asked_reason: str = ""
    reference: str = ""
    source_line: int | None = None
    indicators: tuple[Indicator, ...] = ()
    merge_allowed: bool = False


class Form(msgspec.Struct, frozen=True):
    """The parts of a report in order."""

    parts: tuple[PartDefinition, ...]
    merge_allowed: bool
    merge_note: str

    def part(self, key: str) -> PartDefinition | None:
        """Return one part by its key, or None."""
        return next((part for part in self.parts if part.key == key), None)


def phase_of(content: PlanContent, year: int) -> str | None:
    """Return the phase of a year; a year that lies in two belongs to the earlier one."""
    for phase in sorted(content.movement.phases, key=lambda phase: phase.start):
        if phase.start <= year <= phase.end:
            return phase.id
    return None


def _key(part: FormPart) -> str:
    return f"criterion:{part.criterion_id}" if part.kind is PartKind.CRITERION else part.id


def form_of(content: PlanContent, kind: str, year: int) -> Form:
    """Return the form of one kind of report for one year.

    A criterion that belongs to another phase than the year's is left out; one that is not yet
    applicable stays, not asked.
    """
    source = content.report_form(ReportKind(kind))
    phase = phase_of(content, year)
    criteria = {criterion.id: criterion for criterion in content.criteria}
    parts: list[PartDefinition] = []
    for part in source.parts:
        criterion = criteria.get(part.criterion_id or "")
        if criterion is not None and criterion.phase not in (None, phase):
            continue
        figures = content.indicators if part.kind is PartKind.INDICATORS else ()
        asked = part.asked and (not figures or any(map(is_asked, figures)))
        parts.append(
            PartDefinition(
                key=_key(part),
                position=len(parts) + 1,
                part=part,
                is_asked=asked,
                not_asked_reason="" if asked else _reason(part, figures),
                reference=criterion.reference if criterion else "",
                source_line=criterion.source_line if criterion else None,
                indicators=figures,
                merge_allowed=source.merge_with_general_report,
            )
        )
    return Form(tuple(parts), source.merge_with_general_report, source.merge_note or "")


def _reason(part: FormPart, figures: tuple[Indicator, ...]) -> str:
    notes = (indicator.applicability_note for indicator in figures)
    return part.not_asked_reason or next(filter(None, notes), "")


def is_asked(indicator: Indicator) -> bool:
    """Tell whether a figure is asked already."""
    return indicator.applicability is not Applicability.AWAITING_GUIDANCE


def clean(definition: PartDefinition, raw: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields of one part, normalised (NFC) and within their limits.

    Fields by kind of part: a criterion has `narrative`, `self_assessment` ('' | chua_dat | dat |
    vuot) and, where the plan allows it, `merged_reference`; indicators have
    `figures: {id: {value, note}}`; initiatives have `items: [{name, author, result,
    recognised_by}]` and `none`; difficulties have `difficulties`, `proposals` and `none`.

    Raises:
        InvalidInputError: `fields` says which field and why.
    """
    reader = FieldReader(raw)
    result: dict[str, Any]
    match definition.part.kind:
        case PartKind.CRITERION:
            result = {"narrative": reader.narrative("narrative")}
            if definition.part.self_assessment:
                result["self_assessment"] = reader.choice(
                    "self_assessment", ("", *phrases.SELF_ASSESSMENT_NAMES)
                )
            if definition.merge_allowed:
                result["merged_reference"] = reader.line("merged_reference")
        case PartKind.INDICATORS:
            known = [indicator for indicator in definition.indicators if is_asked(indicator)]
            result = {"figures": reader.figures("figures", known)}
        case PartKind.INITIATIVES:
            result = {"items": reader.items("items"), "none": reader.flag("none")}
        case PartKind.DIFFICULTIES_PROPOSALS:
            result = {
                "difficulties": reader.narrative("difficulties"),
                "proposals": reader.narrative("proposals"),
                "none": reader.flag("none"),
            }
    reader.finish()
    return result


def missing(definition: PartDefinition, fields: Mapping[str, Any]) -> list[Missing]:
    """Return what one part still lacks (nothing where it is not asked)."""
    if not definition.is_asked:
        return []
    lacks: list[tuple[str, str]] = []
    match definition.part.kind:
        case PartKind.CRITERION:
            if not filled(fields, "narrative", "merged_reference"):
                lacks.append(("narrative", phrases.MISSING_NARRATIVE))
            if definition.part.self_assessment and not filled(fields, "self_assessment"):
                lacks.append(("self_assessment", phrases.MISSING_SELF_ASSESSMENT))
        case PartKind.INDICATORS:
            figures = fields.get("figures", {})
            lacks += [
                (f"figures.{indicator.id}", phrases.missing_figure(indicator.text))
                for indicator in definition.indicators
                if is_asked(indicator)
                and not filled(figures.get(indicator.id, {}), "value", "note")
            ]
        case PartKind.INITIATIVES:
            if not filled(fields, "items", "none"):
                lacks.append(("items", phrases.MISSING_INITIATIVES))
        case PartKind.DIFFICULTIES_PROPOSALS:
            if not filled(fields, "difficulties", "proposals", "none"):
                lacks.append(("difficulties", phrases.MISSING_DIFFICULTIES))
    return [Missing(definition.key, field, sentence) for field, sentence in lacks]
