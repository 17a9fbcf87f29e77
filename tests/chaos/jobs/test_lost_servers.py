"""The queue and its worker under bad treatment, with shortened times."""

import asyncio
import contextlib
import gc
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Iterator
from typing import Any, TypeAlias
from uuid import UUID

import asyncpg
import pytest

from core.jobs import queue, relay
from core.jobs.schemas import Job, JobHandler, NewJob
from core.jobs.service import enqueue_many
from core.kit import db
from core.kit.scope import tenant_scope
from core.runtime.valkey import Valkey
from tests.factories import make_tenant

Condition: TypeAlias = Callable[[], Awaitable[bool]]
# A pipeline of redis-py that loses its server leaves an unclosed socket to the garbage collector.
pytestmark = [
    pytest.mark.chaos,
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]


@pytest.fixture(autouse=True)
async def _clean_outbox(
    app_db: db.TenantEngine, superuser: asyncpg.Connection
) -> AsyncIterator[None]:
    """Start with an empty outbox, and let the garbage of lost connections go with its test."""
    await superuser.execute("DELETE FROM outbox")
    yield
    gc.collect()


@pytest.fixture
def valkey(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Valkey]:
    """A Valkey of our own that keeps its data, to be killed."""
    root = tmp_path_factory.mktemp("vk")
    server = Valkey(root, root)
    server.start()
    yield server
    server.stop()


def options_for(server: Valkey, **changes: Any) -> queue.Options:
    quick = {
        "poll_delay": 0.02, "relay_interval": 0.03, "requeue_after": 0.5, "lease": 0.9,
        "backoff": 0.2, "grace": 2.0,
    }  # fmt: skip
    return queue.Options(valkey_url=server.url, **{**quick, **changes})


@contextlib.asynccontextmanager
async def running(options: queue.Options, handlers: dict[str, JobHandler]) -> AsyncIterator[None]:
    """Relay and worker, until the block ends."""
    stop = asyncio.Event()
    tasks = [
        asyncio.create_task(relay.run(options, stop)),
        asyncio.create_task(queue.work(options, handlers, stop)),
    ]
    try:
        yield
    finally:
        stop.set()
        await asyncio.wait_for(asyncio.gather(*tasks), 15)


async def bump(job: Job) -> None:
    """An effect that shows whether it happened once: a second row of the code is refused."""
    await db.execute(
        "INSERT INTO unit (id, code, name, search_name, sort_key, kind, level, path)"
        " VALUES (gen_random_uuid(), $1, 'x', 'x', 'x', 'ward', 'subunit', '/')",
        f"B{job.arguments['n']}",
    )


async def ask(tenant_id: UUID, numbers: Iterable[int]) -> None:
    with tenant_scope(tenant_id):
        async with db.transaction():
            await enqueue_many([NewJob("test.bump", {"n": n}) for n in numbers])


async def until(condition: Condition, seconds: float = 20.0) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if await condition():
            return
        await asyncio.sleep(0.05)
    raise AssertionError("not reached in time")


def counted(superuser: asyncpg.Connection, tenant_id: UUID, wanted: int) -> Condition:
    async def check() -> bool:
        done = await superuser.fetchval(
            "SELECT count(*) FROM outbox WHERE tenant_id = $1 AND done_at IS NOT NULL", tenant_id
        )
        return done == wanted

    return check


async def effects(superuser: asyncpg.Connection, tenant_id: UUID) -> int:
    return await superuser.fetchval(
        "SELECT count(*) FROM unit WHERE tenant_id = $1 AND code LIKE 'B%'", tenant_id
    )


async def test_killing_valkey_twice_loses_and_doubles_nothing(
    app_db: db.TenantEngine, superuser: asyncpg.Connection, valkey: Valkey
) -> None:
    tenant_id = await make_tenant()
    handlers = {"test.bump": JobHandler("test.bump", bump)}
    async with running(options_for(valkey), handlers):
        for start in range(0, 90, 30):
            await ask(tenant_id, range(start, start + 30))
            if start:
                valkey.server.process.kill()
                valkey.server.process.wait()
                await asyncio.sleep(0.4)
                valkey.start()
        await until(counted(superuser, tenant_id, 90))
    assert await effects(superuser, tenant_id) == 90


async def test_a_queue_that_forgot_everything_gets_its_jobs_again(
    app_db: db.TenantEngine, superuser: asyncpg.Connection, valkey: Valkey
) -> None:
    tenant_id = await make_tenant()
    options = options_for(valkey)
    pool = await queue.connect(options)
    await ask(tenant_id, range(5))
    while await relay.relay_once(pool):
        pass
    await pool.flushall()
    await queue.drop(pool)
    async with running(options, {"test.bump": JobHandler("test.bump", bump)}):
        await until(counted(superuser, tenant_id, 5))
    assert await effects(superuser, tenant_id) == 5


async def test_a_worker_killed_in_the_middle_leaves_the_job_to_the_next(
    app_db: db.TenantEngine, superuser: asyncpg.Connection, valkey: Valkey
) -> None:
    tenant_id = await make_tenant()
    options = options_for(valkey)
    started = asyncio.Event()

    async def dies(job: Job) -> None:
        await bump(job)
        started.set()
        await asyncio.sleep(60)

    pool = await queue.connect(options)
    await ask(tenant_id, [1])
    await relay.relay_once(pool)
    worker = queue.make_worker(options, {"test.bump": JobHandler("test.bump", dies)})
    main = asyncio.create_task(worker.async_run())
    await asyncio.wait_for(started.wait(), 5)
    # As a SIGKILL leaves it: the transaction is gone, the queue believes the job is in progress.
    worker.finish_job = lambda *_: asyncio.sleep(0)
    tasks = [main, *worker.tasks.values(), *worker.job_tasks.values()]
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    await queue.drop(worker.pool)
    assert await effects(superuser, tenant_id) == 0
    async with running(options, {"test.bump": JobHandler("test.bump", bump)}):
        await until(counted(superuser, tenant_id, 1))
    assert await effects(superuser, tenant_id) == 1
    await queue.drop(pool)


async def test_a_stopping_worker_lets_running_jobs_end(
    app_db: db.TenantEngine, superuser: asyncpg.Connection, valkey: Valkey
) -> None:
    tenant_id = await make_tenant()
    started = asyncio.Event()

    async def slow(job: Job) -> None:
        started.set()
        await asyncio.sleep(0.4)
        await bump(job)

    async with running(options_for(valkey), {"test.bump": JobHandler("test.bump", slow)}):
        await ask(tenant_id, [1])
        await asyncio.wait_for(started.wait(), 5)
    assert await effects(superuser, tenant_id) == 1


async def test_a_long_job_keeps_its_lease_and_runs_once(
    app_db: db.TenantEngine, superuser: asyncpg.Connection, valkey: Valkey
) -> None:
    tenant_id = await make_tenant()
    starts = []

    async def long(job: Job) -> None:
        starts.append(job.id)
        await asyncio.sleep(1.5)

    options = options_for(valkey, lease=0.6)
    handlers = {"test.bump": JobHandler("test.bump", long)}
    async with running(options, handlers), running(options, handlers):
        await ask(tenant_id, [1])
        await until(counted(superuser, tenant_id, 1))
    assert len(starts) == 1
