"""From the first word to acceptance: saves, instants, returns, counters, two people at once."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import AsyncIterator
from uuid import UUID

import asyncpg
import pytest

from core.errors import ConflictError, InvalidInputError
from core.kit import db
from core.kit.ids import new_id
from core.reports import drafting, review, rounds
from core.reports.filing import content_hash
from core.reports.schemas import MyWork
from tests.integration.reports.house import (
    ASKED,
    FILLED,
    NOW,
    VN,
    House,
    accept,
    brought_to,
    fill,
    make_house,
    obligation_of,
    opened,
    report_of,
    return_parts,
    save,
    start_review,
    submit,
    view,
)

C1, C2 = "criterion:c1", "criterion:c2"


@pytest.fixture
async def house(app_db: db.TenantEngine) -> AsyncIterator[House]:
    return await make_house()


@pytest.fixture
async def report_id(house: House) -> UUID:
    return await report_of(house, house.units[0], await opened(house))


@pytest.mark.parametrize(
    ("instant", "timing", "late"),
    [
        ("2026-11-29T23:59:59+07:00", "on_time", None),
        ("2026-11-30T00:00:00+07:00", "late", 0),
        ("2026-11-30T00:00:01+07:00", "late", 1),
        ("2026-11-29T16:59:59+00:00", "on_time", None),
        ("2026-12-01T08:00:00+07:00", "late", 32 * 3600),
    ],
)
async def test_before_the_30th_means_the_29th_is_the_last_day(
    house: House, report_id: UUID, instant: str, timing: str, late: int | None
) -> None:
    await fill(house, report_id)
    receipt = await submit(house, report_id, now=instant)
    assert receipt.submitted_at == dt.datetime.fromisoformat(instant)
    assert (receipt.timing, receipt.late_seconds) == (timing, late)
    seen = await view(house, report_id)
    assert (seen.timing, seen.late_seconds) == (timing, late)


async def test_without_a_day_nothing_is_late(app_db: db.TenantEngine) -> None:
    house = await make_house(due=None)
    report_id = await report_of(house, house.units[0], await opened(house))
    await fill(house, report_id)
    receipt = await submit(house, report_id)
    assert (receipt.due_at, receipt.timing, receipt.late_seconds) == (None, "", None)


async def test_a_withdrawn_submission_does_not_save_the_day(house: House, report_id: UUID) -> None:
    await fill(house, report_id)
    await submit(house, report_id)
    async with house.at(who="head0"):
        await drafting.withdraw_report(actor=house.people["head0"], report_id=report_id)
    seen = await view(house, report_id)
    assert (seen.state, seen.timing, seen.submitted_at) == ("drafting", "", None)
    receipt = await submit(house, report_id, now="2026-12-01T00:00:00+07:00")
    assert (receipt.number, receipt.timing) == (2, "late")


async def test_the_version_is_immutable_hashed_and_complete(house: House, report_id: UUID) -> None:
    await fill(house, report_id)
    receipt = await submit(house, report_id)
    async with house.at(who="clerk0"):
        version = await drafting.get_version(
            actor=house.people["clerk0"], version_id=receipt.version_id
        )
        assert content_hash(version.content) == version.content_hash == receipt.content_hash
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            async with db.savepoint():
                await db.execute("UPDATE report_version SET content_hash = ''")
    part = version.content["parts"][0]
    assert part["text"] == "Tiêu chí số 1 của kế hoạch."
    assert part["self_assessment_label"] == "Đạt"
    figures = version.content["parts"][3]["indicators"]
    assert (figures[0]["value"], figures[0]["target"], figures[0]["unit"]) == ("92.5", "90", "%")
    assert receipt.receipt_code.startswith("BN-2026-")


async def test_the_version_holds_the_files_of_its_time(house: House, report_id: UUID) -> None:
    await fill(house, report_id)
    kept, removed = new_id(), new_id()
    async with house.at(who="clerk0"):
        for file_id, name in ((kept, "giữ.pdf"), (removed, "bỏ.pdf")):
            await db.execute(
                "INSERT INTO stored_file (id, name, media_type, size, sha256, storage_key,"
                " purpose, unit_id, uploaded_at)"
                " VALUES ($1, $2, 'application/pdf', 3, $3, 'k', 'evidence', $4, now())",
                file_id, name, file_id.hex, house.units[0],
            )  # fmt: skip
            await db.execute(
                "INSERT INTO evidence (id, part_id, file_id, removed_at) SELECT $1, id, $2, $5"
                " FROM report_part WHERE report_id = $3 AND key = $4",
                new_id(), file_id, report_id, C1, None if file_id == kept else dt.datetime.now(VN),
            )  # fmt: skip
    receipt = await submit(house, report_id)
    async with house.at(who="clerk0"):
        version = await drafting.get_version(
            actor=house.people["clerk0"], version_id=receipt.version_id
        )
    (file,) = version.content["parts"][0]["evidence"]
    assert (file["name"], file["sha256"]) == ("giữ.pdf", kept.hex)


async def test_nothing_incomplete_is_sent(house: House, report_id: UUID) -> None:
    await save(house, report_id, C1, 0, narrative="Có chữ, chưa tự đánh giá.")
    async with house.at(who="clerk0"):
        lacks = await drafting.check_report(actor=house.people["clerk0"], report_id=report_id)
    assert [(lack.part_key, lack.field) for lack in lacks] == [
        (C1, "self_assessment"), (C2, "narrative"), (C2, "self_assessment"),
        ("indicators", "figures.rate"), ("initiatives", "items"),
        ("difficulties_proposals", "difficulties"),
    ]  # fmt: skip
    for verb, who in ((drafting.request_sign_off, "clerk0"), (drafting.submit_report, "head0")):
        async with house.at(who=who):
            with pytest.raises(InvalidInputError) as caught:
                await verb(actor=house.people[who], report_id=report_id)
        assert (caught.value.code, len(caught.value.fields)) == ("incomplete", 6)


async def test_filed_on_behalf_is_recorded(house: House, report_id: UUID) -> None:
    await fill(house, report_id, "officer")
    receipt = await submit(house, report_id, "officer")
    assert receipt.on_behalf
    assert (await view(house, report_id)).on_behalf_by == house.people["officer"].account_id


async def test_a_part_goes_back_and_the_rest_stays_accepted(house: House, report_id: UUID) -> None:
    await brought_to(house, report_id, "in_review")
    rest = [key for key in ASKED if key != C2]
    assert await accept(house, report_id, *rest) == "in_review"
    day = dt.datetime(2026, 12, 3, tzinfo=VN)
    with pytest.raises(ConflictError) as caught:
        await return_parts(house, report_id, C1)
    assert caught.value.code == "part_accepted"
    await return_parts(house, report_id, C2, due=day)
    seen = await view(house, report_id, "clerk0")
    assert [part.key for part in seen.parts if part.is_editable] == [C2]
    assert (seen.parts_done, seen.parts_returned, seen.returned_due_at) == (4, 1, day)
    assert (seen.parts[1].return_reason, seen.parts[1].return_due_at) == ("Thiếu số liệu.", day)
    with pytest.raises(ConflictError) as caught:
        await save(house, report_id, C1, 1, **FILLED[C1])
    assert caught.value.code == "part_locked"
    with pytest.raises(InvalidInputError) as refused:
        await submit(house, report_id)
    assert list(refused.value.fields) == [f"{C2}.narrative"], "what came back must be mended"
    await save(house, report_id, C2, 1, narrative="Đã làm xong việc thứ ba.",
               self_assessment="vuot")  # fmt: skip
    receipt = await submit(house, report_id)
    assert (receipt.number, receipt.due_at) == (2, day)
    async with house.at():
        changed = [
            part for part in await review.difference(
                actor=house.people["officer"], report_id=report_id)
            if part.is_changed
        ]  # fmt: skip
    assert [part.key for part in changed] == [C2]
    assert [(span.op, span.text) for span in changed[0].fields[0].spans] == [
        ("same", "Đã làm xong việc thứ "), ("del", "hai. "), ("ins", "ba. "),
    ]  # fmt: skip
    await start_review(house, report_id)
    assert await accept(house, report_id, C2) == "accepted"
    seen = await view(house, report_id)
    assert {part.review for part in seen.parts if part.is_asked} == {"accepted"}
    assert (seen.timing, seen.parts_done) == ("on_time", 5)


async def test_withdrawing_a_resubmission_returns_to_the_returned_parts(
    house: House, report_id: UUID
) -> None:
    await brought_to(house, report_id, "returned")
    await save(house, report_id, C1, 1, narrative="Bổ sung.", self_assessment="dat")
    await submit(house, report_id, now="2026-12-04T00:00:00+07:00")
    async with house.at(who="head0"):
        await drafting.withdraw_report(actor=house.people["head0"], report_id=report_id)
    seen = await view(house, report_id)
    assert (seen.state, seen.parts_returned, seen.timing) == ("returned", 1, "on_time")
    async with house.at(who="clerk0"):
        await drafting.request_sign_off(actor=house.people["clerk0"], report_id=report_id)
    async with house.at(who="head0"):
        await drafting.give_back(actor=house.people["head0"], report_id=report_id, note="Sửa.")
    assert (await view(house, report_id)).state == "returned"


@pytest.mark.parametrize(
    "parts",
    [
        {C1: ("  ", dt.datetime(2026, 12, 5, tzinfo=VN))},
        {C1: ("Lý do", dt.datetime(2026, 11, 1, tzinfo=VN))},
        {C1: ("Lý do", dt.datetime(2026, 12, 5))},  # noqa: DTZ001 -- the refusal of it
        {"criterion:c3": ("Lý do", dt.datetime(2026, 12, 5, tzinfo=VN))},
        {},
    ],
)
async def test_a_return_needs_a_reason_and_a_new_day(
    house: House, report_id: UUID, parts: dict[str, tuple[str, dt.datetime]]
) -> None:
    await brought_to(house, report_id, "in_review")
    async with house.at():
        with pytest.raises(InvalidInputError):
            await review.return_parts(
                actor=house.people["officer"], report_id=report_id, parts=parts
            )


async def test_a_part_that_is_not_asked_takes_nothing(house: House, report_id: UUID) -> None:
    with pytest.raises(ConflictError) as caught:
        await save(house, report_id, "criterion:c3", 0, narrative="x")
    assert caught.value.code == "part_not_asked"


async def test_my_work_of_clerk_head_and_officer(
    house: House, report_id: UUID, app_db: db.TenantEngine
) -> None:
    async def work(who: str, now: str = NOW) -> MyWork:
        async with house.at(now, who):
            before = app_db.queries
            found = await drafting.list_my_work(actor=house.people[who])
            assert app_db.queries - before == 1
        return found

    (item,) = (await work("clerk0")).due
    assert (item.report_id, item.days_left, item.verb) == (report_id, 9, "Bắt đầu")
    (item,) = (await work("clerk0", "2026-11-30T00:00:00+07:00")).overdue
    assert (item.days_left, item.is_overdue) == (-1, True)
    await brought_to(house, report_id, "awaiting_sign_off")
    assert [item.verb for item in (await work("head0")).sign_offs] == ["Duyệt và nộp"]
    assert len((await work("clerk0")).waiting) == 1
    await submit(house, report_id)
    found = await work("officer")
    assert ([item.report_id for item in found.to_review], found.to_review_total) == (
        [report_id], 1,
    )  # fmt: skip
    await start_review(house, report_id)
    await return_parts(house, report_id, C1)
    (item,) = (await work("clerk0")).returned
    assert (item.days_left, item.verb) == (14, "Bổ sung")
    assert (await work("auditor")).to_review == ()


async def test_query_counts(house: House, report_id: UUID, app_db: db.TenantEngine) -> None:
    await fill(house, report_id)
    counts = {}
    async with house.at(who="clerk0"):
        before = app_db.queries
        await drafting.get_report(actor=house.people["clerk0"], report_id=report_id)
        counts["get_report"] = app_db.queries - before
        before = app_db.queries
        await drafting.save_part(
            actor=house.people["clerk0"], report_id=report_id, part_key=C1, version=1,
            fields=FILLED[C1],
        )  # fmt: skip
        counts["save_part"] = app_db.queries - before
    async with house.at(who="head0"):
        before = app_db.queries
        await drafting.submit_report(actor=house.people["head0"], report_id=report_id)
        counts["submit"] = app_db.queries - before
    assert counts == {"get_report": 4, "save_part": 3, "submit": 5}


async def test_inner_parts_are_taken_over_under_their_units_name(
    app_db: db.TenantEngine,
) -> None:
    house = await make_house(two_levels=True)
    round_id = await opened(house, now="2026-11-10T08:00:00+07:00")
    inner_id = await report_of(house, house.subunits[0], round_id)
    own_id = await report_of(house, house.units[0], round_id)
    await fill(house, inner_id, "subclerk0")
    await submit(house, inner_id, "subhead0")
    async with house.at(who="inner_officer"):
        officer = house.people["inner_officer"]
        await review.start_review(actor=officer, report_id=inner_id)
        await review.accept_parts(actor=officer, report_id=inner_id, part_keys=[C1])
    assert (await view(house, inner_id, "inner_officer")).timing == "late", "the inner day is 15/11"
    await save(house, own_id, C1, 0, narrative="Phần của Trung tâm.", self_assessment="dat")
    async with house.at(who="clerk0"):
        clerk = house.people["clerk0"]
        (inner,) = await drafting.inner_reports(actor=clerk, report_id=own_id)
        assert [(part.key, part.is_taken) for part in inner.parts] == [(C1, False)]
        saved = await drafting.take_over_part(
            actor=clerk, report_id=own_id, part_key=C1, inner_report_id=inner_id
        )
        with pytest.raises(ConflictError) as caught:
            await drafting.take_over_part(
                actor=clerk, report_id=own_id, part_key=C1, inner_report_id=inner_id
            )
    assert caught.value.code == "already_taken"
    await save(house, own_id, C1, saved.version, narrative="Viết lại.", self_assessment="dat")
    fields = (await view(house, own_id)).parts[0].fields
    assert [source["unit_name"] for source in fields["sources"]] == ["Khoa 0"]
    async with house.at():
        written = await db.fetch(
            "SELECT changes FROM audit_event WHERE row_id ="
            " (SELECT id FROM report_part WHERE report_id = $1 AND key = $2)",
            own_id, C1,
        )  # fmt: skip
    assert len(written) == 5, "made, saved, taken over (text, source), written anew"


async def _act(house: House, number: int, report_id: UUID, now: str, chance: random.Random) -> None:
    """Try one of eight actions, drawn by chance, at a unit's report; the flow may refuse it."""
    people, head = house.people, house.people[f"head{number}"]
    officer, day = people["officer"], dt.datetime(2026, 12, 9, tzinfo=VN)
    action = chance.randrange(8)
    if action == 0:
        await fill(house, report_id, f"clerk{number}", now)
        return
    obligation_id = await obligation_of(house, report_id)
    async with house.at(now):
        match action:
            case 1:
                await drafting.submit_report(actor=head, report_id=report_id)
            case 2:
                await drafting.withdraw_report(actor=head, report_id=report_id)
            case 3:
                await review.start_review(actor=officer, report_id=report_id)
            case 4:
                returned = {chance.choice(ASKED): ("Lý do", day)}
                await review.return_parts(actor=officer, report_id=report_id, parts=returned)
            case 5:
                await rounds.excuse(actor=officer, obligation_id=obligation_id, reason="x")
            case 6:
                await rounds.unexcuse(actor=officer, obligation_id=obligation_id)
            case 7:
                await drafting.request_sign_off(actor=head, report_id=report_id)


