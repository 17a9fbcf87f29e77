"""`thidua operator create | list | reset | close`: accounts of the console. A composition root."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

from core.cli_database import with_database
from core.errors import ThiduaError
from core.kit import db
from core.kit.scope import unscoped
from core.settings import settings
from tenants.platform import operators
from tenants.platform.schemas import OperatorSlip

Result = TypeVar("Result")


def register(commands: Any) -> None:
    """Add the command and its four parts to the command line."""
    operator = commands.add_parser("operator", help="accounts of the operators' console")
    parts = operator.add_subparsers(required=True, metavar="part")
    create = parts.add_parser("create", help="make an operator; prints the slip, once")
    create.add_argument("username")
    create.add_argument("--name", default="", help="full name")
    create.set_defaults(run=_create)
    parts.add_parser("list", help="list the operators").set_defaults(run=_list)
    reset = parts.add_parser(
        "reset", help="new temporary password, no second factor, unlocked; prints the slip, once"
    )
    reset.add_argument("username")
    reset.set_defaults(run=_reset)
    close = parts.add_parser(
        "close", help="close the account of somebody who leaves; ends sessions"
    )
    close.add_argument("username")
    close.set_defaults(run=_close)


def _create(arguments: argparse.Namespace) -> int:
    return _slip(lambda: operators.create_operator(arguments.username, arguments.name))


def _reset(arguments: argparse.Namespace) -> int:
    return _slip(lambda: operators.reset_operator(arguments.username))


def _list(_arguments: argparse.Namespace) -> int:
    try:
        rows = with_database(lambda: _as_platform(operators.list_operators, "operator list"))
    except ThiduaError as error:
        print(error.detail, file=sys.stderr)
        return 1
    for row in rows:
        factor = "second factor" if row.has_totp else "no second factor yet"
        print(f"{row.username:<24} {row.state:<9} {factor:<22} {row.display_name}")
    return 0


def _close(arguments: argparse.Namespace) -> int:
    try:
        name = with_database(
            lambda: _as_platform(
                lambda: operators.close_operator(arguments.username), "lệnh thidua operator close"
            )
        )
    except ThiduaError as error:
        print(error.detail, file=sys.stderr)
        return 1
    print(f"{name}: closed, all sessions ended.")
    return 0


def _slip(work: Callable[[], Coroutine[Any, Any, OperatorSlip]]) -> int:
    try:
        slip = with_database(lambda: _as_platform(work, "lệnh thidua operator"))
    except ThiduaError as error:
        print(error.detail, file=sys.stderr)
        return 1
    scheme = "https" if settings().secure_cookies else "http"
    port = "" if settings().secure_cookies else f":{settings().port}"
    print(f"address:            {scheme}://{settings().base_domain}{port}/")
    print(f"user name:          {slip.username}")
    print(f"temporary password: {slip.temporary_password}")
    print("Shown once. The first sign-in asks for an authenticator and a new password.")
    return 0


async def _as_platform(work: Callable[[], Coroutine[Any, Any, Result]], reason: str) -> Result:
    with db.as_platform(), unscoped(reason=reason):
        async with db.transaction():
            return await work()
