"""Consolidations on the real database: provisional, final, edited, approved, numbered, signed."""

from __future__ import annotations

import asyncio
import hashlib
from datetime import date
from uuid import UUID

import pytest

from core.errors import ConflictError, InvalidInputError, NotFoundError, PermissionDeniedError
from core.kit import db
from core.kit.ids import new_id
from core.kit.scope import tenant_scope
from core.reports import drafting, rounds
from core.statistics import service
from core.statistics.schemas import ConsolidationView
from tests.integration.reports.house import (
    House,
    brought_to,
    fill,
    make_house,
    opened,
    report_of,
    submit,
)

LATER = "2026-12-20T09:00:00+07:00"


async def consolidated(house: House, round_id: UUID, **more: UUID) -> ConsolidationView:
    async with house.at():
        return await service.consolidate_round(round_id, actor=house.people["officer"], **more)


async def closed(house: House, round_id: UUID) -> None:
    async with house.at():
        await rounds.close_round(actor=house.people["officer"], round_id=round_id)


async def finished(house: House) -> tuple[UUID, ConsolidationView]:
    """Return a closed round with its final draft."""
    round_id = await opened(house)
    await brought_to(house, await report_of(house, house.units[0], round_id), "accepted")
    await closed(house, round_id)
    return round_id, await consolidated(house, round_id)


async def approved(house: House, found: ConsolidationView) -> ConsolidationView:
    async with house.at(who="department_head"):
        return await service.approve_consolidation(
            found.id, found.version, actor=house.people["department_head"]
        )


async def issued(house: House, found: ConsolidationView) -> ConsolidationView:
    async with house.at(LATER, "records_clerk"):
        return await service.issue_consolidation(
            found.id, found.version, date(2026, 12, 18), actor=house.people["records_clerk"]
        )


async def test_provisional_while_open_final_when_closed(app_db: db.TenantEngine) -> None:
    house = await make_house()
    round_id = await opened(house)
    report_id = await report_of(house, house.units[0], round_id)
    empty = await consolidated(house, round_id)
    assert (empty.is_provisional, empty.figures.reported, len(empty.figures.missing)) == (
        True, 0, 2,
    )  # fmt: skip
    await brought_to(house, report_id, "accepted")
    again = await consolidated(house, round_id)
    assert again.id == empty.id
    assert again.version > empty.version
    assert (again.figures.reported, again.figures.accepted) == (1, 1)
    await closed(house, round_id)
    final = await consolidated(house, round_id)
    assert not final.is_provisional
    assert [unit.unit_id for unit in final.figures.missing] == [house.units[1]]
    assert final.figures.indicators[0].figures[0].value == "92.5"


async def test_the_latest_submitted_version_counts_not_the_draft(app_db: db.TenantEngine) -> None:
    house = await make_house()
    round_id = await opened(house)
    report_id = await report_of(house, house.units[0], round_id)
    await brought_to(house, report_id, "returned")
    async with house.at(who="clerk0"):
        await db.execute(
            'UPDATE report_part SET fields = fields || \'{"narrative": "bản nháp"}\''
            " WHERE report_id = $1 AND key = 'criterion:c1'",
            report_id,
        )
    found = await consolidated(house, round_id)
    assert "Đã làm tốt việc thứ nhất." in found.text("criterion:c1")
    assert "bản nháp" not in found.text("criterion:c1")
    (source,) = found.figures.sources
    async with house.at():
        digest = await db.fetchval(
            "SELECT content_hash FROM report_version WHERE report_id = $1", report_id
        )
    assert source.content_hash == digest


async def test_late_reports_are_counted_as_late(app_db: db.TenantEngine) -> None:
    house = await make_house()
    round_id = await opened(house)
    for number, now in enumerate(("2026-11-29T23:59:59+07:00", "2026-11-30T00:00:00+07:00")):
        report_id = await report_of(house, house.units[number], round_id)
        await fill(house, report_id, f"clerk{number}", now)
        await submit(house, report_id, f"head{number}", now)
    figures = (await consolidated(house, round_id)).figures
    assert (figures.on_time, figures.late, figures.on_time_rate) == (1, 1, 50)


async def test_a_stale_edit_shows_both_texts(app_db: db.TenantEngine) -> None:
    house = await make_house()
    _, found = await finished(house)
    officer = house.people["officer"]
    async with house.at():
        first = await service.edit_consolidation(
            found.id, found.version, {"conclusion": "Bản  một"}, actor=officer
        )
    assert first.text("conclusion") == "Bản  một"
    async with house.at():
        with pytest.raises(ConflictError) as caught:
            await service.edit_consolidation(
                found.id, found.version, {"conclusion": "Bản hai"}, actor=officer
            )
    assert caught.value.code == "stale_consolidation"
    assert caught.value.extra["current"] == {"conclusion": "Bản  một"}
    assert caught.value.extra["yours"] == {"conclusion": "Bản hai"}


