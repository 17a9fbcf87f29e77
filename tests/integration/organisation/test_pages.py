"""The tree editor's pages over HTTP: what is typed is kept, what is confirmed is done."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from datetime import date
from uuid import UUID

import httpx
import pytest

from core.accounts.guards import COOKIE
from core.accounts.schemas import SYSTEM
from core.kit import clock, db
from core.kit.ids import new_id
from core.kit.scope import tenant_scope
from core.kit.security import hash_token
from core.movements.values import DepartmentValues, Filing
from core.organisation import blocks, people, service
from core.organisation.schemas import NewPerson, NewUnit
from core.plugin.api import ReportKind
from tenants.service import forget_hosts
from tests.application import application
from tests.factories import make_account, make_tenant
from tests.integration.reports.house import make_edition, plan

CSRF = re.compile(r'name="csrf-token" content="([^"]+)"')
DECISION = "Quyết định số 9/QĐ-UBND"
TODAY = clock.today().isoformat()


@pytest.fixture
async def site(app_db: db.TenantEngine) -> AsyncIterator[httpx.AsyncClient]:
    forget_hosts()
    transport = httpx.ASGITransport(application(), raise_app_exceptions=False)  # type: ignore[arg-type]
    async with httpx.AsyncClient(transport=transport, follow_redirects=False) as client:
        yield client


class Desk:
    """One signed-in person on a department's site."""

    def __init__(self, site: httpx.AsyncClient, base: str, token: str) -> None:
        self.site, self.base, self.token = site, base, token

    async def get(self, path: str) -> httpx.Response:
        self.site.cookies.set(COOKIE, self.token, domain=self.base.removeprefix("http://"))
        return await self.site.get(self.base + path)

    async def post(self, path: str, **form: object) -> httpx.Response:
        found = CSRF.search((await self.get("/don-vi")).text)
        assert found
        headers = {"x-csrf-token": found.group(1)}
        return await self.site.post(self.base + path, data=form, headers=headers)


async def desk(site: httpx.AsyncClient, tenant_id: UUID, role: str, unit_id: UUID) -> Desk:
    account_id = await make_account(tenant_id, unit_id=unit_id, roles={role: unit_id})
    token = new_id().hex
    with tenant_scope(tenant_id):
        async with db.transaction():
            await db.execute(
                "INSERT INTO session (id, account_id, token_hash, kind, stage, created_at, seen_at,"
                " expires_at) VALUES ($1, $2, $3, 'web', 'full', now(), now(),"
                " now() + interval '1 hour')",
                new_id(),
                account_id,
                hash_token(token),
            )
            slug = await db.fetchval("SELECT slug FROM tenant WHERE id = $1", tenant_id)
    return Desk(site, f"http://{slug}.localhost", token)


async def department(count: int = 2, below: int = 0) -> tuple[UUID, list[UUID]]:
    """Make a department with so many units, and so many under the first of them."""
    tenant_id = await make_tenant()
    new = [
        NewUnit(code=f"BV{number}", name=f"Bệnh viện số {number}", kind="hospital")
        for number in range(count)
    ]
    new += [
        NewUnit(
            code=f"K{number}", name=f"Khoa {number}", kind="subunit", level="subunit",
            parent_code="BV0",
        )
        for number in range(below)
    ]  # fmt: skip
    with tenant_scope(tenant_id):
        async with db.transaction():
            units = await service.add_units(new, actor=SYSTEM)
    return tenant_id, [unit.id for unit in units]


async def test_a_unit_shows_what_it_filed_on_paper(site: httpx.AsyncClient) -> None:
    tenant_id, (one, two) = await department()
    filing = Filing(unit_id=one, unit_name="Bệnh viện cũ", report_kind=ReportKind.ANNUAL,
                    year=2024, filed_on=date(2025, 1, 9), note="Công văn 12")  # fmt: skip
    await make_edition(tenant_id, plan(), DepartmentValues(filings=(filing,)))
    clerk = await desk(site, tenant_id, "unit_clerk", one)
    seen = (await clerk.get(f"/don-vi/{one}")).text
    assert "Báo cáo hằng năm năm 2024" in seen
    assert "Sở nhận bản giấy ngày 09/01/2025 · nộp với tên “Bệnh viện cũ” · Công văn 12" in seen
    admin = await desk(site, tenant_id, "tenant_admin", tenant_id)
    assert "Báo cáo giấy các năm trước" not in (await admin.get(f"/don-vi/{two}")).text
    assert (await clerk.get(f"/don-vi/{two}")).status_code == 404


async def test_a_merger_is_shown_before_it_is_done(site: httpx.AsyncClient) -> None:
    tenant_id, (one, two) = await department()
    admin = await desk(site, tenant_id, "tenant_admin", tenant_id)
    path = f"/quan-tri/don-vi/{one}/doi/sap-nhap"
    typed = {"into_id": str(two), "decision": DECISION, "effective_on": TODAY}
    shown = await admin.post(path, **typed)
    assert shown.status_code == 200
    assert "Xin đọc trước khi xác nhận" in shown.text
    assert "Đang hoạt động" in (await admin.get("/quan-tri/don-vi")).text
    assert (await admin.get(f"/don-vi/{one}")).text.count("Đã ngừng hoạt động") == 0
    back = await admin.post(path, step="sua", **typed)
    assert f'value="{DECISION}"' in back.text
    done = await admin.post(path, step="lam", **typed)
    assert (done.status_code, done.headers["location"]) == (303, f"/don-vi/{two}")
    assert "Đã ngừng hoạt động" in (await admin.get(f"/don-vi/{one}")).text
    assert "nhận sáp nhập" in (await admin.get(f"/don-vi/{two}")).text
    listed = await admin.get("/quan-tri/don-vi?ngung=1")
    assert "Bệnh viện số 0" in listed.text


