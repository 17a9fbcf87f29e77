"""Pages of the plan: in words for everybody, publishing for the department's side."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from litestar import Request, get, post
from litestar.params import FromQuery
from litestar.response import Response

from core.accounts.guards import actor_of
from core.errors import ConflictError
from core.kit import clock
from core.kit.i18n import vn_date
from core.kit.templates import page, redirect
from core.movements import phrases, service
from core.movements.difference import differences, target_words
from core.plugin.api import SubjectKind

AnyRequest = Request[Any, Any, Any]


@get("/phong-trao", name="movements.plan", opt={"access": "signed_in"}, include_in_schema=False)
async def show_plan(request: AnyRequest, ban: FromQuery[UUID | None] = None) -> Response[str]:
    """Show the plan in words: the edition in force, or an older one."""
    actor = actor_of(request)
    editions = await service.list_editions()
    chosen = ban or (editions[0].id if editions else None)
    edition = await service.get_edition(chosen) if chosen else None
    content = edition.content if edition else None
    return page(
        request,
        "movements/plan.html",
        edition=edition,
        editions=editions,
        content=content,
        criteria=[
            (phrases.SUBJECTS[kind.value], content.criteria_for(kind))
            for kind in SubjectKind
            if content.criteria_for(kind)
        ]
        if content
        else [],
        year=clock.today().year,
        words=phrases,
        target_words=target_words,
        may_publish=await service.may_publish(actor),
    )


@get(
    "/phong-trao/cong-bo",
    name="movements.preview",
    opt={"access": [role.value for role in service.PUBLISHERS]},
    include_in_schema=False,
)
async def preview(request: AnyRequest) -> Response[str]:
    """Show what a new edition would change, before it is published."""
    return await _preview(request, None, "")


@post(
    "/phong-trao/cong-bo",
    name="movements.publish",
    opt={"access": [role.value for role in service.PUBLISHERS]},
    include_in_schema=False,
)
async def publish(request: AnyRequest) -> Response[Any]:
    """Publish the next edition and show it."""
    actor = actor_of(request)
    reason = str((await request.form()).get("reason", ""))
    try:
        made = await service.publish_edition(actor=actor, reason=reason)
    except ConflictError as error:
        return await _preview(request, error, reason)
    return redirect(
        "/phong-trao",
        flash=phrases.PUBLISHED.format(number=made.number, day=vn_date(made.effective_from)),
    )


async def _preview(request: AnyRequest, error: ConflictError | None, reason: str) -> Response[str]:
    plan = await service.preview_edition(actor=actor_of(request))
    return page(
        request,
        "movements/publish.html",
        status_code=error.status if error else 200,
        is_first=plan.current is None,
        number=plan.number,
        changes=differences(plan.current.plan, plan.plan, plan.current.values, plan.values)
        if plan.current
        else [],
        is_same=plan.is_same,
        detail=error.detail if error else "",
        reason=reason,
    )


route_handlers = [show_plan, preview, publish]
