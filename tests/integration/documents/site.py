"""The pages of files, papers and notices behind the real edge; who asks is told by a header."""

from __future__ import annotations

import datetime as dt
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from functools import cache
from typing import Any
from uuid import UUID

import httpx
from litestar import Litestar
from litestar.types import ASGIApp, HTTPScope

from core.accounts import guards
from core.accounts.schemas import Actor, SessionView, Stage
from core.documents.routes import route_handlers as documents
from core.evidence.routes import route_handlers as evidence
from core.kit import templates
from core.kit.ids import new_id
from core.notifications.routes import route_handlers as notifications
from core.web import failures
from core.web.edge import Edge
from tenants.service import forget_hosts, resolve_host


@cache
def _app() -> Litestar:
    return Litestar(
        route_handlers=[*documents, *evidence, *notifications],
        exception_handlers={Exception: failures.handle},
        openapi_config=None,
        request_max_body_size=None,
    )


def site(people: Mapping[str, Actor]) -> ASGIApp:
    """Return the application; the header `x-who` names one of the people."""

    async def session_of(scope: HTTPScope) -> UUID | None:
        actor = people.get(failures.Request(scope).headers.get("x-who", ""))
        if actor is None:
            return None
        later = dt.datetime.now(dt.UTC) + dt.timedelta(hours=1)
        scope["state"][guards.STATE_KEY] = SessionView(
            new_id(), actor, Stage.FULL, "web", idle_expired=False, expires_at=later
        )
        return actor.account_id

    def context(connection: Any) -> dict[str, Any]:
        tenant = connection.scope["state"].get("tenant")
        return {"tenant": tenant, "viewer": None, "movement_name": ""}

    templates.environment().globals["asset"] = lambda name: f"/static/{name}"
    templates.use_context(context)
    forget_hosts()
    return Edge(
        _app(), resolve_host=resolve_host, resolve_session=session_of, failed=failures.answer
    )


@asynccontextmanager
async def browser(people: Mapping[str, Actor], slug: str) -> AsyncIterator[httpx.AsyncClient]:
    """A client on the department's host that follows no redirect."""
    transport = httpx.ASGITransport(site(people))  # type: ignore[arg-type]
    async with httpx.AsyncClient(transport=transport, base_url=f"http://{slug}.localhost") as made:
        yield made
