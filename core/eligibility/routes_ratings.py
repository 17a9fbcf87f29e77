"""Pages of ratings: the list, and the import from Excel."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from litestar import get, post
from litestar.params import FromQuery
from litestar.response import Response

from core.accounts.guards import actor_of
from core.eligibility import access, phrases, rating_columns, rating_import, ratings
from core.eligibility.routes_common import (
    IMPORT,
    OFFICER,
    RATINGS,
    READ,
    REFUSED,
    AnyRequest,
    Refusal,
    errors_of,
    form_of,
)
from core.errors import InvalidInputError
from core.evidence.lists import MAX_ROWS
from core.evidence.routes import disposition
from core.kit import clock
from core.kit.templates import page, redirect

SHOWN = 100


@get(RATINGS, name="eligibility.ratings", opt=READ)
async def list_ratings(
    request: AnyRequest,
    tim: FromQuery[str] = "",
    nam: FromQuery[str] = "",
    loai: FromQuery[str] = "",
    cho: FromQuery[str] = "",
    sau: FromQuery[UUID | None] = None,
) -> Response[str]:
    """List ratings, with search and filters in the address."""
    actor = actor_of(request)
    year = int(nam) if len(nam) == 4 and nam.isdecimal() else None
    found = await ratings.list_ratings(
        actor=actor, search=tim, year=year, state=loai, scope=cho, after=sau
    )
    query = {"tim": tim, "nam": nam, "loai": loai, "cho": cho, "sau": found.after}
    this_year = clock.today().year
    return page(
        request,
        "eligibility/ratings.html",
        rows=found.rows,
        search=tim,
        year=year or "",
        years=range(this_year, this_year - 6, -1),
        state=loai,
        scope=cho,
        may_write=actor.has(access.OFFICER),
        words=phrases,
        more=f"{RATINGS}?{urlencode(query)}" if found.after else "",
    )


@get(IMPORT, name="eligibility.import", opt=OFFICER)
async def show_import(
    request: AnyRequest,
    tep: FromQuery[UUID | None] = None,
    loai: FromQuery[str] = "official",
    can_cu: FromQuery[str] = "",
) -> Response[str]:
    """Show the form of the import, or the preview of a list that was uploaded."""
    actor = actor_of(request)
    access.paths_of(actor, access.OFFICER)
    found = None
    if tep is not None:
        found = await rating_import.preview(actor=actor, file_id=tep, state=loai, basis=can_cu)
    return _page(request, {"state": loai, "basis": can_cu}, found, None)


@post(IMPORT, name="eligibility.import_upload", opt=OFFICER)
async def upload(request: AnyRequest) -> Response[Any]:
    """Take a list in and lead to its preview."""
    actor = actor_of(request)
    access.paths_of(actor, access.OFFICER)
    form, file = await form_of(request)
    try:
        if file is None:
            raise InvalidInputError(fields={"file": phrases.NO_FILE})
        found = await rating_import.upload(actor=actor, name=file[0], content=file[1], typed=form)
    except REFUSED as error:
        return _page(request, form, None, error)
    return redirect(_address(found.file_id, found.state, found.basis))


@post(f"{IMPORT}/xac-nhan", name="eligibility.import_apply", opt=OFFICER)
async def apply(request: AnyRequest) -> Response[Any]:
    """Write the whole list."""
    actor = actor_of(request)
    access.paths_of(actor, access.OFFICER)
    form, _ = await form_of(request)
    written = await rating_import.apply(actor=actor, **_named(form))
    flash = phrases.IMPORT_DONE.format(n=written) if written else phrases.IMPORT_NOTHING
    return redirect(RATINGS, flash=flash)


@get(f"{IMPORT}/tep-mau", name="eligibility.import_template", opt=OFFICER)
async def template(request: AnyRequest) -> Response[bytes]:
    """Send the empty list."""
    access.paths_of(actor_of(request), access.OFFICER)
    return _workbook(await rating_columns.workbook(), "xep-loai-mau.xlsx")


@get(f"{IMPORT}/tep-loi", name="eligibility.import_errors", opt=OFFICER)
async def errors(
    request: AnyRequest,
    tep: FromQuery[str] = "",
    loai: FromQuery[str] = "",
    can_cu: FromQuery[str] = "",
) -> Response[bytes]:
    """Send the list with a column that says what is wrong."""
    actor = actor_of(request)
    access.paths_of(actor, access.OFFICER)
    form = {"file_id": tep, "state": loai, "basis": can_cu}
    content = await rating_import.with_errors(actor=actor, **_named(form))
    return _workbook(content, "xep-loai-co-loi.xlsx")


def _named(form: dict[str, str]) -> dict[str, Any]:
    """Return which list is meant.

    Raises:
        InvalidInputError: the form names no file.
    """
    try:
        file_id = UUID(form.get("file_id", ""))
    except ValueError:
        raise InvalidInputError(phrases.NO_FILE, fields={"file": phrases.NO_FILE}) from None
    return {"file_id": file_id, "state": form.get("state", ""), "basis": form.get("basis", "")}


def _address(file_id: UUID, state: str, basis: str) -> str:
    return f"{IMPORT}?{urlencode({'tep': file_id, 'loai': state, 'can_cu': basis})}"


def _workbook(content: bytes, name: str) -> Response[bytes]:
    headers = {"content-disposition": disposition(name)}
    return Response(content, media_type=rating_columns.MEDIA_TYPE, headers=headers)


def _page(
    request: AnyRequest,
    form: dict[str, str],
    found: rating_import.Preview | None,
    error: Refusal | None,
) -> Response[str]:
    query = ""
    if found:
        query = urlencode({"tep": found.file_id, "loai": found.state, "can_cu": found.basis})
    return page(
        request,
        "eligibility/import.html",
        status_code=error.status if error else 200,
        form=form,
        preview=found,
        query=query,
        shown=SHOWN,
        max_rows=MAX_ROWS,
        words=phrases,
        columns={column.key: column.heading for column in rating_columns.COLUMNS},
        errors=errors_of(error),
        detail=error.detail if error else "",
    )


handlers: list[Any] = [list_ratings, show_import, upload, apply, template, errors]
