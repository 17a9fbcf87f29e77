"""An operator asks for the deletion of a department, and takes it back."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import asyncpg
import pytest

from core.kit import db
from core.law import service as law
from tenants.platform import phrases
from tests.factories import make_tenant
from tests.integration.platform.console import signed_in

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
WAITING = (
    "SELECT reason, decision_number, requested_by_name, delete_after FROM deletion_request"
    " WHERE tenant_id = $1 AND revoked_at IS NULL"
)
NOTES = (
    "SELECT e.action, o.username FROM platform_event AS e LEFT JOIN operator AS o"
    " ON o.id = e.operator_id WHERE e.row_id = $1 AND e.table_name = 'note' ORDER BY e.seq"
)


async def slug_of(superuser: asyncpg.Connection, tenant: UUID) -> str:
    return str(await superuser.fetchval("SELECT slug FROM tenant WHERE id = $1", tenant))


@pytest.mark.parametrize("wrong", ["", "so-khac", "{other}"])
async def test_another_name_typed_changes_nothing_and_keeps_what_was_typed(
    app_db: db.TenantEngine, superuser: asyncpg.Connection, wrong: str
) -> None:
    tenant, other = await make_tenant(), await make_tenant()
    slug = await slug_of(superuser, tenant)
    name = wrong.format(other=await slug_of(superuser, other))
    async with signed_in() as browser:
        answer = await browser.post(
            f"/so/{tenant}/xoa", reason="Sáp nhập tỉnh", decision_number="12/QĐ", typed_name=name
        )
    assert answer.status_code == 422
    assert phrases.WRONG_SLUG.format(slug=slug) in answer.text
    assert ">Sáp nhập tỉnh</textarea>" in answer.text
    assert 'value="12/QĐ"' in answer.text
    assert await superuser.fetch(WAITING, tenant) == []
    assert await superuser.fetch(NOTES, tenant) == []


async def test_reason_and_paper_are_obligatory(
    app_db: db.TenantEngine, superuser: asyncpg.Connection
) -> None:
    tenant = await make_tenant()
    async with signed_in() as browser:
        answer = await browser.post(
            f"/so/{tenant}/xoa", typed_name=await slug_of(superuser, tenant)
        )
    assert answer.status_code == 422
    assert 'href="#f-reason"' in answer.text
    assert 'href="#f-decision_number"' in answer.text
    assert await superuser.fetch(WAITING, tenant) == []


async def test_a_department_waits_for_its_deletion_until_it_is_kept(
    app_db: db.TenantEngine, superuser: asyncpg.Connection
) -> None:
    tenant, other = await make_tenant(), await make_tenant()
    slug = await slug_of(superuser, tenant)
    form = {"reason": "Sáp nhập tỉnh", "decision_number": "12/QĐ-SYT", "typed_name": slug}
    today = datetime.now(ZONE).date()
    last = today + timedelta(days=law.value("deletion_waiting", today))
    async with signed_in() as browser:
        assert (await browser.post(f"/so/{tenant}/xoa", **form)).status_code == 303
        page = await browser.get(f"/so/{tenant}")
        assert f"Sẽ xóa khi hết ngày {last:%d/%m/%Y}" in page.text
        (row,) = await superuser.fetch(WAITING, tenant)
        twice = await browser.post(f"/so/{tenant}/xoa", **form)
        assert twice.status_code == 409
        assert ">Sáp nhập tỉnh</textarea>" in twice.text
        assert await superuser.fetch(WAITING, other) == []
        assert (await browser.post(f"/so/{other}/giu-lai")).status_code == 409
        assert (await browser.post(f"/so/{tenant}/giu-lai")).status_code == 303
        assert "Sẽ xóa khi" not in (await browser.get(f"/so/{tenant}")).text
        username = browser.username
    assert tuple(row)[:3] == ("Sáp nhập tỉnh", "12/QĐ-SYT", "Người Vận Hành (đơn vị vận hành)")
    assert row["delete_after"].astimezone(ZONE).date() == last + timedelta(days=1)
    assert await superuser.fetch(WAITING, tenant) == []
    told = [tuple(event) for event in await superuser.fetch(NOTES, tenant)]
    assert told == [("ask_deletion", username), ("keep", username)]
