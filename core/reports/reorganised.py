"""What a change of the tree does to reports: names of the day are kept, open duties go on or end.

The callers (the tree editor's acts) have checked the right; these steps belong to their act.
"""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

import msgspec

from core.reports import repository_reorganised as repository
from core.reports import repository_reports as reports
from core.reports import repository_rounds as rounds
from core.reports.states import Action, State, step


class Duty(msgspec.Struct, frozen=True):
    """An unfinished report of an open round, and what the change of the tree does to it.

    `outcome`: handed_over (the successor files it) | excused | stays (it is in the receiver's
    hands and is reviewed there).
    """

    obligation_id: UUID
    round_title: str
    unit_name: str
    state: str
    outcome: str


async def open_duties(unit_ids: Sequence[UUID], to_id: UUID | None) -> list[Duty]:
    """Return the unfinished reports of these units in open rounds, if `to_id` succeeded them."""
    return [Duty(**row) for row in await repository.open_duties(unit_ids, to_id)]


async def hand_over(
    unit_id: UUID, to_id: UUID | None, *, reason: str, account_id: UUID | None
) -> None:
    """Settle a unit's open duties: the successor files what it does not owe itself.

    What the successor owes in the same round anyway, or what has no successor, is excused with the
    reason. Reports that others owe to the unit are received by the successor from now on.
    """
    for duty in await open_duties([unit_id], to_id):
        if duty.outcome == "handed_over" and to_id is not None:
            await repository.give_to(duty.obligation_id, to_id)
        elif duty.outcome == "excused":
            row = await reports.lock_by_obligation(duty.obligation_id)
            if row is None:
                continue
            state = step(row.state, Action.EXCUSE, State.EXCUSED)
            await rounds.excuse(duty.obligation_id, reason, account_id)
            await reports.set_state(row, Action.EXCUSE, state, account_id, note=reason)
    if to_id is not None:
        await repository.receive_at(unit_id, to_id)


async def keep_name(unit_id: UUID, old_name: str) -> None:
    """Keep a unit's name on what it filed, and on its lines in closed rounds, before a renaming."""
    await repository.keep_name(unit_id, old_name)
