"""Runs on the real database: numbered once, printed once, killed and resumed, logged."""

from __future__ import annotations

import asyncio
import io
import zipfile

import pytest

from core.certificates import service
from core.documents.render.errors import RenderingError
from core.errors import ConflictError, InvalidInputError, NotFoundError, PermissionDeniedError
from core.kit import db
from core.kit.ids import new_id
from core.kit.scope import tenant_scope
from tests.integration.certificates.grants import (
    Printer,
    asked,
    codes_of,
    content_of,
    decided,
    finished,
    log_of,
    run_of,
    seen,
)
from tests.integration.reports.house import House, make_house
from tests.unit.documents.certificates import rows


@pytest.fixture(scope="module")
async def house(app_db: db.TenantEngine) -> House:
    return await make_house()


async def test_one_file_has_a_page_for_everybody_with_the_words_of_the_register(
    house: House,
) -> None:
    decision_id, _ = await decided(house, size=3)
    run = await finished(house, (await run_of(house, decision_id)).id)
    assert (run.state, run.done, run.total, run.warnings) == ("done", 3, 3, [])
    assert run.file_name == "Giấy khen 123-QĐ-SYT (3 bản).pdf"
    content = await content_of(house, run.id)
    texts = [row.text for row in rows(content, 1)]
    async with house.at():
        unit = await db.fetchval("SELECT name FROM unit WHERE parent_id IS NULL")
    for line in (
        f"Giám đốc {unit}".upper(), "TẶNG", "GIẤY KHEN", "Nguyễn Văn 2", "Bác sĩ, Khoa Nội",
        "Số quyết định: 123/QĐ-SYT, ngày 18 tháng 11 năm 2026", "Số sổ vàng: 02",
        "Tỉnh, ngày 18 tháng 11 năm 2026", "KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", "Trần Văn Bình",
    ):  # fmt: skip
        assert line in texts
    code = (await codes_of(house, decision_id))[1]
    assert texts[-1].replace("-", "") == code


async def test_many_files_come_as_an_archive_with_progress(house: House) -> None:
    decision_id, _ = await decided(house, size=120)
    printer = Printer()
    asked_for = await run_of(house, decision_id, output="many")
    run = await finished(house, asked_for.id, printer)
    assert (run.state, printer.calls) == ("done", 3)
    with zipfile.ZipFile(io.BytesIO(await content_of(house, run.id))) as archive:
        names = archive.namelist()
        assert (len(names), names[0], names[-1]) == (
            120, "001 Nguyễn Văn 1.pdf", "120 Nguyễn Văn 120.pdf"
        )  # fmt: skip
        assert "Nguyễn Văn 77" in [row.text for row in rows(archive.read(names[76]))]


async def test_a_run_that_is_killed_is_resumed_without_a_second_copy(house: House) -> None:
    decision_id, _ = await decided(house, size=120)
    run = await run_of(house, decision_id, output="many")
    with pytest.raises(asyncio.CancelledError):
        await finished(house, run.id, Printer(dies_at=3))
    halfway = await seen(house, run.id)
    assert (halfway.state, halfway.done) == ("rendering", 100)
    whole = await finished(house, run.id)
    assert (whole.state, whole.done) == ("done", 120)
    assert await log_of(house, decision_id) == [
        (f"Nguyễn Văn {number}", 1) for number in range(1, 121)
    ]
    async with house.at():
        files = await db.fetchval(
            "SELECT count(*) FROM stored_file WHERE name = $1", whole.file_name
        )
        assert files == 2  # this run and the one of the test above


async def test_a_job_that_comes_twice_changes_nothing(house: House) -> None:
    decision_id, _ = await decided(house)
    first = await finished(house, (await run_of(house, decision_id)).id)
    async with house.at():
        await db.execute("UPDATE outbox SET done_at = NULL WHERE arguments->>'run_id' = $1",
                         str(first.id))  # fmt: skip
    printer = Printer()
    again = await finished(house, first.id, printer)
    assert (again.file_id, printer.calls) == (first.file_id, 0)


async def test_another_copy_needs_a_reason_and_gets_the_next_number(house: House) -> None:
    decision_id, grants = await decided(house)
    await run_of(house, decision_id)
    with pytest.raises(InvalidInputError) as refused:
        await run_of(house, decision_id, grant_ids=[grants[1]])
    assert set(refused.value.fields) == {"reason"}
    await run_of(house, decision_id, grant_ids=[grants[1]], reason="Bản cũ bị nhòe.")
    assert await log_of(house, decision_id) == [
        ("Nguyễn Văn 1", 1), ("Nguyễn Văn 2", 1), ("Nguyễn Văn 2", 2)
    ]  # fmt: skip
    async with house.at():
        found = await service.list_prints(actor=house.people["auditor"], search="nguyen van 2")
    newest = found.rows[0]
    assert (newest.copy_number, newest.reason, newest.decision_number) == (
        2, "Bản cũ bị nhòe.", "123/QĐ-SYT"
    )  # fmt: skip
    assert len(set(await codes_of(house, decision_id))) == 2


async def test_two_who_ask_at_once_print_everybody_once(house: House) -> None:
    decision_id, _ = await decided(house, size=5)
    answers = await asyncio.gather(
        run_of(house, decision_id), run_of(house, decision_id, who="records_clerk"),
        return_exceptions=True,
    )  # fmt: skip
    refused = [each for each in answers if isinstance(each, InvalidInputError)]
    assert len(refused) == 1
    assert set(refused[0].fields) == {"grants"}
    assert len(await log_of(house, decision_id)) == 5


