"""Pages of the receiving side: the round's list, one or many steps, returning, appraising."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from litestar import get, post
from litestar.params import FromPath, FromQuery
from litestar.response import Response

from core.accounts.guards import actor_of
from core.errors import ConflictError, InvalidInputError, NotFoundError
from core.evidence.routes import disposition
from core.kit.i18n import fold
from core.kit.templates import page, redirect
from core.movements import service as movements
from core.nominations import access, handling, listing, lowering, offers, parts, phrases, rounds
from core.nominations.listing import Filters
from core.nominations.reading import nomination_page
from core.nominations.routes_nomination import ONE, address
from core.nominations.routes_rounds import OFFICER, ROUNDS, SEEN, Error
from core.nominations.states import WORDS, Action
from core.reports.form_input import AnyRequest, end_of_day, typed

LIST = ROUNDS + "/{award_round_id:uuid}/de-nghi"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError as error:
        raise NotFoundError from error


def _filters(query: Mapping[str, str]) -> Filters:
    return Filters(
        state=query.get("trang-thai", ""), award=query.get("hinh-thuc", ""),
        kind=query.get("loai", ""), eligibility=query.get("dieu-kien", ""),
        unit_id=_uuid(query.get("don-vi", "")), search=query.get("tim", ""),
        after=_uuid(query.get("sau", "")),
    )  # fmt: skip


def _query(filters: Filters, after: UUID | None = None) -> str:
    given = {
        "trang-thai": filters.state, "hinh-thuc": filters.award, "loai": filters.kind,
        "dieu-kien": filters.eligibility, "don-vi": str(filters.unit_id or ""),
        "tim": filters.search, "sau": str(after or ""),
    }  # fmt: skip
    kept = {key: value for key, value in given.items() if value}
    return f"?{urlencode(kept)}" if kept else ""


@get(LIST, name="nominations.of_round", opt=SEEN, include_in_schema=False)
async def list_of_round(request: AnyRequest, award_round_id: FromPath[UUID]) -> Response[str]:
    """List the nominations of a round with filters."""
    return await _list_page(request, award_round_id)


async def _list_page(
    request: AnyRequest, round_id: UUID, error: Error | None = None
) -> Response[str]:
    actor = actor_of(request)
    filters = _filters(request.query_params)
    view = await rounds.get_round(round_id, actor=actor)
    found = await listing.list_nominations(round_id, filters, actor=actor)
    awards, units = await listing.facets(round_id)
    handles = actor.can(access.HANDLERS, view.unit_path)
    return page(
        request, "nominations/of_round.html",
        status_code=error.status if error else 200,
        round=view, rows=found.rows, filters=filters, awards=awards, units=units, words=WORDS,
        kinds=phrases.KINDS, eligibility=phrases.ELIGIBILITY, steps=phrases.STEPS,
        bulk=[str(action) for action in handling.BULK] if handles else [],
        next_query=_query(filters, found.after) if found.after else "",
        export_query=_query(filters),
        errors=error.fields if error else {}, detail=error.detail if error else "",
    )  # fmt: skip


@get(f"{LIST}/xuat.xlsx", name="nominations.export", opt=SEEN, include_in_schema=False)
async def export(request: AnyRequest, award_round_id: FromPath[UUID]) -> Response[bytes]:
    """Give what the filters show as an Excel file."""
    actor = actor_of(request)
    view = await rounds.get_round(award_round_id, actor=actor)
    found = await listing.list_nominations(
        award_round_id, _filters(request.query_params), actor=actor, limit=listing.EXPORTED
    )
    content = await asyncio.to_thread(listing.workbook, view.name, found.rows)
    name = f"{fold(view.name).replace(' ', '-')}.xlsx"
    return Response(content, media_type=XLSX, headers={"content-disposition": disposition(name)})


@post(f"{LIST}/viec", name="nominations.bulk", opt=OFFICER, include_in_schema=False)
async def bulk(request: AnyRequest, award_round_id: FromPath[UUID]) -> Response[Any]:
    """Say what a step will do to the chosen ones, then (with `confirmed`) do it."""
    actor = actor_of(request)
    form = await typed(request)
    await rounds.get_round(award_round_id, actor=actor)
    ticked = [str(value) for value in (await request.form()).getall("ids", [])]
    rows: list[Any] = []
    try:
        ids = [each for each in map(_uuid, ticked) if each]
        action = _action(form)
        rows = await handling.chosen(ids, actor=actor, round_id=award_round_id)
        if form.get("confirmed") != "1":
            return _confirm(request, award_round_id, action, rows, form)
        states = await handling.step(ids, action, actor=actor, note=form.get("note", ""))
    except InvalidInputError as error:
        if "note" in error.fields:
            return _confirm(request, award_round_id, _action(form), rows, form, error)
        return await _list_page(request, award_round_id, error)
    except ConflictError as error:
        return await _list_page(request, award_round_id, error)
    flash = f"{phrases.STEPS[action]}: {len(states)} đề nghị."
    return redirect(f"{ROUNDS}/{award_round_id}/de-nghi", flash=flash)


def _action(form: Mapping[str, str]) -> Action:
    wanted = form.get("step", "")
    if wanted not in {str(each) for each in handling.BULK}:
        raise InvalidInputError(fields={"step": "Chọn việc cần làm."})
    return Action(wanted)


def _confirm(
    request: AnyRequest, round_id: UUID, action: Action, rows: list[Any],
    form: Mapping[str, str], error: InvalidInputError | None = None,
) -> Response[str]:  # fmt: skip
    ready = handling.able(rows, action)
    return page(
        request, "nominations/bulk.html",
        status_code=error.status if error else 200,
        title=f"{phrases.STEPS[action]}: {len(ready)} đề nghị", step=str(action), rows=ready,
        left=[row for row in rows if row not in ready], words=WORDS,
        sentences=handling.consequence(action, ready) if ready else [],
        needs_note=action in handling.NEEDS_NOTE, note=form.get("note", ""),
        action=f"{ROUNDS}/{round_id}/de-nghi/viec", back=f"{ROUNDS}/{round_id}/de-nghi",
        errors=error.fields if error else {},
    )  # fmt: skip


@get(f"{ONE}/buoc", name="nominations.step_page", opt=OFFICER, include_in_schema=False)
async def step_page(
    request: AnyRequest, nomination_id: FromPath[UUID], buoc: FromQuery[str] = ""
) -> Response[Any]:
    """Say what a step does to one nomination."""
    rows = await handling.chosen([nomination_id], actor=actor_of(request))
    wanted = [action for action in handling.BULK if action == buoc]
    if not wanted or not handling.able(rows, wanted[0]):
        return redirect(address(nomination_id))
    return _step_page(request, rows[0], wanted[0], "", None)


def _step_page(
    request: AnyRequest, row: Any, action: Action, note: str, error: InvalidInputError | None
) -> Response[str]:
    needed = action in handling.NEEDS_NOTE
    return page(
        request, "confirm.html", status_code=error.status if error else 200,
        title=f"{phrases.STEPS[action]}: {row.subject_name}",
        sentences=handling.consequence(action, [row]), action=f"{address(row.id)}/buoc",
        button=phrases.STEPS[action], back=address(row.id), hidden={"step": str(action)},
        note_field="Lý do" if needed else "Ghi chú (nếu cần)", note=note, note_required=needed,
        danger=action is Action.REJECT, errors=error.fields if error else {},
    )  # fmt: skip


@post(f"{ONE}/buoc", name="nominations.step", opt=OFFICER, include_in_schema=False)
async def step(request: AnyRequest, nomination_id: FromPath[UUID]) -> Response[Any]:
    """Take one nomination one step further."""
    actor = actor_of(request)
    form = await typed(request)
    rows = await handling.chosen([nomination_id], actor=actor)
    action, note = _action(form), form.get("note", "")
    try:
        await handling.step([nomination_id], action, actor=actor, note=note)
    except InvalidInputError as error:
        return _step_page(request, rows[0], action, note, error)
    except ConflictError as error:
        return redirect(address(nomination_id), flash=error.detail, kind="danger")
    return redirect(address(nomination_id), flash=f"{phrases.STEPS[action]}: đã xong.")


@get(f"{ONE}/tra-lai", name="nominations.return_page", opt=OFFICER, include_in_schema=False)
async def return_page(request: AnyRequest, nomination_id: FromPath[UUID]) -> Response[str]:
    """Choose which parts go back, why, and until when."""
    return await _return_page(request, nomination_id, {}, None)


async def _return_page(
    request: AnyRequest, nomination_id: UUID, form: Mapping[str, str], error: Error | None
) -> Response[str]:
    rows = await handling.chosen([nomination_id], actor=actor_of(request))
    return page(
        request, "nominations/return.html", status_code=error.status if error else 200,
        row=rows[0], forms=parts.parts_for(rows[0].subject_kind), form=form,
        errors=error.fields if error else {}, detail=error.detail if error else "",
    )  # fmt: skip


@post(f"{ONE}/tra-lai", name="nominations.return", opt=OFFICER, include_in_schema=False)
async def return_parts(request: AnyRequest, nomination_id: FromPath[UUID]) -> Response[Any]:
    """Give parts back."""
    form = await typed(request)
    try:
        given: dict[str, tuple[str, datetime | None]] = {
            key: (
                form.get(f"reason.{key}", ""),
                end_of_day(form.get(f"due.{key}", ""), f"due.{key}"),
            )
            for key in (name.removeprefix("back.") for name in form if name.startswith("back."))
        }
        await handling.return_parts(nomination_id, given=given, actor=actor_of(request))
    except (InvalidInputError, ConflictError) as error:
        return await _return_page(request, nomination_id, form, error)
    return redirect(address(nomination_id), flash="Đã trả lại cho đơn vị bổ sung.")


@get(f"{ONE}/tham-dinh", name="nominations.appraise_page", opt=OFFICER, include_in_schema=False)
async def appraise_page(request: AnyRequest, nomination_id: FromPath[UUID]) -> Response[str]:
    """Write an opinion."""
    return await _appraise_page(request, nomination_id, {}, None)


async def _appraise_page(
    request: AnyRequest, nomination_id: UUID, form: Mapping[str, str], error: Error | None
) -> Response[str]:
    row = (await handling.chosen([nomination_id], actor=actor_of(request)))[0]
    edition = await movements.get_edition(row.edition_id)
    rungs = offers.offers(edition, row.occasion, row.subject_kind)
    return page(
        request, "nominations/appraise.html", status_code=error.status if error else 200,
        row=row, form=form, recommendations=phrases.RECOMMENDATIONS.items(),
        lower=[("", "Chọn hình thức"), *((each.award, each.award) for each in rungs
                                         if each.award != row.award)],
        errors=error.fields if error else {}, detail=error.detail if error else "",
    )  # fmt: skip


@post(f"{ONE}/tham-dinh", name="nominations.appraise", opt=OFFICER, include_in_schema=False)
async def appraise(request: AnyRequest, nomination_id: FromPath[UUID]) -> Response[Any]:
    """Keep an opinion."""
    form = await typed(request)
    try:
        await handling.appraise(
            [nomination_id], recommendation=form.get("recommendation", ""),
            opinion=form.get("opinion", ""), lower_award=form.get("lower_award", ""),
            actor=actor_of(request),
        )  # fmt: skip
    except (InvalidInputError, ConflictError) as error:
        return await _appraise_page(request, nomination_id, form, error)
    return redirect(address(nomination_id), flash="Đã ghi ý kiến thẩm định.")


@post(f"{ONE}/ha-muc", name="nominations.lower", opt=OFFICER, include_in_schema=False)
async def lower(request: AnyRequest, nomination_id: FromPath[UUID]) -> Response[Any]:
    """Change the award to the lower one that the council agreed to."""
    form = await typed(request)
    try:
        await lowering.lower(nomination_id, form.get("rung", ""), actor=actor_of(request))
    except (InvalidInputError, ConflictError) as error:
        return await nomination_page(
            request, nomination_id, "", status_code=error.status,
            errors=error.fields or {"rung": error.detail},
        )  # fmt: skip
    return redirect(address(nomination_id), flash=phrases.LOWERED_NOW)


route_handlers: list[Any] = [
    list_of_round, export, bulk, step_page, step, return_page, return_parts, appraise_page,
    appraise, lower,
]  # fmt: skip
