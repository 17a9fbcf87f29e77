"""Public lists, opinions, complaints and revocations as services and pages see them."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

import msgspec


class Stance(StrEnum):
    """What somebody says to a list; a complaint becomes a case of its own."""

    SUPPORT = "support"
    OBJECTION = "objection"
    COMPLAINT = "complaint"


class ComplaintState(StrEnum):
    """How far a complaint is."""

    RECEIVED = "received"
    VERIFYING = "verifying"
    UPHELD = "upheld"
    DISMISSED = "dismissed"


class Ground(StrEnum):
    """Why an award is taken back (Luật Thi đua, khen thưởng, Điều 93)."""

    FALSE_DECLARATION = "false_declaration"
    FORGED_DOSSIER = "forged_dossier"
    UNLAWFUL_PROCEDURE = "unlawful_procedure"
    LATER_FINDING = "later_finding"


class PublicEntry(msgspec.Struct, frozen=True):
    """Somebody on a public list: nothing else is published (Luật 91/2025/QH15, Điều 16)."""

    id: UUID
    position: int
    name: str
    title: str
    unit_name: str
    award: str


class PublicList(msgspec.Struct, frozen=True, kw_only=True):
    """A public list; without entries before its first and after its last day."""

    code: str
    title: str
    unit_name: str
    opens_on: date
    closes_on: date
    is_open: bool
    entries: tuple[PublicEntry, ...] = ()


class RoundToPublish(msgspec.Struct, frozen=True):
    """A round with candidates that the council agreed to and that are on no public list yet."""

    id: UUID
    name: str
    unit_name: str
    waiting: int


class ConsultationRow(msgspec.Struct, frozen=True):
    """A line of the list of consultations."""

    id: UUID
    code: str
    title: str
    round_name: str
    unit_name: str
    opens_on: date
    closes_on: date
    entries: int
    opinions: int
    objections: int


class OpinionRow(msgspec.Struct, frozen=True):
    """An opinion. `channel`: site | paper."""

    id: UUID
    entry_id: UUID
    stance: str
    channel: str
    author_name: str
    body: str
    received_at: datetime


class ConsultationView(msgspec.Struct, frozen=True, kw_only=True):
    """A consultation with its list and what was said."""

    id: UUID
    round_id: UUID
    round_name: str
    unit_id: UUID
    unit_name: str
    unit_path: str
    code: str
    title: str
    opens_on: date
    closes_on: date
    working_days: int
    legal_basis: str
    published_by: str
    published_at: datetime
    is_open: bool
    entries: tuple[ConsultationEntryRow, ...] = ()
    opinions: tuple[OpinionRow, ...] = ()
    may_change: bool = False


class ConsultationEntryRow(msgspec.Struct, frozen=True):
    """Somebody on a list, for who handles it."""

    id: UUID
    nomination_id: UUID
    position: int
    name: str
    title: str
    unit_name: str
    award: str


class ComplaintRow(msgspec.Struct, frozen=True, kw_only=True):
    """A complaint.

    Attributes:
        about: the award that is asked for or was given. hold_id: the hold while it is verified.
        due_on: the day by which it should be concluded.
    """

    id: UUID
    nomination_id: UUID | None
    grant_id: UUID | None
    unit_id: UUID
    unit_name: str
    unit_path: str
    subject_name: str
    about: str
    complainant: str
    contact: str
    body: str
    received_on: date
    due_on: date | None
    state: ComplaintState
    hold_id: UUID | None
    conclusion: str
    recorded_by: str
    recorded_at: datetime
    concluded_by: str
    concluded_at: datetime | None


class ComplaintPage(msgspec.Struct, frozen=True):
    """One page of complaints, the newest first."""

    rows: list[ComplaintRow]
    after: UUID | None


class RevocationView(msgspec.Struct, frozen=True, kw_only=True):
    """An award being taken back.

    Attributes:
        state: proposed | decided | dropped.
        money_due: what was paid; money_back: what has come back, in đồng.
        money_returned_on: the day on which all of it was back.
        decision_state: how far the paper is; '' before there is one.
    """

    id: UUID
    grant_id: UUID
    ground: Ground
    facts: str
    state: str
    decision_id: UUID | None
    decision_state: str
    decision_number: str
    decided_on: date | None
    money_due: int
    money_back: int
    money_note: str
    money_returned_on: date | None
    proposed_by: str
    proposed_at: datetime
    subject_name: str
    award: str
    grant_number: str
    unit_path: str

    @property
    def money_left(self) -> int:
        """What is still to be paid back, once the decision is out."""
        return max(0, self.money_due - self.money_back) if self.state == "decided" else 0
