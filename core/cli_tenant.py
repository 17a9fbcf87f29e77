"""`thidua tenant …`: whole departments, listed, moved, deleted. A composition root."""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from core.accounts.schemas import SYSTEM, Actor
from core.cli_database import with_database
from core.errors import NotFoundError, ThiduaError
from core.kit import db, i18n
from core.kit.scope import tenant_scope
from core.settings import settings
from tenants import service
from tenants.life import phrases
from tenants.schemas import TenantView

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
    importing.set_defaults(run=_telling(_import))
    _part(parts, "resume", "serve an imported or suspended department", _resume)
    delete = _part(parts, "delete", "ask for a deletion after the waiting period", _delete)
    delete.add_argument("--reason", required=True)
    delete.add_argument("--decision", required=True, help="number of the paper that allows it")
    delete.add_argument("--by", required=True, help="name of the operator who asks")
    keep = _part(parts, "keep", "take a request to delete back", _keep)
    keep.add_argument("--by", required=True, help="name of the operator who takes it back")
    due = parts.add_parser("remove-due", help="remove the departments whose waiting is over")
    due.set_defaults(run=_telling(_remove_due))
    paper = _part(parts, "certificate", "show the certificate of a deletion", _certificate)
    paper.add_argument("--json", action="store_true")
    paper.add_argument("--pdf", type=Path, metavar="FILE", help="needs --issuer and --place")
    paper.add_argument("--issuer", default="", help="who certifies, for the head of the paper")
    paper.add_argument("--place", default="", help="place name for the paper's date line")


def _part(
    parts: Any, name: str, text: str, run: Callable[[argparse.Namespace], int]
) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = parts.add_parser(name, help=text)
    parser.add_argument("slug")
    parser.set_defaults(run=_telling(run))
    return parser


def _telling(run: Callable[[argparse.Namespace], int]) -> Callable[[argparse.Namespace], int]:
    """Print the sentence of a refusal and end with status 1."""

    def told(arguments: argparse.Namespace) -> int:
        try:
            return run(arguments)
        except ThiduaError as error:
            print("\n".join(error.fields.values()) or error.detail, file=sys.stderr)
            return 1

    return told


def _say(text: str) -> None:
    print(text, flush=True)


def _owner_url() -> str:
    if not settings().database_url:
        sys.exit(OWNER_MISSING)
    return settings().database_url


async def _named(slug: str) -> TenantView:
    for tenant in await service.list_tenants():
        if tenant.slug == slug:
            return tenant
    raise NotFoundError(phrases.NO_DEPARTMENT)


def _list(_arguments: argparse.Namespace) -> int:
    for tenant in with_database(service.list_tenants):
        ends = tenant.delete_after
        going = f"  to be deleted after {i18n.local(ends):%Y-%m-%d %H:%M}" if ends else ""
        _say(f"{tenant.slug:20}  {tenant.status:10}  {tenant.name}{going}")
    return 0


def _export(arguments: argparse.Namespace) -> int:
    from tenants.life.archive import file_sha256  # noqa: PLC0415 -- other parts start faster
    from tenants.life.exporting import export_tenant  # noqa: PLC0415

    async def work() -> None:
        tenant = await _named(arguments.slug)
        manifest = await export_tenant(tenant.id, arguments.output)
        size = arguments.output.stat().st_size
        _say(f"{manifest.rows} rows, {len(manifest.files)} files, {size} bytes")
        _say(f"SHA-256 {await asyncio.to_thread(file_sha256, arguments.output)}")
        if manifest.open_jobs:
            _say(phrases.open_jobs(manifest.open_jobs))

    arguments.output.touch(mode=0o600)
    try:
        with_database(work)
    except BaseException:
        arguments.output.unlink()
        raise
    return 0


def _import(arguments: argparse.Namespace) -> int:
    from tenants.life.importing import import_tenant  # noqa: PLC0415

    made = asyncio.run(
        import_tenant(
            _owner_url(),
            arguments.file,
            slug=arguments.slug,
            hosts=arguments.host,
            sha256=arguments.sha256,
        )
    )
    _say(f"{made.slug}: {made.rows} rows, {made.files} files; hosts {', '.join(made.hosts)}")
    if made.new_factors_needed:
        _say(phrases.new_factors(made.new_factors_needed))
    _say(phrases.resume_next(made.slug))
    return 0


def _resume(arguments: argparse.Namespace) -> int:
    async def work() -> None:
        tenant = await _named(arguments.slug)
        service.require_filled(tenant.status, is_demo=tenant.is_demo)
        await service.resume(tenant.id)

    with_database(work)
    return 0


def _in_department(
    slug: str, reason: str, work: Callable[[TenantView], Coroutine[Any, Any, None]]
) -> None:
    """Do some work inside one department, in one transaction."""

    async def run() -> None:
        tenant = await _named(slug)
        with tenant_scope(tenant.id, reason=reason):
            async with db.transaction():
                await work(tenant)

    with_database(run)


def _operator(name: str) -> Actor:
    return replace(SYSTEM, display_name=f"{name} (đơn vị vận hành)")


def _delete(arguments: argparse.Namespace) -> int:
    from tenants.life.service import request_deletion  # noqa: PLC0415

    async def work(tenant: TenantView) -> None:
        ends = await request_deletion(
            actor=_operator(arguments.by),
            reason=arguments.reason,
            decision_number=arguments.decision,
            name=tenant.name,
            typed_name=tenant.name,
        )
        _say(phrases.still_open(i18n.vn_day_long(ends), tenant.slug))

    _in_department(arguments.slug, "operator asks for deletion", work)
    return 0


def _keep(arguments: argparse.Namespace) -> int:
    from tenants.life import service as life  # noqa: PLC0415

    async def work(_tenant: TenantView) -> None:
        await life.keep(actor=_operator(arguments.by))
        _say(phrases.KEPT)

    _in_department(arguments.slug, "operator takes the deletion back", work)
    return 0


def _remove_due(_arguments: argparse.Namespace) -> int:
    from tenants.removal import remove_due  # noqa: PLC0415

    removed = asyncio.run(remove_due(_owner_url()))
    _say(f"removed: {', '.join(removed)}" if removed else "nothing is due")
    return 0


def _certificate(arguments: argparse.Namespace) -> int:
    from tenants.life import certificate  # noqa: PLC0415

    newest, *_older = asyncio.run(
        certificate.certificates(settings().database_platform_url, arguments.slug)
    )
    if arguments.pdf:
        from core.documents.render.pdf import render_pdf  # noqa: PLC0415

        if not (arguments.issuer and arguments.place):
            sys.exit("--pdf needs --issuer and --place")
        made = certificate.paper(newest, issuer=arguments.issuer, place=arguments.place)
        arguments.pdf.write_bytes(render_pdf(made))
    elif arguments.json:
        whole = {"certificate": newest.content, "sha256": newest.sha256}
        _say(json.dumps(whole, ensure_ascii=False, indent=1))
    else:
        for title, text in certificate.rows_in_words(newest):
            _say(f"{title}: {text}")
    return 0
