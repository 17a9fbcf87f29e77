"""Reading what was typed into a part: normalise, check the limits, say what is wrong and where."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from core.errors import InvalidInputError
from core.kit.i18n import parse_vn_number
from core.plugin.api import Indicator
from core.reports import phrases
from core.reports.schemas import ITEMS_MAX, LINE_MAX, NARRATIVE_MAX, NOTE_MAX

# Control characters that a text never needs (and that PostgreSQL's jsonb refuses).
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_ONE_GROUP = re.compile(r"[1-9]\d{0,2}\.\d{3}", re.ASCII)
SHARE_MAX = 100
_TRUE = (True, "true", "on", "1", "yes")
_FALSE = (False, "false", "off", "0", "no", "", None)


def tidy(text: str) -> str:
    """Return a text in NFC, with plain line ends and without control characters."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", _CONTROL.sub("", plain)).strip()


def filled(fields: Mapping[str, Any], *names: str) -> bool:
    """Tell whether one of the fields holds something."""
    return any(fields.get(name) for name in names)


def _not_a_share(number: Decimal, typed: str, indicator: Indicator) -> str:
    """Return what is wrong with a percentage, '' where nothing is or no percentage is asked.

    A count may be written 95.123; of a percentage nobody knows whether 95,123 was meant.
    A plan whose own target lies above 100 % asks for a rate, not for a share.
    """
    if indicator.unit != "%" or isinstance(indicator.target, tuple) or indicator.target > SHARE_MAX:
        return ""
    plain = typed.replace(" ", "").removesuffix("%")
    if _ONE_GROUP.fullmatch(plain):
        return phrases.unclear_grouping(plain)
    return "" if 0 <= number <= SHARE_MAX else phrases.NOT_A_SHARE


class FieldReader:
    """Reads a mapping field by field and gathers every error before it raises."""

    def __init__(self, raw: Mapping[str, Any]) -> None:
        self._raw = dict(raw)
        self._errors: dict[str, str] = {}

    def _take(self, name: str, default: Any) -> Any:
        value = self._raw.pop(name, default)
        return default if value is None else value

    def _text(self, name: str, value: Any, limit: int) -> str:
        if not isinstance(value, str):
            self._errors[name] = "Chỗ này phải là chữ."
            return ""
        text = tidy(value)
        if len(text) > limit:
            count, most = f"{len(text):,}".replace(",", "."), f"{limit:,}".replace(",", ".")
            self._errors[name] = f"Nội dung dài {count} ký tự; tối đa là {most} ký tự."
        return text

    def narrative(self, name: str) -> str:
        """Read a long text (at most 20,000 characters)."""
        return self._text(name, self._take(name, ""), NARRATIVE_MAX)

    def line(self, name: str) -> str:
        """Read a short text (at most 500 characters)."""
        return self._text(name, self._take(name, ""), LINE_MAX)

    def choice(self, name: str, options: Sequence[str]) -> str:
        """Read one of a few words."""
        value = self._take(name, "")
        if value not in options:
            self._errors[name] = "Xin chọn một trong các mức có sẵn."
            return ""
        return str(value)

    def flag(self, name: str) -> bool:
        """Read a tick."""
        value = self._take(name, False)
        if value not in _TRUE and value not in _FALSE:
            self._errors[name] = "Chỗ này chỉ nhận có hoặc không."
        return value in _TRUE

    def figures(self, name: str, known: Sequence[Indicator]) -> dict[str, dict[str, str]]:
        """Read figures by indicator: `value` as a plain decimal, `typed` as written, `note`."""
        by_id = {indicator.id: indicator for indicator in known}
        raw = self._take(name, {})
        if not isinstance(raw, Mapping):
            self._errors[name] = "Số liệu phải đi theo từng chỉ tiêu."
            return {}
        result: dict[str, dict[str, str]] = {}
        for key, given in raw.items():
            path = f"{name}.{key}"
            if key not in by_id:
                self._errors[path] = "Chỉ tiêu này không có trong biểu mẫu."
                continue
            entry = given if isinstance(given, Mapping) else {"value": given}
            note = self._text(f"{path}.note", entry.get("note") or "", NOTE_MAX)
            typed = self._typed(entry)
            result[key] = {
                "value": self._number(path, typed, by_id[key]),
                "typed": typed,
                "note": note,
            }
        return result

    @staticmethod
    def _typed(entry: Mapping[str, Any]) -> str:
        value = entry.get("value")
        if value in (None, "") and not isinstance(value, bool):
            return ""
        if isinstance(value, float):  # a program's 95.123 is a decimal, whatever the unit
            return str(value).replace(".", ",")
        return tidy(str(value))[:60]

    def _number(self, path: str, typed: str, indicator: Indicator) -> str:
        if not typed:
            return ""
        try:
            number = parse_vn_number(typed)
        except ValueError as error:
            self._errors[path] = str(error)
            return ""
        if wrong := _not_a_share(number, typed, indicator):
            self._errors[path] = wrong
            return ""
        return f"{number:f}"

    def items(self, name: str) -> list[dict[str, str]]:
        """Read a list of initiatives; empty rows are dropped, a row without a name is refused."""
        raw = self._take(name, [])
        if not isinstance(raw, Sequence) or isinstance(raw, str):
            self._errors[name] = "Sáng kiến phải là một danh sách."
            return []
        if len(raw) > ITEMS_MAX:
            self._errors[name] = f"Danh sách có {len(raw)} dòng; tối đa là {ITEMS_MAX} dòng."
            return []
        items = [self._item(f"{name}.{index}", row) for index, row in enumerate(raw)]
        return [item for item in items if any(item.values())]

    def _item(self, path: str, row: Any) -> dict[str, str]:
        if not isinstance(row, Mapping):
            self._errors[path] = "Dòng này không đúng dạng."
            return {}
        item = {
            field: self._text(f"{path}.{field}", row.get(field) or "", limit)
            for field, limit in (
                ("name", LINE_MAX),
                ("author", LINE_MAX),
                ("result", NOTE_MAX),
                ("recognised_by", LINE_MAX),
            )
        }
        if any(item.values()) and not item["name"]:
            self._errors[f"{path}.name"] = "Chưa có tên sáng kiến, mô hình."
        return item

    def finish(self) -> None:
        """Refuse unknown fields and everything that was found wrong.

        Raises:
            InvalidInputError: with a sentence for each field.
        """
        self._raw.pop("sources", None)  # kept by the program, never taken from outside
        for name in self._raw:
            self._errors[name] = "Trường này không có trong biểu mẫu."
        if self._errors:
            raise InvalidInputError(fields=self._errors)
