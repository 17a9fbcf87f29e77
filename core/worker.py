"""The worker: relay, queue and periodic scans in one process. A composition root.

`python -m core.worker` runs until SIGINT or SIGTERM; it outlives a lost PostgreSQL or Valkey.
"""

from __future__ import annotations

import asyncio
import contextlib
import signal
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Protocol
from uuid import UUID

import asyncpg
import structlog

from core import piccolo_conf
from core.accounts.jobs import tidy_accounts
from core.audit.jobs import anchor_platform, anchor_trail
from core.certificates import jobs as certificates
from core.councils.finishing import end_withdrawn
from core.decisions import jobs as decisions
from core.documents import jobs as documents
from core.documents.render.pool import RenderPool
from core.eligibility import rechecking
from core.evidence.sweep import sweep_unattached
from core.jobs import queue, relay, repository
from core.jobs.runner import LOST
from core.jobs.schemas import JobHandler
from core.kit import db, logs
from core.kit.scope import tenant_scope, unscoped
from core.notifications import jobs as notifications
from core.organisation.people import carry_out_due_moves
from core.organisation.planned import carry_out_planned_changes
from core.reports.due_soon import notify_due_soon
from core.settings import settings
from tenants.life import jobs as life
from tenants.removal import remove_due
from tenants.support.service import end_expired

log = structlog.get_logger("worker")
SCAN_EVERY = 300.0
KEEP_FINISHED = timedelta(days=30)


class Renderer(documents.Renderer, certificates.Renderer, Protocol):
    """What turns papers and certificates into files."""


async def _sweep_outbox() -> None:
    await repository.delete_finished(KEEP_FINISHED)


SCANS: tuple[Callable[[], Awaitable[object]], ...] = (
    notify_due_soon,
    sweep_unattached,
    tidy_accounts,
    carry_out_due_moves,
    carry_out_planned_changes,
    rechecking.recheck_released,
    anchor_trail,
    life.sweep_exports,
    _sweep_outbox,
    end_expired,
    end_withdrawn,
)


def registry(renderer: Renderer) -> dict[str, JobHandler]:
    """Return the jobs of all rooms by name."""
    handlers = [
        *documents.handlers(renderer),
        *decisions.handlers(renderer),
        *certificates.handlers(renderer),
        *notifications.HANDLERS,
        *life.HANDLERS,
        *rechecking.HANDLERS,
    ]
    return {handler.name: handler for handler in handlers}


async def scan(tenant_id: UUID) -> None:
    """Run every scan of one department, each in a transaction of its own."""
    for work in SCANS:
        try:
            with tenant_scope(tenant_id, reason=f"scan {work.__name__.strip('_')}"):
                async with db.transaction():
                    await work()
        except LOST:
            raise
        except Exception:
            log.exception("scan_failed", tenant=str(tenant_id), scan=work.__name__)


async def _scan_all() -> None:
    with unscoped(reason="list of departments for the scans"):
        async with db.transaction(read_only=True):
            tenants = await repository.tenants()
    for tenant_id in tenants:
        await scan(tenant_id)
    try:
        await anchor_platform()
    except LOST:
        raise
    except Exception:
        log.exception("scan_failed", scan="anchor_platform")


async def _remove_due() -> None:
    """Carry deletions out whose waiting is over, where the worker has the owner's connection."""
    if not settings().database_url:
        return
    try:
        removed = await remove_due(settings().database_url)
    except LOST:
        raise
    except Exception:
        log.exception("removal_failed")
        return
    if removed:
        log.info("departments_removed", slugs=removed)


async def _scan_forever(stop: asyncio.Event) -> None:
    while not stop.is_set():
        try:
            await _scan_all()
            await _remove_due()
        except LOST as error:
            log.warning("scans_wait", error=repr(error))
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), SCAN_EVERY)


async def _open_pool(stop: asyncio.Event) -> None:
    """Open the pool, waiting for a database that is not there yet."""
    while not stop.is_set():
        try:
            await piccolo_conf.DB.start_connection_pool(min_size=1, max_size=settings().pool_size)
        except (OSError, asyncpg.PostgresError) as error:
            log.warning("database_unreachable", error=repr(error))
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), 1)
        else:
            return


async def run(stop: asyncio.Event, options: queue.Options) -> None:
    """Work until `stop` is set, then let running jobs end."""
    await _open_pool(stop)
    renderer = RenderPool(settings().render_processes)
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(relay.run(options, stop))
            group.create_task(queue.work(options, registry(renderer), stop))
            group.create_task(_scan_forever(stop))
    finally:
        await renderer.close()
        await piccolo_conf.DB.close_connection_pool()


async def _until_signal() -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    log.info("worker_started", queue=settings().valkey_url.partition("@")[2] or "local")
    await run(stop, queue.Options(valkey_url=settings().valkey_url))
    log.info("worker_stopped")


def main() -> None:
    """Run the worker of this process's settings."""
    logs.configure()
    asyncio.run(_until_signal())


if __name__ == "__main__":
    main()
