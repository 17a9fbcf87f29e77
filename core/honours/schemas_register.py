"""The register as services and pages see it. Money in whole đồng."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import msgspec


class Filters(msgspec.Struct, frozen=True, kw_only=True):
    """What the register is narrowed to; empty means everything."""

    search: str = ""
    year: int = 0
    award_kind: str = ""
    subject_kind: str = ""
    state: str = ""
    unit_id: UUID | None = None


class GrantRow(msgspec.Struct, frozen=True, kw_only=True):
    """One award of the register.

    Attributes:
        state: in_force | revoked. source: decision | higher | import.
        held_unit_id: the unit under which it is kept; `held_unit_name` its name today.
        is_before: the award of a unit that was merged into the one that is shown.
    """

    id: UUID
    subject_kind: str
    subject_name: str
    subject_title: str
    subject_unit_name: str
    subject_unit_id: UUID | None
    subject_person_id: UUID | None
    award: str
    award_kind: str
    issuer: str
    occasion: str
    year: int
    achievement: str
    decision_number: str
    decision_id: UUID | None
    decided_on: date
    gold_book_number: int | None
    is_thematic: bool
    state: str
    source: str
    prize_amount: int | None
    held_unit_id: UUID
    held_unit_name: str
    held_path: str
    is_before: bool = False


class RegisterPage(msgspec.Struct, frozen=True):
    """One page of the register, the newest decision first; `after`: where the next begins."""

    rows: list[GrantRow]
    after: UUID | None


class Facets(msgspec.Struct, frozen=True):
    """The years and kinds of awards that stand in the part of the register that is read."""

    years: list[int]
    kinds: list[str]


class Holder(msgspec.Struct, frozen=True, kw_only=True):
    """A person or unit with every award.

    Attributes:
        before: units that were merged into this one, with the day ((name, day), …).
        of_people: how many awards people proposed by this unit have.
    """

    id: UUID
    kind: str
    name: str
    title: str
    unit_id: UUID
    unit_name: str
    rows: list[GrantRow]
    before: list[tuple[str, date]] = []
    of_people: int = 0


class Line(msgspec.Struct):
    """A row of an imported list: what was typed, whom it is about, what is wrong."""

    row: int
    cells: dict[str, str]
    unit_id: UUID | None = None
    person_id: UUID | None = None
    name: str = ""
    title: str = ""
    unit_name: str = ""
    decided_on: date | None = None
    year: int = 0
    award_kind: str = ""
    is_thematic: bool = False
    errors: list[str] = msgspec.field(default_factory=list)

    @property
    def subject_id(self) -> UUID | None:
        """The person, or the unit where no person is named."""
        return self.person_id or self.unit_id

    @property
    def key(self) -> tuple[Any, ...]:
        """What is the same award."""
        number = self.cells.get("number", "").casefold()
        return self.subject_id, self.cells.get("award", "").casefold(), number, self.decided_on


class Preview(msgspec.Struct):
    """An imported list before it is written."""

    file_id: UUID
    file_name: str
    lines: list[Line]

    @property
    def wrong(self) -> list[Line]:
        """The rows that have errors."""
        return [line for line in self.lines if line.errors]
