"""The form of a report as a clerk would see it with the department's draft; nothing is written."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import msgspec
from litestar import get
from litestar.params import FromQuery
from litestar.response import Response

from core.accounts.guards import actor_of
from core.errors import NotFoundError
from core.kit import clock
from core.kit.templates import page
from core.movements import draft
from core.movements import service as movements
from core.movements.resolved import day_source, effective, years_of
from core.plugin.api import Level, ReportKind
from core.reports import phrases
from core.reports import phrases_department as words
from core.reports.form import form_of
from core.reports.form_input import AnyRequest
from core.reports.reading import blank_part


class Shown(msgspec.Struct, frozen=True):
    """What the fields of a part ask the report for."""

    merge_allowed: bool
    merge_note: str


@get(
    "/quan-tri/ke-hoach/xem-truoc",
    name="reports.preview",
    opt={"access": [role.value for role in draft.READERS]},
    include_in_schema=False,
)
async def preview(
    request: AnyRequest,
    loai: FromQuery[str] = "annual",
    nam: FromQuery[int | None] = None,
    phan: FromQuery[int] = 1,
) -> Response[str]:
    """Show one part of one kind of report, read-only, out of plan and draft."""
    saved = await movements.get_draft(actor=actor_of(request))
    plan = await movements.plan_at_hand()
    years = years_of(plan)
    year = min(max(nam or clock.today().year, years[0]), years[-1])
    if loai not in phrases.KIND_NAMES:
        raise NotFoundError
    form = form_of(effective(plan, saved.values), loai, year)
    place = min(max(phan, 1), len(form.parts)) - 1
    step = (ReportKind(loai), Level.UNIT, Level.DEPARTMENT)
    due_at: datetime | None = effective(plan, saved.values).due_at(step[0], year, step[1], step[2])
    source = day_source(plan, saved.values, step, year)
    context: dict[str, Any] = {
        "title": phrases.round_title(loai, year),
        "parts": form.parts,
        "place": place,
        "part": blank_part(form.parts[place]),
        "report": Shown(form.merge_allowed, form.merge_note),
        "due_at": due_at,
        "due_source": words.DUE_SOURCES[str(source)],
        "kind": loai,
        "kinds": phrases.KIND_NAMES,
        "year": year,
        "years": [(each, each) for each in years],
    }
    return page(
        request,
        "reports/preview.html",
        fields={},
        errors={},
        blank_rows=1,
        assessments=phrases.SELF_ASSESSMENT_NAMES,
        **context,
    )


route_handlers = [preview]
