"""From the clerk to the head to the receiver: sign-off, submission, withdrawal."""

from __future__ import annotations

import hashlib
import secrets
from typing import Any
from uuid import UUID

import msgspec

from core.accounts.schemas import Actor
from core.errors import ConflictError, InvalidInputError
from core.movements import service as movements
from core.reports import access, checks, notices, phrases, states
from core.reports import repository_reports as repository
from core.reports.reading import form_of_report, missing_in
from core.reports.repository_reports import PartRow, ReportRow
from core.reports.schemas import Missing, Receipt
from core.reports.snapshot import content_of
from core.reports.states import Action, State

_CODE_LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"


async def _locked(actor: Actor, report_id: UUID, action: Action) -> ReportRow:
    """Lock the report and refuse what person, state or round do not allow."""
    row = await repository.report_row(report_id, lock=True)
    access.require(actor, row, action)
    assert row is not None  # noqa: S101 -- `require` has refused None
    states.step(row.state, action, None)
    if row.round_state != "open":
        raise ConflictError(phrases.ROUND_CLOSED, code="round_closed")
    return row


def _refuse_incomplete(lacks: list[Missing]) -> None:
    if lacks:
        raise InvalidInputError(
            phrases.INCOMPLETE.format(n=len(lacks)),
            code="incomplete",
            fields={f"{lack.part_key}.{lack.field}": lack.sentence for lack in lacks},
        )


async def request_sign_off(*, actor: Actor, report_id: UUID, note: str = "") -> None:
    """Ask the unit's head to check and submit; nothing can be changed meanwhile.

    Raises:
        InvalidInputError: code `incomplete`, something is missing.
        ConflictError: codes `wrong_state`, `round_closed`.
    """
    row = await _locked(actor, report_id, Action.REQUEST_SIGN_OFF)
    text = checks.note(note, field="note")
    _refuse_incomplete(await missing_in(row))
    state = states.step(row.state, Action.REQUEST_SIGN_OFF)
    await repository.set_state(row, Action.REQUEST_SIGN_OFF, state, actor.account_id, note=text)
    await notices.sign_off_requested(row, text)


async def give_back(*, actor: Actor, report_id: UUID, note: str) -> None:
    """Give a report that waits for the head back to its clerk, with what is to be changed.

    Raises:
        InvalidInputError: no note.
        ConflictError: codes `wrong_state`, `round_closed`.
    """
    row = await _locked(actor, report_id, Action.GIVE_BACK)
    text = checks.note(note, field="note", required="Xin ghi điều cần sửa.")
    target = State.RETURNED if row.parts_returned else State.DRAFTING
    state = states.step(row.state, Action.GIVE_BACK, target)
    await repository.set_state(row, Action.GIVE_BACK, state, actor.account_id, note=text)
    await notices.given_back(row, text)


async def submit_report(*, actor: Actor, report_id: UUID) -> Receipt:
    """Submit a report: an immutable, hashed version with the official instant.

    An officer of the receiver may do it on behalf of the unit; the version records that.

    Raises:
        InvalidInputError: code `incomplete`, something is missing.
        ConflictError: codes `wrong_state` (also for the second of two at once), `round_closed`.
    """
    row = await _locked(actor, report_id, Action.SUBMIT)
    parts = await repository.parts_of(row.id)
    _refuse_incomplete(await missing_in(row, parts))
    content = await _content(row, parts)
    on_behalf = not access.at_unit(actor, row, Action.SUBMIT)
    roles = access.submits_at(on_behalf=on_behalf)
    lender = actor.lender(roles, row.receiver_path if on_behalf else row.unit_path)
    code = receipt_code(row.year)
    digest = content_hash(content)
    written = await repository.submit(
        row,
        content=content,
        content_hash=digest,
        receipt_code=code,
        account_id=actor.account_id,
        on_behalf=on_behalf,
        delegated_by=lender,
    )
    await notices.submitted(row)
    return Receipt(
        report_id=row.id,
        receipt_code=code,
        content_hash=digest,
        on_behalf=on_behalf,
        timing=_timing(written),
        **written,
    )


def _timing(written: Any) -> str:
    if written["due_at"] is None:
        return ""
    return "on_time" if written["late_seconds"] is None else "late"


async def _content(row: ReportRow, parts: list[PartRow]) -> dict[str, Any]:
    edition = await movements.get_edition(row.edition_id)
    return content_of(row, edition, await form_of_report(row), parts)


def content_hash(content: dict[str, Any]) -> str:
    """Return the SHA-256 (hex) of the canonical JSON: sorted keys, no spaces, UTF-8."""
    return hashlib.sha256(msgspec.json.encode(content, order="sorted")).hexdigest()


def receipt_code(year: int) -> str:
    """Return a receipt's code that is easy to read aloud, e.g. BN-2026-7K4M-9QXD."""
    letters = "".join(secrets.choice(_CODE_LETTERS) for _ in range(8))
    return f"BN-{year}-{letters[:4]}-{letters[4:]}"


async def withdraw_report(*, actor: Actor, report_id: UUID) -> None:
    """Take a submission back, as long as no officer has started the review.

    Raises:
        ConflictError: codes `wrong_state`, `round_closed`.
    """
    row = await _locked(actor, report_id, Action.WITHDRAW)
    returned = await repository.withdraw(row)
    target = State.RETURNED if returned else State.DRAFTING
    state = states.step(row.state, Action.WITHDRAW, target)
    await repository.set_state(row, Action.WITHDRAW, state, actor.account_id)
