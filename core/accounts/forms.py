"""Small helpers of this room's pages: forms, cookies, where to go next."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote
from uuid import UUID

from litestar import Request
from litestar.datastructures import Cookie

from core.accounts import guards
from core.accounts.schemas import SessionView, Stage
from core.accounts.throttle import address_of
from core.errors import InvalidInputError, SignInRequiredError
from core.settings import settings

AnyRequest = Request[Any, Any, Any]


async def typed(request: AnyRequest) -> dict[str, str]:
    """Return the text fields of a form."""
    form: Mapping[str, Any] = await request.form()
    return {key: value for key, value in form.items() if isinstance(value, str)}


def uuid_of(form: Mapping[str, str], field: str, sentence: str) -> UUID:
    """Return an id that was chosen in a form.

    Raises:
        InvalidInputError: nothing was chosen.
    """
    try:
        return UUID(form.get(field, ""))
    except ValueError:
        raise InvalidInputError(fields={field: sentence}) from None


def origin_of(request: AnyRequest) -> dict[str, str]:
    """Return where an attempt comes from, for the session and the delay."""
    return {
        "address": address_of(request.scope),
        "user_agent": request.headers.get("user-agent", ""),
    }


def next_path(request: AnyRequest) -> str:
    """Return the page that was asked for before signing in; only paths of this site are taken."""
    path = str(request.query_params.get("tiep", ""))
    local = path.startswith("/") and not path.startswith("//") and "\\" not in path
    return path if local and path.isprintable() else "/"


def path_after(stage: Stage, wanted: str) -> str:
    """Return the page of the next step, or the page that was wanted."""
    if stage is Stage.FULL:
        return wanted
    return guards.STAGE_PATHS[stage] + (f"?tiep={quote(wanted)}" if wanted != "/" else "")


def session_at_work(request: AnyRequest) -> SessionView:
    """Return the session, whatever step it is at.

    Raises:
        SignInRequiredError: there is none, or it is idle.
    """
    view = guards.session_of(request)
    if view is None or view.idle_expired:
        raise SignInRequiredError(extra={"location": "/dang-nhap"})
    return view


def session_cookie(token: str, name: str = guards.COOKIE) -> Cookie:
    """Return the cookie of a session; it ends with the browser."""
    return Cookie(
        name,
        value=token,
        path="/",
        httponly=True,
        samesite="lax",
        secure=settings().secure_cookies,
    )


def site_of(request: AnyRequest) -> str:
    """Return scheme and host of the department's pages (the edge knows the host by now)."""
    name, _, port = request.headers.get("host", "").rpartition(":")
    if not name or not port.isdigit():
        name, port = request.headers.get("host", "").partition(":")[0], ""
    scheme = "https" if settings().secure_cookies else "http"
    return f"{scheme}://{name}" + (f":{port}" if port else "")


def issuer_of(request: AnyRequest) -> str:
    """Return the department's short name, shown in the authenticator."""
    tenant = request.scope.get("state", {}).get("tenant")
    return str(getattr(tenant, "short_name", "")) or "Thi đua"
