"""Pages of the receiver: the rounds, one round with its units, remind, close, another day."""

from __future__ import annotations

import asyncio
from typing import Any
from uuid import UUID

from litestar import get, post
from litestar.response import Response

from core.accounts.guards import actor_of
from core.errors import InvalidInputError
from core.kit.templates import page, redirect
from core.organisation.phrases import KINDS
from core.reports import export, listing, receiving, rounds, routes_obligations, routes_opening
from core.reports import phrases_department as words
from core.reports.form_input import AnyRequest, end_of_day, typed
from core.reports.phrases import STATE_NAMES
from core.reports.schemas import RoundView
from core.reports.uploads import decision_of

SIGNED_IN = {"access": "signed_in"}
OFFICER = {"access": ["officer"]}
READERS = {"access": ["officer", "department_head", "records_clerk", "auditor"]}
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
UNIT_KINDS = {key: name for key, name in KINDS.items() if key != "department"}


@get("/ky-bao-cao", name="reports.rounds", opt=SIGNED_IN, include_in_schema=False)
async def list_rounds(request: AnyRequest) -> Response[str]:
    """Show the rounds that the person receives reports in, or owes one in."""
    actor = actor_of(request)
    department = await receiving.department_id()
    return page(
        request,
        "reports/rounds.html",
        rounds=await rounds.list_rounds(actor=actor),
        top=department,
        may_open=await receiving.is_officer_at(actor, department),
        finding=words.finding,
        filed=words.filed_share,
    )


@get("/ky-bao-cao/{round_id:uuid}", name="reports.round", opt=SIGNED_IN, include_in_schema=False)
async def round_page(request: AnyRequest, round_id: UUID) -> Response[str]:
    """Show a round: its units with filters for the receiver, its message for a unit."""
    actor = actor_of(request)
    filters = listing.filters_of(request.query_params)
    place = await receiving.standing(actor, round_id, filters.receiver)
    view, receives = await receiving.round_for(actor, round_id, place)
    shared: dict[str, Any] = {"round": view, "due_source": words.DUE_SOURCES[view.due_source]}
    if not receives:
        return page(request, "reports/round_call.html", **shared)
    word = "đơn vị" if place.is_top else "khoa, phòng"
    found = await listing.rows_of(actor, round_id, view.receiver_unit_id, filters)
    return page(
        request,
        "reports/round.html",
        filters=filters,
        cards=listing.cards(view.counters, filters),
        finding=words.finding(view.counters, word),
        word=word,
        filed=words.filed_share(view.counters),
        bar=words.bar_items(view.counters),
        rows=found.items,
        next_query=filters.query(after=found.next_after) if found.next_after else "",
        states=STATE_NAMES,
        timings=words.TIMINGS,
        kinds=UNIT_KINDS,
        place=place,
        **shared,
    )


@get(
    "/ky-bao-cao/{round_id:uuid}/xuat.xlsx",
    name="reports.round_export",
    opt=READERS,
    include_in_schema=False,
)
async def export_round(request: AnyRequest, round_id: UUID) -> Response[bytes]:
    """Send the rows that the filters of the address leave as an Excel file."""
    actor = actor_of(request)
    filters = listing.filters_of(request.query_params)
    view = await _received(request, round_id)
    rows = await listing.all_rows(actor, round_id, view.receiver_unit_id, filters)
    content = await asyncio.to_thread(export.workbook, view.title, rows)
    name = f"ky-bao-cao-{view.kind.replace('_', '-')}-{view.year}.xlsx"
    headers = {"content-disposition": f'attachment; filename="{name}"'}
    return Response(content, media_type=XLSX, headers=headers)


async def _received(request: AnyRequest, round_id: UUID) -> RoundView:
    actor = actor_of(request)
    filters = listing.filters_of(request.query_params)
    return await receiving.received_round(actor, round_id, filters.receiver)


def _confirm(
    request: AnyRequest, view: RoundView, step: str, title: str, sentences: list[str], button: str
) -> Response[str]:
    query = listing.Filters(receiver=view.receiver_unit_id).query()
    return page(
        request,
        "confirm.html",
        title=title,
        sentences=sentences,
        action=f"/ky-bao-cao/{view.id}/{step}{query}",
        button=button,
        back=f"/ky-bao-cao/{view.id}{query}",
    )


@get(
    "/ky-bao-cao/{round_id:uuid}/nhac",
    name="reports.remind_confirm",
    opt=OFFICER,
    include_in_schema=False,
)
async def remind_confirm(request: AnyRequest, round_id: UUID) -> Response[str]:
    """Say who will be reminded."""
    view = await _received(request, round_id)
    await receiving.require_officer_at(actor_of(request), view.receiver_unit_id)
    count = view.counters.silent
    return _confirm(
        request, view, "nhac", f"Nhắc {count} đơn vị chưa nộp", words.remind_sentences(count),
        f"Nhắc {count} đơn vị",
    )  # fmt: skip


