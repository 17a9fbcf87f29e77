"""Pages of complaints: list, record, verify, conclude."""

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
from core.honours import access, complaints, phrases
from core.honours.routes_consultations import CASES
from core.honours.routes_register import OFFICERS, uuid_of
from core.kit import clock
from core.kit.templates import page, redirect

AnyRequest = Request[Any, Any, Any]
LIST = "/khieu-nai"
NEW = f"{LIST}/moi"
ONE = f"{LIST}/{{complaint_id:uuid}}"
Error = InvalidInputError | ConflictError


@get(LIST, name="honours.complaints", opt=CASES, include_in_schema=False)
async def show_list(request: AnyRequest) -> Response[str]:
    """Show complaints, the newest first."""
    query = request.query_params
    state = query.get("buoc", "")
    state = state if state in phrases.COMPLAINT_STATES else ""
    found = await complaints.list_complaints(
        actor=actor_of(request), state=state, after=uuid_of(query.get("sau", ""))
    )
    return page(
        request, "honours/complaints.html", rows=found.rows, state=state,
        states=phrases.COMPLAINT_STATES, today=clock.today(),
        more=f"{LIST}?buoc={state}&sau={found.after}" if found.after else "",
    )  # fmt: skip


@get(NEW, name="honours.complaint_form", opt=OFFICERS, include_in_schema=False)
async def show_form(request: AnyRequest) -> Response[str]:
    """Show the form for a complaint about a nomination or an award."""
    query = request.query_params
    form = {"nomination_id": query.get("de-nghi", ""), "grant_id": query.get("khen-thuong", "")}
    return await _form(request, form, None)


@post(NEW, name="honours.record_complaint", opt=OFFICERS, include_in_schema=False)
async def record(request: AnyRequest) -> Response[Any]:
    """Record a complaint that came on paper or by word."""
    actor, form = actor_of(request), await typed(request)
    access.require_any(actor, access.OFFICERS)
    try:
        found = await complaints.record(
            nomination_id=uuid_of(form.get("nomination_id", "")),
            grant_id=uuid_of(form.get("grant_id", "")), complainant=form.get("complainant", ""),
            contact=form.get("contact", ""), body=form.get("body", ""), actor=actor,
        )  # fmt: skip
    except (InvalidInputError, ConflictError) as error:
        return await _form(request, form, error)
    return redirect(f"{LIST}/{found.id}", flash=phrases.RECORDED)


async def _form(request: AnyRequest, form: Mapping[str, str], error: Error | None) -> Response[str]:
    actor = actor_of(request)
    access.require_any(actor, access.OFFICERS)
    about = await complaints.subject_of(
        nomination_id=uuid_of(form.get("nomination_id", "")),
        grant_id=uuid_of(form.get("grant_id", "")), actor=actor,
    )  # fmt: skip
    return page(
        request, "honours/complaint_new.html", status_code=error.status if error else 200,
        about=about, form=form, errors=error.fields if error else {},
        detail=error.detail if error else "",
    )  # fmt: skip


@get(ONE, name="honours.complaint", opt=CASES, include_in_schema=False)
async def show_one(request: AnyRequest, complaint_id: FromPath[UUID]) -> Response[str]:
    """Show a complaint with what may be done now."""
    return await _one(request, complaint_id, {}, None)


@post(f"{ONE}/xac-minh", name="honours.verify_complaint", opt=OFFICERS, include_in_schema=False)
async def verify(request: AnyRequest, complaint_id: FromPath[UUID]) -> Response[Any]:
    """Begin to verify."""
    try:
        await complaints.verify(complaint_id, actor=actor_of(request))
    except ConflictError as error:
        return await _one(request, complaint_id, {}, error)
    return redirect(f"{LIST}/{complaint_id}", flash=phrases.VERIFYING)


@post(f"{ONE}/ket-luan", name="honours.conclude_complaint", opt=OFFICERS, include_in_schema=False)
async def conclude(request: AnyRequest, complaint_id: FromPath[UUID]) -> Response[Any]:
    """Conclude."""
    form = await typed(request)
    try:
        await complaints.conclude(
            complaint_id, form.get("outcome", ""), form.get("conclusion", ""),
            actor=actor_of(request),
        )  # fmt: skip
    except (InvalidInputError, ConflictError) as error:
        return await _one(request, complaint_id, form, error)
    return redirect(f"{LIST}/{complaint_id}", flash=phrases.CONCLUDED)


async def _one(
    request: AnyRequest, complaint_id: UUID, form: Mapping[str, str], error: Error | None
) -> Response[str]:
    actor = actor_of(request)
    found = await complaints.get_complaint(complaint_id, actor=actor)
    return page(
        request, "honours/complaint.html", status_code=error.status if error else 200, case=found,
        states=phrases.COMPLAINT_STATES, outcomes=phrases.OUTCOMES, form=form, today=clock.today(),
        may_change=actor.can(access.OFFICERS, found.unit_path),
        errors=error.fields if error else {}, detail=error.detail if error else "",
    )  # fmt: skip


route_handlers: list[Any] = [show_list, show_form, record, show_one, verify, conclude]
