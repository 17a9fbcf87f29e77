"""Reading what was typed about a decision: each field is right, or has a sentence."""

from __future__ import annotations

import re
from datetime import date
from fractions import Fraction

from core.errors import InvalidInputError
from core.kit import clock
from core.kit.i18n import nfc, vn_date, vn_number
from core.law.schemas import Form, Parameter
from tenants.law import phrases
from tenants.law.schemas import Paper

_WHOLE = re.compile(r"[0-9]{1,12}")
_FRACTION = re.compile(r"([0-9]{1,4}) ?/ ?([0-9]{1,4})")


class Sentences(dict[str, str]):
    """Sentences by field; raised together."""

    def check(self) -> None:
        """Refuse what was typed if a field is wrong.

        Raises:
            InvalidInputError: with every sentence.
        """
        if self:
            raise InvalidInputError(fields=self)


def day(text: str, field: str, wrong: Sentences, *, missing: str = "") -> date | None:
    """Return a day that was chosen, or None; `missing` is the sentence where one must be."""
    if not text.strip():
        if missing:
            wrong[field] = missing
        return None
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        wrong[field] = phrases.BAD_DAY
        return None


def value(text: str, row: Parameter, wrong: Sentences) -> int | str | None:
    """Return a new value of a key's own form, within its bounds."""
    text = text.strip()
    if row.form is Form.FRACTION:
        found = _FRACTION.fullmatch(text)
        whole = int(found[2]) if found else 0
        if not found or not whole or not 0 < Fraction(int(found[1]), whole) <= 1:
            wrong["value"] = phrases.NOT_FRACTION
            return None
        return f"{int(found[1])}/{whole}"
    if not _WHOLE.fullmatch(text):
        wrong["value"] = phrases.NOT_WHOLE
        return None
    number = int(text)
    least, most = row.minimum or 0, row.maximum or 0
    if not least <= number <= most:
        wrong["value"] = phrases.OUT_OF_RANGE.format(
            least=vn_number(least), most=vn_number(most), unit=row.unit
        )
    return number


def paper(typed: Paper, wrong: Sentences) -> tuple[str, date | None]:
    """Return number and day of the decision on paper."""
    number = nfc(" ".join(typed.number.split()))
    if not number:
        wrong["number"] = phrases.NO_NUMBER
    elif len(number) > 100:
        wrong["number"] = phrases.LONG_NUMBER
    dated = day(typed.dated, "dated", wrong, missing=phrases.NO_DAY)
    if dated and dated > clock.today():
        wrong["dated"] = phrases.FUTURE_DAY
    if typed.file is None:
        wrong["file"] = phrases.NO_FILE
    return number, dated


def ordered(first: date | None, last: date | None, wrong: Sentences) -> None:
    """See that the last day does not come before the first."""
    if first and last and last < first:
        wrong["valid_to"] = phrases.END_BEFORE_START.format(start=vn_date(first))