async def test_a_new_count_keeps_what_was_edited(app_db: db.TenantEngine) -> None:
    house = await make_house()
    round_id, found = await finished(house)
    async with house.at():
        await service.edit_consolidation(
            found.id, found.version, {"conclusion": "Giữ lại"}, actor=house.people["officer"]
        )
    assert (await consolidated(house, round_id)).text("conclusion") == "Giữ lại"


@pytest.mark.parametrize("texts", [{"khong-co": "x"}, {"conclusion": "x" * 500_001}])
async def test_bad_texts_are_refused(app_db: db.TenantEngine, texts: dict[str, str]) -> None:
    house = await make_house()
    _, found = await finished(house)
    async with house.at():
        with pytest.raises(InvalidInputError) as caught:
            await service.edit_consolidation(
                found.id, found.version, texts, actor=house.people["officer"]
            )
    assert set(caught.value.fields) == set(texts)


async def test_a_provisional_one_is_not_approved(app_db: db.TenantEngine) -> None:
    house = await make_house()
    found = await consolidated(house, await opened(house))
    assert "approve" not in found.actions
    with pytest.raises(ConflictError) as caught:
        await approved(house, found)
    assert caught.value.code == "provisional"


async def test_approved_numbered_dated_signed(app_db: db.TenantEngine) -> None:
    house = await make_house()
    _, found = await finished(house)
    made = await issued(house, await approved(house, found))
    assert (made.state, made.number, made.number_year, made.document_date) == (
        "issued", 1, 2026, date(2026, 12, 18),
    )  # fmt: skip
    file_id = await _scan(house, "application/pdf")
    async with house.at(LATER):
        with pytest.raises(PermissionDeniedError):
            await service.attach_signed(made.id, file_id, actor=house.people["officer"])
    async with house.at(LATER, "records_clerk"):
        signed = await service.attach_signed(made.id, file_id, actor=house.people["records_clerk"])
    assert signed.signed_file_id == file_id


async def test_only_a_pdf_of_the_receiver_is_a_signed_scan(app_db: db.TenantEngine) -> None:
    house = await make_house()
    _, found = await finished(house)
    made = await issued(house, await approved(house, found))
    picture = await _scan(house, "image/png")
    for file_id in (picture, new_id()):
        async with house.at(LATER, "records_clerk"):
            with pytest.raises(InvalidInputError):
                await service.attach_signed(made.id, file_id, actor=house.people["records_clerk"])


async def _scan(house: House, media_type: str) -> UUID:
    file_id = new_id()
    async with house.at():
        await db.execute(
            "INSERT INTO stored_file (id, name, media_type, size, sha256, storage_key, purpose,"
            " unit_id, uploaded_at) VALUES ($1, 'ban-ky', $2, 1, $3, 'k', 'signed_scan', $4,"
            " official_now())",
            file_id,
            media_type,
            hashlib.sha256(b"x").hexdigest(),
            house.tenant_id,
        )
    return file_id


async def test_numbers_have_no_gap_and_no_repeat_when_many_are_issued_at_once(
    app_db: db.TenantEngine,
) -> None:
    house = await make_house(units=1)
    drafts = []
    for _ in range(4):
        _, found = await finished(house)
        drafts.append(await approved(house, found))

    async def one(found: ConsolidationView, fails: bool) -> int | None:
        try:
            async with house.at(LATER, "records_clerk"):
                made = await service.issue_consolidation(
                    found.id, found.version, date(2026, 12, 18),
                    actor=house.people["records_clerk"],
                )  # fmt: skip
                if fails:
                    raise RuntimeError("after the number was taken")
                return made.number
        except RuntimeError:
            return None

    numbers = await asyncio.gather(
        *(one(found, fails=position == 1) for position, found in enumerate(drafts))
    )
    assert sorted(number for number in numbers if number) == [1, 2, 3]


@pytest.mark.parametrize(
    ("day", "field"), [(date(2026, 12, 21), "document_date"), (date(2026, 11, 1), "document_date")]
)
async def test_dates_ahead_and_before_the_approval_are_refused(
    app_db: db.TenantEngine, day: date, field: str
) -> None:
    house = await make_house()
    _, found = await finished(house)
    ready = await approved(house, found)
    async with house.at(LATER, "records_clerk"):
        with pytest.raises(InvalidInputError) as caught:
            await service.issue_consolidation(
                ready.id, ready.version, day, actor=house.people["records_clerk"]
            )
    assert field in caught.value.fields


