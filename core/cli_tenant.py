"""`thidua tenant list | export | import | resume | delete | keep | remove-due | certificate`.

A composition root: opens the pool itself.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any, TypeVar

from core.errors import NotFoundError, ThiduaError
from core.kit import db
from core.settings import settings
from tenants import service
from tenants.life import phrases
from tenants.life.archive import file_sha256
from tenants.schemas import TenantView

Result = TypeVar("Result")
OWNER_MISSING = "DATABASE_URL (the owner's) is not set"


def register(commands: Any) -> None:
    """Add the command and its parts to the command line."""
    tenant = commands.add_parser("tenant", help="list, move or delete whole departments")
    parts = tenant.add_subparsers(required=True, metavar="part")
    parts.add_parser("list", help="list the departments").set_defaults(run=_list)
    export = _part(parts, "export", "write a department into an archive", _export)
    export.add_argument("-o", "--output", type=Path, required=True, metavar="FILE")
    importing = parts.add_parser("import", help="bring a department in from an archive")
    importing.add_argument("file", type=Path)
    importing.add_argument("--slug", default="", help="instead of the archive's")
    importing.add_argument("--host", action="append", default=[], help="instead of the archive's")
    importing.add_argument("--sha256", default="", help="the hash that the export printed")
    importing.set_defaults(run=_import)
    _part(parts, "resume", "serve an imported or suspended department", _resume)


def _part(
    parts: Any, name: str, text: str, run: Callable[[argparse.Namespace], int]
) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = parts.add_parser(name, help=text)
    parser.add_argument("slug")
    parser.set_defaults(run=run)
    return parser


def _say(text: str) -> None:
    print(text, flush=True)


def _refused(error: ThiduaError) -> int:
    print(error.detail, file=sys.stderr)
    return 1


def _with_database(work: Callable[[], Coroutine[Any, Any, Result]]) -> Result:
    """Run some work with the application's pool open."""

    async def run() -> Result:
        engine = db.configure(settings().database_app_url)
        await engine.start_connection_pool(min_size=1, max_size=4)
        try:
            return await work()
        finally:
            await engine.close_connection_pool()

    return asyncio.run(run())


async def _named(slug: str) -> TenantView:
    for tenant in await service.list_tenants():
        if tenant.slug == slug:
            return tenant
    raise NotFoundError(phrases.NO_DEPARTMENT)


def _list(_arguments: argparse.Namespace) -> int:
    for tenant in _with_database(service.list_tenants):
        going = (
            f"  deleted after {tenant.delete_after:%Y-%m-%d %H:%M %Z}"
            if tenant.delete_after
            else ""
        )
        _say(f"{tenant.slug:20}  {tenant.status:10}  {tenant.name}{going}")
    return 0


def _export(arguments: argparse.Namespace) -> int:
    from tenants.life.exporting import export_tenant  # noqa: PLC0415 -- other parts start faster

    async def work() -> int:
        tenant = await _named(arguments.slug)
        manifest = await export_tenant(tenant.id, arguments.output)
        size = arguments.output.stat().st_size
        _say(f"{manifest.rows} rows, {len(manifest.files)} files, {size} bytes")
        _say(f"SHA-256 {await asyncio.to_thread(file_sha256, arguments.output)}")
        if manifest.open_jobs:
            _say(phrases.open_jobs(manifest.open_jobs))
        return 0

    arguments.output.touch(mode=0o600)
    try:
        return _with_database(work)
    except ThiduaError as error:
        arguments.output.unlink()
        return _refused(error)


def _import(arguments: argparse.Namespace) -> int:
    from tenants.life.importing import import_tenant  # noqa: PLC0415

    if not settings().database_url:
        print(OWNER_MISSING, file=sys.stderr)
        return 2
    try:
        made = asyncio.run(
            import_tenant(
                settings().database_url,
                arguments.file,
                slug=arguments.slug,
                hosts=arguments.host,
                sha256=arguments.sha256,
            )
        )
    except ThiduaError as error:
        return _refused(error)
    _say(f"{made.slug}: {made.rows} rows, {made.files} files; hosts {', '.join(made.hosts)}")
    if made.new_factors_needed:
        _say(phrases.new_factors(made.new_factors_needed))
    _say(phrases.resume_next(made.slug))
    return 0


def _resume(arguments: argparse.Namespace) -> int:
    async def work() -> int:
        await service.resume((await _named(arguments.slug)).id)
        return 0

    try:
        return _with_database(work)
    except ThiduaError as error:
        return _refused(error)
