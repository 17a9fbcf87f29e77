"""Pages of the tree of units."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from litestar import Request, get
from litestar.params import FromPath, FromQuery
from litestar.response import Response

from core.accounts.guards import actor_of
from core.accounts.responsible import people_in_charge
from core.kit.templates import page
from core.organisation import phrases, service

AnyRequest = Request[Any, Any, Any]
SIGNED_IN = {"access": "signed_in"}


@get("/don-vi", name="organisation.list", opt=SIGNED_IN, include_in_schema=False)
async def list_units(
    request: AnyRequest,
    tim: FromQuery[str] = "",
    loai: FromQuery[str] = "",
    sau: FromQuery[UUID | None] = None,
) -> Response[str]:
    """Show the tree of the person's branches, or what a search finds in it."""
    actor = actor_of(request)
    after = None
    if tim.strip() or loai:
        found = await service.list_units(actor=actor, search=tim, kind=loai, after=sau)
        units, after = found.rows, found.after
    else:
        units = await service.unit_tree(actor=actor)
    query = urlencode({"tim": tim, "loai": loai, "sau": after}) if after else ""
    return page(
        request,
        "organisation/units.html",
        units=units,
        top=min((unit.depth for unit in units), default=0),
        people=await people_in_charge([unit.id for unit in units]),
        search=tim,
        kind=loai,
        kinds=phrases.KINDS,
        is_tree=not (tim.strip() or loai),
        more=f"/don-vi?{query}" if query else "",
    )


@get("/don-vi/{unit_id:uuid}", name="organisation.unit", opt=SIGNED_IN, include_in_schema=False)
async def show_unit(request: AnyRequest, unit_id: FromPath[UUID]) -> Response[str]:
    """Show one unit: what it is, who is responsible, what stands under it."""
    actor = actor_of(request)
    unit = await service.get_unit(unit_id, actor=actor)
    below = await service.children(unit_id, actor=actor)
    return page(
        request,
        "organisation/unit.html",
        unit=unit,
        above=await service.ancestors(unit),
        below=below,
        people=await people_in_charge([unit.id, *(each.id for each in below)]),
        kinds=phrases.KINDS,
    )


route_handlers = [list_units, show_unit]
