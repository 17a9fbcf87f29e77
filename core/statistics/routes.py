"""Pages of consolidations."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from litestar import Request, get, post
from litestar.datastructures import UploadFile
from litestar.params import FromPath, FromQuery
from litestar.response import Response

from core.accounts.guards import actor_of
from core.accounts.schemas import Role
from core.errors import ConflictError, InvalidInputError, PayloadTooLargeError, ThiduaError
from core.evidence import service as evidence
from core.kit import clock, numbers
from core.kit.templates import page, redirect
from core.statistics import phrases, service
from core.statistics.schemas import ConsolidationView
from core.statistics.todays_tree import round_on_todays_tree

AnyRequest = Request[Any, Any, Any]
READERS = {"access": [role.value for role in (*service.READERS, Role.UNIT_HEAD)]}
REFUSED = (InvalidInputError, ConflictError, PayloadTooLargeError)


@get(
    "/ky-bao-cao/{round_id:uuid}/tong-hop",
    name="statistics.list",
    opt=READERS,
    include_in_schema=False,
)
async def list_consolidations(request: AnyRequest, round_id: FromPath[UUID]) -> Response[str]:
    """Show the consolidations of a round, with the button that makes one."""
    actor = actor_of(request)
    return page(
        request,
        "statistics/list.html",
        round=await service.get_round(round_id),
        rows=await service.list_consolidations(round_id, actor=actor),
        receivers=await service.receivers(round_id, actor=actor),
        may_make=actor.has(Role.OFFICER),
    )


@get(
    "/ky-bao-cao/{round_id:uuid}/cay-hien-nay",
    name="statistics.todays_tree",
    opt={"access": [role.value for role in service.READERS]},
    include_in_schema=False,
)
async def show_todays_tree(request: AnyRequest, round_id: FromPath[UUID]) -> Response[str]:
    """Show a round's figures on today's tree of units."""
    text = request.query_params.get("noi-nhan", "")
    chosen = _uuid(text) if text else None
    return page(
        request,
        "statistics/todays_tree.html",
        table=await round_on_todays_tree(
            round_id, receiver_unit_id=chosen, actor=actor_of(request)
        ),
        receiver_id=chosen,
        words=phrases.TODAY_WORDS,
    )


@post(
    "/ky-bao-cao/{round_id:uuid}/tong-hop",
    name="statistics.make",
    opt={"access": [Role.OFFICER.value]},
    include_in_schema=False,
)
async def make(request: AnyRequest, round_id: FromPath[UUID]) -> Response[Any]:
    """Count the round for the chosen receiver and show the outcome."""
    chosen = str((await request.form()).get("receiver_unit_id", ""))
    made = await service.consolidate_round(
        round_id, actor=actor_of(request), receiver_unit_id=_uuid(chosen) if chosen else None
    )
    return redirect(f"/tong-hop/{made.id}", flash=phrases.COUNTED)


@get("/tong-hop/{consolidation_id:uuid}", name="statistics.view", opt=READERS,
     include_in_schema=False)  # fmt: skip
async def view(
    request: AnyRequest, consolidation_id: FromPath[UUID], phan: FromQuery[str] = ""
) -> Response[str]:
    """Show one consolidation: figures first, then its texts one at a time."""
    found = await service.get_consolidation(consolidation_id, actor=actor_of(request))
    return _page(request, found, phan)


@post("/tong-hop/{consolidation_id:uuid}/phan/{key:str}", name="statistics.edit",
      opt={"access": [Role.OFFICER.value]}, include_in_schema=False)  # fmt: skip
async def edit(
    request: AnyRequest, consolidation_id: FromPath[UUID], key: FromPath[str]
) -> Response[Any]:
    """Save one text; a clash gives the page back with both texts."""
    actor, form = actor_of(request), await request.form()
    text = str(form.get("text", ""))
    try:
        await service.edit_consolidation(consolidation_id, _version(form), {key: text}, actor=actor)
    except REFUSED as error:
        found = await service.get_consolidation(consolidation_id, actor=actor)
        return _page(request, found, key, error=error, typed=text)
    return redirect(f"/tong-hop/{consolidation_id}?phan={key}", flash=phrases.SAVED)


@post("/tong-hop/{consolidation_id:uuid}/duyet", name="statistics.approve",
      opt={"access": [role.value for role in service.HEADS]}, include_in_schema=False)  # fmt: skip
async def approve(request: AnyRequest, consolidation_id: FromPath[UUID]) -> Response[Any]:
    """Approve a final draft."""
    actor, form = actor_of(request), await request.form()
    try:
        await service.approve_consolidation(consolidation_id, _version(form), actor=actor)
    except REFUSED as error:
        found = await service.get_consolidation(consolidation_id, actor=actor)
        return _page(request, found, "", error=error)
    return redirect(f"/tong-hop/{consolidation_id}", flash=phrases.APPROVED)


@post("/tong-hop/{consolidation_id:uuid}/phat-hanh", name="statistics.issue",
      opt={"access": [Role.RECORDS_CLERK.value]}, include_in_schema=False)  # fmt: skip
async def issue(request: AnyRequest, consolidation_id: FromPath[UUID]) -> Response[Any]:
    """Number and date an approved consolidation."""
    actor, form = actor_of(request), await request.form()
    try:
        made = await service.issue_consolidation(
            consolidation_id, _version(form), _date(form), actor=actor
        )
    except REFUSED as error:
        found = await service.get_consolidation(consolidation_id, actor=actor)
        typed = str(form.get("document_date", ""))
        return _page(request, found, "", error=error, document_date=typed)
    number = f"{made.number:02d}/{made.number_notation}"
    return redirect(f"/tong-hop/{consolidation_id}", flash=phrases.ISSUED.format(number=number))


@post("/tong-hop/{consolidation_id:uuid}/ban-ky", name="statistics.attach_signed",
      opt={"access": [Role.RECORDS_CLERK.value]}, include_in_schema=False)  # fmt: skip
async def attach_signed(request: AnyRequest, consolidation_id: FromPath[UUID]) -> Response[Any]:
    """Store the signed scan and attach it."""
    actor, form = actor_of(request), await request.form()
    found = await service.get_consolidation(consolidation_id, actor=actor)
    try:
        file = form.get("file")
        if not isinstance(file, UploadFile) or not file.filename:
            raise InvalidInputError(fields={"file": phrases.SCAN_MISSING})
        stored = await evidence.store_file(
            actor=actor,
            name=file.filename,
            content=await file.read(),
            purpose="signed_scan",
            unit_id=found.receiver_unit_id,
        )
        await service.attach_signed(consolidation_id, stored.id, actor=actor)
    except REFUSED as error:
        return _page(request, found, "", error=error)
    return redirect(f"/tong-hop/{consolidation_id}", flash=phrases.ATTACHED)


def _page(
    request: AnyRequest,
    found: ConsolidationView,
    key: str,
    *,
    error: ThiduaError | None = None,
    typed: str | None = None,
    document_date: str = "",
) -> Response[str]:
    part = next((part for part in found.texts if part.key == key), None)
    figures = found.figures
    return page(
        request,
        "statistics/consolidation.html",
        status_code=error.status if error else 200,
        found=found,
        figures=figures,
        part=part,
        gathered=next((each for each in figures.parts if each.key == key), None),
        typed=typed,
        error=error,
        errors=error.fields if error else {},
        finding=phrases.finding(len(figures.missing), figures.late, figures.obliged),
        assessments=phrases.ASSESSMENTS,
        report_states=phrases.REPORT_STATES,
        no_common_figure=phrases.NO_COMMON_FIGURE,
        provisional=phrases.PROVISIONAL,
        document_date=document_date or clock.today().isoformat(),
    )


def _version(form: Mapping[str, Any]) -> int:
    found = numbers.whole(str(form.get("version", "")))
    if found is None:
        raise InvalidInputError(fields={"version": phrases.STALE_HEAD})
    return found


def _date(form: Mapping[str, Any]) -> date:
    try:
        return date.fromisoformat(str(form.get("document_date", "")))
    except ValueError:
        raise InvalidInputError(fields={"document_date": phrases.DATE_UNREADABLE}) from None


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise InvalidInputError(fields={"receiver_unit_id": phrases.NOTHING_OWED}) from None


route_handlers = [
    list_consolidations,
    show_todays_tree,
    make,
    view,
    edit,
    approve,
    issue,
    attach_signed,
]
