"""What the forms about accounts ask and do."""

from __future__ import annotations

from uuid import UUID

from pydantic import BaseModel, Field

from core.accounts import phrases
from core.accounts import service as accounts
from core.accounts.schemas import Actor
from core.errors import InvalidInputError
from core.organisation import service as organisation

NO_ACCOUNT = "Không có tài khoản “{username}” trong phạm vi quản trị của bạn."
NO_UNIT = "Không có đơn vị mang mã “{code}” trong phạm vi của bạn."


class OneAccount(BaseModel):
    """Asks for one account."""

    username: str = Field(title="Tên đăng nhập", min_length=1, max_length=100)


class OneGrant(BaseModel):
    """Asks for an account, a role and where it holds."""

    username: str = Field(title="Tên đăng nhập", min_length=1, max_length=100)
    role: str = Field(title="Vai trò", min_length=1)
    unit_code: str = Field(title="Mã đơn vị", min_length=1, max_length=63)


class ForAll(BaseModel):
    """Asks whether everybody needs a second factor."""

    asked: str = Field(title="Ai phải dùng xác thực hai lớp", pattern="^[01]$")


async def account_id(actor: Actor, username: str) -> UUID:
    """Return the account of a user name that the person administers.

    Raises:
        InvalidInputError: there is none.
    """
    wanted = username.strip().lower()
    found = await accounts.list_accounts(actor=actor, search=wanted, limit=200)
    for row in found.rows:
        if row.username.lower() == wanted:
            return row.id
    raise InvalidInputError(fields={"username": NO_ACCOUNT.format(username=username.strip())})


async def unit_id(actor: Actor, code: str) -> UUID:
    """Return the unit of a code that the person may see.

    Raises:
        InvalidInputError: there is none.
    """
    wanted = code.strip()
    found = await organisation.list_units(actor=actor, search=wanted, limit=200)
    for unit in found.rows:
        if unit.code == wanted:
            return unit.id
    raise InvalidInputError(fields={"unit_code": NO_UNIT.format(code=wanted)})


async def lock(actor: Actor, form: OneAccount) -> str:
    """Lock an account."""
    await accounts.lock_account(await account_id(actor, form.username), actor=actor)
    return phrases.NOW_LOCKED


async def unlock(actor: Actor, form: OneAccount) -> str:
    """Unlock an account."""
    await accounts.unlock_account(await account_id(actor, form.username), actor=actor)
    return phrases.UNLOCKED


async def deactivate(actor: Actor, form: OneAccount) -> str:
    """Take an account out of use."""
    await accounts.deactivate_account(await account_id(actor, form.username), actor=actor)
    return phrases.NOW_INACTIVE


async def reset_second_factor(actor: Actor, form: OneAccount) -> str:
    """Forget a lost authenticator."""
    await accounts.reset_second_factor(await account_id(actor, form.username), actor=actor)
    return phrases.FACTOR_RESET


async def grant(actor: Actor, form: OneGrant) -> str:
    """Grant a role at a unit."""
    who, where = await account_id(actor, form.username), await unit_id(actor, form.unit_code)
    await accounts.grant_role(who, form.role, where, actor=actor)
    return phrases.GRANTED


async def revoke(actor: Actor, form: OneGrant) -> str:
    """Take a role away."""
    who, where = await account_id(actor, form.username), await unit_id(actor, form.unit_code)
    await accounts.revoke_role(who, form.role, where, actor=actor)
    return phrases.REVOKED


async def second_factor_for_all(actor: Actor, form: ForAll) -> str:
    """Ask everybody for a second factor, or no longer."""
    asked = form.asked == "1"
    await accounts.set_second_factor_for_all(asked=asked, actor=actor)
    return phrases.FOR_ALL if asked else phrases.NOT_FOR_ALL


async def role_options(_actor: Actor) -> dict[str, dict[str, str]]:
    """Return the roles with their names."""
    return {"role": {role.value: name for role, name in phrases.ROLE_NAMES.items()}}


async def for_all_options(_actor: Actor) -> dict[str, dict[str, str]]:
    """Return the two answers; the one in force stands first."""
    words = {"0": "Chỉ những vai trò bắt buộc", "1": "Mọi vai trò"}
    first = "1" if await accounts.second_factor_for_all() else "0"
    return {"asked": {first: words[first], **words}}
