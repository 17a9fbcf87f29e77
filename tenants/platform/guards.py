"""Who stands behind a request of the console: the edge puts an `OperatorSession` into the state."""

from __future__ import annotations

from litestar import Request
from litestar.handlers.base import BaseRouteHandler
from litestar.types import HTTPScope

from core.accounts.guards import STAGE_PATHS, Connection
from core.accounts.schemas import Stage
from core.errors import SignInRequiredError
from tenants.platform.schemas import Operator, OperatorSession
from tenants.platform.signing_in import resolve_session

STATE_KEY = "operator_session"
COOKIE = "thidua_operator"


async def session_of_scope(scope: HTTPScope) -> OperatorSession | None:
    """Find who asks by the console's cookie and put it into the request's state."""
    token = Request(scope).cookies.get(COOKIE, "")
    view = await resolve_session(token) if token else None
    scope["state"][STATE_KEY] = view
    return view


def session_of(connection: Connection) -> OperatorSession | None:
    """Return the session that the edge found, also an unfinished or idle one."""
    view: OperatorSession | None = connection.scope.get("state", {}).get(STATE_KEY)
    return view


def at_work(connection: Connection) -> OperatorSession:
    """Return the session, whatever step it is at.

    Raises:
        SignInRequiredError: there is none, or it is idle.
    """
    view = session_of(connection)
    if view is None or view.idle_expired:
        raise SignInRequiredError(extra={"location": "/dang-nhap"})
    return view


def operator_of(connection: Connection) -> Operator:
    """Return the operator who is fully signed in.

    Raises:
        SignInRequiredError: nobody, an idle session, or one with a step still to do (code
            `step_required`); `extra["location"]` is the page to go to.
    """
    view = at_work(connection)
    if view.stage is not Stage.FULL:
        raise SignInRequiredError(
            "Cần hoàn tất một bước đăng nhập trước khi tiếp tục.",
            code="step_required",
            extra={"location": STAGE_PATHS[view.stage]},
        )
    return view.operator


def operators_only(connection: Connection, _handler: BaseRouteHandler) -> None:
    """Litestar guard of every page of the console."""
    operator_of(connection)
