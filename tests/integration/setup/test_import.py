"""The Excel list: preview, errors, confirmation as a whole, the same file twice, and rubbish."""

from __future__ import annotations

import io
import time
import zipfile
from collections.abc import Callable
from datetime import date
from typing import Any

import asyncpg
import pytest
import xlsxwriter
from python_calamine import CalamineWorkbook

from core.accounts.phrases import TOO_MANY_ACCOUNTS
from core.accounts.schemas import SYSTEM
from core.kit import db
from core.organisation import service as organisation
from core.organisation.profiles import profiles_of
from core.organisation.schemas import Profile
from tenants.setup import importing
from tenants.setup.columns import UNIT_COLUMNS
from tenants.setup.schemas import Preview
from tests.integration.setup.lists import PEOPLE, UNITS, workbook
from tests.integration.setup.site import Place, another, inside, make_place, visit

pytestmark = pytest.mark.usefixtures("app_db")
PAGE = "/quan-tri/nhap-excel"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
COUNTED = (
    "SELECT (SELECT count(*) FROM unit) AS units, (SELECT count(*) FROM person) AS people,"
    " (SELECT count(*) FROM account) AS accounts, (SELECT count(*) FROM role_grant) AS grants"
)


async def staged(place: Place, content: bytes, name: str = "ds.xlsx") -> Preview:
    async with inside(place):
        await importing.stage(actor=place.actor, name=name, content=content)
    async with inside(place):
        found = await importing.preview(actor=place.actor)
    assert found
    return found[1]


async def counted(place: Place) -> dict[str, int]:
    async with inside(place):
        return dict(await db.fetchrow(COUNTED))


def said(preview: Preview) -> list[tuple[str, int, str, str]]:
    return [(e.table, e.row, e.column, e.sentence) for e in preview.errors]


async def test_a_list_is_shown_then_written_as_a_whole() -> None:
    place = await make_place()
    before = await counted(place)
    async with visit(place) as admin:
        await admin.get(PAGE)
        files = {"file": ("Danh sách.xlsx", workbook(), XLSX)}
        assert (await admin.post(PAGE, files=files)).status_code == 303
        await admin.get(PAGE)
        assert "Xác nhận và nhập tất cả" in admin.page
        assert "Khoa Nội" in admin.page
        assert await counted(place) == before
        done = await admin.post(f"{PAGE}/xac-nhan")
        assert done.status_code == 303
        again = await admin.post(f"{PAGE}/xac-nhan")
        assert again.status_code == 409
        assert "đã được nhập hoặc đã bỏ" in admin.page
        await admin.get(PAGE)
        assert "3 đơn vị mới, 0 đơn vị đổi, 4 người mới, 3 tài khoản mới" in admin.page
    after = await counted(place)
    assert {key: after[key] - before[key] for key in after} == {
        "units": 3, "people": 4, "accounts": 3, "grants": 4,
    }  # fmt: skip
    async with inside(place):
        tree = await organisation.unit_tree(actor=SYSTEM)
        assert [(u.code, u.level, u.depth, u.owes_reports) for u in tree[1:]] == [
            ("BVA", "unit", 1, True), ("KNOI", "subunit", 2, False), ("TTB", "unit", 1, True),
        ]  # fmt: skip
        account = await db.fetchrow(
            "SELECT a.email, a.password_hash, a.must_change_password, p.full_name, u.code"
            " FROM account a JOIN person p ON p.id = a.person_id JOIN unit u ON u.id = a.unit_id"
            " WHERE a.username = 'hoa.nt'"
        )
        assert tuple(account) == ("hoa@example.vn", "", True, "Nguyễn Thị Hoa", "BVA")


async def test_the_same_list_twice_changes_nothing() -> None:
    place = await make_place()
    await staged(place, workbook())
    async with inside(place):
        await importing.apply(actor=place.actor)
    before = await counted(place)
    second = await staged(place, workbook())
    assert second.counts == {
        "units": {"new": 0, "changed": 0, "same": 3},
        "people": {"new": 0, "changed": 0, "same": 4},
        "accounts": {"new": 0, "changed": 0, "same": 3},
    }
    assert not second.can_apply
    assert await counted(place) == before


