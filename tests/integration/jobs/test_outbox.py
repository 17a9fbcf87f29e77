"""The outbox: written with the caller's transaction, run once in effect, given up in the open."""

import asyncio
from datetime import timedelta
from typing import Any
from uuid import UUID

import asyncpg
import pytest

from core.errors import UnavailableError
from core.jobs import repository, runner
from core.jobs.schemas import Job, JobHandler, NewJob, Run
from core.jobs.service import enqueue, enqueue_many, finish
from core.kit import db
from core.kit.scope import current_scope, tenant_scope
from tests.factories import make_account, make_tenant, make_unit


@pytest.fixture(autouse=True)
def _database(app_db: db.TenantEngine) -> None:
    """Every test here needs the application's pool."""


async def ask(
    tenant_id: UUID,
    name: str = "test.job",
    arguments: dict[str, Any] | None = None,
    actor_id: UUID | None = None,
) -> UUID:
    with tenant_scope(tenant_id, actor_id=actor_id):
        async with db.transaction():
            return await enqueue(name, arguments or {})


async def row_of(superuser: asyncpg.Connection, job_id: UUID) -> asyncpg.Record:
    return await superuser.fetchrow("SELECT * FROM outbox WHERE id = $1", job_id)


def handlers(run: Run, **options: Any) -> dict[str, JobHandler]:
    return {"test.job": JobHandler("test.job", run, **options)}


async def make_child(job: Job) -> None:
    await db.execute(
        "INSERT INTO unit (id, code, name, search_name, sort_key, kind, level, path)"
        " VALUES (gen_random_uuid(), $1, 'x', 'x', 'x', 'ward', 'subunit', '/')",
        job.arguments["code"],
    )


async def test_a_rolled_back_transaction_leaves_no_job(superuser: asyncpg.Connection) -> None:
    tenant_id = await make_tenant()

    async def act() -> None:
        with tenant_scope(tenant_id):
            async with db.transaction():
                await enqueue("test.job", {})
                raise ValueError("undone")

    with pytest.raises(ValueError, match="undone"):
        await act()
    assert not await superuser.fetchval("SELECT 1 FROM outbox WHERE tenant_id = $1", tenant_id)


async def test_a_job_runs_in_the_tenant_and_name_of_its_asker(
    superuser: asyncpg.Connection,
) -> None:
    tenant_id = await make_tenant()
    actor_id = await make_account(tenant_id, unit_id=tenant_id)
    job_id = await ask(tenant_id, arguments={"chữ": "Đắk"}, actor_id=actor_id)
    seen = []

    async def look(job: Job) -> None:
        seen.append((current_scope().tenant_id, current_scope().actor_id, job.arguments))

    assert await runner.run(handlers(look), tenant_id, job_id) is None
    assert seen == [(tenant_id, actor_id, {"chữ": "Đắk"})]
    assert (await row_of(superuser, job_id))["done_at"] is not None


async def test_a_job_run_twice_changes_nothing_the_second_time(
    superuser: asyncpg.Connection,
) -> None:
    tenant_id = await make_tenant()
    job_id = await ask(tenant_id, arguments={"code": "HAI-LAN"})
    runs = [runner.run(handlers(make_child), tenant_id, job_id) for _ in range(4)]
    await asyncio.gather(*runs)
    await runner.run(handlers(make_child), tenant_id, job_id)
    count = await superuser.fetchval(
        "SELECT count(*) FROM unit WHERE tenant_id = $1 AND code = 'HAI-LAN'", tenant_id
    )
    assert count == 1


async def test_a_second_run_waits_while_the_first_holds_the_row() -> None:
    tenant_id = await make_tenant()
    job_id = await ask(tenant_id)
    inside, go_on = asyncio.Event(), asyncio.Event()

    async def slow(job: Job) -> None:
        inside.set()
        await go_on.wait()

    first = asyncio.create_task(runner.run(handlers(slow), tenant_id, job_id))
    await inside.wait()
    assert await runner.run(handlers(slow), tenant_id, job_id) == runner.WAIT_FOR_OTHER_RUN
    go_on.set()
    assert await first is None
    assert await runner.run(handlers(slow), tenant_id, job_id) is None


async def test_the_effect_of_a_failing_job_is_undone_and_it_is_tried_again(
    superuser: asyncpg.Connection,
) -> None:
    tenant_id = await make_tenant()
    job_id = await ask(tenant_id, arguments={"code": "UNDONE"})

    async def fails(job: Job) -> None:
        await make_child(job)
        raise ValueError("hỏng")

    assert await runner.run(handlers(fails), tenant_id, job_id) == 2.0
    assert await runner.run(handlers(fails), tenant_id, job_id) == 4.0
    assert (await row_of(superuser, job_id))["attempts"] == 2
    assert not await superuser.fetchval("SELECT 1 FROM unit WHERE code = 'UNDONE'")
    assert await runner.run(handlers(make_child), tenant_id, job_id) is None
    assert await superuser.fetchval("SELECT 1 FROM unit WHERE code = 'UNDONE'") == 1


