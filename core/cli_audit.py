"""`thidua audit verify | anchor`. A composition root."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

import msgspec

from core.audit.anchors import read_anchors, write_anchor
from core.audit.schemas import Anchor, Report
from core.audit.sources import PLATFORM, TableChain, platform_chain
from core.audit.verify import verify
from core.cli_database import with_database
from core.kit import db
from core.kit.scope import tenant_scope, unscoped
from core.settings import settings
from tenants.schemas import TenantView

Result = TypeVar("Result")
ONE_STATE = "ISOLATION LEVEL REPEATABLE READ, READ ONLY"


def register(commands: Any) -> None:
    """Add the command and its parts to the command line."""
    audit = commands.add_parser("audit", help="verify the audit trail; write its heads down")
    parts = audit.add_subparsers(required=True, metavar="part")
    for name, run, text in (
        ("verify", _verify, "compute every hash anew and compare with the anchors outside"),
        ("anchor", _anchor, "write today's heads down outside the database (the worker does too)"),
    ):
        part = parts.add_parser(name, help=text)
        which = part.add_mutually_exclusive_group()
        which.add_argument("--tenant", metavar="SLUG", help="one department")
        which.add_argument("--all", action="store_true", help="everything (default)")
        which.add_argument("--platform", action="store_true", help="the operators' own trail")
        part.add_argument("--json", action="store_true", help="print JSON")
        part.set_defaults(run=run)


def _verify(arguments: argparse.Namespace) -> int:
    """Exit status 0: sound; 1: something is wrong; 2: no such department."""
    reports = _for_chains(arguments, verify_tenant, verify_platform)
    if reports is None:
        return 2
    if arguments.json:
        told = [
            {"tenant": slug, "ok": report.is_sound, **msgspec.to_builtins(report)}
            for slug, report in reports.items()
        ]
        print(msgspec.json.format(msgspec.json.encode(told), indent=1).decode())
    else:
        for slug, report in reports.items():
            print("\n".join(_words(slug, report)))
    return 0 if all(report.is_sound for report in reports.values()) else 1


def _words(slug: str, report: Report) -> list[str]:
    last = f"{report.last_anchor.at:%Y-%m-%d}" if report.last_anchor else "none"
    mark = "ok   " if report.is_sound else "WRONG"
    lines = [
        f"{mark}  {slug}: {report.checked} events, head {report.head.seq}"
        f" {report.head.hash[:16]}, {report.anchors} anchors (last {last})"
    ]
    lines += [f"       {finding.fault} {finding.sentence}" for finding in report.findings]
    if report.faults > len(report.findings):
        lines.append(f"       … {report.faults - len(report.findings)} more")
    return lines


def _anchor(arguments: argparse.Namespace) -> int:
    anchors = _for_chains(arguments, anchor_tenant, anchor_platform)
    if anchors is None:
        return 2
    if arguments.json:
        print(msgspec.json.encode(anchors).decode())
        return 0
    for slug, anchor in anchors.items():
        told = f"{anchor.seq} {anchor.hash}" if anchor else "written already, or no event yet"
        print(f"{slug}: {told}")
    return 0


async def verify_tenant(tenant: TenantView) -> Report:
    """Verify the whole trail of one department against all of its anchors."""
    with tenant_scope(tenant.id, reason="audit verify"):
        return await _verify_chain(TableChain(str(tenant.id), db.fetch))


async def verify_platform() -> Report:
    """Verify the whole trail of the operators against all of its anchors."""
    with db.as_platform(), unscoped(reason="audit verify"):
        return await _verify_chain(platform_chain(db.fetch))


async def _verify_chain(chain: TableChain) -> Report:
    anchors = await read_anchors(chain.name)
    async with db.engine().transaction(mode=ONE_STATE):
        return await verify(chain, anchors)


async def anchor_tenant(tenant: TenantView) -> Anchor | None:
    """Write the head of one department down."""
    with tenant_scope(tenant.id, reason="audit anchor"):
        async with db.transaction(read_only=True):
            return await write_anchor(TableChain(str(tenant.id), db.fetch))


async def anchor_platform() -> Anchor | None:
    """Write the head of the operators' trail down."""
    with db.as_platform(), unscoped(reason="audit anchor"):
        async with db.transaction(read_only=True):
            return await write_anchor(platform_chain(db.fetch))


def _for_chains(
    arguments: argparse.Namespace,
    of_tenant: Callable[[TenantView], Awaitable[Result]],
    of_platform: Callable[[], Awaitable[Result]],
) -> dict[str, Result] | None:
    from tenants.service import list_tenants  # noqa: PLC0415 -- other commands start faster

    async def run() -> dict[str, Result] | None:
        known = await list_tenants()
        chosen = [t for t in known if arguments.tenant in (None, t.slug)]
        if arguments.tenant and not chosen:
            return None
        done = {}
        if not arguments.platform:
            done = {tenant.slug: await of_tenant(tenant) for tenant in chosen}
        if not arguments.tenant and settings().database_platform_url:
            done[PLATFORM] = await of_platform()
        return done

    done = with_database(run)
    if done is None:
        print(f"no such department: {arguments.tenant}", file=sys.stderr)
    return done
