"""Pages of a unit's list: what stands on it, choosing from the register, the letter, sending."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from litestar import get, post
from litestar.params import FromPath, FromQuery
from litestar.response import Response

from core.accounts.guards import actor_of
from core.errors import ConflictError, InvalidInputError, NotFoundError
from core.kit.templates import page, redirect
from core.movements import service as movements
from core.nominations import (
    access,
    completeness,
    dossier,
    offers,
    phrases,
    proposing,
    rounds,
    sending,
)
from core.nominations.routes_rounds import SEEN, Error
from core.nominations.states import EDITABLE, WORDS
from core.reports.form_input import AnyRequest, typed

LISTS = "/khen-thuong/danh-sach"


@get(f"{LISTS}/{{list_id:uuid}}", name="nominations.list", opt=SEEN, include_in_schema=False)
async def show_list(request: AnyRequest, list_id: FromPath[UUID]) -> Response[str]:
    """Show a unit's list."""
    return await _list_page(request, list_id)


async def _list_page(
    request: AnyRequest, list_id: UUID, form: Mapping[str, str] | None = None,
    error: Error | None = None,
) -> Response[str]:  # fmt: skip
    actor = actor_of(request)
    view = await proposing.get_list(list_id, actor=actor)
    round_view = await rounds.get_round(view.round_id, actor=actor)
    rows = await proposing.rows_of_list(list_id, actor=actor)
    waiting = [row for row in rows if row.state in EDITABLE]
    letter = {"letter_number": view.letter_number, "note": view.note,
              "letter_date": view.letter_date.isoformat() if view.letter_date else ""}  # fmt: skip
    return page(
        request, "nominations/list.html",
        status_code=error.status if error else 200,
        list=view, round=round_view, rows=rows, waiting=waiting, words=WORDS, kinds=phrases.KINDS,
        eligibility=phrases.ELIGIBILITY,
        writes=actor.can((*access.PROPOSERS, *access.HANDLERS), view.unit_path),
        adds=bool(proposing.branches(actor, view.unit_path)) and round_view.state == "open",
        sends=await sending.may_send(actor, view.unit_id, view.unit_path, round_view.unit_id),
        form=form or letter, errors=error.fields if error else {},
        detail=error.detail if error else "",
    )  # fmt: skip


@post(
    f"{LISTS}/{{list_id:uuid}}/to-trinh", name="nominations.letter", opt=SEEN,
    include_in_schema=False,
)  # fmt: skip
async def save_letter(request: AnyRequest, list_id: FromPath[UUID]) -> Response[Any]:
    """Write number and day of the unit's letter."""
    form = await typed(request)
    try:
        try:
            text = form.get("letter_date", "")
            day = date.fromisoformat(text) if text else None
        except ValueError as error:
            raise InvalidInputError(fields={"letter_date": phrases.NO_DAY}) from error
        await proposing.set_letter(
            list_id, number=form.get("letter_number", ""), day=day, note=form.get("note", ""),
            actor=actor_of(request),
        )  # fmt: skip
    except InvalidInputError as error:
        return await _list_page(request, list_id, form, error)
    return redirect(f"{LISTS}/{list_id}", flash=phrases.LETTER_SAVED)


@get(
    f"{LISTS}/{{list_id:uuid}}/them", name="nominations.add_form", opt=SEEN,
    include_in_schema=False,
)  # fmt: skip
async def add_form(
    request: AnyRequest, list_id: FromPath[UUID], loai: FromQuery[str] = "individual",
    tim: FromQuery[str] = "", sau: FromQuery[str] = "", bac: FromQuery[str] = "",
) -> Response[str]:  # fmt: skip
    """Choose whom to propose for what."""
    return await _add_page(
        request, list_id, {"kind": loai, "search": tim, "after": sau, "rung": bac}
    )


