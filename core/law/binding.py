"""A rule binds only when it was read in the law itself or confirmed by the department (ADR 11)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from core.errors import ConflictError
from core.law import service as law
from core.law.schemas import Parameter

CODE = "unconfirmed_law"
SENTENCE = (
    "Quy định chưa được Sở xác nhận: {labels}. Quản trị của Sở xác nhận ở trang Tham số pháp lý"
    " (nút “Xác nhận nhiều dòng”), rồi làm lại bước này."
)


def unconfirmed(keys: Iterable[str], on: date) -> tuple[Parameter, ...]:
    """Return the rows in force on a day that nobody has confirmed; a key without a row has none."""
    found = []
    for key in dict.fromkeys(keys):
        try:
            row = law.parameter(key, on)
        except law.LawParameterError:
            continue
        if not row.is_confirmed:
            found.append(row)
    return tuple(found)


def refuse(labels: Iterable[str]) -> None:
    """Refuse a step that rests on rules which nobody has confirmed; nothing happens without any.

    Raises:
        ConflictError: code `unconfirmed_law`; names the rules and where they are confirmed.
    """
    named = tuple(dict.fromkeys(labels))
    if named:
        raise ConflictError(SENTENCE.format(labels="; ".join(named)), code=CODE)
