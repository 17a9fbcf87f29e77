"""What a submitted version holds: the texts with the plan's words, labels and file hashes."""

from __future__ import annotations

from typing import Any

from core.movements.schemas import Edition
from core.plugin.api import Indicator
from core.reports.form import Form, PartDefinition, is_asked
from core.reports.phrases import SELF_ASSESSMENT_NAMES
from core.reports.repository_reports import PartRow, ReportRow

SCHEMA = 1


def content_of(
    row: ReportRow, edition: Edition, form: Form, parts: list[PartRow]
) -> dict[str, Any]:
    """Return the content of a version: only strings, whole numbers, lists and mappings."""
    stored = {part.key: part for part in parts}
    return {
        "schema": SCHEMA,
        "report": {
            "id": str(row.id),
            "kind": row.kind,
            "year": row.year,
            "title": row.round_title,
            "unit": row.unit_name,
            "receiver": row.receiver_name,
            "level": row.level,
        },
        "edition": {
            "id": str(edition.id),
            "number": edition.number,
            "hash": edition.content_hash,
            "movement": edition.content.movement.name,
        },
        "parts": [
            _part(definition, stored[definition.key])
            for definition in form.parts
            if definition.key in stored
        ],
    }


def _part(definition: PartDefinition, stored: PartRow) -> dict[str, Any]:
    part = definition.part
    fields = dict(stored.fields)
    return {
        "key": definition.key,
        "kind": str(part.kind),
        "position": definition.position,
        "title": part.title,
        "text": part.text,
        "is_asked": stored.is_asked,
        "not_asked_reason": "" if stored.is_asked else definition.not_asked_reason,
        "review": stored.review,
        "part_version": stored.version,
        "fields": fields,
        "self_assessment_label": SELF_ASSESSMENT_NAMES.get(fields.get("self_assessment", ""), ""),
        "indicators": [
            _indicator(indicator, fields) for indicator in definition.indicators
            if is_asked(indicator)
        ],
        "evidence": [
            {name: item[name] for name in ("file_id", "name", "media_type", "size", "sha256")}
            for item in stored.evidence
        ],
    }  # fmt: skip


def _indicator(indicator: Indicator, fields: dict[str, Any]) -> dict[str, Any]:
    target = indicator.target
    figure = fields.get("figures", {}).get(indicator.id, {})
    return {
        "id": indicator.id,
        "text": indicator.text,
        "comparison": str(indicator.comparison),
        "target": [str(end) for end in target] if isinstance(target, tuple) else str(target),
        "unit": indicator.unit,
        "by_year": indicator.by_year,
        "value": figure.get("value", ""),
        "note": figure.get("note", ""),
    }
