"""The panel's forms do what the pages do, with the same rights and the same refusals."""

from __future__ import annotations

from collections.abc import AsyncIterator

import asyncpg
import httpx
import pytest

from admin.forms import FORMS, links_for
from admin.rights import PANEL_ROLES
from core.accounts.schemas import Actor, Grant
from core.kit import db
from tenants.service import forget_hosts
from tests.factories import make_account
from tests.integration.admin.door import Department, ask, browser, session
from tests.integration.reports import house as houses

FORM = "/admin/api/forms"


@pytest.fixture(scope="module")
async def world(
    app_db: db.TenantEngine, superuser: asyncpg.Connection
) -> tuple[Department, houses.House, str]:
    """A department with one open round, and a cookie for every role."""
    forget_hosts()
    house = await houses.make_house(units=2)
    slug = await superuser.fetchval("SELECT slug FROM tenant WHERE id = $1", house.tenant_id)
    made = Department(house.tenant_id, slug, {}, house.units[0])
    for role in PANEL_ROLES:
        account = await make_account(
            house.tenant_id, unit_id=house.tenant_id, roles={role: house.tenant_id}
        )
        made.accounts[role] = account
        made.cookies[role] = await session(made, account)
    return made, house, str(await houses.opened(house))


@pytest.fixture(scope="module")
async def client(app_db: db.TenantEngine) -> AsyncIterator[httpx.AsyncClient]:
    async with browser() as opened:
        yield opened


async def send(
    client: httpx.AsyncClient, made: Department, slug: str, who: str, **fields: str
) -> tuple[int, str]:
    """Send a form and return the status and what is told."""
    answer = await ask(
        client, "POST", f"{FORM}/{slug}/", host=made, cookie=made.cookies[who], json=fields
    )
    body = answer.json()
    if answer.status_code == 200:
        return 200, body["custom_form_success"]
    detail = body["detail"]
    told = detail if isinstance(detail, str) else f"{detail[0]['loc'][0]}: {detail[0]['msg']}"
    return answer.status_code, told


async def test_each_role_finds_its_forms(
    client: httpx.AsyncClient, world: tuple[Department, houses.House, str]
) -> None:
    made, _, _ = world
    for role in PANEL_ROLES:
        answer = await ask(client, "GET", f"{FORM}/grouped/", host=made, cookie=made.cookies[role])
        slugs = [form["slug"] for group in answer.json()["grouped"].values() for form in group]
        assert sorted(slugs) == sorted(form.slug for form in FORMS if role in form.roles)
        for form in FORMS:
            for method, path in (("GET", "schema/"), ("GET", ""), ("POST", "")):
                if method == "POST" and role in form.roles:
                    continue
                got = await ask(
                    client, method, f"{FORM}/{form.slug}/{path}", host=made,
                    cookie=made.cookies[role], json={} if method == "POST" else None,
                )  # fmt: skip
                assert got.status_code == (200 if role in form.roles else 404), (role, form.slug)


async def test_an_account_is_locked_and_unlocked_by_its_user_name(
    client: httpx.AsyncClient, world: tuple[Department, houses.House, str],
    superuser: asyncpg.Connection,
) -> None:  # fmt: skip
    made, house, _ = world
    account = await make_account(house.tenant_id, unit_id=house.units[0], username="lan.vu")
    query = "SELECT locked_at IS NOT NULL FROM account WHERE id = $1"
    told = await send(client, made, "khoa-tai-khoan", "tenant_admin", username=" Lan.Vu ")
    assert told == (200, "Đã khóa tài khoản và kết thúc các phiên của tài khoản này.")
    assert await superuser.fetchval(query, account)
    actor = await superuser.fetchrow(
        "SELECT actor_id, reason FROM audit_event WHERE row_id = $1 ORDER BY seq DESC LIMIT 1",
        account,
    )
    assert tuple(actor) == (
        made.accounts["tenant_admin"],
        "Bảng quản trị: POST /admin/api/forms/khoa-tai-khoan/",
    )
    told = await send(client, made, "mo-khoa-tai-khoan", "tenant_admin", username="lan.vu")
    assert told == (200, "Đã mở khóa tài khoản.")
    assert not await superuser.fetchval(query, account)


