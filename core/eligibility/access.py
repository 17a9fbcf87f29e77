"""Who may do what with the facts about subjects (ADR 8)."""

from __future__ import annotations

from core.accounts.schemas import Actor, Role
from core.errors import PermissionDeniedError

FACT_WRITERS = (Role.UNIT_CLERK, Role.UNIT_HEAD, Role.OFFICER)
READERS = (*FACT_WRITERS, Role.DEPARTMENT_HEAD, Role.COUNCIL_SECRETARY, Role.AUDITOR)
OFFICER = (Role.OFFICER,)
HOLD_READERS = (Role.OFFICER, Role.DEPARTMENT_HEAD, Role.AUDITOR)


def paths_of(actor: Actor, roles: tuple[Role, ...]) -> list[str]:
    """Return the branches in which a person holds one of the roles.

    Raises:
        PermissionDeniedError: in none.
    """
    if actor.is_system:
        return ["/"]
    paths = actor.paths(roles)
    if not paths:
        raise PermissionDeniedError
    return paths


def patterns(actor: Actor, roles: tuple[Role, ...]) -> list[str]:
    """Return the same as LIKE patterns (errors as `paths_of`)."""
    return [f"{path}%" for path in paths_of(actor, roles)]