async def test_corrections_are_shown_in_words_and_written() -> None:
    place = await make_place()
    await staged(place, workbook())
    async with inside(place):
        await importing.apply(actor=place.actor)
    units = [(UNITS[0][0], "Bệnh viện Đa khoa tỉnh A", *UNITS[0][2:]), *UNITS[1:]]
    people = [
        (PEOPLE[0][0], "Phó Giám đốc", *PEOPLE[0][2:]),
        (*PEOPLE[1][:4], "Người soạn, Thủ trưởng đơn vị", ""),
        *PEOPLE[2:],
    ]
    found = await staged(place, workbook(units, people))
    assert [line.changes for line in found.units if line.status == "changed"] == [
        "tên: “Bệnh viện Đa khoa A” thành “Bệnh viện Đa khoa tỉnh A”"
    ]
    assert found.counts["people"] == {"new": 0, "changed": 1, "same": 3}
    assert [line.roles for line in found.accounts if line.status == "changed"] == [("unit_head",)]
    async with inside(place):
        await importing.apply(actor=place.actor)
        assert await db.fetchval("SELECT name FROM unit WHERE code = 'BVA'") == units[0][1]
        words = await db.fetchval("SELECT search_name FROM account WHERE username = 'hoa.nt'")
        assert "tinh a" in words
        titles = await db.fetch("SELECT job_title FROM person WHERE full_name = 'Nguyễn Thị Hoa'")
        assert [row["job_title"] for row in titles] == ["Phó Giám đốc"]


async def test_legal_personality_and_profiles_come_with_the_list_and_blanks_keep_them() -> None:
    place = await make_place()
    units = [(*UNITS[0], "Có"), *UNITS[1:]]
    people = [
        (*PEOPLE[0], "nữ", "Lãnh đạo, quản lý", "05/08/1980", date(2005, 9, 1).isoformat()),
        *PEOPLE[1:],
    ]
    await staged(place, workbook(units, people))
    async with inside(place):
        await importing.apply(actor=place.actor)
    again = await staged(place, workbook())
    assert not again.can_apply
    async with inside(place):
        legal = await db.fetch("SELECT code FROM unit WHERE has_legal_personality")
        hoa = await db.fetchval("SELECT id FROM person WHERE full_name = 'Nguyễn Thị Hoa'")
        known = await profiles_of([hoa])
    assert [row["code"] for row in legal] == ["BVA"]
    assert known[hoa] == Profile(
        gender="female",
        work_kind="leader",
        birth_date=date(1980, 8, 5),
        joined_on=date(2005, 9, 1),
    )


async def test_words_and_days_that_cannot_be_read_are_named() -> None:
    place = await make_place()
    people = [(*PEOPLE[0], "khác", "sếp", "31/02/1980", "01/01/2990"), *PEOPLE[1:]]
    found = await staged(place, workbook([*UNITS[:2], (*UNITS[2], "có lẽ")], people))
    assert [(error.table, error.column) for error in found.errors] == [
        ("units", "Tư cách pháp nhân"),
        ("people", "Giới tính"),
        ("people", "Loại công việc"),
        ("people", "Ngày sinh"),
        ("people", "Ngày vào làm việc"),
    ]


