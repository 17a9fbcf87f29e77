"""The console's pages of deleting a department after a waiting period."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from litestar import get, post
from litestar.params import FromPath
from litestar.response import Redirect, Response

from core.accounts.forms import AnyRequest, typed
from core.errors import ConflictError, InvalidInputError
from core.kit.i18n import vn_day_long
from core.kit.templates import page, redirect
from tenants.life.phrases import deletion_asked
from tenants.platform import deletion, guards, phrases
from tenants.platform.departments import get_department

OPERATOR = {"access": "operator"}


@get("/so/{tenant_id:uuid}/xoa", name="console.delete_page", opt=OPERATOR)
async def delete_page(request: AnyRequest, tenant_id: FromPath[UUID]) -> Response[str]:
    """Say what a deletion does, and ask for reason, paper and the department's slug."""
    guards.operator_of(request)
    return await _form(request, tenant_id, {}, None)


@post("/so/{tenant_id:uuid}/xoa", name="console.delete", opt=OPERATOR)
async def delete(request: AnyRequest, tenant_id: FromPath[UUID]) -> Response[Any]:
    """Ask for the deletion; it is carried out when the waiting period is over."""
    operator = guards.operator_of(request)
    form = await typed(request)
    try:
        ends = await deletion.request_deletion(
            await get_department(tenant_id),
            operator,
            reason=form.get("reason", ""),
            decision=form.get("decision_number", ""),
            typed_slug=form.get("typed_name", ""),
        )
    except (InvalidInputError, ConflictError) as error:
        return await _form(request, tenant_id, form, error)
    return redirect(f"/so/{tenant_id}", flash=deletion_asked(vn_day_long(ends)))


@post("/so/{tenant_id:uuid}/giu-lai", name="console.keep", opt=OPERATOR)
async def keep(request: AnyRequest, tenant_id: FromPath[UUID]) -> Redirect:
    """Take the request to delete the department back."""
    operator = guards.operator_of(request)
    department = await get_department(tenant_id)
    await deletion.keep(department, operator)
    return redirect(f"/so/{tenant_id}", flash=phrases.KEPT.format(name=department.short_name))


async def _form(
    request: AnyRequest,
    tenant_id: UUID,
    form: dict[str, str],
    error: InvalidInputError | ConflictError | None,
) -> Response[str]:
    department = await get_department(tenant_id)
    return page(
        request,
        "platform/delete.html",
        status_code=error.status if error else 200,
        department=department,
        waiting_days=await deletion.waiting_days(department),
        form=form,
        error=error,
    )


handlers: list[Any] = [delete_page, delete, keep]
