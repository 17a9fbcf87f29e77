"""What a department sets beside its plan: typed, frozen into each edition, empty at first."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

import msgspec

from core.plugin.api import Level, Occasion, ReportKind, SubjectKind

Setting = bool | int | float | str


class _Value(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Base of the parts: what is not set is left out of the JSON."""


class DayRule(_Value, frozen=True):
    """A day of the department's own: `last_day` ("dd/mm") is the last one on time.

    Where the plan states a day, `decision_number` and `file_id` are always there.
    """

    last_day: str
    decision_number: str = ""
    decision_date: date | None = None
    file_id: UUID | None = None
    file_name: str = ""


class Quota(_Value, frozen=True):
    """Limits of one rung: how many, what share (percent), from how many points."""

    count: int | None = None
    percent: Decimal | None = None
    points: Decimal | None = None


class Signer(StrEnum):
    """Who signs an award that the plan gives to nobody (Điều 80 khoản 1)."""

    DEPARTMENT = "department"
    UNIT = "unit"
    EITHER = "either"


class RungChoice(_Value, frozen=True):
    """What the department says of a rung where the plan is silent: occasions, who signs."""

    occasions: tuple[Occasion, ...] = ()
    signer: Signer | None = None


class OwnCriterion(_Value, frozen=True):
    """A criterion that the department asks beside those of the plan."""

    id: str
    subject_kind: SubjectKind
    title: str
    text: str
    evidence: bool = False
    self_assessment: bool = False


class OwnStandard(_Value, frozen=True):
    """An award standard of the department's own."""

    subject_kind: SubjectKind
    text: str


class PlanPaper(_Value, frozen=True):
    """The department's own plan as a paper."""

    number: str
    date: date
    title: str
    file_id: UUID
    file_name: str


class Filing(_Value, frozen=True):
    """A report of an earlier year that was filed on paper; `unit_name` as it was then."""

    unit_id: UUID
    unit_name: str
    report_kind: ReportKind
    year: int
    filed_on: date
    note: str = ""


class MailWording(_Value, frozen=True):
    """Subject and text of the mails of one event, with placeholders in braces."""

    subject: str
    body: str


class OfficeContact(_Value, frozen=True):
    """Whom units turn to: an office of the plan, or one of the department's own."""

    office: str
    person: str = ""
    phone: str = ""
    email: str = ""


class DepartmentValues(_Value, frozen=True):
    """Everything that a department has set; each field is a section of its draft.

    Attributes:
        settings: by key of the plugin's `config_schema`.
        weights: maximum points by id of a criterion.
        days: by `day_key`.
        reminders: days before the end; empty means the platform's own.
        quotas: by `rung_key`.
        rungs: by `rung_key` of the plan, only where the plan is silent.
        mails: by `core.notifications.schemas.Event`.
    """

    settings: dict[str, Setting] = {}
    weights: dict[str, Decimal] = {}
    days: dict[str, DayRule] = {}
    reminders: tuple[int, ...] = ()
    quotas: dict[str, Quota] = {}
    rungs: dict[str, RungChoice] = {}
    criteria: tuple[OwnCriterion, ...] = ()
    standards: tuple[OwnStandard, ...] = ()
    plan_paper: PlanPaper | None = None
    filings: tuple[Filing, ...] = ()
    mails: dict[str, MailWording] = {}
    offices: tuple[OfficeContact, ...] = ()

    def file_ids(self) -> set[UUID]:
        """Return the stored files that these values name."""
        named = {rule.file_id for rule in self.days.values() if rule.file_id}
        return named | ({self.plan_paper.file_id} if self.plan_paper else set())


SECTIONS: tuple[str, ...] = DepartmentValues.__struct_fields__
NOTHING = DepartmentValues()


def day_key(kind: ReportKind, from_level: Level, to_level: Level) -> str:
    """Return the name of one step of the schedule."""
    return f"{kind}.{from_level}.{to_level}"


def values_of(raw: dict[str, object]) -> DepartmentValues:
    """Read values from their JSON form."""
    return msgspec.convert(raw, DepartmentValues, strict=False)


def plain(values: DepartmentValues) -> dict[str, object]:
    """Return the JSON form: what is not set is left out."""
    made: dict[str, object] = msgspec.json.decode(msgspec.json.encode(values))
    return made
