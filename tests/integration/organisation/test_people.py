"""People move between units with the consent of both sides, on their day."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest

from core.errors import (
    ConflictError,
    InvalidInputError,
    NotFoundError,
    PermissionDeniedError,
)
from core.kit import db
from core.organisation import people
from core.organisation.schemas import NewPerson, PersonView
from tests.integration.reports import house as houses

TODAY, LATER = date(2026, 11, 20), date(2026, 11, 25)


async def with_person() -> tuple[houses.House, PersonView]:
    house = await houses.make_house()
    async with house.at(who="head0"):
        person = await people.enter_person(
            NewPerson(full_name="Nguyễn Văn An", unit_id=house.units[0]),
            actor=house.people["head0"],
        )
    return house, person


async def ask(
    house: houses.House, person: PersonView, who: str, to: UUID, day: date = TODAY
) -> UUID:
    async with house.at(who=who):
        return await people.ask_move(
            person.id, to_unit_id=to, effective_on=day, actor=house.people[who]
        )


async def unit_of(house: houses.House, person: PersonView) -> UUID:
    async with house.at():
        found: UUID = await db.fetchval("SELECT unit_id FROM person WHERE id = $1", person.id)
    return found


async def test_the_other_side_accepts_and_both_are_told(app_db: db.TenantEngine) -> None:
    house, person = await with_person()
    move_id = await ask(house, person, "head0", house.units[1])
    assert await unit_of(house, person) == house.units[0]
    async with house.at(who="head0"):
        with pytest.raises(PermissionDeniedError):
            await people.answer_move(move_id, accept=True, actor=house.people["head0"])
    async with house.at(who="head1"):
        assert len(await people.list_moves(actor=house.people["head1"])) == 1
        move = await people.answer_move(move_id, accept=True, actor=house.people["head1"])
        told = await db.fetch(
            "SELECT account_id FROM notification WHERE event = 'person_move'"
            " ORDER BY created_at, id"
        )
        history = await people.history_of(person.id, actor=house.people["head1"])
    assert (move.state, move.done_at is not None) == ("accepted", True)
    assert await unit_of(house, person) == house.units[1]
    assert [row["account_id"] for row in told] == [
        house.people["head1"].account_id,
        house.people["head0"].account_id,
    ]
    assert [(h.from_name, h.to_name) for h in history] == [("Bệnh viện số 0", "Bệnh viện số 1")]


async def test_a_refusal_says_why_and_changes_nothing(app_db: db.TenantEngine) -> None:
    house, person = await with_person()
    move_id = await ask(house, person, "head0", house.units[1])
    head = house.people["head1"]
    async with house.at(who="head1"):
        with pytest.raises(InvalidInputError) as caught:
            await people.answer_move(move_id, accept=False, answer=" ", actor=head)
        assert list(caught.value.fields) == ["answer"]
        move = await people.answer_move(move_id, accept=False, answer="Đủ người.", actor=head)
        with pytest.raises(ConflictError):
            await people.answer_move(move_id, accept=True, actor=head)
    assert move.state == "refused"
    assert await unit_of(house, person) == house.units[0]


async def test_the_receiving_side_asks_by_the_full_name(app_db: db.TenantEngine) -> None:
    house, person = await with_person()
    head = house.people["head1"]
    asked = {"from_words": str(house.units[0]), "to_words": str(house.units[1])}
    async with house.at(who="head1"):
        with pytest.raises(NotFoundError):
            await people.get_person(person.id, actor=head)
        with pytest.raises(InvalidInputError) as caught:
            await people.ask_intake(full_name="Nguyễn Văn", effective_on=TODAY, actor=head, **asked)
        assert list(caught.value.fields) == ["full_name"]
        move_id = await people.ask_intake(
            full_name="nguyễn văn an", effective_on=TODAY, actor=head, **asked
        )
        with pytest.raises(PermissionDeniedError):
            await people.answer_move(move_id, accept=True, actor=head)
    async with house.at(who="head0"):
        await people.answer_move(move_id, accept=True, actor=house.people["head0"])
    assert await unit_of(house, person) == house.units[1]


async def test_an_accepted_move_waits_for_its_day(app_db: db.TenantEngine) -> None:
    house, person = await with_person()
    move_id = await ask(house, person, "head0", house.units[1], LATER)
    async with house.at(who="head1"):
        await people.answer_move(move_id, accept=True, actor=house.people["head1"])
        assert await people.carry_out_due_moves() == 0
    with pytest.raises(ConflictError):
        await ask(house, person, "head0", house.units[1])
    assert await unit_of(house, person) == house.units[0]
    async with house.at("2026-11-25T00:00:00+07:00"):
        assert await people.carry_out_due_moves() == 1
        assert await people.carry_out_due_moves() == 0
    assert await unit_of(house, person) == house.units[1]


async def test_the_accounts_roles_at_the_old_unit_end(app_db: db.TenantEngine) -> None:
    house, person = await with_person()
    clerk = house.people["clerk0"].account_id
    async with house.at():
        await db.execute("UPDATE account SET person_id = $2 WHERE id = $1", clerk, person.id)
    move_id = await ask(house, person, "head0", house.units[1])
    async with house.at(who="head1"):
        await people.answer_move(move_id, accept=True, actor=house.people["head1"])
        row = await db.fetchrow(
            "SELECT a.unit_id, g.revoked_at IS NOT NULL AS ended FROM account a"
            " JOIN role_grant g ON g.account_id = a.id WHERE a.id = $1",
            clerk,
        )
    assert row
    assert (row["unit_id"], row["ended"]) == (house.units[1], True)


async def test_an_administrator_asks_and_somebody_else_answers(app_db: db.TenantEngine) -> None:
    house, person = await with_person()
    move_id = await ask(house, person, "tenant_admin", house.units[1])
    admin = house.people["tenant_admin"]
    async with house.at(who="tenant_admin"):
        with pytest.raises(ConflictError) as caught:
            await people.answer_move(move_id, accept=True, actor=admin)
        assert caught.value.code == "other_side"
    async with house.at(who="head1"):
        await people.answer_move(move_id, accept=True, actor=house.people["head1"])
    assert await unit_of(house, person) == house.units[1]


async def test_strangers_and_nonsense_are_refused(app_db: db.TenantEngine) -> None:
    house, person = await with_person()
    other = await houses.make_house()
    move_id = await ask(house, person, "head0", house.units[1])
    for who, refusal in (("clerk0", NotFoundError), ("officer", NotFoundError)):
        async with house.at(who=who):
            with pytest.raises(refusal):
                await people.answer_move(move_id, accept=True, actor=house.people[who])
    async with other.at(who="head1"):
        with pytest.raises(NotFoundError):
            await people.answer_move(move_id, accept=True, actor=other.people["head1"])
    async with house.at(who="head0"):
        await people.withdraw_move(move_id, actor=house.people["head0"])
    for to, day, field in (
        (house.units[0], TODAY, "to_unit_id"),
        (other.units[0], TODAY, "to_unit_id"),
        (house.units[1], date(2046, 1, 1), "effective_on"),
    ):
        with pytest.raises(InvalidInputError) as caught:
            await ask(house, person, "head0", to, day)
        assert list(caught.value.fields) == [field]
