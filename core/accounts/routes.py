"""Pages of signing in: password, second factor, asking again, forgotten passwords."""

from __future__ import annotations

from typing import Any

import msgspec
from litestar import get, post
from litestar.params import FromPath, JSONBody
from litestar.response import Redirect, Response

from core.accounts import (
    guards,
    phrases,
    routes_admin,
    routes_delegation,
    routes_inactivity,
    routes_invitations,
    routes_own,
    service,
)
from core.accounts.forms import (
    AnyRequest,
    issuer_of,
    next_path,
    origin_of,
    path_after,
    session_at_work,
    session_cookie,
    site_of,
    typed,
)
from core.accounts.schemas import SessionView, Stage
from core.errors import InvalidInputError
from core.kit.templates import page, redirect

ANYBODY = {"access": "anonymous"}
SIGNED_IN = {"access": "signed_in"}


class AskedAgain(msgspec.Struct, frozen=True):
    """What the dialogue of an idle page sends."""

    password: str
    code: str = ""


@get("/dang-nhap", name="sign_in_page", opt=ANYBODY)
async def sign_in_page(request: AnyRequest) -> Response[Any]:
    """Show the sign-in form; somebody who is signed in goes on."""
    view = guards.session_of(request)
    if view is not None and not view.idle_expired:
        return redirect(path_after(view.stage, next_path(request)))
    return page(request, "accounts/sign_in.html", username="", error=None, next=next_path(request))


@post("/dang-nhap", name="sign_in", opt=ANYBODY)
async def sign_in(request: AnyRequest) -> Response[Any]:
    """Sign in; an idle session of the same browser ends."""
    form = await typed(request)
    username = form.get("username", "")
    try:
        done = await service.sign_in(
            username=username, password=form.get("password", ""), **origin_of(request)
        )
    except InvalidInputError as error:
        return page(
            request,
            "accounts/sign_in.html",
            status_code=error.status,
            username=username,
            error=error,
            next=next_path(request),
        )
    if (old := guards.session_of(request)) is not None:
        await service.sign_out(old)
    answer = redirect(path_after(done.stage, next_path(request)))
    answer.set_cookie(session_cookie(done.token))
    return answer


@post("/dang-xuat", name="sign_out", opt=ANYBODY)
async def sign_out(request: AnyRequest) -> Redirect:
    """End the session, also an idle one."""
    view = guards.session_of(request)
    if view is not None:
        await service.sign_out(view)
    answer = redirect("/dang-nhap", flash="Bạn đã đăng xuất.")
    answer.delete_cookie(guards.COOKIE)
    return answer


@post("/dang-nhap-lai", name="sign_in_again", opt=ANYBODY, status_code=200)
async def sign_in_again(request: AnyRequest, data: JSONBody[AskedAgain]) -> dict[str, bool]:
    """Take the password on the same page and renew the idle session under its cookie."""
    await service.reauthenticate(
        token=request.cookies.get(guards.COOKIE, ""),
        password=data.password,
        code=data.code,
        address=origin_of(request)["address"],
    )
    return {"ok": True}


@get("/xac-thuc", name="second_factor_page", opt=SIGNED_IN)
async def second_factor_page(request: AnyRequest) -> Response[Any]:
    """Ask for the code of the authenticator."""
    view = session_at_work(request)
    if view.stage is not Stage.TOTP:
        return redirect(path_after(view.stage, next_path(request)))
    return page(request, "accounts/second_factor.html", error=None, next=next_path(request))


@post("/xac-thuc", name="second_factor", opt=SIGNED_IN)
async def second_factor(request: AnyRequest) -> Response[Any]:
    """Check the code and go on."""
    view = session_at_work(request)
    form = await typed(request)
    if view.stage is not Stage.TOTP:
        return redirect(path_after(view.stage, next_path(request)))
    try:
        stage = await service.verify_totp(
            session=view, code=form.get("code", ""), address=origin_of(request)["address"]
        )
    except InvalidInputError as error:
        return page(
            request,
            "accounts/second_factor.html",
            status_code=error.status,
            error=error,
            next=next_path(request),
        )
    return redirect(path_after(stage, next_path(request)))


