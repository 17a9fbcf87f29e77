"""Who may do what with decisions (ADR 8): roles held at the deciding unit or above it."""

from __future__ import annotations

from collections.abc import Sequence

from core.accounts.schemas import Actor, Role
from core.errors import NotFoundError, PermissionDeniedError

DRAFTERS = (Role.OFFICER, Role.UNIT_CLERK)
APPROVERS = (Role.DEPARTMENT_HEAD, Role.UNIT_HEAD)
NUMBERERS = (Role.RECORDS_CLERK, Role.UNIT_CLERK)
SIGNERS = (*APPROVERS, *NUMBERERS)
ANNULLERS = (*APPROVERS, Role.RECORDS_CLERK)
CERTIFICATE_READERS = (
    Role.OFFICER,
    Role.RECORDS_CLERK,
    Role.DEPARTMENT_HEAD,
    Role.AUDITOR,
)
FUND_WRITERS = (Role.OFFICER, Role.RECORDS_CLERK, Role.UNIT_CLERK)
READERS = (
    Role.OFFICER,
    Role.DEPARTMENT_HEAD,
    Role.RECORDS_CLERK,
    Role.AUDITOR,
    Role.UNIT_CLERK,
    Role.UNIT_HEAD,
)


def reads(actor: Actor, path: str) -> bool:
    """Tell whether a person reads what a unit decides."""
    return actor.can(READERS, path)


def require(actor: Actor, roles: Sequence[Role], path: str) -> None:
    """Refuse unless one of the roles is held at the unit; unknown to those who read nothing there.

    Raises:
        NotFoundError, PermissionDeniedError.
    """
    if not reads(actor, path):
        raise NotFoundError
    actor.require(roles, path)


def require_reader(actor: Actor) -> None:
    """Refuse those who read no unit's decisions.

    Raises:
        PermissionDeniedError.
    """
    if not actor.has(READERS):
        raise PermissionDeniedError


def paths(actor: Actor) -> list[str]:
    """Return the paths under which a person reads decisions."""
    return ["/"] if actor.is_system else actor.paths(READERS)
