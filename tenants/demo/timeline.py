"""Acts at set times: sorted by the clock, each in a transaction of its own."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from datetime import datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from core.accounts.schemas import Actor
from core.kit import db
from core.kit.clock import VIETNAM
from core.kit.scope import tenant_scope

REASON = "dữ liệu minh họa"


class Step(NamedTuple):
    """One act: when, by whom, and what."""

    at: datetime
    actor: Actor
    run: Callable[[], Awaitable[Any]]


def day(year: int, month: int, number: int, hour: int = 8, minute: int = 0) -> datetime:
    """Return an instant in Vietnam's time zone."""
    return datetime(year, month, number, hour, minute, tzinfo=VIETNAM)


def working_hour(at: datetime, number: int) -> datetime:
    """Return the same day at some working hour, chosen by a number."""
    start = at.replace(hour=7, minute=40, second=0, microsecond=0)
    return start + timedelta(minutes=17 * (number % 31), seconds=number % 60)


async def act(tenant_id: UUID, step: Step) -> Any:
    """Do one act with its clock, in a transaction."""
    with tenant_scope(
        tenant_id, actor_id=step.actor.account_id, reason=REASON, now=step.at.isoformat()
    ):
        async with db.transaction():
            return await step.run()


async def act_all(tenant_id: UUID, steps: Iterable[Step]) -> None:
    """Do many acts in the order of their clocks."""
    for step in sorted(steps, key=lambda each: each.at):
        await act(tenant_id, step)
