"""Check nominations again, by a job or when the day of a hold has come."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from core.accounts.schemas import SYSTEM, Role
from core.eligibility import phrases, repository_changes, repository_checks
from core.eligibility.asking import RECHECK
from core.eligibility.service import check_nominations
from core.jobs.schemas import Job, JobHandler
from core.kit.ids import new_id
from core.law import overrides
from core.notifications import service as notifications
from core.notifications.schemas import Event


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
        await _tell(ids, str(job.id))


async def recheck_released() -> int:
    """Check nominations whose hold has ended since their newest check (a scan of the worker)."""
    ids = await repository_changes.released()
    if ids:
        await check_nominations(actor=SYSTEM, nomination_ids=ids, trigger="hold")
        await _tell(ids, str(new_id()))
    return len(ids)


async def _tell(nomination_ids: Sequence[UUID], run: str) -> None:
    """Tell the officers of each round how many cases came back; once a run."""
    for row in await repository_changes.changed_now(nomination_ids):
        contradicted = row["contradicted"]
        await notifications.notify(
            event=Event.CASES_CHANGED,
            account_ids=await notifications.recipients(
                unit_id=row["unit_id"], roles=(Role.OFFICER,)
            ),
            title=phrases.CHANGED_TITLE.format(count=row["changed"]),
            body=phrases.CONTRADICTED.format(count=contradicted) if contradicted else row["name"],
            href=f"/khen-thuong/thay-doi?dot={row['id']}",
            dedup_key=f"cases_changed:{row['id']}:{run}",
        )


HANDLERS = [JobHandler(RECHECK, recheck)]
