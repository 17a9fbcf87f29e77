"""What a plan says, as frozen values; texts are the plan's own words in Unicode NFC."""

import datetime as dt

import msgspec

from core.plugin.enums import (
    Action,
    Applicability,
    CitationRole,
    Comparison,
    Level,
    Occasion,
    PlanSource,
    ReportKind,
    Requirement,
    SubjectKind,
)


class Value(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Base of every value that crosses the plugin border: frozen, by keyword, closed."""


class ContentRequest(Value, frozen=True):
    """Argument of the content hooks: the day whose plan is wanted (None: the newest)."""

    on: dt.date | None = None


class ApiRange(Value, frozen=True):
    """Versions of this API that a plugin works with: ``minimum <= version < below``."""

    minimum: str
    below: str


class PlanOrigin(Value, frozen=True):
    """The paper that a plugin carries; number and date are None where the text has none."""

    source: PlanSource
    author: str
    title: str
    number: str | None = None
    date: dt.date | None = None


class ProvinceInfo(Value, frozen=True):
    """Names and codes of one province, its department, its plan and the API it needs.

    ``place`` is the place name for the date line of papers; ``unconfirmed`` marks an
    official code that no official source has confirmed yet.
    """

    slug: str
    name: str
    official_code: str
    official_code_confirmed: bool
    department: str
    people_committee: str
    place: str
    api: ApiRange
    plan: PlanOrigin
    legal_basis: tuple["LegalDocument", ...]
    offices: tuple["Office", ...]
    stated_gaps: tuple[str, ...]


class LegalDocument(Value, frozen=True):
    """A document that the plan rests on or names; ``date`` is None where the plan gives none."""

    number: str
    issuer: str
    title: str
    date: dt.date | None = None
    role: CitationRole = CitationRole.BASIS


class Office(Value, frozen=True):
    """A body that the plan gives duties to; several duties stand on lines of their own."""

    name: str
    duty: str


class Phase(Value, frozen=True):
    """A phase of the movement; a year that lies in two phases belongs to the earlier one."""

    id: str
    start: int = msgspec.field(name="from")
    end: int = msgspec.field(name="to")
    review_year: int
    review_text: str
    may_adjust_criteria: bool = False


class Movement(Value, frozen=True):
    """The movement: its name in the plan, its phases, the occasions on which it rewards.

    ``scored_by_blocks``: emulation blocks (khối, cụm) take it into their own scoring;
    ``weighs_on_head``: its result counts in the yearly rating of a unit's head. None where
    the plan does not say.
    """

    name: str
    phases: tuple[Phase, ...]
    occasions: tuple[Occasion, ...]
    scored_by_blocks: bool | None = None
    weighs_on_head: bool | None = None


class Criterion(Value, frozen=True):
    """One criterion in the plan's words.

    ``title`` is a shortening for lists (at most 60 characters), ``reference`` says where
    it stands in the plan, ``phase`` is None where it holds for the whole movement.
    """

    id: str
    subject_kind: SubjectKind
    order: int
    text: str
    title: str
    reference: str
    phase: str | None = None
    applicability: Applicability = Applicability.ALWAYS
    applicability_note: str | None = None
    requires: tuple[Requirement, ...] = ()
    source_line: int | None = None


class Indicator(Value, frozen=True):
    """A measured target; ``target`` is a number, or (low, high) for a rank."""

    id: str
    text: str
    comparison: Comparison
    target: int | float | tuple[int, int]
    unit: str
    by_year: int | None = None
    applicability: Applicability = Applicability.ALWAYS
    applicability_note: str | None = None
    source_line: int | None = None


class ScheduleRow(Value, frozen=True):
    """Who reports what to whom by when.

    ``due_at`` maps a year to the exclusive instant (a report filed at that instant is late).
    ``binds_author_only`` marks an inner date of a plan that a unit wrote for itself.
    """

    report_kind: ReportKind
    from_level: Level
    to_level: Level
    stated: bool
    rule: str
    due_at: dict[int, dt.datetime] = {}
    recipient: str | None = None
    binds_author_only: bool = False
    source_line: int | None = None


class AwardRung(Value, frozen=True):
    """One award for one kind of subject on one occasion; None where the plan does not say."""

    id: str
    award: str
    issuer: str | None
    subject_kind: SubjectKind
    occasion: Occasion | None
    action: Action | None
    legal_basis: str
    source_line: int | None = None


class Standard(Value, frozen=True):
    """An award standard in the plan's words."""

    subject_kind: SubjectKind
    order: int
    text: str
    source_line: int | None = None
