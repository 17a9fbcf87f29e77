"""An operator who leaves; a prepared department put into service; two who take one host at once."""

from __future__ import annotations

import asyncio

import asyncpg
import pytest

from core.errors import ConflictError, InvalidInputError
from core.kit import db
from core.kit.ids import new_id
from core.kit.scope import unscoped
from tenants import phrases as tenants_phrases
from tenants import service as tenants
from tenants.platform import departments, operators, phrases
from tenants.schemas import NewTenant
from tests.factories import make_tenant
from tests.integration.platform.console import make_operator, signed_in
from tests.integration.platform.test_command import run

pytestmark = pytest.mark.usefixtures("app_db")


def wanted(slug: str, host: str) -> NewTenant:
    return NewTenant(
        slug=slug, name="Sở", short_name="Sở", hosts=(host,), plugin_slug="plugin",
        official_code="",
    )  # fmt: skip


async def test_who_leaves_is_closed_once_and_signs_in_no_more() -> None:
    await make_operator()  # somebody else stays
    async with signed_in() as browser:
        name = browser.username
        closed = run("operator", "close", name)
        assert (closed.returncode, closed.stderr) == (0, "")
        assert (await browser.get("/so")).headers["location"].startswith("/dang-nhap")
        browser.page = ""
        refused = await browser.post("/dang-nhap", username=name, password="Mat-khau01-vanhanh")
        assert refused.status_code == 422
    for part in ("close", "reset"):
        again = run("operator", part, name)
        assert (again.returncode, again.stdout) == (1, "")
        assert phrases.OPERATOR_CLOSED.format(username=name) in again.stderr
    async with signed_in() as other:
        page = (await other.get("/nguoi-van-hanh")).text
    assert "thidua operator close" in page
    [row] = [part for part in page.split("<tr>") if f">{name}<" in part]
    assert "Ngừng dùng" in row


async def test_the_last_operator_stays() -> None:
    name, _ = await make_operator()
    with db.as_platform(), unscoped(reason="test"), pytest.raises(ConflictError) as caught:
        async with db.transaction():
            await db.execute("UPDATE operator SET is_active = username = $1", name)
            await operators.close_operator(name)
    assert caught.value.detail == phrases.LAST_OPERATOR


async def test_a_prepared_department_is_put_into_service_from_its_page(
    superuser: asyncpg.Connection,
) -> None:
    tenant = await make_tenant(status="preparing")
    async with signed_in() as browser:
        assert "Đưa vào phục vụ" in (await browser.get(f"/so/{tenant}")).text
        asked = (await browser.get(f"/so/{tenant}/tam-dung")).text
        assert 'name="status" value="active"' in asked
        done = await browser.post(f"/so/{tenant}/tam-dung", note="Đã nhập xong", status="active")
        assert done.headers["location"] == f"/so/{tenant}"
    status = await superuser.fetchval("SELECT status FROM tenant WHERE id = $1", tenant)
    assert status == "active"


async def test_a_demo_that_is_being_written_is_not_put_into_service(
    superuser: asyncpg.Connection,
) -> None:
    tenant = await make_tenant(status="preparing")
    await superuser.execute("UPDATE tenant SET is_demo = true WHERE id = $1", tenant)
    slug = await superuser.fetchval("SELECT slug FROM tenant WHERE id = $1", tenant)
    async with signed_in() as browser:
        await browser.get(f"/so/{tenant}/tam-dung")
        refused = await browser.post(f"/so/{tenant}/tam-dung", note="Mở", status="active")
    assert refused.status_code == 409
    assert "đang được ghi vào" in refused.text
    told = run("tenant", "resume", slug)
    assert (told.returncode, "đang được ghi vào" in told.stderr) == (1, True)
    status = await superuser.fetchval("SELECT status FROM tenant WHERE id = $1", tenant)
    assert status == "preparing"


async def test_of_two_who_take_a_host_at_once_one_is_told_at_the_field(
    superuser: asyncpg.Connection,
) -> None:
    one, two = await make_tenant(), await make_tenant()
    host = f"moi-{new_id().hex[-8:]}.localhost"
    first_is_in = asyncio.Event()

    async def first() -> None:
        with db.as_platform(), unscoped(reason="test"):
            async with db.transaction():
                await departments.add_host(one, host)
                first_is_in.set()
                await asyncio.sleep(0.3)

    async def second() -> None:
        await first_is_in.wait()
        with db.as_platform(), unscoped(reason="test"):
            async with db.transaction():
                await departments.add_host(two, host)

    done, refused = await asyncio.gather(first(), second(), return_exceptions=True)
    assert done is None
    assert isinstance(refused, InvalidInputError)
    owner = await superuser.fetchval("SELECT short_name FROM tenant WHERE id = $1", one)
    assert refused.fields == {"host": phrases.HOST_TAKEN.format(host=host, owner=owner)}


async def test_a_new_department_is_told_whether_slug_or_host_is_taken(
    superuser: asyncpg.Connection,
) -> None:
    slug, other = f"so-{new_id().hex[-8:]}", f"so-{new_id().hex[-8:]}"
    await tenants.provision(wanted(slug, f"{slug}.localhost"))
    with pytest.raises(ConflictError) as caught:
        await tenants.provision(wanted(slug, f"{other}.localhost"))
    assert caught.value.code == "slug_taken"
    with pytest.raises(ConflictError) as caught:
        await tenants.provision(wanted(other, f"{slug}.localhost"))
    assert caught.value.code == "host_taken"
    assert caught.value.detail == tenants_phrases.HOST_TAKEN.format(host=f"{slug}.localhost")
    left = await superuser.fetchval("SELECT count(*) FROM tenant WHERE slug = $1", other)
    assert left == 0
