"""The console's pages of running the platform: jobs, mails, health, sizes, trail, support."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from litestar import get, post
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect, Response

from core.accounts.forms import AnyRequest, typed
from core.accounts.phrases import ROLE_NAMES
from core.errors import InvalidInputError
from core.kit.templates import page, redirect
from tenants.platform import guards, health, operation, operators, phrases
from tenants.platform import repository_operation as repository
from tenants.platform.phrases_doctor import DOCTOR

OPERATOR = {"access": "operator"}
BACKGROUND = "/cong-viec"


@get(BACKGROUND, name="console.background", opt=OPERATOR)
async def background(request: AnyRequest) -> Response[str]:
    """Show jobs and mails of all departments: counts, and what failed."""
    guards.operator_of(request)
    return page(
        request,
        "platform/background.html",
        state=await operation.background(),
        job_states=phrases.JOB_STATES,
        mail_states=phrases.MAIL_STATES,
    )


@post(f"{BACKGROUND}/lam-lai", name="console.retry_jobs", opt=OPERATOR)
async def retry_jobs(request: AnyRequest) -> Redirect:
    """Hand one failed job over again, or all."""
    guards.operator_of(request)
    count = await operation.retry_jobs(_chosen(await typed(request)))
    return redirect(BACKGROUND, flash=phrases.JOBS_AGAIN.format(count=count))


@post(f"{BACKGROUND}/gui-lai", name="console.retry_mails", opt=OPERATOR)
async def retry_mails(request: AnyRequest) -> Redirect:
    """Send one failed mail again, or all."""
    guards.operator_of(request)
    count = await operation.retry_mails(_chosen(await typed(request)))
    return redirect(BACKGROUND, flash=phrases.MAILS_AGAIN.format(count=count))


def _chosen(form: dict[str, str]) -> list[UUID] | None:
    """Return the chosen id; None where all were asked for."""
    if form.get("all") == "1":
        return None
    try:
        return [UUID(form.get("id", ""))]
    except ValueError:
        raise InvalidInputError from None


@get("/suc-khoe", name="console.health", opt=OPERATOR)
async def health_page(request: AnyRequest) -> Response[str]:
    """Show whether the parts of the installation are well, and what is slow."""
    guards.operator_of(request)
    return page(
        request,
        "platform/health.html",
        checks=await health.checks(),
        statements=await health.statements(),
    )


@get("/suc-khoe/kiem-tra", name="console.doctor", opt=OPERATOR)
async def doctor_page(request: AnyRequest) -> Response[str]:
    """Show what `thidua doctor` finds."""
    guards.operator_of(request)
    return page(request, "platform/doctor.html", checks=await health.deep_checks(), words=DOCTOR)


@get("/suc-khoe/dung-luong", name="console.sizes", opt=OPERATOR)
async def sizes_page(request: AnyRequest) -> Response[str]:
    """Show what takes the space, by table and by department."""
    guards.operator_of(request)
    return page(request, "platform/sizes.html", sizes=await health.sizes())


@get("/nhat-ky", name="console.trail", opt=OPERATOR)
async def trail_page(
    request: AnyRequest,
    tim: FromQuery[str] = "",
    nguoi: FromQuery[str] = "",
    truoc: FromQuery[int] = 0,
) -> Response[str]:
    """Show what operators did, with search in the address; say whether the chain is whole."""
    guards.operator_of(request)
    everyone = await operators.list_operators()
    chosen = next((each.id for each in everyone if each.username == nguoi), None)
    lines, after = await operation.trail(search=tim, operator_id=chosen, before=max(0, truoc))
    return page(
        request,
        "platform/trail.html",
        lines=lines,
        after=after,
        search=tim,
        who=nguoi,
        operators=everyone,
        broken=await repository.first_broken_link(),
    )


@get("/ho-tro", name="console.support", opt=OPERATOR)
async def support_page(request: AnyRequest) -> Response[str]:
    """Show the departments that allow support just now."""
    guards.operator_of(request)
    return page(
        request,
        "platform/support.html",
        offers=await operation.support_offers(),
        role_names=ROLE_NAMES,
    )


@post("/ho-tro/{grant_id:uuid}/vao", name="console.support_ticket", opt=OPERATOR)
async def support_ticket(request: AnyRequest, grant_id: FromPath[UUID]) -> Response[str]:
    """Make a ticket and show the link to the department's site."""
    name, link = await operation.support_link(grant_id, guards.operator_of(request))
    return page(request, "platform/support_link.html", name=name, link=link)


handlers: list[Any] = [
    background,
    retry_jobs,
    retry_mails,
    health_page,
    doctor_page,
    sizes_page,
    trail_page,
    support_page,
    support_ticket,
]
