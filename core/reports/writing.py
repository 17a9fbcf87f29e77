"""Writing a report: part by part, each with its own version, so that nobody loses a word."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from core.accounts.schemas import Actor
from core.errors import ConflictError, NotFoundError, StalePartError
from core.kit.clock import VIETNAM
from core.reports import access, phrases, states
from core.reports import repository_reports as repository
from core.reports.form import PartDefinition, clean, missing
from core.reports.readable import readable
from core.reports.reading import form_of_report
from core.reports.repository_reports import PartRow, ReportRow
from core.reports.schemas import SavedPart
from core.reports.states import Action, Review, State


async def lock_editable(actor: Actor, report_id: UUID, part_key: str) -> tuple[ReportRow, PartRow]:
    """Lock a part that this person may write now, together with its report.

    Other rooms (evidence) use it before they change what belongs to the part.

    Raises:
        NotFoundError: no such report or part for this person.
        PermissionDeniedError: the person only reads it.
        ConflictError: codes `wrong_state`, `round_closed`, `part_locked`, `part_not_asked`.
    """
    found = await repository.lock_part(report_id, part_key)
    if found is None:
        raise NotFoundError
    row, part = found
    access.require(actor, row, Action.SAVE_PART)
    states.step(row.state, Action.SAVE_PART)
    if row.round_state != "open":
        raise ConflictError(phrases.ROUND_CLOSED, code="round_closed")
    if not part.is_asked:
        raise ConflictError(phrases.PART_NOT_ASKED, code="part_not_asked")
    if part.review == Review.ACCEPTED:
        raise ConflictError(phrases.PART_ACCEPTED, code="part_locked")
    if row.state == State.RETURNED and part.review != Review.RETURNED:
        raise ConflictError(phrases.PART_NOT_RETURNED, code="part_locked")
    return row, part


async def evidence_changed(row: ReportRow, part: PartRow) -> None:
    """Count a returned part as mended once its files were changed, if nothing else is missing."""
    if part.review != Review.RETURNED or part.is_done:
        return
    definition = (await form_of_report(row)).part(part.key)
    if definition is not None and not missing(definition, part.fields):
        await repository.mark_done(row.id, part.id)


def _stale(
    definition: PartDefinition, part: PartRow, version: int, given: Mapping[str, Any]
) -> StalePartError:
    """Return the refusal with both texts, as fields and as people read them."""
    saved_at = part.saved_at.astimezone(VIETNAM) if part.saved_at else None
    return StalePartError(
        phrases.STALE,
        extra={
            "current": {
                "version": part.version,
                "fields": part.fields,
                "saved_by": part.saved_by,
                "saved_at_text": f"{saved_at:%H:%M:%S}" if saved_at else "",
                "text": readable(definition, part.fields),
            },
            "yours": {
                "version": version,
                "fields": dict(given),
                "text": readable(definition, given),
            },
        },
    )


async def save_part(
    *, actor: Actor, report_id: UUID, part_key: str, version: int, fields: Mapping[str, Any]
) -> SavedPart:
    """Save one part; `version` is the one that the writer had read.

    Raises:
        StalePartError: somebody saved this part in between; `extra["current"]` holds the other
            text, version, name and time, `extra["yours"]` what was refused.
        InvalidInputError: a field is not acceptable (sentence by field).
        ConflictError, NotFoundError, PermissionDeniedError: as `lock_editable`.
    """
    row, part = await lock_editable(actor, report_id, part_key)
    definition = (await form_of_report(row)).part(part_key)
    if definition is None:
        raise NotFoundError
    if part.version != version:
        raise _stale(definition, part, version, fields)
    values = clean(definition, fields)
    if "sources" in part.fields:
        values["sources"] = part.fields["sources"]
    lacks = tuple(missing(definition, values))
    state = states.step(row.state, Action.SAVE_PART)
    on_behalf = not access.at_unit(actor, row, Action.SAVE_PART)
    saved = await repository.save_part(
        report_id=row.id,
        part_id=part.id,
        version=version,
        fields=values,
        is_done=not lacks,
        state=state,
        account_id=actor.account_id,
        on_behalf_by=actor.account_id if on_behalf else None,
    )
    if saved is None:
        raise _stale(definition, part, version, fields)
    return SavedPart(
        part_key=part_key,
        version=saved["version"],
        state=state,
        saved_at=saved["saved_at"],
        saved_at_text=f"{saved['saved_at'].astimezone(VIETNAM):%H:%M:%S}",
        is_done=not lacks,
        parts_done=saved["parts_done"],
        parts_total=saved["parts_total"],
        missing=lacks,
    )
