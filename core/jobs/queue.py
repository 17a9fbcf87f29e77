"""The queue (arq) behind our own small door: connection, worker, supervision."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Mapping
from datetime import UTC
from typing import Any, cast
from uuid import UUID

import msgspec
import redis.exceptions
from arq import Retry, create_pool
from arq.connections import ArqRedis, RedisSettings
from arq.constants import in_progress_key_prefix
from arq.worker import Worker, func

from core.jobs import runner
from core.jobs.schemas import JobHandler

log = logging.getLogger("thidua.worker")

FUNCTION = "outbox"
ENDLESS = 1_000_000
LONGEST_JOB = 900.0  # arq's own limit; each handler has a shorter one that counts as an attempt


class Options(msgspec.Struct, frozen=True):
    """How the relay and the worker behave; times in seconds (tests shorten them).

    Attributes:
        lease: a job of a killed worker is taken up again after this long; running jobs renew it.
        requeue_after: jobs handed over longer ago and not done are handed over again.
        backoff: the wait after a first error; it doubles each time.
        grace: how long running jobs may go on when the worker is asked to stop.
    """

    valkey_url: str
    queue_name: str = "thidua:jobs"
    poll_delay: float = 0.2
    relay_interval: float = 0.5
    requeue_after: float = 30.0
    lease: float = 15.0
    max_jobs: int = 8
    backoff: float = 2.0
    grace: float = 20.0


def _encode(value: object) -> bytes:
    """JSON, never pickle: what stands in the queue must not be code."""
    return msgspec.json.encode(value, enc_hook=repr)


def redis_settings(url: str) -> RedisSettings:
    """Return arq's settings for `redis://`, `rediss://` or `unix://`."""
    wanted = RedisSettings.from_dsn(url)
    wanted.conn_retries = 1
    wanted.conn_retry_delay = 0
    return wanted


async def connect(options: Options) -> ArqRedis:
    """Open a connection pool to the queue.

    Raises:
        redis.exceptions.RedisError, OSError: it does not answer.
    """
    return await create_pool(
        redis_settings(options.valkey_url),
        job_serializer=_encode,
        job_deserializer=msgspec.json.decode,
        default_queue_name=options.queue_name,
    )


async def drop(pool: ArqRedis | None) -> None:
    """Close a pool that may be broken."""
    if pool is not None:
        with contextlib.suppress(redis.exceptions.RedisError, OSError):
            await pool.aclose(close_connection_pool=True)


def make_worker(options: Options, handlers: Mapping[str, JobHandler]) -> Worker:
    """Return arq's worker with its one function, which runs rows of the outbox."""

    async def run_row(_context: dict[str, Any], tenant_id: str, job_id: str) -> None:
        wait = await runner.run(handlers, UUID(tenant_id), UUID(job_id), backoff=options.backoff)
        if wait is not None:
            raise Retry(defer=wait)

    worker = Worker(
        [func(cast("Any", run_row), name=FUNCTION, max_tries=ENDLESS, timeout=LONGEST_JOB)],
        queue_name=options.queue_name,
        redis_settings=redis_settings(options.valkey_url),
        handle_signals=False,
        max_jobs=options.max_jobs,
        poll_delay=options.poll_delay,
        keep_result=0,
        health_check_interval=15,
        job_serializer=_encode,
        job_deserializer=msgspec.json.decode,
        timezone=UTC,
    )
    # arq waits for the longest time-out after a crash; ours is a lease that running jobs renew.
    worker.in_progress_timeout_s = options.lease
    return worker


async def _renew_leases(worker: Worker, lease: float) -> None:
    while True:
        await asyncio.sleep(lease / 3)
        for job_id in list(worker.tasks):
            await worker.pool.pexpire(in_progress_key_prefix + job_id, int(lease * 1000))


async def work(options: Options, handlers: Mapping[str, JobHandler], stop: asyncio.Event) -> None:
    """Run jobs until `stop` is set. arq's loop dies with a lost queue, so it is started anew."""
    while not stop.is_set():
        worker = make_worker(options, handlers)
        main = asyncio.create_task(worker.async_run())
        lease = asyncio.create_task(_renew_leases(worker, options.lease))
        stopping = asyncio.create_task(stop.wait())
        await asyncio.wait({main, lease, stopping}, return_when=asyncio.FIRST_COMPLETED)
        for task in (lease, stopping):
            task.cancel()
        if stop.is_set():
            await _close(worker, options.grace)
            await asyncio.gather(main, lease, stopping, return_exceptions=True)
            return
        main.cancel()
        results = await asyncio.gather(main, lease, stopping, return_exceptions=True)
        log.warning("worker starts anew after %r", results[:2])
        await _let_finish(worker, options.grace)
        await drop(worker._pool)
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), 0.5)


async def _let_finish(worker: Worker, grace: float) -> None:
    """Give running jobs time; their effects are in the database, whatever the queue says."""
    tasks = list(worker.tasks.values())
    if tasks:
        _, late = await asyncio.wait(tasks, timeout=grace)
        for task in late:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _close(worker: Worker, grace: float) -> None:
    worker.allow_pick_jobs = False
    await _let_finish(worker, grace)
    if worker._pool is not None:
        with contextlib.suppress(redis.exceptions.RedisError, OSError, asyncio.CancelledError):
            await worker.close()
