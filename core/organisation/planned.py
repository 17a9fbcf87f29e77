"""Changes of the tree that are decided but not yet in force: kept, cancelled, done on their day."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import msgspec

from core.accounts.schemas import SYSTEM, Actor, Role
from core.errors import ConflictError, InvalidInputError, NotFoundError, ThiduaError
from core.kit import clock, db
from core.kit.i18n import vn_date
from core.kit.ids import new_id
from core.notifications import service as notifications
from core.notifications.schemas import Event
from core.organisation import phrases, service
from core.organisation import repository_planned as repository
from core.organisation.change_forms import Order, perform
from core.organisation.schemas import PlannedChange

FARTHEST = timedelta(days=366)


class _UndoError(Exception):
    """Ends the rehearsal: everything it wrote is taken back."""


def is_ahead(order: Order) -> bool:
    """Tell whether a change holds from a day that has not come."""
    return order.basis.effective_on > clock.today()


async def rehearse(order: Order, *, actor: Actor) -> None:
    """Do a change as of today and take it back, so that every refusal is met before.

    Raises:
        as the act itself; InvalidInputError: field effective_on, more than a year ahead.
    """
    day, today = order.basis.effective_on, clock.today()
    if day > today + FARTHEST:
        sentence = phrases.FAR_DAY.format(day=vn_date(day))
        raise InvalidInputError(fields={"effective_on": sentence})
    as_today = msgspec.structs.replace(
        order, basis=msgspec.structs.replace(order.basis, effective_on=min(day, today))
    )
    try:
        async with db.savepoint():
            await perform(as_today, actor=actor)
            raise _UndoError
    except _UndoError:
        return


async def carry_out(order: Order, *, actor: Actor) -> tuple[UUID, str]:
    """Do a change whose day has come, keep one whose day is ahead.

    Return the unit to be shown and the sentence that is told (errors as `rehearse`).
    """
    if not is_ahead(order):
        return await perform(order, actor=actor), phrases.DONE[order.kind]
    await rehearse(order, actor=actor)
    await repository.insert(new_id(), order, msgspec.json.encode(order).decode(), actor.account_id)
    day = vn_date(order.basis.effective_on)
    return order.unit_id, phrases.PLANNED.format(day=day)


async def waiting_for(unit_id: UUID, *, actor: Actor) -> list[PlannedChange]:
    """Return the changes that wait for their day at a unit, earliest first; and failed ones.

    Raises:
        NotFoundError: the actor does not see the unit.
    """
    await service.get_unit(unit_id, actor=actor)
    return [_view(row) for row in await repository.of_unit(unit_id)]


async def cancel(change_id: UUID, *, actor: Actor) -> UUID:
    """Take a change back before its day, or put a failed one aside; return its unit.

    Raises:
        NotFoundError: no such change for the actor.
        PermissionDeniedError: not the unit's administrator.
        ConflictError: code `wrong_state`, it was done or cancelled already.
    """
    row = await repository.lock(change_id)
    if row is None:
        raise NotFoundError
    unit = await service.get_unit(row["unit_id"], actor=actor)
    actor.require(Role.TENANT_ADMIN, unit.path)
    if row["state"] not in ("waiting", "failed"):
        raise ConflictError(phrases.CHANGE_OVER, code="wrong_state")
    await repository.close(change_id, "cancelled", "", actor.account_id)
    return unit.id


async def carry_out_planned_changes() -> int:
    """Do the changes whose day has come (a scan of the worker); return how many were done.

    One that can no longer be done is kept as failed with the reason; who planned it is told.
    """
    done = 0
    for row in await repository.due():
        done += await _carry_out(row)
    return done


async def _carry_out(row: Any) -> bool:
    order = msgspec.convert(row["content"], Order)
    actor = msgspec.structs.replace(SYSTEM, account_id=row["made_by"])
    try:
        async with db.savepoint():
            await perform(order, actor=actor)
    except ThiduaError as error:
        why = " ".join(error.fields.values()) or error.detail
        await repository.close(row["id"], "failed", why, None)
        await _tell(row, why)
        return False
    await repository.close(row["id"], "done", "", None)
    return True


async def _tell(row: Any, why: str) -> None:
    if row["made_by"] is None:
        return
    await notifications.notify(
        event=Event.UNIT_CHANGE,
        account_ids=[row["made_by"]],
        title=phrases.CHANGE_FAILED_TITLE.format(
            change=phrases.CHANGE_NAMES[row["kind"]].lower(), unit=row["unit_name"]
        ),
        body=why,
        href=f"/don-vi/{row['unit_id']}",
        dedup_key=f"unit_change:{row['id']}",
    )


def _view(row: Any) -> PlannedChange:
    order = msgspec.convert(row["content"], Order)
    return PlannedChange(
        id=row["id"],
        kind=row["kind"],
        effective_on=row["effective_on"],
        decision=row["decision"],
        words=phrases.PLANNED_WORDS[row["kind"]].format(
            new=order.name or "",
            other=row["other_name"],
            parts=", ".join(f"“{part.name}”" for part in order.parts),
        ),
        state=row["state"],
        refusal=row["refusal"],
        made_by=row["made_by_name"],
    )
