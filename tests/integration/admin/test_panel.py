"""The panel's door, its changes and its refusals, through HTTP."""

from __future__ import annotations

import json
import re
from collections.abc import AsyncIterator
from typing import Any

import asyncpg
import httpx
import pytest

from admin.bundle import assets
from admin.catalogue import SHOWN
from admin.panel import tables
from core.kit import db
from tenants.service import forget_hosts
from tests.integration.admin.door import API, Department, ask, browser, make_department, session

QUERIES = 4  # the session and the question, twice
ENGLISH = re.compile(r"\b(the|field|value|should|row|invalid|error|not|is|in|of|please)\b", re.I)


@pytest.fixture(scope="module")
async def dept(app_db: db.TenantEngine, superuser: asyncpg.Connection) -> Department:
    forget_hosts()
    return await make_department(superuser)


@pytest.fixture(scope="module")
async def client(app_db: db.TenantEngine) -> AsyncIterator[httpx.AsyncClient]:
    async with browser() as opened:
        yield opened


def sentences(answer: httpx.Response) -> str:
    """Return what a refusal says, as the page shows it."""
    detail = answer.json()["detail"]
    if isinstance(detail, str):
        return detail
    return "; ".join(f"{item['loc'][-1]}: {item['msg']}" for item in detail)


# Signing in


async def test_anonymous_is_led_to_the_sites_own_sign_in_and_back(
    client: httpx.AsyncClient, dept: Department
) -> None:
    page = {"headers": {"accept": "text/html"}}
    answer = await ask(client, "GET", "/admin/", host=dept, **page)
    assert (answer.status_code, answer.headers["location"]) == (303, "/dang-nhap?tiep=/admin/")
    answer = await ask(client, "GET", "/admin/api/tables/", host=dept)
    assert answer.status_code == 401


@pytest.mark.parametrize(
    ("stage", "step"), [("totp", "/xac-thuc"), ("change_password", "/doi-mat-khau")]
)
async def test_an_unfinished_session_goes_on_where_it_stopped(
    client: httpx.AsyncClient, dept: Department, stage: str, step: str
) -> None:
    cookie = await session(dept, dept.accounts["tenant_admin"], stage=stage)
    page = {"headers": {"accept": "text/html"}, "cookie": cookie}
    answer = await ask(client, "GET", "/admin/", host=dept, **page)
    assert (answer.status_code, answer.headers["location"]) == (303, f"{step}?tiep=/admin/")


async def test_an_idle_session_is_asked_to_sign_in(
    client: httpx.AsyncClient, dept: Department, superuser: asyncpg.Connection
) -> None:
    cookie = await session(dept, dept.accounts["auditor"])
    await superuser.execute(
        "UPDATE session SET seen_at = now() - interval '1 day', expires_at = now() + interval '1 h'"
        " WHERE account_id = $1 AND seen_at = (SELECT max(seen_at) FROM session WHERE"
        " account_id = $1)",
        dept.accounts["auditor"],
    )
    answer = await ask(client, "GET", "/admin/api/user/", host=dept, cookie=cookie)
    assert answer.status_code == 401


async def test_signing_out_of_the_panel_ends_the_sites_session(
    client: httpx.AsyncClient, dept: Department
) -> None:
    cookie = await session(dept, dept.accounts["officer"])
    answer = await ask(client, "POST", "/admin/public/logout/", host=dept, cookie=cookie)
    assert answer.status_code == 200
    for path in ("/admin/api/user/", "/ky-bao-cao"):
        assert (await ask(client, "GET", path, host=dept, cookie=cookie)).status_code == 401


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "/admin/public/login/"), ("GET", "/admin/public/docs/"),
        ("GET", "/admin/public/openapi.json"), ("GET", "/admin/api/docs/"),
        ("GET", "/admin/api/openapi.json"), ("GET", "/admin/openapi.json"),
        ("POST", "/admin/api/change-password/"), ("POST", "/admin/api/media/"),
        ("GET", "/admin/api/media-files/x/y/z"), ("GET", "/admin/api/mfa-setup/"),
        ("GET", "/admin/assets/../panel.py"), ("GET", "/admin/assets/khac.js"),
    ],
)  # fmt: skip
async def test_what_the_library_brings_along_and_we_do_not_use_is_closed(
    client: httpx.AsyncClient, dept: Department, method: str, path: str
) -> None:
    cookie = dept.cookies["tenant_admin"]
    answer = await ask(client, method, path, host=dept, cookie=cookie)
    assert answer.status_code in (404, 405), answer.text[:200]


