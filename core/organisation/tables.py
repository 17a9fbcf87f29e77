"""The department's tree of units, and its people."""

from __future__ import annotations

from typing import ClassVar

from piccolo.columns import JSONB, UUID, Boolean, Date, SmallInt, Text, Timestamptz, Varchar
from piccolo.table import Table

from core.kit.tables import TenantColumns


class Unit(TenantColumns, Table, tablename="unit"):
    """A unit of the tree; the root is the department itself.

    `level`: department | unit | subunit. `path` holds the ids from the root, each between
    slashes, so that a subtree is a prefix. `has_legal_personality`: it may award to its own people
    what the law leaves to such units (Law on Emulation and Commendation 2022, article 80.1).
    """

    FOREIGN_KEYS: ClassVar[dict[str, str]] = {"parent_id": "unit"}
    UNIQUE: ClassVar[list[list[str]]] = [["code"]]
    INDEXES: ClassVar[list[list[str]]] = [["parent_id"], ["sort_key"]]

    code = Varchar(length=63, null=False)
    name = Text(null=False)
    short_name = Text(default="", null=False)
    search_name = Text(default="", null=False)
    sort_key = Text(default="", null=False)
    kind = Varchar(length=32, null=False)
    level = Varchar(length=16, null=False)
    parent_id = UUID(default=None, null=True)
    path = Text(default="", null=False)
    position = SmallInt(default=0, null=False)
    owes_reports = Boolean(default=True, null=False)
    has_legal_personality = Boolean(default=False, null=False)
    notation = Varchar(length=30, default="", null=False)
    place = Text(default="", null=False)
    is_active = Boolean(default=True, null=False)
    is_demo = Boolean(default=False, null=False)


class Person(TenantColumns, Table, tablename="person"):
    """A civil servant, public employee or worker of a unit."""

    FOREIGN_KEYS: ClassVar[dict[str, str]] = {"unit_id": "unit"}
    INDEXES: ClassVar[list[list[str]]] = [["unit_id"], ["roster_key"]]

    full_name = Text(null=False)
    job_title = Text(default="", null=False)
    unit_id = UUID(default=None, null=False)
    search_name = Text(default="", null=False)
    roster_key = Text(default="", null=False)
    is_demo = Boolean(default=False, null=False)


class PersonProfile(TenantColumns, Table, tablename="person_profile"):
    """What the register knows of a person beside name and post.

    `gender`: female | male | ''. `work_kind`: direct | leader | support | ''. `joined_on`: since
    when the person works in the department's units. Empty means unknown, never a guess.
    """

    FOREIGN_KEYS: ClassVar[dict[str, str]] = {"person_id": "person"}
    UNIQUE: ClassVar[list[list[str]]] = [["person_id"]]

    person_id = UUID(default=None, null=False)
    gender = Varchar(length=8, default="", null=False)
    work_kind = Varchar(length=8, default="", null=False)
    birth_date = Date(default=None, null=True)
    joined_on = Date(default=None, null=True)


class UnitSuccession(TenantColumns, Table, tablename="unit_succession"):
    """One change of the tree by a decision: what a unit was before, and what came after.

    `kind`: rename | move | merge | split | close. `successor_id` is another unit for merge and
    split, the unit itself for rename and move, empty for close.
    """

    FOREIGN_KEYS: ClassVar[dict[str, str]] = {
        "unit_id": "unit",
        "successor_id": "unit",
        "old_parent_id": "unit",
        "made_by": "account",
    }
    INDEXES: ClassVar[list[list[str]]] = [["unit_id"], ["successor_id"]]
    APPEND_ONLY: ClassVar[bool] = True

    kind = Varchar(length=16, null=False)
    unit_id = UUID(default=None, null=False)
    successor_id = UUID(default=None, null=True)
    effective_on = Date(default=None, null=False)
    decision = Text(default="", null=False)
    reason = Text(default="", null=False)
    old_name = Text(default="", null=False)
    new_name = Text(default="", null=False)
    old_code = Varchar(length=63, default="", null=False)
    new_code = Varchar(length=63, default="", null=False)
    old_parent_id = UUID(default=None, null=True)
    old_parent_name = Text(default="", null=False)
    new_parent_name = Text(default="", null=False)
    made_by = UUID(default=None, null=True)
    made_at = Timestamptz(default=None, null=False)


