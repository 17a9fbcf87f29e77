"""The awards of a demo department: one round, nominations in several states."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from core.accounts.schemas import Actor
from core.movements import draft
from core.movements import service as movements
from core.movements.resolved import rung_key
from core.movements.values import RungChoice
from core.nominations import handling, offers, parts, proposing, rounds, sending, writing
from core.nominations.schemas import NewRound, NominationRow
from core.nominations.states import Action
from core.plugin.api import Occasion
from tenants.demo import texts_awards as texts
from tenants.demo.cast import Cast
from tenants.demo.timeline import Step, act, day

YEAR = 2026
OPENED = day(YEAR, 11, 9, 9)
DUE = day(YEAR, 12, 11, 0)
# place in the tree -> (how many people, what becomes of each nomination, the collective first)
STORIES: dict[str, tuple[int, tuple[str, ...]]] = {
    "hospital": (5, ("council", "council", "appraised", "received", "sent", "draft")),
    "author": (3, ("council", "appraised", "returned", "sent")),
    "station": (1, ("sent", "draft")),
}


async def choose_occasions(admin: Actor) -> None:
    """Let the department choose the annual occasion for rungs whose plan names none."""
    preview = await movements.preview_edition(actor=admin)
    silent = [rung for rung in preview.plan.ladder if rung.occasion is None]
    if silent:
        value = {rung_key(rung): RungChoice(occasions=(Occasion.ANNUAL,)) for rung in silent}
        await draft.save(actor=admin, section="rungs", value=value, version=0)


async def award_round(tenant_id: UUID, cast: Cast, places: dict[str, Any]) -> None:
    """Tell the round of this year up to the day of the demo."""
    officer = cast.known["chuyenvien"]
    round_id = await act(tenant_id, Step(OPENED, officer, lambda: _open(officer)))
    made: dict[str, list[UUID]] = {}
    for number, (place, (people, states)) in enumerate(STORIES.items()):
        if place not in places:
            continue
        clerk = cast.clerk(places[place].id)
        at = day(YEAR, 11, 11 + number, 9)
        told = await _tell(tenant_id, at, (round_id, clerk), cast, (people, states))
        for row, state in told:
            made.setdefault(state, []).append(row.id)
    await act(tenant_id, Step(day(YEAR, 11, 17, 9), officer, lambda: _handle(officer, made)))


async def _tell(
    tenant_id: UUID,
    at: datetime,
    who: tuple[UUID, Actor],
    cast: Cast,
    story: tuple[int, tuple[str, ...]],
) -> list[tuple[NominationRow, str]]:
    """Let one unit draft and send; return its nominations, each with what becomes of it."""
    round_id, clerk = who
    people, states = story
    rows = await act(tenant_id, Step(at, clerk, lambda: _draft(round_id, clerk, people)))
    told = list(zip(rows, states, strict=False))
    if not told:
        return []
    head = cast.head(rows[0].list_unit_id)
    await act(tenant_id, Step(at.replace(hour=15), head, lambda: _send(head, told)))
    return told


async def _open(officer: Actor) -> UUID:
    edition = await movements.current_edition()
    root = next(iter(await rounds.awarding_units(actor=officer)))
    view = await rounds.open_round(
        NewRound(
            unit_id=root.id, occasion=offers.occasions_open(edition)[0], year=YEAR,
            period_from=date(YEAR, 1, 1), period_to=date(YEAR, 12, 31), due_at=DUE,
            note=texts.ROUND_NOTE,
        ),
        actor=officer,
    )  # fmt: skip
    return view.id


async def _draft(round_id: UUID, clerk: Actor, people: int) -> list[NominationRow]:
    """Put the unit and some of its people onto its list, and write all but the last."""
    list_id = await proposing.begin_list(round_id, actor=clerk)
    view = await proposing.get_list(list_id, actor=clerk)
    round_view = await rounds.get_round(round_id, actor=clerk)
    edition = await movements.get_edition(round_view.edition_id)
    made: list[UUID] = []
    for kind, wanted in (("collective", 1), ("individual", people)):
        open_rungs = offers.offers(edition, round_view.occasion, kind)
        found = await proposing.choosable(list_id, kind, actor=clerk)
        own = [row for row in found.rows if row.id == view.unit_id] or found.rows
        chosen = [row.id for row in (own if kind == "collective" else found.rows)][:wanted]
        if open_rungs and chosen:
            here = [rung for rung in open_rungs if rung.award_kind == "commendation"]
            made += await proposing.propose(
                list_id, kind=kind, rung=(here or open_rungs)[0].key, subject_ids=chosen,
                actor=clerk, is_demo=True,
            )  # fmt: skip
    rows = [await proposing.get_nomination(each, actor=clerk) for each in made]
    for number, row in enumerate(rows):
        await _write(row, clerk, number)
    return rows


async def _write(row: NominationRow, clerk: Actor, number: int) -> None:
    for key, state in (await writing.part_states(row)).items():
        part = parts.part_of(row.subject_kind, key)
        given = texts.fields(row, key, number)
        if part and given:
            fields = {**state.body, **{k: v for k, v in given.items() if v}}
            await writing.save_part(
                actor=clerk, nomination_id=row.id, part_key=key, version=state.version,
                fields=fields,
            )  # fmt: skip


async def _send(head: Actor, told: list[tuple[NominationRow, str]]) -> None:
    list_id = told[0][0].list_id
    await proposing.set_letter(
        list_id, number=texts.LETTER, day=date(YEAR, 11, 12), note="", actor=head
    )
    ids = [row.id for row, state in told if state != "draft"]
    if ids:
        await sending.send(list_id, actor=head, nomination_ids=ids)


async def _handle(officer: Actor, made: dict[str, list[UUID]]) -> None:
    to_receive = [each for state in made if state not in ("draft", "sent") for each in made[state]]
    if not to_receive:
        return
    await handling.receive(to_receive, actor=officer)
    appraised = [*made.get("council", ()), *made.get("appraised", ())]
    if appraised:
        await handling.appraise(
            appraised, recommendation="agree", opinion=texts.OPINION, actor=officer
        )
    if made.get("council"):
        rows = await handling.chosen(made["council"], actor=officer)
        fit = [row.id for row in rows if row.eligibility != "not_met"]
        if fit:
            await handling.step(fit, Action.TO_COUNCIL, actor=officer)
    for each in made.get("returned", ()):
        back = datetime(YEAR, 12, 3, tzinfo=DUE.tzinfo)
        await handling.return_parts(
            each, given={"achievements": (texts.RETURNED, back)}, actor=officer
        )
