"""The typed façade: one method for each hook of one province, each ending in time."""

from types import TracebackType
from typing import Self, cast

from core.plugin.checks import problems
from core.plugin.content import PlanContent
from core.plugin.demo import DemoTree
from core.plugin.enums import ReportKind
from core.plugin.errors import PluginError
from core.plugin.forms import (
    ConfigSchema,
    DocumentTemplates,
    DossierRequest,
    DossierRequirements,
    ReportForm,
    ReportFormRequest,
)
from core.plugin.judging import EligibilityRequest, EligibilityResult, ScoreRequest, ScoreResult
from core.plugin.manager import PluginManager, installed
from core.plugin.plan import (
    AwardRung,
    ContentRequest,
    Criterion,
    Indicator,
    Movement,
    ProvinceInfo,
    ScheduleRow,
    Standard,
)
from core.plugin.sandbox import CONTENT_SECONDS, JUDGING_SECONDS, HookProcess
from core.plugin.spec import API_VERSION


class Province:
    """One province's plugin. Every method blocks and raises PluginError, nothing else.

    Use it as a context manager, or call ``close`` after the last judging call: the helper
    process lives until then.
    """

    def __init__(
        self,
        slug: str,
        manager: PluginManager | None = None,
        *,
        content_seconds: float = CONTENT_SECONDS,
        judging_seconds: float = JUDGING_SECONDS,
    ) -> None:
        self.plugin = (manager or installed()).get(slug)
        self._content_seconds = content_seconds
        self._judging_seconds = judging_seconds
        self._process = HookProcess(self.plugin)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the helper process; the next call starts another."""
        self._process.close()

    def content(self, request: ContentRequest = ContentRequest()) -> PlanContent:  # noqa: B008
        """Everything the plan says, checked: what a plan edition freezes. Ends the process."""
        try:
            criteria = self.criteria(request)
            indicators = self.indicators(request)
            content = PlanContent(
                plugin=self.plugin.slug,
                plugin_version=self.plugin.version,
                api_version=API_VERSION,
                province_info=self.province_info(request),
                movement=self.movement(request),
                criteria=criteria,
                standards=self.standards(request),
                indicators=indicators,
                schedule=self.reporting_schedule(request),
                ladder=self.award_ladder(request),
                report_forms=tuple(
                    self.report_form(
                        ReportFormRequest(
                            report_kind=kind, criteria=criteria, indicators=indicators
                        )
                    )
                    for kind in ReportKind
                ),
                document_templates=self.document_templates(request),
                config_schema=self.config_schema(request),
            )
        finally:
            self.close()
        found = problems(content)
        if found:
            raise PluginError(self.plugin.slug, self.plugin.version, "content", "; ".join(found))
        return content

    def province_info(self, request: ContentRequest) -> ProvinceInfo:
        """Hook ``province_info``."""
        return cast("ProvinceInfo", self._say("province_info", request))

    def movement(self, request: ContentRequest) -> Movement:
        """Hook ``movement``."""
        return cast("Movement", self._say("movement", request))

    def criteria(self, request: ContentRequest) -> tuple[Criterion, ...]:
        """Hook ``criteria``."""
        return cast("tuple[Criterion, ...]", self._say("criteria", request))

    def standards(self, request: ContentRequest) -> tuple[Standard, ...]:
        """Hook ``standards``."""
        return cast("tuple[Standard, ...]", self._say("standards", request))

    def indicators(self, request: ContentRequest) -> tuple[Indicator, ...]:
        """Hook ``indicators``."""
        return cast("tuple[Indicator, ...]", self._say("indicators", request))

    def reporting_schedule(self, request: ContentRequest) -> tuple[ScheduleRow, ...]:
        """Hook ``reporting_schedule``."""
        return cast("tuple[ScheduleRow, ...]", self._say("reporting_schedule", request))

    def award_ladder(self, request: ContentRequest) -> tuple[AwardRung, ...]:
        """Hook ``award_ladder``."""
        return cast("tuple[AwardRung, ...]", self._say("award_ladder", request))

    def eligibility(self, request: EligibilityRequest) -> EligibilityResult:
        """Hook ``eligibility``, within the judging budget."""
        return cast("EligibilityResult", self._judge("eligibility", request))

    def score(self, request: ScoreRequest) -> ScoreResult:
        """Hook ``score``, within the judging budget."""
        return cast("ScoreResult", self._judge("score", request))

    def dossier_requirements(self, request: DossierRequest) -> DossierRequirements:
        """Hook ``dossier_requirements``."""
        return cast("DossierRequirements", self._say("dossier_requirements", request))

    def report_form(self, request: ReportFormRequest) -> ReportForm:
        """Hook ``report_form``."""
        return cast("ReportForm", self._say("report_form", request))

    def document_templates(self, request: ContentRequest) -> DocumentTemplates:
        """Hook ``document_templates``."""
        return cast("DocumentTemplates", self._say("document_templates", request))

    def config_schema(self, request: ContentRequest) -> ConfigSchema:
        """Hook ``config_schema``."""
        return cast("ConfigSchema", self._say("config_schema", request))

    def demo(self, request: ContentRequest = ContentRequest()) -> DemoTree:  # noqa: B008
        """Hook ``demo``."""
        return cast("DemoTree", self._say("demo", request))

    def _say(self, hook: str, request: object) -> object:
        return self._process.call(hook, request, seconds=self._content_seconds)

    def _judge(self, hook: str, request: object) -> object:
        return self._process.call(hook, request, seconds=self._judging_seconds)
