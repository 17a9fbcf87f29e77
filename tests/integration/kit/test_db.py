"""The engine under bad treatment: no connection lost, no scope mixed, no failed commit hidden."""

from __future__ import annotations

import asyncio
import random
from uuid import UUID

import asyncpg
import pytest

from core.errors import ConflictError, ScopeError, UnavailableError
from core.kit import db
from core.kit.ids import new_id
from core.kit.scope import tenant_scope, unscoped
from tests.factories import make_tenant


def idle(engine: db.TenantEngine) -> bool:
    """Tell whether every connection of the pool is at rest."""
    assert engine.pool is not None
    return bool(engine.pool.get_idle_size() == engine.pool.get_size())


async def test_swallowed_error_is_not_reported_as_success(app_db: db.TenantEngine) -> None:
    tenant = await make_tenant()
    with tenant_scope(tenant), pytest.raises(ConflictError) as caught:
        async with db.transaction():
            try:
                await db.execute("SELECT 1 / 0")
            except asyncpg.DivisionByZeroError:
                pass
    assert caught.value.code == "not_committed"
    assert idle(app_db)


async def test_failing_commit_gives_the_connection_back(
    app_db: db.TenantEngine, superuser: asyncpg.Connection
) -> None:
    tenant = await make_tenant()
    async with superuser.transaction():
        # The chain's head is locked elsewhere, so the deferred trigger fails at COMMIT.
        await superuser.execute("SELECT 1 FROM audit_head WHERE tenant_id = $1 FOR UPDATE", tenant)
        with tenant_scope(tenant):
            for number in range(12):
                with pytest.raises(asyncpg.LockNotAvailableError):
                    async with db.transaction():
                        await db.execute("SET LOCAL lock_timeout = 5")
                        await db.execute(
                            "INSERT INTO tenant_setting (id, key) VALUES ($1, $2)",
                            new_id(),
                            f"k{number}",
                        )
            assert app_db.current_transaction.get() is None
    with tenant_scope(tenant):
        async with db.transaction():
            assert await db.fetchval("SELECT count(*) FROM tenant_setting") == 0
    assert idle(app_db)


async def test_a_connection_lost_at_the_beginning_is_told_as_such(
    app_db: db.TenantEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    tenant = await make_tenant()
    assert app_db.pool is not None
    taken = await app_db.pool.acquire()
    await taken.close()

    async def lost(_engine: db.TenantEngine) -> object:
        return taken

    monkeypatch.setattr(db.TenantEngine, "acquire", lost)
    with tenant_scope(tenant), pytest.raises(UnavailableError):
        async with db.transaction():
            pass
    monkeypatch.undo()
    assert app_db.current_transaction.get() is None
    assert idle(app_db)


async def test_transaction_does_not_nest_and_belongs_to_its_tenant(app_db: db.TenantEngine) -> None:
    one, two = await make_tenant(), await make_tenant()
    with tenant_scope(one):
        async with db.transaction():
            with pytest.raises(ScopeError):
                app_db.transaction()
            with tenant_scope(two), pytest.raises(ScopeError):
                await db.fetchval("SELECT 1")


async def test_savepoint_undoes_only_the_inner_block(app_db: db.TenantEngine) -> None:
    tenant = await make_tenant()
    with tenant_scope(tenant):
        async with db.transaction():
            insert = "INSERT INTO tenant_setting (id, key, value) VALUES ($1, $2, '')"
            await db.execute(insert, new_id(), "outer")
            with pytest.raises(asyncpg.UniqueViolationError):
                async with db.savepoint():
                    await db.execute(insert, new_id(), "outer")
        async with db.transaction():
            rows = await db.fetch("SELECT key FROM tenant_setting")
    assert [row["key"] for row in rows] == ["outer"]


async def test_separate_transaction_survives_the_refusal(app_db: db.TenantEngine) -> None:
    tenant = await make_tenant()
    with tenant_scope(tenant):
        with pytest.raises(ConflictError):
            async with db.transaction():
                async with db.separate_transaction():
                    await db.execute(
                        "INSERT INTO tenant_setting (id, key) VALUES ($1, 'kept')", new_id()
                    )
                raise ConflictError
        async with db.transaction():
            assert await db.fetchval("SELECT count(*) FROM tenant_setting") == 1


async def test_garbage_is_refused_as_tenant() -> None:
    with pytest.raises(TypeError), tenant_scope("x'; DROP TABLE unit; --"):  # type: ignore[arg-type]
        pass


async def _one(tenant: UUID, chance: random.Random, leaks: list[UUID]) -> None:
    with tenant_scope(tenant):
        async with db.transaction():
            rows = await db.fetch("SELECT tenant_id FROM unit")
            leaks.extend(row["tenant_id"] for row in rows if row["tenant_id"] != tenant)
            if chance.random() < 0.2:
                await db.execute("SELECT 1 / 0")
            await asyncio.sleep(chance.random() / 500)


async def test_cancelled_and_failing_tasks_leak_nothing(app_db: db.TenantEngine) -> None:
    tenants = [await make_tenant() for _ in range(5)]
    chance = random.Random(20261123)
    leaks: list[UUID] = []
    cancelled = 0
    for _ in range(20):
        tasks = [
            asyncio.create_task(_one(chance.choice(tenants), chance, leaks)) for _ in range(40)
        ]
        await asyncio.sleep(chance.random() / 50)
        for task in tasks:
            if chance.random() < 0.4:
                cancelled += task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
    assert leaks == []
    assert cancelled > 20
    assert idle(app_db)
    assert app_db.pool is not None
    assert app_db.pool.get_size() <= 10


async def test_unscoped_names_its_reason() -> None:
    with pytest.raises(ScopeError), unscoped(reason=""):
        pass


async def test_the_operators_engine_serves_the_same_helpers_for_a_block(
    app_db: db.TenantEngine,
) -> None:
    tenant = await make_tenant()
    with unscoped(reason="test"), db.as_platform():
        async with db.transaction():
            role = await db.fetchval("SELECT current_user")
            with db.as_application(), tenant_scope(tenant):
                async with db.transaction():
                    inner = await db.fetchval("SELECT current_user")
                    units = await db.fetchval("SELECT count(*) FROM unit")
            again = await db.fetchval("SELECT current_user")
    assert (role, inner, units, again) == ("thidua_platform", "thidua_app", 1, "thidua_platform")
    assert db.engine() is app_db


async def test_without_its_url_the_operators_engine_says_what_to_set(
    app_db: db.TenantEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(db, "_platform", None)
    with pytest.raises(UnavailableError) as caught:
        db.platform_engine()
    assert caught.value.code == "platform_not_configured"
    assert "DATABASE_PLATFORM_URL" in caught.value.detail
