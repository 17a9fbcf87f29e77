"""Accounts and roles follow the tree: units that are renamed, merged, split or closed.

The callers (the tree editor, the moves of people) have checked the right for the whole act.
"""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from core.accounts import repository_following as repository
from core.accounts.schemas import Role


async def unit_renamed(unit_id: UUID) -> None:
    """Let the accounts of a unit be found by its new name."""
    await repository.search_by_units([unit_id])


async def units_renamed(unit_ids: Sequence[UUID]) -> None:
    """Let the accounts of many units be found by the new names, in one statement."""
    await repository.search_by_units(unit_ids)


async def follow_unit(unit_id: UUID, to_id: UUID, *, heads_follow: bool) -> None:
    """Take the accounts of a unit to its successor with their roles; lent roles end.

    `heads_follow`: the heads of the unit stay heads in the successor; otherwise that role ends.
    """
    left = () if heads_follow else (Role.UNIT_HEAD.value,)
    await repository.copy_grants(unit_id, to_id, left)
    await repository.end_grants_at(unit_id)
    await repository.move_accounts(unit_id, to_id)


async def leave_unit(unit_id: UUID, to_id: UUID | None) -> None:
    """End all roles at a closed unit; its accounts go to another unit, or out of use."""
    await repository.end_grants_at(unit_id)
    if to_id is None:
        await repository.close_accounts_of(unit_id)
    else:
        await repository.move_accounts(unit_id, to_id)


async def person_moved(person_id: UUID, from_id: UUID, to_id: UUID) -> int:
    """Take a person's account to the new unit; roles at the old unit and under it end."""
    return await repository.move_person_accounts(person_id, from_id, to_id)


async def heads_of(unit_ids: list[UUID]) -> list[str]:
    """Return the names of the active heads of these units."""
    return await repository.names_of_holders(unit_ids, Role.UNIT_HEAD.value)
