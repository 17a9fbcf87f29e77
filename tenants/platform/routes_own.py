"""The console's pages of the operators: one's own account and sessions, the list of all."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from litestar import get, post
from litestar.params import FromPath
from litestar.response import Redirect, Response

from core.accounts.forms import AnyRequest, origin_of, typed
from core.accounts.phrases import SESSION_ENDED, SESSIONS_ENDED, device
from core.errors import InvalidInputError, NotFoundError
from core.kit.templates import page, redirect
from tenants.platform import guards, operators, phrases, repository, signing_in
from tenants.platform import repository_sessions as sessions

OPERATOR = {"access": "operator"}


@get("/", name="console.home", opt=OPERATOR)
async def home(request: AnyRequest) -> Redirect:
    """Lead to the list of departments."""
    guards.operator_of(request)
    return redirect("/so")


@get("/tai-khoan", name="console.own_account", opt=OPERATOR)
async def own_account(request: AnyRequest) -> Response[str]:
    """Show one's own account and its sessions."""
    return await _own_page(request, None)


async def _own_page(request: AnyRequest, error: InvalidInputError | None) -> Response[str]:
    operator = guards.operator_of(request)
    return page(
        request,
        "platform/own.html",
        status_code=error.status if error else 200,
        operator=operator,
        device=device,
        sessions=await signing_in.list_sessions(operator, guards.at_work(request)),
        codes_left=await repository.recovery_codes_left(operator.id),
        error=error,
    )


@post("/tai-khoan/phien/{session_id:uuid}/ket-thuc", name="console.end_session", opt=OPERATOR)
async def end_session(request: AnyRequest, session_id: FromPath[UUID]) -> Redirect:
    """End one of one's own sessions."""
    if not await sessions.revoke(guards.operator_of(request).id, session_id):
        raise NotFoundError
    return redirect("/tai-khoan", flash=SESSION_ENDED)


@post("/tai-khoan/phien/ket-thuc-khac", name="console.end_other_sessions", opt=OPERATOR)
async def end_other_sessions(request: AnyRequest) -> Redirect:
    """End all of one's own sessions but this one."""
    operator = guards.operator_of(request)
    count = await sessions.revoke_all(operator.id, but=guards.at_work(request).session_id)
    return redirect("/tai-khoan", flash=SESSIONS_ENDED.format(count=count))


@post("/tai-khoan/ma-du-phong", name="console.renew_codes", opt=OPERATOR)
async def renew_codes(request: AnyRequest) -> Response[str]:
    """Make new recovery codes after asking for the password; show them, once."""
    guards.operator_of(request)
    form = await typed(request)
    try:
        codes = await signing_in.renew_recovery_codes(
            guards.at_work(request), form.get("password", ""), origin_of(request)["address"]
        )
    except InvalidInputError as error:
        return await _own_page(request, error)
    return page(request, "accounts/recovery_codes.html", codes=codes, next="/tai-khoan")


@get("/nguoi-van-hanh", name="console.operators", opt=OPERATOR)
async def all_operators(request: AnyRequest) -> Response[str]:
    """List the operators; they are made and reset on the server."""
    guards.operator_of(request)
    return page(
        request,
        "platform/operators.html",
        operators=await operators.list_operators(),
        states=phrases.OPERATOR_STATES,
    )


handlers: list[Any] = [
    home,
    own_account,
    end_session,
    end_other_sessions,
    renew_codes,
    all_operators,
]
