"""What the forms about accounts ask and do."""

from __future__ import annotations

from uuid import UUID

from pydantic import BaseModel, Field

from core.accounts import delegation, phrases
from core.accounts import service as accounts
from core.accounts.schemas import Actor, Role
from core.errors import InvalidInputError, NotFoundError
from core.kit.i18n import vn_date
from core.organisation import choosing

NO_ACCOUNT = "Không có tài khoản “{username}” trong phạm vi quản trị của bạn."
CHOOSE = {"": "Chọn một mục"}
NO_UNIT = "Hãy chọn một đơn vị."
IN_USE = "Tài khoản này đang dùng, không cần dùng lại."
BACK_IN_USE = (
    "Tài khoản dùng lại được, mật khẩu cũ không còn giá trị. Cấp phiếu mật khẩu tạm ở trang Tài"
    " khoản rồi đưa cho người đó."
)
NO_DELEGATION = {"": "Hiện không có ủy quyền nào bạn chấm dứt được"}
LENT = "{borrower}: {role} ở {unit}, đến hết {day} ({lender} ủy quyền)"


class OneAccount(BaseModel):
    """Asks for one account."""

    username: str = Field(title="Tên đăng nhập", min_length=1, max_length=100)


class OneDelegation(BaseModel):
    """Asks for one delegation."""

    delegation_id: UUID = Field(title="Ủy quyền")


class OneGrant(BaseModel):
    """Asks for an account, a role and where it holds."""

    username: str = Field(title="Tên đăng nhập", min_length=1, max_length=100)
    role: str = Field(title="Vai trò", min_length=1)
    unit: str = Field(title="Đơn vị (mã hoặc tên)", min_length=1, max_length=200)


class ForAll(BaseModel):
    """Asks whether everybody needs a second factor."""

    asked: str = Field(title="Ai phải dùng xác thực hai lớp", pattern="^[01]$")


async def account_id(actor: Actor, username: str) -> UUID:
    """Return the account of a user name that the person administers.

    Raises:
        InvalidInputError: there is none.
    """
    try:
        return (await accounts.find_account(username, actor=actor)).id
    except NotFoundError:
        sentence = NO_ACCOUNT.format(username=username.strip())
        raise InvalidInputError(fields={"username": sentence}) from None


async def unit_options(actor: Actor) -> dict[str, str]:
    """Return the units by their ids where they are few enough for a list, else nothing."""
    units = {str(unit.id): unit.name for unit in await choosing.choices(actor=actor)}
    return {**CHOOSE, **units} if units else {}


async def unit_id(actor: Actor, text: str) -> UUID:
    """Return the unit that was chosen or typed.

    Raises:
        InvalidInputError: nothing fits, or several units do.
    """
    return await choosing.chosen(text, field="unit", missing=NO_UNIT, actor=actor)


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


async def reactivate(actor: Actor, form: OneAccount) -> str:
    """Take an account back into use; the slip is never shown here, a new one is printed there."""
    account = await account_id(actor, form.username)
    if (await accounts.get_account(account, actor=actor)).state != "inactive":
        raise InvalidInputError(fields={"username": IN_USE})
    await accounts.reactivate_account(account, actor=actor)
    return BACK_IN_USE


async def end_delegation(actor: Actor, form: OneDelegation) -> str:
    """End a delegation before its last day."""
    await delegation.end_delegation(form.delegation_id, actor=actor)
    return phrases.DELEGATION_NOW_ENDED


async def delegation_options(actor: Actor) -> dict[str, dict[str, str]]:
    """Return the newest delegations that the person may end."""
    found = await delegation.list_delegations(actor=actor, limit=delegation.MAX_PAGE)
    words = {
        str(each.id): LENT.format(
            borrower=each.display_name,
            role=phrases.ROLE_NAMES[Role(each.role)],
            unit=each.unit_name,
            day=vn_date(each.valid_to),
            lender=each.lender,
        )
        for each in found.rows
        if each.may_end and each.state in ("coming", "in_force")
    }
    return {"delegation_id": {**CHOOSE, **words} if words else NO_DELEGATION}


async def reset_second_factor(actor: Actor, form: OneAccount) -> str:
    """Forget a lost authenticator."""
    await accounts.reset_second_factor(await account_id(actor, form.username), actor=actor)
    return phrases.FACTOR_RESET


async def grant(actor: Actor, form: OneGrant) -> str:
    """Grant a role at a unit."""
    who, where = await account_id(actor, form.username), await unit_id(actor, form.unit)
    await accounts.grant_role(who, form.role, where, actor=actor)
    return phrases.GRANTED


async def revoke(actor: Actor, form: OneGrant) -> str:
    """Take a role away."""
    who, where = await account_id(actor, form.username), await unit_id(actor, form.unit)
    await accounts.revoke_role(who, form.role, where, actor=actor)
    return phrases.REVOKED


async def second_factor_for_all(actor: Actor, form: ForAll) -> str:
    """Ask everybody for a second factor, or no longer."""
    asked = form.asked == "1"
    await accounts.set_second_factor_for_all(asked=asked, actor=actor)
    return phrases.FOR_ALL if asked else phrases.NOT_FOR_ALL


async def role_options(actor: Actor) -> dict[str, dict[str, str]]:
    """Return the roles with their names, and the units."""
    roles = {role.value: name for role, name in phrases.ROLE_NAMES.items()}
    return {"role": {**CHOOSE, **roles}, "unit": await unit_options(actor)}


async def for_all_options(_actor: Actor) -> dict[str, dict[str, str]]:
    """Return the two answers; the one in force stands first."""
    words = {"0": "Chỉ những vai trò bắt buộc", "1": "Mọi vai trò"}
    first = "1" if await accounts.second_factor_for_all() else "0"
    return {"asked": {first: words[first], **words}}
