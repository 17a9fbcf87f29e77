"""Pages: who a member is in the register; the end of a council."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from litestar import Request, get, post
from litestar.params import FromPath
from litestar.response import Response

from core.accounts.guards import actor_of
from core.councils import composing, phrases
from core.councils.forms import MANAGE, uuid_of, word
from core.errors import InvalidInputError
from core.kit.templates import page, redirect

AnyRequest = Request[Any, Any, Any]
MEMBER = "/hoi-dong/{council_id:uuid}/thanh-vien/{member_id:uuid}/nhan-su"


@get(MEMBER, name="councils.member_person", opt=MANAGE, include_in_schema=False)
async def show_person(
    request: AnyRequest, council_id: FromPath[UUID], member_id: FromPath[UUID]
) -> Response[str]:
    """Show who a member is in the register, and who it could be (`?tim=`)."""
    return await _page(request, council_id, member_id, request.query_params.get("tim", ""))


@post(MEMBER, name="councils.tie_member", opt=MANAGE, include_in_schema=False)
async def tie(
    request: AnyRequest, council_id: FromPath[UUID], member_id: FromPath[UUID]
) -> Response[Any]:
    """Write who a member is; an empty choice takes the tie away."""
    form = await request.form()
    chosen = word(form, "person_id")
    person_id = uuid_of(chosen)
    try:
        if chosen != "none" and person_id is None:
            raise InvalidInputError(fields={"person_id": phrases.NO_PERSON})
        await composing.tie_member(council_id, member_id, person_id, actor=actor_of(request))
    except InvalidInputError as error:
        return await _page(request, council_id, member_id, word(form, "tim"), error)
    return redirect(f"/hoi-dong/{council_id}", flash=phrases.TIED)


async def _page(
    request: AnyRequest, council_id: UUID, member_id: UUID, search: str,
    error: InvalidInputError | None = None,
) -> Response[str]:  # fmt: skip
    found = await composing.get_member(
        council_id, member_id, search=search, actor=actor_of(request)
    )
    return page(
        request, "councils/person.html", status_code=error.status if error else 200, found=found,
        errors=error.fields if error else {}, detail=error.detail if error else "",
    )  # fmt: skip


route_handlers: list[Any] = [show_person, tie]
