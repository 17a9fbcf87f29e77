"""Check nominations again, by a job or when the day of a hold has come."""

from __future__ import annotations

from uuid import UUID

from core.accounts.schemas import SYSTEM
from core.eligibility import repository_changes, repository_checks
from core.eligibility.asking import RECHECK
from core.eligibility.service import check_nominations
from core.jobs.schemas import Job, JobHandler
from core.law import overrides


async def recheck(job: Job) -> None:
    """Check the sent and decided nominations of some subjects (or the named ones) again."""
    await overrides.refresh()  # a decision on a rule may be the reason of the check
    subjects = [UUID(each) for each in job.arguments.get("subject_ids", ())]
    named = [UUID(each) for each in job.arguments.get("nomination_ids", ())]
    found = await repository_checks.of_subjects(subjects) if subjects else []
    alive = await repository_checks.still_there(named) if named else []
    ids = [*found, *alive]
    if ids:
        await check_nominations(
            actor=SYSTEM, nomination_ids=ids, trigger=job.arguments.get("trigger", "asked")
        )


async def recheck_released() -> int:
    """Check nominations whose hold has ended since their newest check (a scan of the worker)."""
    ids = await repository_changes.released()
    if ids:
        await check_nominations(actor=SYSTEM, nomination_ids=ids, trigger="hold")
    return len(ids)


HANDLERS = [JobHandler(RECHECK, recheck)]
