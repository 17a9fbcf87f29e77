"""The door of the panel at `/admin`: the site's own session, our headers, our words.

It stands inside the edge, hence inside the department's scope and the request's transaction. The
libraries behind it take half a second to load, so they are loaded at the first use.
"""

from __future__ import annotations

import asyncio
from functools import lru_cache
from typing import cast

from litestar import Request
from litestar.enums import ScopeType
from litestar.types import ASGIApp, HTTPScope, Message, Receive, Scope, Send

from admin import hosts, rights
from core.accounts import guards
from core.errors import ThiduaError
from core.kit import db
from core.settings import settings
from core.web import failures
from core.web.headers import CSP

ADDRESS = "/admin"
PANEL_CSP = CSP.replace("style-src 'self'", "style-src 'self' 'unsafe-inline'")
SAFE = {"GET", "HEAD", "OPTIONS"}
YEAR = 31_536_000


@lru_cache(maxsize=1)
def panel() -> ASGIApp:
    """Build the panel, once per process."""
    from admin.panel import Panel  # noqa: PLC0415 -- loaded at the first use

    return cast(ASGIApp, Panel())


class WithPanel:
    """ASGI application: the panel under its address, the site everywhere else."""

    def __init__(self, site: ASGIApp) -> None:
        self.site = site

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection."""
        path = scope.get("path", "")
        if scope["type"] != ScopeType.HTTP or not (
            path == ADDRESS or path.startswith(f"{ADDRESS}/")
        ):
            await self.site(scope, receive, send)
            return
        try:
            await _admit(scope)
        except ThiduaError as error:
            await failures.answer(scope, receive, send, error)
            return
        if path == ADDRESS:
            await send({"type": "http.response.start", "status": 307,
                        "headers": [(b"location", b"/admin/")]})  # fmt: skip
            await send({"type": "http.response.body", "body": b"", "more_body": False})
            return
        await _serve(scope, receive, send)


async def _admit(scope: HTTPScope) -> None:
    """Let in whoever is signed in and has a role of the panel.

    Raises:
        SignInRequiredError, PermissionDeniedError: everybody else.
    """
    request: failures.AnyRequest = Request(scope)
    rights.require_panel(guards.actor_of(request))
    hosts.remember((request.url.hostname or "").lower())
    if scope["method"] not in SAFE:
        reason = f"Bảng quản trị: {scope['method']} {scope['path'][:200]}"
        await db.execute("SELECT set_config('app.reason', $1, true)", reason)


async def _serve(scope: HTTPScope, receive: Receive, send: Send) -> None:
    app = await asyncio.to_thread(panel)
    answer = _Answer(scope, send)
    try:
        await app({**scope, "root_path": ADDRESS}, receive, answer.send)
    except db.CONNECTION_LOST:
        raise
    except Exception as error:
        from admin import errors  # noqa: PLC0415 -- needs the panel's libraries

        response = errors.unexpected(error)
        await response(scope, receive, answer.send)  # type: ignore[arg-type]


class _Answer:
    """Adds our headers; holds a refusal back until it is put into our words."""

    def __init__(self, scope: HTTPScope, send: Send) -> None:
        self.forward = send
        self.cacheable = scope["path"].startswith(f"{ADDRESS}/assets/")
        self.held: Message | None = None
        self.body = b""

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            message["headers"] = self._headers(message)
            if message["status"] >= 400:
                self.held = message
                return
        elif message["type"] == "http.response.body" and self.held is not None:
            self.body += message.get("body", b"")
            if not message.get("more_body"):
                await self._tell(self.held)
            return
        await self.forward(message)

    async def _tell(self, start: Message) -> None:
        from admin import errors  # noqa: PLC0415 -- needs the panel's libraries

        body = errors.reworded(start["status"], self.body)  # type: ignore[typeddict-item]
        kept = [
            (name, value)
            for name, value in start["headers"]  # type: ignore[typeddict-item]
            if name.lower() not in (b"content-length", b"content-type")
        ]
        start["headers"] = [  # type: ignore[typeddict-unknown-key]
            *kept,
            (b"content-type", b"application/json"),
            (b"content-length", str(len(body)).encode()),
        ]
        await self.forward(start)
        await self.forward({"type": "http.response.body", "body": body, "more_body": False})

    def _headers(self, message: Message) -> list[tuple[bytes, bytes]]:
        headers = [(bytes(k), bytes(v)) for k, v in message["headers"]]  # type: ignore[typeddict-item]
        if settings().secure_cookies:
            headers = [
                (k, v + b"; Secure" if k.lower() == b"set-cookie" and b"Secure" not in v else v)
                for k, v in headers
            ]
        headers.append((b"content-security-policy", PANEL_CSP.encode()))
        if self.cacheable and message["status"] < 400:  # type: ignore[typeddict-item]
            headers.append((b"cache-control", f"private, max-age={YEAR}, immutable".encode()))
        return headers
