"""Forms of the panel for later days, consolidations, delegations and accounts back in use."""

from __future__ import annotations

import datetime as dt
from collections.abc import AsyncIterator
from typing import Any

import asyncpg
import httpx
import pytest

from admin.rights import PANEL_ROLES
from core.accounts import delegation
from core.kit import clock, db
from core.plugin.api import PlanSource
from core.plugin.manager import installed
from core.reports import rounds
from core.statistics import service as statistics
from tenants.service import forget_hosts
from tests.factories import make_account, make_tenant
from tests.integration.admin.door import Department, ask, browser, session
from tests.integration.admin.test_forms import FORM, send
from tests.integration.reports import house as houses


async def department(superuser: asyncpg.Connection, **more: Any) -> tuple[Department, houses.House]:
    """Make a department with a cookie for each role of the panel."""
    forget_hosts()
    house = await houses.make_house(units=2, **more)
    slug = await superuser.fetchval("SELECT slug FROM tenant WHERE id = $1", house.tenant_id)
    made = Department(house.tenant_id, slug, {}, house.units[0])
    for role in PANEL_ROLES:
        account = house.people[role].account_id
        assert account
        made.cookies[role] = await session(made, account)
    return made, house


@pytest.fixture(scope="module")
async def client(app_db: db.TenantEngine) -> AsyncIterator[httpx.AsyncClient]:
    async with browser() as opened:
        yield opened


async def choices(
    client: httpx.AsyncClient, made: Department, slug: str, field: str, who: str
) -> dict[str, str]:
    """Return what a form offers for a field: word by value."""
    answer = await ask(client, "GET", f"{FORM}/{slug}/schema/", host=made, cookie=made.cookies[who])
    found = answer.json()["properties"][field]["extra"]["choices"]
    return {value: choice["display_name"] for value, choice in found.items()}


def day(ahead: int) -> str:
    return (clock.today() + dt.timedelta(days=ahead)).isoformat()


async def test_days_are_moved_where_no_decision_is_asked_for(
    client: httpx.AsyncClient, superuser: asyncpg.Connection
) -> None:
    made, house = await department(superuser, due=None)
    due = dt.datetime.combine(clock.today() + dt.timedelta(days=5), dt.time(), houses.VN)
    asked = {"round_id": str(await houses.opened(house, due_at=due))}
    unit = {**asked, "unit": str(house.units[0]), "reason": "Bão lụt"}
    status, told = await send(client, made, "gia-han-bao-cao", "officer", **unit, last_day=day(9))
    assert (status, told[:11]) == (200, "Đã gia hạn ")
    new = await superuser.fetchval(
        "SELECT new_due_at FROM extension WHERE tenant_id = $1", house.tenant_id
    )
    assert new.astimezone(houses.VN).date().isoformat() == day(10)
    status, told = await send(
        client, made, "doi-han-ky-bao-cao", "officer", **asked, last_day=day(6)
    )
    assert (status, told[:14]) == (200, "Đã đổi hạn của")
    for slug, fields in (("gia-han-bao-cao", unit), ("doi-han-ky-bao-cao", asked)):
        told = await send(client, made, slug, "officer", **fields, last_day=day(-3))
        assert told == (422, "Hạn mới: hết ngày: Hạn phải ở sau thời điểm hiện tại."), slug


async def test_a_day_of_the_plan_is_moved_on_the_page_that_takes_the_file(
    client: httpx.AsyncClient, superuser: asyncpg.Connection
) -> None:
    made, house = await department(superuser)
    round_id = await houses.opened(house)
    owed = await houses.obligation_of(
        house, await houses.report_of(house, house.units[0], round_id)
    )
    asked = {"round_id": str(round_id), "last_day": day(60)}
    status, told = await send(
        client, made, "gia-han-bao-cao", "officer", **asked, unit=str(house.units[0]), reason="Bão"
    )
    assert (status, f"/nghia-vu/{owed}/gia-han" in told) == (422, True)
    status, told = await send(client, made, "doi-han-ky-bao-cao", "officer", **asked)
    assert (status, f"/ky-bao-cao/{round_id}/han" in told) == (422, True)
    rows = await superuser.fetchval(
        "SELECT count(*) FROM extension WHERE tenant_id = $1", house.tenant_id
    )
    assert rows == 0


