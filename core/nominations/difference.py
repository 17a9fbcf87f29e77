"""What changed between the last two sendings of a nomination, part by part and word by word."""

from __future__ import annotations

import asyncio
from typing import Any
from uuid import UUID

from core.accounts.schemas import Actor
from core.nominations import repository_parts as store
from core.nominations.proposing import get_nomination
from core.reports.difference import spans
from core.reports.schemas import FieldDifference, PartDifference


async def difference(nomination_id: UUID, *, actor: Actor) -> list[PartDifference]:
    """Return the parts of the newest version beside the one before; empty before a second sending.

    Raises:
        NotFoundError: there is no such nomination for this person.
    """
    await get_nomination(nomination_id, actor=actor)
    versions = await store.versions(nomination_id, 2)
    if len(versions) < 2:
        return []
    new, old = (version["content"] for version in versions)
    return await asyncio.to_thread(compare, old, new)


def compare(old: dict[str, Any], new: dict[str, Any]) -> list[PartDifference]:
    """Compare two versions in the order of the newer one's parts; initiatives with theirs."""
    before = {part["key"]: part for part in old["parts"]}
    found = []
    for part in new["parts"]:
        texts_old = _texts(before.get(part["key"], {}), old)
        texts_new = _texts(part, new)
        fields = tuple(
            FieldDifference(name, label, was, now, spans(was, now))
            for name, label in {**texts_old, **texts_new}
            if (was := texts_old.get((name, label), ""))
            != (now := texts_new.get((name, label), ""))
        )
        files_old = {each["sha256"]: each["name"] for each in before[part["key"]]["files"]}
        files_new = {each["sha256"]: each["name"] for each in part["files"]}
        added = tuple(name for key, name in files_new.items() if key not in files_old)
        removed = tuple(name for key, name in files_old.items() if key not in files_new)
        found.append(
            PartDifference(
                key=part["key"], title=part["title"], review="",
                is_changed=bool(fields or added or removed), fields=fields,
                evidence_added=added, evidence_removed=removed,
            )
        )  # fmt: skip
    return found


def _texts(part: dict[str, Any], version: dict[str, Any]) -> dict[tuple[str, str], str]:
    texts = {(name, label): text for name, label, text in part.get("lines", ())}
    if part.get("key") == "initiatives":
        names = "\n".join(each["name"] for each in version["initiatives"])
        if names:
            texts["picked", "Sáng kiến đã chọn"] = names
    return texts
