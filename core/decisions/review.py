"""Approve, give back, number: from the draft to a paper with its number and day."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import msgspec

from core.accounts.schemas import Actor
from core.decisions import access, notices, phrases, reading, repository, waits
from core.decisions.drafting import refuse_held, refuse_unconfirmed, require_state, stale
from core.decisions.schemas import DecisionView, State
from core.documents import service as documents
from core.documents.render.model import PaperKind
from core.documents.render.rules import two_digits
from core.errors import InvalidInputError
from core.kit import clock
from core.kit.clock import VIETNAM
from core.kit.i18n import nfc, vn_date


async def approve(decision_id: UUID, version: int, *, actor: Actor) -> DecisionView:
    """Approve what is in review, as the head who decides.

    Raises:
        NotFoundError, PermissionDeniedError: as usual.
        ConflictError: not in review, somebody is held or withdrawn, opinions on somebody are
            still asked for or a complaint is open, changed meanwhile, or a prize by a rule that
            nobody has confirmed.
    """
    found = await waits.locked(decision_id, actor=actor)
    access.require(actor, access.APPROVERS, found.unit_path)
    require_state(found, State.REVIEW)
    waits.refuse_gone(found)
    refuse_held(found)
    refuse_unconfirmed(found)
    await waits.refuse_opinions(found)
    if not await repository.approve(found.id, version, actor.account_id):
        raise stale(found)
    await notices.approved(found)
    return await reading.get_decision(decision_id, actor=actor)


async def give_back(decision_id: UUID, version: int, reason: str, *, actor: Actor) -> DecisionView:
    """Give a paper that is in review or approved back to who drafts it, with a reason.

    Raises:
        NotFoundError, PermissionDeniedError, ConflictError: as `approve`.
        InvalidInputError: no reason.
    """
    found = await reading.get_decision(decision_id, actor=actor)
    access.require(actor, access.APPROVERS, found.unit_path)
    if found.state is not State.APPROVED:
        require_state(found, State.REVIEW)
    reason = nfc(" ".join(reason.split()))
    if not reason:
        raise InvalidInputError(fields={"reason": phrases.NO_REASON})
    body = msgspec.to_builtins(msgspec.structs.replace(found.body, note=reason))
    if not await repository.move(found.id, version, found.state, State.DRAFT, body):
        raise stale(found)
    await notices.given_back(found, reason)
    return await reading.get_decision(decision_id, actor=actor)


async def number(
    decision_id: UUID, version: int, decided_on: date, *, actor: Actor
) -> DecisionView:
    """Give an approved paper its day and the next number of the unit's register.

    The register is locked until the transaction ends: two who number at once get two numbers
    without a gap, and a refusal gives the number back.

    Raises:
        NotFoundError, PermissionDeniedError: as usual.
        InvalidInputError: a day in the future, before the approval, or before the last number's.
        ConflictError: as `approve`, where it is approved.
    """
    found = await waits.locked(decision_id, actor=actor)
    access.require(actor, access.NUMBERERS, found.unit_path)
    require_state(found, State.APPROVED)
    waits.refuse_gone(found)
    refuse_held(found)
    await waits.refuse_opinions(found)
    _check_day(found, decided_on)
    series = reading.SERIES[found.kind]
    taken = await repository.next_number(found.unit_id, series, decided_on.year)
    await _check_order(found, series, decided_on)
    numbered = await repository.set_number(
        found.id, version, number=taken, text=f"{two_digits(taken)}/{found.notation}",
        decided_on=decided_on, account_id=actor.account_id,
    )  # fmt: skip
    if not numbered:
        raise stale(found)
    await documents.request_document(actor=actor, kind=paper_kind(found), subject_id=found.id)
    return await reading.get_decision(decision_id, actor=actor)


def paper_kind(found: DecisionView) -> PaperKind:
    """Return which paper shows a decision."""
    is_letter = reading.LETTERS[found.kind] == "TTr"
    return PaperKind.SUBMISSION_LETTER if is_letter else PaperKind.AWARD_DECISION


def _check_day(found: DecisionView, day: date) -> None:
    sentence = ""
    if day > clock.today():
        sentence = phrases.DATE_IN_FUTURE
    elif found.approved_at and day < found.approved_at.astimezone(VIETNAM).date():
        sentence = phrases.DATE_TOO_EARLY
    if sentence:
        raise InvalidInputError(fields={"decided_on": sentence})


async def _check_order(found: DecisionView, series: str, day: date) -> None:
    """Numbers and days of a register go up together (after the register was locked)."""
    kinds = [kind.value for kind, name in reading.SERIES.items() if name == series]
    latest = await repository.latest_day(found.unit_id, kinds, day.year)
    if latest and day < latest:
        raise InvalidInputError(
            fields={"decided_on": phrases.DATE_BEFORE_LAST.format(day=vn_date(latest))}
        )
