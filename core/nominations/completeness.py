"""How complete a nomination is: the parts of the form and the papers that are demanded."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any
from uuid import UUID

import msgspec

from core.nominations import dossier, parts
from core.nominations import repository_parts as store
from core.nominations.schemas import NominationRow


class Lack(msgspec.Struct, frozen=True):
    """Something that is missing: in which part, and what to do."""

    part_key: str
    sentence: str


async def lacks_of(rows: Sequence[NominationRow]) -> dict[UUID, list[Lack]]:
    """Return what each nomination's form lacks (two statements, however many there are)."""
    ids = [row.id for row in rows]
    bodies: dict[UUID, dict[str, Any]] = defaultdict(dict)
    unmended: set[tuple[UUID, str]] = set()
    for each in await store.parts_of_many(ids):
        bodies[each["nomination_id"]][each["key"]] = each["body"]
        if each["is_unmended"]:
            unmended.add((each["nomination_id"], each["key"]))
    chosen: dict[UUID, int] = defaultdict(int)
    for each in await store.initiatives(ids):
        chosen[each["nomination_id"]] += 1
    return {row.id: _lacks(row, bodies[row.id], chosen[row.id], unmended) for row in rows}


def _lacks(
    row: NominationRow, bodies: dict[str, Any], chosen: int, unmended: set[tuple[UUID, str]]
) -> list[Lack]:
    found = []
    for part in parts.parts_for(row.subject_kind):
        count = chosen if part.key == parts.INITIATIVES else 0
        found += [
            Lack(part.key, sentence)
            for sentence in parts.missing(part, bodies.get(part.key, {}), chosen=count)
        ]
        if (row.id, part.key) in unmended:
            found.append(Lack(part.key, f"Phần “{part.title}” bị trả lại, chưa sửa."))
    return found


async def refresh(rows: Sequence[NominationRow]) -> dict[UUID, int]:
    """Count again how complete nominations are and write it; return the per cents."""
    lacks = await lacks_of(rows)
    items = await dossier.items_of(rows)
    shares = {row.id: _share(row, lacks[row.id], items[row.id]) for row in rows}
    await store.set_completeness(shares)
    return shares


def _share(row: NominationRow, lacks: Sequence[Lack], items: Sequence[dossier.Item]) -> int:
    demanded = sum(item.required for item in items)
    total = len(parts.parts_for(row.subject_kind)) + demanded
    done = total - len({lack.part_key for lack in lacks}) - len(dossier.lacking(items))
    return 100 * done // total
