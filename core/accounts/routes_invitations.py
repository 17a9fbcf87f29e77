"""Pages of first passwords: who has not come yet, invitations, slips; the invited's own page."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from litestar import get, post
from litestar.params import FromPath, FromQuery
from litestar.response import Response

from core.accounts import guards, invitations, phrases, service
from core.accounts.forms import AnyRequest, site_of, typed
from core.accounts.schemas import Role
from core.errors import InvalidInputError
from core.kit.templates import page, redirect

ADMIN = {"access": [Role.TENANT_ADMIN.value]}
ANYBODY = {"access": "anonymous"}
PAGE = "/quan-tri/loi-moi"


@get(PAGE, name="invitations", opt=ADMIN)
async def waiting(
    request: AnyRequest,
    tim: FromQuery[str] = "",
    trang_thai: FromQuery[str] = "",
    sau: FromQuery[UUID | None] = None,
) -> Response[str]:
    """List who has not set a first password yet."""
    return await _page(request, tim, trang_thai, sau)


@post(f"{PAGE}/gui", name="invite", opt=ADMIN)
async def invite(request: AnyRequest) -> Response[Any]:
    """Invite those who were chosen, or (`all`) all who were never invited."""
    actor = guards.actor_of(request)
    chosen, everybody = await _chosen(request)
    try:
        done = await invitations.invite(
            actor=actor,
            account_ids=None if everybody else chosen,
            site=site_of(request),
            department=request.scope["state"]["tenant"].name,
        )
    except InvalidInputError as error:
        return await _page(request, error=error)
    sentence = phrases.INVITED.format(count=done.sent)
    if done.without_address:
        sentence += phrases.NOT_INVITED.format(count=done.without_address)
    return redirect(PAGE, flash=sentence, kind="success" if done.sent else "warning")


@post(f"{PAGE}/huy", name="cancel_invitations", opt=ADMIN)
async def cancel(request: AnyRequest) -> Response[Any]:
    """End the invitations of those who were chosen."""
    actor = guards.actor_of(request)
    try:
        count = await invitations.cancel(actor=actor, account_ids=(await _chosen(request))[0])
    except InvalidInputError as error:
        return await _page(request, error=error)
    return redirect(PAGE, flash=phrases.CANCELLED.format(count=count))


@post(f"{PAGE}/phieu", name="print_slips", opt=ADMIN)
async def slips(request: AnyRequest) -> Response[str]:
    """Show slips with temporary passwords, once."""
    actor = guards.actor_of(request)
    try:
        made = await invitations.print_slips(actor=actor, account_ids=(await _chosen(request))[0])
    except InvalidInputError as error:
        return await _page(request, error=error)
    return page(
        request,
        "accounts/slips.html",
        slips=made,
        site=site_of(request),
        role_names=phrases.ROLE_NAMES,
    )


@get("/loi-moi/{token:str}", name="invitation_page", opt=ANYBODY)
async def invitation(request: AnyRequest, token: FromPath[str]) -> Response[str]:
    """Welcome somebody who was invited and ask for a first password."""
    return await _welcome(request, token, None)


@post("/loi-moi/{token:str}", name="accept_invitation", opt=ANYBODY)
async def accept(request: AnyRequest, token: FromPath[str]) -> Response[Any]:
    """Set the first password; then sign in with it."""
    form = await typed(request)
    await invitations.invited(token=token)
    try:
        await service.reset_password(
            token=token, new=form.get("new", ""), repeated=form.get("repeated", "")
        )
    except InvalidInputError as error:
        return await _welcome(request, token, error)
    return redirect("/dang-nhap", flash=phrases.PASSWORD_SET)


async def _welcome(
    request: AnyRequest, token: str, error: InvalidInputError | None
) -> Response[str]:
    return page(
        request,
        "accounts/invitation.html",
        status_code=error.status if error else 200,
        account=await invitations.invited(token=token),
        rule=await service.reset_rule(token=token),
        error=error,
        token=token,
    )


async def _chosen(request: AnyRequest) -> tuple[list[UUID], bool]:
    form = await request.form()
    try:
        chosen = [UUID(str(value)) for value in form.getall("account_ids", [])]
    except ValueError:
        raise InvalidInputError(fields={"account_ids": phrases.NOBODY_CHOSEN}) from None
    return chosen, form.get("all") == "1"


async def _page(
    request: AnyRequest,
    search: str = "",
    state: str = "",
    after: UUID | None = None,
    error: InvalidInputError | None = None,
) -> Response[str]:
    actor = guards.actor_of(request)
    return page(
        request,
        "accounts/waiting.html",
        status_code=error.status if error else 200,
        found=await invitations.list_waiting(actor=actor, search=search, state=state, after=after),
        counts=await invitations.count_waiting(actor=actor),
        search=search,
        state=state,
        states=phrases.WAITING_STATES,
        role_names=phrases.ROLE_NAMES,
        most_slips=invitations.MOST_SLIPS,
        error=error,
    )


handlers: list[Any] = [waiting, invite, cancel, slips, invitation, accept]
