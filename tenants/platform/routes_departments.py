"""The console's pages of departments: list, provisioning, one department and what is done to it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import msgspec
from litestar import get, post
from litestar.params import FromPath
from litestar.response import Redirect, Response

from core.accounts.forms import AnyRequest, typed
from core.errors import InvalidInputError
from core.kit.templates import page, redirect
from tenants.platform import departments, guards, phrases, plugins
from tenants.platform.departments import MEGABYTE, Department
from tenants.platform.provisioning import NewDepartment, address_of, provision

OPERATOR = {"access": "operator"}
FIELDS = NewDepartment.__struct_fields__


@get("/so", name="console.departments", opt=OPERATOR)
async def department_list(request: AnyRequest) -> Response[str]:
    """List the departments with their counts and warnings."""
    guards.operator_of(request)
    return page(
        request,
        "platform/departments.html",
        departments=await departments.list_departments(),
        failures=plugins.failures(),
        statuses=phrases.STATUSES,
    )


@get("/so/tao", name="console.new_department_page", opt=OPERATOR)
async def new_department_page(request: AnyRequest) -> Response[str]:
    """Show the form of a new department."""
    guards.operator_of(request)
    return _new_form(request, NewDepartment(notation="SYT"), None)


@post("/so/tao", name="console.new_department", opt=OPERATOR)
async def new_department(request: AnyRequest) -> Response[str]:
    """Make the department and show the slip of its administrator, once."""
    guards.operator_of(request)
    form = await typed(request)
    wanted = NewDepartment(**{name: form.get(name, "") for name in FIELDS})
    try:
        made = await provision(wanted)
    except InvalidInputError as error:
        # A field of the account, told under its name in this form.
        names = {"username": "admin_username", "display_name": "admin_name", "email": "admin_email"}
        fields = {names.get(name, name): sentence for name, sentence in error.fields.items()}
        return _new_form(request, wanted, InvalidInputError(error.detail, fields=fields))
    return page(request, "platform/slip.html", made=made)


def _new_form(
    request: AnyRequest, form: NewDepartment, error: InvalidInputError | None
) -> Response[str]:
    return page(
        request,
        "platform/new_department.html",
        status_code=error.status if error else 200,
        form=msgspec.structs.asdict(form),
        error=error,
        plugins=plugins.list_plugins(),
    )


@get("/so/{tenant_id:uuid}", name="console.department", opt=OPERATOR)
async def department(request: AnyRequest, tenant_id: FromPath[UUID]) -> Response[str]:
    """Show one department."""
    guards.operator_of(request)
    return await _department_page(request, tenant_id, {}, None)


async def _department_page(
    request: AnyRequest, tenant_id: UUID, form: dict[str, str], error: InvalidInputError | None
) -> Response[str]:
    found = await departments.get_department(tenant_id)
    limits = {
        "storage_mb": found.max_storage_bytes // MEGABYTE if found.max_storage_bytes else "",
        "accounts": found.max_accounts or "",
    }
    return page(
        request,
        "platform/department.html",
        status_code=error.status if error else 200,
        department=found,
        addresses=[(host, address_of(host)) for host in found.hosts],
        form={**limits, **form},
        error=error,
        statuses=phrases.STATUSES,
    )


@post("/so/{tenant_id:uuid}/dia-chi", name="console.add_host", opt=OPERATOR)
async def add_host(request: AnyRequest, tenant_id: FromPath[UUID]) -> Response[Any]:
    """Serve the department under one more host name."""
    guards.operator_of(request)
    form = await typed(request)
    host = form.get("host", "")
    try:
        await departments.add_host(tenant_id, host)
    except InvalidInputError as error:
        return await _department_page(request, tenant_id, {"host": host}, error)
    host = departments.clean_host(host)
    return redirect(f"/so/{tenant_id}", flash=phrases.HOST_ADDED.format(host=host))


@post("/so/{tenant_id:uuid}/dia-chi/go", name="console.remove_host", opt=OPERATOR)
async def remove_host(request: AnyRequest, tenant_id: FromPath[UUID]) -> Redirect:
    """Stop serving the department under a host name."""
    guards.operator_of(request)
    host = (await typed(request)).get("host", "")
    await departments.remove_host(tenant_id, host)
    return redirect(f"/so/{tenant_id}", flash=phrases.HOST_REMOVED.format(host=host))


@post("/so/{tenant_id:uuid}/han-muc", name="console.set_limits", opt=OPERATOR)
async def set_limits(request: AnyRequest, tenant_id: FromPath[UUID]) -> Response[Any]:
    """Limit the department's files and accounts."""
    guards.operator_of(request)
    form = await typed(request)
    try:
        await departments.set_limits(
            tenant_id, form.get("storage_mb", ""), form.get("accounts", "")
        )
    except InvalidInputError as error:
        return await _department_page(request, tenant_id, form, error)
    return redirect(f"/so/{tenant_id}", flash=phrases.LIMITS_SET)


