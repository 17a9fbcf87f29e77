"""Reading a report: its parts beside the plan's words, its life, its versions."""

from __future__ import annotations

from uuid import UUID

import msgspec

from core.accounts.schemas import Actor
from core.errors import NotFoundError
from core.movements import service as movements
from core.reports import access
from core.reports import repository_reports as repository
from core.reports.form import FIRST_FIELD, Form, PartDefinition, form_of, is_asked, missing
from core.reports.phrases import MISSING_AFTER_RETURN
from core.reports.repository_reports import PartRow, ReportRow
from core.reports.schemas import (
    EventView,
    FileRef,
    Missing,
    PartView,
    ReportView,
    VersionView,
)
from core.reports.states import Action, Review, State, allowed

FORMS_KEPT = 256
_forms: dict[tuple[UUID, str, int], Form] = {}


async def visible(actor: Actor, report_id: UUID, *, lock: bool = False) -> ReportRow:
    """Return a report that the person may see, locked where asked.

    Raises:
        NotFoundError: there is none, or not for this person.
    """
    row = await repository.report_row(report_id, lock=lock)
    if row is None or not access.sees(actor, row):
        raise NotFoundError
    return row


async def form_of_report(row: ReportRow) -> Form:
    """Return the form of a report, out of the edition that it was opened with.

    Kept in memory: editions never change, and the row has been found in the department already.
    """
    key = (row.edition_id, row.kind, row.year)
    if key not in _forms:
        edition = await movements.get_edition(row.edition_id)
        if len(_forms) >= FORMS_KEPT:
            _forms.clear()
        _forms[key] = form_of(edition.content, row.kind, row.year)
    return _forms[key]


def is_editable(row: ReportRow, part: PartRow) -> bool:
    """Tell whether a part may be written now (whoever writes)."""
    if row.round_state != "open" or not part.is_asked or not allowed(row.state, Action.SAVE_PART):
        return False
    if row.state == State.RETURNED:
        return part.review == Review.RETURNED
    return part.review != Review.ACCEPTED


def lacks(definition: PartDefinition, part: PartRow) -> list[Missing]:
    """Return what a stored part still lacks; a returned one has to be saved again."""
    found = missing(definition, part.fields)
    if not found and part.review == Review.RETURNED and not part.is_done:
        found = [Missing(part.key, FIRST_FIELD[definition.part.kind], MISSING_AFTER_RETURN)]
    return found


async def get_report(*, actor: Actor, report_id: UUID) -> ReportView:
    """Return a report with everything that its page shows (four statements).

    Raises:
        NotFoundError: there is none, or not for this person.
    """
    row = await visible(actor, report_id)
    form = await form_of_report(row)
    parts = {part.key: part for part in await repository.parts_of(report_id)}
    events = await repository.events_of(report_id)
    newest = await repository.last_version(report_id)
    writes = access.may(actor, row, Action.SAVE_PART)
    shared = {
        name: getattr(row, name)
        for name in ReportView.__struct_fields__
        if name in ReportRow.__struct_fields__
    }
    return ReportView(
        merge_allowed=form.merge_allowed,
        merge_note=form.merge_note,
        parts=tuple(
            _part_view(definition, parts[definition.key], writes and is_editable(row, stored))
            for definition in form.parts
            if (stored := parts.get(definition.key))
        ),
        events=tuple(
            EventView(**{**event, "part_keys": tuple(event["part_keys"])}) for event in events
        ),
        actions=access.possible(actor, row, row.state, round_open=row.round_state == "open"),
        last_version_id=newest["id"] if newest else None,
        last_version_number=newest["number"] if newest else 0,
        receipt_code=newest["receipt_code"] if newest else "",
        **shared,
    )


def blank_part(definition: PartDefinition) -> PartView:
    """Return a part as a clerk finds it before anything is written."""
    stored = PartRow(
        id=UUID(int=definition.position),
        key=definition.key,
        position=definition.position,
        fields={},
        version=0,
        is_asked=definition.is_asked,
        is_done=False,
        review=Review.OPEN,
        return_reason="",
        return_due_at=None,
        saved_at=None,
        saved_by="",
        evidence=[],
    )
    return _part_view(definition, stored, definition.is_asked)


def _part_view(definition: PartDefinition, stored: PartRow, editable: bool) -> PartView:
    part = definition.part
    return PartView(
        id=stored.id,
        key=stored.key,
        kind=str(part.kind),
        position=stored.position,
        title=part.title,
        text=part.text,
        reference=definition.reference,
        source_line=definition.source_line,
        help=part.help,
        is_asked=stored.is_asked,
        not_asked_reason="" if stored.is_asked else definition.not_asked_reason,
        has_self_assessment=part.self_assessment,
        has_evidence=part.evidence,
        words_from=part.words_from,
        words_to=part.words_to,
        indicators=tuple(filter(is_asked, definition.indicators)),
        fields=stored.fields,
        version=stored.version,
        is_done=stored.is_done,
        review=stored.review,
        return_reason=stored.return_reason,
        return_due_at=stored.return_due_at,
        saved_by=stored.saved_by,
        saved_at=stored.saved_at,
        evidence=tuple(msgspec.convert(item, FileRef) for item in stored.evidence),
        is_editable=editable,
    )


async def check_report(*, actor: Actor, report_id: UUID) -> list[Missing]:
    """Return what is missing before the report may be sent, part by part.

    Raises:
        NotFoundError: there is none, or not for this person.
    """
    row = await visible(actor, report_id)
    return await missing_in(row)


async def missing_in(row: ReportRow, parts: list[PartRow] | None = None) -> list[Missing]:
    """Return what the parts of a report still lack, in the order of the form."""
    form = await form_of_report(row)
    stored = {part.key: part for part in parts or await repository.parts_of(row.id)}
    return [
        lack
        for definition in form.parts
        if definition.key in stored
        for lack in lacks(definition, stored[definition.key])
    ]


async def get_version(*, actor: Actor, version_id: UUID) -> VersionView:
    """Return one submitted version (receipts and papers are made from it).

    Raises:
        NotFoundError: there is none, or not for this person.
    """
    row = await repository.version(version_id)
    if row is None:
        raise NotFoundError
    await visible(actor, row["report_id"])
    return VersionView(**row)


async def list_versions(*, actor: Actor, report_id: UUID) -> tuple[VersionView, ...]:
    """Return all submitted versions of a report, newest first.

    Raises:
        NotFoundError: there is no such report, or not for this person.
    """
    await visible(actor, report_id)
    return tuple(VersionView(**row) for row in await repository.newest_versions(report_id, 100))
