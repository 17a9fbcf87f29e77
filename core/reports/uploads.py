"""Files that come with a form of the receiver: attachments of a call, scans of decisions."""

from __future__ import annotations

from uuid import UUID

from litestar.datastructures import UploadFile

from core.accounts.schemas import Actor
from core.errors import InvalidInputError, PayloadTooLargeError
from core.evidence import service as evidence
from core.evidence.schemas import Purpose, StoredFileView
from core.reports.form_input import AnyRequest, files

DECISION = "decision_file_id"


async def store(
    actor: Actor, unit_id: UUID, chosen: list[UploadFile], purpose: Purpose, field: str
) -> list[StoredFileView]:
    """Keep the chosen files of one field.

    Raises:
        InvalidInputError: a file is refused; the sentence stands at the field.
    """
    kept = []
    for item in chosen:
        try:
            kept.append(
                await evidence.store_file(
                    actor=actor,
                    name=item.filename,
                    content=await item.read(),
                    purpose=purpose,
                    unit_id=unit_id,
                )
            )
        except (InvalidInputError, PayloadTooLargeError) as error:
            raise InvalidInputError(error.detail, fields={field: error.detail}) from error
    return kept


async def decision_of(request: AnyRequest, actor: Actor, unit_id: UUID) -> UUID | None:
    """Keep the scan of a decision and return its id; None where no file was chosen.

    Raises:
        InvalidInputError: the file is refused.
    """
    chosen = await files(request, DECISION)
    kept = await store(actor, unit_id, chosen[:1], Purpose.DECISION, DECISION)
    return kept[0].id if kept else None
