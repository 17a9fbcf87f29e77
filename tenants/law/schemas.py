"""Legal parameters as the department's pages show them."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

import msgspec

from core.law.schemas import Decision, Parameter


class Line(msgspec.Struct, frozen=True):
    """One key in the list.

    Attributes:
        row: in force today (or the next one, when nothing is).
        next_day: the first day of the next value, if one is known.
    """

    row: Parameter
    next_day: date | None


class Theme(msgspec.Struct, frozen=True):
    """The lines of one theme; `unconfirmed` of them are not confirmed."""

    name: str
    lines: list[Line]
    unconfirmed: int


class DecisionView(msgspec.Struct, frozen=True):
    """A decision with who made it and, when it was revoked, who and why."""

    decision: Decision
    note: str
    file_name: str
    made_by: str
    made_at: datetime
    revoked_at: datetime | None
    revoked_by: str
    revoke_reason: str

    @property
    def id(self) -> UUID:
        """The decision's id."""
        return self.decision.id


class ParameterView(msgspec.Struct, frozen=True):
    """Everything about one key.

    Attributes:
        row: in force today (or the next one).
        history: the catalogue's rows, newest first.
        decisions: all of the department's, newest first, revoked ones too.
    """

    row: Parameter
    history: list[Parameter]
    decisions: list[DecisionView]
    may_confirm: bool
    may_replace: bool
    may_end: bool


class Paper(msgspec.Struct, frozen=True):
    """The decision on paper, as it was typed; the file is the upload's name and content."""

    number: str
    dated: str
    note: str
    file: tuple[str, bytes] | None
