"""Complaints about candidates and awards: received, verified under a hold, concluded."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from core.accounts.schemas import Actor
from core.eligibility import asking
from core.errors import ConflictError, InvalidInputError
from core.honours import access, phrases
from core.honours import repository_complaints as repository
from core.honours.schemas_cases import ComplaintPage, ComplaintRow, ComplaintState
from core.kit import clock
from core.kit.i18n import nfc
from core.law import service as law

PAGE = 50
BODY_MAX = 4000
LINE_MAX = 300
CONCLUSIONS = (ComplaintState.UPHELD, ComplaintState.DISMISSED)


async def record(
    *, nomination_id: UUID | None, grant_id: UUID | None, complainant: str, contact: str,
    body: str, actor: Actor,
) -> ComplaintRow:  # fmt: skip
    """Record a complaint that came on paper or by word, as an officer.

    Raises:
        InvalidInputError: fields subject (nobody, or a stranger), body, complainant, contact.
        PermissionDeniedError: not an officer where it is handled.
    """
    access.require_any(actor, access.OFFICERS)
    found = await _about(nomination_id, grant_id)
    if found is None or not actor.can(access.CASE_READERS, found["path"]):
        raise InvalidInputError(fields={"subject": phrases.STRANGER})
    actor.require(access.OFFICERS, found["path"])
    made = await take_in(
        nomination_id=nomination_id, grant_id=grant_id, complainant=complainant,
        contact=contact, body=body, actor=actor,
    )  # fmt: skip
    return await get_complaint(made, actor=actor)


async def take_in(
    *, nomination_id: UUID | None, grant_id: UUID | None, complainant: str, contact: str,
    body: str, actor: Actor,
) -> UUID:  # fmt: skip
    """Write a complaint (for this room: the caller has checked the right); return its id.

    Raises:
        InvalidInputError: as `record`.
    """
    found = await _about(nomination_id, grant_id)
    if found is None:
        raise InvalidInputError(fields={"subject": phrases.STRANGER})
    body, errors = nfc(body.strip()), {}
    complainant, contact = (nfc(" ".join(text.split())) for text in (complainant, contact))
    if not body:
        errors["body"] = phrases.NO_BODY
    elif len(body) > BODY_MAX:
        errors["body"] = phrases.TOO_LONG.format(most=BODY_MAX)
    for name, text in (("complainant", complainant), ("contact", contact)):
        if len(text) > LINE_MAX:
            errors[name] = phrases.TOO_LONG.format(most=LINE_MAX)
    if not complainant:
        errors["complainant"] = phrases.NO_COMPLAINANT
    if errors:
        raise InvalidInputError(fields=errors)
    today = clock.today()
    return await repository.insert(
        nomination_id=nomination_id, grant_id=None if nomination_id else grant_id,
        unit_id=found["unit_id"], subject_name=found["subject_name"], complainant=complainant,
        contact=contact, body=body, received_on=today,
        due_on=today + timedelta(days=law.value("complaint_days", today)),
        account_id=actor.account_id,
    )  # fmt: skip


async def subject_of(
    *, nomination_id: UUID | None, grant_id: UUID | None, actor: Actor
) -> tuple[str, str] | None:
    """Return name and award of whom a complaint would be about; None for a stranger."""
    found = await _about(nomination_id, grant_id)
    if found is None or not actor.can(access.OFFICERS, found["path"]):
        return None
    return found["subject_name"], found["award"]


async def _about(nomination_id: UUID | None, grant_id: UUID | None) -> Any | None:
    if nomination_id:
        return await repository.about_nomination(nomination_id)
    return await repository.about_grant(grant_id) if grant_id else None


async def list_complaints(
    *, actor: Actor, state: str = "", after: UUID | None = None
) -> ComplaintPage:
    """Return one page of the complaints that the person handles or checks, the newest first.

    Raises:
        PermissionDeniedError: the person has no part in complaints.
    """
    access.require_any(actor, access.CASE_READERS)
    rows = await repository.page(
        access.patterns(actor, access.CASE_READERS), state, after, PAGE + 1
    )
    shown = [_row(row) for row in rows[:PAGE]]
    return ComplaintPage(shown, shown[-1].id if len(rows) > PAGE else None)


async def get_complaint(complaint_id: UUID, *, actor: Actor) -> ComplaintRow:
    """Return a complaint.

    Raises:
        NotFoundError: there is none, or not for this person.
    """
    row: Any = await repository.one(complaint_id)
    access.require_seen(actor, access.CASE_READERS, row["unit_path"] if row else None)
    return _row(row)


async def verify(complaint_id: UUID, *, actor: Actor) -> ComplaintRow:
    """Begin to verify: the subject is held until the conclusion.

    Raises:
        NotFoundError, PermissionDeniedError: as usual.
        ConflictError: it is not just received (code `wrong_state`).
    """
    found = await get_complaint(complaint_id, actor=actor)
    actor.require(access.OFFICERS, found.unit_path)
    reason = phrases.HOLD_REASON.format(about=found.about)
    held = await repository.verify(found.id, reason, clock.today(), actor.account_id)
    if held is None:
        raise _wrong_state(found)
    await asking.ask([held], "hold")
    return await get_complaint(complaint_id, actor=actor)


async def conclude(
    complaint_id: UUID, outcome: str, conclusion: str, *, actor: Actor
) -> ComplaintRow:
    """Conclude: upheld or dismissed, with the reasons; the hold is released today.

    Raises:
        NotFoundError, PermissionDeniedError: as usual.
        InvalidInputError: fields outcome, conclusion.
        ConflictError: it is not being verified (code `wrong_state`).
    """
    found = await get_complaint(complaint_id, actor=actor)
    actor.require(access.OFFICERS, found.unit_path)
    words, errors = nfc(conclusion.strip()), {}
    if outcome not in CONCLUSIONS:
        errors["outcome"] = phrases.NO_OUTCOME
    if not words:
        errors["conclusion"] = phrases.NO_CONCLUSION
    elif len(words) > BODY_MAX:
        errors["conclusion"] = phrases.TOO_LONG.format(most=BODY_MAX)
    if errors:
        raise InvalidInputError(fields=errors)
    done = await repository.conclude(found.id, outcome, words, clock.today(), actor.account_id)
    if not done:
        raise _wrong_state(found)
    return await get_complaint(complaint_id, actor=actor)


def _wrong_state(found: ComplaintRow) -> ConflictError:
    words = phrases.COMPLAINT_STATES[found.state].lower()
    return ConflictError(phrases.COMPLAINT_STATE.format(state=words), code="wrong_state")


def _row(row: Any) -> ComplaintRow:
    return ComplaintRow(**{**row, "state": ComplaintState(row["state"])})
