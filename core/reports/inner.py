"""Inner reports (khoa, phòng): accepted parts may be taken over into the unit's own report."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from core.accounts.schemas import Actor
from core.errors import ConflictError, InvalidInputError, NotFoundError
from core.kit import clock
from core.plugin.api import PartKind
from core.reports import reading, writing
from core.reports import repository_reports as repository
from core.reports.schemas import InnerPart, InnerReport, SavedPart

_TEXTS = ("narrative", "difficulties", "proposals")


async def inner_reports(*, actor: Actor, report_id: UUID) -> tuple[InnerReport, ...]:
    """Return the inner reports that this unit received in the same round, with accepted parts.

    Raises:
        NotFoundError: there is no such report, or not for this person.
    """
    row = await reading.visible(actor, report_id)
    form = await reading.form_of_report(row)
    titles = {part.key: part.part.title for part in form.parts}
    own = {part.key: part.fields for part in await repository.parts_of(report_id)}
    found: dict[UUID, InnerReport] = {}
    for inner in await repository.inner_parts(row.round_id, row.unit_id):
        part = InnerPart(
            key=inner["key"],
            title=titles.get(inner["key"], ""),
            fields=inner["fields"],
            is_taken=_is_taken(own.get(inner["key"], {}), inner["report_id"]),
        )
        known = found.get(inner["report_id"])
        found[inner["report_id"]] = InnerReport(
            report_id=inner["report_id"],
            unit_id=inner["unit_id"],
            unit_name=inner["unit_name"],
            state=inner["state"],
            parts=(*known.parts, part) if known else (part,),
        )
    return tuple(found.values())


def _is_taken(fields: Mapping[str, Any], report_id: UUID) -> bool:
    return any(source["report_id"] == str(report_id) for source in fields.get("sources", ()))


async def take_over_part(
    *, actor: Actor, report_id: UUID, part_key: str, inner_report_id: UUID
) -> SavedPart:
    """Append an accepted part of an inner report to the unit's own part, under its unit's name.

    Where it came from is kept in `fields["sources"]`.

    Raises:
        NotFoundError: no such report or accepted inner part.
        ConflictError: code `already_taken`, or as `save_part`.
        InvalidInputError: figures cannot be taken over, or the text grows too long.
    """
    row, part = await writing.lock_editable(actor, report_id, part_key)
    for inner in await repository.inner_parts(row.round_id, row.unit_id):
        if inner["report_id"] == inner_report_id and inner["key"] == part_key:
            break
    else:
        raise NotFoundError
    definition = (await reading.form_of_report(row)).part(part_key)
    if definition is None:
        raise NotFoundError
    if definition.part.kind is PartKind.INDICATORS:
        raise InvalidInputError("Số liệu không cộng dồn được, xin nhập số liệu của đơn vị.")
    if _is_taken(part.fields, inner_report_id):
        raise ConflictError("Phần này đã được lấy từ báo cáo đó.", code="already_taken")
    source = {
        "report_id": str(inner_report_id),
        "unit_name": inner["unit_name"],
        "part_version": inner["version"],
        "taken_at": clock.now().isoformat(timespec="seconds"),
    }
    merged = merge(part.fields, inner["fields"], inner["unit_name"])
    saved = await writing.save_part(
        actor=actor, report_id=report_id, part_key=part_key, version=part.version, fields=merged
    )
    await repository.set_sources(part.id, [*part.fields.get("sources", ()), source])
    return saved


def merge(own: Mapping[str, Any], inner: Mapping[str, Any], unit_name: str) -> dict[str, Any]:
    """Return the unit's fields with the inner texts appended under the inner unit's name."""
    result = {name: value for name, value in own.items() if name != "sources"}
    for name in _TEXTS:
        if inner.get(name):
            before = result.get(name, "")
            added = f"{unit_name}:\n{inner[name]}"
            result[name] = f"{before}\n\n{added}" if before else added
    if inner.get("items"):
        result["items"] = [*result.get("items", ()), *inner["items"]]
    if any(result.get(name) for name in (*_TEXTS, "items")) and "none" in result:
        result["none"] = False
    return result