class PlannedChange(TenantColumns, Table, tablename="planned_change"):
    """A change of the tree that is decided and holds from a day to come.

    `kind` as in `unit_succession`; `content` is the order as it will be done; `state`: waiting |
    done | cancelled | failed (`refusal` says why it could not be done on its day).
    """

    FOREIGN_KEYS: ClassVar[dict[str, str]] = {
        "unit_id": "unit",
        "other_id": "unit",
        "made_by": "account",
        "closed_by": "account",
    }
    INDEXES: ClassVar[list[list[str]]] = [["unit_id"], ["state", "effective_on"]]

    kind = Varchar(length=16, null=False)
    unit_id = UUID(default=None, null=False)
    other_id = UUID(default=None, null=True)
    effective_on = Date(default=None, null=False)
    decision = Text(default="", null=False)
    content = JSONB(default="{}", null=False)
    state = Varchar(length=16, default="waiting", null=False)
    refusal = Text(default="", null=False)
    made_by = UUID(default=None, null=True)
    made_at = Timestamptz(default=None, null=False)
    closed_by = UUID(default=None, null=True)
    closed_at = Timestamptz(default=None, null=True)


class PersonMove(TenantColumns, Table, tablename="person_move"):
    """A person goes from one unit to another, with the consent of both sides.

    `state`: asked | accepted | refused | withdrawn. `asked_side`: from | to (who asked; the other
    side answers). `cause`: request | reorganisation (the person's unit was merged, split, closed).
    `done_at`: when the person's unit was changed, on or after `effective_on`.
    """

    FOREIGN_KEYS: ClassVar[dict[str, str]] = {
        "person_id": "person",
        "from_unit_id": "unit",
        "to_unit_id": "unit",
        "asked_by": "account",
        "answered_by": "account",
    }
    INDEXES: ClassVar[list[list[str]]] = [["person_id"], ["from_unit_id"], ["to_unit_id"]]

    person_id = UUID(default=None, null=False)
    from_unit_id = UUID(default=None, null=False)
    to_unit_id = UUID(default=None, null=False)
    from_name = Text(default="", null=False)
    to_name = Text(default="", null=False)
    effective_on = Date(default=None, null=False)
    decision = Text(default="", null=False)
    note = Text(default="", null=False)
    cause = Varchar(length=16, default="request", null=False)
    state = Varchar(length=16, default="asked", null=False)
    asked_side = Varchar(length=8, default="from", null=False)
    asked_by = UUID(default=None, null=True)
    asked_at = Timestamptz(default=None, null=False)
    answered_by = UUID(default=None, null=True)
    answered_at = Timestamptz(default=None, null=True)
    answer = Text(default="", null=False)
    done_at = Timestamptz(default=None, null=True)


class EmulationBlock(TenantColumns, Table, tablename="emulation_block"):
    """A block of units that are compared with one another ("cụm, khối thi đua")."""

    UNIQUE: ClassVar[list[list[str]]] = [["name"]]

    name = Text(null=False)
    sort_key = Text(default="", null=False)
    note = Text(default="", null=False)


class EmulationBlockMember(TenantColumns, Table, tablename="emulation_block_member"):
    """A unit stands in one block for one year."""

    FOREIGN_KEYS: ClassVar[dict[str, str]] = {"block_id": "emulation_block", "unit_id": "unit"}
    UNIQUE: ClassVar[list[list[str]]] = [["unit_id", "year"]]
    INDEXES: ClassVar[list[list[str]]] = [["block_id", "year"]]

    block_id = UUID(default=None, null=False)
    unit_id = UUID(default=None, null=False)
    year = SmallInt(default=0, null=False)
