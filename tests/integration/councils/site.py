"""The councils' pages behind the real edge, with a person who is signed in already."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from functools import cache
from typing import Any

import httpx
from litestar import Litestar

from core.accounts.schemas import Actor
from core.councils.routes import route_handlers
from core.kit import db
from core.web import failures
from tests.integration.councils.chamber import Chamber
from tests.integration.statistics import site as behind


@cache
def _app(handlers: tuple[Any, ...]) -> Litestar:
    return Litestar(
        route_handlers=list(handlers),
        exception_handlers={Exception: failures.handle},
        openapi_config=None,
    )


@asynccontextmanager
async def browser(
    actor: Actor, chamber: Chamber, handlers: Sequence[Any] = route_handlers
) -> AsyncIterator[httpx.AsyncClient]:
    """Return a client on the department's host (the pages, or other handlers)."""
    async with chamber.house.at():
        slug = await db.fetchval("SELECT slug FROM tenant WHERE id = $1", chamber.house.tenant_id)
    transport = httpx.ASGITransport(behind.site(actor, _app(tuple(handlers))))  # type: ignore[arg-type]
    async with httpx.AsyncClient(
        transport=transport, base_url=f"http://{slug}.localhost", follow_redirects=False
    ) as client:
        yield client
