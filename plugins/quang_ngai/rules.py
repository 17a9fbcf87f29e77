"""Judgement of the plan of Quảng Ngãi: its basic standards for collectives and individuals."""

from pathlib import Path

from core.plugin.api import (
    ContentRequest,
    EligibilityFinding,
    EligibilityRequest,
    EligibilityResult,
    Rating,
    SubjectKind,
    TomlPlan,
    any_known,
    at_least,
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
    """The ladder, the basic standards of mục III.2, the law."""
    if request.subject_kind is SubjectKind.COLLECTIVE:
        own = _collective(request)
    elif request.subject_kind is SubjectKind.INDIVIDUAL:
        own = _individual(request)
    else:
        own = ()
    by_law = default_eligibility(request).findings
    return EligibilityResult(findings=(ladder_finding(request, LADDER), *own, *by_law))


def _collective(request: EligibilityRequest) -> tuple[EligibilityFinding, ...]:
    rated_well = "được xếp loại chất lượng hàng năm ở mức “Hoàn thành tốt nhiệm vụ” trở lên."
    facts = (
        ("obeys_law", request.obeys_law, "Chấp hành tốt chủ trương, chính sách, pháp luật."),
        ("internal_unity", request.internal_unity, "Nội bộ đoàn kết."),
        (
            "movement_organised",
            request.movement_organised,
            "Tổ chức Phong trào thi đua thiết thực, hiệu quả.",
        ),
        ("clear_change", request.clear_change, "Tạo được sự chuyển biến rõ rệt, hiệu quả."),
        ("rating", at_least(request.rating, Rating.COMPLETED_WELL), f"Đơn vị {rated_well}"),
        (
            "leadership_rating",
            at_least(request.leadership_rating, Rating.COMPLETED_WELL),
            f"Tập thể lãnh đạo, quản lý {rated_well}",
        ),
    )
    return tuple(
        finding(rule, state_of(fact), text, "Kế hoạch của Trung tâm, mục III.2.1")
        for rule, fact, text in facts
    )


def _individual(request: EligibilityRequest) -> tuple[EligibilityFinding, ...]:
    merit = any_known(request.has_initiative, request.has_contributions)
    facts = (
        ("obeys_law", request.obeys_law, "Chấp hành tốt chủ trương, chính sách, pháp luật."),
        ("merit", merit, "Có sáng kiến, giải pháp hoặc có nhiều đóng góp."),
        (
            "rating",
            at_least(request.rating, Rating.COMPLETED_WELL),
            "Được xếp loại chất lượng “Hoàn thành tốt nhiệm vụ” trở lên.",
        ),
    )
    return tuple(
        finding(rule, state_of(fact), text, "Kế hoạch của Trung tâm, mục III.2.2")
        for rule, fact, text in facts
    )
