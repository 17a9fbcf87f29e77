"""The register on the real database: search, pages, lineage, import of earlier years."""

from __future__ import annotations

import datetime as dt
import io

import pytest
import xlsxwriter

from core.errors import ConflictError, InvalidInputError, NotFoundError, PermissionDeniedError
from core.honours import import_columns, importing, register
from core.honours.schemas_register import Filters, Preview
from core.kit import db
from core.kit.ids import new_id
from tests.integration.certificates.grants import decided
from tests.integration.nominations.rounds_house import person
from tests.integration.reports.house import House, make_house


@pytest.fixture
async def house(app_db: db.TenantEngine) -> House:
    return await make_house()


async def found(house: House, who: str = "officer", **filters: object) -> list[str]:
    async with house.at(who=who):
        page = await register.list_awards(
            Filters(**filters),  # type: ignore[arg-type]
            actor=house.people[who],
        )
    return [row.subject_name for row in page.rows]


def listed(*rows: tuple[str, ...]) -> bytes:
    """Return a workbook with the headings of the empty list and these rows."""
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for place, column in enumerate(import_columns.COLUMNS):
            sheet.write_string(0, place, column.heading)
        for number, row in enumerate(rows, 1):
            for place, text in enumerate(row):
                sheet.write_string(number, place, text)
    return target.getvalue()


async def uploaded(house: House, *rows: tuple[str, ...]) -> Preview:
    async with house.at():
        return await importing.upload(
            actor=house.people["officer"], name="cu.xlsx", content=listed(*rows)
        )


async def applied(house: House, preview: Preview) -> int:
    async with house.at():
        return await importing.apply(actor=house.people["officer"], file_id=preview.file_id)


async def test_search_needs_no_diacritics_and_finds_numbers(house: House) -> None:
    await decided(house, names=("Trần Thị Ánh", "Lê Văn Đức"))
    assert await found(house, search="tran thi anh") == ["Trần Thị Ánh"]
    assert await found(house, search="le van duc") == ["Lê Văn Đức"]
    assert sorted(await found(house, search="123/qd")) == ["Lê Văn Đức", "Trần Thị Ánh"]
    assert await found(house, search="%") == []
    assert await found(house, year=2020) == []


async def test_pages_follow_each_other_without_a_gap(house: House) -> None:
    await decided(house, size=5)
    seen, after = [], None
    while True:
        async with house.at():
            page = await register.list_awards(
                Filters(), actor=house.people["officer"], after=after, limit=2
            )
        seen += [row.subject_name for row in page.rows]
        after = page.after
        if after is None:
            break
    assert sorted(seen) == [f"Nguyễn Văn {n}" for n in range(1, 6)]


async def test_a_unit_reads_its_own_part_and_another_department_nothing(house: House) -> None:
    await decided(house, unit_id=house.units[0], names=("Một", "Hai"))
    assert sorted(await found(house, who="clerk0")) == ["Hai", "Một"]
    assert await found(house, who="clerk1") == []
    assert await found(await make_house()) == []
    with pytest.raises(PermissionDeniedError):
        await found(house, who="council_member")


async def test_awards_of_a_merged_unit_stand_under_its_successor(house: House) -> None:
    old, new = house.units
    await decided(house, size=1, unit_id=old, names=("Trạm cũ",))
    async with house.at():
        await db.execute(
            "INSERT INTO unit_succession (id, kind, unit_id, successor_id, effective_on,"
            " old_name, made_at) VALUES ($1, 'merge', $2, $3, '2026-11-19', 'Trạm cũ', now())",
            new_id(), old, new,
        )  # fmt: skip
    async with house.at():
        holder = await register.of_unit(new, actor=house.people["officer"])
    assert [(row.subject_name, row.is_before) for row in holder.rows] == [("Trạm cũ", True)]
    assert holder.before == [("Trạm cũ", dt.date(2026, 11, 19))]
    async with house.at(who="clerk0"):
        with pytest.raises(NotFoundError):
            await register.of_unit(new, actor=house.people["clerk0"])


async def test_an_imported_list_is_written_as_a_whole_and_only_once(house: House) -> None:
    subject = await person(house, "Lê Thị Hoa")
    rows = (
        ("Bệnh viện số 0", "Lê Thị Hoa", "", "Giấy khen", "Giám đốc Sở", "12/QĐ-SYT",
         "20/12/2024", "2024", "", ""),
        ("Bệnh viện số 0", "", "", "Bằng khen", "Chủ tịch UBND tỉnh", "99/QĐ-UBND",
         "05/01/2025", "2024", "x", ""),
    )  # fmt: skip
    preview = await uploaded(house, *rows)
    assert preview.wrong == []
    assert await found(house) == []
    assert await applied(house, preview) == 2
    async with house.at():
        holder = await register.of_person(subject, actor=house.people["officer"])
        unit = await register.of_unit(house.units[0], actor=house.people["officer"])
    assert [(r.award, r.decision_number, r.award_kind, r.source) for r in holder.rows] == [
        ("Giấy khen", "12/QĐ-SYT", "commendation", "import")
    ]
    assert [(r.award_kind, r.year, r.is_thematic) for r in unit.rows] == [
        ("province_certificate", 2024, True)
    ]
    with pytest.raises(ConflictError):
        await applied(house, preview)
    assert len(await found(house)) == 2


async def test_a_csv_says_the_same_as_a_workbook_and_is_kept_as_one(house: House) -> None:
    row = ("Bệnh viện số 0", "", "", "Bằng khen", "Chủ tịch UBND tỉnh", "99/QĐ-UBND",
           "05/01/2025", "2024", "x", "")  # fmt: skip
    heads = ";".join(column.heading for column in import_columns.COLUMNS)
    content = f"{heads}\n{';'.join(row)}\n".encode()
    async with house.at():
        seen = await importing.upload(actor=house.people["officer"], name="cu.csv", content=content)
    workbook = await uploaded(house, row)
    assert (seen.file_name, seen.lines) == ("cu.xlsx", workbook.lines)
    assert await applied(house, seen) == 1


async def test_one_wrong_row_keeps_the_whole_list_out(house: House) -> None:
    await person(house, "Lê Thị Hoa")
    good = ("Bệnh viện số 0", "Lê Thị Hoa", "", "Giấy khen", "", "1/QĐ", "20/12/2024")
    preview = await uploaded(
        house, good, good,
        ("Bệnh viện số 0", "Người Lạ", "", "Giấy khen", "", "2/QĐ", "20/12/2024"),
        ("Nơi không có", "", "", "Giấy khen", "", "3/QĐ", "20/12/2024"),
        ("Bệnh viện số 0", "", "", "", "", "", "31/02/2024"),
        ("Bệnh viện số 0", "", "", "Giấy khen", "", "4/QĐ", "01/01/2027"),
    )  # fmt: skip
    assert [(line.row, len(line.errors)) for line in preview.wrong] == [
        (3, 1), (4, 1), (5, 1), (6, 3), (7, 1)
    ]  # fmt: skip
    with pytest.raises(ConflictError) as refused:
        await applied(house, preview)
    assert refused.value.code == "not_ready"
    assert await found(house) == []


async def test_only_an_officer_imports_and_only_a_list(house: House) -> None:
    for who in ("clerk0", "auditor"):
        async with house.at(who=who):
            with pytest.raises(PermissionDeniedError):
                await importing.upload(actor=house.people[who], name="a.xlsx", content=listed())
    async with house.at():
        with pytest.raises(InvalidInputError):
            await importing.upload(
                actor=house.people["officer"], name="a.csv", content=b"Hai\nMot\n"
            )
