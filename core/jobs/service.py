"""Ask for work to be done later: a row of the same transaction, so nothing is lost or invented."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from core.jobs import repository
from core.jobs.schemas import Job, NewJob
from core.kit.scope import current_scope


async def enqueue(
    job: str, arguments: dict[str, Any], *, not_before: datetime | None = None
) -> UUID:
    """Ask for one job, in the caller's transaction; return its id.

    It runs in the same tenant, in the name of the same actor, at least once after the commit.
    """
    ids = await enqueue_many([NewJob(job, arguments, not_before)])
    return ids[0]


async def enqueue_many(jobs: Sequence[NewJob]) -> list[UUID]:
    """Ask for many jobs in one statement; return their ids in order."""
    if not jobs:
        return []
    return await repository.insert(jobs, current_scope().actor_id)


async def finish(job: Job) -> bool:
    """Mark a job with `own_transactions` as done, in the transaction of its last effect.

    Returns:
        False if another run has finished it: the caller must then change nothing.
    """
    return await repository.mark_done(job.id)
