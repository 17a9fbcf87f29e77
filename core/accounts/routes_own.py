"""Pages of one's own account: password, sessions, recovery codes."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from litestar import get, post
from litestar.params import FromPath
from litestar.response import Redirect, Response

from core.accounts import guards, phrases, service
from core.accounts.delegation import READERS
from core.accounts.forms import (
    AnyRequest,
    next_path,
    origin_of,
    path_after,
    session_at_work,
    typed,
)
from core.accounts.schemas import SessionView, Stage
from core.errors import InvalidInputError
from core.kit.templates import page, redirect

SIGNED_IN = {"access": "signed_in"}


@get("/doi-mat-khau", name="change_password_page", opt=SIGNED_IN)
async def change_password_page(request: AnyRequest) -> Response[Any]:
    """Show the form of a new password (also the forced change of a first one)."""
    view = session_at_work(request)
    if view.stage not in (Stage.CHANGE_PASSWORD, Stage.FULL):
        return redirect(path_after(view.stage, next_path(request)))
    return await _password_form(request, view, None)


@post("/doi-mat-khau", name="change_password", opt=SIGNED_IN)
async def change_password(request: AnyRequest) -> Response[Any]:
    """Set the new password; all other sessions end."""
    view = session_at_work(request)
    form = await typed(request)
    try:
        stage = await service.change_password(
            session=view,
            current=form.get("current", ""),
            new=form.get("new", ""),
            repeated=form.get("repeated", ""),
            address=origin_of(request)["address"],
        )
    except InvalidInputError as error:
        return await _password_form(request, view, error)
    return redirect(path_after(stage, next_path(request)), flash=phrases.PASSWORD_CHANGED)


async def _password_form(
    request: AnyRequest, view: SessionView, error: InvalidInputError | None
) -> Response[str]:
    return page(
        request,
        "accounts/change_password.html",
        status_code=error.status if error else 200,
        rule=await service.password_rule(actor=view.actor),
        forced=view.stage is Stage.CHANGE_PASSWORD,
        error=error,
        next=next_path(request),
    )


@get("/tai-khoan", name="own_account", opt=SIGNED_IN)
async def own_account(request: AnyRequest) -> Response[str]:
    """Show one's own account and its sessions."""
    return await _own_page(request, None)


async def _own_page(request: AnyRequest, error: InvalidInputError | None) -> Response[str]:
    actor = guards.actor_of(request)
    current = session_at_work(request).session_id
    return page(
        request,
        "accounts/own.html",
        status_code=error.status if error else 200,
        account=await service.own_account(actor=actor),
        role_names=phrases.ROLE_NAMES,
        device=phrases.device,
        sessions=await service.list_sessions(actor=actor, current=current),
        codes_left=await service.recovery_codes_left(actor=actor),
        sees_delegations=actor.has(READERS),
        error=error,
    )


@post("/tai-khoan/phien/{session_id:uuid}/ket-thuc", name="revoke_session", opt=SIGNED_IN)
async def revoke_session(request: AnyRequest, session_id: FromPath[UUID]) -> Redirect:
    """End one of one's own sessions."""
    await service.revoke_session(session_id, actor=guards.actor_of(request))
    return redirect("/tai-khoan", flash=phrases.SESSION_ENDED)


@post("/tai-khoan/phien/ket-thuc-khac", name="revoke_other_sessions", opt=SIGNED_IN)
async def revoke_other_sessions(request: AnyRequest) -> Redirect:
    """End all of one's own sessions but this one."""
    count = await service.revoke_other_sessions(
        actor=guards.actor_of(request), current=session_at_work(request).session_id
    )
    return redirect("/tai-khoan", flash=phrases.SESSIONS_ENDED.format(count=count))


@post("/tai-khoan/ma-du-phong", name="renew_recovery_codes", opt=SIGNED_IN)
async def renew_recovery_codes(request: AnyRequest) -> Response[str]:
    """Make new recovery codes after asking for the password; show them, once."""
    guards.actor_of(request)
    form = await typed(request)
    try:
        codes = await service.renew_recovery_codes(
            session=session_at_work(request),
            password=form.get("password", ""),
            address=origin_of(request)["address"],
        )
    except InvalidInputError as error:
        return await _own_page(request, error)
    return page(request, "accounts/recovery_codes.html", codes=codes, next="/tai-khoan")


handlers: list[Any] = [
    change_password_page,
    change_password,
    own_account,
    revoke_session,
    revoke_other_sessions,
    renew_recovery_codes,
]
