"""Ratings: one by one and from Excel, all or nothing; what contradicts is only reported."""

from __future__ import annotations

import io

import pytest
import xlsxwriter

from core.accounts.schemas import Actor
from core.eligibility import changes, phrases, rating_import, ratings, rechecking
from core.errors import ConflictError, InvalidInputError, NotFoundError, PermissionDeniedError
from core.evidence.phrases import CSV_NOT_UTF8
from core.jobs.schemas import Job
from core.kit import db
from tests.integration.eligibility.awards import Awards, make_awards, rung

pytestmark = pytest.mark.usefixtures("app_db")
HEAD = ("Mã đơn vị", "Họ và tên", "Chức vụ", "Đối tượng", "Năm", "Mức xếp loại", "Căn cứ")
OFFICIAL = {"state": "official", "basis": "QĐ 9/QĐ-SYT"}


def xlsx(*rows: tuple[str, ...]) -> bytes:
    """Return a list as a workbook."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Xếp loại")
        for number, row in enumerate((HEAD, *rows)):
            sheet.write_row(number, 0, row)
    return out.getvalue()


async def code(awards: Awards, unit: int = 0) -> str:
    """Return the code of a unit."""
    return str(await awards.sql("SELECT code FROM unit WHERE id = $1", awards.house.units[unit]))


async def looked_at(awards: Awards, *rows: tuple[str, ...]) -> rating_import.Preview:
    """Upload a list as the officer."""
    async with awards.house.at():
        return await rating_import.upload(
            actor=awards.house.people["officer"], name="xep-loai.xlsx", content=xlsx(*rows),
            typed=OFFICIAL,
        )  # fmt: skip


async def applied(awards: Awards, found: rating_import.Preview) -> int:
    """Confirm a list."""
    async with awards.house.at():
        return await rating_import.apply(
            actor=awards.house.people["officer"], file_id=found.file_id, state=found.state,
            basis=found.basis,
        )  # fmt: skip


async def run_jobs(awards: Awards) -> int:
    """Run the checks that were asked for; return how many jobs there were."""
    async with awards.house.at():
        rows = await db.fetch(
            "SELECT id, arguments FROM outbox WHERE job = 'nominations.recheck' AND done_at IS NULL"
        )
        for row in rows:
            job = Job(row["id"], awards.house.tenant_id, None, "x", row["arguments"], 1)
            await rechecking.recheck(job)
            await db.execute("UPDATE outbox SET done_at = now() WHERE id = $1", row["id"])
    return len(rows)


async def test_official_ratings_bring_back_only_the_cases_that_changed() -> None:
    awards = await make_awards(rung())
    round_id, unit = await awards.round(), await code(awards)
    people = [await awards.person(name) for name in ("Lê Văn Ba", "Lê Thị Tư", "Lê Văn Năm")]
    cases = [await awards.nominate(round_id, person) for person in people]
    for person in people:
        await awards.rate(person, "completed_well", state="provisional")
    await awards.rate(people[2], "completed_well")
    await awards.check(*cases)
    found = await looked_at(
        awards,
        (unit, "Lê Văn Ba", "", "", "2026", "Hoàn thành nhiệm vụ", ""),
        (unit, "Lê Thị Tư", "", "", "2026", "HTTNV", ""),
        (unit, "Lê Văn Năm", "", "", "2026", "Hoàn thành tốt nhiệm vụ", ""),
    )
    assert (found.wrong, found.count("new"), found.count("same")) == ([], 2, 1)
    assert await applied(awards, found) == 2
    assert await run_jobs(awards) == 1
    async with awards.house.at():
        page = await changes.list_changes(actor=awards.house.people["officer"])
        told = await db.fetch(
            "SELECT title, href, account_id FROM notification WHERE event = 'cases_changed'"
        )
    assert {(row.nomination_id, row.outcome) for row in page.rows} == {
        (cases[0], "not_met"), (cases[1], "pending"),
    }  # fmt: skip
    assert [(row["title"], row["href"]) for row in told] == [
        ("2 đề nghị đổi kết quả xét điều kiện", f"/khen-thuong/thay-doi?dot={round_id}")
    ]
    assert told[0]["account_id"] == awards.house.people["officer"].account_id
    assert await awards.sql(
        "SELECT count(*) FROM nomination_check WHERE nomination_id = $1", cases[2]
    ) == 1  # fmt: skip


async def test_a_rating_that_contradicts_a_decided_case_is_reported_and_changes_nothing() -> None:
    awards = await make_awards(rung())
    person, unit = await awards.person(), await code(awards)
    case = await awards.nominate(await awards.round(), person)
    await awards.check(case)
    await awards.sql("UPDATE nomination SET state = 'decided'")
    found = await looked_at(awards, (unit, "Nguyễn Văn An", "", "", "2026", "KHTNV", ""))
    await applied(awards, found)
    await run_jobs(awards)
    async with awards.house.at():
        page = await changes.list_changes(actor=awards.house.people["officer"])
    assert [(row.nomination_id, row.is_contradicted) for row in page.rows] == [(case, True)]
    assert await awards.sql("SELECT state || ' ' || eligibility FROM nomination") == (
        "decided pending"
    )


async def test_every_wrong_row_says_why_and_nothing_is_written() -> None:
    awards = await make_awards(rung())
    unit = await code(awards)
    await awards.person()
    await awards.person("Trần Thị Bình")
    await awards.person("Trần Thị Bình")
    well = "Hoàn thành tốt nhiệm vụ"
    found = await looked_at(
        awards,
        ("KHONG", "", "", "", "2026", well, ""),
        (unit, "Không Có Ai", "", "", "2026", well, ""),
        (unit, "Trần Thị Bình", "", "", "2026", well, ""),
        (unit, "", "", "", "2027", well, ""),
        (unit, "", "", "", "hai sáu", "Rất tốt", ""),
        (unit, "Nguyễn Văn An", "", "", "2026", well, ""),
        (unit, "Nguyễn Văn An", "", "", "2026", well, ""),
        (unit, "Nguyễn Văn An", "", "", "2026", "Hoàn thành nhiệm vụ", ""),
        (unit, "Nguyễn Văn An", "", "Tập thể lãnh đạo", "2025", well, ""),
    )
    said = {line.row: " ".join(line.errors) for line in found.wrong}
    name = await awards.sql("SELECT name FROM unit WHERE code = $1", unit)
    assert said[2] == phrases.ROW_UNIT.format(words="KHONG")
    assert said[3] == phrases.ROW_PERSON.format(name="Không Có Ai", unit=name)
    assert said[4] == phrases.ROW_PEOPLE.format(name="Trần Thị Bình", unit=name, n=2)
    assert said[5] == phrases.ROW_FUTURE.format(year=2027)
    assert "Ghi năm bằng bốn chữ số" in said[6]
    assert "Không rõ mức “Rất tốt”" in said[6]
    assert said[8] == phrases.ROW_DOUBLE.format(row=7)
    assert said[9] == phrases.ROW_CONTRARY.format(row=7)
    assert said[10] == phrases.ROW_LEADERSHIP
    assert set(said) == {2, 3, 4, 5, 6, 8, 9, 10}
    with pytest.raises(ConflictError):
        await applied(awards, found)
    assert await awards.sql("SELECT count(*) FROM official_rating") == 0


async def test_a_list_without_its_columns_or_rows_is_refused_at_the_file() -> None:
    awards = await make_awards(rung())
    for content, sentence in (
        (b"a;b\n1;2\n", phrases.NO_HEADINGS),
        ("Mã đơn vị;Năm\nA;2026\n".encode(), phrases.NO_COLUMN.format(names="“Mức xếp loại”")),
        ("Mã đơn vị;Năm;Mức xếp loại\n".encode(), phrases.NO_ROWS),
    ):
        async with awards.house.at():
            with pytest.raises(InvalidInputError) as refused:
                await rating_import.upload(
                    actor=awards.house.people["officer"], name="a.csv", content=content,
                    typed=OFFICIAL,
                )  # fmt: skip
        assert refused.value.fields == {"file": sentence}


async def test_a_csv_rates_as_a_workbook_does() -> None:
    awards = await make_awards(rung())
    row = (await code(awards), "", "", "Tập thể lãnh đạo", "2025", "HTXSNV", "TB; số 3")
    lines = "".join("\t".join(cells) + "\n" for cells in (HEAD, row))
    async with awards.house.at():
        found = await rating_import.upload(
            actor=awards.house.people["officer"], name="Xếp loại.CSV", content=lines.encode(),
            typed=OFFICIAL,
        )  # fmt: skip
    assert found.file_name == "Xếp loại.xlsx"
    assert found.lines == (await looked_at(awards, row)).lines
    assert await applied(awards, found) == 1


async def test_a_csv_in_another_encoding_says_what_to_do() -> None:
    awards = await make_awards(rung())
    async with awards.house.at():
        with pytest.raises(InvalidInputError) as refused:
            await rating_import.upload(
                actor=awards.house.people["officer"], name="a.csv",
                content="Mã đơn vị;Năm\n".encode("utf-16"), typed=OFFICIAL,
            )  # fmt: skip
    assert refused.value.fields == {"file": CSV_NOT_UTF8}


async def test_the_same_list_again_writes_nothing() -> None:
    awards = await make_awards(rung())
    unit = await code(awards)
    row = (unit, "", "", "Tập thể lãnh đạo", "2025", "Hoàn thành xuất sắc nhiệm vụ", "TB 3")
    assert await applied(awards, await looked_at(awards, row)) == 1
    assert await applied(awards, await looked_at(awards, row)) == 0
    assert await awards.sql(
        "SELECT scope || ' ' || rating || ' ' || basis FROM official_rating"
    ) == ("leadership completed_excellently TB 3")


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"rating_year": "2027"}, "rating_year"), ({"rating_year": "abcd"}, "rating_year"),
        ({"rating": "fine"}, "rating"), ({"scope": "unit"}, "scope"),
        ({"state": ""}, "state"), ({"basis": " "}, "basis"),
    ],
)  # fmt: skip
async def test_a_rating_with_a_fault_names_the_field(changed: dict[str, str], field: str) -> None:
    awards = await make_awards(rung())
    person = await awards.person()
    with pytest.raises(InvalidInputError) as refused:
        await rated(awards, awards.house.people["officer"], person, **changed)
    assert list(refused.value.fields) == [field]


async def rated(awards: Awards, actor: Actor, subject: object, **changed: str) -> None:
    """Record a rating."""
    typed = {
        "rating_year": "2026", "rating": "completed_well", "scope": "person",
        "state": "official", "basis": "QĐ 1",
    }  # fmt: skip
    async with awards.house.at():
        await ratings.record_rating(subject, typed | changed, actor=actor)  # type: ignore[arg-type]


async def test_only_the_officer_rates_and_only_his_own_department() -> None:
    one, two = await make_awards(rung()), await make_awards(rung())
    person = await one.person()
    with pytest.raises(PermissionDeniedError):
        await rated(one, one.house.people["head0"], person)
    with pytest.raises(NotFoundError):
        await rated(one, one.house.people["head1"], person)
    with pytest.raises(NotFoundError):
        await rated(two, two.house.people["officer"], person)
    await rated(one, one.house.people["officer"], person)
    async with two.house.at():
        assert (await ratings.list_ratings(actor=two.house.people["officer"])).rows == ()
    async with one.house.at():
        found = await ratings.list_ratings(actor=one.house.people["clerk0"])
        other = await ratings.list_ratings(actor=one.house.people["clerk1"])
    assert ([row.subject_id for row in found.rows], other.rows) == ([person], ())
