"""The page of the department's data: archives made and taken; deletion asked for, revoked."""

from __future__ import annotations

import hashlib
import re
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID
from zoneinfo import ZoneInfo

import asyncpg
import httpx
import pytest

from core.accounts.guards import COOKIE
from core.accounts.schemas import SYSTEM
from core.errors import ConflictError, InvalidInputError, PermissionDeniedError
from core.jobs import runner
from core.kit import db
from core.kit.scope import tenant_scope
from core.kit.storage import storage
from core.law import service as law
from tenants import service as catalogue
from tenants.life import jobs, phrases, service
from tenants.life.archive import Archive
from tests.application import application
from tests.factories import make_account, make_unit
from tests.isolation.world import World, make_world

HOME = "/quan-tri/du-lieu"
CSRF = re.compile(r'name="csrf-token" content="([^"]+)"')
ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
HANDLERS = {handler.name: handler for handler in jobs.HANDLERS}


class Person:
    """Somebody's browser on the department's site."""

    def __init__(self, client: httpx.AsyncClient, world: World, who: str) -> None:
        self.client, self.world = client, world
        client.base_url = httpx.URL(f"http://{world.slug}.localhost")
        client.cookies.set(COOKIE, world.tokens[who]["web"], domain=f"{world.slug}.localhost")

    async def get(self, path: str) -> httpx.Response:
        return await self.client.get(path, headers={"accept": "text/html"})

    async def post(self, path: str, **data: str) -> httpx.Response:
        found = CSRF.search((await self.get("/quen-mat-khau")).text)
        assert found
        headers = {"accept": "text/html", "x-csrf-token": found.group(1)}
        return await self.client.post(path, data=data, headers=headers)


@pytest.fixture
async def world(app_db: db.TenantEngine) -> World:
    catalogue.forget_hosts()
    return await make_world()


@pytest.fixture
async def admin(world: World) -> AsyncIterator[Person]:
    transport = httpx.ASGITransport(application(), raise_app_exceptions=False)  # type: ignore[arg-type]
    async with httpx.AsyncClient(transport=transport, follow_redirects=False) as client:
        yield Person(client, world, "tenant_admin")


async def run_export(world: World) -> None:
    """Do what the worker does with the job that `make_world` asked for."""
    with tenant_scope(world.house.tenant_id):
        async with db.transaction():
            job_id = await db.fetchval(
                "SELECT id FROM outbox WHERE job = $1 AND done_at IS NULL", service.EXPORT
            )
    assert await runner.run(HANDLERS, world.house.tenant_id, job_id) is None


async def test_an_archive_is_made_shown_downloaded_and_recorded(
    world: World, admin: Person, superuser: asyncpg.Connection, tmp_path: Path
) -> None:
    waiting = await admin.get(HOME)
    assert phrases.STAGES["queued"] in waiting.text
    assert "Làm bản xuất mới" not in waiting.text
    again = await admin.post(f"{HOME}/xuat")
    assert (again.status_code, phrases.EXPORT_RUNNING in again.text) == (409, True)
    path = f"{HOME}/ban-xuat/{world.examples['export_id']}/tai-ve"
    early = await admin.post(path)
    assert (early.status_code, phrases.EXPORT_GONE in early.text) == (409, True)
    await run_export(world)
    ready = await admin.get(HOME)
    assert phrases.STAGES["done"] in ready.text
    answer = await admin.post(path)
    assert answer.status_code == 200
    assert hashlib.sha256(answer.content).hexdigest() in ready.text
    assert answer.headers["content-length"] == str(len(answer.content))
    assert answer.headers["cache-control"] == "no-store, private"
    (tmp_path / "so.zip").write_bytes(answer.content)
    opened = Archive(tmp_path / "so.zip")
    opened.verify()
    opened.close()
    assert opened.tenant_id == world.house.tenant_id
    recorded = await superuser.fetchrow(
        "SELECT actor_id, changes -> 'downloads' AS downloads FROM audit_event WHERE tenant_id = $1"
        " AND table_name = 'tenant_export' AND changes ? 'downloads' AND action = 'update'",
        world.house.tenant_id,
    )
    assert recorded["actor_id"] == world.house.people["tenant_admin"].account_id
    assert recorded["downloads"] == "[0, 1]"


async def test_the_stages_are_shown_while_it_is_made(world: World, admin: Person) -> None:
    seen = []
    real = jobs.repository.set_stage

    async def heard(export_id: object, stage: str) -> None:
        await real(export_id, stage)  # type: ignore[arg-type]
        seen.append(stage)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(jobs.repository, "set_stage", heard)
        await run_export(world)
    assert seen == ["rows", "files", "storing"]
    fragment = await admin.get(f"{HOME}/tien-do")
    assert (fragment.status_code, "<html" in fragment.text) == (200, False)


async def test_an_archive_goes_when_its_time_is_over(world: World, admin: Person) -> None:
    await run_export(world)
    key = service.export_key(world.house.tenant_id, UUID(
        world.examples["export_id"]))  # fmt: skip
    assert key in await storage().sizes(str(world.house.tenant_id))
    hours = law.value("export_kept", datetime.now(ZONE).date())
    later = (datetime.now(ZONE) + timedelta(hours=hours, minutes=1)).isoformat()
    with tenant_scope(world.house.tenant_id, now=later):
        async with db.transaction():
            await jobs.sweep_exports()
    assert key not in await storage().sizes(str(world.house.tenant_id))
    assert phrases.STAGES["expired"] in (await admin.get(HOME)).text
    gone = await admin.post(f"{HOME}/ban-xuat/{world.examples['export_id']}/tai-ve")
    assert gone.status_code == 409


