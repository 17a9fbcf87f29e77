"""Who owes what in a round: the list, reminders, excuses and later days."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from core.accounts.schemas import Actor, Role
from core.errors import ConflictError, InvalidInputError, NotFoundError
from core.kit.clock import VIETNAM
from core.reports import access, checks, notices, states
from core.reports import repository_reports as reports
from core.reports import repository_rounds as repository
from core.reports.repository_reports import ReportRow
from core.reports.schemas import ObligationRow, Page
from core.reports.states import Action, State

LIST_MAX = 200
# Days that no plan and no decision has set: moving one needs no decision.
SET_FREELY = ("department", "round")
_TIMINGS = ("on_time", "late", "overdue")


async def list_obligations(
    *,
    actor: Actor,
    round_id: UUID,
    state: str | None = None,
    kind: str | None = None,
    timing: str | None = None,
    search: str = "",
    after: UUID | None = None,
    limit: int = 50,
    receiver_unit_id: UUID | None = None,
) -> Page[ObligationRow]:
    """Return one page of a round's units in the order of their names.

    `state`: a state of reports; `kind`: a kind of unit; `timing`: on_time | late | overdue;
    `search` ignores case and diacritics; `after`: `next_after` of the page before; `limit`: at
    most 200; `receiver_unit_id`: default is the department, or the unit the person receives at.

    Raises:
        NotFoundError: there is no such round, or the person receives nothing there.
        InvalidInputError: an unknown filter.
    """
    if state is not None and state not in list(State):
        raise InvalidInputError(fields={"state": "Trạng thái này không có."})
    if timing is not None and timing not in _TIMINGS:
        raise InvalidInputError(fields={"timing": "Bộ lọc này không có."})
    receiver_id = receiver_unit_id or _own_receiver(actor)
    receiver = await reports.unit_row(receiver_id)
    if receiver is None or not actor.can(access.ROUND_READERS, receiver["path"]):
        raise NotFoundError
    size = max(1, min(limit, LIST_MAX))
    rows = await repository.obligation_rows(
        round_id=round_id,
        receiver_id=receiver["id"],
        state=state,
        kind=kind,
        timing=timing,
        search=search.strip(),
        after=after,
        limit=size + 1,
    )
    if not rows and await repository.round_row(round_id, receiver["id"]) is None:
        raise NotFoundError
    items = tuple(ObligationRow(**row) for row in rows[:size])
    return Page(items, items[-1].unit_id if len(rows) > size else None)


def _own_receiver(actor: Actor) -> UUID | None:
    """Return the highest unit at which the person receives; None means the department."""
    grants = [grant for grant in actor.roles if grant.role in access.ROUND_READERS]
    return min(grants, key=lambda grant: len(grant.unit_path)).unit_id if grants else None


async def remind_silent(
    *, actor: Actor, round_id: UUID, receiver_unit_id: UUID | None = None
) -> int:
    """Remind the units that have submitted nothing; return how many.

    A unit that was reminded in the last ten minutes is left out (a double click reminds once).

    Raises:
        ConflictError: the round is closed.
    """
    receiver = await reports.unit_row(receiver_unit_id or _own_receiver(actor))
    if receiver is None or not actor.can(access.ROUND_READERS, receiver["path"]):
        raise NotFoundError
    actor.require(Role.OFFICER, receiver["path"])
    row = await repository.lock_round(round_id)
    if row is None:
        raise NotFoundError
    if row["state"] != "open":
        raise ConflictError("Kỳ báo cáo đã đóng nên không nhắc nữa.", code="round_closed")
    silent = await repository.mark_reminded(round_id, receiver["id"])
    if silent:
        moment = silent[0]["reminded_at"]
        await notices.reminded(
            round_id, row["edition_id"], row["title"], silent, moment.astimezone(VIETNAM)
        )
    return len(silent)


async def _locked(actor: Actor, obligation_id: UUID, action: Action) -> ReportRow:
    row = await reports.lock_by_obligation(obligation_id)
    access.require(actor, row, action)
    assert row is not None  # noqa: S101 -- `require` has refused None
    return row


async def excuse(*, actor: Actor, obligation_id: UUID, reason: str) -> None:
    """Free a unit from its report, with the reason.

    Raises:
        ConflictError: code `wrong_state`, the report is submitted, accepted or excused already.
        InvalidInputError: no reason.
    """
    row = await _locked(actor, obligation_id, Action.EXCUSE)
    state = states.step(row.state, Action.EXCUSE)
    text = checks.note(reason, field="reason", required="Chưa ghi lý do miễn nộp.")
    await repository.excuse(obligation_id, text, actor.account_id)
    await reports.set_state(row, Action.EXCUSE, state, actor.account_id, note=text)


async def unexcuse(*, actor: Actor, obligation_id: UUID) -> None:
    """Ask for the report again; what had been written is still there.

    Raises:
        ConflictError: code `wrong_state`, the unit is not excused.
    """
    row = await _locked(actor, obligation_id, Action.UNEXCUSE)
    target = State.NOT_STARTED
    if row.parts_returned:
        target = State.RETURNED
    elif await reports.has_writing(row.id):
        target = State.DRAFTING
    state = states.step(row.state, Action.UNEXCUSE, target)
    await repository.excuse(obligation_id, "", None)
    await reports.set_state(row, Action.UNEXCUSE, state, actor.account_id)


async def extend(
    *,
    actor: Actor,
    obligation_id: UUID,
    new_due_at: datetime,
    reason: str,
    decision_number: str = "",
    decision_file_id: UUID | None = None,
) -> None:
    """Give one unit a later day (exclusive). Against a day of the plan this needs a decision.

    Raises:
        ConflictError: code `wrong_state`, a report is in already, or there is no day to move.
        InvalidInputError: not later than the day so far, not ahead, no reason, no decision.
    """
    row = await _locked(actor, obligation_id, Action.EXCUSE)
    if row.state not in states.SILENT or row.submitted_at is not None:
        raise states.wrong_state(State(row.state))
    if row.due_at is None:
        raise ConflictError("Báo cáo này không có hạn nên không cần gia hạn.", code="no_due_date")
    if checks.future(new_due_at, field="new_due_at") <= row.due_at:
        sentence = "Hạn mới phải muộn hơn hạn cũ."
        raise InvalidInputError(sentence, fields={"new_due_at": sentence})
    text = checks.note(reason, field="reason", required="Chưa ghi lý do gia hạn.")
    number = checks.note(decision_number, field="decision_number")
    if row.due_source not in SET_FREELY:
        checks.decision(number, decision_file_id)
    if decision_file_id and await repository.known_files([decision_file_id]) != 1:
        sentence = "Tệp quyết định không còn trong hệ thống, xin tải lên lại."
        raise InvalidInputError(sentence, fields={"decision_file_id": sentence})
    await repository.extend(
        obligation_id, new_due_at, text, number, decision_file_id, actor.account_id
    )
