"""Rounds: a call for reports, opened for all or chosen units, closed and opened again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from core.accounts.schemas import Actor, Role
from core.errors import ConflictError, InvalidInputError, NotFoundError
from core.kit.ids import new_id
from core.movements import service as movements
from core.movements.resolved import day_source
from core.movements.schemas import Edition
from core.plugin.api import Level, ReportKind
from core.reports import access, checks, notices, phrases
from core.reports import repository_rounds as repository
from core.reports.form import form_of
from core.reports.obligations import (
    excuse,
    extend,
    list_obligations,
    remind_silent,
    unexcuse,
)
from core.reports.round_views import get_round, list_rounds, schedule_row
from core.reports.schemas import RoundView

__all__ = [
    "change_due",
    "close_round",
    "excuse",
    "extend",
    "get_round",
    "list_obligations",
    "list_rounds",
    "open_round",
    "remind_silent",
    "reopen_round",
    "unexcuse",
]


class _Due(msgspec.Struct, frozen=True):
    """The days of a round and where they come from."""

    unit: datetime | None
    subunit: datetime | None
    source: str
    has_inner: bool


def _days(
    edition: Edition, kind: str, year: int, given: datetime | None, number: str,
    file_id: UUID | None,
) -> _Due:  # fmt: skip
    step = (ReportKind(kind), Level.UNIT, Level.DEPARTMENT)
    planned = edition.content.due_at(step[0], year, step[1], step[2])
    inner = schedule_row(edition, kind, Level.SUBUNIT, Level.UNIT)
    if given is None or given == planned:
        due, source = planned, str(day_source(edition.plan, edition.values, step, year))
    else:
        due, source = checks.future(given), "round"
        if edition.plan.due_at(step[0], year, step[1], step[2]):
            checks.decision(number, file_id)
            source = "decision"
    return _Due(
        unit=due,
        subunit=inner.due_at.get(year) if inner else None,
        source=source,
        has_inner=inner is not None and inner.stated,
    )


async def open_round(
    *,
    actor: Actor,
    kind: str,
    year: int,
    unit_ids: Sequence[UUID] | None = None,
    message: str = "",
    attachment_ids: Sequence[UUID] = (),
    due_at: datetime | None = None,
    decision_number: str = "",
    decision_file_id: UUID | None = None,
    is_demo: bool = False,
) -> RoundView:
    """Open a round: every unit that owes a report gets an obligation, a report and its parts.

    The day comes from the edition in force: the department's own day, or else the plan's. `due_at`
    (exclusive) is one for this round alone; where the plan itself states a day, a decision's
    number and file are needed. Inside the unit that wrote the plan, its subunits owe theirs by
    the inner day.

    Raises:
        PermissionDeniedError: not an officer of the department.
        InvalidInputError: kind, year, units, files or day are not acceptable (by field).
        NoEditionError: the department has not published its plan.
        ConflictError: its plugin was changed since (code `other_plugin`).
    """
    root = await repository.root_unit()
    actor.require(Role.OFFICER, root["path"])
    edition = await movements.edition_for_rounds()
    _check_call(edition, kind, year)
    number = checks.note(decision_number, field="decision_number")
    days = _days(edition, kind, year, due_at, number, decision_file_id)
    author = await repository.author_unit(edition.content.author) if days.has_inner else None
    owing = await repository.owing_units(unit_ids, root["id"], author["path"] if author else None)
    _check_units(owing, unit_ids)
    files = [*attachment_ids, *([decision_file_id] if decision_file_id else [])]
    await _check_files(files)
    round_id = new_id()
    await repository.insert_round(
        {
            "id": round_id,
            "kind": kind,
            "year": year,
            "title": phrases.round_title(kind, year),
            "message": checks.note(message, field="message"),
            "edition_id": edition.id,
            "due_at": days.unit,
            "inner_due_at": days.subunit if author else None,
            "due_source": days.source,
            "decision_number": number,
            "decision_file_id": decision_file_id,
            "opened_by": actor.account_id,
            "is_demo": is_demo,
        }
    )
    if attachment_ids:
        await repository.insert_attachments(round_id, list(dict.fromkeys(attachment_ids)))
    await _create_reports(round_id, edition, kind, year, owing, days)
    await notices.round_opened(round_id, edition.id, kind, year, days.unit, days.subunit, owing)
    return await get_round(actor=actor, round_id=round_id)


def _check_call(edition: Edition, kind: str, year: int) -> None:
    if kind not in phrases.KIND_NAMES:
        raise InvalidInputError(fields={"kind": "Xin chọn một loại báo cáo."})
    phases = edition.content.movement.phases
    first = min(phase.start for phase in phases)
    last = max(phase.end for phase in phases)
    if not first <= year <= last:
        sentence = f"Phong trào diễn ra từ năm {first} đến năm {last}."
        raise InvalidInputError(sentence, fields={"year": sentence})


def _check_units(owing: Sequence[Any], unit_ids: Sequence[UUID] | None) -> None:
    found = {row["id"] for row in owing}
    if not found or (unit_ids is not None and not set(unit_ids) <= found):
        sentence = (
            "Trong các đơn vị đã chọn có đơn vị không phải nộp báo cáo này."
            if unit_ids
            else "Chưa có đơn vị nào phải nộp báo cáo."
        )
        raise InvalidInputError(sentence, fields={"unit_ids": sentence})


async def _check_files(file_ids: Sequence[UUID]) -> None:
    wanted = set(file_ids)
    if wanted and await repository.known_files(list(wanted)) != len(wanted):
        sentence = "Có tệp không còn trong hệ thống, xin tải lên lại."
        raise InvalidInputError(sentence, fields={"attachment_ids": sentence})


async def _create_reports(
    round_id: UUID, edition: Edition, kind: str, year: int, owing: Sequence[Any], days: _Due
) -> None:
    parts = form_of(edition.content, kind, year).parts
    report_ids = await repository.insert_obligations(
        round_id,
        edition.id,
        owing,
        {"unit": days.unit, "subunit": days.subunit},
        sum(part.is_asked for part in parts),
    )
    await repository.insert_parts(
        report_ids,
        [part.key for part in parts],
        [part.position for part in parts],
        [part.is_asked for part in parts],
    )


async def close_round(*, actor: Actor, round_id: UUID) -> RoundView:
    """Close a round: drafts are kept, nothing can be submitted any more.

    Raises:
        ConflictError: code `wrong_state`, it is closed already.
    """
    return await _turn(actor, round_id, "open", "closed", "Kỳ báo cáo đã đóng rồi.")


async def reopen_round(*, actor: Actor, round_id: UUID) -> RoundView:
    """Open a closed round again.

    Raises:
        ConflictError: code `wrong_state`, it is open.
    """
    return await _turn(actor, round_id, "closed", "open", "Kỳ báo cáo đang mở.")


async def _turn(actor: Actor, round_id: UUID, old: str, new: str, refusal: str) -> RoundView:
    row = await _locked(actor, round_id)
    if row["state"] != old:
        raise ConflictError(refusal, code="wrong_state", extra={"state": row["state"]})
    await repository.set_round_state(round_id, new)
    return await get_round(actor=actor, round_id=round_id)


async def _locked(actor: Actor, round_id: UUID) -> Any:
    root = await repository.root_unit()
    if not actor.can(access.ROUND_READERS, root["path"]):
        raise NotFoundError
    actor.require(Role.OFFICER, root["path"])
    row = await repository.lock_round(round_id)
    if row is None:
        raise NotFoundError
    return row


async def change_due(
    *,
    actor: Actor,
    round_id: UUID,
    due_at: datetime,
    decision_number: str = "",
    decision_file_id: UUID | None = None,
) -> RoundView:
    """Give an open round another day (exclusive). Extended obligations keep their own day.

    Raises:
        InvalidInputError: the day is not ahead, or the plan states one and no decision is given.
        ConflictError: the round is closed.
    """
    row = await _locked(actor, round_id)
    if row["state"] != "open":
        raise ConflictError(phrases.ROUND_CLOSED, code="round_closed")
    checks.future(due_at)
    number = checks.note(decision_number, field="decision_number")
    edition = await movements.get_edition(row["edition_id"])
    days = _days(edition, row["kind"], row["year"], due_at, number, decision_file_id)
    await _check_files([decision_file_id] if decision_file_id else [])
    await repository.set_round_due(round_id, due_at, days.source, number, decision_file_id)
    return await get_round(actor=actor, round_id=round_id)
