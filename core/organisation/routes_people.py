"""Pages of people: the register of each unit, one person, and moves between units."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from litestar import Request, get, post
from litestar.params import FromPath, FromQuery
from litestar.response import Response

from core.accounts.guards import actor_of
from core.accounts.schemas import Role
from core.errors import ConflictError, InvalidInputError, NotFoundError
from core.kit import clock
from core.kit.templates import page, redirect
from core.organisation import choosing, people, phrases, profiles, service
from core.organisation.change_forms import day_of
from core.organisation.routes_tree import typed
from core.organisation.schemas import NewPerson, Profile

AnyRequest = Request[Any, Any, Any]
REGISTRARS = {"access": [role.value for role in people.REGISTRARS]}
DECIDERS = {"access": [role.value for role in people.DECIDERS]}
PEOPLE = "/quan-tri/nhan-su"
MOVES = f"{PEOPLE}/dieu-chuyen"
REFUSED = (InvalidInputError, ConflictError, NotFoundError)
Refusal = InvalidInputError | ConflictError | NotFoundError


@get(PEOPLE, name="organisation.people", opt=REGISTRARS, include_in_schema=False)
async def list_people(
    request: AnyRequest,
    tim: FromQuery[str] = "",
    don_vi: FromQuery[UUID | None] = None,
    sau: FromQuery[UUID | None] = None,
) -> Response[str]:
    """List the people of the person's branches, or of one unit."""
    actor = actor_of(request)
    found = await people.register(actor=actor, search=tim, unit_id=don_vi, after=sau)
    unit = await service.get_unit(don_vi, actor=actor) if don_vi else None
    decides = actor.has(people.DECIDERS)
    query = {"tim": tim, "don_vi": don_vi or "", "sau": found.after}
    return page(
        request,
        "organisation/people.html",
        rows=found.rows,
        search=tim,
        unit=unit,
        waiting=len(await people.list_moves(actor=actor)) if decides else 0,
        may_move=decides,
        more=f"{PEOPLE}?{urlencode(query)}" if found.after else "",
    )


@get(f"{PEOPLE}/them", name="organisation.person_new", opt=REGISTRARS, include_in_schema=False)
async def new_person_page(
    request: AnyRequest, don_vi: FromQuery[UUID | None] = None
) -> Response[str]:
    """Show the form of a new person."""
    actor = actor_of(request)
    return await _new_form(request, {"unit_id": str(don_vi or actor.unit_id or "")}, None)


@post(f"{PEOPLE}/them", name="organisation.person_add", opt=REGISTRARS, include_in_schema=False)
async def add_person(request: AnyRequest) -> Response[Any]:
    """Enter a person into a unit's register."""
    actor, form = actor_of(request), await typed(request)
    try:
        unit_id = await choosing.chosen(
            form.get("unit_id", ""), field="unit_id", missing=phrases.NO_UNIT, actor=actor
        )
        person = await people.enter_person(
            NewPerson(
                full_name=form.get("full_name", ""),
                job_title=form.get("job_title", ""),
                unit_id=unit_id,
            ),
            actor=actor,
        )
    except REFUSED as error:
        return await _new_form(request, form, error)
    return redirect(
        f"{PEOPLE}?don_vi={person.unit_id}",
        flash=phrases.PERSON_ADDED.format(name=person.full_name),
    )


async def _new_form(
    request: AnyRequest, form: Mapping[str, str], error: Refusal | None
) -> Response[str]:
    actor = actor_of(request)
    people.require_any(actor, people.REGISTRARS)
    units = await choosing.choices(actor=actor)
    return page(
        request,
        "organisation/person_new.html",
        status_code=error.status if error else 200,
        form=form,
        errors=error.fields if error else {},
        detail=error.detail if error else "",
        units=[unit for unit in units if actor.can(people.REGISTRARS, unit.path)],
    )


@get(
    f"{PEOPLE}/{{person_id:uuid}}", name="organisation.person", opt=REGISTRARS,
    include_in_schema=False,
)  # fmt: skip
async def show_person(request: AnyRequest, person_id: FromPath[UUID]) -> Response[str]:
    """Show one person with the history of units."""
    return await _person(request, person_id, {}, None)


@post(
    f"{PEOPLE}/{{person_id:uuid}}", name="organisation.person_save", opt=REGISTRARS,
    include_in_schema=False,
)  # fmt: skip
async def save_person(request: AnyRequest, person_id: FromPath[UUID]) -> Response[Any]:
    """Correct a person's name and job title."""
    form = await typed(request)
    try:
        await people.correct_person(
            person_id,
            full_name=form.get("full_name", ""),
            job_title=form.get("job_title", ""),
            actor=actor_of(request),
        )
    except InvalidInputError as error:
        return await _person(request, person_id, form, error)
    return redirect(f"{PEOPLE}/{person_id}", flash=phrases.PERSON_SAVED)


@post(
    f"{PEOPLE}/{{person_id:uuid}}/chuyen", name="organisation.person_move", opt=DECIDERS,
    include_in_schema=False,
)  # fmt: skip
async def ask_move(request: AnyRequest, person_id: FromPath[UUID]) -> Response[Any]:
    """Ask to move a person (the administrator of both sides moves at once)."""
    actor, form = actor_of(request), await typed(request)
    await people.get_person(person_id, actor=actor)
    try:
        to_unit = await choosing.chosen(
            form.get("to_unit_id", ""), field="to_unit_id", missing=phrases.BAD_PEOPLE_UNIT,
            actor=actor,
        )  # fmt: skip
        move_id = await people.ask_move(
            person_id,
            to_unit_id=to_unit,
            effective_on=day_of(form, "effective_on", phrases.NO_DAY),
            decision=form.get("decision", ""),
            note=form.get("note", ""),
            actor=actor,
        )
    except (InvalidInputError, ConflictError) as error:
        return await _person(request, person_id, form, error)
    return redirect(MOVES, flash=await people.outcome_of(move_id))


