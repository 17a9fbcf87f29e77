"""Pages of the tree of units: for everybody to read, for the administrator with its editor."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from litestar import Request, get
from litestar.params import FromPath, FromQuery
from litestar.response import Response

from core.accounts.guards import actor_of
from core.accounts.responsible import people_in_charge
from core.accounts.schemas import Role
from core.kit.templates import page
from core.movements import service as movements
from core.movements.phrases import REPORT_KINDS
from core.organisation import (
    blocks,
    change_forms,
    choosing,
    lineage,
    phrases,
    planned,
    routes_blocks,
    routes_people,
    routes_tree,
    service,
)
from core.organisation.people import REGISTRARS, require_any
from core.organisation.schemas import UnitView

AnyRequest = Request[Any, Any, Any]
SIGNED_IN = {"access": "signed_in"}
TREE = "/don-vi"


@get(TREE, name="organisation.list", opt=SIGNED_IN, include_in_schema=False)
async def list_units(
    request: AnyRequest,
    tim: FromQuery[str] = "",
    loai: FromQuery[str] = "",
    khoi: FromQuery[UUID | None] = None,
    tu: FromQuery[UUID | None] = None,
    sau: FromQuery[UUID | None] = None,
) -> Response[str]:
    """Show the tree of the person's branches, or what a search finds in it."""
    query = {"tim": tim, "loai": loai, "khoi": khoi, "tu": tu, "sau": sau}
    return await _listing(request, TREE, query)


@get(routes_tree.TREE, name="organisation.editor", opt=routes_tree.ADMIN, include_in_schema=False)
async def editor(
    request: AnyRequest,
    tim: FromQuery[str] = "",
    loai: FromQuery[str] = "",
    khoi: FromQuery[UUID | None] = None,
    ngung: FromQuery[str] = "",
    tu: FromQuery[UUID | None] = None,
    sau: FromQuery[UUID | None] = None,
) -> Response[str]:
    """Show the tree with the ways to change it; `ngung=1` lists the closed units."""
    require_any(actor_of(request), (Role.TENANT_ADMIN,))
    query = {"tim": tim, "loai": loai, "khoi": khoi, "ngung": ngung, "tu": tu, "sau": sau}
    return await _listing(request, routes_tree.TREE, query)


async def _listing(request: AnyRequest, address: str, query: dict[str, Any]) -> Response[str]:
    """Show what a search finds, the whole tree where it is small, or one branch of a large one."""
    actor = actor_of(request)
    closed = query.get("ngung") == "1"
    searched = bool(query["tim"].strip() or query["loai"] or query["khoi"] or closed)
    after, below, above = None, {}, []
    units: list[UnitView] = []
    if searched:
        found = await service.list_units(
            actor=actor,
            search=query["tim"],
            kind=query["loai"],
            block_id=query["khoi"],
            closed=closed,
            after=query["sau"],
        )
        units, after = found.rows, found.after
    elif query["tu"] is None and query["sau"] is None:
        units = await choosing.choices(actor=actor)
    is_tree = bool(units) and not searched
    if not units and not searched:
        branch = await service.branch(query["tu"], actor=actor, after=query["sau"])
        units, after, below = branch.rows, branch.after, branch.below
        above = [*await service.ancestors(branch.parent), branch.parent]
    kept = {key: value for key, value in query.items() if value and key != "sau"}
    return page(
        request,
        "organisation/units.html",
        address=address,
        units=units,
        above=above,
        below=below,
        top=min((unit.depth for unit in units), default=0),
        people=await people_in_charge([unit.id for unit in units]),
        query={**query, "khoi": str(query["khoi"] or "")},
        closed=closed,
        kinds=phrases.KINDS,
        blocks=await blocks.block_names(),
        is_tree=is_tree,
        is_editor=address == routes_tree.TREE,
        more=f"{address}?{urlencode({**kept, 'sau': after})}" if after else "",
    )


@get("/don-vi/{unit_id:uuid}", name="organisation.unit", opt=SIGNED_IN, include_in_schema=False)
async def show_unit(
    request: AnyRequest, unit_id: FromPath[UUID], sau: FromQuery[UUID | None] = None
) -> Response[str]:
    """Show one unit: what it is, who is responsible, what stands under it, what became of it."""
    actor = actor_of(request)
    branch = await service.branch(unit_id, actor=actor, after=sau, limit=50)
    unit = branch.parent
    return page(
        request,
        "organisation/unit.html",
        unit=unit,
        above=await service.ancestors(unit),
        below=branch.rows,
        more=f"/don-vi/{unit_id}?sau={branch.after}" if branch.after else "",
        people=await people_in_charge([unit.id, *(each.id for each in branch.rows)]),
        kinds=phrases.KINDS,
        history=await lineage.history(unit_id, actor=actor),
        change_names=phrases.CHANGE_NAMES,
        waiting=await planned.waiting_for(unit_id, actor=actor),
        acts=change_forms.ACTS,
        is_admin=actor.can(Role.TENANT_ADMIN, unit.path),
        sees_people=actor.can(REGISTRARS, unit.path),
        blocks=await blocks.blocks_of(unit_id),
        filings=await movements.filings_of(unit_id),
        report_kinds=REPORT_KINDS,
    )


route_handlers = [
    list_units,
    editor,
    show_unit,
    *routes_tree.route_handlers,
    *routes_blocks.route_handlers,
    *routes_people.route_handlers,
]