@post(
    "/ky-bao-cao/{round_id:uuid}/nhac",
    name="reports.remind",
    opt=OFFICER,
    include_in_schema=False,
)
async def remind(request: AnyRequest, round_id: UUID) -> Response[Any]:
    """Remind the units that have submitted nothing."""
    view = await _received(request, round_id)
    count = await rounds.remind_silent(
        actor=actor_of(request), round_id=round_id, receiver_unit_id=view.receiver_unit_id
    )
    query = listing.Filters(receiver=view.receiver_unit_id).query()
    return redirect(f"/ky-bao-cao/{round_id}{query}", flash=words.reminded(count))


@get(
    "/ky-bao-cao/{round_id:uuid}/dong",
    name="reports.close_confirm",
    opt=OFFICER,
    include_in_schema=False,
)
async def close_confirm(request: AnyRequest, round_id: UUID) -> Response[str]:
    """Say what closing means."""
    await receiving.require_officer(actor_of(request))
    view = await _received(request, round_id)
    return _confirm(
        request, view, "dong", f"Đóng kỳ {view.title}", words.close_sentences(view.counters.silent),
        "Đóng kỳ báo cáo",
    )  # fmt: skip


@post(
    "/ky-bao-cao/{round_id:uuid}/dong", name="reports.close", opt=OFFICER, include_in_schema=False
)
async def close(request: AnyRequest, round_id: UUID) -> Response[Any]:
    """Close the round."""
    await rounds.close_round(actor=actor_of(request), round_id=round_id)
    return redirect(f"/ky-bao-cao/{round_id}", flash="Đã đóng kỳ báo cáo.")


@get(
    "/ky-bao-cao/{round_id:uuid}/mo-lai",
    name="reports.reopen_confirm",
    opt=OFFICER,
    include_in_schema=False,
)
async def reopen_confirm(request: AnyRequest, round_id: UUID) -> Response[str]:
    """Say what opening again means."""
    await receiving.require_officer(actor_of(request))
    view = await _received(request, round_id)
    return _confirm(
        request, view, "mo-lai", f"Mở lại kỳ {view.title}", words.REOPEN_SENTENCES,
        "Mở lại kỳ báo cáo",
    )  # fmt: skip


@post(
    "/ky-bao-cao/{round_id:uuid}/mo-lai",
    name="reports.reopen",
    opt=OFFICER,
    include_in_schema=False,
)
async def reopen(request: AnyRequest, round_id: UUID) -> Response[Any]:
    """Open a closed round again."""
    await rounds.reopen_round(actor=actor_of(request), round_id=round_id)
    return redirect(f"/ky-bao-cao/{round_id}", flash="Đã mở lại kỳ báo cáo.")


async def _due_page(
    request: AnyRequest, view: RoundView, form: dict[str, str], error: InvalidInputError | None
) -> Response[str]:
    return page(
        request,
        "reports/change_due.html",
        status_code=error.status if error else 200,
        round=view,
        planned=await receiving.planned_day(view),
        due_source=words.DUE_SOURCES[view.due_source],
        form=form,
        errors=error.fields if error else {},
        detail=error.detail if error else "",
    )


@get(
    "/ky-bao-cao/{round_id:uuid}/han", name="reports.due_form", opt=OFFICER, include_in_schema=False
)
async def due_form(request: AnyRequest, round_id: UUID) -> Response[str]:
    """Show the form that gives a round another day."""
    await receiving.require_officer(actor_of(request))
    return await _due_page(request, await _received(request, round_id), {}, None)


@post(
    "/ky-bao-cao/{round_id:uuid}/han",
    name="reports.change_due",
    opt=OFFICER,
    include_in_schema=False,
)
async def change_due(request: AnyRequest, round_id: UUID) -> Response[Any]:
    """Give a round another day."""
    actor = actor_of(request)
    root = await receiving.require_officer(actor)
    form = await typed(request)
    try:
        due_at = end_of_day(form.get("due_at", ""), "due_at")
        if due_at is None:
            raise InvalidInputError(fields={"due_at": words.NO_NEW_DAY})
        await rounds.change_due(
            actor=actor,
            round_id=round_id,
            due_at=due_at,
            decision_number=form.get("decision_number", ""),
            decision_file_id=await decision_of(request, actor, root.id),
        )
    except InvalidInputError as error:
        return await _due_page(request, await _received(request, round_id), form, error)
    return redirect(f"/ky-bao-cao/{round_id}", flash="Đã đổi hạn của kỳ báo cáo.")


route_handlers = [
    list_rounds,
    round_page,
    export_round,
    remind_confirm,
    remind,
    close_confirm,
    close,
    reopen_confirm,
    reopen,
    due_form,
    change_due,
    *routes_opening.route_handlers,
    *routes_obligations.route_handlers,
]