# Forged requests


@pytest.mark.parametrize("token", ["", "khac"])
async def test_a_change_needs_the_token_of_the_cookie(
    client: httpx.AsyncClient, dept: Department, token: str
) -> None:
    path = f"{API}/đơn_vị/{dept.unit_id}/"
    cookie = dept.cookies["tenant_admin"]
    answer = await ask(
        client, "PATCH", path, host=dept, cookie=cookie, json={"place": "X"},
        headers={"x-csrftoken": token},
    )  # fmt: skip
    assert answer.status_code == 403
    assert "Xin tải lại trang" in sentences(answer)
    answer = await ask(
        client, "PATCH", path, host=dept, cookie=cookie, csrf=False, json={"place": "X"}
    )
    assert answer.status_code == 403


@pytest.mark.parametrize(("origin", "status"), [("", 200), ("so-khac.localhost", 403)])
async def test_over_https_only_pages_of_the_same_host_may_write(
    client: httpx.AsyncClient, dept: Department, origin: str, status: int
) -> None:
    host = f"{dept.slug}.localhost"
    client.cookies.clear()
    client.cookies.set("csrftoken", "t", domain=host)
    client.cookies.set("thidua_session", dept.cookies["tenant_admin"], domain=host)
    answer = await client.patch(
        f"https://{host}{API}/đơn_vị/{dept.unit_id}/",
        json={"place": "Nơi khác"},
        headers={"x-csrftoken": "t", "origin": f"https://{origin or host}"},
    )
    assert answer.status_code == status


async def test_the_panels_answers_carry_our_headers(
    client: httpx.AsyncClient, dept: Department
) -> None:
    cookie = dept.cookies["auditor"]
    page = await ask(client, "GET", "/admin/", host=dept, cookie=cookie, csrf=False)
    policy = page.headers["content-security-policy"]
    assert "style-src 'self' 'unsafe-inline';" in policy
    assert policy.count("unsafe") == 1
    assert "script-src 'self';" in policy
    assert page.headers["cache-control"] == "no-store, private"
    assert "csrftoken=" in page.headers["set-cookie"]
    script = await ask(
        client, "GET", f"/admin/assets/{assets()['js'].name}", host=dept, cookie=cookie
    )
    assert script.status_code == 200
    assert "immutable" in script.headers["cache-control"]


# Changes


async def test_a_change_is_in_the_trail_with_the_person_and_the_panel(
    client: httpx.AsyncClient, dept: Department, superuser: asyncpg.Connection
) -> None:
    answer = await ask(
        client, "PATCH", f"{API}/đơn_vị/{dept.unit_id}/", host=dept,
        cookie=dept.cookies["tenant_admin"], json={"place": "Mường Lay", "notation": "BVML"},
    )  # fmt: skip
    assert answer.status_code == 200, answer.text
    unit = await superuser.fetchrow("SELECT place, notation FROM unit WHERE id = $1", dept.unit_id)
    assert tuple(unit) == ("Mường Lay", "BVML")
    event = await superuser.fetchrow(
        "SELECT actor_id, action, reason, changes FROM audit_event WHERE row_id = $1"
        " ORDER BY seq DESC LIMIT 1",
        dept.unit_id,
    )
    assert event["actor_id"] == dept.accounts["tenant_admin"]
    assert event["action"] == "update"
    assert event["reason"] == f"Bảng quản trị: PATCH {API}/đơn_vị/{dept.unit_id}/"
    assert sorted(json.loads(event["changes"])) == ["notation", "place"]


