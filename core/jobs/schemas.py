"""A job as its handler sees it, and what a room registers."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any, TypeAlias
from uuid import UUID

import msgspec


class NewJob(msgspec.Struct, frozen=True):
    """A job to be written into the outbox.

    Attributes:
        name: registered name, `<room>.<verb>`.
        arguments: JSON object.
        not_before: earliest instant (aware), or None for at once.
    """

    name: str
    arguments: dict[str, Any]
    not_before: datetime | None = None


class Job(msgspec.Struct, frozen=True):
    """A job that is being run.

    Attributes:
        id: the outbox row.
        attempt: 1 at the first run that reached the handler.
    """

    id: UUID
    tenant_id: UUID
    actor_id: UUID | None
    name: str
    arguments: dict[str, Any]
    attempt: int


Run: TypeAlias = Callable[[Job], Awaitable[None]]
OnFailure: TypeAlias = Callable[[Job, str], Awaitable[None]]


class JobHandler(msgspec.Struct, frozen=True):
    """What runs a job.

    Attributes:
        run: called inside the tenant's scope. Unless `own_transactions`, also inside one
            transaction that marks the job as done: effect and mark come together or not at all.
        own_transactions: `run` opens its own short transactions (slow work: rendering, mail) and
            calls `core.jobs.service.finish(job)` in the last one.
        max_attempts: ordinary errors before the job is given up.
        timeout: seconds that one attempt may take.
        on_failure: called in the transaction that gives the job up.
    """

    name: str
    run: Run
    own_transactions: bool = False
    max_attempts: int = 8
    timeout: float = 120.0
    on_failure: OnFailure | None = None
