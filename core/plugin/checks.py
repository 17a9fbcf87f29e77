"""What types cannot say about a plan's content: one list of plain sentences, empty when sound."""

import unicodedata
from collections import Counter
from collections.abc import Iterator

import msgspec

from core.plugin.content import PlanContent
from core.plugin.enums import ReportKind, SubjectKind

TITLE_LENGTH = 60


def problems(content: PlanContent) -> tuple[str, ...]:
    """Name everything that would break an edition made from this content."""
    return (
        *_text_problems(content),
        *_criteria_problems(content),
        *_schedule_problems(content),
        *_ladder_problems(content),
        *_reference_problems(content),
    )


def _text_problems(content: PlanContent) -> Iterator[str]:
    text = msgspec.json.encode(content).decode()
    if not unicodedata.is_normalized("NFC", text):
        yield "texts are not in Unicode NFC"


def _criteria_problems(content: PlanContent) -> Iterator[str]:
    for key, count in Counter(row.id for row in content.criteria).items():
        if count > 1:
            yield f"criterion id {key} stands {count} times"
    for kind in SubjectKind:
        orders = [row.order for row in content.criteria_for(kind)]
        if orders != list(range(1, len(orders) + 1)):
            yield f"criteria for {kind} are not numbered 1, 2, 3: {orders}"
    for row in content.criteria:
        if not row.text.strip() or not 0 < len(row.title) <= TITLE_LENGTH:
            yield f"criterion {row.id} has no text, or a title outside 1..{TITLE_LENGTH}"


def _schedule_problems(content: PlanContent) -> Iterator[str]:
    named = {row.report_kind for row in content.schedule}
    for kind in ReportKind:
        if kind not in named:
            yield f"schedule has no row for {kind}"
    for row in content.schedule:
        for year, due in row.due_at.items():
            if due.tzinfo is None or not row.stated:
                yield f"due_at {year} of {row.report_kind} is naive or of an unstated row"


def _ladder_problems(content: PlanContent) -> Iterator[str]:
    steps = [(row.award, row.issuer, row.subject_kind, row.occasion) for row in content.ladder]
    for step, count in Counter(steps).items():
        if count > 1:
            yield f"ladder rung stands {count} times: {step}"
    for row in content.ladder:
        if row.award.startswith("Cờ") and row.subject_kind is not SubjectKind.COLLECTIVE:
            yield f"{row.award} is for collectives only"


def _reference_problems(content: PlanContent) -> Iterator[str]:
    phases = {phase.id for phase in content.movement.phases}
    criteria = {row.id for row in content.criteria}
    for row in content.criteria:
        if row.phase is not None and row.phase not in phases:
            yield f"criterion {row.id} names an unknown phase {row.phase}"
    for form in content.report_forms:
        for part in form.parts:
            if part.criterion_id is not None and part.criterion_id not in criteria:
                yield f"form {form.report_kind} names an unknown criterion {part.criterion_id}"