@pytest.mark.parametrize("method", ["PATCH", "PUT"])
@pytest.mark.parametrize(
    ("view", "body", "status", "said"),
    [
        ("đơn_vị", {"name": "Đổi tên"}, 403, "Cột “Tên” của bảng “Đơn vị” không sửa ở đây."),
        ("đơn_vị", {"parent_id": None}, 403, "Cột “Thuộc đơn vị” của bảng “Đơn vị” không sửa"),
        ("đơn_vị", {"tenant_id": "x"}, 422, "Bảng “Đơn vị” không có cột “tenant_id”."),
        ("đơn_vị", {"path": "/"}, 422, "Bảng “Đơn vị” không có cột “path”."),
        ("đơn_vị", {"notation": "N" * 31}, 422, "Ký hiệu văn bản: dài quá 30 ký tự."),
        ("đơn_vị", {"kind": "tàu vũ trụ"}, 403, "Cột “Loại”"),
        ("đơn_vị", {"place": 7}, 422, "Nơi ban hành: cần là chữ."),
        ("đơn_vị", {}, 422, "Dữ liệu gửi lên không đọc được."),
        ("đơn_vị", {"place": "a\x00b"}, 422, "Dữ liệu gửi lên không đúng dạng."),
        ("tài_khoản", {"email": "a@b.vn"}, 403, "không được sửa ở bảng “Tài khoản”"),
        ("nhật_ký", {"reason": "khác"}, 403, "không được sửa ở bảng “Nhật ký”"),
    ],
)
async def test_what_is_not_to_be_changed_here_is_refused_in_words(
    client: httpx.AsyncClient, dept: Department, superuser: asyncpg.Connection,
    method: str, view: str, body: dict[str, Any], status: int, said: str,
) -> None:  # fmt: skip
    table = next(shown.table for shown in SHOWN if shown.view == view)
    row = dept.unit_id if table == "unit" else dept.ids[table]
    query = f"SELECT to_jsonb(t) FROM {table} t WHERE id = $1"
    before = await superuser.fetchval(query, row)
    if method == "PUT" and status != 403:
        body = dict.fromkeys(("name", "code", "kind", "level"), "x") | body
        said, status = "", 0
    answer = await ask(
        client, method, f"{API}/{view}/{row}/", host=dept, json=body,
        cookie=dept.cookies["tenant_admin"],
    )  # fmt: skip
    assert 400 <= answer.status_code < 500, answer.text[:300]
    assert status in (0, answer.status_code)
    assert said in sentences(answer)
    assert not ENGLISH.search(sentences(answer)), sentences(answer)
    assert await superuser.fetchval(query, row) == before


@pytest.mark.parametrize(
    "query",
    [
        "__order=khong_co", "__order=-unit.name", "__page_size=-1", "__page_size=khong",
        "__page_size=100000", "__page=-5", "__visible_fields=tenant_id", "khong_co=1",
        "is_active=co_le", "parent_id=khong-phai-uuid", "name__operator=khong",
        "parent_id__operator=khong", "__readable=khong", "name=%00",
    ],
)  # fmt: skip
async def test_an_odd_question_gets_a_sentence(
    client: httpx.AsyncClient, dept: Department, query: str
) -> None:
    answer = await ask(
        client, "GET", f"{API}/đơn_vị/?{query}", host=dept, cookie=dept.cookies["auditor"]
    )
    if answer.status_code != 200:
        assert 400 <= answer.status_code < 500, answer.text[:300]
        assert not ENGLISH.search(sentences(answer)), sentences(answer)


@pytest.mark.parametrize("row", ["khong-phai-uuid", "0", "%00", "null"])
async def test_a_row_that_cannot_be_gets_a_sentence(
    client: httpx.AsyncClient, dept: Department, row: str
) -> None:
    answer = await ask(
        client, "GET", f"{API}/đơn_vị/{row}/", host=dept, cookie=dept.cookies["auditor"]
    )
    assert 400 <= answer.status_code < 500
    assert not ENGLISH.search(sentences(answer)), sentences(answer)


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"7", b"\xff\xfe", b'{"a":' * 3000])
async def test_a_body_that_is_no_form_gets_a_sentence(
    client: httpx.AsyncClient, dept: Department, body: bytes
) -> None:
    for path in (f"{API}/đơn_vị/{dept.unit_id}/", "/admin/api/forms/khoa-tai-khoan/"):
        method = "PATCH" if "tables" in path else "POST"
        answer = await ask(
            client, method, path, host=dept, cookie=dept.cookies["tenant_admin"], content=body,
            headers={"content-type": "application/json"},
        )  # fmt: skip
        assert 400 <= answer.status_code < 500, (path, answer.text[:300])
        assert not ENGLISH.search(sentences(answer)), sentences(answer)


