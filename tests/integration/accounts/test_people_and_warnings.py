"""Accounts are tied to the people of the register; whoever's account runs out is told by mail."""

from __future__ import annotations

from uuid import UUID

import pytest

from core.accounts import inactivity
from core.accounts import service as accounts
from core.errors import InvalidInputError
from core.kit import db
from core.organisation import service as organisation
from core.organisation.schemas import NewPerson
from tests.integration.reports import house as houses


async def with_people(house: houses.House, *names: str) -> list[UUID]:
    admin = house.people["tenant_admin"]
    async with house.at(who="tenant_admin"):
        made = await organisation.add_people(
            [NewPerson(full_name=name, unit_id=house.units[0]) for name in names], actor=admin
        )
    return [person.id for person in made]


async def test_an_account_belongs_to_one_person_of_its_unit(app_db: db.TenantEngine) -> None:
    house = await houses.make_house()
    admin = house.people["tenant_admin"]
    an, _, _ = await with_people(house, "Nguyễn Văn An", "Lê Thị Bình", "Lê Thị Bình")
    async with house.at(who="tenant_admin"):
        assert await accounts.person_named("nguyễn  văn an", house.units[0]) == an
        assert await accounts.person_named("Lê Thị Bình", house.units[0]) is None
        assert await accounts.person_named("Nguyễn Văn An", house.units[1]) is None
        with pytest.raises(InvalidInputError) as elsewhere:
            await accounts.create_account(
                actor=admin, username="an.nv", display_name="An", unit_id=house.units[1],
                person_id=an,
            )  # fmt: skip
        slip = await accounts.create_account(
            actor=admin, username="an.nv", display_name="Nguyễn Văn An", unit_id=house.units[0],
            person_id=an,
        )  # fmt: skip
        with pytest.raises(InvalidInputError) as twice:
            await accounts.create_account(
                actor=admin, username="an.hai", display_name="Nguyễn Văn An",
                unit_id=house.units[0], person_id=an,
            )  # fmt: skip
        tied = await db.fetchval("SELECT person_id FROM account WHERE id = $1", slip.account.id)
        assert await accounts.person_named("Nguyễn Văn An", house.units[0]) is None
    assert tied == an
    assert list(elsewhere.value.fields) == ["unit_id"]
    assert list(twice.value.fields) == ["display_name"]


async def test_a_warning_goes_out_once_by_notice_and_mail(app_db: db.TenantEngine) -> None:
    house, other = await houses.make_house(), await houses.make_house()
    account = house.people["clerk0"].account_id
    limit = None
    async with house.at():
        limit = inactivity.limit_days()
        await db.execute("UPDATE account SET password_changed_at = official_now()")
        await db.execute("DELETE FROM session")
        await db.execute(
            "UPDATE account SET created_at = official_now() - make_interval(days => $2),"
            " password_changed_at = official_now() - make_interval(days => $2) WHERE id = $1",
            account,
            limit - 3,
        )
        assert await inactivity.warn_unused() == 1
        assert await inactivity.warn_unused() == 0
        told = await db.fetch("SELECT account_id FROM notification WHERE event = 'inactivity'")
        mails = await db.fetchval("SELECT count(*) FROM mail")
    assert [row["account_id"] for row in told] == [account]
    assert mails == 1
    async with other.at():
        assert await db.fetchval("SELECT count(*) FROM notification") == 0
