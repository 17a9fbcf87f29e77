"""Consolidations: made from a round by its receiver, edited, approved, numbered, signed.

The life of one: draft → approved (head of the receiver) → issued (records clerk). A provisional
one (the round is still open) stays a draft.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

import msgspec

from core.accounts.schemas import SYSTEM, Actor, Role
from core.errors import ConflictError, InvalidInputError, NotFoundError
from core.kit import clock
from core.kit.ids import new_id
from core.movements import service as movements
from core.organisation import service as organisation
from core.organisation.schemas import UnitView
from core.reports.form import form_of
from core.statistics import phrases, repository
from core.statistics.counting import CountedReport, count
from core.statistics.schemas import (
    ConsolidationRow,
    ConsolidationView,
    Figures,
    RoundHead,
    TextPart,
)
from core.statistics.texts import first_texts, keep_edited, with_edits

READERS = (Role.OFFICER, Role.DEPARTMENT_HEAD, Role.RECORDS_CLERK, Role.AUDITOR)
HEADS = (Role.DEPARTMENT_HEAD, Role.UNIT_HEAD)
SERIES = "BC"
TEXT_MAX = 500_000


async def consolidate_round(
    round_id: UUID, *, actor: Actor, receiver_unit_id: UUID | None = None
) -> ConsolidationView:
    """Count a round for its receiver (the department unless another is named).

    Provisional while the round is open, final once it is closed. A draft that exists already is
    counted anew: texts edited by hand stay, the others are replaced.

    Raises:
        NotFoundError: no such round or receiver for this actor.
        PermissionDeniedError: not an officer of the receiver.
        ConflictError: nothing is owed to the receiver in this round (code `nothing_owed`).
    """
    head = await _round(round_id)
    receiver = await _receiver(receiver_unit_id, actor)
    actor.require(Role.OFFICER, receiver.path)
    await repository.lock_receiver(round_id, receiver.id)
    figures = await _count(head, receiver.id)
    texts = first_texts(figures, head.title)
    is_provisional = head.state == "open"
    draft = await repository.draft_of(round_id, receiver.id)
    if draft is None:
        made_id = new_id()
        await repository.insert(
            consolidation_id=made_id,
            round_id=round_id,
            receiver_unit_id=receiver.id,
            is_provisional=is_provisional,
            figures=figures,
            texts=texts,
            made_by=actor.account_id,
        )
        return await get_consolidation(made_id, actor=actor)
    await repository.recount(
        draft["id"],
        is_provisional=is_provisional,
        figures=figures,
        texts=keep_edited(texts, _texts(draft["texts"])),
        made_by=actor.account_id,
    )
    return await get_consolidation(draft["id"], actor=actor)


async def get_consolidation(consolidation_id: UUID, *, actor: Actor) -> ConsolidationView:
    """Return one consolidation.

    Raises:
        NotFoundError: it does not exist, or the actor reads nothing at its receiver.
    """
    record = await repository.consolidation(consolidation_id)
    if record is None or not _reads(actor, record["receiver_path"]):
        raise NotFoundError
    return _view(record, actor)


async def list_consolidations(round_id: UUID, *, actor: Actor) -> list[ConsolidationRow]:
    """Return the consolidations of a round that the actor may read, newest first.

    Raises:
        NotFoundError: no such round, or the actor reads nothing in it.
    """
    await _round(round_id)
    if not await receivers(round_id, actor=actor):
        raise NotFoundError
    return [
        ConsolidationRow(**{k: v for k, v in record.items() if k != "receiver_path"})
        for record in await repository.of_round(round_id)
        if _reads(actor, record["receiver_path"])
    ]


async def list_final(state: str, *, actor: Actor) -> list[ConsolidationView]:
    """Return at most 200 final consolidations in a state that the actor reads, newest first."""
    return [
        _view(record, actor)
        for record in await repository.final_in(state)
        if _reads(actor, record["receiver_path"])
    ]


async def receivers(round_id: UUID, *, actor: Actor) -> list[tuple[UUID, str]]:
    """Return the receivers of a round (id, name) at which the actor may read."""
    return [
        (record["id"], record["name"])
        for record in await repository.receivers(round_id)
        if _reads(actor, record["path"])
    ]


async def get_round(round_id: UUID) -> RoundHead:
    """Return the round that consolidations are made of.

    Raises:
        NotFoundError: no such round.
    """
    return await _round(round_id)


async def edit_consolidation(
    consolidation_id: UUID, version: int, texts: Mapping[str, str], *, actor: Actor
) -> ConsolidationView:
    """Replace some texts of a draft, by their keys.

    Raises:
        NotFoundError, PermissionDeniedError: as usual.
        InvalidInputError: an unknown part, or a text over 500,000 characters.
        ConflictError: not a draft (`wrong_state`), or changed by somebody else
            (`stale_consolidation`; `extra` holds the current version and its texts).
    """
    found = await _writable(consolidation_id, actor, (Role.OFFICER,))
    _require_state(found, "draft")
    edits = _clean_texts(found, texts)
    changed = with_edits(found.texts, edits)
    if version != found.version or not await repository.save_texts(found.id, version, changed):
        current = await get_consolidation(consolidation_id, actor=actor)
        raise ConflictError(
            phrases.STALE,
            code="stale_consolidation",
            extra={
                "version": current.version,
                "current": {key: current.text(key) for key in edits},
                "yours": edits,
            },
        )
    return await get_consolidation(consolidation_id, actor=actor)


async def approve_consolidation(
    consolidation_id: UUID, version: int, *, actor: Actor
) -> ConsolidationView:
    """Approve a final draft, as the head of the receiver.

    Raises:
        NotFoundError, PermissionDeniedError: as usual.
        ConflictError: provisional (`provisional`), not a draft, or changed meanwhile.
    """
    found = await _writable(consolidation_id, actor, HEADS)
    _require_state(found, "draft")
    if found.is_provisional:
        raise ConflictError(phrases.PROVISIONAL, code="provisional")
    if not await repository.approve(found.id, version, actor.account_id):
        raise _stale(found)
    return await get_consolidation(consolidation_id, actor=actor)


async def issue_consolidation(
    consolidation_id: UUID, version: int, document_date: date, *, actor: Actor
) -> ConsolidationView:
    """Give an approved consolidation its date and the next number of the receiver's series.

    Numbers have no gaps: the series is locked until this transaction ends, and a refusal gives
    the number back.

    Raises:
        NotFoundError, PermissionDeniedError: as usual.
        InvalidInputError: a date in the future or before the approval.
        ConflictError: not approved, or changed meanwhile.
    """
    found = await _writable(consolidation_id, actor, (Role.RECORDS_CLERK,))
    _require_state(found, "approved")
    _check_date(found, document_date)
    if version != found.version:
        raise _stale(found)
    number = await repository.next_number(
        new_id(), found.receiver_unit_id, SERIES, document_date.year
    )
    if not await repository.issue(
        found.id, version, number=number, document_date=document_date, by=actor.account_id
    ):
        raise _stale(found)
    return await get_consolidation(consolidation_id, actor=actor)


async def attach_signed(
    consolidation_id: UUID, file_id: UUID, *, actor: Actor
) -> ConsolidationView:
    """Attach the signed scan (a stored PDF of the receiver) to an issued consolidation.

    Raises:
        NotFoundError, PermissionDeniedError: as usual.
        InvalidInputError: no such scan, or not a PDF.
        ConflictError: not issued yet.
    """
    found = await _writable(consolidation_id, actor, (Role.RECORDS_CLERK,))
    _require_state(found, "issued")
    scan = await repository.signed_scan(file_id, found.receiver_unit_id)
    if scan is None:
        raise InvalidInputError(fields={"file": phrases.SCAN_MISSING})
    if scan["media_type"] != "application/pdf":
        raise InvalidInputError(fields={"file": phrases.SCAN_NOT_PDF})
    await repository.attach_signed(found.id, file_id)
    return await get_consolidation(consolidation_id, actor=actor)


async def _round(round_id: UUID) -> RoundHead:
    record = await repository.round_head(round_id)
    if record is None:
        raise NotFoundError
    return RoundHead(**record)


async def _receiver(unit_id: UUID | None, actor: Actor) -> UnitView:
    if unit_id is None:
        return await organisation.department()
    unit = await organisation.get_unit(unit_id, actor=SYSTEM)
    if not _reads(actor, unit.path):
        raise NotFoundError
    return unit


async def _count(head: RoundHead, receiver_id: UUID) -> Figures:
    records = await repository.reports(head.id, receiver_id)
    if not records:
        raise ConflictError(phrases.NOTHING_OWED, code="nothing_owed")
    edition = await movements.get_edition(head.edition_id)
    form = form_of(edition.content, head.kind, head.year)
    keys = [part.key for part in form.parts if part.is_asked]
    reports = [_counted(record) for record in records]
    return count(reports, edition.content, keys, await repository.instant())


def _counted(record: Any) -> CountedReport:
    content = record["content"] or {}
    return CountedReport(
        id=record["id"],
        unit_id=record["unit_id"],
        unit_name=record["unit_name"],
        state=record["state"],
        timing=record["timing"],
        due_at=record["due_at"],
        is_past_due=record["is_past_due"],
        is_reported=record["is_reported"],
        number=record["number"] or 0,
        content_hash=record["content_hash"] or "",
        parts={part["key"]: part["fields"] for part in content.get("parts", [])},
    )


async def _writable(
    consolidation_id: UUID, actor: Actor, roles: Sequence[str]
) -> ConsolidationView:
    """Return a consolidation that one of the roles at its receiver may change."""
    record = await repository.consolidation(consolidation_id)
    if record is None or not _reads(actor, record["receiver_path"]):
        raise NotFoundError
    actor.require(roles, record["receiver_path"])
    return _view(record, actor)


def _reads(actor: Actor, path: str) -> bool:
    return actor.can((*READERS, Role.UNIT_HEAD), path)


def _require_state(found: ConsolidationView, state: str) -> None:
    if found.state != state:
        words = phrases.STATES[found.state].lower()
        raise ConflictError(
            phrases.WRONG_STATE.format(state=words),
            code="wrong_state",
            extra={"state": found.state},
        )


def _stale(found: ConsolidationView) -> ConflictError:
    return ConflictError(
        phrases.STALE_HEAD, code="stale_consolidation", extra={"version": found.version}
    )


def _clean_texts(found: ConsolidationView, texts: Mapping[str, str]) -> dict[str, str]:
    known = {part.key for part in found.texts}
    errors, clean = {}, {}
    for key, text in texts.items():
        clean[key] = unicodedata.normalize("NFC", text.replace("\r\n", "\n")).strip()
        if key not in known:
            errors[key] = phrases.UNKNOWN_PART
        elif len(clean[key]) > TEXT_MAX:
            errors[key] = phrases.TOO_LONG.format(limit=f"{TEXT_MAX:,}".replace(",", "."))
    if errors:
        raise InvalidInputError(fields=errors)
    return clean


def _check_date(found: ConsolidationView, document_date: date) -> None:
    sentence = ""
    if document_date > clock.today():
        sentence = phrases.DATE_IN_FUTURE
    elif found.approved_at and document_date < found.approved_at.astimezone(clock.VIETNAM).date():
        sentence = phrases.DATE_TOO_EARLY
    if sentence:
        raise InvalidInputError(fields={"document_date": sentence})


def _texts(stored: Any) -> tuple[TextPart, ...]:
    return msgspec.convert(stored, tuple[TextPart, ...])


def _view(record: Any, actor: Actor) -> ConsolidationView:
    notation = record["receiver_notation"]
    return ConsolidationView(
        id=record["id"],
        round_id=record["round_id"],
        round_title=record["round_title"],
        round_kind=record["round_kind"],
        year=record["year"],
        edition_id=record["edition_id"],
        receiver_unit_id=record["receiver_unit_id"],
        receiver_name=record["receiver_name"],
        is_provisional=record["is_provisional"],
        state=record["state"],
        version=record["version"],
        figures=msgspec.convert(record["figures"], Figures),
        texts=_texts(record["texts"]),
        made_at=record["made_at"],
        made_by=record["made_by_name"],
        approved_at=record["approved_at"],
        approved_by=record["approved_by_name"],
        issued_at=record["issued_at"],
        issued_by=record["issued_by_name"],
        number=record["number"],
        number_year=record["number_year"],
        number_notation=f"{SERIES}-{notation}" if notation else SERIES,
        document_date=record["document_date"],
        signed_file_id=record["signed_file_id"],
        actions=_actions(record, actor),
    )


def _actions(record: Any, actor: Actor) -> tuple[str, ...]:
    path, state = record["receiver_path"], record["state"]
    actions = []
    if state == "draft" and actor.can(Role.OFFICER, path):
        actions += ["edit", "refresh"]
    if state == "draft" and not record["is_provisional"] and actor.can(HEADS, path):
        actions.append("approve")
    if state == "approved" and actor.can(Role.RECORDS_CLERK, path):
        actions.append("issue")
    if state == "issued" and actor.can(Role.RECORDS_CLERK, path):
        actions.append("attach_signed")
    return tuple(actions)
