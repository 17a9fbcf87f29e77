"""The way of a nomination as one table: state, action, next state. Anything else is a conflict."""

from __future__ import annotations

from enum import StrEnum

from core.errors import ConflictError


class State(StrEnum):
    """Where a nomination stands, in the clerk's words (see `WORDS`)."""

    DRAFT = "draft"
    SENT = "sent"
    RECEIVED = "received"
    RETURNED = "returned"
    APPRAISAL = "appraisal"
    COUNCIL = "council"
    SUBMITTED = "submitted"
    DECIDED = "decided"
    FORWARDED = "forwarded"
    NOT_AWARDED = "not_awarded"
    WITHDRAWN = "withdrawn"
    REVOKED = "revoked"


class Action(StrEnum):
    """What is done to a nomination."""

    SEND = "send"
    WITHDRAW = "withdraw"
    REOPEN = "reopen"
    RECEIVE = "receive"
    RETURN = "return"
    APPRAISE = "appraise"
    TO_COUNCIL = "to_council"
    BACK_TO_APPRAISAL = "back_to_appraisal"
    SUBMIT = "submit"
    REJECT = "reject"
    LOWER = "lower"
    DECIDE = "decide"
    FORWARD = "forward"
    DECIDED_ABOVE = "decided_above"
    REFUSED_ABOVE = "refused_above"
    REVOKE = "revoke"


WORDS: dict[State, str] = {
    State.DRAFT: "Nháp",
    State.SENT: "Đã gửi",
    State.RECEIVED: "Tiếp nhận",
    State.RETURNED: "Trả lại bổ sung",
    State.APPRAISAL: "Thẩm định",
    State.COUNCIL: "Họp Hội đồng",
    State.SUBMITTED: "Trình",
    State.DECIDED: "Đã quyết định",
    State.FORWARDED: "Trình cấp trên",
    State.NOT_AWARDED: "Không đạt",
    State.WITHDRAWN: "Thu hồi",
    State.REVOKED: "Đã hủy bỏ",
}

# `submit`: agreed by the council (or by the officer where the rung needs no council), put to the
# one who decides. `reject`: by the officer, the council or the one who decides, with a reason.
TRANSITIONS: dict[tuple[State, Action], State] = {
    (State.DRAFT, Action.SEND): State.SENT,
    (State.RETURNED, Action.SEND): State.SENT,
    (State.WITHDRAWN, Action.REOPEN): State.DRAFT,
    (State.SENT, Action.RECEIVE): State.RECEIVED,
    (State.RECEIVED, Action.RETURN): State.RETURNED,
    (State.RECEIVED, Action.APPRAISE): State.APPRAISAL,
    (State.RECEIVED, Action.REJECT): State.NOT_AWARDED,
    (State.APPRAISAL, Action.RETURN): State.RETURNED,
    (State.APPRAISAL, Action.TO_COUNCIL): State.COUNCIL,
    (State.APPRAISAL, Action.SUBMIT): State.SUBMITTED,
    (State.APPRAISAL, Action.REJECT): State.NOT_AWARDED,
    (State.APPRAISAL, Action.LOWER): State.APPRAISAL,
    (State.COUNCIL, Action.BACK_TO_APPRAISAL): State.APPRAISAL,
    (State.COUNCIL, Action.SUBMIT): State.SUBMITTED,
    (State.COUNCIL, Action.REJECT): State.NOT_AWARDED,
    (State.SUBMITTED, Action.BACK_TO_APPRAISAL): State.APPRAISAL,
    (State.SUBMITTED, Action.REJECT): State.NOT_AWARDED,
    (State.SUBMITTED, Action.DECIDE): State.DECIDED,
    (State.SUBMITTED, Action.FORWARD): State.FORWARDED,
    (State.FORWARDED, Action.DECIDED_ABOVE): State.DECIDED,
    (State.FORWARDED, Action.REFUSED_ABOVE): State.NOT_AWARDED,
    (State.NOT_AWARDED, Action.BACK_TO_APPRAISAL): State.APPRAISAL,
    (State.DECIDED, Action.REVOKE): State.REVOKED,
    **{
        (state, Action.WITHDRAW): State.WITHDRAWN
        for state in (
            State.SENT,
            State.RECEIVED,
            State.RETURNED,
            State.APPRAISAL,
            State.COUNCIL,
            State.SUBMITTED,
        )
    },
}

# Still on its way: counts for the conflict ledger and for quotas.
ALIVE = (
    State.SENT,
    State.RECEIVED,
    State.RETURNED,
    State.APPRAISAL,
    State.COUNCIL,
    State.SUBMITTED,
    State.FORWARDED,
)
EDITABLE = (State.DRAFT, State.RETURNED)


def next_state(state: str, action: Action) -> State:
    """Return where an action leads.

    Raises:
        ConflictError: the action is not possible from here; says where the nomination stands.
    """
    found = TRANSITIONS.get((State(state), action))
    if found is None:
        message = f"Đề nghị đang ở trạng thái “{WORDS[State(state)]}” nên không làm được việc này."
        raise ConflictError(message)
    return found
