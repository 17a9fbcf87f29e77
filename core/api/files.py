"""Files that a round is opened with: attachments of the call, scans of decisions."""

from __future__ import annotations

from typing import Annotated, Any

from litestar import Controller, Request, post
from litestar.datastructures import UploadFile
from litestar.enums import RequestEncodingType
from litestar.params import Body

from core.accounts.guards import actor_of
from core.errors import InvalidInputError
from core.evidence import service as evidence
from core.evidence.phrases import NO_FILE
from core.evidence.schemas import Purpose, StoredFileView
from core.organisation import service as organisation

AnyRequest = Request[Any, Any, Any]
Upload = Annotated[dict[str, UploadFile], Body(media_type=RequestEncodingType.MULTI_PART)]


def one_file(data: dict[str, UploadFile]) -> UploadFile:
    """Return the file of an upload, whatever its field is called.

    Raises:
        InvalidInputError: code `no_file`.
    """
    if not data:
        raise InvalidInputError(NO_FILE, code="no_file")
    return next(iter(data.values()))


async def _store(request: AnyRequest, data: Upload, purpose: Purpose) -> StoredFileView:
    file = one_file(data)
    return await evidence.store_file(
        actor=actor_of(request),
        name=file.filename,
        content=await file.read(),
        purpose=purpose,
        unit_id=(await organisation.department()).id,
    )


class FilesApi(Controller):
    """Uploads of the department; a file that nothing names within a day is deleted."""

    tags = ("rounds",)
    opt = {"access": "signed_in"}  # noqa: RUF012 -- Litestar reads it as a class attribute

    @post(
        "/round-attachments",
        operation_id="upload_round_attachment",
        name="api.upload_round_attachment",
    )
    async def upload_round_attachment(self, request: AnyRequest, data: Upload) -> StoredFileView:
        """Keep one file (multipart field of any name) for `open_round.attachment_ids`."""
        return await _store(request, data, Purpose.ATTACHMENT)

    @post(
        "/decision-files",
        operation_id="upload_decision_file",
        name="api.upload_decision_file",
    )
    async def upload_decision_file(self, request: AnyRequest, data: Upload) -> StoredFileView:
        """Keep the scan of a decision for every `decision_file_id`."""
        return await _store(request, data, Purpose.DECISION)
