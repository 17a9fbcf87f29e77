"""Opening rounds: who owes what by when, on two levels, with the plan's day or another."""

from __future__ import annotations

import datetime as dt
from collections.abc import AsyncIterator
from uuid import UUID

import pytest

from core.errors import (
    ConflictError,
    InvalidInputError,
    NotFoundError,
    PermissionDeniedError,
)
from core.kit import db
from core.kit.ids import new_id
from core.reports import drafting, rounds
from tests.factories import make_unit
from tests.integration.reports.house import (
    DUE,
    INNER_DUE,
    NOW,
    VN,
    House,
    brought_to,
    fill,
    make_house,
    obligation_of,
    opened,
    report_of,
    view,
)


@pytest.fixture
async def house(app_db: db.TenantEngine) -> AsyncIterator[House]:
    return await make_house()


async def stored_file(house: House, purpose: str = "decision") -> UUID:
    file_id = new_id()
    async with house.at():
        await db.execute(
            "INSERT INTO stored_file (id, name, media_type, size, sha256, storage_key, purpose,"
            " unit_id, uploaded_at) VALUES ($1, 'qd.pdf', 'application/pdf', 3, 'ab', 'k',"
            " $3, $2, now())",
            file_id, house.tenant_id, purpose,
        )  # fmt: skip
    return file_id


async def test_every_unit_that_owes_gets_its_report_with_the_plans_day(house: House) -> None:
    async with house.at():
        found = await rounds.open_round(actor=house.people["officer"], kind="annual", year=2026)
        page = await rounds.list_obligations(actor=house.people["officer"], round_id=found.id)
    assert found.due_at == DUE
    assert (found.due_source, found.rule) == ("plan", "trước ngày 30/11")
    assert found.counters.total == found.counters.silent == 2
    assert [(row.unit_id, row.due_at, row.level) for row in page.items] == [
        (unit_id, DUE, "unit") for unit_id in house.units
    ]
    report = await view(house, page.items[0].report_id)
    assert [part.key for part in report.parts] == [
        "criterion:c1", "criterion:c2", "criterion:c3", "indicators", "initiatives",
        "difficulties_proposals",
    ]  # fmt: skip
    waiting = report.parts[2]
    assert (waiting.is_asked, waiting.not_asked_reason) == (False, "Chờ hướng dẫn.")
    assert report.parts_total == 5


async def test_two_levels_with_both_days_inside_the_author_only(app_db: db.TenantEngine) -> None:
    house = await make_house(two_levels=True)
    await make_unit(
        house.tenant_id, name="Khoa ngoài", parent_id=house.units[1], level="subunit",
        kind="subunit",
    )  # fmt: skip
    round_id = await opened(house)
    async with house.at():
        rows = await db.fetch(
            "SELECT unit_id, receiver_unit_id, level, due_at FROM report_obligation"
            " WHERE round_id = $1",
            round_id,
        )
    assert {tuple(row) for row in rows} == {
        (house.units[0], house.tenant_id, "unit", DUE),
        (house.units[1], house.tenant_id, "unit", DUE),
        (house.subunits[0], house.units[0], "subunit", INNER_DUE),
        (house.subunits[1], house.units[0], "subunit", INNER_DUE),
    }
    async with house.at(who="inner_officer"):
        inner = house.people["inner_officer"]
        found = await rounds.list_rounds(actor=inner)
        page = await rounds.list_obligations(actor=inner, round_id=round_id)
        with pytest.raises(NotFoundError):
            await rounds.list_obligations(
                actor=inner, round_id=round_id, receiver_unit_id=house.tenant_id
            )
    assert [(row.receiver_unit_id, row.counters.total) for row in found] == [(house.units[0], 2)]
    assert {row.unit_id for row in page.items} == set(house.subunits)


async def test_chosen_units_only(house: House) -> None:
    round_id = await opened(house, unit_ids=[house.units[1]])
    async with house.at(who="clerk0"):
        assert await rounds.list_rounds(actor=house.people["clerk0"]) == ()
        with pytest.raises(NotFoundError):
            await rounds.get_round(actor=house.people["clerk0"], round_id=round_id)
    async with house.at(who="clerk1"):
        (seen,) = await rounds.list_rounds(actor=house.people["clerk1"])
    assert seen.counters.total == 0, "a unit does not see the department's figures"
    with pytest.raises(InvalidInputError) as caught:
        await opened(house, unit_ids=[new_id()])
    assert "unit_ids" in caught.value.fields


async def test_another_day_than_the_plans_needs_a_decision(house: House) -> None:
    other = dt.datetime(2026, 12, 10, tzinfo=VN)
    with pytest.raises(InvalidInputError) as caught:
        await opened(house, due_at=other)
    assert set(caught.value.fields) == {"decision_number", "decision_file_id"}
    with pytest.raises(InvalidInputError):
        await opened(house, due_at=other, decision_number="12/QĐ", decision_file_id=new_id())
    evidence_id = await stored_file(house, "evidence")
    with pytest.raises(InvalidInputError) as caught:
        await opened(house, attachment_ids=[evidence_id])
    assert set(caught.value.fields) == {"attachment_ids"}, "a unit's evidence is not sent around"
    file_id = await stored_file(house)
    round_id = await opened(
        house, due_at=other, decision_number="12/QĐ-SYT", decision_file_id=file_id,
        attachment_ids=[file_id],
    )  # fmt: skip
    async with house.at():
        found = await rounds.get_round(actor=house.people["officer"], round_id=round_id)
    assert (found.due_at, found.due_source) == (other, "decision")
    assert [item.file_id for item in found.attachments] == [file_id]


