"""The fields of one part as plain lines for people: what two writers see when their texts clash."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from core.reports.form import PartDefinition
from core.reports.phrases import FIELD_NAMES, NOTHING_TO_REPORT, SELF_ASSESSMENT_NAMES

_ITEM = ("name", "author", "result", "recognised_by")


def readable(definition: PartDefinition, fields: Mapping[str, Any]) -> str:
    """Return the fields as text, each under its label; what has an odd shape is left out."""
    return "\n\n".join(_lines(definition, fields))


def _lines(definition: PartDefinition, fields: Mapping[str, Any]) -> Iterator[str]:
    if narrative := _text(fields.get("narrative")):
        yield narrative
    for name in ("merged_reference", "difficulties", "proposals"):
        if text := _text(fields.get(name)):
            yield f"{FIELD_NAMES[name]}: {text}"
    if level := SELF_ASSESSMENT_NAMES.get(_text(fields.get("self_assessment"))):
        yield f"{FIELD_NAMES['self_assessment']}: {level}"
    figures = fields.get("figures")
    for indicator in definition.indicators:
        given = figures.get(indicator.id) if isinstance(figures, Mapping) else None
        if isinstance(given, Mapping):
            value = _text(given.get("typed")) or _text(given.get("value"))
            unit = f" {indicator.unit}" if value and indicator.unit else ""
            told = "; ".join(filter(None, (f"{value}{unit}", _text(given.get("note")))))
            if told:
                yield f"{indicator.text}: {told}"
    items = fields.get("items")
    for item in items if isinstance(items, list) else ():
        if isinstance(item, Mapping) and any(_text(item.get(name)) for name in _ITEM):
            yield " · ".join(filter(None, (_text(item.get(name)) for name in _ITEM)))
    if fields.get("none") in (True, "1", "true", "on", "yes"):
        yield NOTHING_TO_REPORT


def _text(value: Any) -> str:
    return value.strip() if isinstance(value, str) else ""
