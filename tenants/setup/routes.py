"""Pages of the set-up path and the hub of configuration."""

from __future__ import annotations

from typing import Any

from litestar import Request, get
from litestar.response import Response

from core.accounts.guards import actor_of
from core.errors import PermissionDeniedError
from core.kit.templates import page
from tenants.setup import routes_import
from tenants.setup.hub import cards_for

AnyRequest = Request[Any, Any, Any]
ADMIN = {"access": "tenant_admin"}


@get("/quan-tri", name="setup.hub", opt=ADMIN)
async def hub(request: AnyRequest) -> Response[str]:
    """Show every page of configuration that this person may use."""
    groups = cards_for(actor_of(request))
    if not groups:
        raise PermissionDeniedError
    return page(request, "setup/hub.html", groups=groups)


route_handlers: list[Any] = [hub, *routes_import.handlers]
