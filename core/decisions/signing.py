"""Sign a numbered paper digitally, attach the scan of one signed by hand, look at signatures."""

from __future__ import annotations

from uuid import UUID

import msgspec

from core.accounts.schemas import SYSTEM, Actor
from core.decisions import access, phrases, reading, repository
from core.decisions.drafting import require_state
from core.decisions.schemas import DecisionView, SignMode, State
from core.documents.signing import service as signatures
from core.documents.signing.schemas import Facts, Key, Party, Verification
from core.errors import ConflictError, InvalidInputError
from core.evidence import service as evidence
from core.evidence.checks import PDF
from core.evidence.schemas import Purpose
from core.kit.storage import storage

ROLES = {Party.PERSON: access.APPROVERS, Party.AGENCY: access.NUMBERERS}
REASONS = {Party.PERSON: "Ký ban hành", Party.AGENCY: "Cơ quan phát hành"}


async def sign(
    decision_id: UUID, party: Party, key: Key, image: bytes, *, actor: Actor
) -> DecisionView:
    """Sign the PDF of a numbered paper as the person who decides, or as the agency after that.

    Nothing of the key is kept.

    Raises:
        NotFoundError, PermissionDeniedError: as usual.
        InvalidInputError: key, password or picture are not taken (by field).
        ConflictError: not numbered, the paper is not ready, not this party's turn, signed by hand.
    """
    found = await reading.get_decision(decision_id, actor=actor)
    access.require(actor, ROLES[party], found.unit_path)
    require_state(found, State.NUMBERED)
    await repository.lock(found.id)
    found = await reading.get_decision(decision_id, actor=actor)
    if found.sign_mode is SignMode.PAPER:
        raise ConflictError(phrases.SIGNED_BY_HAND, code="signed_by_hand")
    pdf = await _pdf(found)
    assert found.decided_on  # noqa: S101 -- it is numbered
    facts = Facts(reason=REASONS[party], location=found.place, dated=found.decided_on)
    at = await repository.instant()
    signed = await signatures.sign(pdf, party, key, image=image, facts=facts, at=at)
    file_id = await evidence.store_paper(
        actor=SYSTEM,
        name=f"{found.number_text.replace('/', '-')} (đã ký số).pdf",
        media_type=PDF,
        content=signed,
        unit_id=found.unit_id,
    )
    await repository.set_signed(found.id, SignMode.DIGITAL, file_id)
    return await reading.get_decision(decision_id, actor=actor)


async def _pdf(found: DecisionView) -> bytes:
    """Return the newest file: signed already, or as it was made."""
    if found.signed_file_id:
        return await _content(found.signed_file_id, found.unit_id)
    if found.pdf_file_id is None:
        raise ConflictError(phrases.PAPER_MISSING, code="paper_not_ready")
    return await _content(found.pdf_file_id, found.unit_id)


async def _content(file_id: UUID, unit_id: UUID) -> bytes:
    row = await repository.stored(file_id, unit_id, Purpose.PAPER)
    if row is None:
        raise ConflictError(phrases.PAPER_MISSING, code="paper_not_ready")
    return await storage().get(row["storage_key"])


async def attach_scan(
    decision_id: UUID, name: str, content: bytes, *, actor: Actor
) -> DecisionView:
    """Attach the scan of a paper that was signed and sealed by hand.

    Raises:
        NotFoundError, PermissionDeniedError: as usual.
        InvalidInputError, PayloadTooLargeError: no PDF, or the file is not taken.
        ConflictError: not numbered, or signed digitally.
    """
    found = await reading.get_decision(decision_id, actor=actor)
    access.require(actor, access.NUMBERERS, found.unit_path)
    require_state(found, State.NUMBERED)
    if found.sign_mode is SignMode.DIGITAL:
        raise ConflictError(phrases.SIGNED_DIGITALLY, code="signed_digitally")
    if not name or not content:
        raise InvalidInputError(fields={"file": phrases.SCAN_MISSING})
    stored = await evidence.store_file(
        actor=actor, name=name, content=content, purpose=Purpose.SIGNED_SCAN,
        unit_id=found.unit_id,
    )  # fmt: skip
    if stored.media_type != PDF:
        raise InvalidInputError(fields={"file": phrases.SCAN_NOT_PDF})
    await repository.set_signed(found.id, SignMode.PAPER, stored.id)
    return await reading.get_decision(decision_id, actor=actor)


async def verified(found: DecisionView) -> DecisionView:
    """Return a decision with what its digital signatures say now."""
    if found.sign_mode is not SignMode.DIGITAL or found.signed_file_id is None:
        return found
    content = await _content(found.signed_file_id, found.unit_id)
    try:
        look = await signatures.verify(content)
    except InvalidInputError:  # damaged so far that it is no PDF: nothing in it holds
        look = Verification((), covers_all=False)
    return msgspec.structs.replace(found, signatures=look)


async def verify_upload(content: bytes, *, actor: Actor) -> Verification:
    """Look at the signatures of any PDF; it is not kept.

    Raises:
        PermissionDeniedError: a person without any role that reads decisions.
        InvalidInputError: no PDF that can be read.
    """
    access.require_reader(actor)
    if not content:
        raise InvalidInputError(fields={"file": phrases.NO_FILE})
    return await signatures.verify(content)


def require_signed(found: DecisionView) -> None:
    """Refuse what is not signed by both, or whose signatures no longer hold.

    Raises:
        ConflictError: code `not_signed` or `signature_broken`.
    """
    if found.sign_mode is SignMode.PAPER:
        return
    look = found.signatures
    if look is not None and not look.is_good:
        raise ConflictError(phrases.SIGNATURE_BROKEN, code="signature_broken")
    if look is None or not (look.by(Party.PERSON) and look.by(Party.AGENCY)):
        raise ConflictError(phrases.NOT_SIGNED, code="not_signed")
