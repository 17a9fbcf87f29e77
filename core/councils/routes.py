"""Pages of councils: the list, one council with its members and meetings."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from litestar import Request, get, post
from litestar.params import FromPath
from litestar.response import Response

from core.accounts.guards import actor_of
from core.councils import (
    composing,
    meetings,
    phrases,
    routes_case,
    routes_composing,
    routes_meeting,
    routes_member,
    service,
)
from core.councils.forms import MANAGE, READ, REFUSED, stored_file, uuid_of, word
from core.councils.schemas import CouncilEnd, NewCouncil, NewMeeting, NewMember
from core.errors import InvalidInputError, ThiduaError
from core.kit.templates import page, redirect

AnyRequest = Request[Any, Any, Any]
LIST = "/hoi-dong"


@get(LIST, name="councils.list", opt=READ, include_in_schema=False)
async def show_list(request: AnyRequest) -> Response[str]:
    """Show the councils that this person reads."""
    return await _list(request)


@post(LIST, name="councils.create", opt=MANAGE, include_in_schema=False)
async def create(request: AnyRequest) -> Response[Any]:
    """Make a council by its decision."""
    actor, form = actor_of(request), await request.form()
    unit_id = uuid_of(word(form, "unit_id"))
    try:
        if unit_id is None:
            raise InvalidInputError(fields={"unit_id": phrases.NO_UNIT})
        new = NewCouncil(
            unit_id=unit_id, name=word(form, "name"),
            decision_number=word(form, "decision_number"),
            decision_date=word(form, "decision_date"),
            recusal_way=word(form, "recusal_way", "recuse"),
            decision_file_id=await stored_file(form, actor, unit_id),
        )  # fmt: skip
        council_id = await service.create_council(new, actor=actor)
    except REFUSED as error:
        return await _list(request, error, form)
    return redirect(f"{LIST}/{council_id}", flash=phrases.MADE)


async def _list(
    request: AnyRequest, error: ThiduaError | None = None, form: Any = None
) -> Response[str]:
    actor = actor_of(request)
    return page(
        request, "councils/list.html", status_code=error.status if error else 200,
        rows=await service.list_councils(actor=actor),
        units=await service.units_to_choose(actor=actor),
        form=form or {}, errors=error.fields if error else {},
        detail=error.detail if error else "", words=phrases,
    )  # fmt: skip


@get(f"{LIST}/{{council_id:uuid}}", name="councils.view", opt=READ, include_in_schema=False)
async def view(request: AnyRequest, council_id: FromPath[UUID]) -> Response[str]:
    """Show a council, its members and its meetings."""
    return await _view(request, council_id)


@post(f"{LIST}/{{council_id:uuid}}/thanh-vien", name="councils.add_member", opt=MANAGE,
      include_in_schema=False)  # fmt: skip
async def add_member(request: AnyRequest, council_id: FromPath[UUID]) -> Response[Any]:
    """Add a member."""
    form = await request.form()
    new = NewMember(
        full_name=word(form, "full_name"), job_title=word(form, "job_title"),
        role=word(form, "role", "member"), username=word(form, "username").strip(),
        is_voting=word(form, "not_voting") != "1",
    )  # fmt: skip
    try:
        await service.add_member(council_id, new, actor=actor_of(request))
    except REFUSED as error:
        return await _view(request, council_id, error, form)
    return redirect(f"{LIST}/{council_id}", flash=phrases.MEMBER_ADDED)


@post(f"{LIST}/{{council_id:uuid}}/thanh-vien/{{member_id:uuid}}/thoi",
      name="councils.end_member", opt=MANAGE, include_in_schema=False)  # fmt: skip
async def end_member(
    request: AnyRequest, council_id: FromPath[UUID], member_id: FromPath[UUID]
) -> Response[Any]:
    """Let a member leave."""
    await service.end_member(council_id, member_id, actor=actor_of(request))
    return redirect(f"{LIST}/{council_id}", flash=phrases.MEMBER_ENDED)


@post(f"{LIST}/{{council_id:uuid}}/hop", name="councils.plan_meeting", opt=MANAGE,
      include_in_schema=False)  # fmt: skip
async def plan_meeting(request: AnyRequest, council_id: FromPath[UUID]) -> Response[Any]:
    """Plan a meeting."""
    form = await request.form()
    new = NewMeeting(
        round_id=uuid_of(word(form, "round_id")), title=word(form, "title"),
        form=word(form, "form", "meeting"), starts_at=word(form, "starts_at"),
        place=word(form, "place"), agenda=word(form, "agenda"),
    )  # fmt: skip
    try:
        meeting_id = await meetings.create_meeting(council_id, new, actor=actor_of(request))
    except REFUSED as error:
        return await _view(request, council_id, error, form)
    return redirect(f"{LIST}/hop/{meeting_id}", flash=phrases.MEETING_MADE)


@post(f"{LIST}/{{council_id:uuid}}/thoi", name="councils.end", opt=MANAGE,
      include_in_schema=False)  # fmt: skip
async def end(request: AnyRequest, council_id: FromPath[UUID]) -> Response[Any]:
    """End a council by decision."""
    actor, form = actor_of(request), await request.form()
    try:
        found = (await service.get_council(council_id, actor=actor)).council
        given = CouncilEnd(
            decision_number=word(form, "end_number"), ended_on=word(form, "ended_on"),
            file_id=await stored_file(form, actor, found.unit_id, "end_file"),
        )  # fmt: skip
        await composing.end_council(council_id, given, actor=actor)
    except REFUSED as error:
        return await _view(request, council_id, error, form)
    return redirect(f"{LIST}/{council_id}", flash=phrases.COUNCIL_ENDED)


async def _view(
    request: AnyRequest, council_id: UUID, error: ThiduaError | None = None, form: Any = None
) -> Response[str]:
    found = await service.get_council(council_id, actor=actor_of(request))
    return page(
        request, "councils/council.html", status_code=error.status if error else 200,
        found=found, council=found.council,
        rounds=await meetings.rounds_to_choose(found.council.unit_id) if found.may_manage else [],
        form=form or {}, errors=error.fields if error else {},
        detail=error.detail if error else "", words=phrases,
    )  # fmt: skip


route_handlers = [
    show_list, create, view, add_member, end_member, plan_meeting,
    end, *routes_composing.route_handlers, *routes_meeting.route_handlers,
    *routes_case.route_handlers, *routes_member.route_handlers,
]  # fmt: skip
