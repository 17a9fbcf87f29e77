"""Judgement of the plan of Hà Nội: the digital-skills certificate and the DTI rank."""

from pathlib import Path

from core.plugin.api import (
    ContentRequest,
    EligibilityFinding,
    EligibilityRequest,
    EligibilityResult,
    FindingState,
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
_PLAN = "Kế hoạch của Sở Y tế"


@hookimpl
def eligibility(request: EligibilityRequest) -> EligibilityResult:
    """The ladder, the certificate of individuals, the DTI rank of ranked collectives, the law."""
    own = (
        _certificate(request)
        if request.subject_kind is SubjectKind.INDIVIDUAL
        else _dti_rank(request)
    )
    by_law = default_eligibility(request).findings
    return EligibilityResult(findings=(ladder_finding(request, LADDER), *own, *by_law))


def _certificate(request: EligibilityRequest) -> tuple[EligibilityFinding, ...]:
    text = (
        "Được đánh giá, xác nhận hoàn thành phổ cập kiến thức, kỹ năng số cơ bản theo "
        "Quyết định số 757/QĐ-BKHCN ngày 29/4/2025."
    )
    state = state_of(request.digital_skills_certificate)
    return (finding("digital_skills_certificate", state, text, f"{_PLAN}, mục III.1.b"),)


def _dti_rank(request: EligibilityRequest) -> tuple[EligibilityFinding, ...]:
    """Weigh the rank only for ranked units, and only once the guidance on the index exists."""
    if request.subject_kind is not SubjectKind.COLLECTIVE or request.ranked_by_dti is False:
        return ()
    text = "Điểm trung bình 5 năm về chỉ số DTI xếp từ thứ 01 đến 05."
    reference = f"{_PLAN}, mục III.1.a"
    if not request.dti_guidance_issued:
        reason = "Chưa áp dụng: chưa có hướng dẫn về xác định chỉ số."
        return (finding("dti_rank", FindingState.PENDING, text, reference, reason, weighs=False),)
    if request.ranked_by_dti is None or request.dti_rank is None:
        return (finding("dti_rank", FindingState.PENDING, text, reference),)
    return (finding("dti_rank", state_of(1 <= request.dti_rank <= 5), text, reference),)