async def test_every_wrong_row_is_named_with_what_to_do_and_nothing_is_written() -> None:
    place = await make_place()
    units: list[tuple[Any, ...]] = [
        ("A", "Đơn vị A", "", "Bệnh viện", "C"),
        ("B", "Đơn vị B", "", "Bệnh viện", "A"),
        ("C", "Đơn vị C", "", "Bệnh viện", "B"),
        ("D", "Đơn vị D", "", "Bệnh viện", "D"),
        ("E", "Đơn vị E", "", "Nhà trọ", ""),
        ("E", "Đơn vị E hai", "", "Bệnh viện", ""),
        ("F", "", "", "Bệnh viện", "KHONGCO"),
        ("G", "Khoa G", "", "Khoa, phòng", "", "Có thể"),
        ("SYT", "Sở Y tế", "", "Trung tâm", ""),
    ]
    people = [
        ("Nguyễn A", "", "KHONGCO", "", "", ""),
        ("Nguyễn B", "", "", "x", "Người soạn", "sai-thu"),
        ("Nguyễn C", "", "", "nguyen.c", "Vua", ""),
        ("Nguyễn D", "", "", "nguyen.d", "", ""),
        ("Nguyễn E", "", "", "", "Người soạn", ""),
        ("Nguyễn F", "", "", "nguyen.f", "Người soạn", ""),
        ("Nguyễn F", "", "", "nguyen.f", "Người soạn", ""),
    ]
    before = await counted(place)
    found = await staged(place, workbook(units, people))
    places = [(table, row, column) for table, row, column, _ in said(found)]
    assert places == [
        ("units", 2, "Mã đơn vị cấp trên"), ("units", 3, "Mã đơn vị cấp trên"),
        ("units", 4, "Mã đơn vị cấp trên"), ("units", 5, "Mã đơn vị cấp trên"),
        ("units", 6, "Loại đơn vị"), ("units", 7, "Mã đơn vị"), ("units", 8, "Tên đơn vị"),
        ("units", 8, "Mã đơn vị cấp trên"), ("units", 9, "Phải nộp báo cáo"),
            ("units", 9, "Mã đơn vị cấp trên"), ("units", 10, "Mã đơn vị"),
        ("people", 2, "Mã đơn vị"), ("people", 3, "Thư điện tử"), ("people", 3, "Tên đăng nhập"),
        ("people", 4, "Vai trò"), ("people", 5, "Vai trò"), ("people", 6, "Tên đăng nhập"),
        ("people", 8, "Họ và tên"), ("people", 8, "Tên đăng nhập"),
    ]  # fmt: skip
    sentences = [sentence for *_, sentence in said(found)]
    assert sentences[0].startswith("Các đơn vị trực thuộc vòng tròn: A → C → B → A.")
    assert sentences[3] == "Đơn vị không thể trực thuộc chính nó. Sửa mã đơn vị cấp trên."
    assert sentences[5].startswith("Mã E đã có ở dòng 6.")
    async with visit(place) as admin:
        await admin.get(PAGE)
        assert "19 chỗ cần sửa" in admin.page
        assert (await admin.post(f"{PAGE}/xac-nhan")).status_code == 409
        answer = await admin.client.get(f"{PAGE}/tep-loi")
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).get_sheet_by_name("Đơn vị")
    rows = sheet.to_python()
    assert rows[0][-1] == "Lỗi"
    assert rows[4][-1].startswith("Mã đơn vị cấp trên: Đơn vị không thể")
    assert await counted(place) == before


async def test_a_unit_with_reports_is_neither_renamed_nor_moved_by_a_list() -> None:
    place = await make_place()
    await staged(place, workbook())
    async with inside(place):
        await importing.apply(actor=place.actor)
    moved = [UNITS[0], UNITS[1], ("TTB", "Trung tâm Y tế B", "", "Trung tâm", "BVA", "", "", "")]
    found = await staged(place, workbook(moved, []))
    assert [row for _, row, _, _ in said(found)] == [4]
    assert "Chuyển sang nơi khác phải có ngày và quyết định" in said(found)[0][3]


async def test_thousands_of_rows_of_rubbish_are_one_sentence_and_fifty_errors() -> None:
    place = await make_place()
    rubbish = [(f"x{n % 7}", "", "", "rác", "y", "z" * 40) for n in range(10_000)]
    started = time.perf_counter()
    content = workbook(rubbish, [])
    made = time.perf_counter()
    async with visit(place) as admin:
        await admin.get(PAGE)
        await admin.post(PAGE, files={"file": ("rac.xlsx", content, XLSX)})
        answer = await admin.get(PAGE)
        assert answer.status_code == 200
        assert "Danh sách có 10.000 dòng; mỗi lần nhận tối đa 5.000 dòng." in admin.page
        assert admin.page.count('data-label="Dòng"') == 50
        assert "Xác nhận và nhập tất cả" not in admin.page
    took = time.perf_counter() - made
    assert took < 10, (took, made - started)


async def test_checking_asks_the_database_no_more_for_more_rows(app_db: db.TenantEngine) -> None:
    place = await make_place()
    asked = []
    for many in (5, 400):
        units = [(f"D{n}", f"Đơn vị {n}", "", "Bệnh viện", "") for n in range(many)]
        people = [(f"Người {n}", "", f"D{n}", f"ten{n}", "Người soạn") for n in range(many)]
        async with inside(place):
            await importing.stage(actor=place.actor, name="a.xlsx", content=workbook(units, people))
        async with inside(place):
            before = app_db.queries
            await importing.apply(actor=place.actor)
            asked.append(app_db.queries - before)
    assert asked[0] == asked[1]


def bomb() -> bytes:
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(workbook())) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for entry in old.infolist():
            new.writestr(entry, old.read(entry))
        new.writestr("xl/worksheets/sheet9.xml", b" " * 80_000_000)
    return out.getvalue()


