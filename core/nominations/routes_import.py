"""Pages that take a list from Excel: choose the file, look at every line, take all or none."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import msgspec
from litestar import get, post
from litestar.params import FromPath
from litestar.response import Response

from core.accounts.guards import actor_of
from core.errors import ConflictError, InvalidInputError, PayloadTooLargeError
from core.kit import db
from core.kit.templates import page, redirect
from core.nominations import importing, phrases, proposing
from core.nominations.routes_lists import LISTS
from core.nominations.routes_rounds import SEEN
from core.reports.form_input import AnyRequest, files, typed

PATH = f"{LISTS}/{{list_id:uuid}}/nhap-excel"


@get(PATH, name="nominations.import_form", opt=SEEN, include_in_schema=False)
async def import_form(request: AnyRequest, list_id: FromPath[UUID]) -> Response[str]:
    """Show where to choose the file."""
    return await _page(request, list_id, [], None)


async def _page(
    request: AnyRequest,
    list_id: UUID,
    lines: list[importing.Line],
    error: InvalidInputError | ConflictError | PayloadTooLargeError | None,
) -> Response[str]:
    view = await proposing.get_list(list_id, actor=actor_of(request))
    kept = [
        {"number": str(line.number), "name": line.name, "award": line.award, "unit": line.unit}
        for line in lines
    ]
    return page(
        request, "nominations/import.html", status_code=error.status if error else 200,
        list=view, lines=lines, wrong=[line for line in lines if line.error],
        rows=msgspec.json.encode(kept).decode(), kinds=phrases.KINDS,
        errors=({"file": error.detail} if error else {}),
    )  # fmt: skip


@post(PATH, name="nominations.import", opt=SEEN, include_in_schema=False)
async def import_list(request: AnyRequest, list_id: FromPath[UUID]) -> Response[Any]:
    """Show every line of a file, or (with `rows`) take them."""
    actor = actor_of(request)
    await proposing.get_list(list_id, actor=actor)
    form = await typed(request)
    try:
        if form.get("rows"):
            async with db.savepoint():
                made = await importing.take(list_id, _kept(form["rows"]), actor=actor)
            return redirect(f"{LISTS}/{list_id}", flash=phrases.ADDED.format(n=made))
        chosen = await files(request, "file")
        if not chosen:
            raise InvalidInputError("Xin chọn một tệp Excel.")
        content = await chosen[0].read()
        lines = await importing.read(list_id, name=chosen[0].filename, content=content, actor=actor)
    except (InvalidInputError, ConflictError, PayloadTooLargeError) as error:
        return await _page(request, list_id, [], error)
    return await _page(request, list_id, lines, None)


def _kept(text: str) -> list[dict[str, str]]:
    try:
        rows = msgspec.json.decode(text, type=list[dict[str, str]])
    except msgspec.DecodeError as error:
        raise InvalidInputError("Dữ liệu gửi lên không đúng dạng. Xin chọn lại tệp.") from error
    fits = all({"number", "name", "award"} <= row.keys() and row["number"].isdecimal()
               for row in rows)  # fmt: skip
    if not fits or len(rows) > importing.MOST:
        raise InvalidInputError("Dữ liệu gửi lên không đúng dạng. Xin chọn lại tệp.")
    return rows


route_handlers: list[Any] = [import_form, import_list]
