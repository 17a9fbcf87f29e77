"""Pages that open a round: the form beside the plan's words, a look before it goes out, done."""

from __future__ import annotations

from typing import Any

from litestar import get, post
from litestar.response import Response

from core.accounts.guards import actor_of
from core.accounts.schemas import Actor
from core.errors import ConflictError, InvalidInputError
from core.kit import clock, db
from core.kit.templates import page, redirect
from core.movements import service as movements
from core.reports import opening, receiving
from core.reports import phrases_department as words
from core.reports.form_input import AnyRequest, files
from core.reports.opening_input import (
    OpeningForm,
    UnitGroup,
    call_of,
    read_form,
    unit_groups,
    with_files,
)
from core.settings import settings

OFFICER = {"access": ["officer"]}
YEARS = tuple(range(2025, 2031))


async def _form_page(
    request: AnyRequest,
    form: OpeningForm,
    groups: list[UnitGroup],
    error: InvalidInputError | ConflictError | None = None,
) -> Response[str]:
    return page(
        request,
        "reports/open_round.html",
        status_code=error.status if error else 200,
        form=form,
        plans=await receiving.plan_of_kinds(),
        years=YEARS,
        year_options=[(year, year) for year in YEARS],
        groups=groups,
        unit_count=sum(len(group.units) for group in groups),
        max_bytes=settings().max_upload_bytes,
        why_not="" if error else await movements.why_no_round(),
        errors=error.fields if error else {},
        detail=error.detail if error else "",
        files_again=words.FILES_AGAIN if error and await files(request, "attachment_ids") else "",
    )


@get("/ky-bao-cao/mo", name="reports.open_form", opt=OFFICER, include_in_schema=False)
async def open_form(request: AnyRequest) -> Response[str]:
    """Show the form that opens a round."""
    actor = actor_of(request)
    await receiving.require_officer(actor)
    year = min(max(clock.today().year, YEARS[0]), YEARS[-1])
    form = OpeningForm(kind="annual", year=str(year))
    return await _form_page(request, form, await unit_groups(actor))


@post("/ky-bao-cao/mo", name="reports.open", opt=OFFICER, include_in_schema=False)
async def open_round(request: AnyRequest) -> Response[Any]:
    """Show what will happen (`_step` check), go back to the form (edit), or open the round."""
    actor = actor_of(request)
    await receiving.require_officer(actor)
    form = await read_form(request)
    groups = await unit_groups(actor)
    if form.step == "edit":
        return await _form_page(request, form, groups)
    try:
        async with db.savepoint():
            full = await with_files(request, actor, form)
            call = call_of(full, groups)
            if form.step == "open":
                view = await opening.open_call(actor, call)
                sentence = f"Đã mở {view.title} cho {view.counters.total} đơn vị."
                return redirect(f"/ky-bao-cao/{view.id}", flash=sentence)
    except (InvalidInputError, ConflictError) as error:
        return await _form_page(request, form, groups, error)
    return await _look(request, actor, full, call, groups)


async def _look(
    request: AnyRequest,
    actor: Actor,
    form: OpeningForm,
    call: opening.Call,
    groups: list[UnitGroup],
) -> Response[str]:
    """Show who would get what; files are stored by now and need not be chosen again."""
    try:
        view = await opening.rehearse(actor, call)
    except (InvalidInputError, ConflictError) as error:
        return await _form_page(request, form, groups, error)
    return page(
        request,
        "reports/open_look.html",
        form=form,
        round=view,
        due_source=words.DUE_SOURCES[view.due_source],
        is_past=view.due_at is not None and view.due_at <= clock.now(),
        already=words.ALREADY_OPEN if await opening.same_open(actor, call) else "",
        everyone=call.unit_ids is None,
        chosen=[
            unit.name
            for group in groups
            for unit in group.units
            if call.unit_ids is not None and unit.id in call.unit_ids
        ],
    )


route_handlers = [open_form, open_round]
