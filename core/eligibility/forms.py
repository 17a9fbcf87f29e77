"""Reading what was typed: years, days, short texts, with a sentence for each field."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from core.eligibility import phrases
from core.errors import InvalidInputError
from core.kit import clock
from core.kit.i18n import nfc

FIRST_YEAR = 2015


class Typed:
    """A form as it was typed; `done` raises everything that is wrong with it at once."""

    def __init__(self, values: Mapping[str, str]) -> None:
        self.values = values
        self.errors: dict[str, str] = {}

    def text(self, name: str, *, missing: str = "", most: int = 300) -> str:
        """Return a text in NFC; `missing`: the sentence where it is obligatory."""
        found = nfc(" ".join(self.values.get(name, "").split()))
        if missing and not found:
            self.errors[name] = missing
        elif len(found) > most:
            self.errors[name] = phrases.LONG.format(most=most)
        return found

    def choice(self, name: str, known: Mapping[str, str], sentence: str) -> str:
        """Return a key of the choices."""
        found = self.values.get(name, "").strip()
        if found not in known:
            self.errors[name] = sentence
        return found

    def year(self, name: str = "year") -> int:
        """Return a year that is not in the future."""
        last = clock.today().year
        words = self.values.get(name, "").strip()
        year = int(words) if len(words) == 4 and words.isdecimal() else 0
        if year > last:
            self.errors[name] = phrases.FUTURE_YEAR.format(year=year, last=last)
        elif year < FIRST_YEAR:
            self.errors[name] = phrases.BAD_YEAR.format(first=FIRST_YEAR, last=last)
        return year

    def day(self, name: str, *, required: bool = True) -> date | None:
        """Return a day typed as 23/11/2026 or 2026-11-23."""
        words = self.values.get(name, "").strip()
        for form in ("%Y-%m-%d", "%d/%m/%Y"):
            try:
                return datetime.strptime(words, form).date()  # noqa: DTZ007 -- a day has no zone
            except ValueError:
                continue
        if words or required:
            self.errors[name] = phrases.BAD_DAY
        return None

    def done(self) -> None:
        """Refuse a form with errors.

        Raises:
            InvalidInputError: fields as typed.
        """
        if self.errors:
            raise InvalidInputError(fields=self.errors)
