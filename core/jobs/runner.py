"""Run one job of the outbox so that its effect happens once, however often it is started."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping
from uuid import UUID

import asyncpg

from core.errors import UnavailableError
from core.jobs import repository
from core.jobs.schemas import Job, JobHandler
from core.kit import db
from core.kit.scope import tenant_scope

log = logging.getLogger("thidua.jobs")

WAIT_FOR_DATABASE = 2.0
WAIT_FOR_OTHER_RUN = 5.0
LONGEST_WAIT = 600.0
LOST = (UnavailableError, *db.CONNECTION_LOST)
# What a handler raises when the database went away under it; its own time-outs and files count.
LOST_IN_HANDLER = (
    UnavailableError,
    asyncpg.PostgresConnectionError,
    asyncpg.CannotConnectNowError,
    asyncpg.AdminShutdownError,
    asyncpg.CrashShutdownError,
    asyncpg.InterfaceError,
)


class UnknownJobError(LookupError):
    """No handler is registered under the name (an older worker meets a newer job)."""


async def run(
    handlers: Mapping[str, JobHandler], tenant_id: UUID, job_id: UUID, *, backoff: float = 2.0
) -> float | None:
    """Run a job if it is still to be done.

    A lost database does not count as an attempt; ordinary errors do, and are tried again after
    `backoff`, twice that, … seconds until the handler's `max_attempts`.

    Returns:
        None when nothing more is to be done, else the seconds to wait before the next try.
    """
    try:
        job = await _read(tenant_id, job_id)
        if job is None:
            return None
        with tenant_scope(tenant_id, actor_id=job.actor_id, reason=f"job {job.name}"):
            return await _attempt(handlers, job, backoff)
    except LOST as error:
        log.warning("job %s waits for the database: %r", job_id, error)
        return WAIT_FOR_DATABASE


async def _read(tenant_id: UUID, job_id: UUID) -> Job | None:
    with tenant_scope(tenant_id):
        async with db.transaction(read_only=True):
            row = await repository.read_open(job_id)
    if row is None:
        return None
    return Job(
        id=row["id"],
        tenant_id=tenant_id,
        actor_id=row["actor_id"],
        name=row["job"],
        arguments=row["arguments"],
        attempt=row["attempts"] + 1,
    )


async def _attempt(handlers: Mapping[str, JobHandler], job: Job, backoff: float) -> float | None:
    handler = handlers.get(job.name)
    try:
        if handler is None:
            raise UnknownJobError(job.name)
        async with asyncio.timeout(handler.timeout):
            if not handler.own_transactions:
                return await _run_in_transaction(handler, job)
            await handler.run(job)
            return None
    except LOST_IN_HANDLER:
        raise
    except Exception as error:
        log.exception("job %s (%s) failed", job.id, job.name)
        return await _after_error(handler, job, error, backoff)


async def _run_in_transaction(handler: JobHandler, job: Job) -> float | None:
    """Effect and mark in one transaction; the row's lock keeps a second run away."""
    async with db.transaction():
        if not await repository.lock(job.id):
            return WAIT_FOR_OTHER_RUN if await repository.read_open(job.id) else None
        await handler.run(job)
        await repository.mark_done(job.id)
    return None


async def _after_error(
    handler: JobHandler | None, job: Job, error: Exception, backoff: float
) -> float | None:
    """Count the attempt; give up after the last one. An unknown name is never given up."""
    async with db.transaction():
        attempts = await repository.count_attempt(job.id)
        if handler is None or attempts < handler.max_attempts:
            return min(backoff * 2.0 ** (attempts - 1), LONGEST_WAIT)
        message = f"{type(error).__name__}: {error}"[:2000]
        await repository.give_up(job.id, message)
        if handler.on_failure is not None:
            await handler.on_failure(job, message)
    return None