async def test_where_the_plan_is_silent_there_is_no_day_or_the_departments_own(
    app_db: db.TenantEngine,
) -> None:
    house = await make_house(due=None)
    silent = await opened(house)
    own = await opened(house, due_at=DUE)
    async with house.at():
        officer = house.people["officer"]
        assert (await rounds.get_round(actor=officer, round_id=silent)).due_source == "not_stated"
        assert (await rounds.get_round(actor=officer, round_id=own)).due_source == "round"
        moved = await rounds.change_due(
            actor=officer, round_id=own, due_at=dt.datetime(2026, 12, 10, tzinfo=VN)
        )
        page = await rounds.list_obligations(actor=officer, round_id=own)
    assert moved.due_at == page.items[0].due_at == dt.datetime(2026, 12, 10, tzinfo=VN)


@pytest.mark.parametrize(
    "wrong", [{"kind": "weekly"}, {"year": 2024}, {"due_at": dt.datetime(2026, 11, 1, tzinfo=VN)}]
)
async def test_what_cannot_be_opened(house: House, wrong: dict[str, object]) -> None:
    call = {"kind": "annual", "year": 2026, **wrong}
    async with house.at():
        with pytest.raises(InvalidInputError) as caught:
            await rounds.open_round(actor=house.people["officer"], **call)  # type: ignore[arg-type]
    assert set(caught.value.fields) == set(wrong)


@pytest.mark.parametrize(
    "who", ["department_head", "auditor", "records_clerk", "tenant_admin", "clerk0", "head0"]
)
async def test_only_officers_run_rounds(house: House, who: str) -> None:
    round_id = await opened(house)
    async with house.at(who=who):
        actor = house.people[who]
        with pytest.raises(PermissionDeniedError):
            await rounds.open_round(actor=actor, kind="annual", year=2026)
        for verb in (rounds.close_round, rounds.remind_silent):
            with pytest.raises((PermissionDeniedError, NotFoundError)):
                await verb(actor=actor, round_id=round_id)


async def test_close_and_reopen(house: House) -> None:
    round_id = await opened(house)
    async with house.at():
        officer = house.people["officer"]
        closed = await rounds.close_round(actor=officer, round_id=round_id)
        assert (closed.state, closed.closed_at is not None) == ("closed", True)
        with pytest.raises(ConflictError) as caught:
            await rounds.close_round(actor=officer, round_id=round_id)
        assert caught.value.code == "wrong_state"
        with pytest.raises(ConflictError):
            await rounds.remind_silent(actor=officer, round_id=round_id)
        assert (await rounds.reopen_round(actor=officer, round_id=round_id)).state == "open"


async def test_a_returned_report_that_waits_for_its_head_is_not_silent(house: House) -> None:
    round_id = await opened(house)
    report_id = await report_of(house, house.units[0], round_id)
    await brought_to(house, report_id, "returned")
    await fill(house, report_id)
    async with house.at(who="clerk0"):
        await drafting.request_sign_off(actor=house.people["clerk0"], report_id=report_id)
    after = "2026-12-02T08:00:00+07:00"
    async with house.at(after):
        officer = house.people["officer"]
        counters = (await rounds.get_round(actor=officer, round_id=round_id)).counters
        overdue = await rounds.list_obligations(actor=officer, round_id=round_id, timing="overdue")
        page = await rounds.list_obligations(actor=officer, round_id=round_id)
        reminded = await rounds.remind_silent(actor=officer, round_id=round_id)
    assert counters.by_state["awaiting_sign_off"] == 1
    assert (counters.silent, counters.overdue, reminded) == (1, 1, 1)
    assert [row.unit_id for row in overdue.items] == [house.units[1]]
    assert [row.is_overdue for row in page.items] == [False, True]


async def test_the_silent_are_reminded_once_for_one_click(house: House) -> None:
    round_id = await opened(house)
    report_id = await report_of(house, house.units[0], round_id)
    await brought_to(house, report_id, "submitted")
    counts = []
    for now in (NOW, NOW, "2026-11-21T08:00:00+07:00"):
        async with house.at(now):
            counts.append(
                await rounds.remind_silent(actor=house.people["officer"], round_id=round_id)
            )
    assert counts == [1, 0, 1]
    async with house.at():
        told = await db.fetch(
            "SELECT a.unit_id, count(*) AS n FROM notification AS n"
            " JOIN account AS a ON a.id = n.account_id WHERE n.event = 'reminded' GROUP BY 1"
        )
    assert [tuple(row) for row in told] == [(house.units[1], 4)], "clerk and head, two days"


