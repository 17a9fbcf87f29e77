"""The trail is found by person, record, table, act and day; exported; seen by two roles only."""

from __future__ import annotations

import csv
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import date
from io import BytesIO, StringIO
from typing import Any

import httpx
import pytest
from python_calamine import CalamineWorkbook

from core.accounts.guards import COOKIE
from core.accounts.schemas import SYSTEM
from core.audit import service
from core.audit.reading import value_words
from core.audit.schemas import Search
from core.errors import PermissionDeniedError
from core.kit import db
from core.kit.ids import new_id
from core.kit.security import hash_token
from tenants.service import forget_hosts
from tests.application import application
from tests.integration.reports.house import House, make_house

DAYS = ("2026-11-18", "2026-11-19", "2026-11-20")


@dataclass
class Trail:
    """A department in which an officer changed one setting on three days."""

    house: House
    setting: Any


@pytest.fixture
async def trail(app_db: db.TenantEngine) -> Trail:
    house = await make_house(units=1)
    setting = new_id()
    async with house.at("2026-11-17T08:00:00+07:00"):
        await db.execute(
            "UPDATE account SET search_name = 'le thi hong anh', display_name = 'Lê Thị Hồng Ánh'"
            " WHERE id = $1",
            house.people["officer"].account_id,
        )
    async with house.at(f"{DAYS[0]}T08:00:00+07:00"):
        await db.execute(
            "INSERT INTO tenant_setting (id, key, value) VALUES ($1, 'a', '')", setting
        )
    for day in DAYS[1:]:
        async with house.at(f"{day}T23:30:00+07:00"):
            await db.execute("UPDATE tenant_setting SET value = $2 WHERE id = $1", setting, day)
    return Trail(house, setting)


async def find(trail: Trail, **asked: Any) -> list[tuple[str, str, list[str]]]:
    async with trail.house.at():
        found = await service.search_trail(Search(**asked), actor=trail.house.people["auditor"])
    return [
        (row.who, f"{row.action} {row.table}", [change.after for change in row.changes])
        for row in found.rows
    ]


ME = "Lê Thị Hồng Ánh"
SET, CHANGED = "Thêm Cài đặt của Sở", "Sửa Cài đặt của Sở"


async def test_by_record(trail: Trail) -> None:
    assert await find(trail, record=trail.setting) == [
        (ME, CHANGED, ["20/11/2026"]),
        (ME, CHANGED, ["19/11/2026"]),
        (ME, SET, ["a", "(trống)"]),
    ]


async def test_by_person_without_diacritics(trail: Trail) -> None:
    assert {who for who, _act, _changes in await find(trail, person="hong anh")} == {ME}
    assert await find(trail, person="không có ai") == []
    assert {who for who, *_rest in await find(trail, person="he-thong")} == {"Hệ thống"}


async def test_by_days_in_vietnams_time(trail: Trail) -> None:
    day = date(2026, 11, 19)  # 23:30 here is the same day, 16:30 UTC
    assert await find(trail, start=day, end=day) == [(ME, CHANGED, ["19/11/2026"])]


async def test_by_table_and_act(trail: Trail) -> None:
    assert await find(trail, table="tenant_setting", action="insert") == [
        (ME, SET, ["a", "(trống)"])
    ]


async def test_pages_follow_one_another_and_cost_one_query(
    trail: Trail, app_db: db.TenantEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service, "PAGE", 2)
    seen: list[int] = []
    after: int | None = None
    async with trail.house.at():
        for _page in range(2):
            before = app_db.queries
            found = await service.search_trail(
                Search(record=trail.setting), actor=trail.house.people["auditor"], after=after
            )
            assert app_db.queries == before + 1
            seen += [row.seq for row in found.rows]
            after = found.after
    assert after is None
    assert seen == sorted(seen, reverse=True)
    assert len(seen) == 3


async def test_secrets_are_told_as_changed_only(trail: Trail) -> None:
    house = trail.house
    async with house.at():
        await db.execute("UPDATE account SET password_hash = 'x' WHERE id = $1",
                         house.people["clerk0"].account_id)  # fmt: skip
    async with house.at():
        found = await service.search_trail(Search(table="account", action="update"), actor=SYSTEM)
    (change,) = found.rows[0].changes
    assert (change.column, change.is_hashed) == ("Mật khẩu", True)
    assert change.after == "đã đổi (không lưu nội dung)"


async def test_other_departments_events_are_not_there(trail: Trail) -> None:
    other = await make_house(units=1)
    async with other.at():
        found = await service.search_trail(
            Search(record=trail.setting), actor=other.people["auditor"]
        )
    assert found.rows == []


@pytest.mark.parametrize("who", ["officer", "department_head", "clerk0", "records_clerk"])
async def test_other_roles_see_nothing(trail: Trail, who: str) -> None:
    async with trail.house.at(who=who):
        actor = trail.house.people[who]
        with pytest.raises(PermissionDeniedError):
            await service.search_trail(Search(), actor=actor)
        with pytest.raises(PermissionDeniedError):
            await service.export_trail(Search(), actor=actor)
        with pytest.raises(PermissionDeniedError):
            await service.check_trail(actor=actor)


async def test_searching_runs_along_indexes(trail: Trail) -> None:
    """Few rows lie here: forbid the other plans and see that an index is used, without sorting."""
    async with trail.house.at():
        await db.execute("SET LOCAL enable_seqscan = off")
        await db.execute("SET LOCAL enable_bitmapscan = off")
        for condition in ("true", "e.table_name = 'unit'"):
            plan = await db.fetch(
                f"EXPLAIN SELECT * FROM audit_event e WHERE {condition}"
                " ORDER BY e.at DESC, e.seq DESC LIMIT 50"
            )
            text = "\n".join(row[0] for row in plan)
            assert "Index Scan Backward" in text, text
            assert "Sort" not in text, text