def far_cell() -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet = book.add_worksheet("Đơn vị")
        sheet.write_row(0, 0, [column.heading for column in UNIT_COLUMNS])
        sheet.write_string(1_000_000, 7, "x")
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "word"),
    [
        ("ds.docx", b"PK", "không phải danh sách"),
        ("ds.xls", b"\xd0\xcf\x11\xe0", "định dạng Office cũ"),
        ("ds.xlsx", b"khong phai zip", "không đúng với đuôi tệp"),
        ("ds.xlsx", workbook([], []), "chưa có dòng nào"),
        ("ds.csv", "Mã đơn vị;Loại đơn vị;Tên ngắn\nA;B;C\n".encode(), "thiếu cột “Tên đơn vị”"),
        ("ds.csv", b"\xff\xfe\x00M", "CSV UTF-8"),
        ("ds.csv", b"a,b\n1,2\n", "Không thấy dòng tiêu đề"),
        ("ds.csv", b"x" * (5 * 1024 * 1024 + 1), "vượt mức 5 MB"),
        ("ds.xlsx", bomb, "phình to bất thường"),
        ("ds.xlsx", far_cell, "phình to bất thường"),
    ],
    ids=["word", "xls", "junk", "empty", "no-column", "not-utf8", "no-heading", "heavy", "bomb",
         "far-cell"],
)  # fmt: skip
async def test_files_that_are_no_list_are_refused_in_words(
    name: str, content: bytes | Callable[[], bytes], word: str
) -> None:
    place = await make_place()
    content = content if isinstance(content, bytes) else content()
    async with visit(place) as admin:
        await admin.get(PAGE)
        answer = await admin.post(PAGE, files={"file": (name, content, "x/y")})
        assert answer.status_code in (413, 422)
        assert word in admin.page
    async with inside(place):
        assert await db.fetchval("SELECT count(*) FROM staged_import") == 0


async def test_a_csv_of_units_is_read_like_a_workbook() -> None:
    place = await make_place()
    text = "Danh sách đơn vị\n\nMã,Tên,Loại,Mã cấp trên\n01,Bệnh viện,Bệnh viện,\n"
    found = await staged(place, text.encode("utf-8-sig"), "ds.csv")
    assert [(line.row, line.code, line.status) for line in found.units] == [(4, "01", "new")]


async def test_the_template_comes_back_as_an_empty_list() -> None:
    place = await make_place()
    async with visit(place) as admin:
        answer = await admin.client.get(f"{PAGE}/tep-mau")
        book = CalamineWorkbook.from_filelike(io.BytesIO(answer.content))
        assert book.sheet_names == ["Đơn vị", "Nhân sự", "Hướng dẫn"]
        await admin.get(PAGE)
        refused = await admin.post(PAGE, files={"file": ("m.xlsx", answer.content, XLSX)})
        assert refused.status_code == 422
        assert "chưa có dòng nào" in admin.page


async def test_a_list_is_dropped_and_only_administrators_see_it() -> None:
    place = await make_place()
    await staged(place, workbook())
    head = await another(place.tenant_id, "department_head")
    async with visit(head) as reader:
        assert (await reader.get(PAGE)).status_code == 403
        assert (await reader.post(f"{PAGE}/xac-nhan")).status_code == 403
    async with visit(place) as admin:
        await admin.get(PAGE)
        assert (await admin.post(f"{PAGE}/bo")).status_code == 303
        await admin.get(PAGE)
        assert "Tải tệp mẫu" in admin.page
    async with inside(place):
        row = await db.fetchrow("SELECT state, content FROM staged_import")
        assert (row["state"], row["content"]) == ("discarded", {})


async def test_two_departments_may_use_the_same_codes_and_names() -> None:
    one, two = await make_place(), await make_place()
    for place in (one, two):
        found = await staged(place, workbook())
        assert found.counts["units"] == {"new": 3, "changed": 0, "same": 0}
        async with inside(place):
            await importing.apply(actor=place.actor)
    assert (await counted(one))["units"] == (await counted(two))["units"] == 4


async def test_a_list_beyond_the_limit_of_accounts_writes_nothing(
    superuser: asyncpg.Connection,
) -> None:
    place = await make_place()
    await superuser.execute("UPDATE tenant SET max_accounts = 2 WHERE id = $1", place.tenant_id)
    await staged(place, workbook())
    before = await counted(place)
    async with visit(place) as admin:
        await admin.get(PAGE)
        assert (await admin.post(f"{PAGE}/xac-nhan")).status_code == 422
        assert TOO_MANY_ACCOUNTS in admin.page
    assert await counted(place) == before
