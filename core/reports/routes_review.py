"""Pages of the review: read a report part by part, accept or return, see what has changed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from litestar import get, post
from litestar.response import Response

from core.accounts.guards import actor_of
from core.accounts.schemas import Actor
from core.errors import InvalidInputError, PermissionDeniedError
from core.kit.templates import page, redirect
from core.reports import access, drafting, review
from core.reports import phrases_department as words
from core.reports.form_input import AnyRequest, typed
from core.reports.phrases import ACTION_NAMES, SELF_ASSESSMENT_NAMES
from core.reports.review_input import Decisions, decide, open_parts, read_decisions
from core.reports.schemas import ReportView
from core.reports.states import State

OFFICER = {"access": ["officer"]}
READERS = {"access": ["officer", "department_head", "auditor"]}


async def _report(actor: Actor, report_id: UUID) -> ReportView:
    """Return a report to somebody of the receiving side (units have their own page)."""
    report = await drafting.get_report(actor=actor, report_id=report_id)
    if not actor.has(access.READERS):
        raise PermissionDeniedError
    return report


async def _review_page(
    request: AnyRequest,
    report: ReportView,
    form: Mapping[str, str],
    error: InvalidInputError | None = None,
) -> Response[str]:
    actor = actor_of(request)
    changes = await review.difference(actor=actor, report_id=report.id)
    return page(
        request,
        "reports/review.html",
        status_code=error.status if error else 200,
        report=report,
        waiting=open_parts(report.parts),
        changes={part.key: part for part in changes if part.is_changed},
        form=form,
        errors=error.fields if error else {},
        detail=error.detail if error else "",
        assessments=SELF_ASSESSMENT_NAMES,
        event_names=ACTION_NAMES,
        back=f"/ky-bao-cao/{report.round_id}?noi-nhan={report.receiver_unit_id}",
    )


@get("/bao-cao/{report_id:uuid}/duyet", name="reports.review", opt=READERS, include_in_schema=False)
async def review_page(request: AnyRequest, report_id: UUID) -> Response[str]:
    """Show a report to the receiver, with a choice at each part while it is in review."""
    report = await _report(actor_of(request), report_id)
    return await _review_page(request, report, {})


@post(
    "/bao-cao/{report_id:uuid}/bat-dau-duyet",
    name="reports.start_review",
    opt=OFFICER,
    include_in_schema=False,
)
async def start_review(request: AnyRequest, report_id: UUID) -> Response[Any]:
    """Start the review: from now on the unit cannot take its report back."""
    await review.start_review(actor=actor_of(request), report_id=report_id)
    return redirect(f"/bao-cao/{report_id}/duyet", flash="Đã bắt đầu duyệt báo cáo này.")


def _rest_page(
    request: AnyRequest, report: ReportView, form: Mapping[str, str], decisions: Decisions
) -> Response[str]:
    """Say what accepting all the rest means, before it happens; the choices travel along."""
    titles = [part.title for part in report.parts if part.key in decisions.accepted]
    return page(
        request,
        "confirm.html",
        title=f"Tiếp nhận {len(titles)} phần của {report.unit_name}",
        sentences=words.rest_sentences(titles, len(decisions.returned)),
        action=f"/bao-cao/{report.id}/duyet",
        hidden={name: value for name, value in form.items() if name != "_csrf_token"}
        | {"_sure": "1"},
        button=f"Tiếp nhận {len(titles)} phần",
        back=f"/bao-cao/{report.id}/duyet",
    )


@post(
    "/bao-cao/{report_id:uuid}/duyet", name="reports.decide", opt=OFFICER, include_in_schema=False
)
async def decide_parts(request: AnyRequest, report_id: UUID) -> Response[Any]:
    """Accept and return the parts as chosen; a mistake changes nothing and keeps the typing."""
    actor = actor_of(request)
    report = await _report(actor, report_id)
    form = await typed(request)
    try:
        decisions = read_decisions(report.parts, form)
        if form.get("_rest") and not form.get("_sure"):
            return _rest_page(request, report, form, decisions)
        state = await decide(actor, report_id, report.parts, decisions)
    except InvalidInputError as error:
        return await _review_page(request, report, form, error)
    sentence = words.reviewed(len(decisions.accepted), len(decisions.returned))
    if state is State.ACCEPTED:
        sentence = f"Đã tiếp nhận toàn bộ báo cáo của {report.unit_name}."
    return redirect(f"/bao-cao/{report_id}/duyet", flash=sentence)


@get(
    "/bao-cao/{report_id:uuid}/khac-biet",
    name="reports.difference",
    opt={"access": "signed_in"},
    include_in_schema=False,
)
async def difference_page(request: AnyRequest, report_id: UUID) -> Response[str]:
    """Show what changed between the last two submissions, part by part."""
    actor = actor_of(request)
    report = await drafting.get_report(actor=actor, report_id=report_id)
    receives = actor.has(access.READERS)
    return page(
        request,
        "reports/difference.html",
        report=report,
        changes=await review.difference(actor=actor, report_id=report_id),
        back=f"/bao-cao/{report_id}/duyet" if receives else f"/bao-cao/{report_id}",
    )


route_handlers = [review_page, start_review, decide_parts, difference_page]
