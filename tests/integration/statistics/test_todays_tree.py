"""Figures of a past round on today's tree: nothing is lost, nothing counted twice."""

from __future__ import annotations

from datetime import date

import pytest

from core.errors import NotFoundError
from core.kit import db
from core.organisation import restructuring
from core.organisation.schemas import Basis
from core.reports import rounds
from core.statistics.todays_tree import round_on_todays_tree
from tests.integration.reports import house as houses

BASIS = Basis(effective_on=date(2026, 11, 19), decision="12/QĐ-UBND")


async def test_merged_units_stand_with_their_successor(app_db: db.TenantEngine) -> None:
    house = await houses.make_house(units=4)
    round_id = await houses.opened(house)
    for number in (0, 1):
        report_id = await houses.report_of(house, house.units[number], round_id)
        await houses.fill(house, report_id, who=f"clerk{number}")
        await houses.submit(house, report_id, who=f"head{number}")
    admin, officer = house.people["tenant_admin"], house.people["officer"]
    async with house.at(who="tenant_admin"):
        await restructuring.merge_units(
            [house.units[0]], into_id=house.units[1], basis=BASIS, actor=admin
        )
        await restructuring.rename_unit(house.units[1], name="Tên mới", basis=BASIS, actor=admin)
        await restructuring.close_unit(house.units[2], basis=BASIS, actor=admin)
    async with house.at():
        before = db.engine().queries
        table = await round_on_todays_tree(round_id, actor=officer)
        assert db.engine().queries - before <= 4
        counters = (await rounds.get_round(actor=officer, round_id=round_id)).counters
    rows = {row.name: row for row in table.rows}
    assert set(rows) == {"Tên mới", "Bệnh viện số 2", "Bệnh viện số 3"}
    joined = rows["Tên mới"]
    assert (joined.how, joined.owed, joined.filed, joined.on_time) == ("merged", 2, 2, 2)
    assert set(joined.was) == {"Bệnh viện số 0", "Bệnh viện số 1"}
    assert (rows["Bệnh viện số 2"].how, rows["Bệnh viện số 2"].excused) == ("closed", 1)
    assert rows["Bệnh viện số 3"].how == "same"
    assert sum(row.owed for row in table.rows) == counters.total
    assert sum(row.on_time for row in table.rows) == counters.on_time


async def test_only_who_receives_reads_it(app_db: db.TenantEngine) -> None:
    house, other = await houses.make_house(), await houses.make_house()
    round_id = await houses.opened(house)
    async with house.at(who="head0"):
        with pytest.raises(NotFoundError):
            await round_on_todays_tree(round_id, actor=house.people["head0"])
    async with other.at():
        with pytest.raises(NotFoundError):
            await round_on_todays_tree(round_id, actor=other.people["officer"])
