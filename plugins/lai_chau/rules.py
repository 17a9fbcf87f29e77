"""Judgement of the plan of Lai Châu: exemplary in keeping the law, the rest by law."""

from pathlib import Path

from core.plugin.api import (
    ContentRequest,
    EligibilityRequest,
    EligibilityResult,
    TomlPlan,
    default_eligibility,
    finding,
    hookimpl,
    ladder_finding,
    state_of,
)

PLAN = TomlPlan(Path(__file__).with_name("plan.toml"))
LADDER = PLAN.award_ladder(ContentRequest())


@hookimpl
def eligibility(request: EligibilityRequest) -> EligibilityResult:
    """The ladder, keeping the Party's line and the law, the law on awards."""
    obeys = finding(
        "obeys_law",
        state_of(request.obeys_law),
        "Gương mẫu chấp hành tốt chủ trương, đường lối của Đảng, chính sách, pháp luật "
        "của Nhà nước.",
        "Kế hoạch của Trung tâm Kiểm soát bệnh tật tỉnh, mục III.2.b",
    )
    by_law = default_eligibility(request).findings
    return EligibilityResult(findings=(ladder_finding(request, LADDER), obeys, *by_law))
