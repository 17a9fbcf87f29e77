"""The web application: every room's routes behind the edge. A composition root."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from uuid import UUID

import structlog
from litestar import Litestar, Request, Router, get
from litestar.config.compression import CompressionConfig
from litestar.config.csrf import CSRFConfig
from litestar.response import Redirect, Response
from litestar.static_files import create_static_files_router
from litestar.types import ASGIApp, HTTPScope

from admin.mount import WithPanel
from core import piccolo_conf
from core.accounts import guards
from core.accounts import routes as accounts
from core.accounts.nav import viewer_of
from core.accounts.service import resolve_session
from core.accounts.throttle import SignInDelay
from core.api.routes import api_router, openapi_config
from core.audit import routes as audit
from core.certificates import routes as certificates
from core.certificates import routes_check as certificate_check
from core.certificates import routes_layouts as certificate_layouts
from core.councils import routes as councils
from core.decisions import routes as decisions
from core.decisions import routes_fund as decisions_fund
from core.decisions import routes_out as decisions_out
from core.doctor.command import addresses, examine, examine_machine
from core.documents import routes as documents
from core.eligibility import routes as eligibility
from core.evidence import routes as evidence
from core.guide import routes as guide
from core.honours import routes_complaints as honours_complaints
from core.honours import routes_consultations as honours_consultations
from core.honours import routes_figures as honours_figures
from core.honours import routes_public as honours_public
from core.honours import routes_register as honours_register
from core.honours import routes_revocations as honours_revocations
from core.identity import routes as identity
from core.identity.service import when_changed
from core.kit import db, logs, templates
from core.movements import routes as movements
from core.movements import routes_draft as movements_draft
from core.movements import routes_publish as movements_publish
from core.nominations import awaiting
from core.nominations import routes as nominations
from core.notifications import routes as notifications
from core.organisation import routes as organisation
from core.reports import routes_department, routes_preview, routes_review, routes_unit, waiting
from core.settings import settings
from core.statistics import routes as statistics
from core.web import failures
from core.web.assets import asset
from core.web.edge import ACTOR_TOLD, Console, Edge
from core.web.head import HeadAsGet
from tenants.law import routes as law
from tenants.law.api import LawApi
from tenants.life import routes as life
from tenants.platform import routes as console
from tenants.platform.guards import session_of_scope
from tenants.platform.health import Check, use_doctor
from tenants.platform.nav import frame_of
from tenants.service import forget_hosts, resolve_host
from tenants.setup import routes as setup
from tenants.setup.progress import is_unfinished
from tenants.support import routes as support
from tenants.support.watch import support_of, watch_support

DIST = Path(__file__).parent / "web" / "dist"
YEAR = 31_536_000
CONSOLE_POOL = 5
COMPRESSION = CompressionConfig(
    backend="gzip",
    gzip_compress_level=4,
    minimum_size=1000,
    exclude=[f"^{life.ARCHIVES}/"],  # compressed already, and sent with their length
)
API_PREFIX = "/api/"
PAGES = [
    *accounts.route_handlers,
    *routes_unit.route_handlers,
    *routes_department.route_handlers,
    *routes_review.route_handlers,
    *routes_preview.route_handlers,
    *evidence.route_handlers,
    *documents.route_handlers,
    *notifications.route_handlers,
    *nominations.route_handlers,
    *organisation.route_handlers,
    *movements.route_handlers,
    *movements_draft.route_handlers,
    *movements_publish.route_handlers,
    *statistics.route_handlers,
    *eligibility.route_handlers,
    *decisions.route_handlers,
    *decisions_out.route_handlers,
    *decisions_fund.route_handlers,
    *guide.route_handlers,
    *identity.route_handlers,
    *councils.route_handlers,
    *setup.route_handlers,
    *life.route_handlers,
    *law.route_handlers,
    *audit.route_handlers,
    *support.route_handlers,
    *certificates.route_handlers,
    *certificate_layouts.route_handlers,
    *certificate_check.route_handlers,
    *honours_register.route_handlers,
    *honours_revocations.route_handlers,
    *honours_figures.route_handlers,
    *honours_consultations.route_handlers,
    *honours_complaints.route_handlers,
    *honours_public.route_handlers,
]
log = structlog.get_logger("app")


@get("/healthz", name="health", opt={"access": "anonymous"}, include_in_schema=False)
async def health() -> Response[dict[str, str]]:
    """Say that the process answers (its servers are `thidua doctor`'s business)."""
    return Response({"status": "ok"})


@get("/", name="home", opt={"access": "signed_in"}, include_in_schema=False)
async def home(request: failures.AnyRequest) -> Redirect:
    """Lead each role to the page where its work waits."""
    actor = guards.actor_of(request)
    department_side = actor.has(("officer", "department_head", "records_clerk", "auditor"))
    if not department_side and actor.has("tenant_admin"):
        unfinished = await is_unfinished()
        return Redirect("/quan-tri/thiet-lap" if unfinished else "/quan-tri", status_code=303)
    unit_side = actor.has(("unit_clerk", "unit_head"))
    if not department_side and not unit_side and actor.has(("council_member", "council_secretary")):
        return Redirect("/hop", status_code=303)
    return Redirect("/ky-bao-cao" if department_side else "/viec-cua-toi", status_code=303)


async def _session(scope: HTTPScope) -> UUID | None:
    """Find who asks: a bearer token on the API, the cookie elsewhere."""
    request: failures.AnyRequest = Request(scope)
    if scope["path"].startswith(API_PREFIX):
        kind, token = (
            "api",
            request.headers.get("authorization", "").removeprefix("Bearer ").strip(),
        )
    else:
        kind, token = "web", request.cookies.get(guards.COOKIE, "")
    view = await resolve_session(token, kind=kind) if token else None
    scope["state"][guards.STATE_KEY] = view
    scope["state"][ACTOR_TOLD] = view is not None
    if kind == "web":
        await watch_support(scope, view)
    return view.actor.account_id if view else None


def _context(connection: templates.Connection) -> Mapping[str, Any]:
    """Return what every page shows: the department and the person (or the console's frame)."""
    if connection.scope.get("state", {}).get("console"):
        return frame_of(connection)
    tenant = connection.scope.get("state", {}).get("tenant")
    return {
        "tenant": tenant,
        "movement_name": tenant.settings.get("movement_name", "") if tenant else "",
        "viewer": viewer_of(connection),
        "support": support_of(connection),
    }


async def _open_pool() -> None:
    """Open the pools; while the database is away the site answers with a clear page."""
    engine = piccolo_conf.DB
    while True:
        try:
            await engine.start_connection_pool(min_size=1, max_size=settings().pool_size)
        except OSError as error:
            log.warning("database_unreachable", error=repr(error))
            await asyncio.sleep(1)
        else:
            break
    if settings().database_platform_url:
        platform = db.configure_platform(settings().database_platform_url)
        await platform.start_connection_pool(min_size=0, max_size=CONSOLE_POOL)


@asynccontextmanager
async def _lifespan(_app: Litestar) -> AsyncIterator[None]:
    await _open_pool()
    try:
        yield
    finally:
        await piccolo_conf.DB.close_connection_pool()


def _csrf(cookie_name: str) -> CSRFConfig:
    return CSRFConfig(
        secret=settings().secret,
        cookie_name=cookie_name,
        cookie_secure=settings().secure_cookies,
        cookie_httponly=True,
        header_name="x-csrf-token",
        exclude=["^/api/", "^/healthz", "^/static/"],
    )


def dress_pages() -> None:
    """Let every template of this process know the built files and who looks at the page."""
    templates.environment().globals["asset"] = asset
    templates.use_context(_context)


def create_console() -> Litestar:
    """Return the operators' site without the edge."""
    dress_pages()
    use_doctor(_doctor)
    return Litestar(
        route_handlers=console.route_handlers,
        csrf_config=_csrf("thidua_operator_csrf"),
        compression_config=COMPRESSION,
        exception_handlers={Exception: failures.handle},
        openapi_config=None,
        debug=False,
    )


async def _doctor() -> list[Check]:
    """Return what `thidua doctor` finds; without the owner's address nothing of the database."""
    where = addresses()
    found = await examine(where) if where.owner else await examine_machine(where)
    return [Check(each.check, each.ok, each.detail, each.remedy) for each in found]


async def _operator(scope: HTTPScope) -> UUID | None:
    """Find the operator by the console's own cookie."""
    view = await session_of_scope(scope)
    return view.operator.id if view else None


def create_litestar() -> Litestar:
    """Return the departments' Litestar application without the edge (OpenAPI, routes, tests)."""
    dress_pages()
    logs.configure()
    when_changed(forget_hosts)
    waiting.offer(awaiting.waiting)
    return Litestar(
        route_handlers=[
            health,
            home,
            Router(path="/", route_handlers=PAGES, include_in_schema=False),
            api_router(LawApi),
            create_static_files_router(
                path="/static",
                directories=[DIST],
                cache_control=None,
                name="static",
                include_in_schema=False,
                after_request=_immutable,
            ),
        ],
        csrf_config=_csrf("thidua_csrf"),
        compression_config=COMPRESSION,
        exception_handlers={Exception: failures.handle},
        request_max_body_size=None,
        lifespan=[_lifespan],
        openapi_config=openapi_config(),
        debug=False,
    )


async def _immutable(response: Response[Any]) -> Response[Any]:
    """Hashed names never change their content."""
    response.headers["cache-control"] = f"public, max-age={YEAR}, immutable"
    return response


def create_app() -> ASGIApp:
    """Return the whole web application (uvicorn: `core.app:create_app --factory`)."""
    edge = Edge(
        WithPanel(create_litestar()),
        resolve_host=resolve_host,
        resolve_session=_session,
        failed=failures.answer,
        console=Console(create_console(), _operator),
    )
    return HeadAsGet(SignInDelay(edge))
