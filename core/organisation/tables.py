"""The department's tree of units, and its people."""

from __future__ import annotations

from typing import ClassVar

from piccolo.columns import UUID, Boolean, SmallInt, Text, Varchar
from piccolo.table import Table

from core.kit.tables import TenantColumns


class Unit(TenantColumns, Table, tablename="unit"):
    """A unit of the tree; the root is the department itself.

    `level`: department | unit | subunit. `path` holds the ids from the root, each between
    slashes, so that a subtree is a prefix.
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
