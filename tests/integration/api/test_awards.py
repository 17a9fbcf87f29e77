"""Dossier papers and lists from Excel by programs: the same services as the pages."""

from __future__ import annotations

from uuid import UUID

import httpx

from core.honours import import_columns
from core.kit import db
from core.kit.scope import tenant_scope
from tests.integration.api.test_api import Caller
from tests.integration.honours.test_register import listed
from tests.integration.nominations import rounds_house as houses
from tests.integration.reports.house import House
from tests.isolation.world import PDF, _tokens

CSV = "Họ và tên;Hình thức;Chức vụ\nĐặng Văn Mười;Giấy khen;Bác sĩ\n{more}"


async def caller_of(house: House, client: httpx.AsyncClient) -> Caller:
    with tenant_scope(house.tenant_id):
        async with db.transaction():
            slug = await db.fetchval("SELECT slug FROM tenant WHERE id = $1", house.tenant_id)
    client.base_url = httpx.URL(f"http://{slug}.localhost")
    return Caller(
        client, {n: (await _tokens(house.tenant_id, p))["api"] for n, p in house.people.items()}
    )


async def on_a_list(house: House) -> tuple[UUID, UUID]:
    person = await houses.person(house, "Trần Thị Bình")
    list_id = await houses.list_of(house, await houses.opened(house))
    return list_id, await houses.drafted(house, list_id, person)


async def test_papers_of_a_dossier_are_uploaded_made_and_taken_out(
    client: httpx.AsyncClient,
) -> None:
    house = await houses.make_awards()
    _, draft = await on_a_list(house)
    call = await caller_of(house, client)
    base = f"/nominations/{draft}/dossier"
    missing = [item["id"] for item in await call("clerk0", "GET", base) if item["required"]]
    assert missing == ["submission_letter", "achievement_report", "minutes"]
    there = await call(
        "clerk0", "POST", f"{base}/minutes/files", status=201,
        files={"file": ("bien-ban.pdf", PDF, "application/pdf")},
    )  # fmt: skip
    [paper] = next(item for item in there if item["id"] == "minutes")["papers"]
    assert paper["file_name"] == "bien-ban.pdf"
    await call("clerk0", "POST", f"{base}/achievement_report/documents", status=202)
    await call("clerk0", "POST", f"{base}/minutes/documents", status=409)
    await call("clerk1", "POST", f"{base}/achievement_report/documents", status=404)
    await call("clerk0", "DELETE", f"{base}/papers/{paper['id']}", status=204)
    left = {item["id"]: len(item["papers"]) for item in await call("clerk0", "GET", base)}
    assert (left["minutes"], left["achievement_report"]) == (0, 1)
    other = await caller_of(await houses.make_awards(), client)
    await other("clerk0", "GET", base, status=404)


async def test_a_list_is_looked_at_then_proposed_whole(client: httpx.AsyncClient) -> None:
    house = await houses.make_awards()
    list_id, _ = await on_a_list(house)
    await houses.person(house, "Đặng Văn Mười")
    call = await caller_of(house, client)
    base = f"/nomination-lists/{list_id}/import"
    bad = CSV.format(more="Không Có Ai;Giấy khen;\n").encode()
    lines = await call("clerk0", "POST", base, files={"file": ("ds.csv", bad, "text/csv")})
    assert [bool(line["error"]) for line in lines] == [False, True]
    rows = [{name: line[name] for name in ("number", "name", "award", "unit")} for line in lines]
    await call("clerk0", "POST", f"{base}/rows", {"rows": rows}, status=422)
    done = await call("clerk0", "POST", f"{base}/rows", {"rows": rows[:1]}, status=201)
    assert done == {"count": 1}
    many = {"rows": rows[:1] * 201}
    await call("clerk0", "POST", f"{base}/rows", many, status=422)


async def test_awards_of_earlier_years_are_looked_at_then_written_once(
    client: httpx.AsyncClient,
) -> None:
    house = await houses.make_awards()
    call = await caller_of(house, client)
    await houses.person(house, "Đặng Văn Mười")
    given = {
        "Họ và tên": "Đặng Văn Mười", "Mã đơn vị": "Bệnh viện số 0",
        "Hình thức khen thưởng": "Giấy khen",
        "Số quyết định": "12/QĐ-SYT", "Ngày quyết định": "05/01/2025",
    }  # fmt: skip
    cells = tuple(given.get(column.heading, "") for column in import_columns.COLUMNS)
    file = {"file": ("cu.xlsx", listed(cells), "application/octet-stream")}
    seen = await call("officer", "POST", "/earlier-awards", files=file)
    assert [line["errors"] for line in seen["lines"]] == [[]]
    path = f"/earlier-awards/{seen['file_id']}/rows"
    assert await call("officer", "POST", path, status=201) == {"count": 1}
    await call("officer", "POST", path, status=409)
    await call("clerk0", "POST", "/earlier-awards", status=403, files=file)


async def test_the_meeting_of_a_unit_is_written_and_its_minutes_made(
    client: httpx.AsyncClient,
) -> None:
    house = await houses.make_awards()
    list_id, draft = await on_a_list(house)
    call = await caller_of(house, client)
    base = f"/nomination-lists/{list_id}/meeting"
    held = {
        "starts_at": "2025-12-01T08:00", "ends_at": "2025-12-01T09:30", "place": "Hội trường",
        "chair": "Lê Văn Chủ", "secretary": "Trần Thị Ký", "summoned": 25, "present": 23,
        "absent": "02 người đi công tác", "discussion": "Xét thành tích năm.",
        "agreed": {str(draft): 22},
    }  # fmt: skip
    assert await call("clerk0", "GET", base) is None
    wrong = await call("clerk0", "PUT", base, held | {"present": 26, "chair": ""}, status=422)
    assert [each["field"] for each in wrong["errors"]] == ["chair", "present"]
    assert await call("clerk0", "PUT", base, held) == held
    assert await call("clerk0", "GET", base) == held
    paper = await call("clerk0", "POST", f"/nominations/{draft}/dossier/minutes/documents",
                       status=202)  # fmt: skip
    assert paper["kind"] == "unit_minutes"
    await call("clerk1", "GET", base, status=404)
    other = await caller_of(await houses.make_awards(), client)
    await other("officer", "PUT", base, held, status=404)
