"""Projections of what happened to the tree: codes, lineage, moves, blocks; each reads a view."""

from __future__ import annotations

from piccolo.columns import UUID, Boolean, Date, ForeignKey, SmallInt, Text, Timestamptz, Varchar
from piccolo.columns.readable import Readable
from piccolo.table import Table

from admin import choices
from admin.tables_people import Person, Unit


class OfficialCode(Table, tablename="mã_chính_thức"):
    """An official code of the department, with its days."""

    id = UUID(primary_key=True)
    code = Varchar(length=None)
    valid_from = Date(null=True)
    valid_to = Date(null=True)
    source = Text()
    is_confirmed = Boolean()
    created_at = Timestamptz()


class Succession(Table, tablename="lịch_sử_đơn_vị"):
    """One change of the tree by a decision."""

    id = UUID(primary_key=True)
    old_name = Varchar(length=None)
    kind = Varchar(length=None, choices=choices.SuccessionKind)
    new_name = Varchar(length=None)
    unit_id = ForeignKey(Unit)
    successor_id = ForeignKey(Unit, null=True)
    effective_on = Date()
    decision = Varchar(length=None)
    reason = Text()
    old_code = Varchar(length=None)
    new_code = Varchar(length=None)
    old_parent_name = Varchar(length=None)
    new_parent_name = Varchar(length=None)
    made_by = Varchar(length=None, null=True)
    made_at = Timestamptz()


class PersonMove(Table, tablename="chuyển_công_tác"):
    """A person goes from one unit to another, with the consent of both sides."""

    id = UUID(primary_key=True)
    person_id = ForeignKey(Person)
    from_name = Varchar(length=None)
    to_name = Varchar(length=None)
    effective_on = Date()
    decision = Varchar(length=None)
    note = Text()
    cause = Varchar(length=None, choices=choices.MoveCause)
    state = Varchar(length=None, choices=choices.MoveState)
    asked_by = Varchar(length=None, null=True)
    asked_at = Timestamptz()
    answered_by = Varchar(length=None, null=True)
    answered_at = Timestamptz(null=True)
    answer = Text()
    done_at = Timestamptz(null=True)


class Block(Table, tablename="khối_thi_đua"):
    """A block of units that are compared with one another."""

    id = UUID(primary_key=True)
    name = Varchar(length=None)
    note = Varchar(length=500)

    @classmethod
    def get_readable(cls) -> Readable:
        """Return how a block is called in other lists."""
        return Readable(template="%s", columns=[cls.name])


class BlockMember(Table, tablename="đơn_vị_trong_khối"):
    """A unit stands in one block for one year."""

    id = UUID(primary_key=True)
    year = SmallInt()
    block_id = ForeignKey(Block)
    unit_id = ForeignKey(Unit)
