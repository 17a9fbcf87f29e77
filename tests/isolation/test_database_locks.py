"""The two locks of every tenant table, read from the registry of tables."""

from __future__ import annotations

import asyncpg
import pytest

from core.errors import ScopeError
from core.kit import db
from core.kit.scope import tenant_scope, unscoped
from tests.factories import make_tenant, make_unit


async def test_rows_of_one_tenant_are_invisible_to_the_other(app_db: db.TenantEngine) -> None:
    one, two = await make_tenant(), await make_tenant()
    await make_unit(one, name="Bệnh viện Một", parent_id=one)
    with tenant_scope(two):
        async with db.transaction():
            names = [row["name"] for row in await db.fetch("SELECT name FROM unit")]
    assert "Bệnh viện Một" not in names
    assert len(names) == 1


async def test_no_scope_raises_and_unscoped_sees_nothing(app_db: db.TenantEngine) -> None:
    tenant = await make_tenant()
    with pytest.raises(ScopeError):
        app_db.transaction()
    with unscoped(reason="test"):
        async with db.transaction():
            assert await db.fetchval("SELECT count(*) FROM unit") == 0
    assert tenant


# What the operators' role may call; all of it returns counts and states, never contents.
PLATFORM_FUNCTIONS = {
    "platform_note", "platform_overview", "platform_job_counts", "platform_failed_jobs",
    "platform_retry_jobs", "platform_mail_counts", "platform_stuck_mails",
    "platform_retry_mails", "platform_sizes", "platform_long_statements",
    "platform_slow_statements", "platform_support_grants", "platform_support_ticket",
    "platform_end_support",
}  # fmt: skip


async def test_each_function_that_looks_across_departments_is_one_roles(
    app_db: db.TenantEngine, superuser: asyncpg.Connection
) -> None:
    """Everybody may call a new function until that is taken away, by the function's owner."""
    rows = await superuser.fetch(
        "SELECT p.proname, r.rolname FROM pg_proc p CROSS JOIN pg_roles r"
        " WHERE p.prosecdef AND p.prorettype <> 'trigger'::regtype"
        " AND p.pronamespace = 'public'::regnamespace"
        " AND r.rolname IN ('thidua_app', 'thidua_platform', 'pg_monitor')"
        " AND has_function_privilege(r.oid, p.oid, 'EXECUTE')"
    )
    of_role: dict[str, set[str]] = {}
    for row in rows:
        of_role.setdefault(row["rolname"], set()).add(row["proname"])
    assert of_role["thidua_platform"] == PLATFORM_FUNCTIONS
    assert {"outbox_pending", "outbox_mark_sent"} <= of_role["thidua_app"]
    assert of_role["thidua_app"].isdisjoint(PLATFORM_FUNCTIONS)
    assert set(of_role) == {"thidua_app", "thidua_platform"}


async def test_every_change_is_chained(app_db: db.TenantEngine) -> None:
    tenant = await make_tenant()
    await make_unit(tenant, name="Trạm Y tế", parent_id=tenant)
    with tenant_scope(tenant):
        async with db.transaction():
            rows = await db.fetch(
                "SELECT seq, prev_hash, hash, table_name FROM audit_event ORDER BY seq"
            )
    assert [row["seq"] for row in rows] == [1, 2]
    assert rows[0]["prev_hash"] == ""
    assert rows[1]["prev_hash"] == rows[0]["hash"]
