"""Emulation blocks in the panel: made, renamed and deleted by the service of their page."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import asyncpg
import httpx
import pytest

from core.kit import db
from tenants.service import forget_hosts
from tests.integration.admin.door import API, Department, ask, browser, make_department

VIEW = f"{API}/khối_thi_đua/"


@pytest.fixture(scope="module")
async def dept(app_db: db.TenantEngine, superuser: asyncpg.Connection) -> Department:
    forget_hosts()
    return await make_department(superuser)


@pytest.fixture(scope="module")
async def client(app_db: db.TenantEngine) -> AsyncIterator[httpx.AsyncClient]:
    async with browser() as opened:
        yield opened


async def told(
    client: httpx.AsyncClient, dept: Department, method: str, row: str = "", **body: Any
) -> tuple[int, Any]:
    """Send one change and return the status and what is told."""
    more = {} if method == "DELETE" else {"json": body}
    answer = await ask(
        client, method, f"{VIEW}{row}", host=dept, cookie=dept.cookies["tenant_admin"], **more
    )
    return answer.status_code, answer.json() if answer.content else None


async def test_a_block_is_made_renamed_and_deleted_and_the_trail_has_it(
    client: httpx.AsyncClient, dept: Department, superuser: asyncpg.Connection
) -> None:
    # as the page sends it: the locked id is there, and empty
    status, made = await told(client, dept, "POST", id=None, name=" Khối  các bệnh viện ", note="")
    assert status == 201
    block = made[0]["id"]
    assert (await told(client, dept, "PATCH", f"{block}/", note="Tuyến tỉnh"))[0] == 200
    assert (await told(client, dept, "PATCH", f"{block}/", name="Khối bệnh viện"))[0] == 200
    row = await superuser.fetchrow(
        "SELECT name, note, sort_key <> '' AS sorted FROM emulation_block WHERE id = $1::uuid",
        block,
    )
    assert tuple(row) == ("Khối bệnh viện", "Tuyến tỉnh", True)
    assert (await told(client, dept, "DELETE", f"{block}/"))[0] == 204
    events = await superuser.fetch(
        "SELECT action, actor_id FROM audit_event WHERE row_id = $1::uuid ORDER BY seq", block
    )
    who = dept.accounts["tenant_admin"]
    assert [tuple(event) for event in events] == [
        ("insert", who), ("update", who), ("update", who), ("delete", who),
    ]  # fmt: skip


async def test_what_the_page_refuses_the_panel_refuses_in_its_words(
    client: httpx.AsyncClient, dept: Department, superuser: asyncpg.Connection
) -> None:
    used = str(dept.ids["emulation_block"])
    count = "SELECT count(*) FROM emulation_block WHERE tenant_id = $1"
    _, made = await told(client, dept, "POST", name="Khối trung tâm")
    before = await superuser.fetchval(count, dept.tenant_id)
    empty = "Cần ghi tên khối thi đua, tối đa 200 ký tự."
    taken = "Đã có khối thi đua “khối Trung tâm”."
    for method, row, body, status, sentence in (
        ("POST", "", {"name": "  "}, 422, empty),
        ("POST", "", {"note": "không có tên"}, 422, empty),
        ("POST", "", {"name": "x" * 201}, 422, empty),
        ("POST", "", {"name": 7}, 422, "cần là chữ."),
        ("POST", "", {"name": "khối Trung tâm"}, 422, taken),
        ("PATCH", f"{used}/", {"name": "khối Trung tâm"}, 422, taken),
        ("PATCH", f"{used}/", {"name": ""}, 422, empty),
        ("PUT", f"{made[0]['id']}/", {"name": ""}, 422, empty),
    ):
        got, said = await told(client, dept, method, row, **body)
        assert (got, said["detail"][0]["msg"]) == (status, sentence), (method, body)
    got, said = await told(client, dept, "DELETE", f"{used}/")
    assert (got, said["code"]) == (409, "block_in_use")
    got, _ = await told(client, dept, "POST", id=used, name="Khối khác")
    assert got == 403
    got, _ = await told(client, dept, "DELETE")
    assert 400 <= got < 500
    assert await superuser.fetchval(count, dept.tenant_id) == before
