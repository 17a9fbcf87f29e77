"""Pages of delegation: who lent which role to whom, from day to day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from litestar import get, post
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect, Response

from core.accounts import delegation, guards, phrases
from core.accounts.forms import AnyRequest, typed, uuid_of
from core.accounts.schemas import Actor, Lendable
from core.errors import InvalidInputError, NotFoundError
from core.kit import clock
from core.kit.templates import page, redirect

READERS = {"access": [role.value for role in delegation.READERS]}
LENDERS = {"access": [role.value for role in delegation.LENDABLE]}
LIST = "/quan-tri/uy-quyen"


@get(LIST, name="delegations", opt=READERS)
async def delegations(request: AnyRequest, sau: FromQuery[UUID | None] = None) -> Response[str]:
    """List the delegations that concern the person, newest first."""
    actor = guards.actor_of(request)
    return page(
        request,
        "accounts/delegations.html",
        found=await delegation.list_delegations(actor=actor, after=sau),
        account_id=actor.account_id,
        may_lend=bool(await delegation.lendable_roles(actor=actor)),
        role_names=phrases.ROLE_NAMES,
    )


@get(f"{LIST}/moi", name="new_delegation_page", opt=LENDERS)
async def new_delegation_page(
    request: AnyRequest, vai_tro: FromQuery[str] = "", tim: FromQuery[str] = ""
) -> Response[str]:
    """Show the form; `vai_tro` is "role:unit", `tim` narrows the list of people."""
    form = {"lent": vai_tro, "search": tim, "valid_from": clock.today().isoformat()}
    return await _form(request, form, None)


@post(f"{LIST}/moi", name="new_delegation", opt=LENDERS)
async def new_delegation(request: AnyRequest) -> Response[Any]:
    """Say what will happen; lend the role when that was confirmed."""
    actor, form = guards.actor_of(request), await typed(request)
    lent = _lent(form, await _lendable(actor))
    if form.get("step") == "tim":
        return await _form(request, form, None)
    try:
        account_id, first, last = _read(form)
        await delegation.delegate(
            account_id=account_id,
            role=lent.role,
            unit_id=lent.unit_id,
            valid_from=first,
            valid_to=last,
            decision=form.get("decision", ""),
            reason=form.get("reason", ""),
            actor=actor,
        )
    except InvalidInputError as error:
        return await _form(request, form, error)
    return redirect(LIST, flash=phrases.DELEGATED)


def _read(form: Mapping[str, str]) -> tuple[UUID, date, date]:
    """Return account and days; all that is missing is said at once."""
    fields: dict[str, str] = {}
    days: list[date] = []
    account_id = UUID(int=0)
    try:
        account_id = uuid_of(form, "account_id", phrases.NO_DELEGATE)
    except InvalidInputError as error:
        fields |= error.fields
    for name in ("valid_from", "valid_to"):
        try:
            days.append(date.fromisoformat(form.get(name, "").strip()))
        except ValueError:
            fields[name] = phrases.NO_DAY
    if fields:
        raise InvalidInputError(fields=fields)
    return account_id, days[0], days[1]


@post(f"{LIST}/{{grant_id:uuid}}/cham-dut", name="end_delegation", opt=READERS)
async def end_delegation(request: AnyRequest, grant_id: FromPath[UUID]) -> Redirect:
    """End a delegation before its last day."""
    await delegation.end_delegation(grant_id, actor=guards.actor_of(request))
    return redirect(LIST, flash=phrases.DELEGATION_NOW_ENDED)


async def _lendable(actor: Actor) -> list[Lendable]:
    lendable = await delegation.lendable_roles(actor=actor)
    if not lendable:
        raise NotFoundError
    return lendable


def _lent(form: Mapping[str, str], lendable: list[Lendable]) -> Lendable:
    """Return the chosen role; the first where none was chosen."""
    chosen = form.get("lent", "")
    return next((each for each in lendable if each.key == chosen), lendable[0])


async def _form(
    request: AnyRequest, form: Mapping[str, str], error: InvalidInputError | None
) -> Response[str]:
    actor = guards.actor_of(request)
    lendable = await _lendable(actor)
    lent = _lent(form, lendable)
    people, more = await delegation.candidates(
        role=lent.role, unit_id=lent.unit_id, search=form.get("search", ""), actor=actor
    )
    return page(
        request,
        "accounts/delegate.html",
        status_code=error.status if error else 200,
        lendable=lendable,
        lent=lent,
        people=people,
        more=more,
        form=form,
        errors=error.fields if error else {},
        role_names=phrases.ROLE_NAMES,
    )


handlers: list[Any] = [delegations, new_delegation_page, new_delegation, end_delegation]
