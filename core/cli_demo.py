"""`thidua demo create | remove | accounts`. A composition root."""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
from typing import Any

from core.cli_database import with_database
from core.settings import settings


def register(commands: Any) -> None:
    """Add the command and its three parts to the command line."""
    demo = commands.add_parser("demo", help="make, list or remove the demo departments")
    parts = demo.add_subparsers(required=True, metavar="part")
    create = parts.add_parser("create", help="make the demo departments")
    how = create.add_mutually_exclusive_group()
    how.add_argument("--once", action="store_true", help="leave those that are there (default)")
    how.add_argument("--force", action="store_true", help="remove them first and make them anew")
    create.set_defaults(run=_create)
    parts.add_parser("remove", help="remove the demo departments").set_defaults(run=_remove)
    accounts = parts.add_parser("accounts", help="list the accounts that can be signed in with")
    accounts.add_argument("--json", action="store_true")
    accounts.set_defaults(run=_accounts)


def _say(text: str) -> None:
    print(text, flush=True)


def _create(arguments: argparse.Namespace) -> int:
    from tenants.demo.create import create_all  # noqa: PLC0415 -- other commands start faster

    if arguments.force:
        _remove(arguments)
    made = with_database(lambda: create_all(_say))
    if not made:
        _say("the demo is there already")
    return 0


def _remove(_arguments: argparse.Namespace) -> int:
    from tenants.removal import remove_demo  # noqa: PLC0415

    if not settings().database_url:
        print("DATABASE_URL (the owner's) is not set", file=sys.stderr)
        return 2
    removed = asyncio.run(remove_demo(settings().database_url))
    _say(f"removed: {', '.join(removed)}" if removed else "there is no demo")
    return 0


def _accounts(arguments: argparse.Namespace) -> int:
    from tenants.demo.listing import known_accounts  # noqa: PLC0415

    rows = with_database(known_accounts)
    if arguments.json:
        _say(json.dumps(rows, ensure_ascii=False, indent=1))
        return 0
    for row in rows:
        _say("  ".join(str(row[key] or "-") for key in row))
    return 0