@post(
    f"{PEOPLE}/{{person_id:uuid}}/ho-so", name="organisation.profile_save", opt=DECIDERS,
    include_in_schema=False,
)  # fmt: skip
async def save_profile(request: AnyRequest, person_id: FromPath[UUID]) -> Response[Any]:
    """Save gender, kind of work and days of a person."""
    actor, form = actor_of(request), await typed(request)
    await people.get_person(person_id, actor=actor)
    try:
        profile = Profile(
            gender=form.get("gender", ""),
            work_kind=form.get("work_kind", ""),
            birth_date=_day_or_none(form, "birth_date"),
            joined_on=_day_or_none(form, "joined_on"),
        )
        await profiles.set_profile(person_id, profile, actor=actor)
    except InvalidInputError as error:
        return await _person(request, person_id, form, error)
    return redirect(f"{PEOPLE}/{person_id}", flash=phrases.PERSON_SAVED)


def _day_or_none(form: Mapping[str, str], field: str) -> date | None:
    return day_of(form, field, phrases.BAD_DATE) if form.get(field, "").strip() else None


async def _person(
    request: AnyRequest, person_id: UUID, form: Mapping[str, str], error: Refusal | None
) -> Response[str]:
    actor = actor_of(request)
    person = await people.get_person(person_id, actor=actor)
    own = await service.is_under(person.unit_id, people.REGISTRARS, actor=actor)
    decides = await service.is_under(person.unit_id, people.DECIDERS, actor=actor)
    return page(
        request,
        "organisation/person.html",
        status_code=error.status if error else 200,
        person=person,
        history=await people.history_of(person_id, actor=actor),
        states=phrases.MOVE_STATES,
        may_edit=own,
        may_move=decides,
        may_invite=await service.is_under(person.unit_id, (Role.TENANT_ADMIN,), actor=actor)
        and not await people.has_account(person_id),
        profile=(await profiles.profiles_of([person_id]))[person_id],
        genders=phrases.GENDERS,
        work_kinds=phrases.WORK_KINDS,
        units=await people.movable_units(person) if decides else [],
        form={"effective_on": clock.today().isoformat(), **form},
        errors=error.fields if error else {},
        detail=error.detail if error else "",
    )


@get(MOVES, name="organisation.moves", opt=DECIDERS, include_in_schema=False)
async def list_moves(request: AnyRequest) -> Response[str]:
    """List the moves that wait for an answer or for their day."""
    return await _moves(request, {}, None)


@post(MOVES, name="organisation.move_intake", opt=DECIDERS, include_in_schema=False)
async def ask_intake(request: AnyRequest) -> Response[Any]:
    """Ask another unit for one of its people, by full name."""
    actor, form = actor_of(request), await typed(request)
    try:
        move_id = await people.ask_intake(
            full_name=form.get("full_name", ""),
            from_words=form.get("from_unit_id", ""),
            to_words=form.get("to_unit_id", ""),
            effective_on=day_of(form, "effective_on", phrases.NO_DAY),
            note=form.get("note", ""),
            actor=actor,
        )
    except REFUSED as error:
        return await _moves(request, form, error)
    return redirect(MOVES, flash=await people.outcome_of(move_id))


@post(
    f"{MOVES}/{{move_id:uuid}}/tra-loi", name="organisation.move_answer", opt=DECIDERS,
    include_in_schema=False,
)  # fmt: skip
async def answer_move(request: AnyRequest, move_id: FromPath[UUID]) -> Response[Any]:
    """Accept or refuse a move."""
    form = await typed(request)
    try:
        await people.answer_move(
            move_id,
            accept=form.get("accept") == "1",
            answer=form.get("answer", ""),
            actor=actor_of(request),
        )
    except InvalidInputError as error:
        return await _moves(request, {**form, "move_id": str(move_id)}, error)
    return redirect(MOVES, flash=await people.outcome_of(move_id))


@post(
    f"{MOVES}/{{move_id:uuid}}/rut", name="organisation.move_withdraw", opt=DECIDERS,
    include_in_schema=False,
)  # fmt: skip
async def withdraw_move(request: AnyRequest, move_id: FromPath[UUID]) -> Response[Any]:
    """Take a request back."""
    await people.withdraw_move(move_id, actor=actor_of(request))
    return redirect(MOVES, flash=phrases.MOVE_WITHDRAWN)


async def _moves(
    request: AnyRequest, form: Mapping[str, str], error: Refusal | None
) -> Response[str]:
    actor = actor_of(request)
    rows = await people.list_moves(actor=actor)
    own = await choosing.choices(actor=actor)
    return page(
        request,
        "organisation/moves.html",
        status_code=error.status if error else 200,
        rows=[(row, *people.sides(row, actor=actor)) for row in rows],
        own_units=[unit for unit in own if actor.can(people.DECIDERS, unit.path) and unit.depth],
        units=await people.all_units(),
        form={"effective_on": clock.today().isoformat(), **form},
        errors=error.fields if error else {},
        detail=error.detail if error else "",
    )


route_handlers = [
    list_people,
    new_person_page,
    add_person,
    show_person,
    save_person,
    save_profile,
    ask_move,
    list_moves,
    ask_intake,
    answer_move,
    withdraw_move,
]
