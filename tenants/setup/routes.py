"""Pages of the set-up path and the hub of configuration."""

from __future__ import annotations

from typing import Any

from litestar import Request, get
from litestar.response import Response

from core.accounts.guards import actor_of
from core.errors import ConflictError, PermissionDeniedError
from core.kit.templates import page
from core.movements import service as movements
from core.movements.phrases import SUBJECTS
from tenants.setup import phrases, progress, routes_import
from tenants.setup.hub import READERS, ROLES, cards_for

AnyRequest = Request[Any, Any, Any]
ADMIN = {"access": "tenant_admin"}


@get("/quan-tri", name="setup.hub", opt={"access": list(ROLES)})
async def hub(request: AnyRequest) -> Response[str]:
    """Show every page of configuration that this person may use."""
    groups = cards_for(actor_of(request))
    if not groups:
        raise PermissionDeniedError
    return page(request, "setup/hub.html", groups=groups)


@get("/quan-tri/thiet-lap", name="setup.progress", opt=ADMIN)
async def path(request: AnyRequest) -> Response[str]:
    """Show how far the set-up has come, and the one next thing to do."""
    slug = request.scope["state"]["tenant"].plugin_slug
    found = await progress.progress(actor=actor_of(request), plugin_slug=slug)
    return page(request, "setup/progress.html", progress=found, states=phrases.STEP_STATES)


@get("/quan-tri/bo-quy-tac", name="setup.plugin", opt={"access": list(READERS)})
async def plugin(request: AnyRequest) -> Response[str]:
    """Show the plugin that the operator activated, with its plan in words."""
    if not actor_of(request).has(READERS):
        raise PermissionDeniedError
    slug = request.scope["state"]["tenant"].plugin_slug
    loaded, problem = await progress.plugin_of(slug)
    plan = None
    if loaded is not None:
        try:
            plan = await movements.plan_at_hand()
        except (ConflictError, movements.PlanUnavailableError) as error:
            problem = error.detail
    return page(
        request,
        "setup/plugin.html",
        slug=slug,
        plugin=loaded,
        plan=plan,
        problem=problem,
        subjects=SUBJECTS,
    )


route_handlers: list[Any] = [hub, path, plugin, *routes_import.handlers]
