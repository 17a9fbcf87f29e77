"""The audit chain: written by triggers, linked at commit, never changed."""

from __future__ import annotations

import hashlib
from uuid import UUID

import asyncpg
import pytest

from core.kit import db
from core.kit.ids import new_id
from core.kit.scope import tenant_scope
from tests.factories import make_tenant

LINE = "audit_line(seq, at, actor_id, reason, table_name, row_id, action, changes)"


async def chain(superuser: asyncpg.Connection, tenant: UUID) -> list[asyncpg.Record]:
    return await superuser.fetch(
        f"SELECT *, {LINE} AS line FROM audit_event WHERE tenant_id = $1 ORDER BY seq", tenant
    )


async def set_value(tenant: UUID, key: str, values: list[str], actor: UUID | None = None) -> None:
    with tenant_scope(tenant, actor_id=actor, reason="thử nhật ký"):
        async with db.transaction():
            await db.execute("INSERT INTO tenant_setting (id, key) VALUES ($1, $2)", new_id(), key)
            for value in values:
                await db.execute("UPDATE tenant_setting SET value = $2 WHERE key = $1", key, value)


async def test_many_events_of_one_transaction_form_one_unbroken_chain(
    app_db: db.TenantEngine, superuser: asyncpg.Connection
) -> None:
    tenant, actor = await make_tenant(), new_id()
    await set_value(tenant, "one", ["a", "b", "b"], actor)
    await set_value(tenant, "two", ["c"])
    events = await chain(superuser, tenant)
    previous = ""
    for number, event in enumerate(events, 1):
        digest = hashlib.sha256(f"{previous}|{event['line']}".encode()).hexdigest()
        assert (event["seq"], event["prev_hash"], event["hash"]) == (number, previous, digest)
        previous = digest
    told = [(e["table_name"], e["action"], e["actor_id"]) for e in events[1:]]
    assert told == [
        ("tenant_setting", "insert", actor),
        ("tenant_setting", "update", actor),
        ("tenant_setting", "update", actor),
        ("tenant_setting", "insert", None),
        ("tenant_setting", "update", None),
    ]
    head = await superuser.fetchrow("SELECT * FROM audit_head WHERE tenant_id = $1", tenant)
    assert (head["seq"], head["hash"]) == (len(events), previous)


async def test_a_change_is_recorded_with_what_was_and_what_is(
    app_db: db.TenantEngine, superuser: asyncpg.Connection
) -> None:
    tenant = await make_tenant()
    await set_value(tenant, "key", ["mới"])
    last = (await chain(superuser, tenant))[-1]
    assert (last["changes"], last["reason"]) == ('{"value": ["", "mới"]}', "thử nhật ký")


async def test_secrets_are_recorded_as_hashes_only(
    app_db: db.TenantEngine, superuser: asyncpg.Connection
) -> None:
    tenant = await make_tenant()
    with tenant_scope(tenant):
        async with db.transaction():
            await db.execute(
                "INSERT INTO account (id, username, display_name, unit_id, password_hash,"
                " created_at) VALUES ($1, 'a', 'A', $2, 'very-secret', now())",
                new_id(),
                tenant,
            )
    assert "very-secret" not in (await chain(superuser, tenant))[-1]["changes"]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_event SET reason = 'x' WHERE tenant_id = $1",
        "DELETE FROM audit_event WHERE tenant_id = $1",
        "TRUNCATE audit_event",
    ],
)
async def test_not_even_a_superuser_changes_it_in_passing(
    app_db: db.TenantEngine, superuser: asyncpg.Connection, statement: str
) -> None:
    tenant = await make_tenant()
    with pytest.raises(asyncpg.RaiseError, match="append-only"):
        await superuser.execute(statement, *([tenant] if "$1" in statement else []))


async def test_the_application_cannot_write_or_touch_it(app_db: db.TenantEngine) -> None:
    tenant = await make_tenant()
    with tenant_scope(tenant):
        for statement in (
            "INSERT INTO audit_event (id, at, table_name, action)"
            " VALUES (gen_random_uuid(), now(), 'x', 'insert')",
            "UPDATE audit_event SET reason = 'x'",
            "DELETE FROM audit_event",
            "UPDATE audit_head SET seq = 0",
        ):
            with pytest.raises(asyncpg.InsufficientPrivilegeError):
                async with db.transaction():
                    await db.execute(statement)
