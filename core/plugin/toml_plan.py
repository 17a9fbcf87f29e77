"""A plan as a TOML file: the plan's texts and dates as data that a department can proof-read.

A plugin makes one ``TomlPlan`` and takes from it the hooks that need no judgement::

    PLAN = TomlPlan(Path(__file__).with_name("plan.toml"))
    criteria = PLAN.criteria
"""

import datetime as dt
import tomllib
from pathlib import Path
from typing import TypeVar

import msgspec

from core.plugin import defaults
from core.plugin.demo import DemoTree
from core.plugin.enums import (
    Action,
    Applicability,
    Level,
    Occasion,
    ReportKind,
    Requirement,
    SettingKind,
    SubjectKind,
)
from core.plugin.forms import ConfigSchema, ConfigSetting, ReportForm, ReportFormRequest
from core.plugin.plan import (
    AwardRung,
    ContentRequest,
    Criterion,
    Indicator,
    Movement,
    ProvinceInfo,
    ScheduleRow,
    Standard,
    Value,
)
from core.plugin.spec import hookimpl

Contents = TypeVar("Contents", bound=Value)

YEARS = range(2025, 2031)
LOCAL = dt.timezone(dt.timedelta(hours=7))
_REPORT_NAMES = {
    ReportKind.PLAN: "kế hoạch",
    ReportKind.ANNUAL: "báo cáo hằng năm",
    ReportKind.PRELIMINARY_REVIEW: "báo cáo sơ kết",
    ReportKind.FINAL_REVIEW: "báo cáo tổng kết",
    ReportKind.ON_REQUEST: "báo cáo đột xuất",
}
_LEVEL_NAMES = {
    Level.SUBUNIT: "khoa, phòng",
    Level.UNIT: "đơn vị",
    Level.DEPARTMENT: "Sở",
    Level.HIGHER: "cấp trên",
}


class _CriterionRow(Value, frozen=True):
    subject_kind: SubjectKind
    text: str
    title: str
    section: str
    line: int
    phase: str | None = None
    applicability: Applicability = Applicability.ALWAYS
    applicability_note: str | None = None
    requires: tuple[Requirement, ...] = ()


class _ScheduleRow(Value, frozen=True):
    report_kind: ReportKind
    from_level: Level
    to_level: Level
    stated: bool
    rule: str
    before: str | None = None
    recipient: str | None = None
    binds_author_only: bool = False
    line: int | None = None


class _RungRow(Value, frozen=True):
    award: str
    subjects: tuple[SubjectKind, ...]
    legal_basis: str
    line: int
    issuer: str | None = None
    occasions: tuple[Occasion, ...] = ()
    action: Action | None = None


class _StandardRow(Value, frozen=True):
    subjects: tuple[SubjectKind, ...]
    text: str
    line: int


class _FormRule(Value, frozen=True):
    merge_with_general_report: bool
    merge_note: str


class _File(Value, frozen=True):
    citation: str
    province: ProvinceInfo
    movement: Movement
    criterion: tuple[_CriterionRow, ...]
    schedule: tuple[_ScheduleRow, ...]
    rung: tuple[_RungRow, ...]
    indicator: tuple[Indicator, ...] = ()
    standard: tuple[_StandardRow, ...] = ()
    setting: tuple[ConfigSetting, ...] = ()
    report_form: _FormRule | None = None


