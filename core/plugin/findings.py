"""Small tools with which rules turn facts into findings."""

from core.plugin.enums import FindingState, Rating
from core.plugin.judging import EligibilityFinding

_REASONS = {
    FindingState.MET: "Đã có căn cứ xác nhận.",
    FindingState.NOT_MET: "Không đạt theo thông tin đã nhập.",
    FindingState.PENDING: "Chưa có thông tin.",
    FindingState.NEEDS_JUDGEMENT: "Hội đồng xem xét, kết luận.",
}


def state_of(fact: bool | None) -> FindingState:
    """Met, not met, or pending where the fact is not known yet."""
    if fact is None:
        return FindingState.PENDING
    return FindingState.MET if fact else FindingState.NOT_MET


def finding(
    rule: str,
    state: FindingState,
    text: str,
    reference: str,
    reason: str | None = None,
    *,
    weighs: bool = True,
) -> EligibilityFinding:
    """Build a finding; without a reason of its own it gets the state's general one.

    .. versionchanged:: 1.2
       ``weighs`` (False: the rule does not apply yet).
    """
    return EligibilityFinding(
        rule=rule,
        state=state,
        text=text,
        reference=reference,
        reason=reason or _REASONS[state],
        weighs=weighs,
    )


def at_least(rating: Rating | None, wanted: Rating) -> bool | None:
    """Whether a yearly rating reaches the wanted one; None while there is no rating."""
    if rating is None:
        return None
    order = list(Rating)
    return order.index(rating) >= order.index(wanted)


def any_known(*facts: bool | None) -> bool | None:
    """Three-valued "or": True wins, then unknown, then False."""
    if any(facts):
        return True
    return None if None in facts else False