@pytest.mark.parametrize(
    ("column", "value", "told"),
    [
        ("is_active", False, "không"),
        ("role", "unit_head", "Thủ trưởng đơn vị"),
        ("state", "submitted", "Chờ duyệt"),
        ("note", "2026-13-45", "2026-13-45"),
        ("version", 1234, "1.234"),
        ("note", None, ""),
        ("state", "rendering", "Đang dựng"),
        ("purpose", "paper", "Văn bản dựng ra"),
        ("media_type", "application/pdf", "Tệp PDF"),
        ("kind", "department", "Sở Y tế"),
        ("level", "subunit", "Khoa, phòng"),
        ("state", "không phải mã", "không phải mã"),
        ("fields", {"a": 1}, '{"a": 1}'),
    ],
)
def test_values_in_words(column: str, value: Any, told: str) -> None:
    assert value_words(column, value) == told


def test_the_same_code_means_another_thing_in_another_table() -> None:
    told = [value_words("state", "accepted", table=table) for table in ("report", "person_move")]
    assert told == ["Đã tiếp nhận", "Đã đồng ý"]


@pytest.fixture
async def browser(trail: Trail) -> AsyncIterator[httpx.AsyncClient]:
    """The auditor's browser."""
    async with trail.house.at():
        slug = await db.fetchval("SELECT slug FROM tenant WHERE id = $1", trail.house.tenant_id)
        await db.execute(
            "INSERT INTO session (id, account_id, token_hash, kind, stage, created_at, seen_at,"
            " expires_at) VALUES ($1, $2, $3, 'web', 'full', now(), now(), now() + interval '1h')",
            new_id(),
            trail.house.people["auditor"].account_id,
            hash_token(slug),
        )
    forget_hosts()
    transport = httpx.ASGITransport(application())  # type: ignore[arg-type]
    async with httpx.AsyncClient(
        transport=transport, base_url=f"http://{slug}.localhost", cookies={COOKIE: slug}
    ) as client:
        yield client


async def test_the_page_shows_and_exports_what_was_found(
    trail: Trail, browser: httpx.AsyncClient
) -> None:
    query = f"ban_ghi={trail.setting}"
    shown = await browser.get(f"/nhat-ky?{query}")
    assert shown.status_code == 200, shown.text[:500]
    assert "Cài đặt của Sở" in shown.text
    assert f"dang=xlsx&amp;{query}" in shown.text

    lines = (await browser.get(f"/nhat-ky/xuat?dang=jsonl&{query}")).text.splitlines()
    values = [json.loads(line)["changes"]["value"] for line in lines]
    assert values == [["2026-11-19", "2026-11-20"], ["", "2026-11-19"], [None, ""]]

    text = (await browser.get(f"/nhat-ky/xuat?dang=csv&{query}")).content.decode("utf-8-sig")
    table = list(csv.reader(StringIO(text)))
    assert table[1][:4] == ["Số", "Lúc", "Ai", "Việc"]
    assert [row[2] for row in table[2:]] == [ME, ME, ME]

    book = CalamineWorkbook.from_filelike(
        BytesIO((await browser.get(f"/nhat-ky/xuat?{query}")).content)
    )
    rows = book.get_sheet_by_index(0).to_python()
    assert "3 dòng" in str(rows[0][0])
    assert len(rows) == 6


async def test_an_export_that_is_cut_says_so(
    trail: Trail, browser: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service, "MOST_EXPORTED", 2)
    text = (await browser.get("/nhat-ky/xuat?dang=csv")).content.decode("utf-8-sig")
    assert "2 dòng mới nhất (còn nữa; mỗi lần xuất tối đa 2 dòng)" in text


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("tu=hom-nay", "Ngày không đúng"),
        ("tu=2026-11-20&den=2026-11-01", "từ “Từ ngày” trở đi"),
        ("ban_ghi=1", "Mã bản ghi không đúng"),
    ],
)
async def test_bad_searches_get_a_sentence(
    browser: httpx.AsyncClient, query: str, sentence: str
) -> None:
    answer = await browser.get(f"/nhat-ky?{query}")
    assert answer.status_code == 422
    assert sentence in answer.text
    assert (await browser.get(f"/nhat-ky/xuat?{query}")).status_code == 422


async def test_an_unknown_form_of_export_is_not_found(browser: httpx.AsyncClient) -> None:
    assert (await browser.get("/nhat-ky/xuat?dang=exe")).status_code == 404


async def test_the_page_verifies_the_newest_events(browser: httpx.AsyncClient) -> None:
    answer = await browser.get("/nhat-ky/kiem-chung")
    assert answer.status_code == 200
    assert "Không thấy chỗ nào bị sửa" in answer.text


async def test_a_used_code_of_the_second_factor_alone_is_no_change_but_a_password_is(
    trail: Trail,
) -> None:
    person = trail.house.people["clerk0"].account_id

    async def rows() -> int:
        async with trail.house.at():
            return int(
                await db.fetchval(
                    "SELECT count(*) FROM audit_event WHERE table_name = 'account' AND row_id = $1",
                    str(person),
                )
            )

    before = await rows()
    async with trail.house.at():
        await db.execute("UPDATE account SET totp_last_step = 7 WHERE id = $1", person)
    assert await rows() == before
    async with trail.house.at():
        await db.execute(
            "UPDATE account SET totp_last_step = 8, password_hash = 'x' WHERE id = $1", person
        )
    assert await rows() == before + 1
