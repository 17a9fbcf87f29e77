"""SQL of the outbox. The relay's functions see every tenant; all else obeys the scope."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

import msgspec
from asyncpg import Record

from core.jobs.schemas import NewJob
from core.kit import db
from core.kit.ids import new_id


async def insert(jobs: Sequence[NewJob], actor_id: UUID | None) -> list[UUID]:
    """Write jobs into the outbox in one statement; return their ids in order."""
    ids = [new_id() for _ in jobs]
    await db.execute(
        "INSERT INTO outbox (id, job, arguments, actor_id, not_before, created_at)"
        " SELECT j.id, j.job, j.arguments::jsonb, $5, j.not_before, clock_timestamp()"
        " FROM unnest($1::uuid[], $2::text[], $3::text[], $4::timestamptz[])"
        " AS j(id, job, arguments, not_before)",
        ids,
        [job.name for job in jobs],
        [msgspec.json.encode(job.arguments).decode() for job in jobs],
        [job.not_before for job in jobs],
        actor_id,
    )
    return ids


async def lock(job_id: UUID) -> bool:
    """Lock one unfinished job; False if it is done, given up, gone, or being run elsewhere."""
    found = await db.fetchval(
        "SELECT 1 FROM outbox WHERE id = $1 AND done_at IS NULL AND error = ''"
        " FOR UPDATE SKIP LOCKED",
        job_id,
    )
    return found is not None


async def read_open(job_id: UUID) -> Record | None:
    """Return a job that is still to be done, without locking it; None otherwise."""
    return await db.fetchrow(
        "SELECT id, job, arguments, actor_id, attempts FROM outbox"
        " WHERE id = $1 AND done_at IS NULL AND error = ''",
        job_id,
    )


async def mark_done(job_id: UUID) -> bool:
    """Mark a job as done; False if another run has done it already."""
    marked = await db.fetchval(
        "UPDATE outbox SET done_at = clock_timestamp()"
        " WHERE id = $1 AND done_at IS NULL RETURNING 1",
        job_id,
    )
    return marked is not None


async def count_attempt(job_id: UUID) -> int:
    """Count one failed attempt and return how many there are."""
    attempts = await db.fetchval(
        "UPDATE outbox SET attempts = attempts + 1 WHERE id = $1 RETURNING attempts", job_id
    )
    return int(attempts or 0)


async def give_up(job_id: UUID, error: str) -> None:
    """Record why a job will not be tried again."""
    await db.execute(
        "UPDATE outbox SET error = $2 WHERE id = $1 AND done_at IS NULL", job_id, error
    )


async def pending(at_most: int) -> list[Record]:
    """Lock the oldest jobs of all tenants that were not handed over yet (relay only)."""
    return await db.fetch(
        "SELECT p.tenant_id, p.id, p.not_before, t.slug"
        " FROM outbox_pending($1) AS p JOIN tenant AS t ON t.id = p.tenant_id",
        at_most,
    )


async def mark_sent(ids: Sequence[UUID]) -> None:
    """Mark jobs as handed over (relay only)."""
    await db.execute("SELECT outbox_mark_sent($1::uuid[])", list(ids))


async def requeue(older_than: timedelta) -> int:
    """Hand over again what was handed over long ago and is not done (relay only)."""
    return int(await db.fetchval("SELECT outbox_requeue($1)", older_than))


async def delete_finished(older_than: timedelta) -> None:
    """Delete the current tenant's jobs that were done long ago."""
    await db.execute(
        "DELETE FROM outbox WHERE done_at < clock_timestamp() - $1::interval", older_than
    )


async def tenants() -> list[UUID]:
    """Return the ids of the active departments (periodic scans)."""
    rows = await db.fetch("SELECT id FROM tenant WHERE status = 'active' ORDER BY id")
    return [row["id"] for row in rows]
