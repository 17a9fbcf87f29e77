"""Judgement of the plan of Lai Châu: exemplary in keeping the law, the rest by law."""

from pathlib import Path

from core.plugin.api import (
    ContentRequest,
    EligibilityFinding,
    EligibilityRequest,
    EligibilityResult,
    SubjectKind,
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
    by_law = default_eligibility(request).findings
    own = _obeys_law(request)
    return EligibilityResult(findings=(ladder_finding(request, LADDER), *own, *by_law))


def _obeys_law(request: EligibilityRequest) -> tuple[EligibilityFinding, ...]:
    """The standard names collectives and individuals (line 224), nobody else."""
    if request.subject_kind is SubjectKind.OTHER:
        return ()
    text = (
        "Gương mẫu chấp hành tốt chủ trương, đường lối của Đảng, chính sách, pháp luật của "
        "Nhà nước."
    )
    reference = "Kế hoạch của Trung tâm Kiểm soát bệnh tật tỉnh, mục III.2.b"
    return (finding("obeys_law", state_of(request.obeys_law), text, reference),)
