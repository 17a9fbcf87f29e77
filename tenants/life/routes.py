"""Pages of the department's data: archive, deletion."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from litestar import Request, get, post
from litestar.params import FromPath
from litestar.response import Response, Stream

from core.accounts.guards import actor_of
from core.errors import ConflictError, InvalidInputError, ThiduaError
from core.kit import clock, i18n
from core.kit.templates import page, redirect
from core.law import service as law
from tenants.life import phrases, service
from tenants.schemas import TenantView

AnyRequest = Request[Any, Any, Any]
READ = {"access": [role.value for role in service.READERS]}
ADMIN = {"access": "tenant_admin"}
HOME = "/quan-tri/du-lieu"
ARCHIVES = f"{HOME}/ban-xuat"
REFUSED = (InvalidInputError, ConflictError)


def _tenant(request: AnyRequest) -> TenantView:
    tenant: TenantView = request.scope["state"]["tenant"]
    return tenant


@get(HOME, name="life.data", opt=READ)
async def data(request: AnyRequest) -> Response[str]:
    """Show the archives and the request to delete the department."""
    return await _page(request)


@get(f"{HOME}/tien-do", name="life.progress", opt=READ)
async def progress(request: AnyRequest) -> Response[str]:
    """Return the part of the page that changes, for the page's own polling."""
    view = await service.overview(actor=actor_of(request))
    return page(request, "life/exports.html", view=view, stages=phrases.STAGES)


@post(f"{HOME}/xuat", name="life.export", opt=ADMIN)
async def export(request: AnyRequest) -> Response[Any]:
    """Ask for an archive."""
    try:
        await service.request_export(actor=actor_of(request))
    except REFUSED as error:
        return await _page(request, error)
    return redirect(HOME, flash=phrases.EXPORT_ASKED)


@post(f"{ARCHIVES}/{{export_id:uuid}}/tai-ve", name="life.download", opt=ADMIN)
async def download(request: AnyRequest, export_id: FromPath[UUID]) -> Response[Any]:
    """Send an archive; by POST, so that the trail names who took it."""
    try:
        size, at, content = await service.open_download(
            actor=actor_of(request), export_id=export_id
        )
    except ConflictError as error:
        return await _page(request, error)
    name = f"{_tenant(request).slug}-{i18n.local(at):%Y%m%d-%H%M}.zip"
    return Stream(
        content,
        status_code=200,
        media_type="application/zip",
        headers={
            "content-disposition": f'attachment; filename="{name}"',
            "content-length": str(size),
        },
    )


@get(f"{HOME}/xoa", name="life.deletion_form", opt=ADMIN)
async def deletion_form(request: AnyRequest) -> Response[str]:
    """Show what a deletion means, and ask for it."""
    return await _form(request, {})


@post(f"{HOME}/xoa", name="life.request_deletion", opt=ADMIN)
async def request_deletion(request: AnyRequest) -> Response[Any]:
    """Ask for the deletion of everything."""
    form = {key: str(value) for key, value in (await request.form()).items()}
    try:
        ends = await service.request_deletion(
            actor=actor_of(request),
            reason=form.get("reason", ""),
            decision_number=form.get("decision_number", ""),
            name=_tenant(request).name,
            typed_name=form.get("typed_name", ""),
        )
    except REFUSED as error:
        return await _form(request, form, error)
    return redirect(HOME, flash=phrases.deletion_asked(i18n.vn_day_long(ends)), kind="warning")


@post(f"{HOME}/giu-lai", name="life.keep", opt=ADMIN)
async def keep(request: AnyRequest) -> Response[Any]:
    """Take the request back."""
    try:
        await service.keep(actor=actor_of(request))
    except ConflictError as error:
        return await _page(request, error)
    return redirect(HOME, flash=phrases.KEPT)


async def _page(request: AnyRequest, error: ThiduaError | None = None) -> Response[str]:
    view = await service.overview(actor=actor_of(request))
    return page(
        request,
        "life/data.html",
        status_code=error.status if error else 200,
        view=view,
        stages=phrases.STAGES,
        error=error,
        kept_hours=law.value("export_kept", clock.today()),
        waiting_days=law.value("deletion_waiting", clock.today()),
    )


async def _form(
    request: AnyRequest, typed: dict[str, str], error: ThiduaError | None = None
) -> Response[str]:
    view = await service.overview(actor=actor_of(request))
    return page(
        request,
        "life/delete.html",
        status_code=error.status if error else 200,
        typed=typed,
        error=error,
        name=_tenant(request).name,
        has_archive=any(each.downloads for each in view.exports),
        waiting_days=law.value("deletion_waiting", clock.today()),
    )


route_handlers: list[Any] = [
    data,
    progress,
    export,
    download,
    deletion_form,
    request_deletion,
    keep,
]
