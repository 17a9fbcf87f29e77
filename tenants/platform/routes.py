"""All pages of the console; whatever is not signing in is for signed-in operators only."""

from __future__ import annotations

from litestar import Router
from litestar.types import ControllerRouterHandler

from tenants.platform import (
    routes_deletion,
    routes_departments,
    routes_operation,
    routes_own,
    routes_sign_in,
)
from tenants.platform.guards import operators_only

PAGES = [
    *routes_own.handlers,
    *routes_departments.handlers,
    *routes_deletion.handlers,
    *routes_operation.handlers,
]
route_handlers: list[ControllerRouterHandler] = [
    *routes_sign_in.handlers,
    Router(path="/", route_handlers=PAGES, guards=[operators_only]),
]
