"""Units and people as other rooms and the pages see them."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

import msgspec


class UnitView(msgspec.Struct, frozen=True):
    """A unit of the tree.

    Attributes:
        path: ids from the root, each between slashes; a subtree is a prefix.
        level: department | unit | subunit.
        owes_reports: a round for all units asks this one.
        notation: letters of the unit in the numbers of its papers, for example "SYT".
        place: place name on the date line of its papers.
        has_legal_personality: it awards Giấy khen to its own people (Law 2022, article 80.1).
    """

    id: UUID
    code: str
    name: str
    short_name: str
    kind: str
    level: str
    parent_id: UUID | None
    path: str
    owes_reports: bool
    notation: str
    place: str
    is_active: bool
    has_legal_personality: bool = False

    @property
    def depth(self) -> int:
        """How far below the root the unit stands (the root is 0)."""
        return self.path.count("/") - 2


class NewUnit(msgspec.Struct, frozen=True, kw_only=True):
    """A unit to be made; `parent_code` empty means directly under the department."""

    code: str
    name: str
    kind: str
    level: str = "unit"
    parent_code: str = ""
    short_name: str = ""
    owes_reports: bool = True
    notation: str = ""
    place: str = ""
    has_legal_personality: bool = False


class Basis(msgspec.Struct, frozen=True, kw_only=True):
    """On what a change of the tree rests.

    Attributes:
        effective_on: the day from which it holds; today or before.
        decision: number and day of the decision, as people cite it.
    """

    effective_on: date
    decision: str
    reason: str = ""


class NewPart(msgspec.Struct, frozen=True, kw_only=True):
    """A unit that comes out of a split; kind, level and place in the tree are the old unit's."""

    name: str
    code: str
    short_name: str = ""


class Change(msgspec.Struct, frozen=True):
    """One line of a unit's history (`unit_succession`), from the view of `unit_id`."""

    kind: str
    unit_id: UUID
    successor_id: UUID | None
    effective_on: date
    decision: str
    reason: str
    old_name: str
    new_name: str
    old_code: str
    new_code: str
    old_parent_name: str
    new_parent_name: str
    made_by: str
    made_at: datetime


class PlannedChange(msgspec.Struct, frozen=True, kw_only=True):
    """A change of the tree that waits for its day (or failed on it), `words` for people."""

    id: UUID
    kind: str
    effective_on: date
    decision: str
    words: str
    state: str
    refusal: str
    made_by: str


class Today(msgspec.Struct, frozen=True):
    """Where a unit of the past stands in today's tree.

    `how`: same | merged | split | closed; split and closed units stand for themselves, since
    nobody can say whose their figures are today.
    """

    unit_id: UUID
    name: str
    how: str


class UnitPage(msgspec.Struct, frozen=True):
    """One page of a list of units; `after` is the cursor of the next page, or None."""

    rows: list[UnitView]
    after: UUID | None


class BranchPage(msgspec.Struct, frozen=True):
    """One page of the units directly under one; `below`: how many stand under each of them."""

    parent: UnitView
    rows: list[UnitView]
    below: dict[UUID, int]
    after: UUID | None


class NewPerson(msgspec.Struct, frozen=True, kw_only=True):
    """A person to be added to a unit."""

    full_name: str
    unit_id: UUID
    job_title: str = ""


class PersonView(msgspec.Struct, frozen=True):
    """A person of a unit."""

    id: UUID
    full_name: str
    job_title: str
    unit_id: UUID
    unit_name: str


class Profile(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of a person beside name and post; empty means unknown.

    Attributes:
        gender: female | male | ''.
        work_kind: direct | leader | support | ''.
        joined_on: since when the person works in the department's units.
    """

    gender: str = ""
    work_kind: str = ""
    birth_date: date | None = None
    joined_on: date | None = None


class MoveView(msgspec.Struct, frozen=True, kw_only=True):
    """A move of a person between units; fields as in the table `person_move`."""

    id: UUID
    person_id: UUID
    full_name: str
    from_unit_id: UUID
    to_unit_id: UUID
    from_name: str
    to_name: str
    effective_on: date
    decision: str
    note: str
    cause: str
    state: str
    asked_side: str
    asked_at: datetime
    asked_by: str
    asked_by_id: UUID | None
    answer: str
    answered_at: datetime | None
    answered_by: str
    done_at: datetime | None
    from_path: str
    to_path: str


class BlockRow(msgspec.Struct, frozen=True):
    """An emulation block with the number of its members in one year."""

    id: UUID
    name: str
    note: str
    members: int


class BlockMember(msgspec.Struct, frozen=True):
    """A unit that may stand in a block, and the block it stands in, in one year."""

    unit_id: UUID
    name: str
    kind: str
    block_id: UUID | None
    block_name: str | None


class PersonPage(msgspec.Struct, frozen=True):
    """One page of people in the order of their given names."""

    rows: list[PersonView]
    after: UUID | None
