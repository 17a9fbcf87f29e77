"""Hand the outbox over to the queue. Losing the queue loses nothing: rows wait or go again."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from datetime import timedelta

import redis.exceptions
from arq.connections import ArqRedis

from core.jobs import queue, repository
from core.jobs.runner import LOST
from core.kit import db
from core.kit.scope import unscoped

log = logging.getLogger("thidua.relay")

BATCH = 100
EXPIRES = timedelta(days=30)
QUEUE_LOST = (redis.exceptions.RedisError, OSError)


async def relay_once(pool: ArqRedis) -> int:
    """Hand over one batch of waiting jobs; return how many.

    The queue knows each row by its id, so a batch that was sent but not marked (a crash between)
    is sent again without effect.
    """
    with unscoped(reason="outbox relay"):
        async with db.transaction():
            rows = await repository.pending(BATCH)
            for row in rows:
                await pool.enqueue_job(
                    queue.FUNCTION,
                    str(row["tenant_id"]),
                    str(row["id"]),
                    _job_id=f"{row['slug']}:{row['id']}",
                    _defer_until=row["not_before"],
                    _expires=EXPIRES,
                )
            if rows:
                await repository.mark_sent([row["id"] for row in rows])
    return len(rows)


async def requeue(older_than: timedelta) -> None:
    """Make the relay hand over again what has not been done since (known ids are a no-op)."""
    with unscoped(reason="outbox relay"):
        async with db.transaction():
            await repository.requeue(older_than)


async def run(options: queue.Options, stop: asyncio.Event) -> None:
    """Relay until `stop` is set; outlive a lost queue and a lost database."""
    pool: ArqRedis | None = None
    loop = asyncio.get_running_loop()
    requeue_at = loop.time()
    while not stop.is_set():
        sent = 0
        try:
            pool = pool or await queue.connect(options)
            if loop.time() >= requeue_at:
                await requeue(timedelta(seconds=options.requeue_after))
                requeue_at = loop.time() + options.requeue_after
            sent = await relay_once(pool)
        except (*LOST, *QUEUE_LOST) as error:
            log.warning("relay waits: %r", error)
            await queue.drop(pool)
            pool = None
        if sent < BATCH:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), options.relay_interval)
    await queue.drop(pool)
