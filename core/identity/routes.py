"""Pages of the department's identity; the logo and the privacy page are everybody's."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Annotated, Any

from litestar import Request, get, post
from litestar.datastructures import UploadFile
from litestar.enums import RequestEncodingType
from litestar.params import Body, FromPath
from litestar.response import Redirect, Response

from core.accounts.forms import typed, uuid_of
from core.accounts.guards import actor_of
from core.accounts.schemas import Role
from core.errors import InvalidInputError, PayloadTooLargeError, ThiduaError
from core.identity import phrases, service
from core.identity.schemas import IdentityView
from core.kit import clock, numbers
from core.kit.templates import page, redirect

AnyRequest = Request[Any, Any, Any]
Upload = Annotated[dict[str, Any], Body(media_type=RequestEncodingType.MULTI_PART)]
READERS = {"access": [role.value for role in service.READERS]}
ADMIN = {"access": [Role.TENANT_ADMIN.value]}
ANYBODY = {"access": "anonymous"}
PAGE = "/quan-tri/thong-tin-so"
TYPED = [
    name
    for name in IdentityView.__struct_fields__
    if name not in ("version", "logo", "signing_valid_to")
]
YEAR = 31_536_000


@get(PAGE, name="identity.edit", opt=READERS)
async def edit(request: AnyRequest) -> Response[str]:
    """Show the identity with its forms."""
    return await _page(request)


@post(PAGE, name="identity.save", opt=ADMIN)
async def save(request: AnyRequest) -> Response[Any]:
    """Save the large form."""
    form = await typed(request)
    try:
        await service.save_identity(
            actor=actor_of(request),
            version=numbers.version(form.get("version", "")),
            values={name: form.get(name, "") for name in TYPED},
            signing_valid_to=_day(form, "signing_valid_to"),
        )
    except ThiduaError as error:
        if error.status not in (409, 422):
            raise
        return await _page(request, error, form)
    return redirect(PAGE, flash=phrases.SAVED)


@post(f"{PAGE}/bieu-trung", name="identity.save_logo", opt=ADMIN)
async def save_logo(request: AnyRequest, data: Upload) -> Response[Any]:
    """Take in another logo."""
    actor = actor_of(request)
    file = data.get("file")
    try:
        if not isinstance(file, UploadFile) or not file.filename:
            raise InvalidInputError(fields={"file": phrases.NO_LOGO})
        await service.save_logo(actor=actor, name=file.filename, content=await file.read())
    except (InvalidInputError, PayloadTooLargeError) as error:
        error.fields = error.fields or {"file": error.detail}
        return await _page(request, error)
    return redirect(PAGE, flash=phrases.LOGO_SAVED)


@post(f"{PAGE}/bieu-trung/bo", name="identity.remove_logo", opt=ADMIN)
async def remove_logo(request: AnyRequest) -> Redirect:
    """Show no logo any more."""
    await service.remove_logo(actor=actor_of(request))
    return redirect(PAGE, flash=phrases.LOGO_REMOVED)


@post(f"{PAGE}/ma", name="identity.save_code", opt=ADMIN)
async def save_code(request: AnyRequest) -> Response[Any]:
    """Add an official code, or correct the one named by `code_id`."""
    actor = actor_of(request)
    form = await typed(request)
    try:
        await service.save_code(
            actor=actor,
            code_id=uuid_of(form, "code_id", phrases.NO_CODE) if form.get("code_id") else None,
            code=form.get("code", ""),
            valid_from=_day(form, "valid_from"),
            valid_to=_day(form, "valid_to"),
            source=form.get("source", ""),
            is_confirmed=form.get("is_confirmed") == "1",
        )
    except InvalidInputError as error:
        return await _page(request, error, code_form=form)
    return redirect(PAGE, flash=phrases.CODE_SAVED.format(code=form.get("code", "").strip()))


@get("/bieu-trung/{key:str}", name="identity.logo", opt=ANYBODY)
async def logo(key: FromPath[str]) -> Response[bytes]:
    """Send the department's logo; its address changes with its content."""
    found = await service.open_logo(key)
    return Response(
        found.content,
        media_type=found.media_type,
        headers={"cache-control": f"private, max-age={YEAR}, immutable"},
    )


@get("/quyen-rieng-tu", name="identity.privacy", opt=ANYBODY)
async def privacy(request: AnyRequest) -> Response[str]:
    """Say what the site keeps of a person, why, and whom to ask."""
    return page(request, "identity/privacy.html")


def _day(form: Mapping[str, str], field: str) -> date | None:
    text = form.get(field, "").strip()
    if not text:
        return None
    for pattern in ("%Y-%m-%d", "%d/%m/%Y"):
        try:
            return datetime.strptime(text, pattern).date()  # noqa: DTZ007 -- a day has no zone
        except ValueError:
            continue
    raise InvalidInputError(fields={field: phrases.BAD_DAY})


async def _page(
    request: AnyRequest,
    error: ThiduaError | None = None,
    form: Mapping[str, str] | None = None,
    code_form: Mapping[str, str] | None = None,
) -> Response[str]:
    actor = actor_of(request)
    view = await service.get_identity(actor=actor)
    shown = {name: getattr(view, name) for name in view.__struct_fields__}
    return page(
        request,
        "identity/edit.html",
        status_code=error.status if error else 200,
        view=view,
        form={**shown, **form, "version": view.version} if form else shown,
        code_form=code_form or {},
        codes=await service.list_codes(actor=actor),
        signing=phrases.SIGNING.items(),
        may_change=actor.has(Role.TENANT_ADMIN),
        today=clock.today(),
        error=error,
    )


route_handlers: list[Any] = [
    edit,
    save,
    save_logo,
    remove_logo,
    save_code,
    logo,
    privacy,
]
