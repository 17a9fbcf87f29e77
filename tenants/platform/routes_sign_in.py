"""The console's pages of signing in: password, second factor, first password, asking again."""

from __future__ import annotations

from typing import Any

from litestar import get, post
from litestar.params import JSONBody
from litestar.response import Redirect, Response

from core.accounts.forms import (
    AnyRequest,
    next_path,
    origin_of,
    path_after,
    session_cookie,
    typed,
)
from core.accounts.routes import AskedAgain
from core.accounts.schemas import Stage
from core.errors import InvalidInputError
from core.kit.templates import page, redirect
from tenants.platform import guards, phrases
from tenants.platform.repository_operation import note
from tenants.platform.repository_sessions import revoke
from tenants.platform.signing_in import mechanism, password_rule

ANYBODY = {"access": "anonymous"}
UNFINISHED = {"access": "operator_unfinished"}


@get("/dang-nhap", name="console.sign_in_page", opt=ANYBODY)
async def sign_in_page(request: AnyRequest) -> Response[Any]:
    """Show the sign-in form; an operator who is signed in goes on."""
    view = guards.session_of(request)
    if view is not None and not view.idle_expired:
        return redirect(path_after(view.stage, next_path(request)))
    return _sign_in_form(request, "", None)


@post("/dang-nhap", name="console.sign_in", opt=ANYBODY)
async def sign_in(request: AnyRequest) -> Response[Any]:
    """Sign in; an idle session of the same browser ends."""
    form = await typed(request)
    username = form.get("username", "")
    try:
        done = await mechanism.sign_in(
            username=username, password=form.get("password", ""), **origin_of(request)
        )
    except InvalidInputError as error:
        return _sign_in_form(request, username, error)
    if (old := guards.session_of(request)) is not None:
        await revoke(old.operator.id, old.session_id)
    answer = redirect(path_after(done.stage, next_path(request)))
    answer.set_cookie(session_cookie(done.token, guards.COOKIE))
    return answer


def _sign_in_form(
    request: AnyRequest, username: str, error: InvalidInputError | None
) -> Response[str]:
    return page(
        request,
        "accounts/sign_in.html",
        status_code=error.status if error else 200,
        username=username,
        error=error,
        next=next_path(request),
        forgotten=False,
    )


@post("/dang-xuat", name="console.sign_out", opt=ANYBODY)
async def sign_out(request: AnyRequest) -> Redirect:
    """End the session, also an idle one."""
    view = guards.session_of(request)
    if view is not None:
        await revoke(view.operator.id, view.session_id)
    answer = redirect("/dang-nhap", flash="Bạn đã đăng xuất.")
    answer.delete_cookie(guards.COOKIE)
    return answer


@post("/dang-nhap-lai", name="console.sign_in_again", opt=ANYBODY, status_code=200)
async def sign_in_again(request: AnyRequest, data: JSONBody[AskedAgain]) -> dict[str, bool]:
    """Take the password on the same page and renew the idle session under its cookie."""
    await mechanism.reauthenticate(
        token=request.cookies.get(guards.COOKIE, ""),
        password=data.password,
        code=data.code,
        address=origin_of(request)["address"],
    )
    return {"ok": True}


@get("/xac-thuc", name="console.second_factor_page", opt=UNFINISHED)
async def second_factor_page(request: AnyRequest) -> Response[Any]:
    """Ask for the code of the authenticator."""
    view = guards.at_work(request)
    if view.stage is not Stage.TOTP:
        return redirect(path_after(view.stage, next_path(request)))
    return page(request, "accounts/second_factor.html", error=None, next=next_path(request))


@post("/xac-thuc", name="console.second_factor", opt=UNFINISHED)
async def second_factor(request: AnyRequest) -> Response[Any]:
    """Check the code and go on."""
    view = guards.at_work(request)
    form = await typed(request)
    if view.stage is not Stage.TOTP:
        return redirect(path_after(view.stage, next_path(request)))
    try:
        stage = await mechanism.verify_totp(
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
    await note("sign_in", view.operator.username, view.operator.id, origin_of(request))
    return redirect(path_after(stage, next_path(request)))


@get("/thiet-lap-xac-thuc", name="console.enrolment_page", opt=UNFINISHED)
async def enrolment_page(request: AnyRequest) -> Response[Any]:
    """Show a new authenticator as a picture and as text."""
    view = guards.at_work(request)
    if view.stage is not Stage.ENROL:
        return redirect(path_after(view.stage, "/tai-khoan"))
    enrolment = await mechanism.start_enrolment(session=view, issuer=phrases.SITE_NAME)
    return page(
        request,
        "accounts/enrolment.html",
        enrolment=enrolment,
        error=None,
        next=next_path(request),
        obligatory=True,
    )


@post("/thiet-lap-xac-thuc", name="console.enrolment", opt=UNFINISHED)
async def enrolment(request: AnyRequest) -> Response[Any]:
    """Confirm the authenticator by its first code; show the recovery codes, once."""
    view = guards.at_work(request)
    form = await typed(request)
    try:
        codes = await mechanism.confirm_enrolment(
            session=view,
            sealed=form.get("sealed", ""),
            code=form.get("code", ""),
            address=origin_of(request)["address"],
        )
    except InvalidInputError as error:
        shown = await mechanism.shown_again(
            session=view, sealed=form.get("sealed", ""), issuer=phrases.SITE_NAME
        )
        return page(
            request,
            "accounts/enrolment.html",
            status_code=error.status,
            enrolment=shown,
            error=error,
            next=next_path(request),
            obligatory=True,
        )
    return page(request, "accounts/recovery_codes.html", codes=codes, next=next_path(request))


@get("/doi-mat-khau", name="console.change_password_page", opt=UNFINISHED)
async def change_password_page(request: AnyRequest) -> Response[Any]:
    """Show the form of a new password (also the forced change of a first one)."""
    view = guards.at_work(request)
    if view.stage not in (Stage.CHANGE_PASSWORD, Stage.FULL):
        return redirect(path_after(view.stage, next_path(request)))
    return _password_form(request, None)


@post("/doi-mat-khau", name="console.change_password", opt=UNFINISHED)
async def change_password(request: AnyRequest) -> Response[Any]:
    """Set the new password; all other sessions end."""
    view = guards.at_work(request)
    form = await typed(request)
    try:
        stage = await mechanism.change_password(
            session=view,
            current=form.get("current", ""),
            new=form.get("new", ""),
            repeated=form.get("repeated", ""),
            rule=password_rule(),
            address=origin_of(request)["address"],
        )
    except InvalidInputError as error:
        return _password_form(request, error)
    return redirect(path_after(stage, next_path(request)), flash=phrases.PASSWORD_CHANGED)


def _password_form(request: AnyRequest, error: InvalidInputError | None) -> Response[str]:
    return page(
        request,
        "accounts/change_password.html",
        status_code=error.status if error else 200,
        rule=password_rule(),
        forced=guards.at_work(request).stage is Stage.CHANGE_PASSWORD,
        error=error,
        next=next_path(request),
    )


handlers: list[Any] = [
    sign_in_page,
    sign_in,
    sign_out,
    sign_in_again,
    second_factor_page,
    second_factor,
    enrolment_page,
    enrolment,
    change_password_page,
    change_password,
]