class TomlPlan:
    """The content hooks of a plan that is written down in ``plan.toml`` and ``demo.toml``.

    Raises msgspec.ValidationError at import time where a field is missing or misspelt.
    """

    def __init__(self, path: Path) -> None:
        self._file = _read(path, _File)
        self._demo_path = path.with_name("demo.toml")

    @hookimpl
    def province_info(self, request: ContentRequest) -> ProvinceInfo:  # noqa: ARG002
        """Names, codes, origin, legal basis, offices and gaps as written."""
        return self._file.province

    @hookimpl
    def movement(self, request: ContentRequest) -> Movement:  # noqa: ARG002
        """Name and phases as written."""
        return self._file.movement

    @hookimpl
    def criteria(self, request: ContentRequest) -> tuple[Criterion, ...]:  # noqa: ARG002
        """Criteria as written, numbered for each kind of subject."""
        counts = dict.fromkeys(SubjectKind, 0)
        rows = []
        for row in self._file.criterion:
            counts[row.subject_kind] += 1
            order = counts[row.subject_kind]
            rows.append(
                Criterion(
                    id=f"{row.subject_kind}_{order}",
                    subject_kind=row.subject_kind,
                    order=order,
                    text=row.text,
                    title=row.title,
                    reference=f"{self._file.citation}, mục {row.section}",
                    phase=row.phase,
                    applicability=row.applicability,
                    applicability_note=row.applicability_note,
                    requires=row.requires,
                    source_line=row.line,
                )
            )
        return tuple(rows)

    @hookimpl
    def standards(self, request: ContentRequest) -> tuple[Standard, ...]:  # noqa: ARG002
        """Standards as written, one row for each kind of subject, numbered within it."""
        counts = dict.fromkeys(SubjectKind, 0)
        rows = []
        for row in self._file.standard:
            for subject in row.subjects:
                counts[subject] += 1
                rows.append(
                    Standard(
                        subject_kind=subject,
                        order=counts[subject],
                        text=row.text,
                        source_line=row.line,
                    )
                )
        return tuple(rows)

    @hookimpl
    def indicators(self, request: ContentRequest) -> tuple[Indicator, ...]:  # noqa: ARG002
        """Measured targets as written."""
        return self._file.indicator

    @hookimpl
    def reporting_schedule(self, request: ContentRequest) -> tuple[ScheduleRow, ...]:  # noqa: ARG002
        """Rows as written, with the exclusive instants of the years 2025 to 2030."""
        return tuple(
            ScheduleRow(
                report_kind=row.report_kind,
                from_level=row.from_level,
                to_level=row.to_level,
                stated=row.stated,
                rule=row.rule,
                due_at=instants_before(row.before) if row.before else {},
                recipient=row.recipient,
                binds_author_only=row.binds_author_only,
                source_line=row.line,
            )
            for row in self._file.schedule
        )

    @hookimpl
    def award_ladder(self, request: ContentRequest) -> tuple[AwardRung, ...]:  # noqa: ARG002
        """One rung for each occasion and kind of subject of a written row."""
        steps = [
            (row, occasion, subject)
            for row in self._file.rung
            for occasion in (row.occasions or (None,))
            for subject in row.subjects
        ]
        return tuple(
            AwardRung(
                id=f"rung_{number}",
                award=row.award,
                issuer=row.issuer,
                subject_kind=subject,
                occasion=occasion,
                action=row.action,
                legal_basis=row.legal_basis,
                source_line=row.line,
            )
            for number, (row, occasion, subject) in enumerate(steps, start=1)
        )

    @hookimpl
    def report_form(self, request: ReportFormRequest) -> ReportForm:
        """Give the platform's form, with the plan's permission to merge reports, if any."""
        form = defaults.report_form(request)
        rule = self._file.report_form
        if rule is None or request.report_kind is ReportKind.PLAN:
            return form
        return msgspec.structs.replace(
            form,
            merge_with_general_report=rule.merge_with_general_report,
            merge_note=rule.merge_note,
        )

    @hookimpl
    def config_schema(self, request: ContentRequest) -> ConfigSchema:  # noqa: ARG002
        """One day for each report without a stated day, then the written settings."""
        days = [_day_setting(row) for row in self._file.schedule if row.before is None]
        return ConfigSchema(settings=(*days, *self._file.setting))

    @hookimpl
    def demo(self, request: ContentRequest) -> DemoTree:  # noqa: ARG002
        """Tree and people of ``demo.toml`` beside the plan."""
        return _read(self._demo_path, DemoTree)


def instants_before(day: str) -> dict[int, dt.datetime]:
    """Read "before dd/mm" as the first instant of that day in +07:00, for 2025 to 2030."""
    number, month = (int(part) for part in day.split("/"))
    return {year: dt.datetime(year, month, number, tzinfo=LOCAL) for year in YEARS}


def _day_setting(row: _ScheduleRow) -> ConfigSetting:
    name = _REPORT_NAMES[row.report_kind]
    step = f"{_LEVEL_NAMES[row.from_level]} gửi {_LEVEL_NAMES[row.to_level]}"
    return ConfigSetting(
        key=f"due_{row.report_kind}_{row.from_level}_{row.to_level}",
        kind=SettingKind.DAY_OF_YEAR,
        label=f"Hạn nộp {name} ({step}): trước ngày",
        help=f"Kế hoạch: {row.rule}",
    )


def _read(path: Path, kind: type[Contents]) -> Contents:
    with path.open("rb") as stream:
        return msgspec.convert(tomllib.load(stream), type=kind)
