"""The floor: bare Litestar, the same SQL and the same template by asyncpg, and nothing else.

No row-level security (superuser), no session, no permission, no host, no CSRF. At the start each
page is asked once from the real application in this process, to learn its statements with their
arguments and its template with its context; from then on only these are repeated.
"""

from __future__ import annotations

import json
import os
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from contextvars import ContextVar
from typing import Any
from uuid import UUID

import asyncpg
import httpx
from litestar import Litestar, Request, get, post, put
from litestar.middleware.csrf import generate_csrf_token
from litestar.response import Response

from core import piccolo_conf
from core.app import create_app
from core.kit import db, templates
from core.kit.scope import tenant_scope
from core.reports import notices, repository_reports
from core.settings import settings

FACTS: dict[str, Any] = json.loads(os.environ.get("BENCH_FACTS", "{}"))
_connection: ContextVar[Any] = ContextVar("connection")
_pool: Any = None
_learned: dict[str, Any] = {}
_SESSION = "FROM session s"


class Recorder:
    """Writes down the statements and the template of one request."""

    def __init__(self) -> None:
        self.statements: list[tuple[str, tuple[Any, ...]]] = []
        self.template = ""
        self.context: dict[str, Any] = {}
        self.originals: list[tuple[Any, str, Any]] = []

    def __enter__(self) -> Recorder:
        for name in ("fetch", "fetchrow", "fetchval", "execute"):
            self._wrap(db, name, self._statement)
        self._wrap(templates.environment().template_class, "render", self._render)
        return self

    def __exit__(self, *_args: object) -> None:
        for place, name, original in self.originals:
            setattr(place, name, original)

    def _wrap(self, place: Any, name: str, make: Callable[[Any], Any]) -> None:
        original = getattr(place, name)
        self.originals.append((place, name, original))
        setattr(place, name, make(original))

    def _statement(self, original: Any) -> Any:
        async def recorded(sql: str, *args: Any) -> Any:
            self.statements.append((sql, args))
            return await original(sql, *args)

        return recorded

    def _render(self, original: Any) -> Any:
        def recorded(template: Any, context: dict[str, Any]) -> str:
            self.template, self.context = template.name, context
            rendered: str = original(template, context)
            return rendered

        return recorded


async def _learn() -> None:
    """Ask the real application for each page once."""
    engine = piccolo_conf.DB
    await engine.start_connection_pool(min_size=1, max_size=2)
    token = generate_csrf_token(settings().secret)
    transport = httpx.ASGITransport(create_app())  # type: ignore[arg-type]
    base = f"http://{FACTS['host']}"
    reports = FACTS["reports"]
    asked = {
        "my_work": ("clerk", "GET", "/viec-cua-toi", None),
        "list": ("officer", "GET", f"/ky-bao-cao/{FACTS['round_id']}", None),
        "draft": ("head", "PUT", f"/bao-cao/{reports[-1]}/phan/{FACTS['part']}",
                  {"version": 1, "fields": {"narrative": "x", "self_assessment": "dat"}}),
        "submit": ("head", "POST", f"/bao-cao/{reports[-2]}/nop", None),
    }  # fmt: skip
    async with httpx.AsyncClient(transport=transport, base_url=base) as client:
        for name, (who, method, path, body) in asked.items():
            headers = {
                "cookie": f"thidua_session={FACTS['tokens'][who]}; thidua_csrf={token}",
                "x-csrf-token": token, "accept": "text/html", "accept-encoding": "identity",
            }  # fmt: skip
            await client.request("GET", "/viec-cua-toi", headers=headers)
            with Recorder() as recorder:
                answer = await client.request(method, path, headers=headers, json=body)
            if answer.status_code >= 400:
                raise RuntimeError(f"{name}: {answer.status_code} {answer.text[-1500:]}")
            _learned[name] = (recorder, len(answer.content))
    await engine.close_connection_pool()


