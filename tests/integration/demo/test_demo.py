"""One demo department from end to end: made through the services, signed in to, removed."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import asyncpg
import pyotp
import pytest

from core.accounts import service as accounts
from core.accounts.schemas import Stage
from core.kit import db
from core.kit.scope import tenant_scope
from core.plugin.manager import PluginManager, installed
from core.plugin.rules import Province
from core.reports.states import State
from core.settings import settings
from tenants import removal, service
from tenants.demo import create, listing
from tenants.demo.cast import PARTS
from tenants.schemas import TenantView

ROLES = {part.role for part in PARTS}


def with_inner_days() -> str:
    """Return a plugin whose plan a unit wrote, with an inner day (two levels)."""
    for slug in sorted(installed().plugins):
        with Province(slug) as province:
            content = province.content()
        if any(row.stated and row.due_at for row in content.inner_deadlines()):
            return slug
    raise AssertionError("no plugin has an inner day")


@pytest.fixture(scope="module")
async def demo(app_db: db.TenantEngine) -> AsyncIterator[tuple[TenantView, list[str]]]:
    slug = with_inner_days()
    one = PluginManager()
    one.plugins = {slug: installed().plugins[slug]}
    said: list[str] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(create, "installed", lambda: one)
        assert await create.create_all(said.append) == 1
        assert await create.create_all(said.append) == 0
    (tenant,) = [each for each in await service.list_tenants() if each.slug == slug]
    folder = Path(settings().storage_url.removeprefix("file://")) / str(tenant.id)
    assert list(folder.iterdir())
    yield tenant, said
    await removal.remove_demo(os.environ["DATABASE_URL"])
    assert not folder.exists() or not list(folder.iterdir())
    assert tenant.slug not in {each.slug for each in await service.list_tenants()}


async def test_the_department_is_served_when_it_is_ready(
    demo: tuple[TenantView, list[str]],
) -> None:
    tenant, said = demo
    assert tenant.is_demo
    assert tenant.status == "active"
    found = await service.resolve_host(f"{tenant.slug.replace('_', '-')}.localhost")
    assert found is not None
    assert found.settings["movement_name"]
    assert any("ready" in line for line in said)


async def test_every_state_of_a_report_is_to_be_seen(
    demo: tuple[TenantView, list[str]], superuser: asyncpg.Connection
) -> None:
    tenant, _ = demo
    rows = await superuser.fetch(
        "SELECT DISTINCT p.state FROM report p JOIN reporting_round r ON r.id = p.round_id"
        " WHERE p.tenant_id = $1 AND r.state = 'open'",
        tenant.id,
    )
    assert {row["state"] for row in rows} == {str(state) for state in State}
    counted = await superuser.fetch(
        "SELECT timing, count(*) FROM report WHERE tenant_id = $1 GROUP BY 1", tenant.id
    )
    assert {"on_time", "late"} <= {row["timing"] for row in counted}


async def test_nominations_stand_in_several_states(
    demo: tuple[TenantView, list[str]], app_db: db.TenantEngine
) -> None:
    tenant, _ = demo
    with tenant_scope(tenant.id):
        async with db.transaction():
            rows = await db.fetch("SELECT DISTINCT state FROM nomination WHERE is_demo")
    assert {row["state"] for row in rows} >= {"draft", "sent", "returned", "appraisal", "council"}


@pytest.mark.parametrize(
    ("what", "sql"),
    [
        ("40 units", "SELECT count(*) >= 40 FROM unit WHERE tenant_id = $1 AND is_demo"),
        ("inner reports", "SELECT count(*) > 5 FROM report_obligation WHERE tenant_id = $1"
                          " AND level = 'subunit'"),
        ("a closed round", "SELECT count(*) = 1 FROM reporting_round WHERE tenant_id = $1"
                           " AND state = 'closed' AND is_demo"),
        ("open rounds", "SELECT count(*) = 2 FROM reporting_round WHERE tenant_id = $1"
                        " AND state = 'open' AND is_demo"),
        ("an issued consolidation", "SELECT count(*) = 1 FROM consolidation WHERE tenant_id = $1"
                                    " AND state = 'issued' AND number = 1"),
        ("provisional ones", "SELECT count(*) = 2 FROM consolidation WHERE tenant_id = $1"
                             " AND is_provisional"),
        ("returned parts with reasons", "SELECT count(*) > 0 FROM report_part"
                                        " WHERE tenant_id = $1 AND review = 'returned'"
                                        " AND return_reason <> ''"),
        ("second versions", "SELECT max(number) >= 2 FROM report_version WHERE tenant_id = $1"),
        ("evidence", "SELECT count(*) > 3 FROM evidence WHERE tenant_id = $1"),
        ("notices", "SELECT count(*) > 30 FROM notification WHERE tenant_id = $1"),
        ("a part taken over", "SELECT count(*) = 1 FROM report_part WHERE tenant_id = $1"
                              " AND fields ? 'sources'"),
        ("an audit trail of every act", "SELECT count(DISTINCT actor_id) > 10 FROM audit_event"
                                        " WHERE tenant_id = $1 AND reason <> ''"),
        ("acts at their own times", "SELECT min(at) < '2025-09-01' AND max(at) > '2026-11-20'"
                                    " FROM audit_event WHERE tenant_id = $1"),
        ("nobody of the system reports", "SELECT count(*) = 0 FROM report_event"
                                         " WHERE tenant_id = $1 AND actor_id IS NULL"),
    ],
)  # fmt: skip
async def test_there_is_something_on_every_screen(
    demo: tuple[TenantView, list[str]], superuser: asyncpg.Connection, what: str, sql: str
) -> None:
    assert await superuser.fetchval(sql, demo[0].id), what


async def test_each_role_has_an_account_that_signs_in(
    demo: tuple[TenantView, list[str]], app_db: db.TenantEngine
) -> None:
    tenant, _ = demo
    *rows, operator = await listing.known_accounts()
    assert (operator["role"], operator["host"]) == ("platform_operator", "localhost")
    assert {row["role"] for row in rows} == {role.value for role in ROLES}
    assert {row["account"] for row in rows} == {part.username for part in PARTS}
    for row in rows:
        assert await _stage(tenant, row) is Stage.FULL, row["account"]


async def _stage(tenant: TenantView, row: dict[str, Any]) -> Stage:
    """Sign in with a listed account, with its code where one is asked."""
    with tenant_scope(tenant.id):
        async with db.transaction():
            signed = await accounts.sign_in(
                username=row["account"], password=row["password"], address="::1", user_agent=""
            )
            if signed.stage is not Stage.TOTP:
                assert row["totp_secret"] is None
                return signed.stage
            session = await accounts.resolve_session(signed.token, kind="web")
            assert session is not None
            code = pyotp.TOTP(row["totp_secret"]).now()
            return await accounts.verify_totp(session=session, code=code)


async def test_an_interrupted_demo_is_made_anew(
    demo: tuple[TenantView, list[str]],
    superuser: asyncpg.Connection,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    tenant, _ = demo
    one = PluginManager()
    one.plugins = {tenant.slug: installed().plugins[tenant.slug]}
    monkeypatch.setattr(create, "installed", lambda: one)
    made: list[str] = []

    async def instead(slug: str, say: Any) -> bool:
        made.append(slug)
        return True

    monkeypatch.setattr(create, "_create", instead)
    removed: list[Any] = []

    async def remove(url: str, only: Any = None) -> list[str]:
        removed.extend(only)
        return list(only)

    monkeypatch.setattr(removal, "remove_demo", remove)
    await superuser.execute("UPDATE tenant SET status = 'preparing' WHERE id = $1", tenant.id)
    try:
        await create.create_all(lambda _line: None)
    finally:
        await superuser.execute("UPDATE tenant SET status = 'active' WHERE id = $1", tenant.id)
    assert (removed, made) == ([tenant.slug], [tenant.slug])
