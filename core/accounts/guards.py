"""Who stands behind a request: the edge puts a `SessionView` into the state; read it here."""

from __future__ import annotations

from typing import Any

from litestar.connection import ASGIConnection
from litestar.handlers.base import BaseRouteHandler

from core.accounts.schemas import Actor, SessionView, Stage
from core.errors import SignInRequiredError

STATE_KEY = "session_view"
COOKIE = "thidua_session"
STAGE_PATHS = {
    Stage.TOTP: "/xac-thuc",
    Stage.ENROL: "/thiet-lap-xac-thuc",
    Stage.CHANGE_PASSWORD: "/doi-mat-khau",
}

Connection = ASGIConnection[Any, Any, Any, Any]


def session_of(connection: Connection) -> SessionView | None:
    """Return the session that the edge found, also an unfinished or idle one."""
    view: SessionView | None = connection.scope.get("state", {}).get(STATE_KEY)
    return view


def actor_of(connection: Connection) -> Actor:
    """Return the signed-in person.

    Raises:
        SignInRequiredError: nobody (code `sign_in_required`), an idle session (`session_expired`:
            the password is enough), or one with a step still to do (`step_required`);
            `extra["location"]` is the page to go to.
    """
    view = session_of(connection)
    if view is None:
        raise SignInRequiredError(code="sign_in_required", extra={"location": "/dang-nhap"})
    if view.idle_expired:
        raise SignInRequiredError(extra={"location": "/dang-nhap"})
    if view.stage is not Stage.FULL:
        raise SignInRequiredError(
            "Cần hoàn tất một bước đăng nhập trước khi tiếp tục.",
            code="step_required",
            extra={"location": STAGE_PATHS[view.stage]},
        )
    return view.actor


def signed_in(connection: Connection, _handler: BaseRouteHandler) -> None:
    """Litestar guard: turn anonymous people away (rights are checked in the services)."""
    actor_of(connection)