async def test_a_wrong_change_keeps_what_was_typed(site: httpx.AsyncClient) -> None:
    tenant_id, (one, _) = await department()
    admin = await desk(site, tenant_id, "tenant_admin", tenant_id)
    answer = await admin.post(
        f"/quan-tri/don-vi/{one}/doi/chuyen",
        parent_id="khong co don vi nay",
        decision=DECISION,
        effective_on="2126-01-01",
    )
    assert answer.status_code == 422
    assert "Không tìm thấy đơn vị" in answer.text
    assert f'value="{DECISION}"' in answer.text
    assert 'href="#f-parent_id"' in answer.text
    root = await admin.post(
        f"/quan-tri/don-vi/{tenant_id}/doi/giai-the", decision=DECISION, effective_on=TODAY
    )
    assert root.status_code == 409
    assert "đơn vị gốc" in root.text
    assert (await admin.get(f"/quan-tri/don-vi/{one}/doi/bay-len-troi")).status_code == 404


async def test_a_doubled_code_is_refused_at_the_field(site: httpx.AsyncClient) -> None:
    tenant_id, _ = await department()
    admin = await desk(site, tenant_id, "tenant_admin", tenant_id)
    typed = {"parent_id": str(tenant_id), "name": "Bệnh viện mới", "kind": "hospital"}
    taken = await admin.post("/quan-tri/don-vi/them", code="BV1", **typed)
    assert taken.status_code == 422
    assert "Mã BV1 đã có ở đơn vị khác." in taken.text
    assert 'value="Bệnh viện mới"' in taken.text
    made = await admin.post("/quan-tri/don-vi/them", code="BV9", **typed)
    assert made.status_code == 303


async def test_a_tree_of_5000_units_opens_branch_by_branch(site: httpx.AsyncClient) -> None:
    tenant_id, units = await department(count=1000, below=4000)
    admin = await desk(site, tenant_id, "tenant_admin", tenant_id)
    await admin.get("/quan-tri/don-vi")
    before = db.engine().queries
    first = await admin.get("/quan-tri/don-vi")
    asked = db.engine().queries - before
    assert first.status_code == 200
    assert asked <= 8
    assert len(first.content) < 200_000
    assert "4000 đơn vị bên trong" in first.text
    assert "Trang sau" in first.text
    branch = await admin.get(f"/quan-tri/don-vi?tu={units[0]}")
    assert branch.text.count('href="/don-vi/') >= 100
    found = await admin.get("/quan-tri/don-vi?tim=khoa+3999")
    assert "Khoa 3999" in found.text
    form = await admin.get(f"/quan-tri/don-vi/{units[1]}/doi/sap-nhap")
    assert "Gõ mã hoặc tên đơn vị" in form.text
    shown = await admin.post(
        f"/quan-tri/don-vi/{units[1]}/doi/sap-nhap",
        into_id="BV2",
        decision=DECISION,
        effective_on=TODAY,
    )
    assert "Bệnh viện số 2" in shown.text


async def test_blocks_take_many_units_at_once_and_filter_the_list(site: httpx.AsyncClient) -> None:
    tenant_id, units = await department(count=3)
    admin = await desk(site, tenant_id, "tenant_admin", tenant_id)
    made = await admin.post("/quan-tri/khoi-thi-dua", name="Khối bệnh viện")
    path = made.headers["location"]
    again = await admin.post("/quan-tri/khoi-thi-dua", name="khối bệnh viện")
    assert again.status_code == 422
    assert "Đã có khối thi đua" in again.text
    year = clock.today().year
    saved = await admin.post(f"{path}/don-vi", year=year, unit_ids=[str(units[0]), str(units[1])])
    assert saved.status_code == 303
    listed = (await admin.get(f"/don-vi?khoi={path.rpartition('/')[2]}")).text
    assert ["Bệnh viện số 0" in listed, "Bệnh viện số 2" in listed] == [True, False]
    assert "Khối bệnh viện" in (await admin.get(f"/don-vi/{units[0]}")).text
    for form in ({"year": "1900"}, {"year": year, "unit_ids": [str(new_id())]}):
        assert (await admin.post(f"{path}/don-vi", **form)).status_code == 422
    with tenant_scope(tenant_id):
        async with db.transaction():
            kept = await blocks.blocks_of(units[0])
    assert kept == [(year, "Khối bệnh viện")]


async def test_a_unit_keeps_its_own_register(site: httpx.AsyncClient) -> None:
    tenant_id, (one, two) = await department()
    clerk = await desk(site, tenant_id, "unit_clerk", one)
    with tenant_scope(tenant_id):
        async with db.transaction():
            await people.enter_person(
                NewPerson(full_name="Người Đơn Vị Khác", unit_id=two), actor=SYSTEM
            )
    none = await clerk.post("/quan-tri/nhan-su/them", full_name=" ", unit_id=str(one))
    assert none.status_code == 422
    foreign = await clerk.post("/quan-tri/nhan-su/them", full_name="Lạ", unit_id=str(two))
    assert foreign.status_code == 404
    made = await clerk.post("/quan-tri/nhan-su/them", full_name="Lê An", unit_id=str(one))
    assert made.status_code == 303
    listed = (await clerk.get("/quan-tri/nhan-su")).text
    assert ["Lê An" in listed, "Người Đơn Vị Khác" in listed] == [True, False]
    assert (await clerk.get("/quan-tri/nhan-su/dieu-chuyen")).status_code == 403