async def test_after_the_last_attempt_the_job_is_given_up_with_its_reason(
    superuser: asyncpg.Connection,
) -> None:
    tenant_id = await make_tenant()
    job_id = await ask(tenant_id)
    told = []

    async def fails(job: Job) -> None:
        raise ValueError("hỏng hẳn")

    async def on_failure(job: Job, message: str) -> None:
        told.append(message)

    registry = handlers(fails, max_attempts=2, on_failure=on_failure)
    assert await runner.run(registry, tenant_id, job_id) == 2.0
    assert await runner.run(registry, tenant_id, job_id) is None
    assert told == ["ValueError: hỏng hẳn"]
    assert (await row_of(superuser, job_id))["error"] == "ValueError: hỏng hẳn"
    assert await runner.run(registry, tenant_id, job_id) is None
    assert len(told) == 1


async def test_a_handler_that_hangs_counts_as_a_failed_attempt(
    superuser: asyncpg.Connection,
) -> None:
    tenant_id = await make_tenant()
    job_id = await ask(tenant_id)

    async def hangs(job: Job) -> None:
        await asyncio.sleep(60)

    assert await runner.run(handlers(hangs, timeout=0.05), tenant_id, job_id) == 2.0
    assert (await row_of(superuser, job_id))["attempts"] == 1


async def test_a_lost_database_does_not_count_as_an_attempt(superuser: asyncpg.Connection) -> None:
    tenant_id = await make_tenant()
    job_id = await ask(tenant_id)

    async def lost(job: Job) -> None:
        raise UnavailableError

    assert await runner.run(handlers(lost), tenant_id, job_id) == runner.WAIT_FOR_DATABASE
    assert (await row_of(superuser, job_id))["attempts"] == 0


async def test_a_job_with_an_unknown_name_waits_for_a_newer_worker(
    superuser: asyncpg.Connection,
) -> None:
    tenant_id = await make_tenant()
    job_id = await ask(tenant_id, name="test.from_the_future")
    for _ in range(12):
        assert await runner.run({}, tenant_id, job_id) is not None
    assert (await row_of(superuser, job_id))["error"] == ""


async def test_a_handler_with_its_own_transactions_finishes_once() -> None:
    tenant_id = await make_tenant()
    job_id = await ask(tenant_id)
    won = []

    async def staged(job: Job) -> None:
        async with db.transaction():
            won.append(await finish(job))

    registry = handlers(staged, own_transactions=True)
    await asyncio.gather(*[runner.run(registry, tenant_id, job_id) for _ in range(3)])
    assert won.count(True) == 1


async def test_one_tenant_does_not_reach_the_job_of_another(superuser: asyncpg.Connection) -> None:
    mine, theirs = await make_tenant(), await make_tenant()
    job_id = await ask(theirs)
    ran = []

    async def note(job: Job) -> None:
        ran.append(job)

    assert await runner.run(handlers(note), mine, job_id) is None
    assert not ran
    assert (await row_of(superuser, job_id))["done_at"] is None


async def test_many_jobs_are_one_statement_and_keep_their_order(app_db: db.TenantEngine) -> None:
    tenant_id = await make_tenant()
    with tenant_scope(tenant_id):
        async with db.transaction():
            before = app_db.queries
            ids = await enqueue_many([NewJob("test.job", {"n": n}) for n in range(50)])
            assert app_db.queries == before + 1
            assert await enqueue_many([]) == []
            rows = await db.fetch("SELECT id, arguments FROM outbox")
    numbers = {row["id"]: row["arguments"]["n"] for row in rows}
    assert [numbers[job_id] for job_id in ids] == list(range(50))


async def test_finished_jobs_are_swept_and_open_ones_stay(superuser: asyncpg.Connection) -> None:
    tenant_id = await make_tenant()
    done, left = await ask(tenant_id), await ask(tenant_id)
    await make_unit(tenant_id, name="x")
    await superuser.execute(
        "UPDATE outbox SET done_at = now() - interval '40 days' WHERE id = $1", done
    )
    with tenant_scope(tenant_id):
        async with db.transaction():
            await repository.delete_finished(timedelta(days=30))
    assert await row_of(superuser, done) is None
    assert await row_of(superuser, left) is not None
