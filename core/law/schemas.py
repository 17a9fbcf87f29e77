"""Dated legal parameters, and what a department has decided about them."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from uuid import UUID

import msgspec

Value = int | str | tuple[str, ...]


class Confidence(StrEnum):
    """How well a value is known; everything but `C` is shown as unconfirmed."""

    CONFIRMED = "C"
    SECONDARY = "S"
    GENERAL = "R"
    INFERRED = "I"
    PLATFORM = "P"


class Form(StrEnum):
    """What a value is; a list is never replaced by a department."""

    INTEGER = "integer"
    DECIMAL = "decimal"
    FRACTION = "fraction"
    TEXT = "text"
    LIST = "list"


class May(StrEnum):
    """What a department may do with a key."""

    NOTHING = "nothing"
    CONFIRM = "confirm"
    REPLACE = "replace"


class Kind(StrEnum):
    """What a department's decision does with a row."""

    CONFIRM = "confirm"
    REPLACE = "replace"


class Decision(msgspec.Struct, frozen=True):
    """A department's confirmation or replacement, in force unless it was revoked.

    Attributes:
        value: what is confirmed (it holds only while the catalogue says the same), or the new one.
        valid_from, valid_to: days, both included; None = open.
        number, dated, file_id: the department's decision on paper.
    """

    id: UUID
    key: str
    kind: Kind
    value: Value
    valid_from: date | None
    valid_to: date | None
    number: str
    dated: date
    file_id: UUID

    def holds_on(self, day: date) -> bool:
        """Tell whether the decision is in force on a day."""
        started = self.valid_from is None or self.valid_from <= day
        return started and (self.valid_to is None or day <= self.valid_to)


class Parameter(msgspec.Struct, frozen=True):
    """A value with its unit, its days of validity, and the article that it comes from.

    Attributes:
        label: what it is, in Vietnamese.
        valid_from: first day; None = since ever (a default of the platform).
        valid_to: last day; None = until further notice.
        minimum, maximum: bounds of a department's own figure.
        used: whether anything in the program reads the key yet.
        decision: the department's, when it has confirmed or replaced the row.
    """

    key: str
    label: str
    theme: str
    form: Form
    value: Value
    unit: str
    legal_basis: str
    confidence: Confidence
    note: str = ""
    valid_from: date | None = None
    valid_to: date | None = None
    department_may: May = May.NOTHING
    minimum: int | None = None
    maximum: int | None = None
    used: bool = True
    decision: Decision | None = None

    def holds_on(self, day: date) -> bool:
        """Tell whether the value is in force on a day."""
        started = self.valid_from is None or self.valid_from <= day
        return started and (self.valid_to is None or day <= self.valid_to)

    @property
    def is_confirmed(self) -> bool:
        """Whether the value was read in the law itself, or decided by the department."""
        return self.confidence is Confidence.CONFIRMED or self.decision is not None
