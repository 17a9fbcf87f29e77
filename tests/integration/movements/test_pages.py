"""The pages: refusals keep what was typed, a stale save shows both, files are kept, few queries."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import httpx
import pytest

from core.kit import db
from core.kit.scope import tenant_scope
from core.movements import service
from core.plugin.api import PlanSource
from core.plugin.manager import installed
from tests.factories import make_tenant
from tests.integration.reports.house import House
from tests.integration.statistics.site import browser

ADDRESS = "/quan-tri/ke-hoach/muc?ten="
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


@dataclass
class Office:
    """A department whose plugin carries its own plan, and its administrator's window."""

    house: House
    slug: str
    client: httpx.AsyncClient

    async def rows(self, sql: str, *values: Any) -> list[Any]:
        with tenant_scope(self.house.tenant_id):
            async with db.transaction():
                return await db.fetch(sql, *values)


async def slug_of(tenant_id: UUID) -> str:
    with tenant_scope(tenant_id):
        async with db.transaction():
            return str(await db.fetchval("SELECT slug FROM tenant WHERE id = $1", tenant_id))


@pytest.fixture
async def office(app_db: db.TenantEngine) -> AsyncIterator[Office]:
    plugins = installed().plugins
    plugin = min(key for key, one in plugins.items() if one.info.plan.source == PlanSource.UNIT)
    house = House(await make_tenant(plugin))
    for role in ("tenant_admin", "auditor"):
        await house.person(role, role, house.tenant_id, house.path())
    slug = await slug_of(house.tenant_id)
    async with browser(house.people["tenant_admin"], slug) as client:
        yield Office(house, slug, client)


async def test_every_section_opens_and_saves_as_it_stands(office: Office) -> None:
    start = await office.client.get("/quan-tri/ke-hoach")
    assert start.status_code == 200
    addresses = sorted(set(_addresses(start.text)))
    assert len(addresses) == 12
    for address in addresses:
        shown = await office.client.get(ADDRESS + address)
        saved = await office.client.post(ADDRESS + address, data={"_version": "0"})
        assert (address, shown.status_code, saved.status_code) == (address, 200, 303)


def _addresses(text: str) -> list[str]:
    return [part.split('"')[0] for part in text.split('href="/quan-tri/ke-hoach/muc?ten=')[1:]]


async def test_a_refused_form_keeps_what_was_typed_and_the_file(office: Office) -> None:
    answer = await office.client.post(
        ADDRESS + "ke-hoach-cua-so",
        data={"_version": "0", "paper.number": "9/KH-SYT", "paper.title": ""},
        files={"upload.paper.file": ("ke-hoach.pdf", PDF, "application/pdf")},
    )
    assert answer.status_code == 422
    assert 'value="9/KH-SYT"' in answer.text
    assert "Chưa chọn ngày ban hành." in answer.text
    assert "ke-hoach.pdf" in answer.text
    (file,) = await office.rows("SELECT id, purpose FROM stored_file")
    assert (file["purpose"], str(file["id"]) in answer.text) == ("decision", True)
    saved = await office.client.post(
        ADDRESS + "ke-hoach-cua-so",
        data={
            "_version": "0", "paper.number": "9/KH-SYT", "paper.title": "Kế hoạch",
            "paper.date": "2025-09-01", "paper.file": str(file["id"]),
            "name.paper.file": "ke-hoach.pdf",
        },
    )  # fmt: skip
    assert saved.status_code == 303
    assert [row["file_id"] for row in await office.rows("SELECT file_id FROM plan_file")] == [
        file["id"]
    ]


async def test_a_stale_save_shows_both_and_changes_nothing(office: Office) -> None:
    first = await office.client.post(ADDRESS + "nhac-han", data={"_version": "0", "reminders": "9"})
    second = await office.client.post(
        ADDRESS + "nhac-han", data={"_version": "0", "reminders": "4, 2"}
    )
    assert (first.status_code, second.status_code) == (303, 409)
    assert "Nhắc trước hạn 9 ngày" in second.text
    assert 'value="4, 2"' in second.text
    assert 'name="_version" value="1"' in second.text
    (row,) = await office.rows("SELECT body, version FROM plan_draft")
    assert (row["body"], row["version"]) == ({"value": [9]}, 1)


async def test_more_rows_are_offered_without_saving(office: Office) -> None:
    answer = await office.client.post(
        ADDRESS + "tieu-chi",
        data={"_version": "0", "_blank": "1", "_add": "1", "criteria.0.title": "Đang gõ dở"},
    )
    assert answer.status_code == 200
    assert "Đang gõ dở" in answer.text
    assert 'name="criteria.3.title"' in answer.text
    assert await office.rows("SELECT 1 FROM plan_draft") == []


async def test_an_auditor_reads_and_saves_nothing(office: Office) -> None:
    async with browser(office.house.people["auditor"], office.slug) as client:
        shown = await client.get(ADDRESS + "nhac-han")
        preview = await client.get("/quan-tri/ke-hoach/cong-bo")
        refused = await client.post(ADDRESS + "nhac-han", data={"reminders": "9"})
        published = await client.post("/quan-tri/ke-hoach/cong-bo", data={"reason": "x"})
    assert (shown.status_code, preview.status_code) == (200, 200)
    assert "Lưu mục này" not in shown.text
    assert "Công bố bản số" not in preview.text
    assert (refused.status_code, published.status_code) == (403, 403)


async def test_an_unknown_section_is_not_found(office: Office) -> None:
    assert (await office.client.get(ADDRESS + "khong-co")).status_code == 404


async def test_publishing_needs_a_reason_and_a_day_that_is_one(office: Office) -> None:
    bad = await office.client.post(
        "/quan-tri/ke-hoach/cong-bo", data={"reason": "Vì thế", "effective_from": "mai"}
    )
    none = await office.client.post("/quan-tri/ke-hoach/cong-bo", data={"reason": "  "})
    unready = await office.client.post("/quan-tri/ke-hoach/cong-bo", data={"reason": "Vì thế"})
    assert (bad.status_code, none.status_code, unready.status_code) == (422, 422, 409)
    assert "Ngày không đúng." in bad.text
    assert ">Vì thế</textarea>" in bad.text
    assert "Xin ghi lý do, căn cứ công bố." in none.text
    assert "xin nhập số, ngày, trích yếu" in unready.text
    assert await office.rows("SELECT 1 FROM plan_edition") == []


async def test_the_list_of_editions_costs_the_same_for_any_number(
    office: Office, app_db: db.TenantEngine
) -> None:
    async def add(number: int) -> None:
        plan = await _plan(office)
        await office.rows(
            "INSERT INTO plan_edition (id, number, content, content_hash, plugin_slug,"
            " plugin_version, effective_from, published_at)"
            " VALUES (gen_random_uuid(), $1, $2, $3, 'x', '1.0', '2025-09-01', now())",
            number, plan, "0" * 64,
        )  # fmt: skip

    costs = []
    for number in range(1, 5):
        await add(number)
        await office.client.get("/quan-tri/ke-hoach/ban")
        before = app_db.queries
        shown = await office.client.get("/quan-tri/ke-hoach/ban")
        costs.append(app_db.queries - before)
        assert f"Bản số {number}" in shown.text
    assert costs[1:] == [costs[1]] * 3


async def _plan(office: Office) -> str:
    with tenant_scope(office.house.tenant_id):
        async with db.transaction():
            return service.canonical(await service.plan_at_hand()).decode()
