"""Pages of a dossier: what is demanded, what is there, made from data or uploaded."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from litestar import get, post
from litestar.params import FromPath
from litestar.response import Response

from core.accounts.guards import actor_of
from core.errors import ConflictError, InvalidInputError, PayloadTooLargeError
from core.kit.templates import page, redirect
from core.nominations import completeness, dossier, phrases, proposing
from core.nominations.routes_nomination import ONE, address
from core.nominations.routes_rounds import SEEN
from core.reports.form_input import AnyRequest, files

ITEM = ONE + "/ho-so/{dossier_item:str}"


@get(f"{ONE}/ho-so", name="nominations.dossier", opt=SEEN, include_in_schema=False)
async def show_dossier(request: AnyRequest, nomination_id: FromPath[UUID]) -> Response[str]:
    """Show the papers that are demanded and those that are there."""
    actor = actor_of(request)
    row = await proposing.get_nomination(nomination_id, actor=actor)
    items = (await dossier.items_of([row]))[row.id]
    return page(
        request, "nominations/dossier.html", row=row, items=items,
        lacking=dossier.lacking(items), changes=dossier.may_change(actor, row),
        back=address(nomination_id),
    )  # fmt: skip


@post(f"{ITEM}/tep", name="nominations.add_paper", opt=SEEN, include_in_schema=False)
async def add_paper(
    request: AnyRequest, nomination_id: FromPath[UUID], dossier_item: FromPath[str]
) -> Response[Any]:
    """Keep an uploaded paper."""
    actor = actor_of(request)
    row = await proposing.get_nomination(nomination_id, actor=actor)
    back = f"{address(nomination_id)}/ho-so"
    chosen = await files(request, "file")
    try:
        if not chosen:
            raise InvalidInputError("Xin chọn một tệp.")
        await dossier.add_file(
            row, dossier_item, name=chosen[0].filename, content=await chosen[0].read(), actor=actor
        )
    except (InvalidInputError, ConflictError, PayloadTooLargeError) as error:
        return redirect(back, flash=error.detail, kind="danger")
    await completeness.refresh([row])
    return redirect(back, flash=phrases.PAPER_ADDED)


@post(f"{ITEM}/dung", name="nominations.make_paper", opt=SEEN, include_in_schema=False)
async def make_paper(
    request: AnyRequest, nomination_id: FromPath[UUID], dossier_item: FromPath[str]
) -> Response[Any]:
    """Make a paper from the data."""
    actor = actor_of(request)
    row = await proposing.get_nomination(nomination_id, actor=actor)
    try:
        document = await dossier.make(row, dossier_item, actor=actor)
    except ConflictError as error:
        return redirect(f"{address(nomination_id)}/ho-so", flash=error.detail, kind="danger")
    await completeness.refresh([row])
    return redirect(f"/tai-lieu/{document.id}")


@post(
    f"{ONE}/giay-to/{{dossier_paper_id:uuid}}/bo", name="nominations.remove_paper", opt=SEEN,
    include_in_schema=False,
)  # fmt: skip
async def remove_paper(
    request: AnyRequest, nomination_id: FromPath[UUID], dossier_paper_id: FromPath[UUID]
) -> Response[Any]:
    """Take a paper out of the dossier."""
    actor = actor_of(request)
    row = await proposing.get_nomination(nomination_id, actor=actor)
    back = f"{address(nomination_id)}/ho-so"
    try:
        await dossier.remove(row, dossier_paper_id, actor=actor)
    except ConflictError as error:
        return redirect(back, flash=error.detail, kind="danger")
    await completeness.refresh([row])
    return redirect(back, flash=phrases.PAPER_REMOVED)


route_handlers: list[Any] = [show_dossier, add_paper, make_paper, remove_paper]
