"""Many accounts at once, without a password: each is opened by an invitation or a printed slip."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

import msgspec

from core.accounts import phrases, repository_bulk
from core.accounts.limit import require_room
from core.accounts.repository_invitations import any_of_support
from core.accounts.schemas import Actor, Role
from core.errors import InvalidInputError, PermissionDeniedError
from core.kit.i18n import fold, roster_key
from core.kit.ids import new_id


class NewAccount(msgspec.Struct, frozen=True, kw_only=True):
    """An account to be made; its names were checked by whoever read them in."""

    username: str
    display_name: str
    unit_id: UUID
    email: str = ""
    person_id: UUID | None = None


async def add_accounts(accounts: Sequence[NewAccount], *, actor: Actor) -> dict[str, UUID]:
    """Make accounts in one statement; return their ids by user name. None can sign in yet.

    Raises:
        PermissionDeniedError: a unit is not the actor's to administer.
        InvalidInputError: a user name was taken in the meantime, or the operator's limit of
            accounts would be passed; nothing may be kept.
    """
    if not accounts:
        return {}
    units = await _administered([account.unit_id for account in accounts], actor)
    rows = [
        (
            new_id(),
            account.username,
            account.display_name,
            fold(f"{account.display_name} {account.username} {units[account.unit_id]}"),
            roster_key(account.display_name),
            account.email,
            account.unit_id,
            account.person_id,
        )
        for account in accounts
    ]
    await require_room(len(rows))
    if await repository_bulk.insert_accounts(rows) != len(rows):
        raise InvalidInputError(phrases.NAMES_TAKEN, code="username_taken")
    return {account.username: row[0] for account, row in zip(accounts, rows, strict=True)}


async def add_grants(grants: Sequence[tuple[UUID, str, UUID]], *, actor: Actor) -> None:
    """Grant roles: (account, role, unit); those in force already are left alone.

    Raises:
        PermissionDeniedError: a unit is not the actor's to administer.
        InvalidInputError: there is no such role, or an account is an operator's way in by a
            support grant; nothing may be kept.
    """
    if any(role not in set(Role) for _, role, _ in grants):
        raise InvalidInputError(fields={"role": phrases.UNKNOWN_ROLE})
    if await any_of_support([account_id for account_id, _, _ in grants]):
        raise InvalidInputError(phrases.SUPPORT_ACCOUNT, code="support_account")
    if grants:
        await _administered([unit_id for _, _, unit_id in grants], actor)
        await repository_bulk.insert_grants([(new_id(), *grant) for grant in grants])


async def _administered(unit_ids: Sequence[UUID], actor: Actor) -> dict[UUID, str]:
    """Return the names of units, all of which the actor administers."""
    rows = await repository_bulk.units(sorted(set(unit_ids)))
    if len(rows) != len(set(unit_ids)):
        raise PermissionDeniedError
    for row in rows:
        actor.require(Role.TENANT_ADMIN, row["path"])
    return {row["id"]: row["name"] for row in rows}
