"""Pages of publishing: the difference in words, the act itself, the list of editions."""

from __future__ import annotations

from datetime import date
from typing import Any

from litestar import Request, get, post
from litestar.params import FromQuery
from litestar.response import Response

from core.accounts.guards import actor_of
from core.errors import ConflictError, InvalidInputError
from core.kit import clock
from core.kit.i18n import vn_date
from core.kit.templates import page, redirect
from core.movements import draft, overview, phrases, service
from core.movements.difference import differences
from core.plugin.manager import province_name
from core.reports.form_input import typed

AnyRequest = Request[Any, Any, Any]
PUBLISHERS = {"access": [role.value for role in service.PUBLISHERS]}
READERS = {"access": [role.value for role in draft.READERS]}


@get("/quan-tri/ke-hoach/cong-bo", name="movements.preview", opt=READERS, include_in_schema=False)
async def preview(request: AnyRequest) -> Response[str]:
    """Show what a new edition would change, before it is published."""
    return await _preview(request, {})


@post(
    "/quan-tri/ke-hoach/cong-bo", name="movements.publish", opt=PUBLISHERS, include_in_schema=False
)
async def publish(request: AnyRequest) -> Response[Any]:
    """Publish what was seen as the next edition, with a reason and the day it holds from."""
    actor = actor_of(request)
    given = await typed(request)
    try:
        made = await service.publish_edition(
            actor=actor,
            reason=_reason(given),
            effective_from=_day(given),
            digest=given.get("digest", ""),
        )
    except (ConflictError, InvalidInputError) as error:
        return await _preview(request, given, error)
    day = vn_date(made.effective_from)
    return redirect(
        "/quan-tri/ke-hoach/ban", flash=phrases.PUBLISHED.format(number=made.number, day=day)
    )


def _reason(given: dict[str, str]) -> str:
    reason = given.get("reason", "").strip()
    if not reason:
        raise InvalidInputError(fields={"reason": phrases.NO_REASON})
    if len(reason) > phrases.REASON_MAX:
        raise InvalidInputError(fields={"reason": phrases.LONG_REASON})
    return reason


def _day(given: dict[str, str]) -> date | None:
    text = given.get("effective_from", "").strip()
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        sentence = "Ngày không đúng. Xin chọn lại."
        raise InvalidInputError(fields={"effective_from": sentence}) from None


async def _preview(
    request: AnyRequest,
    given: dict[str, str],
    error: ConflictError | InvalidInputError | None = None,
) -> Response[str]:
    actor = actor_of(request)
    seen = await service.preview_edition(actor=actor)
    current = seen.current
    return page(
        request,
        "movements/publish.html",
        status_code=error.status if error else 200,
        seen=seen,
        changes=differences(current.plan, seen.plan, current.values, seen.values)
        if current
        else [],
        province_name=province_name,
        upgrade=overview.upgrade(current, seen.plan.plugin, seen.plan.plugin_version),
        may_publish=await service.may_publish(actor),
        today=clock.today(),
        errors=error.fields if error else {},
        detail=error.detail if error and not error.fields else "",
        reason=given.get("reason", ""),
        effective_from=given.get("effective_from", clock.today().isoformat()),
    )


@get("/quan-tri/ke-hoach/ban", name="movements.editions", opt=READERS, include_in_schema=False)
async def show_editions(request: AnyRequest, so: FromQuery[int | None] = None) -> Response[str]:
    """Show all editions: who, when, why; one of them with its difference to the one before."""
    await draft.require_reader(actor_of(request))
    editions = await service.list_editions()
    current = await service.latest_edition()
    chosen = next(
        (each for each in editions if each.number == so), editions[0] if editions else None
    )
    before = next((each for each in editions if chosen and each.number == chosen.number - 1), None)
    changes = []
    if chosen and before:
        new, old = await service.get_edition(chosen.id), await service.get_edition(before.id)
        changes = differences(old.plan, new.plan, old.values, new.values)
    return page(
        request,
        "movements/editions.html",
        editions=editions,
        current=current,
        chosen=chosen,
        before=before,
        changes=changes,
        today=clock.today(),
        publishers=await service.publishers(editions),
    )


route_handlers = [preview, publish, show_editions]
