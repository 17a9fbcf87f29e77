"""An event of the trail becomes words."""

from __future__ import annotations

import json
import re
from datetime import date, datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from piccolo.conf.apps import Finder

from core.audit import words
from core.audit.reasons import reason_words
from core.audit.schemas import Change, EventView
from core.audit.values import code_words
from core.kit.i18n import vn_date, vn_exact, vn_number
from core.kit.tables import declared

LONGEST = 300
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_INSTANT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:.*")
_FIRST = ("name", "display_name", "full_name", "title", "key", "kind", "role", "state", "value")


@lru_cache(maxsize=1)
def hashed_columns() -> dict[str, frozenset[str]]:
    """Return the columns of each table of which the trail keeps no content."""
    tables = [table for table in Finder().get_table_classes() if declared(table)]
    return {
        table._meta.tablename: frozenset(getattr(table, "AUDIT_HASHED", ())) for table in tables
    }


def event_view(row: Any) -> EventView:
    """Return an event in words."""
    who = words.NOBODY if row["actor_id"] is None else (row["display_name"] or words.UNKNOWN)
    return EventView(
        seq=row["seq"],
        at=row["at"],
        who=who,
        reason=reason_words(row["reason"]),
        table=words.TABLES.get(row["table_name"], row["table_name"]),
        action=words.ACTIONS.get(row["action"], row["action"]),
        record=row["row_id"],
        changes=_changes(row["table_name"], row["changes"]),
    )


def _changes(table: str, changes: dict[str, list[Any]]) -> list[Change]:
    hashed = hashed_columns().get(table, frozenset())
    return [
        _change(table, name, (before, after), is_hashed=name in hashed)
        for name, (before, after) in sorted(
            changes.items(), key=lambda item: _order(item[0], item[1][1])
        )
    ]


def _order(column: str, after: Any) -> tuple[int, str]:
    """Names first, then what has a value, technical columns last."""
    if column in _FIRST:
        return _FIRST.index(column), column
    technical = column.endswith(("_key", "_hash")) or column in ("path", "search_name", "sha256")
    empty = after in (None, "", 0, False)
    return len(_FIRST) + 2 * technical + empty + (column == "created_at"), column


def _change(table: str, column: str, values: tuple[Any, Any], *, is_hashed: bool) -> Change:
    label = words.COLUMNS.get(column, column)
    before, after = values
    if is_hashed:
        return Change(label, "", words.HASHED, is_hashed=True)
    target = str(after if after is not None else before)
    record = target if column.endswith(("_id", "_by")) and _is_id(target) else ""
    told = (value_words(column, before, table=table), value_words(column, after, table=table))
    return Change(label, told[0], told[1], record=record)


def _is_id(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True


def value_words(column: str, value: Any, *, table: str = "") -> str:
    """Return a value as people read it; '' for none."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return words.YES if value else words.NO
    if isinstance(value, int | float):
        return vn_number(value)
    if isinstance(value, str):
        return code_words(table, column, value) or _text_words(value)
    return _short(json.dumps(value, ensure_ascii=False))


def _text_words(text: str) -> str:
    if not text:
        return words.EMPTY
    try:
        if _DAY.fullmatch(text):
            return vn_date(date.fromisoformat(text))
        if _INSTANT.fullmatch(text):
            return vn_exact(datetime.fromisoformat(text))
    except ValueError:
        pass
    return _short(text)


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
