"""Writing a nomination: part by part, each with its own version, so that nobody loses a word."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from core.accounts.schemas import Actor
from core.errors import (
    ConflictError,
    InvalidInputError,
    NotFoundError,
    PermissionDeniedError,
    StalePartError,
)
from core.evidence import service as evidence
from core.evidence.schemas import Purpose
from core.kit.clock import VIETNAM
from core.nominations import access, parts, phrases, repository, rounds
from core.nominations import repository_parts as store
from core.nominations.completeness import refresh
from core.nominations.proposing import get_nomination
from core.nominations.schemas import EvidenceRow, NominationRow, PartState, SavedPart
from core.nominations.states import EDITABLE, State

FILES_PER_PART = 20
AT_HAND = 200


async def part_states(row: NominationRow) -> dict[str, PartState]:
    """Return the parts of a nomination by key (the caller has checked that it is seen)."""
    return {each["key"]: PartState(**each) for each in await store.parts(row.id)}


async def files(row: NominationRow) -> list[EvidenceRow]:
    """Return the files of a nomination's parts."""
    return [EvidenceRow(**each) for each in await store.evidence(row.id)]


def editable(actor: Actor, row: NominationRow, state: PartState) -> bool:
    """Tell whether this person may write this part now (for the form)."""
    if row.state not in EDITABLE or not access.proposes(actor, row):
        return False
    if row.state == State.DRAFT:
        return row.round_state == "open"
    return bool(state.return_reason)


async def lock_editable(
    actor: Actor, nomination_id: UUID, key: str
) -> tuple[NominationRow, PartState]:
    """Lock a nomination of which this person may write a part now.

    Raises:
        NotFoundError: no such nomination or part for this person.
        PermissionDeniedError: the person only reads it.
        ConflictError: codes `wrong_state`, `round_closed`, `part_locked`.
    """
    row = await get_nomination(nomination_id, actor=actor)
    if not access.proposes(actor, row):
        raise PermissionDeniedError
    record = await repository.locked(nomination_id)
    if record is None:
        raise NotFoundError
    row = NominationRow(**record)
    if row.state not in EDITABLE:
        raise ConflictError(phrases.PART_LOCKED, code="wrong_state")
    state = (await part_states(row)).get(key)
    if state is None:
        raise NotFoundError
    if row.state == State.DRAFT:
        await rounds.require_open(row.round_id)
    elif not state.return_reason:
        raise ConflictError(phrases.PART_NOT_RETURNED, code="part_locked")
    return row, state


async def save_part(
    *, actor: Actor, nomination_id: UUID, part_key: str, version: int, fields: Mapping[str, Any]
) -> SavedPart:
    """Save one part; `version` is the one that the writer had read.

    Raises:
        StalePartError: somebody saved it in between; `extra` holds both texts.
        InvalidInputError: a field is not acceptable (sentence by field).
        NotFoundError, PermissionDeniedError, ConflictError: as `lock_editable`.
    """
    row, state = await lock_editable(actor, nomination_id, part_key)
    part = parts.part_of(row.subject_kind, part_key)
    if part is None:
        raise NotFoundError
    if state.version != version:
        raise _stale(part, state, version, fields)
    body, wrong = parts.clean(part, fields)
    if wrong:
        raise InvalidInputError(fields=wrong)
    chosen = 0
    if part_key == parts.INITIATIVES:
        picked = await _picked(row, fields)
        await store.set_initiatives(row.id, picked)
        chosen = len(picked)
    saved = await store.save(row.id, part_key, version, body, actor.account_id)
    if saved is None:
        raise _stale(part, state, version, fields)
    shares = await refresh([row])
    return SavedPart(
        part_key=part_key,
        version=saved["version"],
        saved_at=saved["saved_at"],
        saved_at_text=f"{saved['saved_at'].astimezone(VIETNAM):%H:%M:%S}",
        completeness=shares[row.id],
        missing=tuple(parts.missing(part, body, chosen=chosen)),
    )


def _stale(
    part: parts.Part, state: PartState, version: int, given: Mapping[str, Any]
) -> StalePartError:
    mine, _ = parts.clean(part, given)
    saved_at = state.saved_at.astimezone(VIETNAM) if state.saved_at else None
    return StalePartError(
        phrases.STALE,
        extra={
            "current": {
                "version": state.version,
                "fields": state.body,
                "saved_by": state.saved_by,
                "saved_at_text": f"{saved_at:%H:%M:%S}" if saved_at else "",
                "text": parts.readable(part, state.body),
            },
            "yours": {"version": version, "fields": mine, "text": parts.readable(part, mine)},
        },
    )


async def _picked(row: NominationRow, fields: Mapping[str, Any]) -> list[UUID]:
    """Return the initiatives that were ticked, out of those at hand: `pick.<id>` = true."""
    given = fields.get("pick")
    ticked = {
        str(key)
        for key, value in (given.items() if isinstance(given, Mapping) else ())
        if value in (True, "1", "true", "on")
    }
    return [each["id"] for each in await at_hand(row) if str(each["id"]) in ticked]


async def at_hand(row: NominationRow) -> Sequence[Any]:
    """Return the initiatives of the proposing unit's branch that may be named (one statement)."""
    return await store.initiatives_at_hand(row.list_path, row.subject_id, AT_HAND)


async def attach_file(
    *, actor: Actor, nomination_id: UUID, part_key: str, name: str, content: bytes
) -> UUID:
    """Look at a file, keep it and attach it to a part; return the attachment's id.

    Raises:
        NotFoundError, PermissionDeniedError: as `lock_editable`.
        ConflictError: as `lock_editable`, or code `too_many_files`.
        PayloadTooLargeError, InvalidInputError, UnavailableError: as `evidence.store_file`.
    """
    row, _ = await lock_editable(actor, nomination_id, part_key)
    if sum(each.part_key == part_key for each in await files(row)) >= FILES_PER_PART:
        sentence = f"Mỗi phần nhiều nhất {FILES_PER_PART} tệp."
        raise ConflictError(sentence, code="too_many_files")
    kept = await evidence.store_file(
        actor=actor, name=name, content=content, purpose=Purpose.EVIDENCE, unit_id=row.unit_id
    )
    made = await store.attach(row.id, part_key, kept.id)
    await store.touch(row.id, part_key, actor.account_id)
    return made


async def detach_file(
    *, actor: Actor, nomination_id: UUID, part_key: str, evidence_id: UUID
) -> None:
    """Take a file off a part; versions that were sent with it keep its name and hash.

    Raises:
        NotFoundError, PermissionDeniedError, ConflictError: as `lock_editable`.
    """
    row, _ = await lock_editable(actor, nomination_id, part_key)
    if not await store.detach(row.id, evidence_id):
        raise NotFoundError
    await store.touch(row.id, part_key, actor.account_id)