async def _add_page(
    request: AnyRequest, list_id: UUID, form: Mapping[str, str], error: Error | None = None,
    ticked: frozenset[str] = frozenset(),
) -> Response[str]:  # fmt: skip
    actor = actor_of(request)
    view = await proposing.get_list(list_id, actor=actor)
    round_view = await rounds.get_round(view.round_id, actor=actor)
    edition = await movements.get_edition(round_view.edition_id)
    kind = form.get("kind", "")
    kind = kind if kind in phrases.KINDS else "individual"
    try:
        after = UUID(form["after"]) if form.get("after") else None
    except ValueError as wrong:
        raise NotFoundError from wrong
    found = await proposing.choosable(
        list_id, kind, actor=actor, search=form.get("search", ""), after=after
    )
    query = {"loai": kind, "tim": form.get("search", ""), "bac": form.get("rung", "")}
    return page(
        request, "nominations/add.html",
        status_code=error.status if error else 200,
        list=view, round=round_view, kind=kind, kinds=phrases.KINDS, actions=phrases.ACTIONS,
        offers=offers.offers(edition, round_view.occasion, kind), found=found,
        next_query=urlencode({**query, "sau": str(found.after)}) if found.after else "",
        search=form.get("search", ""), after=form.get("after", ""), rung=form.get("rung", ""),
        ticked=ticked, errors=error.fields if error else {}, detail=error.detail if error else "",
    )  # fmt: skip


@post(f"{LISTS}/{{list_id:uuid}}/them", name="nominations.add", opt=SEEN, include_in_schema=False)
async def add(request: AnyRequest, list_id: FromPath[UUID]) -> Response[Any]:
    """Put the chosen ones onto the list."""
    form = await typed(request)
    ticked = [str(value) for value in (await request.form()).getall("subject_ids", [])]
    try:
        try:
            ids = [UUID(value) for value in ticked]
        except ValueError as error:
            raise InvalidInputError(fields={"subject_ids": phrases.GONE_SUBJECT}) from error
        made = await proposing.propose(
            list_id, kind=form.get("kind", ""), rung=form.get("rung", ""), subject_ids=ids,
            actor=actor_of(request),
        )  # fmt: skip
    except (InvalidInputError, ConflictError) as error:
        return await _add_page(request, list_id, form, error, frozenset(ticked))
    to = f"/de-nghi/{made[0]}" if len(made) == 1 else f"{LISTS}/{list_id}"
    return redirect(to, flash=phrases.ADDED.format(n=len(made)))


@get(
    f"{LISTS}/{{list_id:uuid}}/gui", name="nominations.send_page", opt=SEEN,
    include_in_schema=False,
)  # fmt: skip
async def send_page(request: AnyRequest, list_id: FromPath[UUID]) -> Response[Any]:
    """Say what sending does, and what is still missing."""
    return await _send_page(request, list_id)


async def _send_page(
    request: AnyRequest, list_id: UUID, error: ConflictError | None = None
) -> Response[Any]:
    actor = actor_of(request)
    view = await proposing.get_list(list_id, actor=actor)
    round_view = await rounds.get_round(view.round_id, actor=actor)
    rows = [
        row for row in await proposing.rows_of_list(list_id, actor=actor) if row.state in EDITABLE
    ]
    if not rows:
        return redirect(f"{LISTS}/{list_id}", flash=phrases.NOTHING_TO_SEND, kind="danger")
    lacks = await completeness.lacks_of(rows)
    items = await dossier.items_of(rows)
    return page(
        request, "nominations/send.html",
        status_code=error.status if error else 200,
        list=view, round=round_view, rows=rows, lacks=lacks, kinds=phrases.KINDS,
        papers={row.id: dossier.lacking(items[row.id]) for row in rows},
        ready=[row for row in rows if not lacks[row.id]], detail=error.detail if error else "",
        sends=await sending.may_send(actor, view.unit_id, view.unit_path, round_view.unit_id),
    )  # fmt: skip


@post(f"{LISTS}/{{list_id:uuid}}/gui", name="nominations.send", opt=SEEN, include_in_schema=False)
async def send(request: AnyRequest, list_id: FromPath[UUID]) -> Response[Any]:
    """Send the chosen nominations of a list."""
    ticked = [str(value) for value in (await request.form()).getall("ids", [])]
    actor = actor_of(request)
    try:
        ids = [UUID(value) for value in ticked]
    except ValueError as error:
        raise NotFoundError from error
    try:
        rows = await sending.send(list_id, actor=actor, nomination_ids=ids)
    except ConflictError as error:
        return await _send_page(request, list_id, error)
    view = await rounds.get_round(rows[0].round_id, actor=actor)
    flash = phrases.SENT.format(n=len(rows), unit=view.unit_name)
    return redirect(f"{LISTS}/{list_id}", flash=flash)


route_handlers: list[Any] = [
    show_list, save_letter, add_form, add, send_page, send
]  # fmt: skip
