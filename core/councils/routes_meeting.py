"""The secretary's pages of a meeting: the list, who takes part, ballots, the end."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID

from litestar import Request, get, post
from litestar.datastructures import FormMultiDict
from litestar.params import FromPath
from litestar.response import Response

from core.accounts.guards import actor_of
from core.accounts.schemas import Actor, Role
from core.councils import access, counting, finishing, meetings, phrases, voting
from core.councils.forms import MANAGE, READ, REFUSED, stored_file, uuids, whole, word
from core.councils.schemas import MeetingView, Opening, Presence
from core.errors import InvalidInputError, ThiduaError
from core.kit.templates import page, redirect
from core.law.awards import WORDS as AWARDS

AnyRequest = Request[Any, Any, Any]
MEETING = "/hoi-dong/hop/{meeting_id:uuid}"
FREE = "places-"
LOWER = [("", phrases.NO_LOWER_ASKED), *((str(kind), name) for kind, name in AWARDS.items())]


def back(meeting_id: UUID, flash: str, more: str = "") -> Response[Any]:
    """Return to the meeting's page."""
    return redirect(f"/hoi-dong/hop/{meeting_id}{more}", flash=flash)


@get(MEETING, name="councils.meeting", opt=READ, include_in_schema=False)
async def show_meeting(request: AnyRequest, meeting_id: FromPath[UUID]) -> Response[str]:
    """Show a meeting: what is next, the list of cases, progress without votes."""
    return await _meeting(request, meeting_id)


@post(f"{MEETING}/danh-sach", name="councils.add_cases", opt=MANAGE, include_in_schema=False)
async def add_cases(request: AnyRequest, meeting_id: FromPath[UUID]) -> Response[Any]:
    """Put nominations before the meeting."""
    ids = uuids(await request.form(), "nomination_ids")
    try:
        await meetings.add_cases(meeting_id, ids, actor=actor_of(request))
    except REFUSED as error:
        return await _meeting(request, meeting_id, error)
    return back(meeting_id, phrases.CASES_ADDED)


@post(f"{MEETING}/moi", name="councils.invite", opt=MANAGE, include_in_schema=False)
async def invite(request: AnyRequest, meeting_id: FromPath[UUID]) -> Response[Any]:
    """Send the invitations."""
    count = await meetings.invite(meeting_id, actor=actor_of(request))
    return back(meeting_id, phrases.INVITED.format(count=count))


@post(f"{MEETING}/bat-dau", name="councils.open_meeting", opt=MANAGE, include_in_schema=False)
async def open_meeting(request: AnyRequest, meeting_id: FromPath[UUID]) -> Response[Any]:
    """Begin the meeting."""
    try:
        await meetings.open_meeting(meeting_id, actor=actor_of(request))
    except REFUSED as error:
        return await _meeting(request, meeting_id, error)
    return back(meeting_id, phrases.MEETING_OPENED)


@post(f"{MEETING}/bo-phieu", name="councils.ballots", opt=MANAGE, include_in_schema=False)
async def ballots(request: AnyRequest, meeting_id: FromPath[UUID]) -> Response[Any]:
    """Open, close, continue or count the ticked cases."""
    form, actor = await request.form(), actor_of(request)
    step = STEPS.get(word(form, "step"))
    try:
        if step is None:
            raise InvalidInputError(phrases.UNKNOWN)
        flash = await step(meeting_id, form, actor)
    except REFUSED as error:
        return await _meeting(request, meeting_id, error, form)
    return back(meeting_id, flash)


async def _open(meeting_id: UUID, form: FormMultiDict, actor: Actor) -> str:
    opening = Opening(
        case_ids=uuids(form, "case_ids"), ballot=word(form, "ballot"),
        counting=word(form, "counting", "electronic"),
    )  # fmt: skip
    kind = word(form, "lower_kind")
    lower = (AWARDS[kind], kind) if kind in AWARDS else ("", "")  # type: ignore[index]
    await voting.open_ballots(meeting_id, opening, lower, actor=actor)
    return phrases.BALLOT_OPENED


async def _close(meeting_id: UUID, form: FormMultiDict, actor: Actor) -> str:
    await counting.close_ballots(meeting_id, uuids(form, "case_ids"), actor=actor)
    return phrases.BALLOT_CLOSED


async def _continue(meeting_id: UUID, form: FormMultiDict, actor: Actor) -> str:
    await counting.continue_ballots(meeting_id, uuids(form, "case_ids"), actor=actor)
    return phrases.BALLOT_CONTINUED


async def _seal(meeting_id: UUID, form: FormMultiDict, actor: Actor) -> str:
    await counting.seal_ballots(meeting_id, uuids(form, "case_ids"), actor=actor)
    return phrases.SEALED


