"""Forms of the panel about the tree of units and about the department's own days and quotas."""

from __future__ import annotations

from collections.abc import AsyncIterator

import asyncpg
import httpx
import pytest

from core.kit import clock, db
from core.plugin.manager import installed
from tests.integration.admin.door import API, Department, ask, browser
from tests.integration.admin.test_forms import FORM, send
from tests.integration.admin.test_forms_papers import choices, day, department

BASIS = {"decision": "Quyết định số 12/QĐ-UBND", "reason": ""}


@pytest.fixture(scope="module")
async def client(app_db: db.TenantEngine) -> AsyncIterator[httpx.AsyncClient]:
    async with browser() as opened:
        yield opened


async def change(
    client: httpx.AsyncClient, made: Department, slug: str, **fields: str
) -> tuple[int, str]:
    """Send a form about a unit, as of today."""
    asked = {**BASIS, "effective_on": clock.today().isoformat(), **fields}
    return await send(client, made, slug, "tenant_admin", **asked)


async def test_the_tree_is_changed_as_on_the_pages(
    client: httpx.AsyncClient, superuser: asyncpg.Connection
) -> None:
    made, house = await department(superuser)
    first, second = map(str, house.units)
    for slug, fields, told in (
        ("doi-ten-don-vi", {"unit": first, "name": "Bệnh viện Phổi"}, "Đã đổi tên đơn vị."),
        ("chuyen-don-vi", {"unit": second, "parent_id": first}, "Đã chuyển đơn vị."),
        ("chia-tach-don-vi",
         {"unit": first, "keeps": "1", "part_1": "Trung tâm Mới", "part_code_1": "TTM"},
         "Đã chia tách."),
        ("sap-nhap-don-vi", {"unit": "TTM", "into_id": first, "heads_follow": "0"},
         "Đã sáp nhập. Đây là đơn vị nhận."),
        ("giai-the-don-vi", {"unit": second, "people_to": first}, "Đã giải thể đơn vị."),
    ):  # fmt: skip
        assert await change(client, made, slug, **fields) == (200, told)
    rows = await superuser.fetch(
        "SELECT kind, new_name FROM unit_succession WHERE tenant_id = $1 ORDER BY made_at, id",
        house.tenant_id,
    )
    assert [row["kind"] for row in rows] == ["rename", "move", "split", "merge", "close"]
    assert await superuser.fetchval(
        "SELECT name FROM unit WHERE id = $1", house.units[0]
    ) == "Bệnh viện Phổi"  # fmt: skip


@pytest.mark.parametrize(
    ("slug", "fields", "told"),
    [
        ("doi-ten-don-vi", {"name": "Mới", "effective_on": ""},
         "Ngày có hiệu lực: chưa chọn ngày, hoặc ngày không đúng."),
        ("doi-ten-don-vi", {"name": "Mới", "decision": ""},
         "Căn cứ: số, ngày quyết định: chưa nhập."),
        ("doi-ten-don-vi", {"name": "Bệnh viện số 0"}, "Tên mới: Tên, tên ngắn và mã đều như cũ."),
        ("chuyen-don-vi", {"parent_id": "không có"},
         "Chuyển về trực thuộc: Không tìm thấy đơn vị “không có”. Hãy gõ mã hoặc tên đơn vị."),
        ("sap-nhap-don-vi", {"into_id": ""}, "Sáp nhập vào đơn vị: chưa nhập."),
        ("chia-tach-don-vi", {"part_1": "A", "part_code_1": ""}, "Mã đơn vị mới 1: chưa nhập."),
    ],
)  # fmt: skip
async def test_what_is_missing_is_told_at_its_field(
    client: httpx.AsyncClient, superuser: asyncpg.Connection, slug: str, fields: dict[str, str],
    told: str,
) -> None:  # fmt: skip
    made, house = await department(superuser)
    answer = await change(client, made, slug, **{"unit": str(house.units[0]), **fields})
    assert answer == (422, told)
    assert await superuser.fetchval(
        "SELECT count(*) FROM unit_succession WHERE tenant_id = $1", house.tenant_id
    ) == 0  # fmt: skip


async def test_a_short_name_is_found_by_the_search(
    client: httpx.AsyncClient, superuser: asyncpg.Connection
) -> None:
    made, house = await department(superuser)
    path = f"{API}/đơn_vị/{house.units[0]}/"
    cookie = made.cookies["tenant_admin"]
    answer = await ask(
        client, "PATCH", path, host=made, cookie=cookie, json={"short_name": "Viện Phổi"}
    )
    assert answer.status_code == 200
    row = await superuser.fetchrow("SELECT * FROM unit WHERE id = $1", house.units[0])
    assert row["short_name"] == "Viện Phổi"
    assert row["search_name"] == f"{row['name']} Viện Phổi {row['code']}".lower().translate(
        str.maketrans("ệốổi", "eooi")
    )
    long = await ask(
        client, "PATCH", path, host=made, cookie=cookie, json={"short_name": "V" * 121}
    )
    assert long.status_code == 422


async def test_a_day_and_a_quota_of_the_plan_are_kept_in_the_draft(
    client: httpx.AsyncClient, superuser: asyncpg.Connection
) -> None:
    made, house = await department(superuser)
    slug = next(iter(installed().plugins))
    await superuser.execute(
        "UPDATE tenant SET plugin_slug = $2 WHERE id = $1", house.tenant_id, slug
    )
    rungs = await choices(client, made, "dat-muc-khen-thuong", "rung", "tenant_admin")
    rung = list(rungs)[1]
    wrong = await send(
        client, made, "dat-muc-khen-thuong", "tenant_admin", rung=rung, count="nhiều"
    )
    assert wrong[0] == 422
    assert wrong[1].startswith("Số lượng tối đa")
    told = await send(client, made, "dat-muc-khen-thuong", "tenant_admin", rung=rung, count="5")
    assert told[0] == 200
    kept = await superuser.fetchval(
        "SELECT body->'value' FROM plan_draft WHERE tenant_id = $1 AND section = 'quotas'",
        house.tenant_id,
    )
    assert '"count": 5' in kept
    stale = await send(client, made, "dat-muc-khen-thuong", "tenant_admin", rung=rung, count="6")
    assert stale[0] == 409
    steps = await choices(client, made, "dat-han-bao-cao", "step", "tenant_admin")
    step = list(steps)[1]
    bad = await send(client, made, "dat-han-bao-cao", "tenant_admin", step=step, last_day="31/02")
    assert bad[0] == 422
    answer = await ask(
        client, "GET", f"{FORM}/dat-han-bao-cao/schema/", host=made,
        cookie=made.cookies["tenant_admin"],
    )  # fmt: skip
    assert answer.json()["properties"]["decided_on"].get("default") is None
    assert day(0) == clock.today().isoformat()
