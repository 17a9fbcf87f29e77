"""Pages of the department's administrator: accounts, roles, slips, locks."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID

from litestar import get, post
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect, Response

from core.accounts import guards, phrases, service
from core.accounts.forms import AnyRequest, site_of, typed, uuid_of
from core.accounts.schemas import Actor, Role, Slip
from core.errors import InvalidInputError
from core.kit.templates import page, redirect
from core.organisation.people import get_person

ADMIN = {"access": [Role.TENANT_ADMIN.value]}
READ = {"access": [Role.TENANT_ADMIN.value, Role.AUDITOR.value]}
LIST = "/quan-tri/tai-khoan"


@get(LIST, name="accounts", opt=READ)
async def accounts(
    request: AnyRequest,
    tim: FromQuery[str] = "",
    trang_thai: FromQuery[str] = "",
    sau: FromQuery[UUID | None] = None,
) -> Response[str]:
    """List the accounts, with search and filter in the address."""
    actor = guards.actor_of(request)
    found = await service.list_accounts(actor=actor, search=tim, state=trang_thai, after=sau)
    return page(
        request,
        "accounts/list.html",
        found=found,
        search=tim,
        state=trang_thai,
        role_names=phrases.ROLE_NAMES,
        state_names=phrases.STATE_NAMES,
        for_all=await service.second_factor_for_all(),
        may_change=actor.has(Role.TENANT_ADMIN),
    )


@get(f"{LIST}/tao", name="new_account_page", opt=ADMIN)
async def new_account_page(
    request: AnyRequest, nguoi: FromQuery[UUID | None] = None
) -> Response[str]:
    """Show the form of a new account; `nguoi`: for this person of the register."""
    actor, form = guards.actor_of(request), dict[str, str]()
    if nguoi is not None:
        person = await get_person(nguoi, actor=actor)
        form = {
            "person_id": str(person.id),
            "display_name": person.full_name,
            "unit_id": str(person.unit_id),
        }
    return await _new_form(request, actor, form, None)


@post(f"{LIST}/tao", name="new_account", opt=ADMIN)
async def new_account(request: AnyRequest) -> Response[str]:
    """Make an account and show its slip, once."""
    actor = guards.actor_of(request)
    form = await typed(request)
    try:
        unit_id = uuid_of(form, "unit_id", phrases.UNKNOWN_UNIT)
        role = form.get("role", "")
        person_id = (
            uuid_of(form, "person_id", phrases.PERSON_ELSEWHERE)
            if form.get("person_id")
            else await service.person_named(form.get("display_name", ""), unit_id)
        )
        slip = await service.create_account(
            actor=actor,
            username=form.get("username", ""),
            display_name=form.get("display_name", ""),
            email=form.get("email", ""),
            unit_id=unit_id,
            person_id=person_id,
            roles=[(role, unit_id)] if role else [],
        )
    except InvalidInputError as error:
        return await _new_form(request, actor, form, error)
    return _slip_page(request, slip)


async def _new_form(
    request: AnyRequest, actor: Actor, form: dict[str, str], error: InvalidInputError | None
) -> Response[str]:
    return page(
        request,
        "accounts/new.html",
        status_code=error.status if error else 200,
        form=form,
        error=error,
        units=await service.administered_units(actor=actor),
        role_names=phrases.ROLE_NAMES,
    )


@get(f"{LIST}/{{account_id:uuid}}", name="account", opt=READ)
async def account(request: AnyRequest, account_id: FromPath[UUID]) -> Response[str]:
    """Show one account with everything that can be done to it."""
    return await _account_page(request, account_id, None)


async def _account_page(
    request: AnyRequest, account_id: UUID, error: InvalidInputError | None
) -> Response[str]:
    actor = guards.actor_of(request)
    account = await service.get_account(account_id, actor=actor)
    may_change = actor.can(Role.TENANT_ADMIN, account.unit_path) and not account.is_support
    return page(
        request,
        "accounts/account.html",
        status_code=error.status if error else 200,
        account=account,
        is_own=account_id == actor.account_id,
        may_change=may_change,
        sees_trail=actor.can((Role.TENANT_ADMIN, Role.AUDITOR), f"/{actor.tenant_id}/"),
        units=await service.administered_units(actor=actor) if may_change else [],
        role_names=phrases.ROLE_NAMES,
        state_names=phrases.STATE_NAMES,
        error=error,
    )


@post(f"{LIST}/{{account_id:uuid}}/mat-khau", name="temporary_password", opt=ADMIN)
async def temporary_password(request: AnyRequest, account_id: FromPath[UUID]) -> Response[str]:
    """Set a temporary password and show the slip, once."""
    actor = guards.actor_of(request)
    return _slip_page(request, await service.issue_temporary_password(account_id, actor=actor))


@post(f"{LIST}/{{account_id:uuid}}/dung-lai", name="reactivate_account", opt=ADMIN)
async def reactivate_account(request: AnyRequest, account_id: FromPath[UUID]) -> Response[str]:
    """Take an account back into use and show the slip, once."""
    actor = guards.actor_of(request)
    return _slip_page(request, await service.reactivate_account(account_id, actor=actor))


@post(f"{LIST}/{{account_id:uuid}}/mo-khoa", name="unlock_account", opt=ADMIN)
async def unlock_account(request: AnyRequest, account_id: FromPath[UUID]) -> Redirect:
    """Unlock an account."""
    return await _done(request, account_id, service.unlock_account, phrases.UNLOCKED)


@post(f"{LIST}/{{account_id:uuid}}/khoa", name="lock_account", opt=ADMIN)
async def lock_account(request: AnyRequest, account_id: FromPath[UUID]) -> Redirect:
    """Lock an account."""
    return await _done(request, account_id, service.lock_account, phrases.NOW_LOCKED)


@post(f"{LIST}/{{account_id:uuid}}/ngung", name="deactivate_account", opt=ADMIN)
async def deactivate_account(request: AnyRequest, account_id: FromPath[UUID]) -> Redirect:
    """Take an account out of use."""
    return await _done(request, account_id, service.deactivate_account, phrases.NOW_INACTIVE)


@post(f"{LIST}/{{account_id:uuid}}/xac-thuc", name="reset_second_factor", opt=ADMIN)
async def reset_second_factor(request: AnyRequest, account_id: FromPath[UUID]) -> Redirect:
    """Forget a lost authenticator."""
    return await _done(request, account_id, service.reset_second_factor, phrases.FACTOR_RESET)


@post(f"{LIST}/{{account_id:uuid}}/vai-tro", name="grant_role", opt=ADMIN)
async def grant_role(request: AnyRequest, account_id: FromPath[UUID]) -> Response[Any]:
    """Grant a role at a unit."""
    actor = guards.actor_of(request)
    form = await typed(request)
    try:
        unit_id = uuid_of(form, "role_unit_id", phrases.UNKNOWN_UNIT)
        await service.grant_role(account_id, form.get("role", ""), unit_id, actor=actor)
    except InvalidInputError as error:
        return await _account_page(request, account_id, error)
    return redirect(f"{LIST}/{account_id}", flash=phrases.GRANTED)


@post(f"{LIST}/{{account_id:uuid}}/vai-tro/thu-hoi", name="revoke_role", opt=ADMIN)
async def revoke_role(request: AnyRequest, account_id: FromPath[UUID]) -> Response[Any]:
    """Take a role away."""
    actor = guards.actor_of(request)
    form = await typed(request)
    unit_id = uuid_of(form, "role_unit_id", phrases.UNKNOWN_UNIT)
    await service.revoke_role(account_id, form.get("role", ""), unit_id, actor=actor)
    return redirect(f"{LIST}/{account_id}", flash=phrases.REVOKED)


@post(f"{LIST}/xac-thuc-hai-lop", name="second_factor_for_all", opt=ADMIN)
async def second_factor_for_all(request: AnyRequest) -> Redirect:
    """Ask every role of the department for a second factor, or no longer."""
    actor = guards.actor_of(request)
    asked = (await typed(request)).get("asked") == "1"
    await service.set_second_factor_for_all(asked=asked, actor=actor)
    return redirect(LIST, flash=phrases.FOR_ALL if asked else phrases.NOT_FOR_ALL)


async def _done(
    request: AnyRequest, account_id: UUID, act: Callable[..., Awaitable[None]], sentence: str
) -> Redirect:
    await act(account_id, actor=guards.actor_of(request))
    return redirect(f"{LIST}/{account_id}", flash=sentence)


def _slip_page(request: AnyRequest, slip: Slip) -> Response[str]:
    return page(
        request,
        "accounts/slip.html",
        slip=slip,
        site=site_of(request),
        role_names=phrases.ROLE_NAMES,
    )


handlers: list[Any] = [
    accounts,
    new_account_page,
    new_account,
    account,
    temporary_password,
    reactivate_account,
    unlock_account,
    lock_account,
    deactivate_account,
    reset_second_factor,
    grant_role,
    revoke_role,
    second_factor_for_all,
]
