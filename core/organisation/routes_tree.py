"""Pages of the tree editor: the administrator adds, corrects and changes units."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from litestar import Request, get, post
from litestar.params import FromPath, FromQuery
from litestar.response import Response

from core.accounts.guards import actor_of
from core.accounts.schemas import Actor, Role
from core.errors import ConflictError, InvalidInputError, NotFoundError
from core.kit import clock
from core.kit.templates import page, redirect
from core.organisation import (
    change_forms,
    choosing,
    consequences,
    phrases,
    planned,
    restructuring,
    service,
)
from core.organisation.people import require_any
from core.organisation.schemas import NewUnit

AnyRequest = Request[Any, Any, Any]
ADMIN = {"access": [Role.TENANT_ADMIN.value]}
TREE = "/quan-tri/don-vi"
NOT_TYPED = ("step", "_csrf_token")
REFUSED = (InvalidInputError, ConflictError)


async def typed(request: AnyRequest) -> dict[str, str]:
    """Return the text fields of a form."""
    form: Mapping[str, Any] = await request.form()
    return {key: value for key, value in form.items() if isinstance(value, str)}


@get(f"{TREE}/them", name="organisation.add_page", opt=ADMIN, include_in_schema=False)
async def add_page(request: AnyRequest, cha: FromQuery[UUID | None] = None) -> Response[str]:
    """Show the form of a new unit."""
    return await _add_form(request, {"parent_id": str(cha or "")}, None)


@post(f"{TREE}/them", name="organisation.add", opt=ADMIN, include_in_schema=False)
async def add(request: AnyRequest) -> Response[Any]:
    """Add a unit."""
    actor, form = actor_of(request), await typed(request)
    try:
        parent_id = await choosing.chosen(
            form.get("parent_id", ""), field="parent_id", missing=phrases.NO_PARENT, actor=actor
        )
        unit = await service.add_unit(
            NewUnit(
                code=service.clean(form.get("code", "")),
                name=form.get("name", ""),
                short_name=form.get("short_name", ""),
                kind=form.get("kind", ""),
                level="subunit" if form.get("kind") == "subunit" else "unit",
                parent_code=(await service.get_unit(parent_id, actor=actor)).code,
                owes_reports=form.get("owes_reports") == "1",
                has_legal_personality=form.get("has_legal_personality") == "1",
                place=form.get("place", ""),
            ),
            actor=actor,
        )
    except (InvalidInputError, NotFoundError) as error:
        return await _add_form(request, form, error)
    return redirect(f"/don-vi/{unit.id}", flash=phrases.ADDED.format(name=unit.name))


async def _add_form(
    request: AnyRequest, form: Mapping[str, str], error: InvalidInputError | NotFoundError | None
) -> Response[str]:
    require_any(actor_of(request), (Role.TENANT_ADMIN,))
    return page(
        request,
        "organisation/add.html",
        status_code=error.status if error else 200,
        form=form,
        errors=error.fields if error else {},
        detail=error.detail if error else "",
        units=await choosing.choices(actor=actor_of(request)),
        kinds=phrases.KINDS,
    )


@get(
    f"{TREE}/{{unit_id:uuid}}/thong-tin",
    name="organisation.details_page",
    opt=ADMIN,
    include_in_schema=False,
)
async def details_page(request: AnyRequest, unit_id: FromPath[UUID]) -> Response[str]:
    """Show the form of what is no question of lineage."""
    return await _details_form(request, unit_id, None, None)


@post(
    f"{TREE}/{{unit_id:uuid}}/thong-tin",
    name="organisation.details",
    opt=ADMIN,
    include_in_schema=False,
)
async def details(request: AnyRequest, unit_id: FromPath[UUID]) -> Response[Any]:
    """Save kind, level, notation, place, whether it reports and is a legal person."""
    form = await typed(request)
    values = {
        "kind": form.get("kind", ""),
        "level": form.get("level", ""),
        "notation": service.clean(form.get("notation", "")),
        "place": service.clean(form.get("place", "")),
        "owes_reports": form.get("owes_reports") == "1",
        "has_legal_personality": form.get("has_legal_personality") == "1",
    }
    try:
        await restructuring.set_details(unit_id, values, actor=actor_of(request))
    except REFUSED as error:
        return await _details_form(request, unit_id, form, error)
    return redirect(f"/don-vi/{unit_id}", flash=phrases.SAVED)


async def _details_form(
    request: AnyRequest,
    unit_id: UUID,
    form: Mapping[str, str] | None,
    error: InvalidInputError | ConflictError | None,
) -> Response[str]:
    actor = actor_of(request)
    unit = await service.get_unit(unit_id, actor=actor)
    actor.require(Role.TENANT_ADMIN, unit.path)
    shown = form if form is not None else {
        "kind": unit.kind,
        "level": unit.level,
        "notation": unit.notation,
        "place": unit.place,
        "owes_reports": "1" if unit.owes_reports else "",
        "has_legal_personality": "1" if unit.has_legal_personality else "",
    }  # fmt: skip
    return page(
        request,
        "organisation/details.html",
        status_code=error.status if error else 200,
        unit=unit,
        form=shown,
        errors=error.fields if error else {},
        detail=error.detail if error else "",
        kinds=phrases.KINDS,
        levels=phrases.LEVELS,
    )


@get(
    f"{TREE}/{{unit_id:uuid}}/doi/{{act:str}}",
    name="organisation.change_page",
    opt=ADMIN,
    include_in_schema=False,
)
async def change_page(
    request: AnyRequest, unit_id: FromPath[UUID], act: FromPath[str]
) -> Response[str]:
    """Show the form of one change of the tree."""
    return await _change_form(request, unit_id, act, {}, None)


@post(
    f"{TREE}/{{unit_id:uuid}}/doi/{{act:str}}",
    name="organisation.change",
    opt=ADMIN,
    include_in_schema=False,
)
async def change(request: AnyRequest, unit_id: FromPath[UUID], act: FromPath[str]) -> Response[Any]:
    """Rehearse a change and say what it will do; do it when that was confirmed."""
    actor, form = actor_of(request), await typed(request)
    kind = _kind(act)
    unit = await service.get_unit(unit_id, actor=actor)
    actor.require(Role.TENANT_ADMIN, unit.path)
    if form.get("step") == "sua":
        return await _change_form(request, unit_id, act, form, None)
    try:
        order = await change_forms.order_of(kind, unit_id, form, actor=actor)
        if form.get("step") != "lam":
            return page(
                request,
                "organisation/confirm.html",
                unit=unit,
                act=act,
                kind=kind,
                title=phrases.CHANGE_NAMES[kind],
                form={key: value for key, value in form.items() if key not in NOT_TYPED},
                order=order,
                ahead=planned.is_ahead(order),
                foreseen=await consequences.rehearse(order, actor=actor),
                outcomes=phrases.OUTCOMES,
            )
        shown, told = await planned.carry_out(order, actor=actor)
    except (*REFUSED, NotFoundError) as error:
        return await _change_form(request, unit_id, act, form, error)
    return redirect(f"/don-vi/{shown}", flash=told)


@post(
    f"{TREE}/cho-ngay/{{change_id:uuid}}/huy",
    name="organisation.change_cancel",
    opt=ADMIN,
    include_in_schema=False,
)
async def cancel_change(request: AnyRequest, change_id: FromPath[UUID]) -> Response[Any]:
    """Take back a change that waits for its day."""
    unit_id = await planned.cancel(change_id, actor=actor_of(request))
    return redirect(f"/don-vi/{unit_id}", flash=phrases.CHANGE_CANCELLED)


def _kind(act: str) -> str:
    kind = change_forms.ACTS.get(act)
    if kind is None:
        raise NotFoundError
    return kind


async def _change_form(
    request: AnyRequest,
    unit_id: UUID,
    act: str,
    form: Mapping[str, str],
    error: InvalidInputError | ConflictError | NotFoundError | None,
) -> Response[str]:
    actor, kind = actor_of(request), _kind(act)
    unit = await service.get_unit(unit_id, actor=actor)
    actor.require(Role.TENANT_ADMIN, unit.path)
    return page(
        request,
        "organisation/change.html",
        status_code=error.status if error else 200,
        unit=unit,
        above=await service.ancestors(unit),
        act=act,
        kind=kind,
        title=phrases.CHANGE_NAMES[kind],
        form={"effective_on": clock.today().isoformat(), **form},
        errors=error.fields if error else {},
        detail=error.detail if error else "",
        units=await _choices(actor, kind),
        max_parts=change_forms.MAX_PARTS,
    )


async def _choices(actor: Actor, kind: str) -> list[Any]:
    return await choosing.choices(actor=actor) if kind in ("move", "merge", "close") else []


route_handlers = [add_page, add, details_page, details, change_page, change, cancel_change]
