"""The page of the plan in words, for everybody; the department's own values are marked."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from litestar import Request, get
from litestar.params import FromQuery
from litestar.response import Response

from core.accounts.guards import actor_of
from core.kit import clock
from core.kit.templates import page
from core.movements import draft, phrases, service
from core.movements.difference import target_words
from core.movements.resolved import day_sources, is_own
from core.plugin.api import SubjectKind

AnyRequest = Request[Any, Any, Any]


@get("/phong-trao", name="movements.plan", opt={"access": "signed_in"}, include_in_schema=False)
async def show_plan(request: AnyRequest, ban: FromQuery[UUID | None] = None) -> Response[str]:
    """Show the plan in words: the edition in force, or an older one."""
    actor = actor_of(request)
    editions = await service.list_editions()
    current = service.in_force(editions, clock.today())
    chosen = ban or (current.id if current else None)
    edition = await service.get_edition(chosen) if chosen else None
    content = edition.content if edition else None
    return page(
        request,
        "movements/plan.html",
        edition=edition,
        current=current,
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
        is_own=is_own,
        own_standards=edition.values.standards if edition else (),
        day_sources=day_sources(edition.plan, edition.values) if edition else {},
        reads_draft=await draft.may_read(actor),
    )


route_handlers = [show_plan]
