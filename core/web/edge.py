"""The edge: host → tenant → session → one transaction around the application.

The only place that opens and closes the transaction of a request: committed before the first byte
of the answer leaves, and only when the status is below 400.
"""

from __future__ import annotations

import secrets
from collections.abc import Awaitable, Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any, Protocol
from uuid import UUID

import structlog
from litestar.enums import ScopeType
from litestar.types import ASGIApp, HTTPScope, Message, Receive, Scope, Send

from core.errors import SuspendedTenantError, ThiduaError, UnavailableError, UnknownHostError
from core.kit import db
from core.kit.scope import tenant_scope, unscoped
from core.settings import settings
from core.web.body import read_body
from core.web.headers import security_headers

log = structlog.get_logger("edge")
BODY_ALLOWANCE = 1024 * 1024
SAFE = {"GET", "HEAD", "OPTIONS"}
# In the state: the session's own query has told the database already who acts.
ACTOR_TOLD = "actor_told"


class Host(Protocol):
    """What the edge needs to know of a department."""

    id: UUID
    slug: str
    status: str


ResolveHost = Callable[[str], Awaitable[Any]]
ResolveSession = Callable[[HTTPScope], Awaitable[UUID | None]]
Failed = Callable[[Scope, Receive, Send, ThiduaError], Awaitable[None]]


@dataclass(frozen=True)
class Console:
    """The operators' site: its application, and how it finds who asks."""

    app: ASGIApp
    resolve_session: ResolveSession


class Edge:
    """ASGI wrapper around the Litestar application.

    Attributes:
        resolve_host: host name → department, or None.
        resolve_session: finds who asks (inside the transaction), puts it into the state and
            returns the account's id.
        failed: writes the answer for an error that happened before the application ran.
        console: the operators' site, served at the bare host; None = an unknown host there.
    """

    def __init__(
        self,
        app: ASGIApp,
        *,
        resolve_host: ResolveHost,
        resolve_session: ResolveSession,
        failed: Failed,
        console: Console | None = None,
    ) -> None:
        self.app = app
        self.console = console
        self.resolve_host = resolve_host
        self.resolve_session = resolve_session
        self.failed = failed

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection; static files and health need no department."""
        if scope["type"] != ScopeType.HTTP:
            await self.app(scope, receive, send)
            return
        request_id = secrets.token_hex(4)
        scope.setdefault("state", {})["request_id"] = request_id
        static = scope["path"].startswith("/static/")
        send = _with_headers(send, request_id, cacheable=static)
        if static or scope["path"] == "/healthz":
            await self.app(scope, receive, send)
            return
        structlog.contextvars.bind_contextvars(request_id=request_id)
        try:
            name = _host_name(scope)
            if self.console is not None and name == settings().base_domain:
                scope["state"]["console"] = True
                await self._in_console(self.console, scope, receive, send)
            else:
                await self._in_department(name, scope, receive, send)
        except ThiduaError as error:
            await self.failed(scope, receive, send, error)
        finally:
            structlog.contextvars.clear_contextvars()

    async def _in_console(
        self, console: Console, scope: HTTPScope, receive: Receive, send: Send
    ) -> None:
        """Serve the operators' site as their own role, outside any department."""
        structlog.contextvars.bind_contextvars(tenant="console")
        with db.as_platform():
            receive = await read_body(scope, receive, BODY_ALLOWANCE)
            with unscoped(reason=_reason(scope)):
                await self._in_transaction(
                    console.app,
                    console.resolve_session,
                    lambda actor_id: unscoped(reason=_reason(scope), actor_id=actor_id),
                    (scope, receive, send),
                )

    async def _in_department(
        self, name: str, scope: HTTPScope, receive: Receive, send: Send
    ) -> None:
        limit = settings().max_upload_bytes + BODY_ALLOWANCE
        try:
            tenant = await self.resolve_host(name)
        except db.CONNECTION_LOST as error:
            raise UnavailableError from error
        if tenant is None:
            raise UnknownHostError(
                f"Địa chỉ “{name[:100]}” không đúng. "
                "Xin xem lại địa chỉ Sở đã gửi, hoặc hỏi quản trị của Sở."
            )
        scope["state"]["tenant"] = tenant
        structlog.contextvars.bind_contextvars(tenant=tenant.slug)
        if tenant.status != "active":
            raise SuspendedTenantError
        receive = await read_body(scope, receive, limit)
        with tenant_scope(tenant.id, reason=_reason(scope)):
            await self._in_transaction(
                self.app,
                self.resolve_session,
                lambda actor_id: tenant_scope(tenant.id, actor_id=actor_id, reason=_reason(scope)),
                (scope, receive, send),
            )

    async def _in_transaction(
        self,
        app: ASGIApp,
        resolve_session: ResolveSession,
        acting: Callable[[UUID | None], AbstractContextManager[object]],
        call: tuple[HTTPScope, Receive, Send],
    ) -> None:
        scope, receive, send = call
        transaction = db.engine().transaction()
        await transaction.__aenter__()
        ending = _Ending(transaction, send)
        try:
            actor_id = await resolve_session(scope)
            told = scope["state"].get(ACTOR_TOLD) or scope["method"] in SAFE
            if actor_id is not None and not told:
                await db.execute("SELECT set_config('app.actor_id', $1, true)", str(actor_id))
            with acting(actor_id):
                await app(scope, receive, ending.send)
        except db.CONNECTION_LOST as error:
            if ending.started:
                raise
            raise UnavailableError from error
        finally:
            await ending.close()
        if ending.failure is not None:
            raise ending.failure


class _Ending:
    """Commits on the way out, exactly once.

    When the commit fails, the application's answer is not true: it is held back, and `failure` is
    told instead once the application has finished (it takes its answer for sent).
    """

    def __init__(self, transaction: db.TenantTransaction, send: Send) -> None:
        self.transaction = transaction
        self.forward = send
        self.started = False
        self.closed = False
        self.failure: ThiduaError | None = None

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            try:
                await self.close(commit=message["status"] < 400)
            except ThiduaError as error:
                self.failure = error
            except Exception as error:
                log.exception("commit_failed")
                self.failure = ThiduaError("Chưa lưu được gì của lần gửi này. Xin thử lại.")
                self.failure.__cause__ = error
            self.started = self.failure is None
        if self.failure is None:
            await self.forward(message)

    async def close(self, *, commit: bool = False) -> None:
        if self.closed:
            return
        self.closed = True
        try:
            await self.transaction.finish(commit=commit)
        except db.CONNECTION_LOST as error:
            if commit:
                raise UnavailableError from error
            log.warning("rollback_on_lost_connection")


def _host_name(scope: HTTPScope) -> str:
    """Return the host of the request, without its port, in lower case."""
    host = next((v.decode("latin-1") for k, v in scope["headers"] if k == b"host"), "")
    return host.rsplit(":", 1)[0].lower()


def _reason(scope: HTTPScope) -> str:
    """Return what is recorded with every change of this request."""
    return f"{scope['method']} {scope['path'][:200]}"


def _with_headers(send: Send, request_id: str, *, cacheable: bool) -> Send:
    async def wrapped(message: Message) -> None:
        if message["type"] == "http.response.start":
            present = [(bytes(k), bytes(v)) for k, v in message["headers"]]
            message["headers"] = [
                *present,
                *security_headers(present, request_id=request_id, cacheable=cacheable),
            ]
        await send(message)

    return wrapped
