"""Pages of holds and of initiatives."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from litestar import get, post
from litestar.params import FromPath, FromQuery
from litestar.response import Response

from core.accounts.guards import actor_of
from core.eligibility import access, holds, initiatives, phrases
from core.eligibility.routes_common import (
    HOLD_READ,
    HOLDS,
    INITIATIVES,
    OFFICER,
    READ,
    REFUSED,
    WRITE,
    AnyRequest,
    Refusal,
    errors_of,
    form_of,
)
from core.kit import clock
from core.kit.templates import page, redirect
from core.organisation import choosing


@get(HOLDS, name="eligibility.holds", opt=HOLD_READ)
async def list_holds(
    request: AnyRequest,
    tim: FromQuery[str] = "",
    het: FromQuery[str] = "",
    sau: FromQuery[UUID | None] = None,
) -> Response[str]:
    """List the holds that last, or those that are over."""
    actor, over = actor_of(request), het == "1"
    found = await holds.list_holds(actor=actor, search=tim, over=over, after=sau)
    query = {"tim": tim, "het": het, "sau": found.after}
    return page(
        request,
        "eligibility/holds.html",
        rows=found.rows,
        search=tim,
        over=over,
        may_write=actor.has(access.OFFICER),
        words=phrases,
        more=f"{HOLDS}?{urlencode(query)}" if found.after else "",
    )


@get(f"{HOLDS}/{{hold_id:uuid}}", name="eligibility.hold_page", opt=HOLD_READ)
async def show_hold(request: AnyRequest, hold_id: FromPath[UUID]) -> Response[str]:
    """Show one hold, with the form that ends it."""
    return await _hold(request, hold_id, {}, None)


@post(f"{HOLDS}/{{hold_id:uuid}}/het", name="eligibility.hold_release", opt=OFFICER)
async def release(request: AnyRequest, hold_id: FromPath[UUID]) -> Response[Any]:
    """Write when a hold is over."""
    form, _ = await form_of(request)
    try:
        await holds.release_hold(hold_id, form, actor=actor_of(request))
    except REFUSED as error:
        return await _hold(request, hold_id, form, error)
    return redirect(f"{HOLDS}/{hold_id}", flash=phrases.HOLD_RELEASED)


async def _hold(
    request: AnyRequest, hold_id: UUID, form: Mapping[str, str], error: Refusal | None
) -> Response[str]:
    actor, today = actor_of(request), clock.today()
    hold = await holds.get_hold(hold_id, actor=actor)
    return page(
        request,
        "eligibility/hold.html",
        status_code=error.status if error else 200,
        hold=hold,
        lasts=hold.lasts(today),
        today=today,
        may_write=actor.can(access.OFFICER, hold.path),
        form=form,
        words=phrases,
        errors=errors_of(error),
        detail=error.detail if error else "",
    )


@get(INITIATIVES, name="eligibility.initiatives", opt=READ)
async def list_initiatives(
    request: AnyRequest,
    tim: FromQuery[str] = "",
    nam: FromQuery[str] = "",
    sau: FromQuery[UUID | None] = None,
) -> Response[str]:
    """List the register of initiatives."""
    actor = actor_of(request)
    year = int(nam) if len(nam) == 4 and nam.isdecimal() else None
    found = await initiatives.list_initiatives(actor=actor, search=tim, year=year, after=sau)
    query = {"tim": tim, "nam": nam, "sau": found.after}
    this_year = clock.today().year
    return page(
        request,
        "eligibility/initiatives.html",
        rows=found.rows,
        search=tim,
        year=year or "",
        years=range(this_year, this_year - 6, -1),
        may_write=actor.has(access.FACT_WRITERS),
        words=phrases,
        more=f"{INITIATIVES}?{urlencode(query)}" if found.after else "",
    )


@get(f"{INITIATIVES}/them", name="eligibility.initiative_new", opt=WRITE)
async def new_initiative(request: AnyRequest) -> Response[str]:
    """Show the form of a new initiative."""
    access.paths_of(actor_of(request), access.FACT_WRITERS)
    return await _initiative(request, None, {"year": str(clock.today().year)}, None)


@post(f"{INITIATIVES}/them", name="eligibility.initiative_add", opt=WRITE)
async def add_initiative(request: AnyRequest) -> Response[Any]:
    """Write a new initiative."""
    return await _save(request, None)


@get(f"{INITIATIVES}/{{initiative_id:uuid}}", name="eligibility.initiative", opt=READ)
async def show_initiative(request: AnyRequest, initiative_id: FromPath[UUID]) -> Response[str]:
    """Show an initiative with its authors and where it is used."""
    found = await initiatives.get_initiative(initiative_id, actor=actor_of(request))
    form = {
        "name": found.name,
        "unit_id": str(found.unit_id),
        "year": str(found.year),
        "level": found.level,
        "certificate_number": found.certificate_number,
        "certificate_date": f"{found.certificate_date or ''}",
        "issuer": found.issuer,
        "effect": found.effect,
        "authors": found.author_lines,
    }
    return await _initiative(request, initiative_id, form, None)


@post(f"{INITIATIVES}/{{initiative_id:uuid}}", name="eligibility.initiative_save", opt=WRITE)
async def save_initiative(request: AnyRequest, initiative_id: FromPath[UUID]) -> Response[Any]:
    """Write an initiative again."""
    return await _save(request, initiative_id)


async def _save(request: AnyRequest, initiative_id: UUID | None) -> Response[Any]:
    form, file = await form_of(request)
    try:
        saved = await initiatives.save_initiative(
            initiative_id, form, file=file, actor=actor_of(request)
        )
    except REFUSED as error:
        return await _initiative(request, initiative_id, form, error)
    flash = phrases.INITIATIVE_SAVED.format(name=form.get("name", "").strip())
    return redirect(f"{INITIATIVES}/{saved}", flash=flash)


async def _initiative(
    request: AnyRequest,
    initiative_id: UUID | None,
    form: Mapping[str, str],
    error: Refusal | None,
) -> Response[str]:
    actor = actor_of(request)
    found = await initiatives.get_initiative(initiative_id, actor=actor) if initiative_id else None
    return page(
        request,
        "eligibility/initiative.html",
        status_code=error.status if error else 200,
        initiative=found,
        uses=await initiatives.uses_of(initiative_id, actor=actor) if initiative_id else [],
        form=form,
        units=await choosing.choices(actor=actor),
        own_unit=actor.unit_id,
        may_write=actor.can(access.FACT_WRITERS, found.path)
        if found
        else actor.has(access.FACT_WRITERS),
        words=phrases,
        errors=errors_of(error),
        detail=error.detail if error else "",
    )


handlers: list[Any] = [
    list_holds, show_hold, release, list_initiatives, new_initiative, add_initiative,
    show_initiative, save_initiative,
]  # fmt: skip
