"""Pages of the unit: what waits for me, the form, check, send, take back."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote
from uuid import UUID

from litestar import get, post, put
from litestar.params import FromQuery
from litestar.response import Response

from core.accounts.guards import actor_of
from core.accounts.schemas import Actor
from core.errors import ConflictError, InvalidInputError, StalePartError
from core.kit.templates import page, redirect
from core.reports import drafting, phrases, waiting
from core.reports.form_input import AnyRequest, nested, typed, well_formed, whole
from core.reports.schemas import PartView, ReportView, SavedPart

SIGNED_IN: dict[str, Any] = {"access": "signed_in"}
BLANK_ROWS = 3


@get("/viec-cua-toi", name="reports.my_work", opt=SIGNED_IN, include_in_schema=False)
async def my_work(request: AnyRequest) -> Response[str]:
    """Show what waits for this person, ordered by the day it is due."""
    actor = actor_of(request)
    work = await drafting.list_my_work(actor=actor)
    return page(
        request, "reports/my_work.html", work=work, unit_name=actor.unit_name,
        awards=await waiting.elsewhere(actor=actor),
    )  # fmt: skip


def chosen_part(report: ReportView, key: str) -> PartView:
    """Return the part of the address, else the first that needs work, else the first."""
    by_key = {part.key: part for part in report.parts}
    if key in by_key:
        return by_key[key]
    waiting = [part for part in report.parts if part.is_asked and not part.is_done]
    returned = [part for part in report.parts if part.review == "returned"]
    return [*returned, *waiting, *report.parts][0]


def _path(report_id: UUID, key: str = "") -> str:
    return f"/bao-cao/{report_id}" + (f"?phan={quote(key, safe='')}" if key else "")


async def _form_page(
    request: AnyRequest,
    report_id: UUID,
    key: str,
    *,
    status_code: int = 200,
    **context: Any,
) -> Response[str]:
    actor = actor_of(request)
    report = await drafting.get_report(actor=actor, report_id=report_id)
    part = chosen_part(report, key)
    place = report.parts.index(part)
    shown = {
        "fields": part.fields,
        "version": part.version,
        "errors": {},
        "clash": None,
        **context,
    }
    return page(
        request,
        "reports/report.html",
        status_code=status_code,
        report=report,
        part=part,
        place=place,
        following=report.parts[place + 1] if place + 1 < len(report.parts) else None,
        inner=await _inner(actor, report, part),
        missing=[item for item in await _missing(actor, report) if item.part_key == part.key],
        blank_rows=BLANK_ROWS,
        actions=phrases.ACTION_NAMES,
        assessments=phrases.SELF_ASSESSMENT_NAMES,
        on_behalf="save_part" in report.actions and not _of_unit(actor, report),
        **shown,
    )


async def _missing(actor: Actor, report: ReportView) -> list[Any]:
    if "save_part" not in report.actions:
        return []
    return list(await drafting.check_report(actor=actor, report_id=report.id))


def _of_unit(actor: Actor, report: ReportView) -> bool:
    return any(
        grant.unit_id == report.unit_id or grant.role in ("unit_clerk", "unit_head")
        for grant in actor.roles
    )


async def _inner(actor: Actor, report: ReportView, part: PartView) -> list[Any]:
    """Return the inner reports from which this part may be taken over."""
    if report.level != "unit" or not part.is_editable:
        return []
    found = await drafting.inner_reports(actor=actor, report_id=report.id)
    return [(inner, item) for inner in found for item in inner.parts if item.key == part.key]


@get("/bao-cao/{report_id:uuid}", name="reports.form", opt=SIGNED_IN, include_in_schema=False)
async def form(request: AnyRequest, report_id: UUID, phan: FromQuery[str] = "") -> Response[str]:
    """Show one part of a report beside the list of all parts."""
    return await _form_page(request, report_id, phan)


@put(
    "/bao-cao/{report_id:uuid}/phan/{part_key:str}",
    name="reports.autosave",
    opt=SIGNED_IN,
    include_in_schema=False,
)
async def autosave(
    request: AnyRequest, report_id: UUID, part_key: str, data: dict[str, Any]
) -> SavedPart:
    """Save one part for the page's script."""
    fields, version = data.get("fields"), data.get("version")
    if not isinstance(fields, dict) or not isinstance(version, int):
        raise InvalidInputError("Dữ liệu gửi lên không đúng dạng.")
    return await drafting.save_part(
        actor=actor_of(request),
        report_id=report_id,
        part_key=part_key,
        version=version,
        fields=fields,
    )


@post(
    "/bao-cao/{report_id:uuid}/phan/{part_key:str}",
    name="reports.save_part",
    opt=SIGNED_IN,
    include_in_schema=False,
)
async def save_part(request: AnyRequest, report_id: UUID, part_key: str) -> Response[Any]:
    """Save one part without script, and go on to the next."""
    given = await typed(request)
    fields = nested(given)
    version = whole(given.get("_version", ""))
    try:
        await drafting.save_part(
            actor=actor_of(request),
            report_id=report_id,
            part_key=part_key,
            version=-1 if version is None else version,
            fields=fields,
        )
    except InvalidInputError as error:
        return await _form_page(
            request,
            report_id,
            part_key,
            status_code=422,
            fields=well_formed(fields),
            version=version,
            errors=error.fields,
        )
    except StalePartError as error:
        current = error.extra["current"]
        return await _form_page(
            request,
            report_id,
            part_key,
            status_code=409,
            fields=well_formed(fields),
            version=current["version"],
            clash=current,
        )
    return redirect(_path(report_id, given.get("_next", part_key)), flash=phrases.SAVED)