async def test_the_services_refuse_in_their_own_words(
    client: httpx.AsyncClient, world: tuple[Department, houses.House, str],
    superuser: asyncpg.Connection,
) -> None:  # fmt: skip
    made, house, round_id = world
    own = await superuser.fetchval(
        "SELECT username FROM account WHERE id = $1", made.accounts["tenant_admin"]
    )
    code = await superuser.fetchval("SELECT code FROM unit WHERE id = $1", house.units[0])
    for slug, who, fields, refusal in (
        ("khoa-tai-khoan", "tenant_admin", {"username": "khong.co"},
         (422, "Tên đăng nhập: Không có tài khoản “khong.co” trong phạm vi quản trị của bạn.")),
        ("khoa-tai-khoan", "tenant_admin", {}, (422, "Tên đăng nhập: chưa nhập.")),
        ("khoa-tai-khoan", "tenant_admin", {"username": own},
         (409, "Việc này phải do một quản trị khác làm.")),
        ("giao-vai-tro", "tenant_admin",
         {"username": own, "role": "vua", "unit": code},
         (422, "Vai trò: Hãy chọn một vai trò.")),
        ("giao-vai-tro", "tenant_admin",
         {"username": own, "role": "officer", "unit": "khong-co"},
         (422, "Đơn vị (mã hoặc tên): Không tìm thấy đơn vị “khong-co”. Hãy gõ mã hoặc tên"
          " đơn vị.")),
        ("dong-ky-bao-cao", "officer", {"round_id": "khong"},
         (422, "Kỳ báo cáo: chọn một mục trong danh sách.")),
        ("dong-ky-bao-cao", "officer", {"round_id": str(house.units[0])},
         (422, "Không tìm thấy nội dung này")),
        ("mien-nop-bao-cao", "officer", {"round_id": round_id, "unit": code, "reason": "  "},
         (422, "Lý do miễn: Chưa ghi lý do miễn nộp.")),
        ("bo-mien-nop-bao-cao", "officer", {"round_id": round_id, "unit": code}, (409, "")),
        ("xac-thuc-hai-lop", "tenant_admin", {"asked": "co"},
         (422, "Ai phải dùng xác thực hai lớp: chọn một mục trong danh sách.")),
    ):  # fmt: skip
        status, told = await send(client, made, slug, who, **fields)
        assert (status, told if refusal[1] else "") == refusal, (slug, told)


async def test_a_round_is_closed_reopened_and_its_units_excused(
    client: httpx.AsyncClient, world: tuple[Department, houses.House, str],
    superuser: asyncpg.Connection,
) -> None:  # fmt: skip
    made, house, round_id = world
    name = await superuser.fetchval("SELECT name FROM unit WHERE id = $1", house.units[1])
    asked = {"round_id": round_id}
    status, told = await send(client, made, "dong-ky-bao-cao", "officer", **asked)
    assert (status, told[:18]) == (200, "Đã đóng kỳ báo cáo")
    schema = await ask(
        client, "GET", f"{FORM}/mo-lai-ky-bao-cao/schema/", host=made,
        cookie=made.cookies["officer"],
    )  # fmt: skip
    field = schema.json()["properties"]["round_id"]
    assert (field["default"], list(field["extra"]["choices"])) == (round_id, [round_id])
    assert (await send(client, made, "mo-lai-ky-bao-cao", "officer", **asked))[0] == 200
    owed = {**asked, "unit": str(house.units[1])}
    told = await send(client, made, "mien-nop-bao-cao", "officer", **owed, reason="Mới thành lập")
    assert told == (200, f"Đã miễn nộp báo cáo cho {name}.")
    query = "SELECT state FROM report WHERE unit_id = $1 AND round_id = $2::uuid"
    assert await superuser.fetchval(query, house.units[1], round_id) == "excused"
    assert (await send(client, made, "bo-mien-nop-bao-cao", "officer", **owed))[0] == 200
    assert await superuser.fetchval(query, house.units[1], round_id) == "not_started"
    assert await send(client, made, "nhac-don-vi-chua-nop", "officer", **asked) == (
        200,
        "Đã nhắc 2 đơn vị chưa nộp.",
    )


def test_links_lead_to_the_pages_of_the_role() -> None:
    unit = houses.new_id()
    admin = Actor(None, None, "", None, "", (Grant("tenant_admin", unit, f"/{unit}/"),))
    assert list(links_for(admin).values()) == ["/", "/quan-tri/tai-khoan", "/don-vi"]
