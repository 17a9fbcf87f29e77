"""Emulation blocks ("cụm, khối thi đua"): units that are compared with one another in a year."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from core.accounts.schemas import Actor, Role
from core.errors import ConflictError, InvalidInputError, NotFoundError
from core.kit import clock
from core.kit.i18n import sort_key
from core.kit.ids import new_id
from core.organisation import phrases, service
from core.organisation import repository_blocks as repository
from core.organisation.schemas import BlockMember, BlockRow

MAX_NAME = 200
READERS = (Role.TENANT_ADMIN, Role.OFFICER, Role.DEPARTMENT_HEAD, Role.AUDITOR)
YEARS = 10


async def list_blocks(*, actor: Actor, year: int) -> list[BlockRow]:
    """Return all blocks by name with the number of their members in a year.

    Raises:
        PermissionDeniedError: no reader of the whole department.
    """
    actor.require(READERS, (await service.department()).path)
    return [BlockRow(**row) for row in await repository.blocks(year)]


async def block_names() -> list[tuple[UUID, str]]:
    """Return (id, name) of all blocks, for filters; their names are no secret inside."""
    return [(row["id"], row["name"]) for row in await repository.blocks(clock.today().year)]


async def blocks_of(unit_id: UUID) -> list[tuple[int, str]]:
    """Return (year, block) of a unit, latest first."""
    return [(row["year"], row["name"]) for row in await repository.of_unit(unit_id)]


async def save_block(block_id: UUID | None, *, name: str, note: str = "", actor: Actor) -> UUID:
    """Make a block (no id) or rename one; return its id.

    Raises:
        PermissionDeniedError: not the administrator of the department.
        NotFoundError: no such block.
        InvalidInputError: field name: none, too long, or taken.
    """
    actor.require(Role.TENANT_ADMIN, (await service.department()).path)
    tidy = service.clean(name)
    if not tidy or len(tidy) > MAX_NAME:
        raise InvalidInputError(fields={"name": phrases.NO_BLOCK_NAME})
    if await repository.name_taken(tidy, block_id):
        raise InvalidInputError(fields={"name": phrases.BLOCK_TAKEN.format(name=tidy)})
    if block_id is None:
        block_id = new_id()
        await repository.insert(block_id, tidy, sort_key(tidy), note.strip())
    elif not await repository.update(block_id, tidy, sort_key(tidy), note.strip()):
        raise NotFoundError
    return block_id


async def block(block_id: UUID, *, actor: Actor) -> tuple[str, str]:
    """Return name and note of a block.

    Raises:
        PermissionDeniedError: no reader of the whole department.
        NotFoundError: no such block.
    """
    actor.require(READERS, (await service.department()).path)
    found = await repository.block(block_id)
    if found is None:
        raise NotFoundError
    return found["name"], found["note"]


async def delete_block(block_id: UUID, *, actor: Actor) -> None:
    """Delete a block that never had a unit in any year.

    Raises:
        PermissionDeniedError: not the administrator of the department.
        NotFoundError: no such block.
        ConflictError: code `block_in_use`, units stand or stood in it.
    """
    actor.require(Role.TENANT_ADMIN, (await service.department()).path)
    if await repository.block(block_id) is None:
        raise NotFoundError
    if not await repository.delete_empty(block_id):
        raise ConflictError(phrases.BLOCK_IN_USE, code="block_in_use")


async def members(block_id: UUID, *, year: int, actor: Actor) -> tuple[str, str, list[BlockMember]]:
    """Return name and note of a block, and every unit that reports with its block of the year.

    Raises:
        PermissionDeniedError: no reader of the whole department.
        NotFoundError: no such block.
    """
    actor.require(READERS, (await service.department()).path)
    block = await repository.block(block_id)
    if block is None:
        raise NotFoundError
    rows = await repository.candidates(year)
    return block["name"], block["note"], [BlockMember(**row) for row in rows]


async def set_members(
    block_id: UUID, unit_ids: Sequence[UUID], *, year: int, actor: Actor
) -> tuple[int, int]:
    """Make these units, and no others, the members of a block in a year.

    A unit that stood in another block that year leaves it. Returns how many came and went.

    Raises:
        PermissionDeniedError: not the administrator of the department.
        NotFoundError: no such block.
        InvalidInputError: fields year, unit_ids.
    """
    actor.require(Role.TENANT_ADMIN, (await service.department()).path)
    if await repository.block(block_id) is None:
        raise NotFoundError
    this_year = clock.today().year
    if not this_year - YEARS <= year <= this_year + 1:
        raise InvalidInputError(fields={"year": phrases.BAD_YEAR})
    chosen = list(dict.fromkeys(unit_ids))
    known = {unit.id for unit in await service.get_units(chosen, actor=actor) if unit.is_active}
    if known != set(chosen):
        raise InvalidInputError(fields={"unit_ids": phrases.UNKNOWN_MEMBER})
    gone = await repository.remove_others(block_id, year, chosen)
    came = await repository.put(block_id, year, chosen)
    return came, gone