@post(
    "/bao-cao/{report_id:uuid}/phan/{part_key:str}/lay-tu-khoa-phong",
    name="reports.take_over",
    opt=SIGNED_IN,
    include_in_schema=False,
)
async def take_over(request: AnyRequest, report_id: UUID, part_key: str) -> Response[Any]:
    """Take an accepted part of an inner report over into this one."""
    given = await typed(request)
    try:
        inner_id = UUID(given.get("inner_report_id", ""))
    except ValueError as error:
        raise InvalidInputError("Xin chọn báo cáo của khoa, phòng.") from error
    await drafting.take_over_part(
        actor=actor_of(request), report_id=report_id, part_key=part_key, inner_report_id=inner_id
    )
    return redirect(_path(report_id, part_key), flash=phrases.TAKEN_OVER)


@get(
    "/bao-cao/{report_id:uuid}/kiem-tra",
    name="reports.check",
    opt=SIGNED_IN,
    include_in_schema=False,
)
async def check(request: AnyRequest, report_id: UUID) -> Response[str]:
    """Say what is missing, where; and offer the next step."""
    actor = actor_of(request)
    report = await drafting.get_report(actor=actor, report_id=report_id)
    missing = await drafting.check_report(actor=actor, report_id=report_id)
    return page(
        request,
        "reports/check.html",
        report=report,
        missing=missing,
        on_behalf="submit" in report.actions and not _of_unit(actor, report),
    )


async def _act(request: AnyRequest, report_id: UUID, action: Any, said: str, **given: Any) -> Any:
    """Carry out one step and show the report, or why it could not be done."""
    try:
        await action(actor=actor_of(request), report_id=report_id, **given)
    except (ConflictError, InvalidInputError) as error:
        told = " ".join([error.detail, *error.fields.values()])
        back = _path(report_id) + "/kiem-tra" if error.code == "incomplete" else _path(report_id)
        return redirect(back, flash=told, kind="danger")
    return redirect(_path(report_id), flash=said)


@post(
    "/bao-cao/{report_id:uuid}/xin-duyet",
    name="reports.request_sign_off",
    opt=SIGNED_IN,
    include_in_schema=False,
)
async def request_sign_off(request: AnyRequest, report_id: UUID) -> Response[Any]:
    """Ask the head to sign off."""
    note = (await typed(request)).get("note", "")
    done: Response[Any] = await _act(
        request, report_id, drafting.request_sign_off, phrases.SIGN_OFF_ASKED, note=note
    )
    return done


@post(
    "/bao-cao/{report_id:uuid}/tra-noi-bo",
    name="reports.give_back",
    opt=SIGNED_IN,
    include_in_schema=False,
)
async def give_back(request: AnyRequest, report_id: UUID) -> Response[Any]:
    """Give the draft back to the clerk."""
    note = (await typed(request)).get("note", "")
    done: Response[Any] = await _act(
        request, report_id, drafting.give_back, phrases.GIVEN_BACK, note=note
    )
    return done


@post(
    "/bao-cao/{report_id:uuid}/nop",
    name="reports.submit",
    opt=SIGNED_IN,
    include_in_schema=False,
)
async def submit(request: AnyRequest, report_id: UUID) -> Response[Any]:
    """Submit the report."""
    done: Response[Any] = await _act(request, report_id, drafting.submit_report, phrases.SUBMITTED)
    return done


@get(
    "/bao-cao/{report_id:uuid}/thu-hoi",
    name="reports.withdraw_page",
    opt=SIGNED_IN,
    include_in_schema=False,
)
async def withdraw_page(request: AnyRequest, report_id: UUID) -> Response[Any]:
    """Say what a withdrawal does; back to the report where nothing can be withdrawn any more."""
    report = await drafting.get_report(actor=actor_of(request), report_id=report_id)
    if "withdraw" not in report.actions:
        return redirect(_path(report_id), flash=phrases.NOT_WITHDRAWABLE, kind="danger")
    return page(
        request,
        "confirm.html",
        title="Thu hồi báo cáo đã nộp",
        sentences=phrases.withdrawal(report.round_title, report.receiver_name),
        action=f"{_path(report_id)}/thu-hoi",
        button="Thu hồi",
        back=_path(report_id),
    )


@post(
    "/bao-cao/{report_id:uuid}/thu-hoi",
    name="reports.withdraw",
    opt=SIGNED_IN,
    include_in_schema=False,
)
async def withdraw(request: AnyRequest, report_id: UUID) -> Response[Any]:
    """Take the submission back."""
    done: Response[Any] = await _act(
        request, report_id, drafting.withdraw_report, phrases.WITHDRAWN
    )
    return done


route_handlers: list[Any] = [
    my_work,
    form,
    autosave,
    save_part,
    take_over,
    check,
    request_sign_off,
    give_back,
    submit,
    withdraw_page,
    withdraw,
]
