"""Pages of awards as a whole: the hub, rounds, opening and closing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from litestar import get, post
from litestar.params import FromPath
from litestar.response import Response

from core.accounts.guards import actor_of
from core.accounts.schemas import Actor
from core.errors import ConflictError, InvalidInputError
from core.kit import clock
from core.kit.templates import page, redirect
from core.movements import service as movements
from core.nominations import access, awaiting, hub, offers, phrases, proposing, rounds
from core.nominations.schemas import NewRound
from core.nominations.states import WORDS
from core.reports.form_input import AnyRequest, end_of_day, typed, whole

SEEN = {"access": [str(role) for role in access.AWARD_SIDE]}
OFFICER = {"access": [str(role) for role in access.HANDLERS]}
YEARS = tuple(range(2025, 2031))
ROUNDS = "/khen-thuong/dot"
Error = InvalidInputError | ConflictError


@get("/khen-thuong", name="nominations.hub", opt={"access": "signed_in"}, include_in_schema=False)
async def show_hub(request: AnyRequest) -> Response[str]:
    """Show what waits in award matters and the rooms by right."""
    actor = actor_of(request)
    return page(
        request, "nominations/hub.html",
        waiting=await awaiting.waiting(actor=actor), cards=hub.cards(actor),
        may_open=actor.has(access.HANDLERS),
    )  # fmt: skip


@get(ROUNDS, name="nominations.rounds", opt=SEEN, include_in_schema=False)
async def list_rounds(request: AnyRequest) -> Response[str]:
    """List the rounds that concern this person."""
    actor = actor_of(request)
    return page(
        request, "nominations/rounds.html",
        rounds=await rounds.list_rounds(actor=actor), occasions=phrases.OCCASIONS,
        words=WORDS, may_open=actor.has(access.HANDLERS),
    )  # fmt: skip


@get(f"{ROUNDS}/mo", name="nominations.open_form", opt=OFFICER, include_in_schema=False)
async def open_form(request: AnyRequest) -> Response[str]:
    """Show the form that opens a round."""
    rounds.require_officer(actor_of(request))
    year = min(max(clock.today().year, YEARS[0]), YEARS[-1])
    start, end = rounds.year_bounds(year)
    form = {"year": str(year), "occasion": "annual", "period_from": start.isoformat(),
            "period_to": end.isoformat()}  # fmt: skip
    return await _open_page(request, form)


async def _open_page(
    request: AnyRequest, form: Mapping[str, str], error: Error | None = None
) -> Response[str]:
    actor = actor_of(request)
    units = await rounds.awarding_units(actor=actor)
    try:
        edition = await movements.current_edition()
        open_on = offers.occasions_open(edition)
    except ConflictError as missing:
        error, open_on = error or missing, []
    return page(
        request, "nominations/open.html",
        status_code=error.status if error else 200,
        form={"unit_id": str(units[0].id) if units else "", **form},
        units=units, unit_options=[(unit.id, unit.name) for unit in units],
        years=[(year, year) for year in YEARS],
        occasions=[(key, name) for key, name in phrases.OCCASIONS.items() if key in open_on],
        errors=error.fields if error else {}, detail=error.detail if error else "",
    )  # fmt: skip


@post(f"{ROUNDS}/mo", name="nominations.open", opt=OFFICER, include_in_schema=False)
async def open_round(request: AnyRequest) -> Response[Any]:
    """Open a round."""
    rounds.require_officer(actor_of(request))
    form = await typed(request)
    try:
        view = await rounds.open_round(_new_round(form), actor=actor_of(request))
    except (InvalidInputError, ConflictError) as error:
        return await _open_page(request, form, error)
    return redirect(f"{ROUNDS}/{view.id}", flash=phrases.ROUND_OPENED.format(name=view.name))


def _new_round(form: Mapping[str, str]) -> NewRound:
    fields, days = {}, {}
    for name in ("period_from", "period_to"):
        try:
            days[name] = date.fromisoformat(form.get(name, ""))
        except ValueError:
            fields[name] = phrases.NO_DAY
    try:
        unit_id = UUID(form.get("unit_id", ""))
    except ValueError:
        unit_id = None
        fields["unit_id"] = phrases.NO_UNIT
    if fields or unit_id is None:
        raise InvalidInputError(fields=fields)
    return NewRound(
        unit_id=unit_id, occasion=form.get("occasion", ""), year=whole(form.get("year", "")) or 0,
        period_from=days["period_from"], period_to=days["period_to"],
        due_at=end_of_day(form.get("due_at", ""), "due_at"), name=form.get("name", ""),
        note=form.get("note", ""),
    )  # fmt: skip


@get(
    f"{ROUNDS}/{{award_round_id:uuid}}", name="nominations.round", opt=SEEN,
    include_in_schema=False,
)  # fmt: skip
async def show_round(request: AnyRequest, award_round_id: FromPath[UUID]) -> Response[str]:
    """Show a round: its facts, the lists of this person's units, and the way to all."""
    actor = actor_of(request)
    view = await rounds.get_round(award_round_id, actor=actor)
    edition = await movements.get_edition(view.edition_id)
    return page(
        request, "nominations/round.html",
        round=view, occasions=phrases.OCCASIONS, words=WORDS, kinds=phrases.KINDS,
        actions=phrases.ACTIONS,
        offers={kind: offers.offers(edition, view.occasion, kind) for kind in phrases.KINDS},
        lists=await proposing.lists_of_round(award_round_id, actor=actor),
        edition=edition, proposes=_proposes(actor, view.unit_path),
        handles=actor.can(access.HANDLERS, view.unit_path),
        reads=actor.can((*access.READERS, *access.PROPOSERS), view.unit_path),
    )  # fmt: skip


