"""The published form of a plugin's content: what ``thidua plugin show SLUG --json`` prints."""

import datetime as dt

import msgspec

from core.plugin.content import PlanContent
from core.plugin.enums import (
    Action,
    Applicability,
    Comparison,
    Level,
    Occasion,
    ReportKind,
    Requirement,
    SubjectKind,
)
from core.plugin.plan import Office, Value


class ShownPhase(Value, frozen=True):
    """A phase of the movement, in calendar years."""

    id: str
    start: int = msgspec.field(name="from")
    end: int = msgspec.field(name="to")
    review_year: int


class ShownMovement(Value, frozen=True):
    """The movement by its name in the plan."""

    name: str
    phases: tuple[ShownPhase, ...]


class ShownCriterion(Value, frozen=True):
    """A criterion in the plan's words; ``phase`` null: it holds for the whole movement."""

    id: str
    phase: str | None
    subject_kind: SubjectKind
    order: int
    text: str
    applicability: Applicability
    requires: tuple[Requirement, ...]


class ShownIndicator(Value, frozen=True):
    """A measured target: a number, or [low, high] for a rank."""

    id: str
    text: str
    comparison: Comparison
    target: int | float | tuple[int, int]
    unit: str
    by_year: int | None


class ShownScheduleRow(Value, frozen=True):
    """A report; ``due_at`` maps a year to the exclusive instant in +07:00."""

    report_kind: ReportKind
    from_level: Level
    to_level: Level
    stated: bool
    rule: str
    due_at: dict[int, dt.datetime]


class ShownRung(Value, frozen=True):
    """An award for one kind of subject; null where the plan does not say."""

    award: str
    issuer: str | None
    subject_kind: SubjectKind
    occasion: Occasion | None
    action: Action | None
    legal_basis: str


class ShownStandard(Value, frozen=True):
    """An award standard in the plan's words."""

    subject_kind: SubjectKind
    order: int
    text: str


class ShownDocument(Value, frozen=True):
    """A document that the plan rests on or names."""

    number: str
    date: dt.date | None
    issuer: str
    title: str


class ShownPlugin(Value, frozen=True):
    """Everything a plugin says, with the keys of its JSON Schema."""

    slug: str
    official_code: str
    department: str
    movement: ShownMovement
    criteria: tuple[ShownCriterion, ...]
    indicators: tuple[ShownIndicator, ...]
    schedule: tuple[ShownScheduleRow, ...]
    ladder: tuple[ShownRung, ...]
    standards: tuple[ShownStandard, ...]
    offices: tuple[Office, ...]
    legal_basis: tuple[ShownDocument, ...]
    stated_gaps: tuple[str, ...]


def shown(content: PlanContent) -> ShownPlugin:
    """Pick the published fields out of a plan's content."""
    info = content.province_info
    picked = {
        "slug": info.slug,
        "official_code": info.official_code,
        "department": info.department,
        "movement": _pick(content.movement, ShownMovement),
        "criteria": _pick_all(content.criteria, ShownCriterion),
        "indicators": _pick_all(content.indicators, ShownIndicator),
        "schedule": _pick_all(content.schedule, ShownScheduleRow),
        "ladder": _pick_all(content.ladder, ShownRung),
        "standards": _pick_all(content.standards, ShownStandard),
        "offices": info.offices,
        "legal_basis": _pick_all(info.legal_basis, ShownDocument),
        "stated_gaps": info.stated_gaps,
    }
    return msgspec.convert(picked, ShownPlugin, from_attributes=True)


def _pick(source: msgspec.Struct, target: type[Value]) -> dict[str, object]:
    picked: dict[str, object] = {}
    for field in msgspec.structs.fields(target):
        value = getattr(source, field.name)
        if field.name == "phases":
            value = _pick_all(value, ShownPhase)
        picked[field.encode_name] = value
    return picked


def _pick_all(
    rows: tuple[msgspec.Struct, ...], target: type[Value]
) -> tuple[dict[str, object], ...]:
    return tuple(_pick(row, target) for row in rows)


def as_json(content: PlanContent) -> str:
    """The published object as indented JSON with real Vietnamese letters."""
    return msgspec.json.format(msgspec.json.encode(shown(content)), indent=2).decode()


def json_schema() -> dict[str, object]:
    """JSON Schema (2020-12) of the published object."""
    schema: dict[str, object] = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "thidua plugin show",
        "description": (
            "What a province plugin says, in its plan's own words. Dates before which a "
            "report is due are exclusive instants in +07:00."
        ),
    }
    return schema | msgspec.json.schema(ShownPlugin)
