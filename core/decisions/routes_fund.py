"""Pages of a round's fund."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from litestar import get, post
from litestar.params import FromPath
from litestar.response import Response

from core.accounts.guards import actor_of
from core.decisions import fund, phrases, typed
from core.decisions.routes import READERS, REFUSED, AnyRequest
from core.errors import ThiduaError
from core.kit import clock
from core.kit.templates import page, redirect

FUND = "/quy-khen-thuong/{award_round_id:uuid}"


@get(FUND, name="decisions.fund", opt=READERS, include_in_schema=False)
async def show_fund(request: AnyRequest, award_round_id: FromPath[UUID]) -> Response[str]:
    """Show the fund of a round: its sums and its lines."""
    return await _page(request, award_round_id)


@post(FUND, name="decisions.fund_add", opt=READERS, include_in_schema=False)
async def add(request: AnyRequest, award_round_id: FromPath[UUID]) -> Response[Any]:
    """Write an allocation or a correction."""
    actor, form = actor_of(request), await request.form()
    try:
        await fund.add(
            award_round_id,
            kind=typed.text(form, "kind"),
            amount=typed.amount(form, "amount"),
            entered_on=typed.day(form, "entered_on"),
            basis=typed.text(form, "basis"),
            accept_short=typed.text(form, "accept_short") == "1",
            actor=actor,
        )
    except REFUSED as error:
        names = ("kind", "amount", "entered_on", "basis")
        return await _page(
            request, award_round_id, error, {name: typed.text(form, name) for name in names}
        )
    return redirect(f"/quy-khen-thuong/{award_round_id}", flash=phrases.FUND_SAVED)


async def _page(
    request: AnyRequest,
    round_id: UUID,
    error: ThiduaError | None = None,
    again: dict[str, str] | None = None,
) -> Response[str]:
    after = typed.uuids([request.query_params.get("sau", "")])
    view = await fund.get_fund(round_id, actor=actor_of(request), after=after[0] if after else None)
    return page(
        request,
        "decisions/fund.html",
        status_code=error.status if error else 200,
        view=view,
        again=again or {"kind": "allocation", "entered_on": clock.today().isoformat()},
        errors=error.fields if error else {},
        detail=error.detail if error else "",
        more=f"/quy-khen-thuong/{round_id}?sau={view.after}" if view.after else "",
        words=phrases,
    )


route_handlers = [show_fund, add]
