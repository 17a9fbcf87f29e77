"""The console's work on departments: provisioning, hosts, suspension, limits, plugins."""

from __future__ import annotations

import asyncio
import re
import time
from typing import Any
from uuid import UUID

import asyncpg
import msgspec
import pytest

from core.accounts import service as accounts
from core.accounts.schemas import SYSTEM, Stage
from core.errors import ConflictError, InvalidInputError
from core.evidence import service as evidence
from core.kit import db
from core.kit.ids import new_id
from core.kit.scope import tenant_scope, unscoped
from core.movements import service as movements
from core.plugin.manager import installed, province_name
from core.settings import settings
from tenants.platform import plugins, provisioning
from tests.factories import make_tenant
from tests.integration.platform.console import Window, signed_in
from tests.integration.reports import house as houses

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


@pytest.fixture
def plugin() -> str:
    return next(iter(installed().plugins))


def form(plugin: str, **changes: str) -> dict[str, str]:
    slug = f"so-{new_id().hex[-8:]}"
    values = {
        "name": "Sở Y tế tỉnh Thử Nghiệm",
        "short_name": f"Sở {slug}",
        "slug": slug,
        "hosts": f"{slug}.localhost",
        "plugin_slug": plugin,
        "official_code": "H99.12",
        "notation": "SYT",
        "place": "Thử Nghiệm",
        "admin_name": "Nguyễn Thị Đầu Tiên",
        "admin_username": "dau.tien",
        "admin_email": "",
    }
    return {**values, **changes}


async def slug_of(tenant: UUID) -> str:
    with db.as_platform(), unscoped(reason="test"):
        async with db.transaction():
            return str(await db.fetchval("SELECT slug FROM tenant WHERE id = $1", tenant))


async def trail(superuser: asyncpg.Connection, subject: str) -> list[Any]:
    return await superuser.fetch(
        "SELECT e.table_name, e.action, e.reason, e.changes, o.username, e.seq FROM platform_event"
        " AS e LEFT JOIN operator AS o ON o.id = e.operator_id WHERE e.subject = $1 ORDER BY e.seq",
        subject,
    )


async def test_a_department_is_provisioned_in_one_form_in_well_under_a_minute(
    app_db: db.TenantEngine, superuser: asyncpg.Connection, plugin: str
) -> None:
    wanted = form(plugin, hosts="\n".join(["{0}.localhost", "thidua.{0}.localhost"]))
    wanted["hosts"] = wanted["hosts"].format(wanted["slug"])
    async with signed_in() as browser:
        began = time.monotonic()
        answer = await browser.post("/so/tao", **wanted)
        seconds = time.monotonic() - began
        assert answer.status_code == 201 or answer.status_code == 200, answer.text
        found = re.findall(r'class="secret">([^<]+)<', answer.text)
        listed = await browser.get("/so")
    assert seconds < 20
    assert found[0] == "dau.tien"
    assert wanted["short_name"] in listed.text
    row = await superuser.fetchrow("SELECT * FROM tenant WHERE slug = $1", wanted["slug"])
    assert row is not None
    assert (row["status"], row["plugin_version"]) == ("active", plugins.version_of(plugin))
    with tenant_scope(row["id"]):
        async with db.transaction():
            done = await accounts.sign_in(username="dau.tien", password=found[1])
    assert done.stage is Stage.ENROL
    events = await trail(superuser, wanted["slug"])
    assert events[0]["action"] == "insert"
    assert {event["username"] for event in events} == {browser.username}


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("hosts", "{host}", "đã thuộc"),
        ("hosts", "LOCALHOST", "không phải tên miền"),
        ("hosts", "http://a.vn", "không phải tên miền"),
        ("hosts", "", "ít nhất một địa chỉ"),
        ("slug", "{slug}", "đã thuộc một Sở khác"),
        ("slug", "Sở A", "chữ thường"),
        ("plugin_slug", "khong-co", "plugin"),
        ("admin_username", "Có dấu", "không dấu"),
        ("admin_name", "   ", "họ và tên"),
        ("admin_email", "abc", "không đúng dạng"),
        ("official_code", "9" * 36, "35"),
    ],
)
async def test_what_cannot_be_provisioned_is_told_at_its_field_and_changes_nothing(
    app_db: db.TenantEngine,
    superuser: asyncpg.Connection,
    plugin: str,
    field: str,
    value: str,
    sentence: str,
) -> None:
    slug = await slug_of(await make_tenant())
    wanted = form(plugin)
    wanted[field] = value.format(host=f"{slug}.localhost", slug=slug)
    before = await superuser.fetchval("SELECT count(*) FROM tenant")
    async with signed_in() as browser:
        answer = await browser.post("/so/tao", **wanted)
    assert answer.status_code == 422
    found = re.search(rf'id="e-{field}">([^<]+)<', answer.text)
    assert found, answer.text
    assert sentence in found[1]
    for name in ("name", "place", "admin_name"):
        assert wanted[name] in answer.text
    assert await superuser.fetchval("SELECT count(*) FROM tenant") == before


