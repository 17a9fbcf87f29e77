"""A consolidation: what the program counted, and what people wrote about it."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

import msgspec


class IndicatorFigure(msgspec.Struct, frozen=True):
    """One unit's figure; `value` is a plain decimal or '' where only a note was given.

    `reached` is None where the figure cannot be compared with the target.
    """

    unit_id: UUID
    unit_name: str
    value: str
    note: str
    reached: bool | None


class IndicatorSummary(msgspec.Struct, frozen=True):
    """An indicator over all reporting units.

    No sum and no average is made: the plan does not say how units are added up. The spread
    (lowest, middle, highest) and how many reached the target are counted. `target` is in words.
    """

    id: str
    text: str
    unit: str
    comparison: str
    target: str
    by_year: int | None
    reporting: int
    reached: int
    lowest: str
    middle: str
    highest: str
    figures: tuple[IndicatorFigure, ...]


class GatheredText(msgspec.Struct, frozen=True):
    """What one unit wrote on one part, in its latest submitted version."""

    unit_id: UUID
    unit_name: str
    report_id: UUID
    text: str
    self_assessment: str = ""


class PartSummary(msgspec.Struct, frozen=True):
    """One part over all reporting units; `assessments` counts chua_dat, dat, vuot."""

    key: str
    title: str
    text: str
    reference: str
    assessments: dict[str, int]
    gathered: tuple[GatheredText, ...]


class InitiativeRow(msgspec.Struct, frozen=True):
    """One initiative with the unit that reports it."""

    unit_name: str
    name: str
    author: str
    result: str
    recognised_by: str


class MissingUnit(msgspec.Struct, frozen=True):
    """A unit of which no submitted report counts; `state` says why."""

    unit_id: UUID
    unit_name: str
    state: str
    due_at: datetime | None
    is_overdue: bool


class Source(msgspec.Struct, frozen=True):
    """A report version that was counted."""

    report_id: UUID
    unit_name: str
    number: int
    content_hash: str
    state: str
    timing: str


class Figures(msgspec.Struct, frozen=True):
    """Everything the program counted, at one instant.

    `obliged` leaves out the excused; `reported` = submitted at least once and not withdrawn;
    `on_time` and `late` split `reported` (without a stated day, all are on time: `timed` is how
    many had a day); `accepted` are done.
    """

    as_of: datetime
    obliged: int
    excused: int
    reported: int
    on_time: int
    late: int
    timed: int
    accepted: int
    by_state: dict[str, int]
    parts: tuple[PartSummary, ...]
    indicators: tuple[IndicatorSummary, ...]
    initiatives: tuple[InitiativeRow, ...]
    missing: tuple[MissingUnit, ...]
    sources: tuple[Source, ...]

    @property
    def reported_rate(self) -> float:
        """Reports in hand per report owed, in percent (0 where nothing is owed)."""
        return 100 * self.reported / self.obliged if self.obliged else 0.0

    @property
    def on_time_rate(self) -> float:
        """Reports on time per report in hand that had a day, in percent (0 where none had)."""
        return 100 * (self.timed - self.late) / self.timed if self.timed else 0.0


class TextPart(msgspec.Struct, frozen=True):
    """A text of the consolidation; `is_edited` texts survive a new count."""

    key: str
    title: str
    text: str
    is_edited: bool = False


class ConsolidationView(msgspec.Struct, frozen=True):
    """A consolidation with everything its page and its paper need.

    Attributes:
        state: draft | approved | issued.
        number_notation: letters after the number, for example "BC-SYT".
        actions: what this actor may do now (edit, refresh, approve, issue, attach_signed).
    """

    id: UUID
    round_id: UUID
    round_title: str
    round_kind: str
    year: int
    edition_id: UUID
    receiver_unit_id: UUID
    receiver_name: str
    is_provisional: bool
    state: str
    version: int
    figures: Figures
    texts: tuple[TextPart, ...]
    made_at: datetime
    made_by: str
    approved_at: datetime | None
    approved_by: str
    issued_at: datetime | None
    issued_by: str
    number: int | None
    number_year: int | None
    number_notation: str
    document_date: date | None
    signed_file_id: UUID | None
    actions: tuple[str, ...]

    def text(self, key: str) -> str:
        """Return one text by its key, or ''."""
        return next((part.text for part in self.texts if part.key == key), "")


class ConsolidationRow(msgspec.Struct, frozen=True):
    """A consolidation in the list of a round."""

    id: UUID
    receiver_unit_id: UUID
    receiver_name: str
    is_provisional: bool
    state: str
    made_at: datetime
    made_by: str
    number: int | None
    number_year: int | None
    document_date: date | None


class RoundHead(msgspec.Struct, frozen=True):
    """The round that a consolidation is made of."""

    id: UUID
    title: str
    kind: str
    year: int
    state: str
    edition_id: UUID


class TodayRow(msgspec.Struct, frozen=True, kw_only=True):
    """The reports of a round that stand with one unit of today's tree.

    `how`: same | merged | split | closed; `was`: names under which they were owed, where other.
    """

    unit_id: UUID
    name: str
    how: str
    was: tuple[str, ...]
    owed: int
    filed: int
    on_time: int
    late: int
    accepted: int
    excused: int


class TodayTable(msgspec.Struct, frozen=True):
    """A round of one receiver by the units of today."""

    round: RoundHead
    receiver_name: str
    rows: tuple[TodayRow, ...]
