"""Pages of files: attach, take off, open."""

from __future__ import annotations

from typing import Annotated, Any
from urllib.parse import quote
from uuid import UUID

from litestar import Request, get, post
from litestar.datastructures import UploadFile
from litestar.enums import RequestEncodingType
from litestar.params import Body, FromPath
from litestar.response import Response

from core.accounts.guards import actor_of
from core.errors import InvalidInputError, PayloadTooLargeError
from core.evidence import phrases, service
from core.evidence.schemas import EvidenceView
from core.kit.templates import redirect

AnyRequest = Request[Any, Any, Any]
Form = Annotated[dict[str, Any], Body(media_type=RequestEncodingType.MULTI_PART)]
SANDBOX = "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; sandbox"
REFUSED = (InvalidInputError, PayloadTooLargeError)


@post(
    "/bao-cao/{report_id:uuid}/phan/{part_key:str}/tep",
    name="evidence.upload",
    opt={"access": "signed_in"},
    include_in_schema=False,
)
async def upload(
    request: AnyRequest, report_id: FromPath[UUID], part_key: FromPath[str], data: Form
) -> Response[Any]:
    """Attach the file of field `file`: JSON for a script of the page, else back to the part."""
    try:
        made = await _attach(request, report_id, part_key, data.get("file"))
    except REFUSED as error:
        if _by_script(request):
            raise
        return _back(report_id, part_key, error.detail, "danger")
    if _by_script(request):
        return Response(made, status_code=201)
    return _back(report_id, part_key, phrases.attached(made.name))


async def _attach(
    request: AnyRequest, report_id: UUID, part_key: str, file: object
) -> EvidenceView:
    if not isinstance(file, UploadFile) or not file.filename:
        raise InvalidInputError(phrases.NO_FILE, code="no_file", fields={"file": phrases.NO_FILE})
    return await service.upload_evidence(
        actor=actor_of(request),
        report_id=report_id,
        part_key=part_key,
        name=file.filename,
        content=await file.read(),
    )


@post(
    "/bao-cao/{report_id:uuid}/phan/{part_key:str}/tep/{evidence_id:uuid}/bo",
    name="evidence.remove",
    opt={"access": "signed_in"},
    include_in_schema=False,
)
async def remove(
    request: AnyRequest,
    report_id: FromPath[UUID],
    part_key: FromPath[str],
    evidence_id: FromPath[UUID],
) -> Response[Any]:
    """Take a file off a part: 200 with JSON for a script, else back to the part."""
    await service.detach(
        actor=actor_of(request), report_id=report_id, part_key=part_key, evidence_id=evidence_id
    )
    if _by_script(request):
        return Response({"removed": str(evidence_id)}, status_code=200)
    return _back(report_id, part_key, phrases.REMOVED)


@get(
    "/tep/{file_id:uuid}",
    name="evidence.open",
    opt={"access": "signed_in"},
    include_in_schema=False,
)
async def open_file(request: AnyRequest, file_id: FromPath[UUID]) -> Response[bytes]:
    """Send a file, always as a download, in a sandbox of its own."""
    file, content = await service.open_file(actor=actor_of(request), file_id=file_id)
    return Response(
        content,
        media_type=file.media_type,
        headers={
            "content-disposition": disposition(file.name),
            "content-security-policy": SANDBOX,
        },
    )


def disposition(name: str) -> str:
    """Return a Content-Disposition (RFC 6266) with a plain name and the real one (RFC 5987)."""
    plain = name.encode("ascii", "replace").decode().replace("?", "_").replace('"', "_")
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"


def _by_script(request: AnyRequest) -> bool:
    accept = request.headers.get("accept", "")
    return "application/json" in accept and "text/html" not in accept


def _back(report_id: UUID, part_key: str, sentence: str, kind: str = "success") -> Response[Any]:
    path = f"/bao-cao/{report_id}?phan={quote(part_key, safe='')}"
    return redirect(path, flash=sentence, kind=kind)


route_handlers = [upload, remove, open_file]
