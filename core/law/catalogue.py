"""The platform's catalogue: the files of `parameters/`, one for each theme."""

from __future__ import annotations

import tomllib
from datetime import date
from functools import lru_cache
from pathlib import Path

import msgspec

from core.errors import ThiduaError
from core.law.schemas import Confidence, Form, May, Parameter, Value

FOLDER = Path(__file__).with_name("parameters")


class LawParameterError(ThiduaError):
    """No value, or more than one, is in force for this key on this day."""

    code, title = "law_parameter", "Thiếu tham số pháp lý cho ngày này"


class _Row(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    value: Value
    legal_basis: str
    confidence: Confidence
    note: str = ""
    valid_from: date | None = None
    valid_to: date | None = None


class _Entry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    key: str
    label: str
    row: tuple[_Row, ...]
    unit: str = ""
    form: Form | None = None
    department_may: May = May.NOTHING
    minimum: int | None = None
    maximum: int | None = None
    used: bool = True


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    theme: str
    parameter: tuple[_Entry, ...]


def read_parameters(text: str) -> tuple[Parameter, ...]:
    """Read the rows of one file.

    Raises:
        msgspec.ValidationError: a row has an unknown field, or one of a wrong type.
    """
    file = msgspec.convert(tomllib.loads(text), _File)
    return tuple(
        _parameter(file.theme, entry, row) for entry in file.parameter for row in entry.row
    )


def _parameter(theme: str, entry: _Entry, row: _Row) -> Parameter:
    return Parameter(
        key=entry.key,
        label=entry.label,
        theme=theme,
        form=entry.form or _form_of(row.value),
        unit=entry.unit,
        department_may=entry.department_may,
        minimum=entry.minimum,
        maximum=entry.maximum,
        used=entry.used,
        **{name: getattr(row, name) for name in _Row.__struct_fields__},
    )


def _form_of(value: Value) -> Form:
    if isinstance(value, int):
        return Form.INTEGER
    return Form.LIST if isinstance(value, tuple) else Form.TEXT


@lru_cache(maxsize=1)
def parameters() -> tuple[Parameter, ...]:
    """Return all rows of all themes, in the order of the files (read once)."""
    files = sorted(FOLDER.glob("*.toml"))
    return tuple(row for file in files for row in read_parameters(file.read_text(encoding="utf-8")))


@lru_cache(maxsize=1)
def by_key() -> dict[str, tuple[Parameter, ...]]:
    """Return the rows of each key."""
    found: dict[str, tuple[Parameter, ...]] = {}
    for row in parameters():
        found[row.key] = (*found.get(row.key, ()), row)
    return found


def choose(rows: tuple[Parameter, ...], key: str, on: date) -> Parameter:
    """Return the one row of a key that is in force on a day.

    Raises:
        LawParameterError: the key is unknown, or none or several rows are in force.
    """
    known = [row for row in rows if row.key == key]
    found = [row for row in known if row.holds_on(on)]
    if len(found) == 1:
        return found[0]
    if not known:
        raise LawParameterError(f"Không có tham số “{key}”.")
    how_many = "nhiều giá trị" if found else "chưa có giá trị nào"
    raise LawParameterError(f"Tham số “{key}” có {how_many} vào ngày {on:%d/%m/%Y}.")


@lru_cache(maxsize=512)
def row_on(key: str, on: date) -> Parameter:
    """Return the catalogue's row of a day (errors as `choose`)."""
    return choose(by_key().get(key, ()), key, on)