async def test_excuse_and_ask_again(house: House) -> None:
    round_id = await opened(house)
    report_id = await report_of(house, house.units[0], round_id)
    await brought_to(house, report_id, "drafting")
    obligation_id = await obligation_of(house, report_id)
    async with house.at():
        officer = house.people["officer"]
        with pytest.raises(InvalidInputError):
            await rounds.excuse(actor=officer, obligation_id=obligation_id, reason="  ")
        await rounds.excuse(actor=officer, obligation_id=obligation_id, reason="Đang sáp nhập")
    seen = await view(house, report_id)
    assert (seen.state, seen.excused_reason) == ("excused", "Đang sáp nhập")
    async with house.at():
        await rounds.unexcuse(actor=officer, obligation_id=obligation_id)
    seen = await view(house, report_id)
    assert (seen.state, seen.excused_reason) == ("drafting", "")


async def test_a_later_day_for_one_unit(house: House) -> None:
    round_id = await opened(house)
    report_id = await report_of(house, house.units[0], round_id)
    obligation_id = await obligation_of(house, report_id)
    later = dt.datetime(2026, 12, 6, tzinfo=VN)
    file_id = await stored_file(house)
    officer = house.people["officer"]
    async with house.at():
        for wrong in (
            {"new_due_at": dt.datetime(2026, 11, 25, tzinfo=VN)},
            {"decision_file_id": None},
            {"reason": ""},
        ):
            call = {
                "new_due_at": later, "reason": "Bão lũ", "decision_number": "15/QĐ",
                "decision_file_id": file_id, **wrong,
            }  # fmt: skip
            with pytest.raises(InvalidInputError):
                await rounds.extend(actor=officer, obligation_id=obligation_id, **call)  # type: ignore[arg-type]
        await rounds.extend(
            actor=officer, obligation_id=obligation_id, new_due_at=later, reason="Bão lũ",
            decision_number="15/QĐ", decision_file_id=file_id,
        )  # fmt: skip
        page = await rounds.list_obligations(actor=officer, round_id=round_id)
    assert [(row.due_at, row.is_extended) for row in page.items] == [(later, True), (DUE, False)]
    await brought_to(house, report_id, "submitted")
    async with house.at():
        with pytest.raises(ConflictError):
            await rounds.extend(
                actor=officer, obligation_id=obligation_id, reason="x",
                new_due_at=dt.datetime(2026, 12, 9, tzinfo=VN), decision_number="1",
                decision_file_id=file_id,
            )  # fmt: skip


async def test_the_list_filters_searches_and_pages(app_db: db.TenantEngine) -> None:
    house = await make_house(units=5)
    await make_unit(house.tenant_id, name="Trạm Y tế Đường Lâm", parent_id=house.tenant_id,
                    kind="commune_station")  # fmt: skip
    round_id = await opened(house)
    report_id = await report_of(house, house.units[0], round_id)
    await brought_to(house, report_id, "submitted")
    officer = house.people["officer"]

    async def names(now: str = NOW, **filters: object) -> list[str]:
        async with house.at(now):
            before = app_db.queries
            page = await rounds.list_obligations(
                actor=officer,
                round_id=round_id,
                **filters,  # type: ignore[arg-type]
            )
            # The receiver and the list; an empty list asks once more whether the round exists.
            assert app_db.queries - before == (2 if page.items else 3)
        return [row.unit_name for row in page.items]

    assert await names(search="duong lam") == ["Trạm Y tế Đường Lâm"]
    assert await names(search="ĐƯỜNG") == ["Trạm Y tế Đường Lâm"]
    assert await names(search="100%_") == []
    assert await names(kind="commune_station") == ["Trạm Y tế Đường Lâm"]
    assert await names(state="submitted") == ["Bệnh viện số 0"]
    assert await names(timing="on_time") == ["Bệnh viện số 0"]
    assert await names(timing="overdue") == []
    assert len(await names("2026-11-30T00:00:00+07:00", timing="overdue")) == 5
    seen: list[str] = []
    after = None
    async with house.at():
        for _ in range(3):
            page = await rounds.list_obligations(
                actor=officer, round_id=round_id, after=after, limit=2
            )
            seen += [row.unit_name for row in page.items]
            after = page.next_after
    assert after is None
    assert seen == await names()
    for wrong in ({"state": "x"}, {"timing": "x"}):
        async with house.at():
            with pytest.raises(InvalidInputError):
                await rounds.list_obligations(actor=officer, round_id=round_id, **wrong)


async def test_another_department_sees_nothing_of_it(house: House) -> None:
    round_id = await opened(house)
    report_id = await report_of(house, house.units[0], round_id)
    other = await make_house()
    with pytest.raises(NotFoundError):
        await view(other, report_id)
    async with other.at():
        with pytest.raises(NotFoundError):
            await rounds.get_round(actor=other.people["officer"], round_id=round_id)
        with pytest.raises(NotFoundError):
            await rounds.list_obligations(actor=other.people["officer"], round_id=round_id)
