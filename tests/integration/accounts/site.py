"""The room's pages behind the real edge, and a browser that keeps cookies."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import cache
from typing import Any
from uuid import UUID

import httpx
from litestar import Litestar, get
from litestar.config.csrf import CSRFConfig
from litestar.types import ASGIApp, HTTPScope

from core.accounts import guards
from core.accounts.routes import route_handlers
from core.accounts.service import resolve_session
from core.accounts.throttle import SignInDelay
from core.kit import templates
from core.kit.ids import new_id
from core.settings import settings
from core.web import failures
from core.web.edge import Edge
from tenants.service import forget_hosts, resolve_host

CSRF = re.compile(r'name="csrf-token" content="([^"]+)"')


@get("/", opt={"access": "signed_in"}, name="home")
async def home(request: failures.AnyRequest) -> str:
    return guards.actor_of(request).display_name


@cache
def _app() -> Litestar:
    return Litestar(
        route_handlers=[home, *route_handlers],
        csrf_config=CSRFConfig(secret=settings().secret, cookie_name="thidua_csrf"),
        exception_handlers={Exception: failures.handle},
        openapi_config=None,
    )


def site() -> ASGIApp:
    """Return the application: edge, sessions by cookie, this room's routes."""

    async def session_of(scope: HTTPScope) -> UUID | None:
        token = failures.Request(scope).cookies.get(guards.COOKIE, "")
        view = await resolve_session(token, kind="web") if token else None
        scope["state"][guards.STATE_KEY] = view
        return view.actor.account_id if view else None

    def context(connection: Any) -> dict[str, Any]:
        return {
            "tenant": connection.scope["state"].get("tenant"),
            "viewer": None,
            "movement_name": "",
        }

    templates.environment().globals["asset"] = lambda name: f"/static/{name}"
    templates.use_context(context)
    forget_hosts()
    edge = Edge(
        _app(), resolve_host=resolve_host, resolve_session=session_of, failed=failures.answer
    )
    return SignInDelay(edge)


class Browser:
    """One person's browser on one department's host."""

    def __init__(self, client: httpx.AsyncClient) -> None:
        self.client = client
        self.page = ""

    async def get(self, path: str) -> httpx.Response:
        answer = await self.client.get(path)
        self.page = answer.text
        return answer

    def token(self) -> str:
        found = CSRF.search(self.page)
        assert found, self.page[:500]
        return found.group(1)

    async def post(self, path: str, **fields: str) -> httpx.Response:
        """Send a form with the token of the last page (or of the sign-in page)."""
        if not CSRF.search(self.page):
            await self.get("/quen-mat-khau")
        answer = await self.client.post(path, data={"_csrf_token": self.token(), **fields})
        if answer.status_code != 303:
            self.page = answer.text
        return answer

    async def post_json(self, path: str, body: dict[str, str]) -> httpx.Response:
        return await self.client.post(path, json=body, headers={"X-CSRFToken": self.token()})


@asynccontextmanager
async def browser(app: ASGIApp, slug: str) -> AsyncIterator[Browser]:
    address = str(new_id())  # of its own, so that no test waits for the failures of another
    transport = httpx.ASGITransport(app, client=(address, 1))  # type: ignore[arg-type]
    async with httpx.AsyncClient(
        transport=transport, base_url=f"http://{slug}.localhost", follow_redirects=False
    ) as client:
        yield Browser(client)
