"""Judgement of the sample plan: replace the rule below by those of your plan."""

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
    """The ladder, one standard of the plan, the law; an unknown fact stays pending."""
    unity = finding(
        "internal_unity",
        state_of(request.internal_unity),
        "Nội bộ đoàn kết.",
        "Kế hoạch của Sở Y tế, mục III.2",
    )
    by_law = default_eligibility(request).findings
    return EligibilityResult(findings=(ladder_finding(request, LADDER), unity, *by_law))
