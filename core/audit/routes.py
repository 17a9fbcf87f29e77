"""Pages of the trail: search, export, verification."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from litestar import Request, get, post
from litestar.params import FromQuery
from litestar.response import Response

from core.accounts.guards import actor_of
from core.audit import export, service, words
from core.audit.repository import NOBODY
from core.audit.schemas import Search
from core.errors import InvalidInputError, NotFoundError
from core.kit import clock
from core.kit.i18n import vn_datetime, vn_number
from core.kit.templates import page

AnyRequest = Request[Any, Any, Any]
READ = {"access": ["tenant_admin", "auditor"]}
TRAIL = "/nhat-ky"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Writer = Callable[[str, Sequence[export.ExportRow]], bytes]
FORMS: dict[str, tuple[str, str, Writer]] = {
    "xlsx": ("xlsx", XLSX, export.workbook),
    "csv": ("csv", "text/csv; charset=utf-8", export.csv_file),
    "jsonl": ("jsonl", "application/x-ndjson", export.json_lines),
}
BAD_DAY = "Ngày không đúng, hãy chọn lại."
BAD_ORDER = "“Đến hết ngày” phải từ “Từ ngày” trở đi."
BAD_RECORD = "Mã bản ghi không đúng; hãy mở từ liên kết của một dòng nhật ký."


@get(TRAIL, name="audit.trail", opt=READ)
async def trail(request: AnyRequest, sau: FromQuery[int | None] = None) -> Response[str]:
    """Show what a search finds, newest first."""
    actor = actor_of(request)
    asked, errors = _search(request)
    found = await service.search_trail(asked, actor=actor, after=sau) if not errors else None
    typed = _typed(request)
    following = urlencode({**typed, "sau": found.after}) if found and found.after else ""
    return page(
        request,
        "audit/trail.html",
        status_code=422 if errors else 200,
        found=found,
        error=InvalidInputError(fields=errors) if errors else None,
        typed={name: typed.get(name, "") for name in NAMES},
        query=urlencode(typed),
        more=f"{TRAIL}?{following}" if following else "",
        tables=sorted(words.TABLES.items(), key=lambda item: item[1]),
        actions=words.ACTIONS,
        nobody=NOBODY,
        limit=service.MOST_EXPORTED,
    )


@get(f"{TRAIL}/xuat", name="audit.export", opt=READ)
async def export_trail(request: AnyRequest, dang: FromQuery[str] = "xlsx") -> Response[bytes]:
    """Send what a search finds as a file: `dang` is xlsx, csv or jsonl."""
    actor = actor_of(request)
    asked, errors = _search(request)
    if errors:
        raise InvalidInputError(fields=errors)
    if dang not in FORMS:
        raise NotFoundError
    rows, more = await service.export_trail(asked, actor=actor)
    ending, media_type, write = FORMS[dang]
    title = f"Nhật ký, xuất lúc {vn_datetime(clock.now())}, {vn_number(len(rows))} dòng"
    if more:
        title += f" mới nhất (còn nữa; mỗi lần xuất tối đa {vn_number(service.MOST_EXPORTED)} dòng)"
    content = await asyncio.to_thread(write, title, rows)
    name = f"nhat-ky-{clock.now():%Y%m%d-%H%M}.{ending}"
    return Response(
        content,
        media_type=media_type,
        headers={"content-disposition": f'attachment; filename="{name}"'},
    )


@get(f"{TRAIL}/kiem-chung", name="audit.check", opt=READ)
async def check(request: AnyRequest) -> Response[str]:
    """Verify the newest events and show the last anchors."""
    return await _check(request, thorough=False)


@post(f"{TRAIL}/kiem-chung", name="audit.check_more", opt=READ)
async def check_more(request: AnyRequest) -> Response[str]:
    """Verify many events against every anchor."""
    return await _check(request, thorough=True)


async def _check(request: AnyRequest, *, thorough: bool) -> Response[str]:
    report, anchors = await service.check_trail(actor=actor_of(request), thorough=thorough)
    return page(
        request,
        "audit/check.html",
        report=report,
        anchors=anchors,
        thorough=thorough,
        most=service.THOROUGH,
    )


NAMES = ("nguoi", "bang", "viec", "ban_ghi", "tu", "den")


def _typed(request: AnyRequest) -> dict[str, str]:
    given = {name: str(request.query_params.get(name, "")).strip() for name in NAMES}
    return {name: text for name, text in given.items() if text}


def _search(request: AnyRequest) -> tuple[Search, dict[str, str]]:
    """Return what is asked, and a sentence for each field that is wrong."""
    typed = _typed(request)
    errors: dict[str, str] = {}
    days: dict[str, date | None] = {"tu": None, "den": None}
    for name in days:
        try:
            days[name] = date.fromisoformat(typed[name]) if name in typed else None
        except ValueError:
            errors[name] = BAD_DAY
    start, end = days["tu"], days["den"]
    if start and end and end < start:
        errors["den"] = BAD_ORDER
    record = None
    try:
        record = UUID(typed["ban_ghi"]) if "ban_ghi" in typed else None
    except ValueError:
        errors["ban_ghi"] = BAD_RECORD
    asked = Search(
        person=typed.get("nguoi", ""),
        table=typed.get("bang", ""),
        action=typed.get("viec", ""),
        record=record,
        start=start,
        end=end,
    )
    return asked, errors


route_handlers: list[Any] = [trail, export_trail, check, check_more]
