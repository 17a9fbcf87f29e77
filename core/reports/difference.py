"""What changed between the last two submissions, part by part and word by word."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator, Mapping
from difflib import SequenceMatcher
from typing import Any
from uuid import UUID

from core.accounts.schemas import Actor
from core.reports import reading
from core.reports import repository_reports as repository
from core.reports.phrases import FIELD_NAMES, SELF_ASSESSMENT_NAMES
from core.reports.schemas import FieldDifference, PartDifference, Span

# A word with the space after it: Vietnamese syllables are written apart.
_WORD = re.compile(r"\S+\s+")
# Above so many words the comparison is bounded (it skips words that stand everywhere).
LONG = 2_000


async def difference(*, actor: Actor, report_id: UUID) -> list[PartDifference]:
    """Return the parts of the newest version beside the one before; empty before a resubmission.

    Withdrawn versions are passed over: the receiver compares what it had with what it has.

    Raises:
        NotFoundError: there is no such report, or not for this person.
    """
    await reading.visible(actor, report_id)
    versions = await repository.standing_versions(report_id, 2)
    if len(versions) < 2:
        return []
    new, old = (version["content"]["parts"] for version in versions)
    return await asyncio.to_thread(compare, old, new)


def compare(old: list[dict[str, Any]], new: list[dict[str, Any]]) -> list[PartDifference]:
    """Compare the parts of two versions in the order of the newer one."""
    before = {part["key"]: part for part in old}
    return [_part(before.get(part["key"], {}), part) for part in new]


def _part(old: Mapping[str, Any], new: Mapping[str, Any]) -> PartDifference:
    texts_old, texts_new = dict(_texts(old)), dict(_texts(new))
    fields = tuple(
        FieldDifference(name, label, before, after, spans(before, after))
        for (name, label) in {**texts_old, **texts_new}
        if (before := texts_old.get((name, label), ""))
        != (after := texts_new.get((name, label), ""))
    )
    files_old = {item["sha256"]: item["name"] for item in old.get("evidence", ())}
    files_new = {item["sha256"]: item["name"] for item in new.get("evidence", ())}
    added = tuple(files_new[key] for key in files_new if key not in files_old)
    removed = tuple(files_old[key] for key in files_old if key not in files_new)
    return PartDifference(
        key=new["key"],
        title=new["title"],
        review=new["review"],
        is_changed=bool(fields or added or removed),
        fields=fields,
        evidence_added=added,
        evidence_removed=removed,
    )


def _texts(part: Mapping[str, Any]) -> Iterator[tuple[tuple[str, str], str]]:
    """Yield ((name, label), text) for every field of a part that people read."""
    fields = part.get("fields", {})
    for name in ("narrative", "merged_reference", "difficulties", "proposals"):
        if fields.get(name):
            yield (name, FIELD_NAMES[name]), fields[name]
    if level := fields.get("self_assessment"):
        yield ("self_assessment", FIELD_NAMES["self_assessment"]), SELF_ASSESSMENT_NAMES[level]
    for indicator in part.get("indicators", ()):
        if value := indicator["value"]:
            yield (f"figures.{indicator['id']}", indicator["text"]), value.replace(".", ",")
        if note := indicator["note"]:
            yield (f"figures.{indicator['id']}.note", f"{indicator['text']} (ghi chú)"), note
    if items := fields.get("items"):
        lines = [" · ".join(filter(None, _item(item))) for item in items]
        yield ("items", FIELD_NAMES["items"]), "\n".join(lines)


def _item(item: Mapping[str, str]) -> tuple[str, ...]:
    return (item["name"], item["author"], item["result"], item["recognised_by"])


def spans(old: str, new: str) -> tuple[Span, ...]:
    """Return the words of both texts in order: same, deleted (old), inserted (new).

    White space is not compared; the kept words carry the newer text's.
    """
    words_old, words_new = _words(old), _words(new)
    matcher = SequenceMatcher(
        None,
        [word.strip() for word in words_old],
        [word.strip() for word in words_new],
        autojunk=len(words_new) > LONG,
    )
    found: list[Span] = []
    for op, old_from, old_to, new_from, new_to in matcher.get_opcodes():
        if op == "equal":
            found.append(Span("same", "".join(words_new[new_from:new_to])))
            continue
        if old_to > old_from:
            found.append(Span("del", "".join(words_old[old_from:old_to])))
        if new_to > new_from:
            found.append(Span("ins", "".join(words_new[new_from:new_to])))
    return tuple(found)


def _words(text: str) -> list[str]:
    """Split into words, each with the white space after it, so that no two ever stick together."""
    return _WORD.findall(f"{text.strip()} ")
