"""Changes of the tree from a day to come: kept, shown, cancelled, done on their day."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

import pytest

from core.errors import ConflictError, InvalidInputError, NotFoundError, PermissionDeniedError
from core.kit import clock, db
from core.organisation import change_forms, consequences, planned, service
from core.organisation.change_forms import Order
from core.organisation.schemas import Basis
from tests.integration.reports import house as houses

NOW = datetime(2026, 11, 23, 9, tzinfo=clock.VIETNAM)
DAY = NOW.date() + timedelta(days=8)


def order(kind: str, unit_id: UUID, ahead: int = 8, **more: object) -> Order:
    """A change from a day to come."""
    basis = Basis(effective_on=NOW.date() + timedelta(days=ahead), decision="12/QĐ-UBND")
    return Order(kind=kind, unit_id=unit_id, basis=basis, **more)  # type: ignore[arg-type]


def later(days: int) -> str:
    """The instant so many days from now."""
    return (NOW + timedelta(days=days)).isoformat()


async def plan(house: houses.House, asked: Order) -> str:
    async with house.at(later(0), who="tenant_admin"):
        return (await planned.carry_out(asked, actor=house.people["tenant_admin"]))[1]


async def name_of(house: houses.House, unit_id: UUID) -> str:
    async with house.at(later(0)):
        return str(await db.fetchval("SELECT name FROM unit WHERE id = $1", unit_id))


async def test_it_is_done_on_its_day_and_not_before(app_db: db.TenantEngine) -> None:
    house = await houses.make_house()
    unit, admin = house.units[0], house.people["tenant_admin"]
    told = await plan(house, order("rename", unit, name="Bệnh viện Phổi"))
    assert told.startswith("Đã ghi lại. Hệ thống tự làm vào ngày 01/12/2026")
    async with house.at(later(0)):
        assert await planned.carry_out_planned_changes() == 0
        waiting = await planned.waiting_for(unit, actor=admin)
    assert [(each.words, each.state) for each in waiting] == [
        ("Đổi tên thành “Bệnh viện Phổi”", "waiting")
    ]
    assert await name_of(house, unit) == "Bệnh viện số 0"
    async with house.at(later(8)):
        assert await planned.carry_out_planned_changes() == 1
        assert await planned.carry_out_planned_changes() == 0
        assert await planned.waiting_for(unit, actor=admin) == []
        line = await db.fetchrow("SELECT new_name, effective_on, made_by FROM unit_succession")
    assert tuple(line) == ("Bệnh viện Phổi", DAY, admin.account_id)
    assert await name_of(house, unit) == "Bệnh viện Phổi"


async def test_a_cancelled_change_is_never_done(app_db: db.TenantEngine) -> None:
    house = await houses.make_house()
    unit, admin = house.units[0], house.people["tenant_admin"]
    await plan(house, order("close", unit))
    async with house.at(later(0)):
        change_id = (await planned.waiting_for(unit, actor=admin))[0].id
    async with house.at(later(0), who="head0"):
        with pytest.raises(PermissionDeniedError):
            await planned.cancel(change_id, actor=house.people["head0"])
    other = await houses.make_house()
    async with other.at(later(0)):
        with pytest.raises(NotFoundError):
            await planned.cancel(change_id, actor=other.people["tenant_admin"])
    async with house.at(later(0), who="tenant_admin"):
        assert await planned.cancel(change_id, actor=admin) == unit
        with pytest.raises(ConflictError):
            await planned.cancel(change_id, actor=admin)
    async with house.at(later(9)):
        assert await planned.carry_out_planned_changes() == 0
        assert (await service.get_unit(unit, actor=admin)).is_active


async def test_one_that_cannot_be_done_says_why_and_its_author_is_told(
    app_db: db.TenantEngine,
) -> None:
    house = await houses.make_house()
    unit, admin = house.units[0], house.people["tenant_admin"]
    await plan(house, order("merge", unit, other_id=house.units[1]))
    await plan(house, order("close", house.units[1], ahead=7))
    async with house.at(later(8)):
        assert await planned.carry_out_planned_changes() == 1
        failed = await planned.waiting_for(unit, actor=admin)
        told = await db.fetch(
            "SELECT account_id, body FROM notification WHERE event = 'unit_change'"
        )
    assert [(each.state, each.refusal) for each in failed] == [
        ("failed", "Hãy chọn đơn vị nhận sáp nhập.")
    ]
    assert [tuple(row) for row in told] == [(admin.account_id, "Hãy chọn đơn vị nhận sáp nhập.")]


@pytest.mark.parametrize(
    ("more", "field"),
    [({"name": "", "ahead": 8}, "name"), ({"name": "Mới", "ahead": 400}, "effective_on")],
)
async def test_what_would_be_refused_is_refused_when_it_is_planned(
    app_db: db.TenantEngine, more: dict[str, object], field: str
) -> None:
    house = await houses.make_house()
    with pytest.raises(InvalidInputError) as caught:
        await plan(house, order("rename", house.units[0], **more))  # type: ignore[arg-type]
    assert list(caught.value.fields) == [field]
    async with house.at(later(0)):
        assert await db.fetchval("SELECT count(*) FROM planned_change") == 0


async def test_several_units_are_merged_in_one_step(app_db: db.TenantEngine) -> None:
    house = await houses.make_house(units=4)
    first, second, third, into = house.units
    admin = house.people["tenant_admin"]
    form = {
        "effective_on": NOW.date().isoformat(), "decision": "12/QĐ-UBND", "into_id": str(into),
        "also": f"{second}\n\n{third}\n",
    }  # fmt: skip
    async with house.at(later(0), who="tenant_admin"):
        asked = await change_forms.order_of("merge", first, form, actor=admin)
        foreseen = await consequences.rehearse(asked, actor=admin)
        assert [line for line in foreseen.sentences if "thôi hoạt động" in line] == [
            f"Từ ngày 23/11/2026, “Bệnh viện số {number}” nhập vào “Bệnh viện số 3” và thôi"
            " hoạt động."
            for number in range(3)
        ]
        assert await planned.carry_out(asked, actor=admin) == (
            into, "Đã sáp nhập. Đây là đơn vị nhận.",
        )  # fmt: skip
        rows = await db.fetch("SELECT id FROM unit WHERE NOT is_active ORDER BY name")
        assert [row["id"] for row in rows] == [first, second, third]
        with pytest.raises(InvalidInputError) as caught:
            await change_forms.order_of("merge", into, {**form, "also": "không có"}, actor=admin)
    assert list(caught.value.fields) == ["also"]