async def test_a_damaged_file_is_named_and_the_archive_given_up(
    world: World, admin: Person
) -> None:
    with tenant_scope(world.house.tenant_id):
        async with db.transaction():
            file = await db.fetchrow(
                "SELECT name, storage_key FROM stored_file ORDER BY storage_key, id LIMIT 1"
            )
    assert file
    content = await storage().get(file["storage_key"])
    await storage().put(file["storage_key"], b"hong")
    await run_export(world)
    page = await admin.get(HOME)
    assert phrases.STAGES["failed"] in page.text
    assert f"Tệp “{file['name']}” trong kho lưu trữ đã bị hỏng" in page.text
    await storage().put(file["storage_key"], content)
    assert (await admin.post(f"{HOME}/xuat")).status_code == 303


async def test_deletion_needs_reason_decision_and_the_name_and_keeps_what_was_typed(
    world: World, admin: Person
) -> None:
    answer = await admin.post(f"{HOME}/xoa", reason="Sáp nhập", typed_name="Sở khác")
    assert answer.status_code == 422
    assert phrases.DECISION_MISSING in answer.text
    assert 'href="#f-typed_name"' in answer.text
    assert ">Sáp nhập</textarea>" in answer.text
    assert 'value="Sở khác"' in answer.text
    assert "sẽ bị xóa" not in (await admin.get(HOME)).text


async def test_a_waiting_deletion_stands_on_every_page_until_it_is_revoked(
    world: World, admin: Person
) -> None:
    name = f"Sở Y tế {world.slug}"
    asked = await admin.post(
        f"{HOME}/xoa", reason="Sáp nhập", decision_number="1/QĐ", typed_name=f"  {name} "
    )
    assert asked.status_code == 303, asked.text
    days = law.value("deletion_waiting", datetime.now(ZONE).date())
    last = (datetime.now(ZONE) + timedelta(days=days)).strftime("%d/%m/%Y")
    catalogue.forget_hosts()
    banner = f"Toàn bộ dữ liệu của Sở sẽ bị xóa khi hết ngày {last}"
    for path in (HOME, "/ky-bao-cao", "/tai-khoan", "/khong-co-trang-nay"):
        assert banner in (await admin.get(path)).text, path
    twice = await admin.post(
        f"{HOME}/xoa", reason="Sáp nhập", decision_number="1/QĐ", typed_name=name
    )
    assert (twice.status_code, phrases.DELETION_WAITS in twice.text) == (409, True)
    assert (await admin.post(f"{HOME}/giu-lai")).status_code == 303
    catalogue.forget_hosts()
    page = await admin.get(HOME)
    assert banner not in page.text
    assert "đã được rút lại" in page.text
    assert (await admin.post(f"{HOME}/giu-lai")).status_code == 409


async def test_one_departments_request_leaves_the_other_alone(world: World) -> None:
    other = await make_world()
    with tenant_scope(world.house.tenant_id):
        async with db.transaction():
            await service.request_deletion(
                actor=SYSTEM, reason="a", decision_number="b", name="c", typed_name="c"
            )
    tenants = {tenant.id: tenant for tenant in await catalogue.list_tenants()}
    assert tenants[world.house.tenant_id].delete_after is not None
    assert tenants[other.house.tenant_id].delete_after is None
    with tenant_scope(other.house.tenant_id):
        async with db.transaction():
            assert (await service.overview(actor=SYSTEM)).deletion is None
            with pytest.raises(ConflictError):
                await service.keep(actor=SYSTEM)


async def test_who_may_read_and_who_may_act(world: World) -> None:
    for who in ("auditor", "department_head"):
        async with world.house.at(who=who):
            assert not (await service.overview(actor=world.house.people[who])).may_act
    for who in ("auditor", "department_head", "officer", "head0"):
        actor = world.house.people[who]
        async with world.house.at(who=who):
            with pytest.raises(PermissionDeniedError):
                await service.request_export(actor=actor)
            with pytest.raises(PermissionDeniedError):
                await service.request_deletion(
                    actor=actor, reason="a", decision_number="b", name="c", typed_name="c"
                )
            with pytest.raises(PermissionDeniedError):
                await service.keep(actor=actor)


async def test_an_administrator_of_one_unit_is_not_one_of_the_department(world: World) -> None:
    house = world.house
    unit_id = await make_unit(house.tenant_id, name="Đơn vị", parent_id=house.tenant_id)
    await make_account(house.tenant_id, unit_id=unit_id)
    small = await house.person("small", "tenant_admin", unit_id, house.path(unit_id))
    async with house.at(who="small"):
        with pytest.raises(PermissionDeniedError):
            await service.overview(actor=small)
        with pytest.raises(PermissionDeniedError):
            await service.request_export(actor=small)


async def test_very_long_texts_are_refused(world: World) -> None:
    async with world.house.at(who="tenant_admin"):
        with pytest.raises(InvalidInputError) as caught:
            await service.request_deletion(
                actor=world.house.people["tenant_admin"],
                reason="x" * 1001, decision_number="y" * 101, name="c", typed_name="c",
            )  # fmt: skip
    assert caught.value.fields.keys() == {"reason", "decision_number"}


async def test_the_page_asks_the_database_few_questions(world: World, admin: Person) -> None:
    await admin.get(HOME)
    before = db.engine().queries
    await admin.get(HOME)
    assert db.engine().queries - before == 4
