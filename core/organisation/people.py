"""People of the units: the register each unit keeps, and moves with the consent of both sides."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from core.accounts import following as accounts
from core.accounts.schemas import SYSTEM, Actor, Role
from core.errors import (
    ConflictError,
    InvalidInputError,
    NotFoundError,
    PermissionDeniedError,
)
from core.kit import clock
from core.kit.i18n import fold, roster_key, vn_date
from core.kit.ids import new_id
from core.notifications import service as notifications
from core.notifications.schemas import Event
from core.organisation import choosing, phrases, repository, service
from core.organisation import repository_people as moves
from core.organisation.schemas import MoveView, NewPerson, PersonPage, PersonView, UnitView

REGISTRARS = (Role.TENANT_ADMIN, Role.UNIT_HEAD, Role.UNIT_CLERK)
DECIDERS = (Role.TENANT_ADMIN, Role.UNIT_HEAD)
FARTHEST = timedelta(days=366)
MAX_WORDS = 200


async def enter_person(person: NewPerson, *, actor: Actor) -> PersonView:
    """Enter a person into a unit's register, as one of the unit or its administrator.

    Raises:
        NotFoundError: no such unit for this person.
        PermissionDeniedError: neither the unit's nor its administrator.
        ConflictError: the unit is closed.
        InvalidInputError: field full_name.
    """
    unit = await service.get_unit(person.unit_id, actor=actor)
    actor.require(REGISTRARS, unit.path)
    if not unit.is_active:
        raise ConflictError(phrases.CLOSED_UNIT, code="closed_unit")
    return await service.add_person(person, actor=SYSTEM)


async def register(
    *, actor: Actor, search: str = "", unit_id: UUID | None = None, after: UUID | None = None
) -> PersonPage:
    """Return one page of the people in the registers that the actor keeps, by given name.

    Raises:
        PermissionDeniedError: the actor keeps no register.
        NotFoundError: the unit is not one of them.
    """
    require_any(actor, REGISTRARS)
    if unit_id is not None and not await service.is_under(unit_id, REGISTRARS, actor=actor):
        raise NotFoundError
    return await service.list_people(
        actor=actor, search=search, unit_id=unit_id, after=after, paths=actor.paths(REGISTRARS)
    )


def require_any(actor: Actor, roles: tuple[Role, ...]) -> None:
    """Refuse who holds none of the roles anywhere.

    Raises:
        PermissionDeniedError: none is held.
    """
    if not actor.has(roles):
        raise PermissionDeniedError


async def get_person(person_id: UUID, *, actor: Actor) -> PersonView:
    """Return one person of the actor's branches, or one who is asked to move there.

    Raises:
        NotFoundError: there is none for this person.
    """
    record = await moves.person(person_id)
    paths = ["/"] if actor.is_system else actor.paths(REGISTRARS)
    if record is None or not (
        any(record["unit_path"].startswith(path) for path in paths)
        or await moves.asked_towards(person_id, paths)
    ):
        raise NotFoundError
    return PersonView(**{key: record[key] for key in PersonView.__struct_fields__})


async def has_account(person_id: UUID) -> bool:
    """Tell whether a person has an account in use (callers have found the person)."""
    return await moves.has_account(person_id)


async def correct_person(person_id: UUID, *, full_name: str, job_title: str, actor: Actor) -> None:
    """Correct a person's name and job title.

    Raises:
        NotFoundError, PermissionDeniedError: as `enter_person`.
        InvalidInputError: fields full_name, job_title.
    """
    person = await get_person(person_id, actor=actor)
    unit = await service.get_unit(person.unit_id, actor=actor)
    actor.require(REGISTRARS, unit.path)
    name, title = service.clean(full_name), service.clean(job_title)
    fields = {}
    if not name or len(name) > MAX_WORDS:
        fields["full_name"] = phrases.NO_PERSON_NAME
    if len(title) > MAX_WORDS:
        fields["job_title"] = phrases.LONG_TITLE
    if fields:
        raise InvalidInputError(fields=fields)
    await moves.correct(person_id, name, title, fold(name), roster_key(name))


async def history_of(person_id: UUID, *, actor: Actor) -> list[MoveView]:
    """Return the moves of a person, latest first (errors as `get_person`)."""
    await get_person(person_id, actor=actor)
    return [MoveView(**row) for row in await moves.of_person(person_id)]


async def list_moves(*, actor: Actor) -> list[MoveView]:
    """Return the moves from or to the actor's units that wait for an answer or for their day.

    Raises:
        PermissionDeniedError: the actor decides for no unit.
    """
    require_any(actor, DECIDERS)
    paths = ["/"] if actor.is_system else actor.paths(DECIDERS)
    return [MoveView(**row) for row in await moves.waiting(paths)]


async def ask_move(
    person_id: UUID,
    *,
    to_unit_id: UUID,
    effective_on: date,
    decision: str = "",
    note: str = "",
    actor: Actor,
) -> UUID:
    """Ask to move a person; the other side's head answers. Return the request's id.

    The head of the person's unit asks for another unit to take him; the head of another unit asks
    for the person; the administrator asks for the person's unit. Who is the head of both moves him
    at once.

    Raises:
        NotFoundError: no such person or unit.
        PermissionDeniedError: the actor decides for neither side.
        ConflictError: code `move_waits`, a request is open already.
        InvalidInputError: fields to_unit_id, effective_on, decision.
    """
    record = await moves.lock_person(person_id)
    target = await repository.unit(to_unit_id)
    if record is None:
        raise NotFoundError
    if target is None:
        raise InvalidInputError(fields={"to_unit_id": phrases.BAD_PEOPLE_UNIT})
    gives = _gives(record, target, actor)
    _check_day(effective_on, decision)
    if await moves.is_waiting(person_id):
        raise ConflictError(phrases.MOVE_WAITS, code="move_waits")
    move_id = new_id()
    await moves.insert(
        {
            "id": move_id,
            "person_id": person_id,
            "from_unit_id": record["unit_id"],
            "to_unit_id": target["id"],
            "from_name": record["unit_name"],
            "to_name": target["name"],
            "effective_on": effective_on,
            "decision": service.clean(decision),
            "note": note.strip(),
            "asked_side": "from" if gives else "to",
            "asked_by": actor.account_id,
        }
    )
    if actor.can(Role.UNIT_HEAD, record["unit_path"]) and actor.can(Role.UNIT_HEAD, target["path"]):
        await _accept(await moves.lock_move(move_id), "", actor)
    else:
        other = target["id"] if gives else record["unit_id"]
        await _tell_asked(move_id, other, record, target["name"], effective_on)
    return move_id


def _gives(record: Any, target: Any, actor: Actor) -> bool:
    """Tell whether the actor asks for the giving unit; refuse who decides for neither side."""
    if not target["is_active"] or target["id"] == record["unit_id"]:
        raise InvalidInputError(fields={"to_unit_id": phrases.BAD_PEOPLE_UNIT})
    gives = actor.can(DECIDERS, record["unit_path"])
    takes = actor.can(DECIDERS, target["path"])
    if not (gives or takes):
        raise NotFoundError
    return gives


async def _tell_asked(move_id: UUID, unit_id: UUID, record: Any, new: str, day: date) -> None:
    name = record["full_name"]
    await _tell(
        unit_id,
        move_id,
        "asked",
        phrases.MOVE_ASKED_TITLE.format(name=name),
        phrases.MOVE_ASKED_BODY.format(
            name=name, old=record["unit_name"], new=new, day=vn_date(day)
        ),
    )


async def answer_move(move_id: UUID, *, accept: bool, answer: str = "", actor: Actor) -> MoveView:
    """Accept or refuse a move, as the side that was asked. It is done on its day.

    Raises:
        NotFoundError: no such request for this person.
        PermissionDeniedError: the actor decides for the asking side only.
        ConflictError: code `wrong_state`, it was answered already; code `other_side`, the actor
            has asked himself.
        InvalidInputError: field answer: a refusal says why.
    """
    row = await _locked(move_id, actor)
    side = "to_path" if row["asked_side"] == "from" else "from_path"
    actor.require(DECIDERS, row[side])
    if row["state"] != "asked":
        raise ConflictError(phrases.MOVE_ANSWERED, code="wrong_state")
    if actor.account_id is not None and row["asked_by_id"] == actor.account_id:
        raise ConflictError(phrases.OTHER_SIDE, code="other_side")
    words = answer.strip()
    if not accept and not words:
        raise InvalidInputError(fields={"answer": phrases.NO_ANSWER})
    if accept:
        await _accept(row, words, actor)
    else:
        await moves.answer(move_id, "refused", words, actor.account_id)
    asking = row["from_unit_id"] if row["asked_side"] == "from" else row["to_unit_id"]
    word = "Đã đồng ý" if accept else "Không đồng ý"
    await _tell(
        asking, move_id, "answered",
        phrases.MOVE_ANSWER_TITLE.format(word=word, name=row["full_name"]),
        words or phrases.MOVE_ACCEPTED_BODY.format(
            new=row["to_name"], day=vn_date(row["effective_on"])
        ),
    )  # fmt: skip
    return MoveView(**await moves.move(move_id))


async def withdraw_move(move_id: UUID, *, actor: Actor) -> None:
    """Take a request back, as the side that asked, while it is not answered (errors as above)."""
    row = await _locked(move_id, actor)
    actor.require(DECIDERS, row[f"{row['asked_side']}_path"])
    if row["state"] != "asked":
        raise ConflictError(phrases.MOVE_ANSWERED, code="wrong_state")
    await moves.answer(move_id, "withdrawn", "", actor.account_id)


async def carry_out_due_moves() -> int:
    """Do the accepted moves whose day has come (a scan of the worker); return how many."""
    rows = await moves.due()
    for row in rows:
        await _carry_out(row)
    return len(rows)


async def _accept(row: Any, words: str, actor: Actor) -> None:
    await moves.answer(row["id"], "accepted", words, actor.account_id)
    if row["effective_on"] <= clock.today():
        await _carry_out(row)


async def _carry_out(row: Any) -> None:
    await moves.carry_out(row["id"], row["person_id"], row["to_unit_id"])
    await accounts.person_moved(row["person_id"], row["from_unit_id"], row["to_unit_id"])


async def _locked(move_id: UUID, actor: Actor) -> Any:
    row = await moves.lock_move(move_id)
    if row is None or not (
        actor.can(DECIDERS, row["from_path"]) or actor.can(DECIDERS, row["to_path"])
    ):
        raise NotFoundError
    return row


def _check_day(day: date, decision: str) -> None:
    fields, today = {}, clock.today()
    if not today - FARTHEST <= day <= today + FARTHEST:
        fields["effective_on"] = phrases.FAR_DAY.format(day=vn_date(day))
    if len(decision) > MAX_WORDS:
        fields["decision"] = phrases.NO_DECISION
    if fields:
        raise InvalidInputError(fields=fields)


async def _tell(unit_id: UUID, move_id: UUID, step: str, title: str, body: str) -> None:
    await notifications.notify(
        event=Event.PERSON_MOVE,
        account_ids=await notifications.recipients(unit_id=unit_id, roles=(Role.UNIT_HEAD,)),
        title=title,
        body=body,
        href="/quan-tri/nhan-su/dieu-chuyen",
        dedup_key=f"person_move:{move_id}:{step}",
    )


async def ask_intake(
    *,
    full_name: str,
    from_words: str,
    to_words: str,
    effective_on: date,
    note: str = "",
    actor: Actor,
) -> UUID:
    """Ask another unit for one of its people, named in full; return the request's id.

    The register of the other unit is not shown: the name must be the person's, in that unit.

    Raises:
        as `ask_move`; InvalidInputError: fields full_name, from_unit_id, to_unit_id.
    """
    source = await choosing.chosen(
        from_words, field="from_unit_id", missing=phrases.NO_UNIT, actor=SYSTEM
    )
    target = await choosing.chosen(
        to_words, field="to_unit_id", missing=phrases.NO_UNIT, actor=actor
    )
    unit = await repository.unit(target)
    if unit is None or not actor.can(DECIDERS, unit["path"]):
        raise InvalidInputError(fields={"to_unit_id": phrases.NO_UNIT})
    name = service.clean(full_name)
    if not name:
        raise InvalidInputError(fields={"full_name": phrases.NO_PERSON_NAME})
    found = await moves.named(source, name)
    if not found:
        sentence = phrases.NO_SUCH_PERSON.format(name=name)
        raise InvalidInputError(fields={"full_name": sentence})
    if len(found) > 1:
        sentence = phrases.SEVERAL_PEOPLE.format(name=name, n=len(found))
        raise InvalidInputError(fields={"full_name": sentence})
    return await ask_move(
        found[0], to_unit_id=target, effective_on=effective_on, note=note, actor=actor
    )


async def outcome_of(move_id: UUID) -> str:
    """Say in words where a request stands."""
    row = await moves.move(move_id)
    if row["state"] == "accepted":
        return phrases.MOVE_DONE if row["done_at"] else phrases.MOVE_PLANNED
    return phrases.MOVE_ASKED if row["state"] == "asked" else phrases.MOVE_REFUSED


def sides(move: MoveView, *, actor: Actor) -> tuple[bool, bool]:
    """Tell whether the person may answer a move, and whether he may take it back."""
    asking = move.from_path if move.asked_side == "from" else move.to_path
    asked = move.to_path if move.asked_side == "from" else move.from_path
    open_ = move.state == "asked"
    own = move.asked_by_id is not None and move.asked_by_id == actor.account_id
    return open_ and not own and actor.can(DECIDERS, asked), open_ and actor.can(DECIDERS, asking)


async def all_units() -> list[UnitView]:
    """Return all units below the root in tree order ([] where too many): names are open inside."""
    return [unit for unit in await choosing.choices(actor=SYSTEM) if unit.depth > 0]


async def movable_units(person: PersonView) -> list[UnitView]:
    """Return the units that a person can be asked to, whoever's they are."""
    return [unit for unit in await all_units() if unit.id != person.unit_id]
