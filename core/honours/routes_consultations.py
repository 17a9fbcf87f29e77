"""Pages of consultations for officers: publish, read what was said, record what is on paper."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from litestar import Request, get, post
from litestar.params import FromPath
from litestar.response import Response

from core.accounts.forms import typed
from core.accounts.guards import actor_of
from core.errors import ConflictError, InvalidInputError
from core.honours import access, consultations, phrases
from core.honours.routes_register import OFFICERS, REGISTER, uuid_of
from core.honours.schemas_cases import Stance
from core.kit import clock
from core.kit.templates import page, redirect

AnyRequest = Request[Any, Any, Any]
CASES = {"access": [role.value for role in access.CASE_READERS]}
LIST = f"{REGISTER}/cong-khai"
ONE = f"{LIST}/{{consultation_id:uuid}}"
Error = InvalidInputError | ConflictError


@get(LIST, name="honours.consultations", opt=CASES, include_in_schema=False)
async def show_list(request: AnyRequest) -> Response[str]:
    """Show consultations and the rounds in which somebody waits to be published."""
    return await _list(request, {}, None)


@post(LIST, name="honours.publish", opt=OFFICERS, include_in_schema=False)
async def publish(request: AnyRequest) -> Response[Any]:
    """Publish the candidates of a round."""
    actor, form = actor_of(request), await typed(request)
    access.require_any(actor, access.OFFICERS)
    round_id = uuid_of(form.get("round_id", ""))
    try:
        if round_id is None:
            raise InvalidInputError(fields={"round_id": phrases.NO_ROUND})
        found = await consultations.publish(round_id, form.get("title", ""), actor=actor)
    except (InvalidInputError, ConflictError) as error:
        return await _list(request, form, error)
    return redirect(f"{LIST}/{found.id}", flash=phrases.PUBLISHED)


async def _list(request: AnyRequest, form: Mapping[str, str], error: Error | None) -> Response[str]:
    actor = actor_of(request)
    access.require_any(actor, access.CASE_READERS)
    first, last, days, basis = consultations.window(clock.today())
    return page(
        request, "honours/consultations.html", status_code=error.status if error else 200,
        rows=await consultations.list_consultations(actor=actor),
        rounds=await consultations.rounds_to_publish(actor=actor), today=clock.today(),
        first=first, last=last, days=days, basis=basis, form=form,
        errors=error.fields if error else {}, detail=error.detail if error else "",
    )  # fmt: skip


@get(ONE, name="honours.consultation", opt=CASES, include_in_schema=False)
async def show_one(request: AnyRequest, consultation_id: FromPath[UUID]) -> Response[str]:
    """Show a consultation with what was said."""
    return await _one(request, consultation_id, {}, None)


@post(f"{ONE}/y-kien", name="honours.record_opinion", opt=OFFICERS, include_in_schema=False)
async def record(request: AnyRequest, consultation_id: FromPath[UUID]) -> Response[Any]:
    """Record an opinion that came on paper."""
    form = await typed(request)
    try:
        stance = await consultations.record_opinion(consultation_id, form, actor=actor_of(request))
    except (InvalidInputError, ConflictError) as error:
        return await _one(request, consultation_id, form, error)
    said = phrases.COMPLAINT_TAKEN if stance is Stance.COMPLAINT else phrases.OPINION_TAKEN
    return redirect(f"{LIST}/{consultation_id}", flash=said)


async def _one(
    request: AnyRequest, consultation_id: UUID, form: Mapping[str, str], error: Error | None
) -> Response[str]:
    view = await consultations.get_consultation(consultation_id, actor=actor_of(request))
    names = {each.id: each.name for each in view.entries}
    return page(
        request, "honours/consultation.html", status_code=error.status if error else 200,
        view=view, names=names, form=form, stances=tuple(phrases.STANCES.items()),
        words=phrases.STANCES, channels=phrases.CHANNELS, errors=error.fields if error else {},
        detail=error.detail if error else "",
    )  # fmt: skip


route_handlers: list[Any] = [show_list, publish, show_one, record]