async def test_what_may_not_be_printed_is_refused_with_a_sentence(house: House) -> None:
    draft, _ = await decided(house, state="approved")
    with pytest.raises(ConflictError) as unnumbered:
        await run_of(house, draft)
    assert unnumbered.value.code == "not_numbered"
    decision_id, grants = await decided(house)
    other, _ = await decided(house)
    _, strange = await decided(house)
    for wrong in ({"grant_ids": [strange[0]]}, {"grant_ids": []}, {"output": "x"}):
        with pytest.raises(InvalidInputError):
            await run_of(house, decision_id, **wrong)
    async with house.at():
        await db.execute("UPDATE award_grant SET state = 'revoked' WHERE id = $1", grants[0])
    with pytest.raises(InvalidInputError):
        await run_of(house, decision_id, grant_ids=[grants[0]])
    assert (await run_of(house, decision_id)).total == 1
    assert await log_of(house, other) == []


async def test_only_officers_and_records_clerks_print_and_others_see_what_is_theirs(
    house: House,
) -> None:
    decision_id, _ = await decided(house)
    for who in ("auditor", "department_head", "tenant_admin"):
        with pytest.raises(PermissionDeniedError):
            await run_of(house, decision_id, who=who)
    run = await run_of(house, decision_id)
    assert (await seen(house, run.id, "auditor")).state == "queued"
    for who in ("clerk0", "council_member"):
        with pytest.raises(NotFoundError):
            await seen(house, run.id, who)
    async with house.at(who="clerk0"):
        with pytest.raises(PermissionDeniedError):
            await service.list_decisions(actor=house.people["clerk0"])


async def test_a_unit_that_awards_prints_its_own_and_nobody_elses(house: House) -> None:
    unit = house.units[1]
    await house.person("unit_officer", "officer", unit, house.path(unit))
    own, _ = await decided(house, unit_id=unit)
    others, _ = await decided(house)
    assert (await run_of(house, own, who="unit_officer")).total == 2
    with pytest.raises(NotFoundError):
        await run_of(house, others, who="unit_officer")
    async with house.at(who="unit_officer"):
        listed = await service.list_decisions(actor=house.people["unit_officer"])
    assert [(row.id, row.total, row.printed) for row in listed.rows] == [(own, 2, 2)]


async def test_a_run_that_failed_says_so_and_is_tried_again_without_new_copies(
    house: House,
) -> None:
    class Broken(Printer):
        async def print_certificates(self, job: object, *, one_file: bool) -> object:  # type: ignore[override]
            message = "hỏng"
            raise RenderingError(message)

    decision_id, _ = await decided(house)
    run = await run_of(house, decision_id)
    for _ in range(3):
        await finished(house, run.id, Broken())  # type: ignore[arg-type]
    assert (await seen(house, run.id)).state == "failed"
    async with house.at():
        await service.retry_run(actor=house.people["officer"], run_id=run.id)
    assert (await finished(house, run.id)).state == "done"
    with pytest.raises(ConflictError):
        async with house.at():
            await service.retry_run(actor=house.people["officer"], run_id=run.id)
    assert len(await log_of(house, decision_id)) == 2


async def test_long_names_are_named_before_and_after_printing(house: House) -> None:
    decision_id, _ = await decided(house, names=("Ặ" * 120,))
    async with house.at():
        view = await service.get_decision(actor=house.people["officer"], decision_id=decision_id)
    assert [bool(row.warnings) for row in view.rows] == [True, False]
    run = await finished(house, (await run_of(house, decision_id)).id)
    assert [(row.name, row.spot) for row in run.warnings] == [("Ặ" * 120, "Tên được khen")]


async def test_another_department_sees_nothing(house: House) -> None:
    decision_id, _ = await decided(house)
    run = await run_of(house, decision_id)
    other = await make_house()
    async with other.at():
        with pytest.raises(NotFoundError):
            await service.get_run(actor=other.people["officer"], run_id=run.id)
        with pytest.raises(NotFoundError):
            await asked(other, decision_id)
        assert (await service.list_prints(actor=other.people["officer"])).rows == []
        assert (await service.list_decisions(actor=other.people["officer"])).rows == []


async def test_the_log_is_only_ever_added_to(house: House) -> None:
    decision_id, _ = await decided(house)
    await run_of(house, decision_id)
    for sql in ("UPDATE certificate_print SET copy_number = 9", "DELETE FROM certificate_print"):
        with pytest.raises(Exception, match="permission denied"), tenant_scope(house.tenant_id):
            async with db.transaction():
                await db.execute(sql)


async def test_pages_of_a_decision_follow_one_another(house: House) -> None:
    decision_id, _ = await decided(house, size=service.PAGE + 3)
    async with house.at():
        first = await service.get_decision(actor=house.people["officer"], decision_id=decision_id)
        second = await service.get_decision(
            actor=house.people["officer"], decision_id=decision_id, after=first.after
        )
        with pytest.raises(NotFoundError):
            await service.get_decision(actor=house.people["officer"], decision_id=new_id())
    numbers = [row.gold_book_number for row in (*first.rows, *second.rows)]
    assert numbers == list(range(1, service.PAGE + 4))
    assert second.after is None
