"""Pages about one unit in a round: excuse it, ask again, give it a later day."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from litestar import get, post
from litestar.response import Response

from core.accounts.guards import actor_of
from core.errors import InvalidInputError
from core.kit.templates import page, redirect
from core.reports import phrases_department as words
from core.reports import receiving, rounds
from core.reports.form_input import AnyRequest, end_of_day, typed
from core.reports.receiving import Owed
from core.reports.uploads import decision_of

OFFICER = {"access": ["officer"]}


def _back(owed: Owed) -> str:
    return f"/ky-bao-cao/{owed.round_id}?noi-nhan={owed.receiver_unit_id}"


def _form_page(
    request: AnyRequest,
    template: str,
    owed: Owed,
    form: Mapping[str, str],
    error: InvalidInputError | None = None,
) -> Response[str]:
    return page(
        request,
        template,
        status_code=error.status if error else 200,
        owed=owed,
        back=_back(owed),
        form=form,
        errors=error.fields if error else {},
        detail=error.detail if error else "",
    )


@get(
    "/nghia-vu/{obligation_id:uuid}/mien",
    name="reports.excuse_form",
    opt=OFFICER,
    include_in_schema=False,
)
async def excuse_form(request: AnyRequest, obligation_id: UUID) -> Response[str]:
    """Ask for the reason of an excuse."""
    owed = await receiving.obligation(actor_of(request), obligation_id)
    return _form_page(request, "reports/excuse.html", owed, {})


@post(
    "/nghia-vu/{obligation_id:uuid}/mien",
    name="reports.excuse",
    opt=OFFICER,
    include_in_schema=False,
)
async def excuse(request: AnyRequest, obligation_id: UUID) -> Response[Any]:
    """Excuse a unit from its report."""
    actor = actor_of(request)
    owed = await receiving.obligation(actor, obligation_id)
    form = await typed(request)
    try:
        await rounds.excuse(actor=actor, obligation_id=obligation_id, reason=form.get("reason", ""))
    except InvalidInputError as error:
        return _form_page(request, "reports/excuse.html", owed, form, error)
    return redirect(_back(owed), flash=f"{owed.unit_name} được miễn nộp báo cáo này.")


@get(
    "/nghia-vu/{obligation_id:uuid}/bo-mien",
    name="reports.unexcuse_confirm",
    opt=OFFICER,
    include_in_schema=False,
)
async def unexcuse_confirm(request: AnyRequest, obligation_id: UUID) -> Response[str]:
    """Say what asking again means."""
    owed = await receiving.obligation(actor_of(request), obligation_id)
    return page(
        request,
        "confirm.html",
        title=f"Yêu cầu {owed.unit_name} nộp lại báo cáo",
        sentences=[
            f"Đơn vị không còn được miễn nộp {owed.round_title}. Lý do miễn đã ghi: "
            f"{owed.excused_reason or 'không có'}",
            "Nội dung đơn vị đã soạn trước khi được miễn vẫn còn.",
        ],
        action=f"/nghia-vu/{obligation_id}/bo-mien",
        button="Bỏ miễn nộp",
        back=_back(owed),
    )


@post(
    "/nghia-vu/{obligation_id:uuid}/bo-mien",
    name="reports.unexcuse",
    opt=OFFICER,
    include_in_schema=False,
)
async def unexcuse(request: AnyRequest, obligation_id: UUID) -> Response[Any]:
    """Ask an excused unit for its report again."""
    actor = actor_of(request)
    owed = await receiving.obligation(actor, obligation_id)
    await rounds.unexcuse(actor=actor, obligation_id=obligation_id)
    return redirect(_back(owed), flash=f"{owed.unit_name} lại phải nộp báo cáo này.")


@get(
    "/nghia-vu/{obligation_id:uuid}/gia-han",
    name="reports.extend_form",
    opt=OFFICER,
    include_in_schema=False,
)
async def extend_form(request: AnyRequest, obligation_id: UUID) -> Response[str]:
    """Show the form that gives one unit a later day."""
    owed = await receiving.obligation(actor_of(request), obligation_id)
    return _form_page(request, "reports/extend.html", owed, {})


@post(
    "/nghia-vu/{obligation_id:uuid}/gia-han",
    name="reports.extend",
    opt=OFFICER,
    include_in_schema=False,
)
async def extend(request: AnyRequest, obligation_id: UUID) -> Response[Any]:
    """Give one unit a later day."""
    actor = actor_of(request)
    owed = await receiving.obligation(actor, obligation_id)
    form = await typed(request)
    try:
        new_due_at = end_of_day(form.get("new_due_at", ""), "new_due_at")
        if new_due_at is None:
            raise InvalidInputError(fields={"new_due_at": words.NO_NEW_DAY})
        await rounds.extend(
            actor=actor,
            obligation_id=obligation_id,
            new_due_at=new_due_at,
            reason=form.get("reason", ""),
            decision_number=form.get("decision_number", ""),
            decision_file_id=await decision_of(request, actor, owed.receiver_unit_id),
        )
    except InvalidInputError as error:
        return _form_page(request, "reports/extend.html", owed, form, error)
    return redirect(_back(owed), flash=f"Đã gia hạn cho {owed.unit_name}.")


route_handlers = [excuse_form, excuse, unexcuse_confirm, unexcuse, extend_form, extend]
