"""Who is responsible for a unit's reports, for the pages of other rooms."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from core.accounts.phrases import ROLE_NAMES
from core.accounts.repository_responsible import holders
from core.accounts.schemas import Role

SHOWN = (Role.UNIT_HEAD, Role.UNIT_CLERK, Role.DEPARTMENT_HEAD, Role.OFFICER)


async def people_in_charge(unit_ids: Sequence[UUID]) -> dict[UUID, list[tuple[str, str]]]:
    """Return (name, roles in words) of the active holders of roles granted at each unit itself."""
    found: dict[UUID, dict[UUID, tuple[str, str]]] = {unit_id: {} for unit_id in unit_ids}
    for row in await holders(list(unit_ids), [str(role) for role in SHOWN]):
        people, word = found[row["unit_id"]], ROLE_NAMES[row["role"]]
        name, words = people.get(row["account_id"], (row["display_name"], ""))
        people[row["account_id"]] = (name, f"{words}, {word}" if words else word)
    return {unit_id: list(people.values()) for unit_id, people in found.items()}
