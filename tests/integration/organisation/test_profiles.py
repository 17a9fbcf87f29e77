"""What the register knows of people, and which units are legal persons."""

from __future__ import annotations

from datetime import date

import pytest

from core.errors import InvalidInputError, NotFoundError, PermissionDeniedError
from core.kit import db
from core.organisation import people, profiles, restructuring, service
from core.organisation.schemas import NewPerson, PersonView, Profile
from tests.integration.reports import house as houses

KNOWN = Profile(
    gender="female", work_kind="leader", birth_date=date(1980, 5, 8), joined_on=date(2005, 9, 1)
)


async def with_person() -> tuple[houses.House, PersonView]:
    house = await houses.make_house()
    async with house.at(who="head0"):
        person = await people.enter_person(
            NewPerson(full_name="Nguyễn Thị Bình", unit_id=house.units[0]),
            actor=house.people["head0"],
        )
    return house, person


async def test_the_head_writes_a_profile_and_another_department_never_sees_it(
    app_db: db.TenantEngine,
) -> None:
    house, person = await with_person()
    async with house.at(who="head0"):
        await profiles.set_profile(person.id, KNOWN, actor=house.people["head0"])
        assert await profiles.profiles_of([person.id]) == {person.id: KNOWN}
        await profiles.set_profile(person.id, Profile(gender="male"), actor=house.people["head0"])
        assert await profiles.profiles_of([person.id]) == {person.id: Profile(gender="male")}
    other = await houses.make_house()
    async with other.at():
        assert await profiles.profiles_of([person.id]) == {person.id: Profile()}


async def test_neither_the_clerk_nor_another_units_head_writes_it(app_db: db.TenantEngine) -> None:
    house, person = await with_person()
    for who, refusal in (("clerk0", PermissionDeniedError), ("head1", NotFoundError)):
        async with house.at(who=who):
            with pytest.raises(refusal):
                await profiles.set_profile(person.id, KNOWN, actor=house.people[who])
    async with house.at():
        assert await profiles.profiles_of([person.id]) == {person.id: Profile()}


@pytest.mark.parametrize(
    ("profile", "field"),
    [
        (Profile(gender="nữ"), "gender"),
        (Profile(work_kind="boss"), "work_kind"),
        (Profile(birth_date=date(2990, 1, 1)), "birth_date"),
        (Profile(birth_date=date(185, 1, 1)), "birth_date"),
        (Profile(birth_date=date(1990, 1, 1), joined_on=date(1985, 1, 1)), "joined_on"),
    ],
)
async def test_what_cannot_be_meant_is_refused_at_its_field(
    app_db: db.TenantEngine, profile: Profile, field: str
) -> None:
    house, person = await with_person()
    async with house.at(who="head0"):
        with pytest.raises(InvalidInputError) as caught:
            await profiles.set_profile(person.id, profile, actor=house.people["head0"])
    assert list(caught.value.fields) == [field]


async def test_legal_personality_is_set_with_the_other_details(app_db: db.TenantEngine) -> None:
    house = await houses.make_house()
    unit_id = house.units[0]
    async with house.at(who="tenant_admin"):
        unit = await service.get_unit(unit_id, actor=house.people["tenant_admin"])
        assert unit.has_legal_personality is False
        values = {
            "kind": unit.kind, "level": unit.level, "notation": unit.notation,
            "place": unit.place, "owes_reports": True, "has_legal_personality": True,
        }  # fmt: skip
        await restructuring.set_details(unit_id, values, actor=house.people["tenant_admin"])
        after = await service.get_unit(unit_id, actor=house.people["tenant_admin"])
    assert after.has_legal_personality is True
