"""Pages of one nomination for who writes it: parts, files, taking back, differences."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote
from uuid import UUID

from litestar import get, post, put
from litestar.params import FromPath, FromQuery
from litestar.response import Response

from core.accounts.guards import actor_of
from core.errors import ConflictError, InvalidInputError, PayloadTooLargeError, StalePartError
from core.kit.templates import page, redirect
from core.nominations import phrases, proposing, sending, writing
from core.nominations.difference import difference
from core.nominations.reading import nomination_page
from core.nominations.routes_rounds import SEEN
from core.nominations.schemas import SavedPart
from core.reports.form_input import AnyRequest, files, nested, typed, whole

ONE = "/de-nghi/{nomination_id:uuid}"
PART = ONE + "/phan/{nomination_part:str}"


def address(nomination_id: UUID, key: str = "") -> str:
    """Return the page of a nomination (at one part)."""
    return f"/de-nghi/{nomination_id}" + (f"?phan={quote(key, safe='')}" if key else "")


@get(ONE, name="nominations.one", opt=SEEN, include_in_schema=False)
async def show(
    request: AnyRequest, nomination_id: FromPath[UUID], phan: FromQuery[str] = ""
) -> Response[str]:
    """Show a nomination at one of its parts."""
    return await nomination_page(request, nomination_id, phan)


@put(PART, name="nominations.autosave", opt=SEEN, include_in_schema=False)
async def autosave(
    request: AnyRequest,
    nomination_id: FromPath[UUID],
    nomination_part: FromPath[str],
    data: dict[str, Any],
) -> SavedPart:
    """Save one part for the page's script."""
    fields, version = data.get("fields"), data.get("version")
    if not isinstance(fields, dict) or not isinstance(version, int):
        raise InvalidInputError("Dữ liệu gửi lên không đúng dạng.")
    return await writing.save_part(
        actor=actor_of(request), nomination_id=nomination_id, part_key=nomination_part,
        version=version, fields=fields,
    )  # fmt: skip


@post(PART, name="nominations.save_part", opt=SEEN, include_in_schema=False)
async def save_part(
    request: AnyRequest, nomination_id: FromPath[UUID], nomination_part: FromPath[str]
) -> Response[Any]:
    """Save one part without script, and go on to the next."""
    given = await typed(request)
    fields, version = nested(given), whole(given.get("_version", ""))
    try:
        await writing.save_part(
            actor=actor_of(request), nomination_id=nomination_id, part_key=nomination_part,
            version=-1 if version is None else version, fields=fields,
        )  # fmt: skip
    except InvalidInputError as error:
        return await nomination_page(
            request, nomination_id, nomination_part, status_code=422,
            fields=_shown(fields), version=version, errors=error.fields,
        )  # fmt: skip
    except StalePartError as error:
        current = error.extra["current"]
        return await nomination_page(
            request, nomination_id, nomination_part, status_code=409,
            fields=_shown(fields), version=current["version"], clash=current,
        )  # fmt: skip
    to = address(nomination_id, given.get("_next", nomination_part))
    return redirect(to, flash=phrases.SAVED)