async def test_with_a_mail_server_the_administrator_is_invited_too(
    app_db: db.TenantEngine,
    superuser: asyncpg.Connection,
    monkeypatch: pytest.MonkeyPatch,
    plugin: str,
) -> None:
    with_mail = msgspec.structs.replace(settings(), smtp_url="smtp://mail.example:25")
    monkeypatch.setattr(provisioning, "settings", lambda: with_mail)
    wanted = form(plugin, admin_email="dau.tien@example.vn")
    async with signed_in() as browser:
        answer = await browser.post("/so/tao", **wanted)
    assert "Đã gửi thư mời tới dau.tien@example.vn" in answer.text
    mails = await superuser.fetch(
        "SELECT m.to_address, m.body FROM mail AS m JOIN tenant AS t ON t.id = m.tenant_id"
        " WHERE t.slug = $1",
        wanted["slug"],
    )
    assert [mail["to_address"] for mail in mails] == ["dau.tien@example.vn"]
    assert f"{wanted['slug']}.localhost" in mails[0]["body"]


async def test_a_failure_halfway_leaves_nothing(
    app_db: db.TenantEngine,
    superuser: asyncpg.Connection,
    monkeypatch: pytest.MonkeyPatch,
    plugin: str,
) -> None:
    async def broken(**_values: Any) -> None:
        raise RuntimeError("no hashing today")

    monkeypatch.setattr(accounts, "create_account", broken)
    wanted = form(plugin)
    async with signed_in() as browser:
        answer = await browser.post("/so/tao", **wanted)
    assert answer.status_code == 500
    count = "SELECT count(*) FROM tenant WHERE slug = $1"
    assert await superuser.fetchval(count, wanted["slug"]) == 0


async def test_hosts_are_added_and_removed_but_never_the_last(
    app_db: db.TenantEngine, superuser: asyncpg.Connection
) -> None:
    tenant, other = await make_tenant(), await make_tenant()
    slug, taken = await slug_of(tenant), await slug_of(other)
    more = f"them-{slug}.localhost"
    hosts = "SELECT count(*) FROM tenant_host WHERE tenant_id = $1"
    async with signed_in() as browser:
        refused = await browser.post(f"/so/{tenant}/dia-chi", host=f"{taken}.localhost")
        assert refused.status_code == 422
        assert "Chưa có gì thay đổi" in refused.text
        assert f'value="{taken}.localhost"' in refused.text
        assert await superuser.fetchval(hosts, tenant) == 1
        last = await browser.post(f"/so/{tenant}/dia-chi/go", host=f"{slug}.localhost")
        assert last.status_code == 409
        assert (await browser.post(f"/so/{tenant}/dia-chi", host=more.upper())).status_code == 303
        page = await browser.client.get(f"http://{more}/dang-nhap")
        assert page.status_code == 200
        await browser.post(f"/so/{tenant}/dia-chi/go", host=more)
        assert await superuser.fetchval(hosts, tenant) == 1
    events = await trail(superuser, more)
    assert [event["action"] for event in events] == ["insert", "delete"]


