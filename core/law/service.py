"""Look up a legal parameter by the day that the law names, for the department in scope."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

import msgspec

from core.kit import clock, templates
from core.law import overrides
from core.law.catalogue import (
    LawParameterError,
    by_key,
    choose,
    parameters,
    read_parameters,
    row_on,
)
from core.law.schemas import Decision, Form, Kind, Parameter

__all__ = [
    "LawParameterError",
    "choose",
    "decimal",
    "fraction",
    "history",
    "names",
    "parameter",
    "parameters",
    "read_parameters",
    "text",
    "today",
    "value",
]


def parameter(key: str, on: date) -> Parameter:
    """Return the row in force on a day, with its legal basis and its confidence.

    A department's replacement comes before the catalogue; its confirmation marks the row.

    Raises:
        LawParameterError: the key is unknown, or nothing is in force on this day.
    """
    decided = overrides.decisions(key)
    if not decided:
        return row_on(key, on)
    return decided_row(key, on, decided)


def decided_row(key: str, on: date, decided: tuple[Decision, ...]) -> Parameter:
    """Return the row of a day under a department's decisions (errors as `parameter`)."""
    for decision in decided:
        if decision.kind is Kind.REPLACE and decision.holds_on(on):
            return _replaced(by_key()[key][-1], decision)
    row = row_on(key, on)
    for decision in decided:
        same = (decision.value, decision.valid_from) == (row.value, row.valid_from)
        if decision.kind is Kind.CONFIRM and same:
            return msgspec.structs.replace(row, decision=decision)
    return row


def _replaced(row: Parameter, decision: Decision) -> Parameter:
    return msgspec.structs.replace(
        row,
        value=decision.value,
        legal_basis=f"Quyết định số {decision.number} ngày {decision.dated:%d/%m/%Y} của Sở",
        valid_from=decision.valid_from,
        valid_to=decision.valid_to,
        decision=decision,
    )


def today(key: str) -> Parameter:
    """Return the row in force today (for pages that show a value; errors as `parameter`)."""
    return parameter(key, clock.today())


def history(key: str) -> tuple[Parameter, ...]:
    """Return all rows of the catalogue for a key, oldest first; () for an unknown key."""
    return by_key().get(key, ())


def value(key: str, on: date) -> int:
    """Return the figure in force on a day (its unit stands in the row).

    Raises:
        LawParameterError: as above, or the value is no whole number.
    """
    found = parameter(key, on).value
    if isinstance(found, int):
        return found
    what = "danh sách" if isinstance(found, tuple) else "chữ"
    raise LawParameterError(f"Tham số “{key}” là {what}, không phải một số.")


def names(key: str, on: date) -> frozenset[str]:
    """Return the list of names in force on a day.

    Raises:
        LawParameterError: as above, or the value is no list.
    """
    found = parameter(key, on).value
    if isinstance(found, tuple):
        return frozenset(found)
    what = "một số" if isinstance(found, int) else "chữ"
    raise LawParameterError(f"Tham số “{key}” là {what}, không phải danh sách.")


def text(key: str, on: date) -> str:
    """Return the words in force on a day.

    Raises:
        LawParameterError: as above, or the value is no text.
    """
    return _text(key, on, Form.TEXT)


def decimal(key: str, on: date) -> Decimal:
    """Return the exact figure in force on a day, such as a multiple of the base salary.

    Raises:
        LawParameterError: as above, or the value is neither a decimal nor a whole number.
    """
    found = parameter(key, on)
    return Decimal(found.value if isinstance(found.value, int) else _text(key, on, Form.DECIMAL))


def fraction(key: str, on: date) -> Fraction:
    """Return the share in force on a day, such as two thirds.

    Raises:
        LawParameterError: as above, or the value is no fraction.
    """
    return Fraction(_text(key, on, Form.FRACTION))


def _text(key: str, on: date, form: Form) -> str:
    found = parameter(key, on)
    if found.form is form and isinstance(found.value, str):
        return found.value
    raise LawParameterError(f"Tham số “{key}” không thuộc dạng “{form.value}”.")


templates.add_global("law_row", today)
