"""Letters to the higher level: the package, and what came of each candidate."""

from __future__ import annotations

import io
import zipfile
from datetime import date

import pytest
from python_calamine import CalamineWorkbook

from core.decisions import forwarding, issuing, jobs, package, reading
from core.decisions.schemas import DecisionView, Kind, State
from core.errors import ConflictError, InvalidInputError
from core.jobs.schemas import Job
from core.kit import db
from core.kit.ids import new_id
from core.kit.scope import tenant_scope
from tests.integration.decisions.house import (
    NOW,
    Awards,
    Renderer,
    make_awards,
    scanned,
)


async def sent() -> tuple[Awards, DecisionView]:
    """Send a letter for one collective and one person."""
    awards = await make_awards(action="propose", people=1)
    found = await scanned(awards)
    clerk = awards.house.people["records_clerk"]
    async with awards.house.at(NOW, "records_clerk"):
        return awards, await issuing.issue(found.id, actor=clerk)


async def states(awards: Awards) -> dict[str, str]:
    async with awards.house.at(NOW):
        rows = await db.fetch("SELECT subject_name, state FROM nomination")
    return {row["subject_name"]: row["state"] for row in rows}


async def test_a_letter_has_its_own_register_and_forwards(app_db: db.TenantEngine) -> None:
    awards, found = await sent()
    assert (found.kind, found.state, found.number_text) == (Kind.FORWARD, State.ISSUED, "01/TTr")
    assert found.body.addressee == "UBND tỉnh"
    assert (found.form, found.form_basis) == (1, "NĐ 152/2025/NĐ-CP, phụ lục mẫu văn bản")
    assert await states(awards) == {"Khoa số 0": "forwarded", "Nguyễn Văn 0": "forwarded"}
    async with awards.house.at(NOW):
        assert await db.fetchval("SELECT count(*) FROM award_grant") == 0


async def test_what_came_back_is_written_down_for_each(app_db: db.TenantEngine) -> None:
    awards, found = await sent()
    officer = awards.house.people["officer"]
    yes = {"awarded": True, "number": "88/QĐ-UBND", "decided_on": date(2026, 12, 20),
           "issuer": "Chủ tịch UBND tỉnh", "note": "", "actor": officer}  # fmt: skip
    no = {"awarded": False, "number": "", "decided_on": None, "issuer": "",
          "note": "Vượt tỷ lệ.", "actor": officer}  # fmt: skip
    async with awards.house.at(NOW):
        await forwarding.record_outcome(found.id, found.entries[0].id, **yes)
        after = await forwarding.record_outcome(found.id, found.entries[1].id, **no)
        row = await db.fetchrow("SELECT * FROM award_grant")
    assert await states(awards) == {"Khoa số 0": "decided", "Nguyễn Văn 0": "not_awarded"}
    assert (row["source"], row["decision_number"], row["issuer"], row["decided_on"]) == (
        "higher", "88/QĐ-UBND", "Chủ tịch UBND tỉnh", date(2026, 12, 20),
    )  # fmt: skip
    assert (row["prize_amount"], row["gold_book_number"]) == (7_590_000, None)
    assert after.entries[1].outcome_note == "Vượt tỷ lệ."
    with pytest.raises(ConflictError) as refused:
        async with awards.house.at(NOW):
            await forwarding.record_outcome(found.id, found.entries[0].id, **yes)
    assert refused.value.code == "not_forwarded"


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"awarded": None}, "outcome"),
        ({"number": ""}, "number"),
        ({"decided_on": None}, "decided_on"),
        ({"decided_on": date(2027, 1, 1)}, "decided_on"),
        ({"awarded": False, "note": " "}, "note"),
    ],
)
async def test_a_lacking_outcome_is_refused_at_its_field(
    app_db: db.TenantEngine, given: dict[str, object], field: str
) -> None:
    awards, found = await sent()
    whole = {"awarded": True, "number": "88", "decided_on": date(2026, 12, 20), "issuer": "",
             "note": "", "actor": awards.house.people["officer"], **given}  # fmt: skip
    with pytest.raises(InvalidInputError) as refused:
        async with awards.house.at(NOW):
            await forwarding.record_outcome(found.id, found.entries[0].id, **whole)
    assert list(refused.value.fields) == [field]


async def test_the_package_holds_word_and_pdf_for_each_and_one_list(
    app_db: db.TenantEngine,
) -> None:
    awards, found = await sent()
    house, clerk = awards.house, awards.house.people["records_clerk"]
    async with house.at(NOW, "records_clerk"):
        await db.execute(
            "INSERT INTO nomination_part (id, nomination_id, key, body, saved_at)"
            " VALUES ($1, $2, 'achievements', $3, official_now())",
            new_id(), found.entries[1].nomination_id, {"narrative": "Triển khai bệnh án điện tử."},
        )  # fmt: skip
        await forwarding.ask_package(found.id, actor=clerk)
        asked = await forwarding.ask_package(found.id, actor=clerk)
        jobs_asked = await db.fetch("SELECT id FROM outbox WHERE job = 'decisions.package'")
    assert len(jobs_asked) == 1
    assert asked.package
    assert asked.package["state"] == "queued"
    arguments = {"package_id": str(asked.package["id"])}
    with tenant_scope(house.tenant_id, now=NOW):
        for _ in range(2):  # a job may run twice and must then change nothing
            job = Job(jobs_asked[0]["id"], house.tenant_id, None, "decisions.package", arguments, 1)
            await jobs.make(job, Renderer())
    async with house.at(NOW, "records_clerk"):
        done = await reading.get_decision(found.id, actor=clerk)
        content = await forwarding.package_file(found.id, actor=clerk)
        files = await db.fetchval("SELECT count(*) FROM stored_file WHERE name LIKE 'goi-ho-so%'")
    assert done.package
    assert (done.package["state"], files) == ("done", 1)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = archive.namelist()
        assert archive.read("002-nguyen-van-0.pdf").startswith(b"%PDF")
        sheet = CalamineWorkbook.from_filelike(io.BytesIO(archive.read("danh-sach.xlsx")))
    assert names == [
        "001-khoa-so-0.docx", "001-khoa-so-0.pdf", "002-nguyen-van-0.docx",
        "002-nguyen-van-0.pdf", "danh-sach.xlsx",
    ]  # fmt: skip
    table = sheet.get_sheet_by_index(0).to_python()
    assert "chưa được cơ quan tiếp nhận xác nhận" in table[1][0]
    assert [row[1] for row in table[4:]] == ["Khoa số 0", "Nguyễn Văn 0"]


@pytest.mark.parametrize(
    ("position", "name", "expected"),
    [
        (1, "Nguyễn Thị Đông", "001-nguyen-thi-dong.docx"),
        (12, "Khoa Cấp cứu – Hồi sức (ICU)", "012-khoa-cap-cuu-hoi-suc-icu.docx"),
        (3, "Ư" * 120, "003-" + "u" * 41 + ".docx"),
        (4, "../../đi", "004-di.docx"),
    ],
)
def test_names_of_files_are_plain_and_short(position: int, name: str, expected: str) -> None:
    made = package.file_name(position, name, "docx")
    assert made == expected
    assert len(made) <= 50
