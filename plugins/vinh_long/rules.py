"""Judgement of the plan of Vĩnh Long: the quota of the final review, the exceptional case."""

from pathlib import Path

from core.plugin.api import (
    ContentRequest,
    EligibilityFinding,
    EligibilityRequest,
    EligibilityResult,
    FindingState,
    Occasion,
    TomlPlan,
    default_eligibility,
    finding,
    hookimpl,
    ladder_finding,
    state_of,
)

PLAN = TomlPlan(Path(__file__).with_name("plan.toml"))
LADDER = PLAN.award_ladder(ContentRequest())
STATE_LEVEL = "khen thưởng cấp nhà nước"


@hookimpl
def eligibility(request: EligibilityRequest) -> EligibilityResult:
    """The ladder, the quota of the final review, the exceptional case at state level, the law."""
    own = (*_quota(request), *_exceptional(request))
    by_law = default_eligibility(request).findings
    return EligibilityResult(findings=(ladder_finding(request, LADDER), *own, *by_law))


def _quota(request: EligibilityRequest) -> tuple[EligibilityFinding, ...]:
    """Standards and numbers stand under "c) Khen thưởng tổng kết" (line 341) and bind there."""
    if request.occasion not in (Occasion.FINAL_REVIEW, None):
        return ()
    text = (
        "Tiêu chuẩn, số lượng khen thưởng theo hướng dẫn của Sở Nội vụ trên cơ sở "
        "Hướng dẫn số 3751/HD-BNV."
    )
    reference = "Kế hoạch của Sở Y tế, mục III.2.c"
    return (finding("quota", state_of(request.within_quota), text, reference),)


def _exceptional(request: EligibilityRequest) -> tuple[EligibilityFinding, ...]:
    """Only the exceptionally outstanding may be put to state level (lines 308-310)."""
    if request.award != STATE_LEVEL:
        return ()
    text = "Lập được thành tích đặc biệt xuất sắc, tiêu biểu."
    reference = "Kế hoạch của Sở Y tế, mục III.2.b"
    return (finding("exceptional", FindingState.NEEDS_JUDGEMENT, text, reference),)
