"""Reports of units that are renamed or merged: names of the day, and open duties."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest

from core.accounts.schemas import Actor
from core.documents.render.model import PaperKind
from core.documents.subjects import paper_of
from core.errors import NotFoundError
from core.kit import db
from core.organisation import restructuring
from core.organisation.schemas import Basis
from core.reports import drafting, reorganised, rounds
from tests.factories import make_unit
from tests.integration.reports import house as houses

BASIS = Basis(effective_on=date(2026, 11, 19), decision="12/QĐ-UBND")


async def rename(house: houses.House, unit_id: UUID, name: str) -> None:
    async with house.at(who="tenant_admin"):
        await restructuring.rename_unit(
            unit_id, name=name, basis=BASIS, actor=house.people["tenant_admin"]
        )


async def merge(house: houses.House, unit_id: UUID, into_id: UUID) -> None:
    async with house.at(who="tenant_admin"):
        await restructuring.merge_units(
            [unit_id], into_id=into_id, basis=BASIS, actor=house.people["tenant_admin"]
        )


async def state_of(house: houses.House, report_id: UUID) -> tuple[str, UUID, str]:
    async with house.at():
        row = await db.fetchrow(
            "SELECT r.state, r.unit_id, o.excused_reason FROM report r"
            " JOIN report_obligation o ON o.id = r.obligation_id WHERE r.id = $1",
            report_id,
        )
    assert row
    return (row["state"], row["unit_id"], row["excused_reason"])


async def test_what_was_filed_keeps_the_old_name_and_drafts_take_the_new_one(
    app_db: db.TenantEngine,
) -> None:
    house = await houses.make_house()
    round_id = await houses.opened(house)
    filed, draft = [await houses.report_of(house, unit, round_id) for unit in house.units]
    await houses.fill(house, filed)
    await houses.submit(house, filed)
    await rename(house, house.units[0], "Bệnh viện đổi tên")
    await rename(house, house.units[1], "Bệnh viện cũng đổi tên")
    assert (await houses.view(house, filed)).unit_name == "Bệnh viện số 0"
    assert (await houses.view(house, draft)).unit_name == "Bệnh viện cũng đổi tên"
    async with house.at():
        listed = await rounds.list_obligations(actor=house.people["officer"], round_id=round_id)
        version = await drafting.get_report(actor=house.people["officer"], report_id=filed)
        assert version.last_version_id
        paper = await paper_of(PaperKind.UNIT_REPORT, version.last_version_id, 0)
    assert {row.unit_name for row in listed.items} == {"Bệnh viện số 0", "Bệnh viện cũng đổi tên"}
    assert "Bệnh viện đổi tên" not in str(paper)


async def test_a_report_that_is_filed_again_takes_the_new_name(app_db: db.TenantEngine) -> None:
    house = await houses.make_house()
    round_id = await houses.opened(house)
    report_id = await houses.report_of(house, house.units[0], round_id)
    await houses.brought_to(house, report_id, "returned")
    await rename(house, house.units[0], "Tên mới")
    assert (await houses.view(house, report_id)).unit_name == "Tên mới"
    await houses.fill(house, report_id)
    await houses.submit(house, report_id)
    assert (await houses.view(house, report_id)).unit_name == "Tên mới"
    await rename(house, house.units[0], "Tên mới nữa")
    assert (await houses.view(house, report_id)).unit_name == "Tên mới"


async def test_a_merged_unit_is_excused_where_its_successor_reports_anyway(
    app_db: db.TenantEngine,
) -> None:
    house = await houses.make_house()
    round_id = await houses.opened(house)
    report_id = await houses.report_of(house, house.units[0], round_id)
    await houses.fill(house, report_id)
    async with house.at():
        [duty] = await reorganised.open_duties([house.units[0]], house.units[1])
    assert (duty.state, duty.outcome) == ("drafting", "excused")
    await merge(house, house.units[0], house.units[1])
    state, unit_id, reason = await state_of(house, report_id)
    assert (state, unit_id) == ("excused", house.units[0])
    assert reason == "Bệnh viện số 0 đã sáp nhập vào Bệnh viện số 1 theo 12/QĐ-UBND."
    async with house.at():
        view = await rounds.get_round(actor=house.people["officer"], round_id=round_id)
    assert view.counters.by_state == {"excused": 1, "not_started": 1}


async def test_the_successor_takes_over_what_it_does_not_owe_itself(
    app_db: db.TenantEngine,
) -> None:
    house = await houses.make_house()
    round_id = await houses.opened(house)
    report_id = await houses.report_of(house, house.units[0], round_id)
    await houses.fill(house, report_id)
    heir = await make_unit(house.tenant_id, name="Bệnh viện mới", parent_id=house.tenant_id)
    head = await house.person("heir", "unit_head", heir, house.path(heir))
    await merge(house, house.units[0], heir)
    assert (await state_of(house, report_id))[:2] == ("drafting", heir)
    async with house.at(who="heir"):
        receipt = await drafting.submit_report(actor=head, report_id=report_id)
    assert receipt.report_id == report_id
    assert (await houses.view(house, report_id)).unit_name == "Bệnh viện mới"


async def test_a_filed_report_stays_and_the_successors_head_finishes_it(
    app_db: db.TenantEngine,
) -> None:
    house = await houses.make_house()
    round_id = await houses.opened(house)
    report_id = await houses.report_of(house, house.units[0], round_id)
    await houses.brought_to(house, report_id, "in_review")
    await merge(house, house.units[0], house.units[1])
    assert (await state_of(house, report_id))[:2] == ("in_review", house.units[0])
    await houses.return_parts(house, report_id, "criterion:c1")
    await houses.fill(house, report_id, who="clerk1")
    assert await houses.submit(house, report_id, who="head1")
    async with house.at(who="clerk0"):
        # The rights of the old unit's people are read anew at every request: none are left.
        gone = Actor(house.people["clerk0"].account_id, house.tenant_id, "", house.units[0], "", ())
        with pytest.raises(NotFoundError):
            await drafting.get_report(actor=gone, report_id=report_id)


async def test_a_closed_unit_owes_nothing_any_more(app_db: db.TenantEngine) -> None:
    house = await houses.make_house()
    round_id = await houses.opened(house)
    report_id = await houses.report_of(house, house.units[0], round_id)
    async with house.at(who="tenant_admin"):
        await restructuring.close_unit(
            house.units[0], basis=BASIS, actor=house.people["tenant_admin"]
        )
    assert (await state_of(house, report_id))[0] == "excused"
    async with house.at():
        again = await rounds.open_round(actor=house.people["officer"], kind="on_request", year=2026)
        listed = await rounds.list_obligations(actor=house.people["officer"], round_id=again.id)
    assert [row.unit_id for row in listed.items] == [house.units[1]]


async def test_a_unit_reads_one_round_with_one_query_for_it(app_db: db.TenantEngine) -> None:
    house = await houses.make_house()
    ids = [await houses.opened(house) for _ in range(3)]
    async with house.at(who="clerk0"):
        await rounds.get_round(actor=house.people["clerk0"], round_id=ids[0])
        before = db.engine().queries
        view = await rounds.get_round(actor=house.people["clerk0"], round_id=ids[1])
        asked = db.engine().queries - before
        with pytest.raises(NotFoundError):
            await rounds.get_round(actor=house.people["clerk0"], round_id=house.tenant_id)
    assert view.id == ids[1]
    assert asked <= 3
