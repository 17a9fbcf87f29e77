"""The platform's own answers: they stand where a province's plugin does not answer."""

from core.plugin.demo import DemoTree
from core.plugin.enums import Applicability, FindingState, PartKind, SubjectKind
from core.plugin.findings import finding
from core.plugin.forms import (
    ConfigSchema,
    DocumentTemplates,
    DossierItem,
    DossierRequest,
    DossierRequirements,
    FormPart,
    ReportForm,
    ReportFormRequest,
)
from core.plugin.judging import EligibilityRequest, EligibilityResult, ScoreRequest, ScoreResult
from core.plugin.plan import ContentRequest, Criterion, Indicator, Standard
from core.plugin.spec import default_impl

_LAW = "Luật Thi đua, khen thưởng số 06/2022/QH15"
_DOSSIER_BASIS = f"khoản 2 Điều 84 {_LAW}"


@default_impl
def standards(request: ContentRequest) -> tuple[Standard, ...]:  # noqa: ARG001
    """No award standards of its own."""
    return ()


@default_impl
def indicators(request: ContentRequest) -> tuple[Indicator, ...]:  # noqa: ARG001
    """No measured targets."""
    return ()


@default_impl
def document_templates(request: ContentRequest) -> DocumentTemplates:  # noqa: ARG001
    """No templates of its own."""
    return DocumentTemplates()


@default_impl
def config_schema(request: ContentRequest) -> ConfigSchema:  # noqa: ARG001
    """Nothing to set."""
    return ConfigSchema()


@default_impl
def demo(request: ContentRequest) -> DemoTree:  # noqa: ARG001
    """No demo tree."""
    return DemoTree()


@default_impl
def eligibility(request: EligibilityRequest) -> EligibilityResult:
    """Apply the law alone: flags are for collectives (Điều 20), the rest is the council's."""
    rows = []
    if request.award.startswith("Cờ"):
        state = (
            FindingState.MET
            if request.subject_kind is SubjectKind.COLLECTIVE
            else FindingState.NOT_MET
        )
        text = "Cờ thi đua là danh hiệu dành cho tập thể."
        rows.append(finding("flag_for_collectives", state, text, f"Điều 20 {_LAW}"))
    text = "Xét khen thưởng theo quy định của pháp luật về thi đua, khen thưởng."
    rows.append(finding("law", FindingState.NEEDS_JUDGEMENT, text, _LAW))
    return EligibilityResult(findings=tuple(rows))


@default_impl
def score(request: ScoreRequest) -> ScoreResult:
    """Sum points over the criteria that have a maximum; no sum while points are missing."""
    rated = [part for part in request.parts if part.maximum is not None]
    if not rated:
        return ScoreResult(total=None, maximum=None, note="Kế hoạch không đặt điểm tối đa.")
    maximum = sum(part.maximum or 0.0 for part in rated)
    points = [part.points for part in rated if part.points is not None]
    if len(points) < len(rated):
        missing = len(rated) - len(points)
        return ScoreResult(total=None, maximum=maximum, note=f"Còn {missing} tiêu chí chưa chấm.")
    return ScoreResult(total=sum(points), maximum=maximum, note="Tổng điểm các tiêu chí.")


@default_impl
def dossier_requirements(request: DossierRequest) -> DossierRequirements:  # noqa: ARG001
    """Ask for the three papers of the law (khoản 2 Điều 84)."""
    papers = (
        ("submission_letter", "Tờ trình kèm danh sách đề nghị khen thưởng"),
        ("achievement_report", "Báo cáo thành tích có xác nhận của cấp trình"),
        ("minutes", "Biên bản xét khen thưởng"),
    )
    return DossierRequirements(
        items=tuple(
            DossierItem(id=key, text=text, required=True, legal_basis=_DOSSIER_BASIS)
            for key, text in papers
        )
    )


@default_impl
def report_form(request: ReportFormRequest) -> ReportForm:
    """One part for each collective criterion, then figures, initiatives, difficulties."""
    parts = [
        criterion_part(criterion)
        for criterion in request.criteria
        if criterion.subject_kind is SubjectKind.COLLECTIVE
    ]
    if request.indicators:
        parts.append(_INDICATORS)
    return ReportForm(report_kind=request.report_kind, parts=(*parts, *_CLOSING))


def criterion_part(criterion: Criterion) -> FormPart:
    """Return the part that asks about one criterion."""
    asked = criterion.applicability is not Applicability.AWAITING_GUIDANCE
    return FormPart(
        id=criterion.id,
        kind=PartKind.CRITERION,
        title=criterion.title,
        text=criterion.text,
        help=(
            "Nêu việc đã làm, kết quả cụ thể (số liệu, sản phẩm, thời điểm) và so với cùng kỳ; "
            "đính kèm minh chứng nếu có."
        ),
        criterion_id=criterion.id,
        asked=asked,
        not_asked_reason=None if asked else criterion.applicability_note,
        self_assessment=asked,
        evidence=asked,
        words_from=80 if asked else None,
        words_to=400 if asked else None,
    )


_INDICATORS = FormPart(
    id="indicators",
    kind=PartKind.INDICATORS,
    title="Kết quả thực hiện các chỉ tiêu",
    text="Kết quả thực hiện các chỉ tiêu có số liệu của kế hoạch.",
    help="Nhập số liệu đến ngày báo cáo. Dùng dấu phẩy hoặc dấu chấm thập phân đều được.",
)
_CLOSING = (
    FormPart(
        id="initiatives",
        kind=PartKind.INITIATIVES,
        title="Sáng kiến, mô hình tiêu biểu",
        text="Sáng kiến, giải pháp, mô hình mới trong kỳ báo cáo.",
        help="Ghi tên, tác giả, phạm vi áp dụng và hiệu quả đo được; không có thì ghi rõ.",
        evidence=True,
        words_from=0,
        words_to=400,
    ),
    FormPart(
        id="difficulties_proposals",
        kind=PartKind.DIFFICULTIES_PROPOSALS,
        title="Khó khăn, vướng mắc và kiến nghị",
        text="Khó khăn, vướng mắc, nguyên nhân và kiến nghị, đề xuất.",
        help="Nêu ngắn gọn vướng mắc, nguyên nhân và kiến nghị gửi cấp nào.",
        words_from=0,
        words_to=300,
    ),
)
