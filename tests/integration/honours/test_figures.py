"""The year's figures and the fairness view on the real database."""

from __future__ import annotations

import pytest

from core.errors import InvalidInputError, NotFoundError, PermissionDeniedError
from core.honours import figures
from core.honours.figures import Group
from core.kit import db
from core.kit.ids import new_id
from tests.integration.certificates.grants import decided
from tests.integration.reports.house import House, make_house


@pytest.fixture
async def house(app_db: db.TenantEngine) -> House:
    return await make_house()


async def people(house: House, gender: str, count: int, awarded: int) -> None:
    """Enter people of a gender, the first of whom have an award of 2026."""
    async with house.at():
        for number in range(count):
            person_id = new_id()
            await db.execute(
                "INSERT INTO person (id, unit_id, full_name) VALUES ($1, $2, 'A')",
                person_id, house.units[0],
            )  # fmt: skip
            await db.execute(
                "INSERT INTO person_profile (id, person_id, gender) VALUES ($1, $2, $3)",
                new_id(), person_id, gender,
            )  # fmt: skip
            if number < awarded:
                await db.execute(
                    "INSERT INTO award_grant (id, unit_id, subject_kind, subject_id,"
                    " subject_person_id, subject_name, award, award_kind, year, decided_on,"
                    " granted_at, source) VALUES ($1, $2, 'individual', $3, $3, 'A', 'Giấy khen',"
                    " 'commendation', 2026, '2026-11-01', now(), 'import')",
                    new_id(), house.units[0], person_id,
                )  # fmt: skip


async def test_rates_stand_on_the_register_and_small_groups_are_not_shown(house: House) -> None:
    await people(house, "female", 10, 4)
    await people(house, "male", 5, 1)
    await people(house, "", 4, 1)
    async with house.at():
        found = await figures.fairness("gender", 2026, actor=house.people["officer"])
    assert found.groups == [Group("Nữ", 10, 4), Group("Nam", 5, 1), Group("Chưa ghi", None, None)]
    assert [group.rate for group in found.groups] == [40.0, 20.0, None]
    assert found.finding == "Nữ được khen nhiều nhất (40%), Nam ít nhất (20%)"
    assert found.hidden == 1


async def test_repeats_count_five_years(house: House) -> None:
    await people(house, "male", 6, 6)
    async with house.at():
        await db.execute(
            "INSERT INTO award_grant (id, unit_id, subject_kind, subject_id, subject_person_id,"
            " subject_name, award, year, decided_on, granted_at, source)"
            " SELECT gen_random_uuid(), unit_id, subject_kind, subject_id, subject_person_id,"
            " subject_name, award, 2022, '2022-11-01', now(), 'import' FROM award_grant LIMIT 2"
        )
        found = await figures.fairness("repeats", 2026, actor=house.people["officer"])
    assert [(group.base, group.awarded) for group in found.groups] == [(6, 4), (6, 2)]
    assert found.finding == "2 trên 6 tập thể, cá nhân được khen hơn một lần trong 5 năm"


async def test_awards_are_counted_by_level_and_revoked_ones_are_not(house: House) -> None:
    _, grants = await decided(house, size=3)
    await people(house, "female", 2, 2)
    async with house.at():
        await db.execute("UPDATE award_grant SET state = 'revoked' WHERE id = $1", grants[0])
        found = await figures.of_year(2026, actor=house.people["officer"])
    assert [
        (row.award, row.collectives, row.individuals, row.thematic) for row in found.awards
    ] == [("Giấy khen", 2, 2, 4)]
    assert found.levels == [
        ("Cấp Nhà nước", 0), ("Cấp tỉnh", 0), ("Cấp cơ sở", 4), ("Chưa xác định cấp", 0)
    ]  # fmt: skip
    assert [(row.years, row.band, row.way) for row in found.movements] == [
        (5, "Từ 5 năm trở lên", "Thi đua theo chuyên đề")
    ]


@pytest.mark.parametrize(
    ("years", "words"),
    [(0, "Dưới 1 năm"), (1, "1 năm"), (2, "Từ trên 1 đến dưới 3 năm"),
     (3, "Từ 3 đến dưới 5 năm"), (4, "Từ 3 đến dưới 5 năm"), (5, "Từ 5 năm trở lên")],
)  # fmt: skip
def test_bands_of_the_statistics(years: int, words: str) -> None:
    assert figures.band(years) == words


async def test_figures_are_for_those_who_oversee(house: House) -> None:
    async with house.at(who="clerk0"):
        with pytest.raises(PermissionDeniedError):
            await figures.of_year(2026, actor=house.people["clerk0"])
    async with house.at():
        with pytest.raises(NotFoundError):
            await figures.fairness("height", 2026, actor=house.people["officer"])
        with pytest.raises(InvalidInputError):
            await figures.of_year(3000, actor=house.people["officer"])
