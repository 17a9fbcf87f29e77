"""Who is told what: each event once, to the right people, in the same transaction."""

from __future__ import annotations

from core.kit import db
from core.reports import drafting
from tests.integration.reports.house import (
    ASKED,
    House,
    accept,
    brought_to,
    fill,
    make_house,
    opened,
    report_of,
    return_parts,
    start_review,
)


async def told(house: House) -> set[tuple[str, str]]:
    async with house.at():
        rows = await db.fetch("SELECT event, account_id FROM notification")
    names = {actor.account_id: name for name, actor in house.people.items()}
    return {(row["event"], names[row["account_id"]]) for row in rows}


async def test_every_step_tells_the_right_people(app_db: db.TenantEngine) -> None:
    house = await make_house()
    report_id = await report_of(house, house.units[0], await opened(house))
    expected = {("round_opened", name) for name in ("clerk0", "head0", "clerk1", "head1")}
    assert await told(house) == expected
    await fill(house, report_id)
    async with house.at(who="clerk0"):
        await drafting.request_sign_off(actor=house.people["clerk0"], report_id=report_id)
    async with house.at(who="head0"):
        head = house.people["head0"]
        await drafting.give_back(actor=head, report_id=report_id, note="Bổ sung số liệu.")
        await drafting.submit_report(actor=head, report_id=report_id)
    expected |= {
        ("sign_off_requested", "head0"), ("given_back", "clerk0"), ("submitted", "officer"),
    }  # fmt: skip
    assert await told(house) == expected
    await start_review(house, report_id)
    await return_parts(house, report_id, "criterion:c1")
    assert await told(house) == expected | {("returned", "clerk0"), ("returned", "head0")}
    async with house.at():
        mails = await db.fetch(
            "SELECT to_address, subject FROM mail WHERE subject LIKE '%trả lại%'"
        )
    assert {row["to_address"] for row in mails} == {"clerk0@example.vn", "head0@example.vn"}


async def test_acceptance_is_told(app_db: db.TenantEngine) -> None:
    house = await make_house()
    report_id = await report_of(house, house.units[0], await opened(house))
    await brought_to(house, report_id, "in_review")
    await accept(house, report_id, *ASKED[1:])
    assert not {event for event, _ in await told(house)} & {"accepted"}
    await accept(house, report_id, ASKED[0])
    assert {("accepted", "clerk0"), ("accepted", "head0")} <= await told(house)