Step = Callable[[UUID, FormMultiDict, Actor], Awaitable[str]]
STEPS: dict[str, Step] = {
    "open": _open, "close": _close, "continue": _continue, "seal": _seal,
}  # fmt: skip


@post(f"{MEETING}/ket-thuc", name="councils.finish", opt=MANAGE, include_in_schema=False)
async def finish(request: AnyRequest, meeting_id: FromPath[UUID]) -> Response[Any]:
    """End the meeting and move the nominations."""
    form = await request.form()
    try:
        await finishing.finish_meeting(
            meeting_id,
            discussion=word(form, "discussion"),
            places=_places(form),
            chosen=uuids(form, "chosen"),
            actor=actor_of(request),
        )
    except REFUSED as error:
        return await _meeting(request, meeting_id, error, form)
    return back(meeting_id, phrases.FINISHED)


def _places(form: FormMultiDict) -> dict[str, int]:
    return {
        name.removeprefix(FREE): whole(text, name)
        for name, text in form.multi_items()
        if name.startswith(FREE) and isinstance(text, str) and text.strip()
    }


async def _meeting(
    request: AnyRequest, meeting_id: UUID, error: ThiduaError | None = None, form: Any = None
) -> Response[str]:
    view = await meetings.get_meeting(meeting_id, actor=actor_of(request))
    is_open = view.may_manage and view.head.state != "closed"
    return page(
        request, "councils/meeting.html", status_code=error.status if error else 200,
        found=view, head=view.head, by_state=_by_state(view), rungs=_rungs(view),
        candidates=await meetings.candidates(view.head) if is_open else [], is_open=is_open,
        form=form or {}, errors=error.fields if error else {},
        detail=error.detail if error else "", awards=LOWER, words=phrases,
        chosen=error.extra.get("case_ids", []) if error else [],
        unsure=access.unconfirmed_of(view), unsure_on=access.law_day(view),
        may_confirm=actor_of(request).has(Role.TENANT_ADMIN),
    )  # fmt: skip


def _by_state(view: MeetingView) -> dict[str, int]:
    live = [case for case in view.cases if case.is_live or case.state == "sealed"]
    return {state: sum(case.state == state for case in live) for state in phrases.CASE_STATES}


def _rungs(view: MeetingView) -> list[tuple[str, str, int]]:
    """Return the rungs on which more than one case has passed: key, award, how many."""
    passed = [case for case in view.cases if case.state == "sealed" and case.outcome == "agreed"]
    found = {}
    for case in passed:
        count = sum(each.rung_key == case.rung_key for each in passed)
        found[case.rung_key] = (case.rung_key, case.award, count)
    return [each for each in found.values() if each[2] > 1]


@get(f"{MEETING}/thanh-phan", name="councils.seats", opt=READ, include_in_schema=False)
async def show_seats(request: AnyRequest, meeting_id: FromPath[UUID]) -> Response[str]:
    """Show who takes part, and how."""
    return await _seats(request, meeting_id)


@post(f"{MEETING}/thanh-phan", name="councils.save_seats", opt=MANAGE, include_in_schema=False)
async def save_seats(request: AnyRequest, meeting_id: FromPath[UUID]) -> Response[Any]:
    """Write the roll, with substitutes and their mandates."""
    form, actor = await request.form(), actor_of(request)
    view = await meetings.get_meeting(meeting_id, actor=actor)
    try:
        given = {
            seat.id: Presence(
                presence=word(form, f"presence-{seat.id}", seat.presence),
                substitute_name=word(form, f"name-{seat.id}"),
                substitute_title=word(form, f"title-{seat.id}"),
                substitute_username=word(form, f"username-{seat.id}").strip(),
                mandate_number=word(form, f"mandate-{seat.id}"),
                mandate_file_id=await stored_file(
                    form, actor, view.head.unit_id, f"file-{seat.id}"
                ),
            )
            for seat in view.seats
        }
        await meetings.set_presences(meeting_id, given, actor=actor)
    except REFUSED as error:
        return await _seats(request, meeting_id, error, form)
    return back(meeting_id, phrases.PRESENCE_SAVED)


async def _seats(
    request: AnyRequest, meeting_id: UUID, error: ThiduaError | None = None, form: Any = None
) -> Response[str]:
    view = await meetings.get_meeting(meeting_id, actor=actor_of(request))
    return page(
        request, "councils/seats.html", status_code=error.status if error else 200, found=view,
        head=view.head, may_edit=view.may_manage and view.head.state != "closed",
        form=form or {}, errors=error.fields if error else {},
        detail=error.detail if error else "", words=phrases,
    )  # fmt: skip


route_handlers = [
    show_meeting, add_cases, invite, open_meeting, ballots, finish, show_seats, save_seats,
]  # fmt: skip
