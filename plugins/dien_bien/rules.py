"""Judgement of the plan of Điện Biên: awards are bound to occasions, the rest is the law."""

from pathlib import Path

from core.plugin.api import (
    ContentRequest,
    EligibilityRequest,
    EligibilityResult,
    TomlPlan,
    default_eligibility,
    hookimpl,
    ladder_finding,
)

PLAN = TomlPlan(Path(__file__).with_name("plan.toml"))
LADDER = PLAN.award_ladder(ContentRequest())


@hookimpl
def eligibility(request: EligibilityRequest) -> EligibilityResult:
    """The ladder with its occasions, and the law."""
    by_law = default_eligibility(request).findings
    return EligibilityResult(findings=(ladder_finding(request, LADDER), *by_law))
