"""Some routes behind the real edge, with a person who is signed in already."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any
from uuid import UUID

import httpx
from litestar import Litestar
from litestar.types import ASGIApp, HTTPScope

from core.accounts import guards
from core.accounts.schemas import Actor, SessionView, Stage
from core.kit import templates
from core.kit.ids import new_id
from core.movements.routes import route_handlers as plan_pages
from core.movements.routes_draft import route_handlers as draft_pages
from core.movements.routes_publish import route_handlers as publish_pages
from core.organisation.routes import route_handlers as unit_pages
from core.statistics.routes import route_handlers as consolidation_pages
from core.web import failures
from core.web.edge import Edge
from tenants.service import forget_hosts, resolve_host


@cache
def _app() -> Litestar:
    return Litestar(
        route_handlers=[
            *plan_pages,
            *draft_pages,
            *publish_pages,
            *unit_pages,
            *consolidation_pages,
        ],
        exception_handlers={Exception: failures.handle},
        openapi_config=None,
    )


def site(actor: Actor | None, app: Litestar | None = None) -> ASGIApp:
    """Return the three rooms' pages (or another room's application) as this person sees them."""

    async def session_of(scope: HTTPScope) -> UUID | None:
        if actor is None:
            return None
        scope["state"][guards.STATE_KEY] = SessionView(
            new_id(), actor, Stage.FULL, "web", False, datetime.now(UTC) + timedelta(hours=1)
        )
        return actor.account_id

    def context(connection: Any) -> dict[str, Any]:
        return {
            "tenant": connection.scope["state"].get("tenant"),
            "viewer": None,
            "movement_name": "",
        }

    templates.environment().globals["asset"] = lambda name: f"/static/{name}"
    templates.use_context(context)
    forget_hosts()
    return Edge(
        app or _app(), resolve_host=resolve_host, resolve_session=session_of, failed=failures.answer
    )


@asynccontextmanager
async def browser(actor: Actor | None, slug: str) -> AsyncIterator[httpx.AsyncClient]:
    """Return a client on a department's host."""
    transport = httpx.ASGITransport(site(actor))  # type: ignore[arg-type]
    async with httpx.AsyncClient(
        transport=transport, base_url=f"http://{slug}.localhost", follow_redirects=False
    ) as client:
        yield client