async def test_suspending_asks_for_a_reason_which_the_trail_keeps(
    app_db: db.TenantEngine, superuser: asyncpg.Connection
) -> None:
    tenant = await make_tenant()
    slug = await slug_of(tenant)
    async with signed_in() as browser:
        page = await browser.get(f"/so/{tenant}/tam-dung")
        assert page.status_code == 200
        refused = await browser.post(f"/so/{tenant}/tam-dung", note=" ", status="suspended")
        assert refused.status_code == 422
        await browser.post(f"/so/{tenant}/tam-dung", note="Nợ  phí", status="suspended")
        closed = await browser.client.get(f"http://{slug}.localhost/dang-nhap")
        assert closed.status_code == 403
        twice = await browser.post(f"/so/{tenant}/tam-dung", note="Nợ phí", status="suspended")
        assert twice.status_code == 409
        await browser.post(f"/so/{tenant}/tam-dung", note="Đã trả", status="active")
        opened = await browser.client.get(f"http://{slug}.localhost/dang-nhap")
        assert opened.status_code == 200
    events = await trail(superuser, slug)
    assert [event["reason"] for event in events][1:] == ["Nợ phí", "Đã trả"]
    assert {event["username"] for event in events[1:]} == {browser.username}


async def test_limits_hold_for_accounts_and_files(
    app_db: db.TenantEngine, superuser: asyncpg.Connection
) -> None:
    house = await houses.make_house(units=1)
    tenant = house.tenant_id
    async with signed_in() as browser:
        wrong = await browser.post(f"/so/{tenant}/han-muc", storage_mb="nhiều", accounts="0")
        assert wrong.status_code == 422
        assert wrong.text.count("số nguyên") >= 2
        await browser.post(f"/so/{tenant}/han-muc", storage_mb="1", accounts="1")
    with tenant_scope(tenant):
        async with db.transaction():
            with pytest.raises(InvalidInputError) as caught:
                await accounts.create_account(
                    actor=SYSTEM, username="them.mot", display_name="Thêm", unit_id=tenant
                )
    assert caught.value.code == "too_many_accounts"
    async with house.at(who="clerk0"):
        kept = await evidence.store_file(
            actor=house.people["clerk0"],
            name="a.pdf",
            content=PDF,
            purpose="evidence",
            unit_id=house.units[0],
        )
        with pytest.raises(InvalidInputError) as full:
            await evidence.store_file(
                actor=house.people["clerk0"],
                name="b.pdf",
                content=PDF[:9] + b"%" * 1024 * 1024 + PDF[9:],
                purpose="evidence",
                unit_id=house.units[0],
            )
    assert kept.size == len(PDF)
    assert full.value.code == "storage_full"


