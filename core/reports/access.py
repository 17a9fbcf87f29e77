"""Who may see a report and what may be done to it: one table of roles by action."""

from __future__ import annotations

from typing import Protocol

from core.accounts.schemas import Actor, Role
from core.errors import NotFoundError, PermissionDeniedError
from core.reports.states import Action, State, allowed

WRITERS = (Role.UNIT_CLERK, Role.UNIT_HEAD)
READERS = (Role.OFFICER, Role.DEPARTMENT_HEAD, Role.AUDITOR)
ROUND_READERS = (*READERS, Role.RECORDS_CLERK)

# At the unit that owes the report.
_AT_UNIT: dict[Action, tuple[Role, ...]] = {
    Action.SAVE_PART: WRITERS,
    Action.REQUEST_SIGN_OFF: WRITERS,
    Action.GIVE_BACK: (Role.UNIT_HEAD,),
    Action.SUBMIT: (Role.UNIT_HEAD,),
    Action.WITHDRAW: (Role.UNIT_HEAD,),
}
# At the unit that receives it.
_AT_RECEIVER: dict[Action, tuple[Role, ...]] = {
    Action.SAVE_PART: (Role.OFFICER,),
    Action.SUBMIT: (Role.OFFICER,),
    Action.START_REVIEW: (Role.OFFICER,),
    Action.ACCEPT_PARTS: (Role.OFFICER,),
    Action.RETURN_PARTS: (Role.OFFICER,),
    Action.EXCUSE: (Role.OFFICER,),
    Action.UNEXCUSE: (Role.OFFICER,),
}


class Owned(Protocol):
    """A thing with the paths of the unit that owes it and of the unit that receives it."""

    @property
    def unit_path(self) -> str:
        """Path of the unit that owes it."""

    @property
    def receiver_path(self) -> str:
        """Path of the unit that receives it."""


def sees(actor: Actor, thing: Owned) -> bool:
    """Tell whether the report exists for this person."""
    return (
        actor.can(WRITERS, thing.unit_path)
        or actor.can(READERS, thing.receiver_path)
        or actor.can(Role.AUDITOR, thing.unit_path)
    )


def at_unit(actor: Actor, thing: Owned, action: Action) -> bool:
    """Tell whether the person may do this for the unit itself."""
    return actor.can(_AT_UNIT.get(action, ()), thing.unit_path)


def submits_at(*, on_behalf: bool) -> tuple[Role, ...]:
    """Return the roles that submit: the unit's own, or the receiver's on its behalf."""
    return (_AT_RECEIVER if on_behalf else _AT_UNIT)[Action.SUBMIT]


def may(actor: Actor, thing: Owned, action: Action) -> bool:
    """Tell whether the person's roles allow the action (whatever the state)."""
    return at_unit(actor, thing, action) or actor.can(
        _AT_RECEIVER.get(action, ()), thing.receiver_path
    )


def require(actor: Actor, thing: Owned | None, action: Action) -> None:
    """Refuse what the person may not do.

    Raises:
        NotFoundError: there is no such report, or not for this person.
        PermissionDeniedError: the person sees it and may not do this.
    """
    if thing is None or not sees(actor, thing):
        raise NotFoundError
    if not may(actor, thing, action):
        raise PermissionDeniedError


def possible(actor: Actor, thing: Owned, state: str, *, round_open: bool) -> tuple[str, ...]:
    """Return the actions that this person may do in this state (for buttons)."""
    in_closed = {Action.START_REVIEW, Action.ACCEPT_PARTS, Action.EXCUSE, Action.UNEXCUSE}
    return tuple(
        str(action)
        for action in Action
        if allowed(State(state), action)
        and may(actor, thing, action)
        and (round_open or action in in_closed)
    )