@get("/thiet-lap-xac-thuc", name="enrolment_page", opt=SIGNED_IN)
async def enrolment_page(request: AnyRequest) -> Response[Any]:
    """Show a new authenticator as a picture and as text."""
    view = session_at_work(request)
    if view.totp_at_hand or view.stage not in (Stage.ENROL, Stage.FULL):
        return redirect(path_after(view.stage, "/tai-khoan"))
    enrolment = await service.start_enrolment(session=view, issuer=issuer_of(request))
    return page(
        request,
        "accounts/enrolment.html",
        enrolment=enrolment,
        error=None,
        next=next_path(request),
        obligatory=view.stage is Stage.ENROL,
    )


@post("/thiet-lap-xac-thuc", name="enrolment", opt=SIGNED_IN)
async def enrolment(request: AnyRequest) -> Response[Any]:
    """Confirm the authenticator by its first code; show the recovery codes, once."""
    view = session_at_work(request)
    form = await typed(request)
    try:
        codes = await service.confirm_enrolment(
            session=view,
            sealed=form.get("sealed", ""),
            code=form.get("code", ""),
            address=origin_of(request)["address"],
        )
    except InvalidInputError as error:
        return await _enrolment_again(request, view, form.get("sealed", ""), error)
    return page(request, "accounts/recovery_codes.html", codes=codes, next=next_path(request))


async def _enrolment_again(
    request: AnyRequest, view: SessionView, sealed: str, error: InvalidInputError
) -> Response[Any]:
    shown = await service.shown_again(session=view, sealed=sealed, issuer=issuer_of(request))
    return page(
        request,
        "accounts/enrolment.html",
        status_code=error.status,
        enrolment=shown,
        error=error,
        next=next_path(request),
        obligatory=view.stage is Stage.ENROL,
    )


@get("/quen-mat-khau", name="forgotten_page", opt=ANYBODY)
async def forgotten_page(request: AnyRequest) -> Response[str]:
    """Ask for the user name or the address."""
    return page(request, "accounts/forgotten.html", sent=False)


@post("/quen-mat-khau", name="forgotten", opt=ANYBODY)
async def forgotten(request: AnyRequest) -> Response[str]:
    """Send a link if there is such an account; the answer is the same in any case."""
    form = await typed(request)
    await service.request_reset(
        identifier=form.get("identifier", ""),
        site=site_of(request),
        address=origin_of(request)["address"],
    )
    return page(request, "accounts/forgotten.html", sent=True)


@get("/dat-lai-mat-khau/{token:str}", name="reset_page", opt=ANYBODY)
async def reset_page(request: AnyRequest, token: FromPath[str]) -> Response[str]:
    """Show the form of a mailed link."""
    rule = await service.reset_rule(token=token)
    return page(request, "accounts/reset.html", rule=rule, error=None, token=token)


@post("/dat-lai-mat-khau/{token:str}", name="reset", opt=ANYBODY)
async def reset(request: AnyRequest, token: FromPath[str]) -> Response[Any]:
    """Set the new password; then sign in with it."""
    form = await typed(request)
    try:
        await service.reset_password(
            token=token, new=form.get("new", ""), repeated=form.get("repeated", "")
        )
    except InvalidInputError as error:
        rule = await service.reset_rule(token=token)
        return page(
            request,
            "accounts/reset.html",
            status_code=error.status,
            rule=rule,
            error=error,
            token=token,
        )
    return redirect("/dang-nhap", flash=phrases.PASSWORD_SET)


route_handlers: list[Any] = [
    sign_in_page,
    sign_in,
    sign_out,
    sign_in_again,
    second_factor_page,
    second_factor,
    enrolment_page,
    enrolment,
    forgotten_page,
    forgotten,
    reset_page,
    reset,
    *routes_own.handlers,
    *routes_admin.handlers,
    *routes_delegation.handlers,
    *routes_inactivity.handlers,
    *routes_invitations.handlers,
]