async def test_the_plugin_is_not_changed_while_a_round_is_open(
    app_db: db.TenantEngine, superuser: asyncpg.Connection, plugin: str
) -> None:
    house = await houses.make_house(units=1)
    await houses.opened(house)
    tenant = house.tenant_id
    now = "SELECT plugin_slug, plugin_version FROM tenant WHERE id = $1"
    before = await superuser.fetchrow(now, tenant)
    other = next(slug for slug in installed().plugins if slug != before["plugin_slug"])
    async with signed_in() as browser:
        page = await browser.get(f"/so/{tenant}/plugin")
        assert "Đang mở 1 kỳ báo cáo" in page.text
        refused = await browser.post(f"/so/{tenant}/plugin", slug=other, note="Đổi tỉnh")
        assert refused.status_code == 409
        assert "đang mở 1 kỳ báo cáo" in refused.text
        assert "Đổi tỉnh" in refused.text
        assert await superuser.fetchrow(now, tenant) == before
        await superuser.execute(
            "UPDATE reporting_round SET state = 'closed' WHERE tenant_id = $1", tenant
        )
        bad = await browser.post(f"/so/{tenant}/plugin", slug=before["plugin_slug"], note="")
        assert bad.status_code == 422
        done = await browser.post(f"/so/{tenant}/plugin", slug=other, note="Đổi tỉnh")
        assert done.status_code == 303
        listed = await browser.get(f"/so/{tenant}")
        assert f"lập theo plugin “plugin”, Sở nay dùng “{other}”" in listed.text
    after = await superuser.fetchrow(now, tenant)
    assert tuple(after) == (other, plugins.version_of(other))
    async with house.at():
        with pytest.raises(ConflictError) as caught:
            await houses.rounds.open_round(actor=house.people["officer"], kind="annual", year=2026)
    assert caught.value.code == "other_plugin"
    assert f"chuyển sang bộ quy tắc “{province_name(other)}”" in caught.value.detail
    async with house.at():
        assert await movements.why_no_round() == caught.value.detail


async def test_a_round_that_is_just_being_opened_keeps_the_plugin(
    app_db: db.TenantEngine, superuser: asyncpg.Connection
) -> None:
    house = await houses.make_house(units=1)
    other = next(iter(installed().plugins))
    async with signed_in() as browser:
        async with house.at():
            await houses.rounds.open_round(actor=house.people["officer"], kind="annual", year=2026)
            act = asyncio.create_task(
                browser.post(f"/so/{house.tenant_id}/plugin", slug=other, note="Đổi tỉnh")
            )
            done, _ = await asyncio.wait({act}, timeout=0.5)
            assert done == set()
        assert (await act).status_code == 409
    kept = await superuser.fetchval("SELECT plugin_slug FROM tenant WHERE id = $1", house.tenant_id)
    assert kept == "plugin"


async def test_a_new_version_is_used_only_where_the_operator_has_opened_it(
    app_db: db.TenantEngine, superuser: asyncpg.Connection, plugin: str
) -> None:
    first, second = await make_tenant(plugin), await make_tenant(plugin)
    await superuser.execute(
        "UPDATE tenant SET plugin_version = '0.0.1' WHERE id = ANY ($1)", [first, second]
    )

    async def drawn(tenant: UUID) -> str:
        with tenant_scope(tenant):
            async with db.transaction():
                return (await movements.preview_edition(actor=SYSTEM)).plan.plugin_version

    for tenant in (first, second):
        with pytest.raises(ConflictError) as caught:
            await drawn(tenant)
        assert caught.value.code == "version_not_opened"
    async with signed_in() as browser:
        page = await browser.get("/plugin")
        assert "cho mọi Sở dùng plugin này" in page.text
        await browser.post(f"/plugin/{plugin}/mo", tenant_id=str(first))
        assert await drawn(first) == plugins.version_of(plugin)
        with pytest.raises(ConflictError):
            await drawn(second)
        await browser.post(f"/plugin/{plugin}/mo", tenant_id="")
        assert await drawn(second) == plugins.version_of(plugin)
        assert (await browser.post("/plugin/khong-co/mo", tenant_id="")).status_code == 404


async def test_the_list_costs_the_same_whatever_the_number_of_departments(
    app_db: db.TenantEngine,
) -> None:
    async def queries(browser: Window) -> int:
        engine = db.platform_engine()
        before = engine.queries
        assert (await browser.get("/so")).status_code == 200
        return engine.queries - before

    async with signed_in() as browser:
        few = await queries(browser)
        for _ in range(3):
            await make_tenant()
        assert await queries(browser) == few == 2


def test_the_hash_of_a_plugin_covers_names_and_contents(tmp_path: Any) -> None:
    for view in plugins.list_plugins():
        assert len(view.digest) == 64
        assert view.files > 1
    assert len({view.digest for view in plugins.list_plugins()}) == len(plugins.list_plugins())
