"""The receiver's side: start the review, accept part by part, return parts with reasons."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from core.accounts.schemas import Actor
from core.errors import ConflictError, InvalidInputError
from core.reports import access, checks, notices, states
from core.reports import repository_reports as repository
from core.reports.difference import difference
from core.reports.repository_reports import PartRow, ReportRow
from core.reports.states import Action, Review, State

__all__ = ["accept_parts", "difference", "return_parts", "start_review"]


async def _locked(actor: Actor, report_id: UUID, action: Action) -> ReportRow:
    row = await repository.report_row(report_id, lock=True)
    access.require(actor, row, action)
    assert row is not None  # noqa: S101 -- `require` has refused None
    states.step(row.state, action)
    return row


async def start_review(*, actor: Actor, report_id: UUID) -> None:
    """Start the review; from now on the sender cannot withdraw.

    Raises:
        ConflictError: code `wrong_state`, the report is not (or no longer) submitted.
    """
    row = await _locked(actor, report_id, Action.START_REVIEW)
    state = states.step(row.state, Action.START_REVIEW)
    await repository.set_state(row, Action.START_REVIEW, state, actor.account_id)


async def _chosen(row: ReportRow, keys: Sequence[str]) -> list[PartRow]:
    parts = {part.key: part for part in await repository.parts_of(row.id) if part.is_asked}
    unknown = [key for key in keys if key not in parts]
    if unknown or not keys:
        sentence = "Xin chọn ít nhất một phần có trong báo cáo."
        raise InvalidInputError(sentence, fields=dict.fromkeys(unknown or ["parts"], sentence))
    return [parts[key] for key in keys]


async def accept_parts(*, actor: Actor, report_id: UUID, part_keys: Sequence[str]) -> State:
    """Accept parts; with the last asked part the whole report is accepted. Return its state.

    Parts that are accepted already stay so.

    Raises:
        ConflictError: code `wrong_state`, the review has not started or is over.
        InvalidInputError: a part that the report does not have, or none at all.
    """
    row = await _locked(actor, report_id, Action.ACCEPT_PARTS)
    keys = list(dict.fromkeys(part_keys))
    await _chosen(row, keys)
    left = await repository.accept_parts(row.id, keys)
    target = State.IN_REVIEW if left else State.ACCEPTED
    state = states.step(row.state, Action.ACCEPT_PARTS, target)
    await repository.set_state(row, Action.ACCEPT_PARTS, state, actor.account_id, part_keys=keys)
    if state is State.ACCEPTED:
        await notices.accepted(row)
    return state


async def return_parts(
    *, actor: Actor, report_id: UUID, parts: Mapping[str, tuple[str, datetime]]
) -> None:
    """Return single parts: part key -> (reason, new exclusive day). The unit may mend just those.

    Raises:
        ConflictError: codes `wrong_state`, `part_accepted` (accepted parts stay accepted).
        InvalidInputError: no reason, a day that is not ahead, or an unknown part (by part).
    """
    row = await _locked(actor, report_id, Action.RETURN_PARTS)
    chosen = await _chosen(row, list(parts))
    if any(part.review == Review.ACCEPTED for part in chosen):
        raise ConflictError("Phần đã tiếp nhận thì không trả lại nữa.", code="part_accepted")
    keys, reasons, days = [], [], []
    for key, (reason, due_at) in parts.items():
        keys.append(key)
        reasons.append(
            checks.note(reason, field=f"{key}.reason", required="Chưa ghi lý do trả lại.")
        )
        days.append(checks.future(due_at, field=f"{key}.due_at"))
    await repository.return_parts(row.id, keys, reasons, days)
    state = states.step(row.state, Action.RETURN_PARTS)
    note = reasons[0] if len(set(reasons)) == 1 else ""
    await repository.set_state(
        row, Action.RETURN_PARTS, state, actor.account_id, note=note, part_keys=keys
    )
    await notices.returned(row, len(keys), min(days))