@asynccontextmanager
async def _lifespan(_app: Litestar) -> AsyncIterator[None]:
    global _pool  # noqa: PLW0603 -- one pool per process
    await _learn()
    db._connection = _connection.get
    _pool = await asyncpg.create_pool(
        FACTS["superuser"], min_size=1, max_size=10, init=db._prepare, reset=db._no_reset,
        server_settings={"app.tenant_id": FACTS["tenant_id"], "app.actor_id": FACTS["head_id"]},
    )  # fmt: skip
    yield
    await _pool.close()


async def _page(name: str) -> Response[str]:
    recorder, _size = _learned[name]
    async with _pool.acquire() as connection:
        for sql, args in recorder.statements:
            if _SESSION not in sql:
                await connection.fetch(sql, *args)
    text = templates.environment().get_template(recorder.template).render(recorder.context)
    return Response(text, media_type="text/html")


@get("/healthz")
async def health() -> dict[str, str]:
    """Say that it answers."""
    return {"status": "ok"}


@get("/facts")
async def facts() -> dict[str, dict[str, int]]:
    """Say how many statements each page of the real application makes, and how large it is."""
    return {
        name: {"queries": len(recorder.statements), "bytes": size}
        for name, (recorder, size) in _learned.items()
    }


@get("/viec-cua-toi")
async def my_work() -> Response[str]:
    """Repeat "Việc của tôi"."""
    return await _page("my_work")


@get("/ky-bao-cao/{round_id:uuid}")
async def round_list() -> Response[str]:
    """Repeat the department's list."""
    return await _page("list")


@asynccontextmanager
async def _writing() -> AsyncIterator[None]:
    with tenant_scope(UUID(FACTS["tenant_id"]), actor_id=UUID(FACTS["head_id"])):
        async with _pool.acquire() as connection, connection.transaction():
            token = _connection.set(connection)
            try:
                yield
            finally:
                _connection.reset(token)


@put("/bao-cao/{report_id:uuid}/phan/{part_key:str}")
async def draft(request: Request[Any, Any, Any]) -> dict[str, Any]:
    """Save a part: lock, update, commit."""
    given = await request.json()
    async with _writing():
        report_id = request.path_params["report_id"]
        found = await repository_reports.lock_part(report_id, request.path_params["part_key"])
        assert found is not None
        row, part = found
        saved = await repository_reports.save_part(
            report_id=row.id, part_id=part.id, version=given["version"], fields=given["fields"],
            is_done=True, state="drafting", account_id=UUID(FACTS["head_id"]), on_behalf_by=None,
        )  # fmt: skip
    assert saved is not None
    return {"part_key": part.key, **{name: saved[name] for name in saved.keys()}}  # noqa: SIM118


def _learned_content() -> dict[str, Any]:
    statements = _learned["submit"][0].statements
    found: dict[str, Any] = next(
        args[2] for sql, args in statements if "INTO report_version" in sql
    )
    return found


@post("/bao-cao/{report_id:uuid}/nop", status_code=303)
async def submit(request: Request[Any, Any, Any]) -> None:
    """Submit a report with a content that was learned once: lock, version, notices, commit."""
    report_id = request.path_params["report_id"]
    content = _learned_content()
    async with _writing():
        row = await repository_reports.report_row(report_id, lock=True)
        assert row is not None
        await repository_reports.parts_of(row.id)
        await repository_reports.submit(
            row, content=content, content_hash="0" * 64, receipt_code=f"BN-{report_id.hex[:14]}",
            account_id=UUID(FACTS["head_id"]), on_behalf=False,
        )  # fmt: skip
        await notices.submitted(row)


def create_app_floor() -> Litestar:
    """Return the floor (uvicorn: `tests.bench.floor:create_app_floor --factory`)."""
    return Litestar(
        [health, facts, my_work, round_list, draft, submit], lifespan=[_lifespan],
        openapi_config=None,
    )  # fmt: skip