def _proposes(actor: Actor, path: str) -> bool:
    return any(held.startswith(path) for held in actor.paths(access.PROPOSERS)) or actor.can(
        access.HANDLERS, path
    )


@get(
    f"{ROUNDS}/{{award_round_id:uuid}}/dong", name="nominations.close_page", opt=OFFICER,
    include_in_schema=False,
)  # fmt: skip
async def close_page(request: AnyRequest, award_round_id: FromPath[UUID]) -> Response[str]:
    """Say what closing does."""
    actor = actor_of(request)
    view = await rounds.get_round(award_round_id, actor=actor)
    actor.require(access.HANDLERS, view.unit_path)
    return page(
        request, "confirm.html", title=f"Đóng đợt “{view.name}”",
        sentences=[
            "Từ lúc này không thêm và không gửi đề nghị mới được nữa. Nháp chưa gửi vẫn còn.",
            "Đề nghị đã gửi vẫn được thẩm định, họp Hội đồng, quyết định như thường; phần bị trả"
            " lại vẫn bổ sung được.",
        ],
        action=f"{ROUNDS}/{view.id}/dong", button="Đóng đợt", back=f"{ROUNDS}/{view.id}",
    )  # fmt: skip


@post(
    f"{ROUNDS}/{{award_round_id:uuid}}/dong", name="nominations.close", opt=OFFICER,
    include_in_schema=False,
)  # fmt: skip
async def close_round(request: AnyRequest, award_round_id: FromPath[UUID]) -> Response[Any]:
    """Close a round."""
    view = await rounds.close_round(award_round_id, actor=actor_of(request))
    return redirect(f"{ROUNDS}/{view.id}", flash=phrases.ROUND_SHUT.format(name=view.name))


@post(
    f"{ROUNDS}/{{award_round_id:uuid}}/mo-lai", name="nominations.reopen", opt=OFFICER,
    include_in_schema=False,
)  # fmt: skip
async def reopen_round(request: AnyRequest, award_round_id: FromPath[UUID]) -> Response[Any]:
    """Open a closed round again."""
    view = await rounds.reopen_round(award_round_id, actor=actor_of(request))
    return redirect(f"{ROUNDS}/{view.id}", flash=phrases.ROUND_REOPENED.format(name=view.name))


@post(
    f"{ROUNDS}/{{award_round_id:uuid}}/danh-sach", name="nominations.begin_list", opt=SEEN,
    include_in_schema=False,
)  # fmt: skip
async def begin_list(request: AnyRequest, award_round_id: FromPath[UUID]) -> Response[Any]:
    """Begin a unit's list, or lead to the one that is there."""
    form = await typed(request)
    unit = form.get("unit_id", "")
    try:
        unit_id = UUID(unit) if unit else None
    except ValueError as error:
        raise InvalidInputError(fields={"unit_id": phrases.NO_UNIT}) from error
    list_id = await proposing.begin_list(award_round_id, actor=actor_of(request), unit_id=unit_id)
    return redirect(f"/khen-thuong/danh-sach/{list_id}")


route_handlers: list[Any] = [
    show_hub, list_rounds, open_form, open_round, show_round, close_page, close_round,
    reopen_round, begin_list,
]  # fmt: skip
