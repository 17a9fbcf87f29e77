"""Who may do what after the decision (ADR 8): roles held at the unit or above it."""

from __future__ import annotations

from core.accounts.schemas import Actor, Role
from core.errors import NotFoundError, PermissionDeniedError

OFFICERS = (Role.OFFICER,)
READERS = (
    Role.OFFICER,
    Role.DEPARTMENT_HEAD,
    Role.RECORDS_CLERK,
    Role.AUDITOR,
    Role.COUNCIL_SECRETARY,
    Role.UNIT_CLERK,
    Role.UNIT_HEAD,
)
# Complaints name people who complain: only those who handle or check them.
CASE_READERS = (Role.OFFICER, Role.DEPARTMENT_HEAD, Role.AUDITOR)
# A proposal to take an award back is no news for its unit before it is decided.
PROPOSAL_READERS = (
    Role.OFFICER,
    Role.DEPARTMENT_HEAD,
    Role.RECORDS_CLERK,
    Role.AUDITOR,
    Role.COUNCIL_SECRETARY,
)
MONEY = (Role.OFFICER, Role.RECORDS_CLERK)
# Figures of the whole branch, not of one unit's own people.
FIGURES = (Role.OFFICER, Role.DEPARTMENT_HEAD, Role.AUDITOR)


def patterns(actor: Actor, roles: tuple[Role, ...]) -> list[str]:
    """Return LIKE patterns of the paths under which a person holds one of the roles."""
    return ["/%"] if actor.is_system else [f"{path}%" for path in actor.paths(roles)]


def require_seen(actor: Actor, roles: tuple[Role, ...], path: str | None) -> None:
    """Refuse what does not exist, or not for this person.

    Raises:
        NotFoundError: no path, or none of the roles there.
    """
    if path is None or not actor.can(roles, path):
        raise NotFoundError


def require_any(actor: Actor, roles: tuple[Role, ...]) -> None:
    """Refuse who holds none of the roles anywhere.

    Raises:
        PermissionDeniedError: none is held.
    """
    if not actor.has(roles):
        raise PermissionDeniedError
