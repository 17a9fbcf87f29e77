"""Tables of the panel whose rows are written by the service of their pages, with its checks."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID

import msgspec

from core.accounts.schemas import Actor
from core.errors import InvalidInputError
from core.organisation import blocks, upkeep

NOT_MADE_HERE = "Thêm, giải thể đơn vị làm ở trang Cây đơn vị."
NOT_TEXT = "cần là chữ."


class Writer(msgspec.Struct, frozen=True):
    """How rows of one view are made (no id) or changed, and deleted."""

    save: Callable[[Actor, UUID | None, dict[str, Any]], Awaitable[UUID]]
    delete: Callable[[Actor, UUID], Awaitable[None]]


async def _save_block(actor: Actor, block_id: UUID | None, asked: dict[str, Any]) -> UUID:
    wrong = {name: NOT_TEXT for name, value in asked.items() if not isinstance(value, str)}
    if wrong:
        raise InvalidInputError(fields=wrong)
    given = {"name": "", "note": ""}
    if block_id is not None:
        name, note = await blocks.block(block_id, actor=actor)
        given = {"name": name, "note": note}
    return await blocks.save_block(block_id, **(given | asked), actor=actor)


async def _delete_block(actor: Actor, block_id: UUID) -> None:
    await blocks.delete_block(block_id, actor=actor)


async def _save_unit(actor: Actor, unit_id: UUID | None, asked: dict[str, Any]) -> UUID:
    wrong = {name: NOT_TEXT for name, value in asked.items() if not isinstance(value, str)}
    if wrong:
        raise InvalidInputError(fields=wrong)
    if unit_id is None:
        raise InvalidInputError(NOT_MADE_HERE)
    await upkeep.correct_unit(unit_id, asked, actor=actor)
    return unit_id


async def _keep_unit(_actor: Actor, _unit_id: UUID) -> None:
    raise InvalidInputError(NOT_MADE_HERE)


WRITERS = {
    "khối_thi_đua": Writer(_save_block, _delete_block),
    "đơn_vị": Writer(_save_unit, _keep_unit),
}
