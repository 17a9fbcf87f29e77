"""What the reporting room gives to pages, the API and other rooms. Instants are aware."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Generic, TypeVar
from uuid import UUID

import msgspec

from core.plugin.api import Indicator

NARRATIVE_MAX = 20_000
NOTE_MAX = 2_000
LINE_MAX = 500
ITEMS_MAX = 50

Row = TypeVar("Row")


class Page(msgspec.Struct, Generic[Row], frozen=True):
    """One page of a list; `next_after` is the cursor of the next one, None at the end."""

    items: tuple[Row, ...]
    next_after: UUID | None


class FileRef(msgspec.Struct, frozen=True):
    """A file that hangs on something; `id` is the row of the link, `file_id` the file."""

    id: UUID
    file_id: UUID
    name: str
    media_type: str
    size: int
    sha256: str


class Counters(msgspec.Struct, frozen=True):
    """How the reports of one receiver stand in a round.

    `silent` = nothing submitted yet; `overdue` = silent after the day.
    """

    total: int
    by_state: dict[str, int]
    on_time: int
    late: int
    silent: int
    overdue: int


class RoundView(msgspec.Struct, frozen=True):
    """A round with the counters of one receiver.

    `due_source`: plan | department (its edition) | decision, round (this round alone) |
    not_stated. `rule` holds the plan's words
    about the day. `due_at` and `inner_due_at` are exclusive instants.
    """

    id: UUID
    kind: str
    year: int
    title: str
    message: str
    edition_id: UUID
    due_at: datetime | None
    inner_due_at: datetime | None
    due_source: str
    rule: str
    decision_number: str
    decision_file_id: UUID | None
    state: str
    opened_at: datetime
    closed_at: datetime | None
    receiver_unit_id: UUID
    receiver_name: str
    counters: Counters
    attachments: tuple[FileRef, ...] = ()


class ObligationRow(msgspec.Struct, frozen=True):
    """One unit in the list of a round."""

    obligation_id: UUID
    report_id: UUID
    unit_id: UUID
    unit_name: str
    unit_kind: str
    level: str
    state: str
    timing: str
    due_at: datetime | None
    is_overdue: bool
    submitted_at: datetime | None
    late_seconds: int | None
    activity_at: datetime | None
    parts_done: int
    parts_total: int
    parts_returned: int
    returned_due_at: datetime | None
    reminder_count: int
    reminded_at: datetime | None
    excused_reason: str
    is_extended: bool


class WorkItem(msgspec.Struct, frozen=True):
    """One report as it waits for somebody. `due_at` is the day that counts now."""

    report_id: UUID
    round_id: UUID
    round_title: str
    kind: str
    year: int
    unit_id: UUID
    unit_name: str
    receiver_name: str
    level: str
    state: str
    round_state: str
    timing: str
    due_at: datetime | None
    days_left: int | None
    is_overdue: bool
    parts_done: int
    parts_total: int
    parts_returned: int
    submitted_at: datetime | None
    late_seconds: int | None
    activity_at: datetime | None
    verb: str


class MyWork(msgspec.Struct, frozen=True):
    """What waits for one person, each list ordered by the day it is due.

    `sign_offs`: reports that wait for this head; `to_review`: reports that wait for this officer
    (the first 50, `to_review_total` in all).
    """

    returned: tuple[WorkItem, ...]
    overdue: tuple[WorkItem, ...]
    sign_offs: tuple[WorkItem, ...]
    due: tuple[WorkItem, ...]
    waiting: tuple[WorkItem, ...]
    done: tuple[WorkItem, ...]
    to_review: tuple[WorkItem, ...]
    to_review_total: int


class PartView(msgspec.Struct, frozen=True):
    """One part: what the form asks, what was written, what the receiver said."""

    id: UUID
    key: str
    kind: str
    position: int
    title: str
    text: str
    reference: str
    source_line: int | None
    help: str
    is_asked: bool
    not_asked_reason: str
    has_self_assessment: bool
    has_evidence: bool
    words_from: int | None
    words_to: int | None
    indicators: tuple[Indicator, ...]
    fields: dict[str, Any]
    version: int
    is_done: bool
    review: str
    return_reason: str
    return_due_at: datetime | None
    saved_by: str
    saved_at: datetime | None
    evidence: tuple[FileRef, ...]
    is_editable: bool


class EventView(msgspec.Struct, frozen=True):
    """One step of the report's life."""

    action: str
    from_state: str
    to_state: str
    part_keys: tuple[str, ...]
    note: str
    actor_name: str
    at: datetime


class VersionView(msgspec.Struct, frozen=True):
    """What was submitted; `content` is immutable, `content_hash` its SHA-256 (canonical JSON)."""

    id: UUID
    report_id: UUID
    number: int
    content: dict[str, Any]
    content_hash: str
    receipt_code: str
    submitted_at: datetime
    submitted_by: str
    on_behalf: bool
    due_at: datetime | None
    late_seconds: int | None


class ReportView(msgspec.Struct, frozen=True):
    """A report as one person may see it; `actions` are those that this person may do now."""

    id: UUID
    obligation_id: UUID
    round_id: UUID
    round_title: str
    round_state: str
    kind: str
    year: int
    unit_id: UUID
    unit_name: str
    receiver_unit_id: UUID
    receiver_name: str
    level: str
    edition_id: UUID
    state: str
    version: int
    due_at: datetime | None
    returned_due_at: datetime | None
    submitted_at: datetime | None
    timing: str
    late_seconds: int | None
    parts_done: int
    parts_total: int
    parts_returned: int
    on_behalf_by: UUID | None
    excused_reason: str
    merge_allowed: bool
    merge_note: str
    parts: tuple[PartView, ...]
    events: tuple[EventView, ...]
    actions: tuple[str, ...]
    last_version_id: UUID | None
    last_version_number: int
    receipt_code: str


class Missing(msgspec.Struct, frozen=True):
    """What a report still lacks, and where."""

    part_key: str
    field: str
    sentence: str


class SavedPart(msgspec.Struct, frozen=True):
    """The outcome of a save; `missing` is what this part still lacks."""

    part_key: str
    version: int
    state: str
    saved_at: datetime
    saved_at_text: str
    is_done: bool
    parts_done: int
    parts_total: int
    missing: tuple[Missing, ...]


class Receipt(msgspec.Struct, frozen=True):
    """Proof of a submission with the official instant."""

    report_id: UUID
    version_id: UUID
    number: int
    receipt_code: str
    content_hash: str
    submitted_at: datetime
    due_at: datetime | None
    timing: str
    late_seconds: int | None
    on_behalf: bool


class InnerPart(msgspec.Struct, frozen=True):
    """An accepted part of an inner report."""

    key: str
    title: str
    fields: dict[str, Any]
    is_taken: bool


class InnerReport(msgspec.Struct, frozen=True):
    """An inner report with its accepted parts."""

    report_id: UUID
    unit_id: UUID
    unit_name: str
    state: str
    parts: tuple[InnerPart, ...]


class Span(msgspec.Struct, frozen=True):
    """A run of words; `op`: same | del | ins."""

    op: str
    text: str


class FieldDifference(msgspec.Struct, frozen=True):
    """One field in two versions, by word."""

    name: str
    label: str
    old: str
    new: str
    spans: tuple[Span, ...]


class PartDifference(msgspec.Struct, frozen=True):
    """One part in two versions; `is_changed` is False where nothing differs."""

    key: str
    title: str
    review: str
    is_changed: bool
    fields: tuple[FieldDifference, ...]
    evidence_added: tuple[str, ...]
    evidence_removed: tuple[str, ...]
