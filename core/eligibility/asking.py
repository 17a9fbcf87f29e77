"""Ask for nominations to be checked again when a fact behind them has changed: jobs, in bulk."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from core.jobs import service as jobs
from core.jobs.schemas import NewJob

RECHECK = "nominations.recheck"
AT_ONCE = 300


async def ask(subject_ids: Iterable[UUID], trigger: str) -> None:
    """Ask for the nominations of subjects to be checked again, some hundreds a job."""
    await _ask("subject_ids", subject_ids, trigger)


async def ask_for(nomination_ids: Iterable[UUID]) -> None:
    """Ask for these nominations to be checked again."""
    await _ask("nomination_ids", nomination_ids, "asked")


async def _ask(name: str, things: Iterable[UUID], trigger: str) -> None:
    ids = [str(each) for each in dict.fromkeys(things)]
    parts = [ids[start : start + AT_ONCE] for start in range(0, len(ids), AT_ONCE)]
    await jobs.enqueue_many([NewJob(RECHECK, {name: part, "trigger": trigger}) for part in parts])
