"""The page on which a unit writes its own meeting down, from which the minutes are made."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

import msgspec
from litestar import get, post
from litestar.params import FromPath
from litestar.response import Response

from core.accounts.guards import actor_of
from core.errors import InvalidInputError
from core.kit.templates import page, redirect
from core.nominations import access, dossier, meeting, phrases, proposing, rounds
from core.nominations.routes_lists import LISTS
from core.nominations.routes_rounds import SEEN
from core.reports.form_input import AnyRequest, nested, typed

MEETING = f"{LISTS}/{{list_id:uuid}}/bien-ban"


@get(MEETING, name="nominations.meeting_form", opt=SEEN, include_in_schema=False)
async def meeting_form(request: AnyRequest, list_id: FromPath[UUID]) -> Response[str]:
    """Show what is written of the unit's meeting."""
    return await _page(request, list_id)


async def _page(
    request: AnyRequest, list_id: UUID, form: Mapping[str, Any] | None = None,
    error: InvalidInputError | None = None,
) -> Response[str]:  # fmt: skip
    actor = actor_of(request)
    view = await proposing.get_list(list_id, actor=actor)
    round_view = await rounds.get_round(view.round_id, actor=actor)
    written = await meeting.meeting_of(list_id, actor=actor)
    rows = await meeting.proposed(list_id, actor)
    items = await dossier.items_of(rows)
    makes = [
        row for row in rows
        if dossier.may_change(actor, row) and any(each.id == "minutes" for each in items[row.id])
    ]  # fmt: skip
    papers = [
        paper for row in rows[:1] for item in items[row.id] if item.id == "minutes"
        for paper in item.papers
    ]  # fmt: skip
    return page(
        request, "nominations/meeting.html", status_code=error.status if error else 200,
        list=view, round=round_view, rows=rows, written=written is not None, papers=papers,
        makes=makes[0] if makes else None,
        form=form if form is not None else msgspec.to_builtins(written) if written else {},
        writes=actor.can((*access.PROPOSERS, *access.HANDLERS), view.unit_path),
        errors=error.fields if error else {}, detail=error.detail if error else "",
    )  # fmt: skip


@post(MEETING, name="nominations.save_meeting", opt=SEEN, include_in_schema=False)
async def save_meeting(request: AnyRequest, list_id: FromPath[UUID]) -> Response[Any]:
    """Write the meeting down."""
    form = nested(await typed(request))
    try:
        await meeting.save(list_id, form, actor=actor_of(request))
    except InvalidInputError as error:
        return await _page(request, list_id, form, error)
    return redirect(f"{LISTS}/{list_id}/bien-ban", flash=phrases.MEETING_SAVED)


route_handlers: list[Any] = [meeting_form, save_meeting]