async def test_a_file_opens_by_the_authorised_route_only(
    client: httpx.AsyncClient, dept: Department
) -> None:
    key = f"{dept.ids['stored_file']}/tên tệp.pdf"
    asked = {"table_name": "tệp", "column_name": "file", "file_key": key}
    path = "/admin/api/media/generate-file-url/"
    answer = await ask(client, "POST", path, host=dept, cookie=dept.cookies["officer"], json=asked)
    assert answer.json() == {"file_url": f"/tep/{dept.ids['stored_file']}"}
    for who, more, status in (
        ("tenant_admin", {}, 403),
        ("officer", {"file_key": "../../etc/passwd"}, 422),
        ("officer", {"table_name": "session"}, 404),
    ):
        answer = await ask(
            client, "POST", path, host=dept, cookie=dept.cookies[who], json=asked | more
        )
        assert answer.status_code == status


# Words


@pytest.mark.parametrize("shown", SHOWN, ids=lambda shown: shown.view)
async def test_a_table_speaks_vietnamese_and_says_what_may_be_changed(
    client: httpx.AsyncClient, dept: Department, shown: Any
) -> None:
    answer = await ask(
        client, "GET", f"{API}/{shown.view}/schema/", host=dept, cookie=dept.cookies["auditor"]
    )
    schema = answer.json()
    titles = [column["title"] for column in schema["properties"].values()]
    assert [title for title in titles if "_" in title or not title[0].isupper()] == []
    assert [n for n, c in schema["properties"].items() if not c["extra"]["readonly"]] == []
    assert schema["extra"]["panel_class"] == "no_create no_update no_delete"
    assert "tenant_id" not in schema["properties"]
    words = [
        choice["display_name"]
        for column in schema["properties"].values()
        for choice in (column["extra"]["choices"] or {}).values()
    ]
    assert [word for word in words if not word or "_" in word] == []


async def test_the_side_bar_shows_what_the_role_may_read(
    client: httpx.AsyncClient, dept: Department
) -> None:
    path = "/admin/api/tables/grouped/"
    found = {}
    for role in ("tenant_admin", "records_clerk"):
        answer = await ask(client, "GET", path, host=dept, cookie=dept.cookies[role])
        found[role] = answer.json()["grouped"]
    assert found["tenant_admin"]["Theo dõi"] == ["nhật_ký", "thư"]
    assert found["records_clerk"] == {
        "Đơn vị và con người": [
            "đơn_vị", "lịch_sử_đơn_vị", "khối_thi_đua", "đơn_vị_trong_khối", "mã_chính_thức",
        ],
        "Kế hoạch và kỳ báo cáo": ["bản_kế_hoạch", "kỳ_báo_cáo", "tệp_kèm_kỳ"],
        "Tổng hợp và văn bản": ["tổng_hợp", "văn_bản", "sổ_số_văn_bản", "tệp"],
    }  # fmt: skip


async def test_every_view_obeys_the_readers_rights_and_hides_the_tenant(
    app_db: db.TenantEngine, superuser: asyncpg.Connection
) -> None:
    assert sorted(table._meta.tablename for table in tables()) == sorted(s.view for s in SHOWN)
    for table in tables():
        view = table._meta.tablename
        options = await superuser.fetchval(
            "SELECT reloptions FROM pg_class WHERE relname = $1 AND relkind = 'v'", view
        )
        assert options == ["security_invoker=true"], view
        rows = await superuser.fetch(
            "SELECT column_name FROM information_schema.columns WHERE table_name = $1", view
        )
        columns = {row["column_name"] for row in rows}
        assert columns == {column._meta.name for column in table._meta.columns}, view


async def test_a_list_costs_the_same_however_many_rows(
    client: httpx.AsyncClient, dept: Department, app_db: db.TenantEngine
) -> None:
    cookie = dept.cookies["officer"]
    await ask(client, "GET", f"{API}/báo_cáo/", host=dept, cookie=cookie)
    before = app_db.queries
    for path in ("?__readable=true", "count/"):
        await ask(client, "GET", f"{API}/báo_cáo/{path}", host=dept, cookie=cookie)
    assert app_db.queries - before == QUERIES
