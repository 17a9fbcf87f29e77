"""The pages of decisions behind the real edge, with a person who is signed in already."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import httpx
from litestar import Litestar
from litestar.types import HTTPScope

from core.accounts import guards
from core.accounts.schemas import Actor, SessionView, Stage
from core.decisions import routes, routes_fund, routes_out
from core.kit import templates
from core.kit.ids import new_id
from core.web import failures
from core.web.edge import Edge
from tenants.service import forget_hosts, resolve_host


@asynccontextmanager
async def browser(actor: Actor, slug: str) -> AsyncIterator[httpx.AsyncClient]:
    """Return a client on a department's host, as one person."""

    async def session_of(scope: HTTPScope) -> UUID | None:
        scope["state"][guards.STATE_KEY] = SessionView(
            new_id(), actor, Stage.FULL, "web", False, datetime.now(UTC) + timedelta(hours=1)
        )
        return actor.account_id

    def context(connection: Any) -> dict[str, Any]:
        tenant = connection.scope["state"].get("tenant")
        return {"tenant": tenant, "viewer": None, "movement_name": "", "support": None}

    templates.environment().globals["asset"] = lambda name: f"/static/{name}"
    templates.use_context(context)
    app = Litestar(
        route_handlers=[
            *routes.route_handlers, *routes_out.route_handlers, *routes_fund.route_handlers,
        ],
        exception_handlers={Exception: failures.handle},
        openapi_config=None,
    )  # fmt: skip
    forget_hosts()
    edge = Edge(app, resolve_host=resolve_host, resolve_session=session_of, failed=failures.answer)
    transport = httpx.ASGITransport(edge)  # type: ignore[arg-type]
    async with httpx.AsyncClient(
        transport=transport, base_url=f"http://{slug}.localhost", follow_redirects=False
    ) as client:
        yield client
