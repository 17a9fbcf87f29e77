"""The scan before the day: who is told, when, once, and not when the report is in."""

from datetime import timedelta
from uuid import UUID

import pytest

from core.kit import db
from core.kit.scope import tenant_scope
from core.reports.due_soon import notify_due_soon
from tests.integration.reports.house import (
    House,
    brought_to,
    make_house,
    opened,
    report_of,
    return_parts,
    start_review,
    submit,
)
from tests.integration.reports.house import fill as fill_report

pytestmark = pytest.mark.usefixtures("app_db")


async def scan(house: House, now: str) -> int:
    with tenant_scope(house.tenant_id, now=now):
        async with db.transaction():
            return await notify_due_soon()


async def round_of(house: House) -> UUID:
    return await opened(house)


@pytest.mark.parametrize(
    ("now", "told"),
    [
        ("2026-11-22T23:59:59+07:00", 0),
        ("2026-11-23T00:00:01+07:00", 4),
        ("2026-11-29T23:59:59+07:00", 4),
        ("2026-11-30T00:00:00+07:00", 0),
    ],
)
async def test_clerk_and_head_of_each_unit_are_told_within_the_last_week(
    now: str, told: int
) -> None:
    house = await make_house()
    await round_of(house)
    assert await scan(house, now) == told
    assert await scan(house, now) == 0


async def test_each_threshold_tells_once() -> None:
    house = await make_house(units=1)
    await round_of(house)
    days = [23, 24, 26, 27, 28, 29]
    told = [await scan(house, f"2026-11-{day}T08:00:00+07:00") for day in days]
    assert told == [2, 0, 0, 2, 0, 2]


@pytest.mark.parametrize("state", ["submitted", "accepted", "excused"])
async def test_who_has_sent_or_is_excused_is_left_alone(state: str) -> None:
    house = await make_house()
    report_id = await report_of(house, house.units[0], await round_of(house))
    await brought_to(house, report_id, state)
    assert await scan(house, "2026-11-28T08:00:00+07:00") == 2


async def test_a_returned_report_is_measured_by_its_new_day() -> None:
    house = await make_house(units=1)
    report_id = await report_of(house, house.units[0], await round_of(house))
    await fill_report(house, report_id)
    await submit(house, report_id)
    await start_review(house, report_id)
    await return_parts(house, report_id, "criterion:c1")
    assert await scan(house, "2026-11-25T08:00:00+07:00") == 0
    assert await scan(house, "2026-12-03T08:00:00+07:00") == 2


async def test_a_round_opened_in_its_last_week_is_told_again_at_the_next_threshold_only() -> None:
    house = await make_house(units=1)
    await opened(house, now="2026-11-25T08:00:00+07:00")
    days = [25, 26, 27, 28, 29]
    told = [await scan(house, f"2026-11-{day}T09:00:00+07:00") for day in days]
    assert told == [0, 0, 2, 0, 2]


async def test_a_return_that_is_due_within_the_week_is_told_once_and_in_its_own_words() -> None:
    house = await make_house(units=1)
    report_id = await report_of(house, house.units[0], await round_of(house))
    await brought_to(house, report_id, "in_review")
    async with house.at():
        at = await db.fetchval("SELECT official_now()")
    await return_parts(house, report_id, "criterion:c1", due=at + timedelta(days=5))
    assert await scan(house, (at + timedelta(hours=1)).isoformat()) == 0
    assert await scan(house, (at + timedelta(days=3)).isoformat()) == 2
    async with house.at():
        rows = await db.fetch("SELECT DISTINCT title FROM notification WHERE event = 'due_soon'")
        body = await db.fetchval("SELECT body FROM notification WHERE event = 'due_soon' LIMIT 1")
    assert [row["title"] for row in rows] == ["Sắp đến hạn bổ sung: Báo cáo hằng năm 2026"]
    assert body.endswith("Phần trả lại chưa được gửi lại.")


async def test_a_plan_without_a_day_and_a_closed_round_tell_nobody() -> None:
    house = await make_house(due=None)
    await round_of(house)
    assert await scan(house, "2026-11-28T08:00:00+07:00") == 0
    other = await make_house()
    await round_of(other)
    async with other.at():
        await db.execute("UPDATE reporting_round SET state = 'closed'")
    assert await scan(other, "2026-11-28T08:00:00+07:00") == 0
