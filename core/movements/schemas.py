"""A published plan as other rooms and the pages see it."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

import msgspec

from core.movements.values import DepartmentValues
from core.plugin.api import PlanContent


class Edition(msgspec.Struct, frozen=True):
    """An immutable edition of the department's plan.

    Attributes:
        number: 1, 2, 3, … within the department.
        content: the plan as it holds: the plugin's with the department's values on top.
        plan: what the plugin said, word for word.
        values: what the department set.
        content_hash: SHA-256 (hex) of the canonical JSON of `plan` and `values`.
        published_at: the official instant.
    """

    id: UUID
    number: int
    content: PlanContent
    plan: PlanContent
    values: DepartmentValues
    content_hash: str
    plugin_slug: str
    plugin_version: str
    reason: str
    effective_from: date
    published_by: UUID | None
    published_at: datetime


class EditionView(msgspec.Struct, frozen=True):
    """An edition in a list: everything but its content."""

    id: UUID
    number: int
    content_hash: str
    plugin_slug: str
    plugin_version: str
    reason: str
    effective_from: date
    published_by: UUID | None
    published_at: datetime


class DraftSection(msgspec.Struct, frozen=True):
    """One section of the draft as it was saved last; version 0 means never."""

    section: str
    version: int
    saved_by: str = ""
    saved_at: datetime | None = None


class Draft(msgspec.Struct, frozen=True):
    """Everything that the department has set and not necessarily published."""

    values: DepartmentValues
    sections: dict[str, DraftSection]

    def version(self, section: str) -> int:
        """Return the version of one section, 0 where it was never saved."""
        found = self.sections.get(section)
        return found.version if found else 0


class Lack(msgspec.Struct, frozen=True):
    """Something that the department has not set; `is_blocking`: nothing is published before."""

    section: str
    sentence: str
    is_blocking: bool = False


class Preview(msgspec.Struct, frozen=True):
    """The next edition before it is published, beside the one in force (None at first).

    `digest` names exactly what was seen; publishing takes it back. `waiting`: published editions
    whose day has not come.
    """

    number: int
    plan: PlanContent
    values: DepartmentValues
    digest: str
    current: Edition | None
    newest: EditionView | None
    is_same: bool
    lacks: tuple[Lack, ...]
    waiting: tuple[EditionView, ...] = ()
