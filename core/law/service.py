"""Look up a legal parameter by the day that the law names."""

from __future__ import annotations

import tomllib
from datetime import date
from functools import lru_cache
from pathlib import Path

import msgspec

from core.errors import ThiduaError
from core.law.schemas import Parameter


class LawParameterError(ThiduaError):
    """No value, or more than one, is in force for this key on this day."""

    code, title = "law_parameter", "Thiếu tham số pháp lý cho ngày này"


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    parameter: tuple[Parameter, ...]


def read_parameters(text: str) -> tuple[Parameter, ...]:
    """Read parameters from TOML.

    Raises:
        msgspec.ValidationError: a row has an unknown field, or one of a wrong type.
    """
    return msgspec.convert(tomllib.loads(text), _File).parameter


@lru_cache(maxsize=1)
def parameters() -> tuple[Parameter, ...]:
    """Return all rows of `parameters.toml` (read once)."""
    return read_parameters(Path(__file__).with_name("parameters.toml").read_text(encoding="utf-8"))


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


@lru_cache(maxsize=256)
def parameter(key: str, on: date) -> Parameter:
    """Return the row in force on a day, with its legal basis and its confidence.

    Raises:
        LawParameterError: see `choose`.
    """
    return choose(parameters(), key, on)


def value(key: str, on: date) -> int:
    """Return the figure in force on a day (its unit stands in the row).

    Raises:
        LawParameterError: as above, or the value is a list.
    """
    found = parameter(key, on).value
    if isinstance(found, tuple):
        raise LawParameterError(f"Tham số “{key}” là danh sách, không phải một số.")
    return found


def names(key: str, on: date) -> frozenset[str]:
    """Return the list of names in force on a day.

    Raises:
        LawParameterError: as above, or the value is a figure.
    """
    found = parameter(key, on).value
    if isinstance(found, int):
        raise LawParameterError(f"Tham số “{key}” là một số, không phải danh sách.")
    return frozenset(found)