async def test_a_consolidation_is_approved_and_numbered_as_it_was_seen(
    client: httpx.AsyncClient, superuser: asyncpg.Connection
) -> None:
    made, house = await department(superuser)
    other, _ = await department(superuser)
    officer = house.people["officer"]
    round_id = await houses.opened(house)
    await houses.brought_to(
        house, await houses.report_of(house, house.units[0], round_id), "accepted"
    )
    async with house.at():
        await rounds.close_round(actor=officer, round_id=round_id)
        found = await statistics.consolidate_round(round_id, actor=officer)
    field, head, clerk = "consolidation", "department_head", "records_clerk"
    seen = f"{found.id}:{found.version}"
    offered = await choices(client, made, "duyet-tong-hop", field, head)
    assert list(offered) == ["", seen]
    assert await choices(client, other, "duyet-tong-hop", field, head) == {
        "": "Hiện không có bản nào"
    }
    assert (await send(client, other, "duyet-tong-hop", head, consolidation=seen))[0] == 422
    told = await send(
        client, made, "duyet-tong-hop", head, consolidation=f"{found.id}:{found.version + 1}"
    )
    assert told == (409, "Nội dung vừa thay đổi. Xin đọc lại bản mới rồi thực hiện lại.")
    told = await send(client, made, "duyet-tong-hop", head, consolidation="khong:co")
    assert told == (422, "Bản tổng hợp: Chọn một mục trong danh sách.")
    assert (await send(client, made, "duyet-tong-hop", head, consolidation=seen))[0] == 200
    now = list(await choices(client, made, "ban-hanh-tong-hop", field, clerk))[1]
    asked = {"consolidation": now, "document_date": day(1)}
    told = await send(client, made, "ban-hanh-tong-hop", clerk, **asked)
    assert told == (422, "Ngày văn bản: Ngày văn bản không được sau ngày hôm nay.")
    asked["document_date"] = day(0)
    status, said = await send(client, made, "ban-hanh-tong-hop", clerk, **asked)
    assert (status, said[:12]) == (200, "Đã cấp số 01")
    state = "SELECT state FROM consolidation WHERE id = $1"
    assert await superuser.fetchval(state, found.id) == "issued"


async def test_an_account_comes_back_into_use_and_no_password_is_shown(
    client: httpx.AsyncClient, superuser: asyncpg.Connection
) -> None:
    made, house = await department(superuser)
    account = await make_account(house.tenant_id, unit_id=house.units[0], username="nga.do")
    asked = {"username": "nga.do"}
    told = await send(client, made, "dung-lai-tai-khoan", "tenant_admin", **asked)
    assert told == (422, "Tên đăng nhập: Tài khoản này đang dùng, không cần dùng lại.")
    assert (await send(client, made, "ngung-dung-tai-khoan", "tenant_admin", **asked))[0] == 200
    told = await send(client, made, "dung-lai-tai-khoan", "tenant_admin", **asked)
    assert told == (
        200,
        "Tài khoản dùng lại được, mật khẩu cũ không còn giá trị. Cấp phiếu mật khẩu tạm ở trang"
        " Tài khoản rồi đưa cho người đó.",
    )
    assert await superuser.fetchval("SELECT is_active FROM account WHERE id = $1", account)


async def test_a_delegation_is_ended_by_who_may_end_it(
    client: httpx.AsyncClient, superuser: asyncpg.Connection
) -> None:
    made, house = await department(superuser)
    today = clock.today()
    lender, borrower = house.people["head0"], house.people["clerk0"].account_id
    assert borrower
    async with house.at(f"{today}T08:00:00+07:00", "head0"):
        lent = await delegation.delegate(
            account_id=borrower, role="unit_head", unit_id=house.units[0], valid_from=today,
            valid_to=today + dt.timedelta(days=3), decision="15/GUQ-BV", actor=lender,
        )  # fmt: skip
    asked = {"delegation_id": str(lent)}
    slug = "cham-dut-uy-quyen"
    assert await choices(client, made, slug, "delegation_id", "officer") == {
        "": "Hiện không có ủy quyền nào bạn chấm dứt được"
    }
    assert (await send(client, made, slug, "officer", **asked))[0] == 422
    offered = await choices(client, made, slug, "delegation_id", "tenant_admin")
    assert list(offered) == ["", str(lent)]
    assert await send(client, made, slug, "tenant_admin", **asked) == (200, "Đã chấm dứt ủy quyền.")
    assert (await send(client, made, slug, "tenant_admin", **asked))[0] == 409


async def test_the_plan_is_published_as_it_was_seen_with_reason_and_day(
    client: httpx.AsyncClient, superuser: asyncpg.Connection
) -> None:
    forget_hosts()
    plugins = installed().plugins
    tenant_id = await make_tenant(
        min(key for key, one in plugins.items() if one.info.plan.source == PlanSource.DEPARTMENT)
    )
    slug = await superuser.fetchval("SELECT slug FROM tenant WHERE id = $1", tenant_id)
    made = Department(tenant_id, slug, {}, tenant_id)
    account = await make_account(tenant_id, unit_id=tenant_id, roles={"tenant_admin": tenant_id})
    made.cookies["tenant_admin"] = await session(made, account)
    form, who = "cong-bo-ke-hoach", "tenant_admin"
    [(digest, words)] = (await choices(client, made, form, "digest", who)).items()
    assert words == "Bản số 1, bản đầu tiên"
    asked = {"digest": digest, "effective_from": day(0), "reason": "Theo kế hoạch năm"}
    for changed, refusal in (
        ({"reason": "  "}, (422, "Lý do, căn cứ công bố: Xin ghi lý do, căn cứ công bố.")),
        ({"effective_from": day(-1)}, (422, "")),
        ({"digest": f"{digest}x"}, (409, "")),
    ):
        status, told = await send(client, made, form, who, **asked | changed)
        assert (status, told if refusal[1] else "") == refusal
    assert (await send(client, made, form, who, **asked))[0] == 200
    rows = await superuser.fetch(
        "SELECT number, reason, published_by FROM plan_edition WHERE tenant_id = $1", tenant_id
    )
    assert [tuple(row) for row in rows] == [(1, "Theo kế hoạch năm", account)]
    [words] = (await choices(client, made, form, "digest", who)).values()
    assert words == "Không khác bản số 1, không có gì phải công bố"
    assert (await send(client, made, form, who, **asked))[0] == 409
