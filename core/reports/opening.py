"""A call for reports as it is prepared: rehearsed first, so that people see what will happen."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import msgspec

from core.accounts.schemas import Actor
from core.kit import db
from core.reports import rounds
from core.reports.schemas import RoundView


class Call(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that opens a round; the fields are those of `rounds.open_round`."""

    kind: str
    year: int
    unit_ids: tuple[UUID, ...] | None
    message: str
    attachment_ids: tuple[UUID, ...]
    due_at: datetime | None
    decision_number: str
    decision_file_id: UUID | None


class _UndoError(Exception):
    """Ends the rehearsal: everything it wrote is taken back."""


async def open_call(actor: Actor, call: Call) -> RoundView:
    """Open the round (errors as `rounds.open_round`)."""
    return await rounds.open_round(actor=actor, **msgspec.structs.asdict(call))


async def rehearse(actor: Actor, call: Call) -> RoundView:
    """Open the round and take it back: who would get what, with every refusal in place.

    Raises:
        as `rounds.open_round`.
    """
    seen: list[RoundView] = []
    try:
        async with db.savepoint():
            seen.append(await open_call(actor, call))
            raise _UndoError
    except _UndoError:
        return seen[0]


async def same_open(actor: Actor, call: Call) -> bool:
    """Tell whether a round of the same kind and year is open already."""
    return any(
        (view.kind, view.year, view.state) == (call.kind, call.year, "open")
        for view in await rounds.list_rounds(actor=actor)
    )
