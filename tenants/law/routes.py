"""Pages of legal parameters under `/quan-tri/phap-ly`."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from litestar import get, post
from litestar.params import FromPath, FromQuery
from litestar.response import Response

from core.accounts.forms import typed
from core.accounts.guards import actor_of
from core.accounts.schemas import Role
from core.errors import InvalidInputError, PayloadTooLargeError, ThiduaError
from core.kit import clock
from core.kit.templates import page, redirect
from core.law.schemas import Confidence
from tenants.law import phrases, service, together
from tenants.law.api import ADMIN, READ, AnyRequest, Upload, paper_of

LIST = "/quan-tri/phap-ly"
ONE = f"{LIST}/tham-so"
MANY = f"{LIST}/xac-nhan-nhieu"
REFUSED = (InvalidInputError, PayloadTooLargeError)


@get(LIST, name="law.list", opt=READ)
async def list_parameters(
    request: AnyRequest,
    tim: FromQuery[str] = "",
    chu_de: FromQuery[str] = "",
    loc: FromQuery[str] = "",
) -> Response[str]:
    """List the keys by theme, with search and filter in the address."""
    themes = await service.list_parameters(
        actor=actor_of(request), search=tim, theme=chu_de, unconfirmed=loc == "chua-xac-nhan"
    )
    return page(
        request,
        "law/list.html",
        themes=themes,
        names=service.theme_names(),
        search=tim,
        theme=chu_de,
        only=loc,
        may_confirm=actor_of(request).has(Role.TENANT_ADMIN),
        words=phrases,
    )


@get(ONE, name="law.parameter", opt=READ)
async def parameter(
    request: AnyRequest, khoa: FromQuery[str] = "", viec: FromQuery[str] = ""
) -> Response[str]:
    """Show one key with its rows, the department's decisions and the form that was asked for."""
    return await _page(request, khoa, act=viec)


@post(f"{ONE}/xac-nhan", name="law.confirm", opt=ADMIN)
async def confirm(request: AnyRequest, data: Upload) -> Response[Any]:
    """Confirm the row in force."""
    key = str(data.get("key", ""))
    try:
        await service.confirm(key, await paper_of(data), actor=actor_of(request))
    except REFUSED as error:
        return await _page(request, key, error, act="xac-nhan", form=data)
    return redirect(_address(key), flash=phrases.CONFIRMED)


@get(MANY, name="law.waiting", opt=ADMIN)
async def waiting(
    request: AnyRequest, khoa: FromQuery[list[str] | None] = None, ngay: FromQuery[str] = ""
) -> Response[str]:
    """Show what waits for a confirmation on a day; what the address names is ticked."""
    return await _many(request, khoa or [], ngay)


@post(MANY, name="law.confirm_many", opt=ADMIN)
async def confirm_many(request: AnyRequest) -> Response[Any]:
    """Confirm the ticked rows by one decision, all or none."""
    form = await request.form()
    keys = [key for key in form.getall("keys", []) if isinstance(key, str)]
    day = str(form.get("day", ""))
    try:
        count = await together.confirm_many(
            keys, day, await paper_of(dict(form)), actor=actor_of(request)
        )
    except REFUSED as error:
        return await _many(request, keys, day, error, dict(form))
    return redirect(LIST, flash=phrases.CONFIRMED_MANY.format(count=count))


async def _many(
    request: AnyRequest,
    keys: list[str],
    day: str,
    error: ThiduaError | None = None,
    form: dict[str, Any] | None = None,
) -> Response[str]:
    try:
        themes = await together.waiting(day, actor=actor_of(request))
    except InvalidInputError as wrong:  # a day that is none: today's rows, and say so
        error, day = error or wrong, ""
        themes = await together.waiting(day, actor=actor_of(request))
    asked_first = sorted(themes, key=lambda name: not any(row.key in keys for row in themes[name]))
    return page(
        request,
        "law/many.html",
        status_code=error.status if error else 200,
        themes={name: themes[name] for name in asked_first},
        chosen=keys,
        day=day,
        error=error,
        form={name: item for name, item in (form or {}).items() if isinstance(item, str)},
        words=phrases,
    )


@post(f"{ONE}/thay", name="law.replace", opt=ADMIN)
async def replace(request: AnyRequest, data: Upload) -> Response[Any]:
    """Replace the value from a day on."""
    key = str(data.get("key", ""))
    try:
        made = await service.replace(
            key,
            str(data.get("value", "")),
            str(data.get("valid_from", "")),
            str(data.get("valid_to", "")),
            await paper_of(data),
            actor=actor_of(request),
        )
    except REFUSED as error:
        return await _page(request, key, error, act="thay", form=data)
    span = phrases.span(made.valid_from, made.valid_to)
    return redirect(_address(key), flash=phrases.REPLACED.format(span=span))


@post(f"{LIST}/quyet-dinh/{{law_decision_id:uuid}}/thoi-ap-dung", name="law.end", opt=ADMIN)
async def end(request: AnyRequest, law_decision_id: FromPath[UUID]) -> Response[Any]:
    """End a decision from a day on, or revoke it whole."""
    form = await typed(request)
    key = form.get("key", "")
    try:
        sentence = await service.end_decision(
            law_decision_id,
            form.get("end_day", ""),
            form.get("end_reason", ""),
            actor=actor_of(request),
        )
    except InvalidInputError as error:
        return await _page(request, key, error, act=str(law_decision_id), form=form)
    return redirect(_address(key) if key else LIST, flash=sentence)


async def _page(
    request: AnyRequest,
    key: str,
    error: ThiduaError | None = None,
    *,
    act: str,
    form: dict[str, Any] | None = None,
) -> Response[str]:
    view = await service.get_parameter(key, actor=actor_of(request))
    texts = {name: item for name, item in (form or {}).items() if isinstance(item, str)}
    return page(
        request,
        "law/parameter.html",
        status_code=error.status if error else 200,
        view=view,
        error=error,
        act=act,
        form=texts,
        words=phrases,
        confidence=Confidence,
        today=clock.today(),
    )


def _address(key: str) -> str:
    return f"{ONE}?{urlencode({'khoa': key})}"


route_handlers: list[Any] = [
    list_parameters, parameter, confirm, waiting, confirm_many, replace, end,
]  # fmt: skip