async def test_the_order_of_states_is_kept(app_db: db.TenantEngine) -> None:
    house = await make_house()
    _, found = await finished(house)
    with pytest.raises(ConflictError) as early:
        await issued(house, found)
    ready = await approved(house, found)
    with pytest.raises(ConflictError) as twice:
        await approved(house, ready)
    async with house.at():
        with pytest.raises(ConflictError) as edited:
            await service.edit_consolidation(
                ready.id, ready.version, {"conclusion": "x"}, actor=house.people["officer"]
            )
    assert {early.value.code, twice.value.code, edited.value.code} == {"wrong_state"}
    with pytest.raises(ConflictError) as stale:
        await issued(house, found_with(ready, version=1))
    assert stale.value.code == "stale_consolidation"


def found_with(view: ConsolidationView, version: int) -> ConsolidationView:
    import msgspec

    return msgspec.structs.replace(view, version=version)


@pytest.mark.parametrize("who", ["department_head", "records_clerk", "auditor"])
async def test_readers_do_not_consolidate(app_db: db.TenantEngine, who: str) -> None:
    house = await make_house()
    round_id = await opened(house)
    found = await consolidated(house, round_id)
    async with house.at(who=who):
        assert await service.get_consolidation(found.id, actor=house.people[who])
        with pytest.raises(PermissionDeniedError):
            await service.consolidate_round(round_id, actor=house.people[who])
        with pytest.raises(PermissionDeniedError):
            await service.edit_consolidation(found.id, 1, {}, actor=house.people[who])


@pytest.mark.parametrize("who", ["clerk0", "head0", "council_member", "tenant_admin"])
async def test_for_others_the_departments_consolidation_does_not_exist(
    app_db: db.TenantEngine, who: str
) -> None:
    house = await make_house()
    round_id = await opened(house)
    found = await consolidated(house, round_id)
    async with house.at(who=who):
        for call in (
            service.get_consolidation(found.id, actor=house.people[who]),
            service.approve_consolidation(found.id, 1, actor=house.people[who]),
            service.list_consolidations(round_id, actor=house.people[who]),
        ):
            with pytest.raises(NotFoundError):
                await call


async def test_another_department_sees_nothing(app_db: db.TenantEngine) -> None:
    house, other = await make_house(), await make_house()
    round_id = await opened(house)
    found = await consolidated(house, round_id)
    async with other.at():
        with pytest.raises(NotFoundError):
            await service.get_consolidation(found.id, actor=other.people["officer"])
        with pytest.raises(NotFoundError):
            await service.consolidate_round(round_id, actor=other.people["officer"])


async def test_a_unit_consolidates_its_inner_reports(app_db: db.TenantEngine) -> None:
    house = await make_house(two_levels=True)
    with tenant_scope(house.tenant_id):
        async with db.transaction():
            await db.execute(
                "UPDATE unit SET name = 'Trung tâm Kiểm soát bệnh tật tỉnh' WHERE id = $1",
                house.units[0],
            )
    round_id = await opened(house)
    report_id = await report_of(house, house.subunits[0], round_id)
    await fill(house, report_id, "subclerk0")
    await submit(house, report_id, "subhead0")
    inner = house.people["inner_officer"]
    async with house.at(who="inner_officer"):
        found = await service.consolidate_round(
            round_id, actor=inner, receiver_unit_id=house.units[0]
        )
        assert [row.id for row in await service.list_consolidations(round_id, actor=inner)] == [
            found.id
        ]
    assert (found.figures.obliged, found.figures.reported) == (2, 1)
    async with house.at(who="inner_officer"):
        with pytest.raises(PermissionDeniedError):
            await service.consolidate_round(round_id, actor=inner)
    async with house.at(who="head0"):
        assert await service.get_consolidation(found.id, actor=house.people["head0"])


async def test_where_nothing_is_owed_there_is_nothing_to_consolidate(
    app_db: db.TenantEngine,
) -> None:
    house = await make_house()
    round_id = await opened(house)
    async with house.at():
        with pytest.raises(ConflictError) as caught:
            await service.consolidate_round(
                round_id, actor=house.people["officer"], receiver_unit_id=house.units[0]
            )
    assert caught.value.code == "nothing_owed"


async def test_counting_costs_the_same_queries_for_any_number_of_units(
    app_db: db.TenantEngine,
) -> None:
    async def cost(units: int) -> int:
        house = await make_house(units=units)
        round_id = await opened(house)
        before = app_db.queries
        await consolidated(house, round_id)
        return app_db.queries - before

    assert await cost(1) == await cost(7)


async def test_a_withdrawn_resubmission_is_not_counted(app_db: db.TenantEngine) -> None:
    house = await make_house()
    round_id = await opened(house)
    report_id = await report_of(house, house.units[0], round_id)
    await brought_to(house, report_id, "returned")
    await fill(house, report_id)
    await submit(house, report_id)
    async with house.at(who="head0"):
        await drafting.withdraw_report(actor=house.people["head0"], report_id=report_id)
    (source,) = (await consolidated(house, round_id)).figures.sources
    assert source.number == 1
    await submit(house, report_id)
    (source,) = (await consolidated(house, round_id)).figures.sources
    assert source.number == 3
