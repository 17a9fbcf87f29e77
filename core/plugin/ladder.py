"""The rules that every ladder shares: the award must stand on it, for this subject, now."""

from collections.abc import Sequence

from core.plugin.enums import FindingState
from core.plugin.findings import finding
from core.plugin.judging import EligibilityFinding, EligibilityRequest
from core.plugin.plan import AwardRung


def ladder_finding(request: EligibilityRequest, ladder: Sequence[AwardRung]) -> EligibilityFinding:
    """Hold a nomination against the ladder; a rung without an occasion fits every occasion."""
    text = "Hình thức khen thưởng có trong kế hoạch, đúng đối tượng và đúng dịp."
    same_award = [rung for rung in ladder if rung.award == request.award]
    if not same_award:
        reason = "Kế hoạch không nêu hình thức này."
        return finding("ladder", FindingState.NOT_MET, text, "Kế hoạch", reason)
    reference = same_award[0].legal_basis
    same_subject = [rung for rung in same_award if rung.subject_kind is request.subject_kind]
    if not same_subject:
        reason = "Hình thức này không dành cho loại đối tượng được đề nghị."
        return finding("ladder", FindingState.NOT_MET, text, reference, reason)
    occasions = {rung.occasion for rung in same_subject}
    if None in occasions or request.occasion in occasions:
        return finding("ladder", FindingState.MET, text, reference, "Có trong kế hoạch.")
    reason = "Kế hoạch không nêu hình thức này cho dịp được chọn."
    state = FindingState.PENDING if request.occasion is None else FindingState.NOT_MET
    return finding("ladder", state, text, reference, reason)
