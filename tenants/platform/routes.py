"""All pages of the console; whatever is not signing in is for signed-in operators only."""

from __future__ import annotations

from litestar import Router
from litestar.types import ControllerRouterHandler

from tenants.platform import routes_own, routes_sign_in
from tenants.platform.guards import operators_only

route_handlers: list[ControllerRouterHandler] = [
    *routes_sign_in.handlers,
    Router(path="/", route_handlers=[*routes_own.handlers], guards=[operators_only]),
]