def _shown(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Return the typed fields in the shape that the form shows again."""
    shown = {key: value for key, value in fields.items() if isinstance(value, str)}
    items = fields.get("items")
    rows = [item for item in items if isinstance(item, Mapping)] if isinstance(items, list) else []
    return {**shown, "items": rows}


@post(f"{PART}/tep", name="nominations.attach", opt=SEEN, include_in_schema=False)
async def attach(
    request: AnyRequest, nomination_id: FromPath[UUID], nomination_part: FromPath[str]
) -> Response[Any]:
    """Attach one file to a part."""
    actor = actor_of(request)
    await proposing.get_nomination(nomination_id, actor=actor)
    chosen = await files(request, "file")
    if not chosen:
        raise InvalidInputError("Xin chọn một tệp.", fields={"file": "Xin chọn một tệp."})
    try:
        await writing.attach_file(
            actor=actor, nomination_id=nomination_id, part_key=nomination_part,
            name=chosen[0].filename, content=await chosen[0].read(),
        )  # fmt: skip
    except (InvalidInputError, ConflictError, PayloadTooLargeError) as error:
        return redirect(address(nomination_id, nomination_part), flash=error.detail, kind="danger")
    return redirect(address(nomination_id, nomination_part), flash="Đã thêm tệp.")


@post(
    f"{PART}/tep/{{nomination_evidence_id:uuid}}/bo", name="nominations.detach", opt=SEEN,
    include_in_schema=False,
)  # fmt: skip
async def detach(
    request: AnyRequest,
    nomination_id: FromPath[UUID],
    nomination_part: FromPath[str],
    nomination_evidence_id: FromPath[UUID],
) -> Response[Any]:
    """Take a file off a part."""
    await writing.detach_file(
        actor=actor_of(request), nomination_id=nomination_id, part_key=nomination_part,
        evidence_id=nomination_evidence_id,
    )  # fmt: skip
    return redirect(address(nomination_id, nomination_part), flash="Đã bỏ tệp.")


@post(f"{ONE}/bo", name="nominations.remove", opt=SEEN, include_in_schema=False)
async def remove(request: AnyRequest, nomination_id: FromPath[UUID]) -> Response[Any]:
    """Take a draft off its list."""
    row = await proposing.remove(nomination_id, actor=actor_of(request))
    flash = phrases.REMOVED.format(name=row.subject_name)
    return redirect(f"/khen-thuong/danh-sach/{row.list_id}", flash=flash)


@get(f"{ONE}/thu-hoi", name="nominations.withdraw_page", opt=SEEN, include_in_schema=False)
async def withdraw_page(request: AnyRequest, nomination_id: FromPath[UUID]) -> Response[str]:
    """Say what taking back does."""
    return await _withdraw_page(request, nomination_id)


async def _withdraw_page(
    request: AnyRequest, nomination_id: UUID, note: str = "",
    error: InvalidInputError | None = None,
) -> Response[str]:  # fmt: skip
    row = await proposing.get_nomination(nomination_id, actor=actor_of(request))
    return page(
        request, "confirm.html", status_code=error.status if error else 200,
        title=f"Thu hồi đề nghị cho {row.subject_name}",
        sentences=[
            "Nơi nhận dừng xem xét đề nghị này và được báo. Nếu đang bỏ phiếu thì phiếu không còn"
            " giá trị.",
            "Khi đợt còn mở, bạn mở lại thành nháp để sửa và gửi lại được.",
        ],
        action=f"{address(nomination_id)}/thu-hoi", button="Thu hồi", back=address(nomination_id),
        note_field="Lý do thu hồi", note=note, note_required=True,
        errors=error.fields if error else {},
    )  # fmt: skip


@post(f"{ONE}/thu-hoi", name="nominations.withdraw", opt=SEEN, include_in_schema=False)
async def withdraw(request: AnyRequest, nomination_id: FromPath[UUID]) -> Response[Any]:
    """Take a sent nomination back."""
    note = (await typed(request)).get("note", "")
    try:
        await sending.withdraw(nomination_id, reason=note, actor=actor_of(request))
    except InvalidInputError as error:
        return await _withdraw_page(request, nomination_id, note, error)
    return redirect(address(nomination_id), flash=phrases.WITHDRAWN)


@post(f"{ONE}/mo-lai", name="nominations.reopen_one", opt=SEEN, include_in_schema=False)
async def reopen(request: AnyRequest, nomination_id: FromPath[UUID]) -> Response[Any]:
    """Make a withdrawn nomination a draft again."""
    await sending.reopen(nomination_id, actor=actor_of(request))
    return redirect(address(nomination_id), flash=phrases.REOPENED)


@get(f"{ONE}/khac-biet", name="nominations.difference", opt=SEEN, include_in_schema=False)
async def show_difference(request: AnyRequest, nomination_id: FromPath[UUID]) -> Response[str]:
    """Show what the last sending changed, by words."""
    actor = actor_of(request)
    return page(
        request, "nominations/difference.html",
        row=await proposing.get_nomination(nomination_id, actor=actor),
        changes=await difference(nomination_id, actor=actor), back=address(nomination_id),
    )  # fmt: skip


route_handlers: list[Any] = [
    show, autosave, save_part, attach, detach, remove, withdraw_page, withdraw, reopen,
    show_difference,
]  # fmt: skip
