"""The department's pages of support access, and the door by which an operator comes in."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from litestar import get, post
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect, Response

from core.accounts import guards
from core.accounts.forms import AnyRequest, session_cookie, typed
from core.accounts.phrases import ROLE_NAMES
from core.accounts.schemas import Role
from core.errors import InvalidInputError
from core.kit import numbers
from core.kit.templates import page, redirect
from tenants.support import phrases, service

READERS = {"access": [Role.TENANT_ADMIN.value, Role.AUDITOR.value]}
ADMIN = {"access": [Role.TENANT_ADMIN.value]}
PAGE = "/quan-tri/ho-tro"


@get(PAGE, name="support.page", opt=READERS)
async def support_page(request: AnyRequest) -> Response[str]:
    """Show the grants, who came in by them, and the form of a new one."""
    return await _page(request, {}, None)


async def _page(
    request: AnyRequest, form: dict[str, str], error: InvalidInputError | None
) -> Response[str]:
    actor = guards.actor_of(request)
    return page(
        request,
        "support/page.html",
        status_code=error.status if error else 200,
        grants=await service.list_grants(actor=actor),
        visits=await service.list_visits(actor=actor),
        hours=phrases.HOURS,
        role_names=ROLE_NAMES,
        may_grant=actor.has(Role.TENANT_ADMIN),
        form=form,
        error=error,
    )


@post(PAGE, name="support.grant", opt=ADMIN)
async def grant(request: AnyRequest) -> Response[Any]:
    """Let operators look at the site for some hours."""
    actor = guards.actor_of(request)
    form = await typed(request)
    hours = form.get("hours", "")
    try:
        await service.grant(
            actor=actor,
            hours=numbers.whole(hours) or 0,
            reason=form.get("reason", ""),
        )
    except InvalidInputError as error:
        return await _page(request, form, error)
    return redirect(PAGE, flash=phrases.GRANTED)


@post(f"{PAGE}/{{support_grant_id:uuid}}/ket-thuc", name="support.end", opt=ADMIN)
async def end(request: AnyRequest, support_grant_id: FromPath[UUID]) -> Redirect:
    """End a grant at once."""
    await service.end(support_grant_id, actor=guards.actor_of(request))
    return redirect(PAGE, flash=phrases.ENDED)


@get("/ho-tro/vao", name="support.enter_page", opt={"access": "anonymous"})
async def enter_page(request: AnyRequest, ve: FromQuery[str] = "") -> Response[str]:
    """Ask the operator to come in; looking at this page uses up nothing."""
    return page(request, "support/enter.html", ticket=ve)


@post("/ho-tro/vao", name="support.enter", opt={"access": "anonymous"})
async def enter(request: AnyRequest) -> Response[Any]:
    """Turn the ticket into a marked session."""
    form = await typed(request)
    done = await service.enter(
        form.get("ticket", ""), user_agent=request.headers.get("user-agent", "")
    )
    answer = redirect("/")
    answer.set_cookie(session_cookie(done.token))
    return answer


route_handlers: list[Any] = [support_page, grant, end, enter_page, enter]
