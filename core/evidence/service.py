"""Files: taken in after a look, kept by their hash, attached to parts, opened by those who may."""

from __future__ import annotations

import hashlib
from uuid import UUID

from asyncpg import Record

from core.accounts.schemas import Actor, Role
from core.errors import ConflictError, InvalidInputError, NotFoundError
from core.evidence import checks, phrases, repository, scanner
from core.evidence.access import STORE, may_open
from core.evidence.schemas import (
    CheckedFile,
    EvidenceView,
    Purpose,
    ScanState,
    StoredFileView,
)
from core.evidence.sweep import lock_content
from core.kit.scope import current_tenant
from core.kit.storage import key_of, storage
from core.organisation import service as organisation
from core.reports.drafting import evidence_changed, lock_editable
from core.settings import settings

MAX_FILES_PER_PART = 30


async def store_file(
    *, actor: Actor, name: str, content: bytes, purpose: str, unit_id: UUID
) -> StoredFileView:
    """Look at a file and keep it for a unit.

    Raises:
        NotFoundError: no such unit.
        PermissionDeniedError: the person may not store files of this purpose there.
        PayloadTooLargeError, InvalidInputError: the file is not taken (sentence says why).
        UnavailableError: the scanner or the storage does not answer.
    """
    path = await repository.unit_path(unit_id)
    if path is None:
        raise NotFoundError
    actor.require(STORE[Purpose(purpose)], path)
    return await _take_in(actor, name, content, Purpose(purpose), unit_id)


async def store_paper(
    *, actor: Actor, name: str, media_type: str, content: bytes, unit_id: UUID
) -> UUID:
    """Keep a paper that the program made (no look is needed); return the file's id."""
    file = CheckedFile(name=checks.safe_name(name), media_type=media_type, content=content)
    return (await _keep(actor, file, Purpose.PAPER, ScanState.NOT_SCANNED, unit_id)).id


async def upload_evidence(
    *, actor: Actor, report_id: UUID, part_key: str, name: str, content: bytes
) -> EvidenceView:
    """Look at a file, keep it and attach it to a part of a report.

    Raises:
        NotFoundError, PermissionDeniedError, ConflictError: the part cannot be edited (by this
            person, now), or it holds too many files (code `too_many_files`).
        PayloadTooLargeError, InvalidInputError, UnavailableError: as `store_file`.
    """
    report, part = await lock_editable(actor, report_id, part_key)
    if await repository.count_of_part(part.id) >= MAX_FILES_PER_PART:
        raise ConflictError(phrases.too_many(MAX_FILES_PER_PART), code="too_many_files")
    file = await _take_in(actor, name, content, Purpose.EVIDENCE, report.unit_id)
    evidence_id = await repository.attach(part.id, file.id)
    await evidence_changed(report, part)
    return _evidence_view(evidence_id, file)


async def attach(*, actor: Actor, report_id: UUID, part_key: str, file_id: UUID) -> EvidenceView:
    """Attach a stored evidence file of the same unit to a part.

    Raises:
        NotFoundError, PermissionDeniedError, ConflictError: as `upload_evidence`.
    """
    report, part = await lock_editable(actor, report_id, part_key)
    file = await repository.file_row(file_id)
    if file is None or file["purpose"] != Purpose.EVIDENCE or file["unit_id"] != report.unit_id:
        raise NotFoundError
    if await repository.count_of_part(part.id) >= MAX_FILES_PER_PART:
        raise ConflictError(phrases.too_many(MAX_FILES_PER_PART), code="too_many_files")
    evidence_id = await repository.attach(part.id, file_id)
    await evidence_changed(report, part)
    return _evidence_view(evidence_id, _view(file))


async def detach(*, actor: Actor, report_id: UUID, part_key: str, evidence_id: UUID) -> None:
    """Take a file off a part; versions that were submitted with it keep it.

    Raises:
        NotFoundError, PermissionDeniedError, ConflictError: as `upload_evidence`.
    """
    report, part = await lock_editable(actor, report_id, part_key)
    if not await repository.detach(part.id, evidence_id):
        raise NotFoundError
    await evidence_changed(report, part)


async def open_file(*, actor: Actor, file_id: UUID) -> tuple[StoredFileView, bytes]:
    """Return a file's facts and content.

    Raises:
        NotFoundError: there is none, or not for this person.
        UnavailableError: the storage does not answer.
    """
    file = await repository.file_row(file_id)
    if file is None or not await may_open(actor, file):
        raise NotFoundError
    return _view(file), await storage().get(file["storage_key"])


async def decision_files(*, actor: Actor, limit: int) -> list[StoredFileView]:
    """Return the newest decisions that were uploaded, for the administrator to choose from.

    Raises:
        PermissionDeniedError: not the administrator of the whole department.
    """
    actor.require(Role.TENANT_ADMIN, (await organisation.department()).path)
    return [_view(row) for row in await repository.decision_files(limit)]


async def _take_in(
    actor: Actor, name: str, content: bytes, purpose: Purpose, unit_id: UUID
) -> StoredFileView:
    file = await checks.check(name, content, settings().max_upload_bytes)
    left = await repository.storage_left()
    if left is not None and len(file.content) > left:
        sentence = phrases.storage_full(len(file.content), max(0, left))
        raise InvalidInputError(sentence, code="storage_full", fields={"file": sentence})
    state = await scanner.scan(file.name, content, settings().clamd_socket)
    return await _keep(actor, file, purpose, state, unit_id)


async def _keep(
    actor: Actor, file: CheckedFile, purpose: Purpose, state: ScanState, unit_id: UUID
) -> StoredFileView:
    """Content first, then the row: a content without a row harms nobody."""
    digest = hashlib.sha256(file.content).hexdigest()
    key = key_of(current_tenant(), digest)
    await lock_content(key)
    await storage().put(key, file.content)
    row = await repository.insert_file(
        name=file.name,
        media_type=file.media_type,
        size=len(file.content),
        sha256=digest,
        storage_key=key,
        purpose=purpose,
        scan_state=state,
        unit_id=unit_id,
        account_id=actor.account_id,
    )
    return _view(row)


def _view(row: Record) -> StoredFileView:
    return StoredFileView(**{name: row[name] for name in StoredFileView.__struct_fields__})


def _evidence_view(evidence_id: UUID, file: StoredFileView) -> EvidenceView:
    return EvidenceView(
        id=evidence_id,
        file_id=file.id,
        name=file.name,
        media_type=file.media_type,
        size=file.size,
        sha256=file.sha256,
        scan_state=file.scan_state,
        href=f"/tep/{file.id}",
    )
