"""The member's pages: own meetings, and one meeting on the phone."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from litestar import Request, get, post
from litestar.params import FromPath
from litestar.response import Response

from core.accounts.guards import actor_of
from core.councils import interests, phrases, voting
from core.councils.forms import uuid_of, word
from core.councils.service import list_my_meetings
from core.errors import ConflictError, InvalidInputError, ThiduaError
from core.kit.templates import page, redirect

AnyRequest = Request[Any, Any, Any]
SIGNED_IN = {"access": "signed_in"}
CHOICE = "choice-"
REFUSED = (InvalidInputError, ConflictError)


@get("/hop", name="councils.mine", opt=SIGNED_IN, include_in_schema=False)
async def mine(request: AnyRequest) -> Response[str]:
    """Show the meetings in which this person sits."""
    rows = await list_my_meetings(actor=actor_of(request))
    return page(request, "councils/mine.html", rows=rows, words=phrases)


@get("/hop/{meeting_id:uuid}", name="councils.sit", opt=SIGNED_IN, include_in_schema=False)
async def sit(request: AnyRequest, meeting_id: FromPath[UUID]) -> Response[str]:
    """Show a meeting to somebody who votes in it."""
    return await _sit(request, meeting_id)


@post("/hop/{meeting_id:uuid}", name="councils.cast", opt=SIGNED_IN, include_in_schema=False)
async def cast(request: AnyRequest, meeting_id: FromPath[UUID]) -> Response[Any]:
    """Take the votes; the answer is the same whatever was chosen."""
    form = await request.form()
    choices = {
        case_id: choice
        for name, choice in form.multi_items()
        if name.startswith(CHOICE) and isinstance(choice, str)
        if (case_id := uuid_of(name.removeprefix(CHOICE)))
    }
    try:
        await voting.cast(meeting_id, choices, actor=actor_of(request))
    except REFUSED as error:
        return await _sit(request, meeting_id, error, choices)
    return redirect(f"/hop/{meeting_id}", flash=phrases.CAST)


@post("/hop/{meeting_id:uuid}/khai-bao", name="councils.declare_own", opt=SIGNED_IN,
      include_in_schema=False)  # fmt: skip
async def declare(request: AnyRequest, meeting_id: FromPath[UUID]) -> Response[Any]:
    """Declare an interest of one's own."""
    form, actor = await request.form(), actor_of(request)
    case_id = uuid_of(word(form, "case_id"))
    try:
        if case_id is None:
            raise InvalidInputError(fields={"case_id": phrases.NO_CASE})
        await interests.declare(
            meeting_id, case_id, None, word(form, "kind"), word(form, "reason"), actor=actor
        )
    except REFUSED as error:
        return await _sit(request, meeting_id, error, declared=form)
    return redirect(f"/hop/{meeting_id}", flash=phrases.DECLARED)


async def _sit(
    request: AnyRequest,
    meeting_id: UUID,
    error: ThiduaError | None = None,
    choices: dict[UUID, str] | None = None,
    declared: Any = None,
) -> Response[str]:
    found = await voting.my_meeting(meeting_id, actor=actor_of(request))
    return page(
        request, "councils/sit.html", status_code=error.status if error else 200, found=found,
        head=found.head, choices=choices or {}, form=declared or {},
        errors=error.fields if error else {}, detail=error.detail if error else "",
        kinds=interests.DECLARED, words=phrases,
    )  # fmt: skip


route_handlers = [mine, sit, cast, declare]
