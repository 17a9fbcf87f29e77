"""Pages of the Excel list: template, upload, preview, errors, confirmation."""

from __future__ import annotations

import asyncio
from typing import Annotated, Any

from litestar import Request, get, post
from litestar.datastructures import UploadFile
from litestar.enums import RequestEncodingType
from litestar.params import Body
from litestar.response import Redirect, Response

from core.accounts.guards import actor_of
from core.accounts.phrases import ROLE_NAMES
from core.accounts.schemas import Role
from core.errors import InvalidInputError, PayloadTooLargeError, PermissionDeniedError
from core.evidence.lists import MAX_ROWS
from core.evidence.routes import disposition
from core.kit.templates import page, redirect
from core.organisation.phrases import KINDS
from tenants.setup import importing, phrases, workbook
from tenants.setup.columns import SHEETS

AnyRequest = Request[Any, Any, Any]
Upload = Annotated[dict[str, Any], Body(media_type=RequestEncodingType.MULTI_PART)]
ADMIN = {"access": [Role.TENANT_ADMIN.value]}
PAGE = "/quan-tri/nhap-excel"
SHOWN_ERRORS = 50
SHOWN_LINES = 300


@get(PAGE, name="setup.import", opt=ADMIN)
async def show(request: AnyRequest) -> Response[str]:
    """Show what waits for confirmation, or the way to begin."""
    return await _page(request)


@post(PAGE, name="setup.import_upload", opt=ADMIN)
async def upload(request: AnyRequest, data: Upload) -> Response[Any]:
    """Take in a list for its preview."""
    actor = actor_of(request)
    file = data.get("file")
    try:
        if not isinstance(file, UploadFile) or not file.filename:
            raise InvalidInputError(fields={"file": phrases.NO_FILE})
        await importing.stage(actor=actor, name=file.filename, content=await file.read())
    except (InvalidInputError, PayloadTooLargeError) as error:
        error.fields = error.fields or {"file": error.detail}
        return await _page(request, error)
    return redirect(PAGE)


@post(f"{PAGE}/xac-nhan", name="setup.import_apply", opt=ADMIN)
async def apply(request: AnyRequest) -> Response[Any]:
    """Write the whole list."""
    try:
        summary = await importing.apply(actor=actor_of(request))
    except InvalidInputError as error:
        return await _page(request, InvalidInputError(error.detail, code=error.code))
    return redirect(PAGE, flash=phrases.APPLIED.format(summary=summary))


@post(f"{PAGE}/bo", name="setup.import_discard", opt=ADMIN)
async def discard(request: AnyRequest) -> Redirect:
    """Drop the list."""
    await importing.discard(actor=actor_of(request))
    return redirect(PAGE, flash=phrases.DISCARDED)


@get(f"{PAGE}/tep-mau", name="setup.import_template", opt=ADMIN)
async def template(request: AnyRequest) -> Response[bytes]:
    """Send the empty list."""
    if not actor_of(request).has(Role.TENANT_ADMIN):
        raise PermissionDeniedError
    content = await asyncio.to_thread(workbook.template)
    return _workbook(content, "danh-sach-don-vi-nhan-su.xlsx")


@get(f"{PAGE}/tep-loi", name="setup.import_errors", opt=ADMIN)
async def errors(request: AnyRequest) -> Response[bytes]:
    """Send the list with a column that says what is wrong."""
    content = await importing.with_errors(actor=actor_of(request))
    return _workbook(content, "danh-sach-co-loi.xlsx")


def _workbook(content: bytes, name: str) -> Response[bytes]:
    headers = {"content-disposition": disposition(name)}
    return Response(content, media_type=workbook.MEDIA_TYPE, headers=headers)


async def _page(
    request: AnyRequest, error: InvalidInputError | PayloadTooLargeError | None = None
) -> Response[str]:
    actor = actor_of(request)
    waiting = await importing.preview(actor=actor)
    name, preview = waiting or ("", None)
    return page(
        request,
        "setup/import.html",
        status_code=error.status if error else 200,
        file_name=name,
        preview=preview,
        shown_errors=SHOWN_ERRORS,
        shown_lines=SHOWN_LINES,
        max_rows=MAX_ROWS,
        history=await importing.history(actor=actor),
        words=phrases,
        sheets=SHEETS,
        kinds=KINDS,
        role_names=ROLE_NAMES,
        error=error,
    )


handlers: list[Any] = [show, upload, apply, discard, template, errors]
