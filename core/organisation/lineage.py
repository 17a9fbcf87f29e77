"""What units were called and where they went: the history of the tree, and today's tree."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from core.accounts.schemas import Actor
from core.organisation import repository_lineage as repository
from core.organisation.schemas import Basis, Change, Today, UnitView
from core.organisation.service import get_unit


async def history(unit_id: UUID, *, actor: Actor) -> list[Change]:
    """Return the changes of a unit, newest first; also those that brought others into it.

    Raises:
        NotFoundError: the unit does not exist, or lies in another branch.
    """
    await get_unit(unit_id, actor=actor)
    return [Change(**row) for row in await repository.history(unit_id)]


async def today_of(unit_ids: Sequence[UUID]) -> dict[UUID, Today]:
    """Return where each unit stands in today's tree; merged units lead to their successors."""
    rows = await repository.units_with_end(unit_ids)
    known = {row["id"]: row for row in rows}
    return {unit_id: _today(unit_id, known) for unit_id in unit_ids if unit_id in known}


def _today(unit_id: UUID, known: dict[UUID, Any]) -> Today:
    row, merged = known[unit_id], False
    while not row["is_active"] and row["kind"] == "merge" and row["successor_id"] in known:
        row, merged = known[row["successor_id"]], True
    how = {"split": "split", "close": "closed"}.get(row["kind"] or "", "closed")
    if row["is_active"]:
        how = "merged" if merged else "same"
    return Today(row["id"], row["name"], how)


async def record(
    kind: str,
    before: UnitView,
    *,
    basis: Basis,
    actor: Actor,
    parent_name: str,
    after: UnitView | None = None,
    new_parent_name: str = "",
) -> None:
    """Write one line of lineage: the unit as it was, and what came after."""
    await repository.insert(
        {
            "kind": kind,
            "unit_id": before.id,
            "successor_id": after.id if after else None,
            "effective_on": basis.effective_on,
            "decision": basis.decision,
            "reason": basis.reason,
            "old_name": before.name,
            "new_name": after.name if after else "",
            "old_code": before.code,
            "new_code": after.code if after else "",
            "old_parent_id": before.parent_id,
            "old_parent_name": parent_name,
            "new_parent_name": new_parent_name or parent_name,
            "made_by": actor.account_id,
        }
    )
