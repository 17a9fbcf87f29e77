"""Pages of the register: all awards, one person's, one unit's, and awards of earlier years."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Annotated, Any
from urllib.parse import urlencode
from uuid import UUID

from litestar import Request, get, post
from litestar.datastructures import UploadFile
from litestar.enums import RequestEncodingType
from litestar.params import Body, FromPath
from litestar.response import Response

from core.accounts.guards import actor_of
from core.errors import ConflictError, InvalidInputError, PayloadTooLargeError
from core.evidence.routes import disposition
from core.honours import access, export, import_columns, importing, phrases, register
from core.honours.schemas_register import Filters, Preview
from core.kit.templates import page, redirect
from core.law.awards import WORDS, AwardKind
from core.reports.form_input import whole

AnyRequest = Request[Any, Any, Any]
Upload = Annotated[dict[str, Any], Body(media_type=RequestEncodingType.MULTI_PART)]
READERS = {"access": [role.value for role in access.READERS]}
OFFICERS = {"access": [role.value for role in access.OFFICERS]}
REGISTER = "/so-khen-thuong"
IMPORT = f"{REGISTER}/nhap"


def filters_of(query: Mapping[str, str]) -> Filters:
    """Return the filters that stand in an address; what is unknown there is left out."""
    kind, state = query.get("doi-tuong", ""), query.get("hieu-luc", "")
    award = query.get("hinh-thuc", "")
    return Filters(
        search=query.get("tim", "")[:200],
        year=whole(query.get("nam", "")) or 0,
        award_kind=award if award in set(AwardKind) else "",
        subject_kind=kind if kind in phrases.SUBJECTS else "",
        state=state if state in phrases.GRANT_STATES else "",
        unit_id=uuid_of(query.get("don-vi", "")),
    )


def uuid_of(text: str) -> UUID | None:
    """Return the id that a text is, or None."""
    try:
        return UUID(text)
    except ValueError:
        return None


@get(REGISTER, name="honours.register", opt=READERS, include_in_schema=False)
async def show_register(request: AnyRequest) -> Response[str]:
    """Show the register with its filters."""
    actor, query = actor_of(request), request.query_params
    filters = filters_of(query)
    found = await register.list_awards(filters, actor=actor, after=uuid_of(query.get("sau", "")))
    kept = {key: value for key, value in query.items() if key != "sau" and value}
    return page(
        request, "honours/register.html",
        rows=found.rows, filters=filters, facets=await register.facets(actor=actor),
        subjects=phrases.SUBJECTS, states=phrases.GRANT_STATES, sources=phrases.SOURCES,
        award_names={kind.value: words for kind, words in WORDS.items()},
        more=f"{REGISTER}?{urlencode({**kept, 'sau': found.after})}" if found.after else "",
        export_query=urlencode(kept), may_import=actor.has(access.OFFICERS),
        may_count=actor.has(access.FIGURES),
    )  # fmt: skip


@get(f"{REGISTER}/xuat", name="honours.export", opt=READERS, include_in_schema=False)
async def export_register(request: AnyRequest) -> Response[bytes]:
    """Send what is shown as an Excel file."""
    found = await register.list_awards(
        filters_of(request.query_params), actor=actor_of(request), limit=register.EXPORTED
    )
    sheet: export.Sheet = ("Sổ khen thưởng", export.REGISTER, export.register_rows(found.rows), "")
    content = await asyncio.to_thread(export.workbook, "Sổ khen thưởng", [sheet])
    return workbook_response(content, "so-khen-thuong.xlsx")


def workbook_response(content: bytes, name: str) -> Response[bytes]:
    """Return an Excel file as a download."""
    return Response(
        content,
        media_type=export.MEDIA_TYPE,
        headers={"content-disposition": disposition(name)},
    )


@get(f"{REGISTER}/nguoi/{{person_id:uuid}}", name="honours.person", opt=READERS,
     include_in_schema=False)  # fmt: skip
async def show_person(request: AnyRequest, person_id: FromPath[UUID]) -> Response[str]:
    """Show every award of a person."""
    found = await register.of_person(person_id, actor=actor_of(request))
    return page(request, "honours/holder.html", holder=found, sources=phrases.SOURCES)


@get(f"{REGISTER}/don-vi/{{unit_id:uuid}}", name="honours.unit", opt=READERS,
     include_in_schema=False)  # fmt: skip
async def show_unit(request: AnyRequest, unit_id: FromPath[UUID]) -> Response[str]:
    """Show every award of a unit and of those that were merged into it."""
    found = await register.of_unit(unit_id, actor=actor_of(request))
    return page(request, "honours/holder.html", holder=found, sources=phrases.SOURCES)


@get(IMPORT, name="honours.import", opt=OFFICERS, include_in_schema=False)
async def show_import(request: AnyRequest) -> Response[str]:
    """Show the form for a list of earlier years, or the preview of one that was kept."""
    actor, file_id = actor_of(request), uuid_of(request.query_params.get("tep", ""))
    importing.require_officer(actor)
    found = await importing.preview(actor=actor, file_id=file_id) if file_id else None
    return _import_page(request, found)


@post(IMPORT, name="honours.upload", opt=OFFICERS, include_in_schema=False)
async def upload(request: AnyRequest, data: Upload) -> Response[Any]:
    """Take a list in and show its preview."""
    actor, file = actor_of(request), data.get("file")
    importing.require_officer(actor)
    try:
        if not isinstance(file, UploadFile) or not file.filename:
            raise InvalidInputError(fields={"file": phrases.NO_FILE})
        found = await importing.upload(actor=actor, name=file.filename, content=await file.read())
    except (InvalidInputError, PayloadTooLargeError) as error:
        return _import_page(request, None, error.fields or {"file": error.detail}, error.status)
    return redirect(f"{IMPORT}?tep={found.file_id}")


@post(f"{IMPORT}/ghi", name="honours.apply_import", opt=OFFICERS, include_in_schema=False)
async def apply_import(request: AnyRequest) -> Response[Any]:
    """Write a list that was looked at into the register."""
    actor, form = actor_of(request), await request.form()
    importing.require_officer(actor)
    file_id = uuid_of(str(form.get("file_id", "")))
    if file_id is None:
        return _import_page(request, None, {"file": phrases.NO_FILE}, 400)
    try:
        written = await importing.apply(actor=actor, file_id=file_id)
    except ConflictError as error:
        found = await importing.preview(actor=actor, file_id=file_id)
        return _import_page(request, found, {"file": error.detail}, error.status)
    return redirect(REGISTER, flash=phrases.IMPORTED.format(n=written))


@get(f"{IMPORT}/mau", name="honours.import_form", opt=OFFICERS, include_in_schema=False)
async def import_form(request: AnyRequest) -> Response[bytes]:
    """Send the empty list."""
    importing.require_officer(actor_of(request))
    content = await asyncio.to_thread(import_columns.empty_list)
    return workbook_response(content, "khen-thuong-cac-nam-truoc.xlsx")


def _import_page(
    request: AnyRequest,
    found: Preview | None,
    errors: Mapping[str, str] | None = None,
    status: int = 200,
) -> Response[str]:
    return page(
        request, "honours/import.html", status_code=status, preview=found, errors=errors or {},
        columns=import_columns.COLUMNS,
    )  # fmt: skip


route_handlers: list[Any] = [
    show_register,
    export_register,
    show_person,
    show_unit,
    show_import,
    upload,
    apply_import,
    import_form,
]
