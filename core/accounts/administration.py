"""What the department's administrator does with accounts; holds for the subtree of the grant."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from core.accounts import passwords, phrases, repository, second_factor, stages
from core.accounts import repository_sessions as sessions
from core.accounts.limit import require_room
from core.accounts.mechanism import clean_username
from core.accounts.own import view_of
from core.accounts.schemas import AccountPage, AccountView, Actor, Role, Slip
from core.errors import ConflictError, InvalidInputError, NotFoundError, PermissionDeniedError
from core.kit import clock, security
from core.kit.i18n import fold, roster_key
from core.kit.ids import new_id
from core.law import service as law
from core.organisation.schemas import UnitView
from core.organisation.service import department, like, unit_tree

MAX_PAGE = 200
READERS = (Role.TENANT_ADMIN, Role.AUDITOR)
_USERNAME = re.compile(r"[a-z0-9][a-z0-9._@-]{2,99}")
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


async def create_account(
    *,
    actor: Actor,
    username: str,
    display_name: str,
    unit_id: UUID,
    roles: Sequence[tuple[str, UUID]] = (),
    email: str = "",
    person_id: UUID | None = None,
    password: str | None = None,
    is_demo: bool = False,
) -> Slip:
    """Make an account with its roles (role, unit) and a temporary password for the printed slip.

    `password` is for the system only (the demo): it is set as it is and need not be changed.

    Raises:
        InvalidInputError: a name that is missing or taken, a wrong address, unit or role; or the
            operator's limit of accounts is reached (code `too_many_accounts`).
        PermissionDeniedError: the actor administers none of these units.
    """
    if password is not None and not actor.is_system:
        raise PermissionDeniedError
    username = clean_username(username)
    display_name = unicodedata.normalize("NFC", " ".join(display_name.split()))
    _check_names(username, display_name, email.strip())
    unit = await _administered_unit(actor, unit_id, "unit_id")
    if person_id is not None:
        await _check_person(person_id, unit_id)
    await require_room()
    chosen = password or passwords.temporary()
    account_id = new_id()
    inserted = await repository.insert(
        account_id=account_id,
        username=username,
        display_name=display_name,
        search_name=fold(f"{display_name} {username} {unit['name']}"),
        roster_key=roster_key(display_name),
        email=email.strip(),
        unit_id=unit_id,
        person_id=person_id,
        password_hash=await security.hash_password(passwords.clean(chosen)),
        must_change_password=password is None,
        is_demo=is_demo,
    )
    if not inserted:
        raise InvalidInputError(
            fields={"username": phrases.USERNAME_TAKEN.format(username=username)}
        )
    for role, at_unit in roles:
        await _grant(actor, account_id, role, at_unit)
    return Slip(view_of(await repository.by_id(account_id)), chosen)


async def person_named(display_name: str, unit_id: UUID) -> UUID | None:
    """Return the one person of this name in a unit who has no account; None without or with more.

    The caller makes the account, and has to administer the unit for it.
    """
    name = unicodedata.normalize("NFC", " ".join(display_name.split()))
    found = await repository.people_without_account(unit_id, name)
    return found[0] if len(found) == 1 else None


async def _check_person(person_id: UUID, unit_id: UUID) -> None:
    row = await repository.person_of_account(person_id)
    if row is None or row["unit_id"] != unit_id:
        raise InvalidInputError(fields={"unit_id": phrases.PERSON_ELSEWHERE})
    if row["username"]:
        sentence = phrases.PERSON_HAS_ACCOUNT.format(
            name=row["full_name"], username=row["username"]
        )
        raise InvalidInputError(fields={"display_name": sentence})


async def list_accounts(
    *, actor: Actor, search: str = "", state: str = "", after: UUID | None = None, limit: int = 50
) -> AccountPage:
    """Return one page of the accounts that the actor administers or audits, by given name.

    `search` ignores case and diacritics and looks at name, user name and unit; `state`: '' |
    active | locked | inactive.

    Raises:
        PermissionDeniedError: the actor administers and audits nothing.
    """
    paths = ["/"] if actor.is_system else actor.paths(READERS)
    if not paths:
        raise PermissionDeniedError
    limit = max(1, min(limit, MAX_PAGE))
    rows = await repository.search(
        paths=paths, pattern=like(search), state=state, after=after, limit=limit + 1
    )
    views = [view_of(row) for row in rows[:limit]]
    return AccountPage(views, views[-1].id if len(rows) > limit else None)


async def administered_units(*, actor: Actor) -> list[UnitView]:
    """Return the units for which the actor may make accounts and grant roles, in tree order.

    Raises:
        PermissionDeniedError: the actor administers nothing.
    """
    if not actor.has(Role.TENANT_ADMIN):
        raise PermissionDeniedError
    tree = await unit_tree(actor=actor)
    return [unit for unit in tree if actor.can(Role.TENANT_ADMIN, unit.path)]


async def get_account(account_id: UUID, *, actor: Actor) -> AccountView:
    """Return one account that the actor administers or audits.

    Raises:
        NotFoundError: it does not exist, or belongs to another branch.
    """
    account = await repository.by_id(account_id)
    if account is None or not actor.can(READERS, account["unit_path"]):
        raise NotFoundError
    for grant in stages.grants_of(account):
        actor.require(READERS, grant.unit_path)
    return view_of(account)


async def find_account(username: str, *, actor: Actor) -> AccountView:
    """Return the account of a user name that the actor administers.

    Raises:
        NotFoundError: it does not exist, or belongs to another branch.
    """
    account = await repository.by_username(clean_username(username))
    if account is None:
        raise NotFoundError
    return await get_account(account["id"], actor=actor)


async def issue_temporary_password(account_id: UUID, *, actor: Actor) -> Slip:
    """Set a new temporary password, unlock the account and end its sessions; for a printed slip.

    Raises:
        NotFoundError, PermissionDeniedError: not the actor's to administer.
        ConflictError: one's own account, an operator's (code `support_account`), or one that is
            out of use.
    """
    account = await _administered(actor, account_id, own_allowed=False)
    if not account["is_active"]:
        raise ConflictError(phrases.OUT_OF_USE, code="wrong_state")
    return await _new_slip(account)


async def reset_second_factor(account_id: UUID, *, actor: Actor) -> None:
    """Forget a lost authenticator and end all sessions; it is set up anew at the next sign-in.

    Raises:
        NotFoundError, PermissionDeniedError, ConflictError: as above.
    """
    await _administered(actor, account_id, own_allowed=False)
    await repository.clear_totp(account_id)
    await sessions.revoke_all(account_id)


async def lock_account(account_id: UUID, *, actor: Actor) -> None:
    """Lock an account and end its sessions (errors as above)."""
    await _administered(actor, account_id, own_allowed=False)
    await repository.set_locked(account_id, locked=True)
    await sessions.revoke_all(account_id)


async def unlock_account(account_id: UUID, *, actor: Actor) -> None:
    """Unlock an account and forget its failures (errors as above)."""
    await _administered(actor, account_id, own_allowed=False)
    await repository.set_locked(account_id, locked=False)


async def deactivate_account(account_id: UUID, *, actor: Actor) -> None:
    """Take an account out of use (somebody has left) and end its sessions (errors as above)."""
    await _administered(actor, account_id, own_allowed=False)
    await repository.set_active(account_id, active=False)
    await sessions.revoke_all(account_id)


async def reactivate_account(account_id: UUID, *, actor: Actor) -> Slip:
    """Take an account back into use, with a new temporary password (errors as above)."""
    account = await _administered(actor, account_id, own_allowed=False)
    if not account["is_active"]:
        await require_room()
    await repository.set_active(account_id, active=True)
    return await _new_slip(account)


async def grant_role(account_id: UUID, role: str, unit_id: UUID, *, actor: Actor) -> None:
    """Grant a role at a unit; where it asks for a second factor, the person signs in anew.

    Raises:
        NotFoundError, PermissionDeniedError: account or unit are not the actor's to administer.
        InvalidInputError: no such role or unit.
    """
    account = await _administered(actor, account_id)
    await _grant(actor, account_id, role, unit_id)
    asked = role in law.names("second_factor_roles", clock.today())
    if asked and account["totp_confirmed_at"] is None:
        await sessions.revoke_all(account_id)


async def revoke_role(account_id: UUID, role: str, unit_id: UUID, *, actor: Actor) -> None:
    """Take a role away.

    Raises:
        NotFoundError: there is no such grant, or it is not the actor's to administer.
        ConflictError: one's own administration.
    """
    await _administered(actor, account_id, own_allowed=role != Role.TENANT_ADMIN)
    if not await repository.revoke_grant(account_id, role, unit_id):
        raise NotFoundError


async def set_second_factor(account_id: UUID, secret: str, *, actor: Actor) -> list[str]:
    """Set an authenticator with a known secret (the system, for the demo); return recovery codes.

    Raises:
        PermissionDeniedError: not the system.
    """
    if not actor.is_system:
        raise PermissionDeniedError
    await _administered(actor, account_id)
    return await second_factor.confirm(account_id, secret, 0)


async def second_factor_for_all() -> bool:
    """Tell whether the department asks every role for a second factor."""
    return await repository.setting(stages.TOTP_FOR_ALL) == "1"


async def set_second_factor_for_all(*, asked: bool, actor: Actor) -> None:
    """Ask every role for a second factor, or only those that the law's list names.

    Whoever is signed in without one sets it up at the next step; tokens of programs end.

    Raises:
        PermissionDeniedError: not an administrator of the whole department.
    """
    actor.require(Role.TENANT_ADMIN, (await department()).path)
    await repository.set_setting(new_id(), stages.TOTP_FOR_ALL, "1" if asked else "0")
    if asked:
        await sessions.ask_for_enrolment()


def _check_names(username: str, display_name: str, email: str) -> None:
    fields = {}
    if not _USERNAME.fullmatch(username):
        fields["username"] = phrases.NO_USERNAME
    if not display_name:
        fields["display_name"] = phrases.NO_NAME
    if email and not _EMAIL.fullmatch(email):
        fields["email"] = phrases.BAD_EMAIL
    if fields:
        raise InvalidInputError(fields=fields)


async def _administered_unit(actor: Actor, unit_id: UUID, field: str) -> Any:
    unit = await repository.unit(unit_id)
    if unit is None or not actor.can(Role.TENANT_ADMIN, unit["path"]):
        raise InvalidInputError(fields={field: phrases.UNKNOWN_UNIT})
    return unit


async def _administered(actor: Actor, account_id: UUID, *, own_allowed: bool = True) -> Any:
    """Return an account whose unit, and all of whose roles, lie under the actor's grant.

    An operator's way in by a support grant is nobody's to administer: the grant rules it.
    """
    account = await repository.by_id(account_id)
    if account is None or not actor.can(Role.TENANT_ADMIN, account["unit_path"]):
        raise NotFoundError
    for grant in stages.grants_of(account):
        actor.require(Role.TENANT_ADMIN, grant.unit_path)
    if account["is_support"]:
        raise ConflictError(phrases.SUPPORT_ACCOUNT, code="support_account")
    if not own_allowed and account_id == actor.account_id:
        raise ConflictError(phrases.NOT_YOURSELF, code="not_yourself")
    return account


async def _grant(actor: Actor, account_id: UUID, role: str, unit_id: UUID) -> None:
    if role not in set(Role):
        raise InvalidInputError(fields={"role": phrases.UNKNOWN_ROLE})
    await _administered_unit(actor, unit_id, "role_unit_id")
    await repository.insert_grant(new_id(), account_id, role, unit_id)


async def _new_slip(account: Any) -> Slip:
    password = passwords.temporary()
    await repository.set_password(
        account["id"], await security.hash_password(password), must_change=True
    )
    await repository.set_locked(account["id"], locked=False)
    await sessions.revoke_all(account["id"])
    return Slip(view_of(await repository.by_id(account["id"])), password)
