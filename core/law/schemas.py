"""One dated legal parameter."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

import msgspec


class Confidence(StrEnum):
    """How well a value is known; everything but `C` is shown as unconfirmed."""

    CONFIRMED = "C"
    SECONDARY = "S"
    GENERAL = "R"
    INFERRED = "I"
    PLATFORM = "P"


class Parameter(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A value with its unit, its days of validity, and the article that it comes from.

    Attributes:
        valid_from: first day; None = since ever (a default of the platform).
        valid_to: last day; None = until further notice.
    """

    key: str
    value: int | tuple[str, ...]
    unit: str
    legal_basis: str
    confidence: Confidence
    note: str = ""
    valid_from: date | None = None
    valid_to: date | None = None

    def holds_on(self, day: date) -> bool:
        """Tell whether the value is in force on a day."""
        started = self.valid_from is None or self.valid_from <= day
        return started and (self.valid_to is None or day <= self.valid_to)