async def _counters_are_a_scan(house: House, round_id: UUID) -> None:
    async with house.at():
        kept = await db.fetch(
            "SELECT state, timing, total FROM round_counter"
            " WHERE round_id = $1 AND total <> 0 ORDER BY 1, 2", round_id
        )  # fmt: skip
        scanned = await db.fetch(
            "SELECT state, timing, count(*)::int AS total FROM report WHERE round_id = $1"
            " GROUP BY 1, 2 ORDER BY 1, 2", round_id
        )  # fmt: skip
        wrong = await db.fetch(
            "SELECT r.id FROM report AS r CROSS JOIN LATERAL (SELECT"
            "  count(*) FILTER (WHERE is_done AND is_asked) AS done,"
            "  count(*) FILTER (WHERE is_asked) AS asked,"
            "  count(*) FILTER (WHERE review = 'returned') AS back"
            " FROM report_part WHERE report_id = r.id) AS p WHERE r.round_id = $1"
            " AND (r.parts_done, r.parts_total, r.parts_returned) <> (p.done, p.asked, p.back)",
            round_id,
        )  # fmt: skip
    assert kept == scanned
    assert wrong == []


async def test_the_counters_equal_a_scan_after_any_sequence(app_db: db.TenantEngine) -> None:
    house = await make_house(units=3)
    chance = random.Random(20261123)
    round_id = await opened(house)
    reports = [await report_of(house, unit_id, round_id) for unit_id in house.units]
    done = 0
    for _ in range(120):
        number = chance.randrange(3)
        now = chance.choice([NOW, "2026-12-02T08:00:00+07:00"])
        try:
            await _act(house, number, reports[number], now, chance)
            done += 1
        except (ConflictError, InvalidInputError):
            pass
        await _counters_are_a_scan(house, round_id)
    assert done > 30, "the sequence must have moved"


async def test_a_withdrawn_resubmission_is_neither_compared_nor_hides_a_change(
    house: House, report_id: UUID
) -> None:
    await brought_to(house, report_id, "returned")
    part = next(p for p in (await view(house, report_id)).parts if p.key == C1)
    for text in ("Bản đã thu hồi.", "Bản cuối cùng."):
        await save(house, report_id, C1, part.version, narrative=text, self_assessment="dat")
        await submit(house, report_id)
        if text == "Bản đã thu hồi.":
            async with house.at(who="head0"):
                await drafting.withdraw_report(actor=house.people["head0"], report_id=report_id)
                assert await review.difference(
                    actor=house.people["head0"], report_id=report_id
                ) == []  # fmt: skip
            part = next(p for p in (await view(house, report_id)).parts if p.key == C1)
    async with house.at():
        changes = await review.difference(actor=house.people["officer"], report_id=report_id)
    told = next(change for change in changes if change.key == C1).fields[0]
    assert (told.old, told.new) == (FILLED[C1]["narrative"], "Bản cuối cùng.")
