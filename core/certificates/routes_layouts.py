"""Pages of layouts: stock, positions in millimetres, emblem, test print."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any
from uuid import UUID

from litestar import Request, get, post
from litestar.datastructures import UploadFile
from litestar.enums import RequestEncodingType
from litestar.params import Body, FromPath
from litestar.response import Response

from core.accounts.forms import typed
from core.accounts.guards import actor_of
from core.certificates import layouts, phrases
from core.certificates.access import LAYOUT, READ
from core.certificates.schemas import LayoutView, Settings
from core.documents.render.certificate_model import Shift, Spot
from core.documents.render.certificate_phrases import SPOT_NAMES
from core.errors import ConflictError, InvalidInputError, PayloadTooLargeError, ThiduaError
from core.evidence.checks import PDF
from core.kit import numbers
from core.kit.i18n import parse_vn_number
from core.kit.templates import page, redirect

AnyRequest = Request[Any, Any, Any]
Upload = Annotated[dict[str, Any], Body(media_type=RequestEncodingType.MULTI_PART)]
READERS = {"access": [role.value for role in READ]}
EDITORS = {"access": [role.value for role in LAYOUT]}
LAYOUT_PATH = "/giay-khen/mau/{layout_unit_id:uuid}/{award_kind:str}"


@get("/giay-khen/mau", name="certificates.layouts", opt=READERS)
async def list_layouts(request: AnyRequest) -> Response[str]:
    """Show every layout of the units that the person may look at."""
    rows = await layouts.list_layouts(actor=actor_of(request))
    return page(request, "certificates/layouts.html", rows=rows, names=dict(phrases.KINDS))


@get(LAYOUT_PATH, name="certificates.layout", opt=READERS)
async def edit(
    request: AnyRequest, layout_unit_id: FromPath[UUID], award_kind: FromPath[str]
) -> Response[str]:
    """Show a layout with its forms."""
    return await _page(request, layout_unit_id, award_kind)


@post(LAYOUT_PATH, name="certificates.save_layout", opt=EDITORS)
async def save(
    request: AnyRequest, layout_unit_id: FromPath[UUID], award_kind: FromPath[str]
) -> Response[Any]:
    """Save stock, positions and the line of who decides."""
    form = await typed(request)
    try:
        await layouts.save_layout(
            actor=actor_of(request),
            unit_id=layout_unit_id,
            award_kind=award_kind,
            version=numbers.whole(form.get("version", "")) or 0,
            stock=form.get("stock", ""),
            position=form.get("position", ""),
            settings=_settings(form),
        )
    except (InvalidInputError, ConflictError) as error:
        return await _page(request, layout_unit_id, award_kind, error, form)
    return redirect(_address(layout_unit_id, award_kind), flash=phrases.SAVED)


@post(f"{LAYOUT_PATH}/hinh", name="certificates.save_emblem", opt=EDITORS)
async def save_emblem(
    request: AnyRequest, layout_unit_id: FromPath[UUID], award_kind: FromPath[str], data: Upload
) -> Response[Any]:
    """Take in the picture that stands at the top."""
    actor = actor_of(request)
    file = data.get("file")
    try:
        if not isinstance(file, UploadFile) or not file.filename:
            raise InvalidInputError(fields={"file": phrases.NO_EMBLEM})
        await layouts.save_emblem(
            actor=actor, unit_id=layout_unit_id, award_kind=award_kind, name=file.filename,
            content=await file.read(),
        )  # fmt: skip
    except (InvalidInputError, PayloadTooLargeError) as error:
        error.fields = error.fields or {"file": error.detail}
        return await _page(request, layout_unit_id, award_kind, error)
    return redirect(_address(layout_unit_id, award_kind), flash=phrases.EMBLEM_SAVED)


@post(f"{LAYOUT_PATH}/hinh/bo", name="certificates.remove_emblem", opt=EDITORS)
async def remove_emblem(
    request: AnyRequest, layout_unit_id: FromPath[UUID], award_kind: FromPath[str]
) -> Response[Any]:
    """Leave the place at the top free."""
    await layouts.remove_emblem(
        actor=actor_of(request), unit_id=layout_unit_id, award_kind=award_kind
    )
    return redirect(_address(layout_unit_id, award_kind), flash=phrases.EMBLEM_REMOVED)


@get(f"{LAYOUT_PATH}/hinh", name="certificates.emblem", opt=READERS)
async def emblem(
    request: AnyRequest, layout_unit_id: FromPath[UUID], award_kind: FromPath[str]
) -> Response[bytes]:
    """Send the picture that stands at the top."""
    content = await layouts.open_emblem(
        actor=actor_of(request), unit_id=layout_unit_id, award_kind=award_kind
    )
    return Response(content, media_type=layouts.emblem_type(content))


@get(f"{LAYOUT_PATH}/in-thu", name="certificates.test_print", opt=READERS)
async def test_print(
    request: AnyRequest, layout_unit_id: FromPath[UUID], award_kind: FromPath[str]
) -> Response[bytes]:
    """Send a sample as PDF; `?thuoc=1` draws rulers and the places of the fields."""
    content = await layouts.test_print(
        actor=actor_of(request),
        unit_id=layout_unit_id,
        award_kind=award_kind,
        guides=request.query_params.get("thuoc") == "1",
    )
    return Response(
        content,
        media_type=PDF,
        headers={"content-disposition": 'inline; filename="in-thu.pdf"'},
    )


def _settings(form: Mapping[str, str]) -> Settings:
    """Return the moves that were typed.

    Raises:
        InvalidInputError: something is no number; all such fields are named.
    """
    wrong: dict[str, str] = {}
    numbers: dict[str, float] = {}
    for name in ("dx", "dy", *(f"{spot}_{side}" for spot in Spot for side in ("dx", "dy"))):
        try:
            numbers[name] = round(float(parse_vn_number(form.get(name, "").strip() or "0")), 2)
        except ValueError:
            wrong[name] = phrases.BAD_MOVE.format(most=int(layouts.FARTHEST))
    if wrong:
        raise InvalidInputError(fields=wrong)
    shifts = {
        spot: Shift(numbers[f"{spot}_dx"], numbers[f"{spot}_dy"], form.get(f"{spot}_shown") == "1")
        for spot in Spot
    }
    moved = {spot: shift for spot, shift in shifts.items() if shift != Shift()}
    return Settings(numbers["dx"], numbers["dy"], moved)


def _shown(view: LayoutView) -> dict[str, str]:
    """Return what stands in the fields of the form."""
    form = {
        "stock": view.stock.value,
        "position": view.position,
        "dx": _number(view.settings.dx),
        "dy": _number(view.settings.dy),
    }
    for spot in Spot:
        shift = view.settings.shifts.get(spot, Shift())
        form |= {f"{spot}_dx": _number(shift.dx), f"{spot}_dy": _number(shift.dy)}
        form[f"{spot}_shown"] = "1" if shift.shown else ""
    return form


def _number(value: float) -> str:
    return f"{value:g}".replace(".", ",")


def _address(unit_id: UUID, award_kind: str) -> str:
    return f"/giay-khen/mau/{unit_id}/{award_kind}"


async def _page(
    request: AnyRequest,
    unit_id: UUID,
    award_kind: str,
    error: ThiduaError | None = None,
    form: dict[str, str] | None = None,
) -> Response[str]:
    actor = actor_of(request)
    view = await layouts.get_layout(actor=actor, unit_id=unit_id, award_kind=award_kind)
    stale = error is not None and error.status == 409
    empty = dict.fromkeys(_shown(view), "")
    return page(
        request,
        "certificates/layout.html",
        status_code=error.status if error else 200,
        view=view,
        form={**empty, **form} if form and not stale else _shown(view),
        address=_address(unit_id, award_kind),
        name=phrases.AWARDS[award_kind][2],
        stocks=phrases.STOCKS,
        spots=[(spot.value, SPOT_NAMES[spot]) for spot in Spot],
        may_change=actor.has(LAYOUT),
        error=error,
    )


route_handlers: list[Any] = [
    list_layouts,
    edit,
    save,
    save_emblem,
    remove_emblem,
    emblem,
    test_print,
]