@get("/so/{tenant_id:uuid}/tam-dung", name="console.suspend_page", opt=OPERATOR)
async def suspend_page(request: AnyRequest, tenant_id: FromPath[UUID]) -> Response[str]:
    """Say what suspending does, and ask for the reason."""
    guards.operator_of(request)
    return _status_form(request, await departments.get_department(tenant_id), "", None)


@post("/so/{tenant_id:uuid}/tam-dung", name="console.suspend", opt=OPERATOR)
async def suspend(request: AnyRequest, tenant_id: FromPath[UUID]) -> Response[Any]:
    """Stop serving the department, or serve it again."""
    guards.operator_of(request)
    form = await typed(request)
    found = await departments.get_department(tenant_id)
    resumes = form.get("status") == "active"
    note = form.get("note", "")
    try:
        await (departments.resume if resumes else departments.suspend)(tenant_id, note)
    except InvalidInputError as error:
        return _status_form(request, found, note, error)
    sentence = phrases.RESUMED if resumes else phrases.SUSPENDED
    return redirect(f"/so/{tenant_id}", flash=sentence.format(name=found.short_name))


def _status_form(
    request: AnyRequest, found: Department, note: str, error: InvalidInputError | None
) -> Response[str]:
    title, sentences, button = {
        "suspended": (phrases.RESUME_TITLE, phrases.RESUME_SENTENCES, "Phục vụ lại"),
        "preparing": (phrases.START_TITLE, phrases.START_SENTENCES, "Đưa vào phục vụ"),
    }.get(found.status, (phrases.SUSPEND_TITLE, phrases.SUSPEND_SENTENCES, "Tạm dừng"))
    resumes = found.status != "active"
    return page(
        request,
        "confirm.html",
        status_code=error.status if error else 200,
        title=title.format(name=found.short_name),
        sentences=[sentence.format(accounts=found.accounts) for sentence in sentences],
        action=f"/so/{found.id}/tam-dung",
        button=button,
        back=f"/so/{found.id}",
        danger=not resumes,
        hidden={"status": "active" if resumes else "suspended"},
        note_field="Lý do (lưu trong nhật ký)",
        note=note,
        note_required=True,
        errors=error.fields if error else {},
        detail=error.detail if error else "",
    )


@get("/so/{tenant_id:uuid}/plugin", name="console.change_plugin_page", opt=OPERATOR)
async def change_plugin_page(request: AnyRequest, tenant_id: FromPath[UUID]) -> Response[str]:
    """Show which plugins the department could use."""
    guards.operator_of(request)
    return await _plugin_form(request, tenant_id, {}, None)


@post("/so/{tenant_id:uuid}/plugin", name="console.change_plugin", opt=OPERATOR)
async def change_plugin(request: AnyRequest, tenant_id: FromPath[UUID]) -> Response[Any]:
    """Activate another plugin; refused while a round is open."""
    guards.operator_of(request)
    form = await typed(request)
    try:
        await departments.change_plugin(tenant_id, form.get("slug", ""), form.get("note", ""))
    except InvalidInputError as error:
        return await _plugin_form(request, tenant_id, form, error)
    return redirect(f"/so/{tenant_id}", flash=phrases.PLUGIN_CHANGED)


async def _plugin_form(
    request: AnyRequest, tenant_id: UUID, form: dict[str, str], error: InvalidInputError | None
) -> Response[str]:
    return page(
        request,
        "platform/change_plugin.html",
        status_code=error.status if error else 200,
        department=await departments.get_department(tenant_id),
        plugins=plugins.list_plugins(),
        form=form,
        error=error,
    )


@get("/plugin", name="console.plugins", opt=OPERATOR)
async def plugin_list(request: AnyRequest) -> Response[str]:
    """Show the installed plugins, those left out, and which version is open for whom."""
    guards.operator_of(request)
    users: dict[str, list[Department]] = {}
    for each in await departments.list_departments():
        users.setdefault(each.plugin_slug, []).append(each)
    return page(
        request,
        "platform/plugins.html",
        plugins=plugins.list_plugins(),
        failures=plugins.failures(),
        users=users,
        api_version=plugins.api_version(),
    )


@post("/plugin/{slug:str}/mo", name="console.open_version", opt=OPERATOR)
async def open_version(request: AnyRequest, slug: FromPath[str]) -> Redirect:
    """Open the installed version for one department, or for all that use the plugin."""
    guards.operator_of(request)
    chosen = (await typed(request)).get("tenant_id", "")
    tenant_id = UUID(chosen) if chosen else None
    count = await departments.open_version(slug, tenant_id)
    sentence = phrases.VERSION_OPENED.format(version=plugins.version_of(slug), count=count)
    return redirect("/plugin", flash=sentence)


handlers: list[Any] = [
    department_list,
    new_department_page,
    new_department,
    department,
    add_host,
    remove_host,
    set_limits,
    suspend_page,
    suspend,
    change_plugin_page,
    change_plugin,
    plugin_list,
    open_version,
]
