"""Pages of what came back: changed checks and clashes; and all pages of the room."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from litestar import get, post
from litestar.params import FromQuery
from litestar.response import Response

from core.accounts.guards import actor_of
from core.eligibility import changes, phrases, routes_ratings, routes_registers, routes_subjects
from core.eligibility.routes_common import (
    CHANGE_READ,
    CHANGE_WRITE,
    CHANGES,
    CLASHES,
    AnyRequest,
    form_of,
)
from core.kit.templates import page, redirect


@get(CHANGES, name="eligibility.changes", opt=CHANGE_READ)
async def list_changes(
    request: AnyRequest, dot: FromQuery[UUID | None] = None, sau: FromQuery[UUID | None] = None
) -> Response[str]:
    """List the nominations whose check changed."""
    found = await changes.list_changes(actor=actor_of(request), round_id=dot, after=sau)
    return await _page(request, "eligibility/changes.html", CHANGES, found, dot)


@get(CLASHES, name="eligibility.clashes", opt=CHANGE_READ)
async def list_clashes(
    request: AnyRequest, dot: FromQuery[UUID | None] = None, sau: FromQuery[UUID | None] = None
) -> Response[str]:
    """List the nominations that clash with an award, a list or an initiative's use."""
    found = await changes.list_clashes(actor=actor_of(request), round_id=dot, after=sau)
    return await _page(request, "eligibility/clashes.html", CLASHES, found, dot)


@post(f"{CLASHES}/kiem-tra", name="eligibility.recheck", opt=CHANGE_WRITE)
async def recheck(request: AnyRequest) -> Response[Any]:
    """Let the nominations on their way be checked again."""
    form, _ = await form_of(request)
    try:
        round_id = UUID(form["dot"]) if form.get("dot") else None
    except ValueError:
        round_id = None
    await changes.ask_recheck(actor=actor_of(request), round_id=round_id)
    query = f"?dot={round_id}" if round_id else ""
    return redirect(f"{CLASHES}{query}", flash=phrases.RECHECK_ASKED)


async def _page(
    request: AnyRequest,
    template: str,
    address: str,
    found: changes.ChangePage,
    round_id: UUID | None,
) -> Response[str]:
    actor = actor_of(request)
    query = {"dot": round_id or "", "sau": found.after}
    return page(
        request,
        template,
        rows=found.rows,
        rounds=await changes.rounds(actor=actor),
        round_id=round_id,
        may_write=actor.has(changes.OFFICER),
        words=phrases,
        more=f"{address}?{urlencode(query)}" if found.after else "",
    )


route_handlers: list[Any] = [
    *routes_subjects.handlers,
    *routes_ratings.handlers,
    *routes_registers.handlers,
    list_changes,
    list_clashes,
    recheck,
]
