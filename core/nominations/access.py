"""Who may see award rounds and nominations, and what may be done to them (ADR 8)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from core.accounts.schemas import Actor, Role
from core.errors import NotFoundError, PermissionDeniedError
from core.nominations.states import TRANSITIONS, Action, State

PROPOSERS = (Role.UNIT_CLERK, Role.UNIT_HEAD)
HANDLERS = (Role.OFFICER,)
READERS = (
    Role.OFFICER,
    Role.DEPARTMENT_HEAD,
    Role.RECORDS_CLERK,
    Role.COUNCIL_SECRETARY,
    Role.AUDITOR,
)
AWARD_SIDE = (*PROPOSERS, *READERS)

# A member of the council reads what has come before it, nothing else.
BEFORE_COUNCIL = (
    State.COUNCIL,
    State.SUBMITTED,
    State.DECIDED,
    State.FORWARDED,
    State.NOT_AWARDED,
)

# Where the proposing unit reads what was written about it: something has been decided.
AFTER_APPRAISAL = (
    State.RETURNED,
    State.DECIDED,
    State.FORWARDED,
    State.NOT_AWARDED,
    State.REVOKED,
)

# What the receiving side does; the rest is the proposing unit's. Steps of the council and of the
# decision belong to the rooms that hold them.
HANDLING = (
    Action.RECEIVE,
    Action.RETURN,
    Action.APPRAISE,
    Action.TO_COUNCIL,
    Action.SUBMIT,
    Action.REJECT,
    Action.BACK_TO_APPRAISAL,
)
SENDING = (Action.SEND, Action.WITHDRAW, Action.REOPEN)


class Proposed(Protocol):
    """A thing with the paths of the unit that proposes, that sends, and that considers."""

    @property
    def unit_path(self) -> str:
        """Path of the proposing unit."""

    @property
    def list_path(self) -> str:
        """Path of the unit whose list it stands on."""

    @property
    def round_path(self) -> str:
        """Path of the unit whose round it is."""


def sees_round(actor: Actor, round_path: str) -> bool:
    """Tell whether a round exists for this person: a receiver's, or one to propose in."""
    if actor.can(READERS, round_path) or actor.can(PROPOSERS, round_path):
        return True
    return any(path.startswith(round_path) for path in actor.paths((*PROPOSERS, Role.OFFICER)))


def proposes(actor: Actor, thing: Proposed) -> bool:
    """Tell whether the person writes for the proposing unit (an officer above it may, too)."""
    return actor.can(PROPOSERS, thing.unit_path) or actor.can(HANDLERS, thing.unit_path)


def handles(actor: Actor, thing: Proposed) -> bool:
    """Tell whether the person is an officer of the unit that considers the nomination."""
    return actor.can(HANDLERS, thing.round_path)


def sees(actor: Actor, thing: Proposed, *, state: str, own: bool) -> bool:
    """Tell whether a nomination exists for this person; a draft is its unit's own.

    `own`: the person made it (an officer's draft on behalf of a unit).
    """
    if actor.is_system or own or actor.can(PROPOSERS, thing.unit_path):
        return True
    if state == State.DRAFT:
        return actor.can(PROPOSERS, thing.list_path)
    if state in BEFORE_COUNCIL and actor.can(Role.COUNCIL_MEMBER, thing.round_path):
        return True
    return actor.can(READERS, thing.round_path) or actor.can(Role.AUDITOR, thing.unit_path)


def require_seen(actor: Actor, thing: Proposed | None, *, state: str, own: bool) -> None:
    """Refuse what does not exist for this person.

    Raises:
        NotFoundError: there is none, or not for this person.
    """
    if thing is None or not sees(actor, thing, state=state, own=own):
        raise NotFoundError


def require_handler(actor: Actor, thing: Proposed) -> None:
    """Refuse who is no officer of the considering unit.

    Raises:
        PermissionDeniedError: not an officer there.
    """
    if not handles(actor, thing):
        raise PermissionDeniedError


def steps_from(state: str, wanted: Sequence[Action]) -> tuple[Action, ...]:
    """Return which of these steps are possible from a state."""
    return tuple(action for action in wanted if (State(state), action) in TRANSITIONS)


def reads_opinions(actor: Actor, thing: Proposed, *, state: str) -> bool:
    """Tell whether a person reads what the officers wrote about a nomination.

    The considering side and its council do at once; the proposing unit after it was returned or
    decided.
    """
    sides = (*READERS, Role.COUNCIL_MEMBER, Role.UNIT_HEAD)
    return actor.can(sides, thing.round_path) or state in AFTER_APPRAISAL
