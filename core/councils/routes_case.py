"""The secretary's page of one case: interests and their effect, written opinions, slips, result."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from litestar import Request, get, post
from litestar.datastructures import FormMultiDict
from litestar.params import FromPath
from litestar.response import Response

from core.accounts.guards import actor_of
from core.accounts.schemas import Actor
from core.councils import counting, interests, meetings, phrases, voting
from core.councils.forms import MANAGE, READ, REFUSED, stored_file, uuid_of, uuids, whole, word
from core.councils.schemas import PaperCounts
from core.errors import InvalidInputError, NotFoundError, ThiduaError
from core.kit.templates import page, redirect
from core.law.votes import Counts

AnyRequest = Request[Any, Any, Any]
CASE = "/hoi-dong/hop/{meeting_id:uuid}/ho-so/{case_id:uuid}"
WAY = "way-"


@get(CASE, name="councils.case", opt=READ, include_in_schema=False)
async def show_case(
    request: AnyRequest, meeting_id: FromPath[UUID], case_id: FromPath[UUID]
) -> Response[str]:
    """Show one case."""
    return await _case(request, meeting_id, case_id)


@post(CASE, name="councils.act_on_case", opt=MANAGE, include_in_schema=False)
async def act(
    request: AnyRequest, meeting_id: FromPath[UUID], case_id: FromPath[UUID]
) -> Response[Any]:
    """Do one thing with a case (field `act`)."""
    form, actor = await request.form(), actor_of(request)
    view = await meetings.get_meeting(meeting_id, actor=actor)
    if case_id not in {case.id for case in view.cases}:
        raise NotFoundError
    try:
        flash = await _act(meeting_id, case_id, form, actor, view.head.unit_id)
    except REFUSED as error:
        return await _case(request, meeting_id, case_id, error, form)
    if word(form, "act") == "remove":
        return redirect(f"/hoi-dong/hop/{meeting_id}", flash=phrases.CONFLICT_SAVED)
    return redirect(f"/hoi-dong/hop/{meeting_id}/ho-so/{case_id}", flash=flash)


async def _act(
    meeting_id: UUID, case_id: UUID, form: FormMultiDict, actor: Actor, unit_id: UUID
) -> str:
    match word(form, "act"):
        case "interests":
            await interests.decide(meeting_id, _ways(form), actor=actor)
        case "declare":
            await interests.declare(
                meeting_id, case_id, uuid_of(word(form, "seat_id")) or case_id,
                word(form, "kind"), word(form, "reason"), actor=actor,
            )  # fmt: skip
        case "vote":
            await voting.record_vote(
                meeting_id, case_id, uuid_of(word(form, "seat_id")) or case_id,
                word(form, "choice"), note=word(form, "note"),
                scan_id=await stored_file(form, actor, unit_id), actor=actor,
            )  # fmt: skip
        case "slips":
            await voting.hand_out(meeting_id, case_id, uuids(form, "seat_ids"), actor=actor)
        case "count":
            await counting.enter_count(meeting_id, case_id, _counts(form), actor=actor)
            return phrases.COUNT_SAVED
        case "chair":
            await counting.chair_word(meeting_id, case_id, word(form, "choice"), actor=actor)
        case "restart":
            await counting.restart_ballot(meeting_id, case_id, actor=actor)
            return phrases.BALLOT_RESTARTED
        case "remove":
            await meetings.remove_case(meeting_id, case_id, actor=actor)
        case _:
            raise InvalidInputError(phrases.UNKNOWN)
    return phrases.CONFLICT_SAVED


def _ways(form: FormMultiDict) -> dict[UUID, str]:
    return {
        conflict_id: way
        for name, way in form.multi_items()
        if name.startswith(WAY) and isinstance(way, str) and way
        if (conflict_id := uuid_of(name.removeprefix(WAY)))
    }


def _counts(form: FormMultiDict) -> PaperCounts:
    figures = {name: whole(word(form, name), name) for name in Counts.__struct_fields__}
    teller = 2 if word(form, "teller") == "2" else 1
    return PaperCounts(teller=teller, teller_name=word(form, "teller_name"), **figures)


async def _case(
    request: AnyRequest,
    meeting_id: UUID,
    case_id: UUID,
    error: ThiduaError | None = None,
    form: Any = None,
) -> Response[str]:
    view = await meetings.get_meeting(meeting_id, actor=actor_of(request))
    case = next((each for each in view.cases if each.id == case_id), None)
    if case is None:
        raise NotFoundError
    effects = {each.id: interests.effects(view, case, each) for each in case.conflicts}
    return page(
        request, "councils/case.html", status_code=error.status if error else 200, found=view,
        head=view.head, case=case, effects=effects,
        votes=[vote for vote in view.votes if vote.case_id == case.id],
        holders=voting.slip_holders(view, case),
        may_edit=view.may_manage and view.head.state != "closed" and case.is_live,
        form=form or {}, errors=error.fields if error else {},
        detail=error.detail if error else "", kinds=interests.DECLARED, words=phrases,
    )  # fmt: skip


route_handlers = [show_case, act]
