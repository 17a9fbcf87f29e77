"""The operators' accounts: made, listed and reset (from the command line and the console)."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from core.accounts import passwords, second_factor
from core.accounts.mechanism import clean_username
from core.errors import ConflictError, InvalidInputError, NotFoundError
from core.kit import clock, security
from core.kit.ids import new_id
from tenants.platform import phrases, repository
from tenants.platform import repository_sessions as sessions
from tenants.platform.schemas import OperatorSlip, OperatorView

_USERNAME = re.compile(r"[a-z0-9][a-z0-9._@-]{2,99}")


async def create_operator(username: str, display_name: str = "") -> OperatorSlip:
    """Make an operator with a temporary password for the slip.

    Raises:
        InvalidInputError: a user name that is bad or taken.
    """
    username = clean_username(username)
    name = unicodedata.normalize("NFC", " ".join(display_name.split())) or username
    if not _USERNAME.fullmatch(username):
        raise InvalidInputError(phrases.BAD_USERNAME, fields={"username": phrases.BAD_USERNAME})
    password = passwords.temporary()
    if not await _insert(username, name, password, must_change=True, is_demo=False):
        taken = phrases.USERNAME_TAKEN.format(username=username)
        raise InvalidInputError(taken, fields={"username": taken})
    return OperatorSlip(username, name, password)


async def create_demo_operator(
    username: str, display_name: str, *, password: str, totp_secret: str
) -> bool:
    """Make the demo's operator with a known password and authenticator; False if it is there."""
    if not await _insert(username, display_name, password, must_change=False, is_demo=True):
        return False
    row = await repository.by_username(username)
    if row is None:
        raise NotFoundError
    await second_factor.confirm(row["id"], totp_secret, 0, repository)
    return True


async def reset_operator(username: str) -> OperatorSlip:
    """Set a new temporary password, forget the authenticator, unlock, and end all sessions.

    Raises:
        NotFoundError: there is no such operator.
        ConflictError: the account was closed.
    """
    row = await repository.by_username(clean_username(username))
    if row is None:
        raise NotFoundError(phrases.NO_OPERATOR.format(username=username))
    if not row["is_active"]:
        raise ConflictError(phrases.OPERATOR_CLOSED.format(username=username), code="wrong_state")
    password = passwords.temporary()
    await repository.set_password(
        row["id"], await security.hash_password(passwords.clean(password)), must_change=True
    )
    await repository.clear_totp(row["id"])
    await repository.unlock(row["id"])
    await sessions.revoke_all(row["id"])
    return OperatorSlip(row["username"], row["display_name"], password)


async def close_operator(username: str) -> str:
    """Close the account of somebody who leaves and end all sessions, also those of
    support inside departments; return the name. The account stays.

    Raises:
        NotFoundError: there is no such operator.
        ConflictError: closed before (code `wrong_state`), or the last one (`last_operator`).
    """
    row = await repository.by_username(clean_username(username))
    if row is None:
        raise NotFoundError(phrases.NO_OPERATOR.format(username=username))
    if not row["is_active"]:
        raise ConflictError(phrases.OPERATOR_CLOSED.format(username=username), code="wrong_state")
    if not await repository.close(row["id"]):
        raise ConflictError(phrases.LAST_OPERATOR, code="last_operator")
    await sessions.revoke_all(row["id"])
    await sessions.end_support(row["id"])
    return str(row["display_name"])


async def list_operators() -> list[OperatorView]:
    """Return all operators by user name."""
    return [
        OperatorView(
            id=row["id"],
            username=row["username"],
            display_name=row["display_name"],
            state=_state(row),
            has_totp=row["totp_confirmed_at"] is not None,
            must_change_password=row["must_change_password"],
            created_at=row["created_at"].astimezone(clock.VIETNAM),
            seen_at=row["seen_at"].astimezone(clock.VIETNAM) if row["seen_at"] else None,
        )
        for row in await repository.operators()
    ]


def _state(row: Any) -> str:
    if not row["is_active"]:
        return "inactive"
    return "locked" if row["locked_at"] is not None else "active"


async def _insert(
    username: str, name: str, password: str, *, must_change: bool, is_demo: bool
) -> bool:
    return await repository.insert(
        operator_id=new_id(),
        username=username,
        display_name=name,
        password_hash=await security.hash_password(passwords.clean(password)),
        must_change=must_change,
        is_demo=is_demo,
    )
