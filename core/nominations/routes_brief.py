"""Pages for the council and for who looks for candidates: one-page briefs, suggestions."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from litestar import get, post
from litestar.params import FromPath, FromQuery
from litestar.response import Response

from core.accounts.guards import actor_of
from core.kit.templates import page, redirect
from core.nominations import phrases, proposing, rounds, suggesting
from core.nominations.brief import get_brief
from core.nominations.routes_nomination import ONE, address
from core.nominations.routes_rounds import ROUNDS, SEEN
from core.reports.form_input import AnyRequest, typed


@get(
    f"{ONE}/tom-tat", name="nominations.brief",
    opt={"access": "signed_in"}, include_in_schema=False,
)  # fmt: skip
async def show_brief(request: AnyRequest, nomination_id: FromPath[UUID]) -> Response[str]:
    """Show one page on a candidate."""
    brief = await get_brief(nomination_id, actor=actor_of(request))
    return page(
        request, "nominations/brief.html", brief=brief, occasions=phrases.OCCASIONS,
        recommendations=phrases.RECOMMENDATIONS,
        back=address(nomination_id) if brief.may_open else "/hop",
    )  # fmt: skip


@get(
    f"{ROUNDS}/{{award_round_id:uuid}}/goi-y", name="nominations.suggestions", opt=SEEN,
    include_in_schema=False,
)  # fmt: skip
async def show_suggestions(
    request: AnyRequest, award_round_id: FromPath[UUID], loai: FromQuery[str] = "individual"
) -> Response[str]:
    """Show who could be proposed, and why."""
    actor = actor_of(request)
    kind = "collective" if loai == "collective" else "individual"
    return page(
        request, "nominations/suggestions.html",
        round=await rounds.get_round(award_round_id, actor=actor), kind=kind,
        rows=await suggesting.suggestions(award_round_id, kind, actor=actor),
    )  # fmt: skip


@post(
    f"{ROUNDS}/{{award_round_id:uuid}}/goi-y", name="nominations.take_suggestion", opt=SEEN,
    include_in_schema=False,
)  # fmt: skip
async def take_suggestion(request: AnyRequest, award_round_id: FromPath[UUID]) -> Response[Any]:
    """Lead to the choice of the award with this name looked up."""
    form = await typed(request)
    list_id = await proposing.begin_list(award_round_id, actor=actor_of(request))
    query = urlencode({"loai": form.get("kind", ""), "tim": form.get("search", "")})
    return redirect(f"/khen-thuong/danh-sach/{list_id}/them?{query}")


route_handlers: list[Any] = [show_brief, show_suggestions, take_suggestion]
