"""Pages of accounts that nobody uses."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from litestar import get, post
from litestar.params import FromQuery
from litestar.response import Response

from core.accounts import guards, inactivity, phrases
from core.accounts.forms import AnyRequest
from core.accounts.schemas import Role
from core.errors import InvalidInputError
from core.kit.templates import page, redirect

ADMIN = {"access": [Role.TENANT_ADMIN.value]}
LIST = "/quan-tri/tai-khoan-khong-dung"
VIEWS = {"qua-han": "Quá hạn", "sap-dong": "Sắp bị đóng", "da-dong": "Đã đóng"}


@get(LIST, name="unused_accounts", opt=ADMIN)
async def unused_accounts(
    request: AnyRequest,
    xem: FromQuery[str] = "",
    ngay: FromQuery[str] = "",
    sau: FromQuery[UUID | None] = None,
) -> Response[str]:
    """List who is over the limit, who will be closed within a week, and who was closed."""
    return await _list(request, xem, ngay, sau, None)


async def _list(
    request: AnyRequest, view: str, days: str, after: UUID | None, error: InvalidInputError | None
) -> Response[str]:
    actor, limit = guards.actor_of(request), inactivity.limit_days()
    view = view if view in VIEWS else "qua-han"
    asked = _days(days, limit)
    if view == "da-dong":
        found = await inactivity.list_closed(actor=actor, after=after)
    elif view == "sap-dong":
        found = await inactivity.list_unused(
            actor=actor, days=limit - inactivity.WARN_DAYS, until=limit, after=after
        )
    else:
        found = await inactivity.list_unused(actor=actor, days=asked, after=after)
    soon, over = await inactivity.count_unused(actor=actor)
    return page(
        request,
        "accounts/unused.html",
        status_code=error.status if error else 200,
        found=found,
        view=view,
        views=VIEWS,
        counts={"sap-dong": soon, "qua-han": over},
        days=asked,
        limit=limit,
        own_id=actor.account_id,
        errors=error.fields if error else {},
    )


@post(LIST, name="close_unused_accounts", opt=ADMIN)
async def close_unused_accounts(request: AnyRequest) -> Response[Any]:
    """Say whom closing will meet; close them when that was confirmed."""
    actor = guards.actor_of(request)
    form = await request.form()
    days = _days(str(form.get("days", "")), inactivity.limit_days())
    try:
        chosen = [UUID(str(value)) for value in form.getall("account_ids", [])]
    except ValueError:
        chosen = []
    found = await inactivity.unused_among(chosen, days=days, actor=actor)
    if not found:
        error = InvalidInputError(fields={"account_ids": phrases.NO_UNUSED_CHOSEN})
        return await _list(request, "qua-han", str(days), None, error)
    if form.get("step") != "lam":
        return page(request, "accounts/unused_confirm.html", rows=found, days=days)
    closed = await inactivity.close_unused(chosen, days=days, actor=actor)
    return redirect(f"{LIST}?xem=da-dong", flash=phrases.CLOSED_UNUSED.format(n=closed))


def _days(text: str, default: int) -> int:
    """Return the days that were asked for: one week to the limit; otherwise the limit."""
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 5 else default
    return number if inactivity.WARN_DAYS <= number <= default else default


handlers: list[Any] = [unused_accounts, close_unused_accounts]
