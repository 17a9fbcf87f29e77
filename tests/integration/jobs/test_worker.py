"""The worker's composition: every job that is asked for has a handler; scans stand alone."""

import re
from pathlib import Path

import pytest

from core import worker
from core.jobs import repository
from core.kit import db
from core.kit.scope import current_tenant, tenant_scope, unscoped
from tests.factories import make_tenant
from tests.integration.documents.test_papers import FakeRenderer

pytestmark = pytest.mark.usefixtures("app_db")


def test_every_job_name_in_the_program_has_a_handler() -> None:
    registry = worker.registry(FakeRenderer())
    sources = [path.read_text() for path in Path(worker.__file__).parent.rglob("service.py")]
    named = {
        name for text in sources for name in re.findall(r'^[A-Z_]+ = "(\w+\.\w+)"', text, re.M)
    }
    assert {"documents.render", "notifications.send_mail"} <= named
    assert named <= set(registry)


async def test_a_failing_scan_stops_neither_the_others_nor_the_next_tenant(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    first, second = await make_tenant(), await make_tenant()
    ran = []

    async def fails() -> None:
        raise ValueError("hỏng")

    async def works() -> None:
        ran.append(current_tenant())

    monkeypatch.setattr(worker, "SCANS", (fails, works))
    for tenant_id in (first, second):
        await worker.scan(tenant_id)
    assert ran == [first, second]


async def test_scans_visit_active_departments_only() -> None:
    active = await make_tenant()
    suspended = await make_tenant(status="suspended")
    with unscoped(reason="test"):
        async with db.transaction():
            found = await repository.tenants()
    assert active in found
    assert suspended not in found


async def test_every_scan_runs_on_an_empty_department() -> None:
    tenant_id = await make_tenant()
    for work in worker.SCANS:
        with tenant_scope(tenant_id):
            async with db.transaction():
                await work()
