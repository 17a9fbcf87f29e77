"""A published plan as other rooms and the pages see it."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

import msgspec

from core.plugin.api import PlanContent


class Edition(msgspec.Struct, frozen=True):
    """An immutable edition of the department's plan.

    Attributes:
        number: 1, 2, 3, … within the department.
        content_hash: SHA-256 (hex) of the canonical JSON of `content`.
        published_at: the official instant.
    """

    id: UUID
    number: int
    content: PlanContent
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


class Preview(msgspec.Struct, frozen=True):
    """The next edition before it is published, beside the one in force (None at first)."""

    number: int
    drawn: PlanContent
    current: PlanContent | None
    is_same: bool
