"""Pages of units, plan and consolidations behind the real edge."""

from __future__ import annotations

import re
from uuid import UUID

import pytest

from core.accounts.schemas import Actor
from core.kit import db
from core.kit.ids import new_id
from core.plugin.manager import installed
from core.reports import rounds
from core.statistics import service
from tests.factories import make_tenant, own_plan_paper
from tests.integration.reports.house import (
    House,
    brought_to,
    make_house,
    opened,
    report_of,
)
from tests.integration.statistics.site import browser


async def slug_of(house: House) -> str:
    async with house.at():
        slug: str = await db.fetchval("SELECT slug FROM tenant WHERE id = $1", house.tenant_id)
    return slug


async def final(house: House) -> UUID:
    """Return a closed round with one accepted report."""
    round_id = await opened(house)
    await brought_to(house, await report_of(house, house.units[0], round_id), "accepted")
    async with house.at():
        await rounds.close_round(actor=house.people["officer"], round_id=round_id)
    return round_id


async def test_the_tree_and_the_search(app_db: db.TenantEngine) -> None:
    house = await make_house()
    async with browser(house.people["officer"], await slug_of(house)) as client:
        whole = await client.get("/don-vi")
        found = await client.get("/don-vi", params={"tim": "benh vien so 1"})
        none = await client.get("/don-vi", params={"tim": "khong co"})
        one = await client.get(f"/don-vi/{house.units[0]}")
        missing = await client.get(f"/don-vi/{new_id()}")
    assert whole.status_code == 200
    assert "Bệnh viện số 0" in whole.text
    assert "Người dùng" in whole.text
    assert "Bệnh viện số 1" in found.text
    assert "Bệnh viện số 0" not in found.text
    assert "Không có đơn vị nào như vậy." in none.text
    assert "thủ trưởng" in one.text.lower()
    assert missing.status_code == 404


async def test_a_unit_sees_its_branch_only(app_db: db.TenantEngine) -> None:
    house = await make_house()
    async with browser(house.people["clerk0"], await slug_of(house)) as client:
        whole = await client.get("/don-vi")
        other = await client.get(f"/don-vi/{house.units[1]}")
    assert "Bệnh viện số 0" in whole.text
    assert "Bệnh viện số 1" not in whole.text
    assert other.status_code == 404


@pytest.mark.parametrize("path", ["/don-vi", "/phong-trao", "/quan-tri/ke-hoach/cong-bo"])
async def test_nobody_sees_pages_without_signing_in(app_db: db.TenantEngine, path: str) -> None:
    house = await make_house(units=1)
    async with browser(None, await slug_of(house)) as client:
        answer = await client.get(path)
    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/dang-nhap")


async def test_the_plan_in_words(app_db: db.TenantEngine) -> None:
    house = await make_house(two_levels=True)
    async with browser(house.people["clerk0"], await slug_of(house)) as client:
        shown = await client.get("/phong-trao")
        refused = await client.get("/quan-tri/ke-hoach/cong-bo")
    assert "Tiêu chí số 1 của kế hoạch." in shown.text
    assert "chưa áp dụng, chờ hướng dẫn" in shown.text
    assert "từ 90% trở lên" in shown.text
    assert "hết ngày 29/11/2026" in shown.text
    assert "Kế hoạch do một đơn vị ban hành" in shown.text
    assert "So với bộ quy tắc" not in shown.text
    assert refused.status_code == 403


@pytest.mark.parametrize("plugin", sorted(installed().plugins))
async def test_a_real_plan_is_published_on_screen_and_shown(
    app_db: db.TenantEngine, plugin: str
) -> None:
    tenant_id = await make_tenant(plugin)
    await own_plan_paper(tenant_id)
    house = House(tenant_id)
    leader = await house.person("leader", "department_head", tenant_id, house.path())
    house.people["officer"] = leader
    async with browser(leader, await slug_of(house)) as client:
        empty = await client.get("/phong-trao")
        before = await client.get("/quan-tri/ke-hoach/cong-bo")
        made = await client.post("/quan-tri/ke-hoach/cong-bo", data={"reason": "Theo quyết định"})
        shown = await client.get("/phong-trao")
        again = await client.get("/quan-tri/ke-hoach/cong-bo")
        twice = await client.post("/quan-tri/ke-hoach/cong-bo", data={"reason": "Lần nữa"})
    assert "chưa công bố kế hoạch" in empty.text
    assert "Công bố bản số 1" in before.text
    assert made.status_code == 303
    info = installed().get(plugin).info
    assert shown.status_code == 200
    for gap in info.stated_gaps:
        assert gap in shown.text.replace("&#34;", '"')
    assert "không nêu trong kế hoạch" in shown.text
    assert "Không có gì phải công bố" in again.text
    assert twice.status_code == 409


