"""The list of units and people between the upload and its confirmation."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import msgspec

from core.organisation.schemas import Profile

NEW, CHANGED, SAME = "new", "changed", "same"


class RawRow(msgspec.Struct, frozen=True):
    """A row as it was typed: its number in the sheet, and texts by column key."""

    row: int
    cells: dict[str, str]


class RawList(msgspec.Struct, frozen=True):
    """What a file holds. `problem`: why the whole file cannot be taken, or ''."""

    units: list[RawRow] = []
    people: list[RawRow] = []
    problem: str = ""

    def rows(self) -> dict[str, list[RawRow]]:
        """Return the rows by table."""
        return {"units": self.units, "people": self.people}


class RowError(msgspec.Struct, frozen=True):
    """What is wrong in a cell, and what to do. `table`: units | people; `column`: its heading."""

    table: str
    row: int
    column: str
    sentence: str


class UnitLine(msgspec.Struct, frozen=True):
    """A unit as it will be. `status`: new | changed | same; `changes`: in words."""

    row: int
    code: str
    name: str
    short_name: str
    kind: str
    level: str
    parent_code: str
    owes_reports: bool
    notation: str
    place: str
    has_legal_personality: bool
    depth: int
    status: str
    changes: str = ""
    unit_id: UUID | None = None


class PersonLine(msgspec.Struct, frozen=True):
    """A person as he will be; `unit_code` empty means the department itself.

    `profile`: what will be known of the person, or None where the list says nothing new.
    """

    row: int
    name: str
    title: str
    unit_code: str
    status: str
    person_id: UUID | None = None
    profile: Profile | None = None


class AccountLine(msgspec.Struct, frozen=True):
    """An account as it will be; `roles` are those still to be granted at the unit."""

    row: int
    username: str
    display_name: str
    email: str
    unit_code: str
    roles: tuple[str, ...]
    status: str
    account_id: UUID | None = None


class Preview(msgspec.Struct, frozen=True):
    """What a list would do; nothing is written.

    Attributes:
        problem: why nothing can be written, in one sentence, or ''.
        errors: every row error, in the order of the file.
        counts: (table, status) → number; tables units, people, accounts.
    """

    problem: str
    errors: list[RowError]
    units: list[UnitLine]
    people: list[PersonLine]
    accounts: list[AccountLine]

    @property
    def counts(self) -> dict[str, dict[str, int]]:
        """How many are new, changed, the same."""
        said = {
            "units": [line.status for line in self.units],
            "people": [line.status for line in self.people],
            "accounts": [line.status for line in self.accounts],
        }
        return {
            name: {status: statuses.count(status) for status in (NEW, CHANGED, SAME)}
            for name, statuses in said.items()
        }

    @property
    def changes_something(self) -> bool:
        """Whether confirming would write anything."""
        return any(c[NEW] or c[CHANGED] for c in self.counts.values())

    @property
    def can_apply(self) -> bool:
        """Whether it can be confirmed."""
        return not self.problem and not self.errors and self.changes_something


class StagedView(msgspec.Struct, frozen=True):
    """An upload of before: when, by whom, what became of it."""

    id: UUID
    file_name: str
    state: str
    summary: str
    created_by: str
    created_at: datetime
    finished_at: datetime | None
