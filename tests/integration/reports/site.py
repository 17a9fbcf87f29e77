"""The reporting pages behind the real edge; who asks is told by a header, the clock is fixed."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from datetime import timedelta
from functools import cache
from typing import Any
from uuid import UUID

import httpx
from litestar import Litestar
from litestar.config.csrf import CSRFConfig
from litestar.types import ASGIApp, HTTPScope

from core.accounts import guards
from core.accounts.schemas import Actor, SessionView, Stage
from core.kit import clock, db, templates
from core.kit.ids import new_id
from core.kit.scope import tenant_scope
from core.settings import settings
from core.web import failures
from core.web.edge import Edge
from tenants.service import forget_hosts, resolve_host
from tests.integration.reports.house import House

CSRF = re.compile(r'name="csrf-token" content="([^"]+)"')
_people: dict[str, Actor] = {}


def _session(actor: Actor) -> SessionView:
    return SessionView(
        session_id=new_id(), actor=actor, stage=Stage.FULL, kind="web", idle_expired=False,
        expires_at=clock.now() + timedelta(hours=8),
    )  # fmt: skip


async def _who(scope: HTTPScope) -> UUID | None:
    name = failures.Request(scope).headers.get("x-person", "")
    actor = _people.get(name)
    scope["state"][guards.STATE_KEY] = _session(actor) if actor else None
    return actor.account_id if actor else None


def _context(connection: Any) -> dict[str, Any]:
    return {"tenant": connection.scope["state"].get("tenant"), "viewer": None, "movement_name": ""}


@cache
def _app(handlers: tuple[Any, ...]) -> Litestar:
    return Litestar(
        route_handlers=handlers,
        csrf_config=CSRFConfig(
            secret=settings().secret, cookie_name="thidua_csrf", header_name="x-csrf-token"
        ),
        exception_handlers={Exception: failures.handle},
        openapi_config=None,
    )


def site(handlers: Iterable[Any]) -> ASGIApp:
    """Return the application: edge and these routes."""
    templates.environment().globals["asset"] = lambda name: f"/static/{name}"
    templates.use_context(_context)
    forget_hosts()
    app = _app(tuple(handlers))
    return Edge(app, resolve_host=resolve_host, resolve_session=_who, failed=failures.answer)


class Browser:
    """One person's browser on one department's host."""

    def __init__(self, client: httpx.AsyncClient) -> None:
        self.client = client
        self.text = ""

    async def get(self, path: str, status: int = 200) -> str:
        answer = await self.client.get(path)
        assert answer.status_code == status, (answer.status_code, answer.text[-1500:])
        self.text = answer.text
        return answer.text

    async def post(
        self, path: str, status: int = 303, files: Any = None, **fields: Any
    ) -> httpx.Response:
        """Send a form with the token of the last page; dots in names are written as `__`."""
        found = CSRF.search(self.text)
        assert found, "open a page first"
        data = {name.replace("__", "."): value for name, value in fields.items()}
        answer = await self.client.post(
            path, data={"_csrf_token": found.group(1), **data}, files=files
        )
        assert answer.status_code == status, (answer.status_code, answer.text[-1500:])
        if status != 303:
            self.text = answer.text
        return answer


@asynccontextmanager
async def browser(app: ASGIApp, house: House, who: str) -> AsyncIterator[Browser]:
    """Open the department's site as one of its people."""
    key = f"{house.tenant_id}:{who}"
    _people[key] = house.people[who]
    with tenant_scope(house.tenant_id):
        async with db.transaction():
            host = await db.fetchval("SELECT slug FROM tenant WHERE id = $1", house.tenant_id)
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(app),
        base_url=f"http://{host}.localhost",
        headers={"x-person": key},
    ) as client:
        yield Browser(client)