async def test_a_broken_plugin_is_a_clear_page_for_its_department(
    app_db: db.TenantEngine,
) -> None:
    tenant_id = await make_tenant("khong-co")
    house = House(tenant_id)
    leader = await house.person("leader", "department_head", tenant_id, house.path())
    house.people["officer"] = leader
    async with browser(leader, await slug_of(house)) as client:
        answer = await client.get("/quan-tri/ke-hoach/cong-bo")
        plan = await client.get("/phong-trao")
    assert answer.status_code == 503
    assert "Chưa đọc được bộ quy tắc của tỉnh" in answer.text
    assert plan.status_code == 200


async def test_from_making_to_issuing_on_screen(app_db: db.TenantEngine) -> None:
    house = await make_house()
    round_id, slug = await final(house), await slug_of(house)
    officer, head, records = (
        house.people[name] for name in ("officer", "department_head", "records_clerk")
    )
    async with browser(officer, slug) as client:
        offered = await client.get(f"/ky-bao-cao/{round_id}/tong-hop")
        made = await client.post(f"/ky-bao-cao/{round_id}/tong-hop")
        address = made.headers["location"]
        shown = await client.get(address)
        part = await client.get(address, params={"phan": "criterion:c1"})
        saved = await client.post(
            f"{address}/phan/conclusion", data={"version": "1", "text": "Kết luận mới"}
        )
        stale = await client.post(
            f"{address}/phan/conclusion", data={"version": "1", "text": "Chữ của tôi"}
        )
    assert "Tổng hợp chính thức" in offered.text
    assert "Còn 1 trên 2 đơn vị chưa gửi báo cáo" in shown.text
    assert "1 trên 1 đơn vị đạt mục tiêu từ 90% trở lên" in shown.text
    assert "Đã làm tốt việc thứ nhất." in part.text
    assert "mục II.1" in part.text
    assert saved.status_code == 303
    assert stale.status_code == 409
    assert "Chữ của tôi" in stale.text
    assert "Kết luận mới" in stale.text
    assert (await _post(head, slug, f"{address}/duyet", version=2)).status_code == 303
    refused = await _post(records, slug, f"{address}/phat-hanh", version=3, document_date="x")
    assert refused.status_code == 422
    assert "Cần chọn ngày văn bản." in refused.text
    today = re.search(r'name="document_date"[^>]*', refused.text)
    assert today
    async with house.at():
        day = await db.fetchval("SELECT (approved_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date"
                                " FROM consolidation")  # fmt: skip
    issued = await _post(
        records, slug, f"{address}/phat-hanh", version=3, document_date=day.isoformat()
    )
    assert issued.status_code == 303
    async with browser(records, slug) as client:
        page = (await client.get(address)).text
        missing = await client.post(f"{address}/ban-ky", files={"other": ("a.txt", b"x")})
    assert "01/BC" in page
    assert missing.status_code == 422
    assert "Cần chọn tệp PDF" in missing.text


async def _post(actor: Actor, slug: str, path: str, **fields: object) -> object:
    async with browser(actor, slug) as client:
        return await client.post(path, data={key: str(value) for key, value in fields.items()})


@pytest.mark.parametrize("who", ["clerk0", "council_member", "tenant_admin"])
async def test_others_find_no_consolidation(app_db: db.TenantEngine, who: str) -> None:
    house = await make_house()
    round_id = await opened(house)
    async with house.at():
        made = await service.consolidate_round(round_id, actor=house.people["officer"])
    async with browser(house.people[who], await slug_of(house)) as client:
        for path in (f"/tong-hop/{made.id}", f"/ky-bao-cao/{round_id}/tong-hop"):
            assert (await client.get(path)).status_code == 404
        assert (await client.post(f"/ky-bao-cao/{round_id}/tong-hop")).status_code == 403


async def test_pages_cost_the_same_queries_for_any_number_of_units(
    app_db: db.TenantEngine,
) -> None:
    async def cost(units: int) -> list[int]:
        house = await make_house(units=units)
        costs = []
        async with browser(house.people["officer"], await slug_of(house)) as client:
            await client.get("/phong-trao")
            for path in ("/don-vi", "/don-vi?tim=benh", "/phong-trao"):
                before = app_db.queries
                assert (await client.get(path)).status_code == 200
                costs.append(app_db.queries - before)
        return costs

    assert await cost(1) == await cost(6) == [3, 3, 2]
