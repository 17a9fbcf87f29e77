"""A grant of support as the department's pages show it."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import msgspec


class GrantView(msgspec.Struct, frozen=True):
    """A grant. `operators`: who came in by it; `pages`: how many pages were looked at."""

    id: UUID
    role: str
    reason: str
    granted_by: str
    granted_at: datetime
    expires_at: datetime
    ended_at: datetime | None
    ended_by: str
    is_in_force: bool
    operators: list[str]
    pages: int


class Visit(msgspec.Struct, frozen=True):
    """A page that an operator has looked at."""

    operator_name: str
    path: str
    visited_at: datetime


class Banner(msgspec.Struct, frozen=True):
    """What every page of the department says while a grant lasts."""

    grant_id: UUID
    expires_at: datetime
    reason: str
    operators: list[str]
