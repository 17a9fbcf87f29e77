"""Award rounds, lists and nominations as other rooms and the pages see them."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

import msgspec


class RoundView(msgspec.Struct, frozen=True, kw_only=True):
    """An award round; `due_at` is exclusive. `counts`: nominations by state, drafts left out."""

    id: UUID
    edition_id: UUID
    unit_id: UUID
    unit_name: str
    unit_path: str
    name: str
    occasion: str
    year: int
    period_from: date
    period_to: date
    due_at: datetime | None
    note: str
    state: str
    opened_at: datetime
    closed_at: datetime | None
    counts: dict[str, int] = {}

    @property
    def total(self) -> int:
        """How many nominations have been sent (whatever became of them)."""
        return sum(self.counts.values())


class NewRound(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A round to be opened; without a name it gets one from occasion and year."""

    unit_id: UUID
    occasion: str
    year: int
    period_from: date
    period_to: date
    due_at: datetime | None = None
    name: str = ""
    note: str = ""


class ListView(msgspec.Struct, frozen=True, kw_only=True):
    """A unit's list in a round; `counts`: its nominations by state."""

    id: UUID
    round_id: UUID
    unit_id: UUID
    unit_name: str
    unit_path: str
    letter_number: str
    letter_date: date | None
    note: str
    created_at: datetime
    counts: dict[str, int] = {}


class SubjectRow(msgspec.Struct, frozen=True):
    """Somebody who may be chosen: a unit, a person of the register, or somebody outside."""

    id: UUID
    name: str
    title: str
    unit_id: UUID
    unit_name: str
    unit_path: str
    taken: int = 0


class SubjectPage(msgspec.Struct, frozen=True):
    """One page of subjects; `after` is the cursor of the next page, or None."""

    rows: list[SubjectRow]
    after: UUID | None


class NominationRow(msgspec.Struct, frozen=True, kw_only=True):
    """A nomination in a list; columns as in the table, with the paths that rights hang on."""

    id: UUID
    list_id: UUID
    round_id: UUID
    unit_id: UUID
    unit_name: str
    subject_kind: str
    subject_id: UUID
    subject_name: str
    subject_title: str
    subject_unit_name: str
    rung_key: str
    award: str
    award_kind: str
    issuer: str
    action: str
    occasion: str
    year: int
    state: str
    version: int
    last_version_number: int
    eligibility: str
    completeness: int
    sent_at: datetime | None
    state_note: str
    created_by: UUID | None
    unit_path: str
    list_path: str
    list_unit_id: UUID
    round_path: str
    round_unit_id: UUID
    round_state: str
    round_name: str
    edition_id: UUID
    due_at: datetime | None
    period_from: date
    period_to: date


class NominationPage(msgspec.Struct, frozen=True):
    """One page of nominations; `after` is the cursor of the next page, or None."""

    rows: list[NominationRow]
    after: UUID | None


class PartState(msgspec.Struct, frozen=True, kw_only=True):
    """A part as it stands: its body, lock, and the return that waits for an answer."""

    key: str
    body: dict[str, object]
    version: int
    saved_at: datetime | None
    saved_by: str
    return_reason: str = ""
    return_due_at: datetime | None = None
    is_mended: bool = False


class EvidenceRow(msgspec.Struct, frozen=True):
    """A file of a part."""

    id: UUID
    part_key: str
    file_id: UUID
    name: str
    size: int
    sha256: str


class EventRow(msgspec.Struct, frozen=True):
    """One step that was taken."""

    action: str
    from_state: str
    to_state: str
    note: str
    actor_name: str
    at: datetime


class SavedPart(msgspec.Struct, frozen=True, kw_only=True):
    """What saving a part answers (the page's script reads it)."""

    part_key: str
    version: int
    saved_at: datetime
    saved_at_text: str
    completeness: int
    missing: tuple[str, ...]


class AppraisalRow(msgspec.Struct, frozen=True):
    """An officer's opinion."""

    recommendation: str
    lower_award: str
    opinion: str
    made_by: str
    made_at: datetime
