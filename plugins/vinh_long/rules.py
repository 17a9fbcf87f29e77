"""Judgement of the plan of Vĩnh Long: numbers of awards are a quota from the guidance."""

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
    """The ladder, the quota that the department entered, the law."""
    quota = finding(
        "quota",
        state_of(request.within_quota),
        "Tiêu chuẩn, số lượng khen thưởng theo hướng dẫn của Sở Nội vụ trên cơ sở "
        "Hướng dẫn số 3751/HD-BNV.",
        "Kế hoạch của Sở Y tế, mục III.2.c",
    )
    by_law = default_eligibility(request).findings
    return EligibilityResult(findings=(ladder_finding(request, LADDER), quota, *by_law))
