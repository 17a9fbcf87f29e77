"""What the verifier reads and what it finds."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Protocol
from uuid import UUID

import msgspec


class Head(msgspec.Struct, frozen=True):
    """The last link of a chain; a chain without links has seq 0 and no hash."""

    seq: int
    hash: str


class Link(msgspec.Struct, frozen=True):
    """One event as its hash covers it.

    Attributes:
        line: everything that the hash covers beside the previous hash.
    """

    seq: int
    id: UUID
    line: str
    prev_hash: str
    hash: str


class Anchor(msgspec.Struct, frozen=True):
    """A head that was written down outside the database.

    Attributes:
        chain: which chain (a department's id, or `platform`).
        at: when, by the clock of the machine that wrote it.
    """

    chain: str
    seq: int
    hash: str
    at: datetime


class Chain(Protocol):
    """A chain that can be verified: a department's trail, or the platform's own.

    `name` also is the folder of its anchors.
    """

    name: str

    async def head(self) -> Head:
        """Return the head that the database keeps."""

    async def links(self, after: tuple[int, UUID], limit: int) -> list[Link]:
        """Return the next links after (number, id), by number, then id."""

    async def unlinked(self) -> int:
        """Count committed events that stand in no chain."""


class Fault(StrEnum):
    """What can be wrong with a chain."""

    MISSING = "missing"
    DOUBLED = "doubled"
    ALTERED = "altered"
    BROKEN = "broken"
    UNLINKED = "unlinked"
    CUT = "cut"
    REMADE = "remade"


class Finding(msgspec.Struct, frozen=True):
    """One fault: which, at what number, and a sentence in Vietnamese."""

    fault: Fault
    seq: int
    sentence: str


class Report(msgspec.Struct, frozen=True):
    """The outcome of a verification.

    Attributes:
        first: number of the first event looked at.
        checked: events whose hash was computed anew.
        anchors: how many anchors were compared.
        findings: at most `MOST_FINDINGS`; `faults` counts all of them.
    """

    chain: str
    head: Head
    first: int
    checked: int
    anchors: int
    last_anchor: Anchor | None
    faults: int
    findings: list[Finding]

    @property
    def is_sound(self) -> bool:
        """Whether nothing is wrong."""
        return self.faults == 0


class Search(msgspec.Struct, frozen=True):
    """What is asked of the trail; empty fields ask nothing.

    Attributes:
        person: part of a name or user name, or `he-thong` for what nobody signed for.
        start, end: days, both included.
    """

    person: str = ""
    table: str = ""
    action: str = ""
    record: UUID | None = None
    start: date | None = None
    end: date | None = None


class Change(msgspec.Struct, frozen=True):
    """One column of an event in words; `record` is the id behind a reference.

    Attributes:
        is_hashed: the content was not kept, only that it changed.
    """

    column: str
    before: str
    after: str
    is_hashed: bool = False
    record: str = ""


class EventView(msgspec.Struct, frozen=True):
    """One event of the trail in words."""

    seq: int
    at: datetime
    who: str
    reason: str
    table: str
    action: str
    record: UUID | None
    changes: list[Change]


class TrailPage(msgspec.Struct, frozen=True):
    """One page of the trail, newest first; `after` is the cursor of the next page, or None."""

    rows: list[EventView]
    after: int | None
