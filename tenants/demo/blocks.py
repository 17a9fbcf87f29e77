"""Emulation blocks of a demonstration: units of the same kind are compared with one another."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from core.accounts.schemas import SYSTEM
from core.organisation import blocks
from core.organisation.schemas import UnitView

NAMES = {
    "hospital": "Khối bệnh viện",
    "center": "Khối trung tâm",
    "commune_station": "Khối trạm y tế",
}


async def make_blocks(units: Sequence[UnitView], years: Sequence[int]) -> None:
    """Put the units of the first level into blocks by their kind, for some years."""
    members: dict[str, list[UUID]] = {}
    for unit in units:
        if unit.level == "unit" and unit.owes_reports and unit.kind in NAMES:
            members.setdefault(unit.kind, []).append(unit.id)
    for kind, unit_ids in members.items():
        block_id = await blocks.save_block(None, name=NAMES[kind], actor=SYSTEM)
        for year in years:
            await blocks.set_members(block_id, unit_ids, year=year, actor=SYSTEM)
