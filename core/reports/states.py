"""The life of a report as one table: state, action, next state. Anything else is a conflict."""

from __future__ import annotations

from enum import StrEnum

from core.errors import ConflictError


class State(StrEnum):
    """Where a report stands."""

    NOT_STARTED = "not_started"
    DRAFTING = "drafting"
    AWAITING_SIGN_OFF = "awaiting_sign_off"
    SUBMITTED = "submitted"
    IN_REVIEW = "in_review"
    RETURNED = "returned"
    ACCEPTED = "accepted"
    EXCUSED = "excused"


class Action(StrEnum):
    """What a person does to a report."""

    SAVE_PART = "save_part"
    REQUEST_SIGN_OFF = "request_sign_off"
    GIVE_BACK = "give_back"
    SUBMIT = "submit"
    WITHDRAW = "withdraw"
    START_REVIEW = "start_review"
    ACCEPT_PARTS = "accept_parts"
    RETURN_PARTS = "return_parts"
    EXCUSE = "excuse"
    UNEXCUSE = "unexcuse"


class Review(StrEnum):
    """What the receiver said about one part."""

    OPEN = "open"
    ACCEPTED = "accepted"
    RETURNED = "returned"


# Every allowed step with the states it may lead to; the service picks where there are two.
TRANSITIONS: dict[tuple[State, Action], tuple[State, ...]] = {
    (State.NOT_STARTED, Action.SAVE_PART): (State.DRAFTING,),
    (State.DRAFTING, Action.SAVE_PART): (State.DRAFTING,),
    (State.RETURNED, Action.SAVE_PART): (State.RETURNED,),
    (State.DRAFTING, Action.REQUEST_SIGN_OFF): (State.AWAITING_SIGN_OFF,),
    (State.RETURNED, Action.REQUEST_SIGN_OFF): (State.AWAITING_SIGN_OFF,),
    (State.AWAITING_SIGN_OFF, Action.GIVE_BACK): (State.DRAFTING, State.RETURNED),
    (State.DRAFTING, Action.SUBMIT): (State.SUBMITTED,),
    (State.RETURNED, Action.SUBMIT): (State.SUBMITTED,),
    (State.AWAITING_SIGN_OFF, Action.SUBMIT): (State.SUBMITTED,),
    (State.SUBMITTED, Action.WITHDRAW): (State.DRAFTING, State.RETURNED),
    (State.SUBMITTED, Action.START_REVIEW): (State.IN_REVIEW,),
    (State.IN_REVIEW, Action.ACCEPT_PARTS): (State.IN_REVIEW, State.ACCEPTED),
    (State.IN_REVIEW, Action.RETURN_PARTS): (State.RETURNED,),
    (State.NOT_STARTED, Action.EXCUSE): (State.EXCUSED,),
    (State.DRAFTING, Action.EXCUSE): (State.EXCUSED,),
    (State.AWAITING_SIGN_OFF, Action.EXCUSE): (State.EXCUSED,),
    (State.RETURNED, Action.EXCUSE): (State.EXCUSED,),
    (State.EXCUSED, Action.UNEXCUSE): (State.NOT_STARTED, State.DRAFTING, State.RETURNED),
}

# Who stands here and has no submission that counts is silent. (After a return, a report waits
# for sign-off too, and its first submission is in the receiver's hands.)
SILENT = (State.NOT_STARTED, State.DRAFTING, State.AWAITING_SIGN_OFF)

_WHY = {
    State.NOT_STARTED: "Báo cáo chưa có nội dung nào.",
    State.DRAFTING: "Báo cáo đang được soạn.",
    State.AWAITING_SIGN_OFF: "Báo cáo đang chờ thủ trưởng duyệt.",
    State.SUBMITTED: "Báo cáo đã nộp, nơi nhận chưa bắt đầu duyệt.",
    State.IN_REVIEW: "Nơi nhận đã bắt đầu duyệt báo cáo.",
    State.RETURNED: "Báo cáo đang được trả lại để bổ sung.",
    State.ACCEPTED: "Báo cáo đã được tiếp nhận.",
    State.EXCUSED: "Đơn vị được miễn nộp báo cáo này.",
}


def wrong_state(state: State) -> ConflictError:
    """Return the refusal of an action that this state does not allow."""
    return ConflictError(
        f"{_WHY[state]} Vì vậy chưa thực hiện được thao tác này.",
        code="wrong_state",
        extra={"state": str(state)},
    )


def allowed(state: str, action: Action) -> bool:
    """Tell whether the table has this step."""
    return (State(state), action) in TRANSITIONS


def step(state: str, action: Action, target: State | None = None) -> State:
    """Return the next state; `target` chooses where the table leaves more than one.

    Raises:
        ConflictError: code `wrong_state`, the table has no such step.
    """
    targets = TRANSITIONS.get((State(state), action))
    if targets is None:
        raise wrong_state(State(state))
    if target is None:
        return targets[0]
    if target not in targets:
        raise ValueError(f"{state} + {action} does not lead to {target}")
    return target
