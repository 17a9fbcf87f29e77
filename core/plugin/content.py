"""Everything that one plugin says, in one value: what a plan edition freezes."""

import datetime as dt

from core.plugin.enums import Level, PlanSource, ReportKind, SubjectKind
from core.plugin.forms import ConfigSchema, DocumentTemplates, ReportForm
from core.plugin.plan import (
    AwardRung,
    Criterion,
    Indicator,
    Movement,
    Phase,
    ProvinceInfo,
    ScheduleRow,
    Standard,
    Value,
)


class PlanContent(Value, frozen=True):
    """The whole content of a plan with the plugin that carried it; JSON by msgspec and back."""

    plugin: str
    plugin_version: str
    api_version: str
    province_info: ProvinceInfo
    movement: Movement
    criteria: tuple[Criterion, ...]
    standards: tuple[Standard, ...]
    indicators: tuple[Indicator, ...]
    schedule: tuple[ScheduleRow, ...]
    ladder: tuple[AwardRung, ...]
    report_forms: tuple[ReportForm, ...]
    document_templates: DocumentTemplates
    config_schema: ConfigSchema

    @property
    def source(self) -> PlanSource:
        """Whether the department or a unit inside it wrote the plan."""
        return self.province_info.plan.source

    @property
    def author(self) -> str:
        """Name of the body that wrote the plan."""
        return self.province_info.plan.author

    def criteria_for(self, subject_kind: SubjectKind) -> tuple[Criterion, ...]:
        """Criteria of one kind of subject in the plan's order."""
        return tuple(row for row in self.criteria if row.subject_kind is subject_kind)

    def phase_of(self, year: int) -> Phase | None:
        """The phase of a year; a year in two phases (2027) belongs to the earlier one."""
        for phase in self.movement.phases:
            if phase.start <= year <= phase.end:
                return phase
        return None

    def report_form(self, report_kind: ReportKind) -> ReportForm:
        """Form of one kind of report; every kind has one."""
        return next(form for form in self.report_forms if form.report_kind is report_kind)

    def schedule_row(
        self, report_kind: ReportKind, from_level: Level, to_level: Level
    ) -> ScheduleRow | None:
        """The row of one step, or None where the plan has none for it."""
        for row in self.schedule:
            if (row.report_kind, row.from_level, row.to_level) == (
                report_kind,
                from_level,
                to_level,
            ):
                return row
        return None

    def due_at(
        self, report_kind: ReportKind, year: int, from_level: Level, to_level: Level
    ) -> dt.datetime | None:
        """Exclusive instant by which a report is due, or None where the plan states no day."""
        row = self.schedule_row(report_kind, from_level, to_level)
        return row.due_at.get(year) if row else None

    def inner_deadlines(self) -> tuple[ScheduleRow, ...]:
        """Steps inside the unit that wrote the plan; they bind only that unit."""
        return tuple(row for row in self.schedule if row.binds_author_only)
