"""Delegation ("ủy quyền"): somebody lends one of his own roles for some days.

A delegation is a `role_grant` with its first and last day and the account that gave it; it takes
effect and ends by itself, by the official clock, wherever grants are read.
"""

from __future__ import annotations

import unicodedata
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from core.accounts import phrases
from core.accounts import repository_delegation as repository
from core.accounts.schemas import Actor, Candidate, DelegationPage, DelegationView, Lendable, Role
from core.errors import ConflictError, InvalidInputError, NotFoundError, PermissionDeniedError
from core.kit import clock
from core.kit.i18n import vn_date
from core.kit.ids import new_id
from core.law import service as law
from core.notifications import service as notifications
from core.notifications.schemas import Event
from core.organisation.service import like

LENDABLE = (Role.UNIT_HEAD, Role.DEPARTMENT_HEAD, Role.OFFICER)
READERS = (*LENDABLE, Role.TENANT_ADMIN)
LONGEST = timedelta(days=366)
MAX_WORDS = 200
CANDIDATES = 50
MAX_PAGE = 100


async def lendable_roles(*, actor: Actor) -> list[Lendable]:
    """Return the roles that the actor may lend: his own ones, never one that is lent to him."""
    own = [g for g in actor.roles if g.role in LENDABLE and g.delegated_by is None]
    names = await repository.unit_names([grant.unit_id for grant in own])
    return [Lendable(grant.role, grant.unit_id, names[grant.unit_id]) for grant in own]


async def candidates(
    *, role: str, unit_id: UUID, search: str = "", actor: Actor
) -> tuple[list[Candidate], bool]:
    """Return whom the role may be lent to, by given name, and whether there are more.

    These are the active accounts of the unit and of those under it.

    Raises:
        NotFoundError: the actor does not hold this role there himself.
    """
    path = _own_grant(actor, role, unit_id)
    rows = await repository.candidates(path, actor.account_id, like(search), CANDIDATES + 1)
    return [Candidate(**row) for row in rows[:CANDIDATES]], len(rows) > CANDIDATES


async def delegate(
    *,
    account_id: UUID,
    role: str,
    unit_id: UUID,
    valid_from: date,
    valid_to: date,
    decision: str,
    reason: str = "",
    actor: Actor,
) -> UUID:
    """Lend one of the actor's own roles to another account, both days included.

    Raises:
        NotFoundError: the actor does not hold this role there himself.
        InvalidInputError: fields account_id, valid_from, valid_to, decision.
    """
    path = _own_grant(actor, role, unit_id)
    fields = _wrong_days(valid_from, valid_to)
    words = unicodedata.normalize("NFC", " ".join(decision.split()))
    if not words or len(words) > MAX_WORDS:
        fields["decision"] = phrases.NO_DECISION
    found = await repository.candidate(account_id, path)
    if found is None or account_id == actor.account_id:
        fields["account_id"] = phrases.NO_DELEGATE
    elif found["is_support"]:
        fields["account_id"] = phrases.SUPPORT_ACCOUNT
    elif role in law.names("second_factor_roles", clock.today()) and not found["has_totp"]:
        fields["account_id"] = phrases.DELEGATE_WITHOUT_FACTOR.format(name=found["display_name"])
    elif not fields and await repository.overlaps(account_id, role, unit_id, valid_from, valid_to):
        fields["account_id"] = phrases.HAS_ROLE.format(name=found["display_name"])
    if fields:
        raise InvalidInputError(fields=fields)
    grant_id = new_id()
    await repository.insert(
        grant_id, account_id, role, unit_id, valid_from, valid_to, actor.account_id, words,
        reason.strip(),
    )  # fmt: skip
    unit_names = await repository.unit_names([unit_id])
    await notifications.notify(
        event=Event.DELEGATED,
        account_ids=[account_id],
        title=phrases.DELEGATED_TITLE.format(
            name=actor.display_name, role=phrases.ROLE_NAMES[Role(role)]
        ),
        body=phrases.DELEGATED_BODY.format(
            unit=unit_names[unit_id], first=vn_date(valid_from), last=vn_date(valid_to),
            decision=words,
        ),
        href="/quan-tri/uy-quyen",
        dedup_key=f"delegated:{grant_id}",
    )  # fmt: skip
    return grant_id


async def list_delegations(
    *, actor: Actor, after: UUID | None = None, limit: int = 50
) -> DelegationPage:
    """Return one page of the delegations that the actor gave, got or administers, newest first.

    Raises:
        PermissionDeniedError: neither lends, nor has lent roles, nor administers.
    """
    if not actor.has(READERS):
        raise PermissionDeniedError
    limit = max(1, min(limit, MAX_PAGE))
    paths = ["/"] if actor.is_system else actor.paths(Role.TENANT_ADMIN)
    rows = await repository.of(actor.account_id, paths, after, limit + 1)
    views = [DelegationView(**row, may_end=_may_end(row, actor)) for row in rows[:limit]]
    return DelegationPage(views, views[-1].id if len(rows) > limit else None)


async def end_delegation(grant_id: UUID, *, actor: Actor) -> None:
    """End a delegation before its last day, as the one who gave it or the administrator.

    Raises:
        NotFoundError: no such delegation for this person.
        PermissionDeniedError: the one who has got it cannot end it.
        ConflictError: code `wrong_state`, it has ended.
    """
    row = await repository.one(grant_id)
    if row is None:
        raise NotFoundError
    if not _may_end(row, actor):
        if row["account_id"] == actor.account_id:
            raise PermissionDeniedError
        raise NotFoundError
    if not await repository.end(grant_id):
        raise ConflictError(phrases.DELEGATION_ENDED, code="wrong_state")


def _may_end(row: Any, actor: Actor) -> bool:
    gave = actor.account_id is not None and row["lender_id"] == actor.account_id
    return gave or actor.can(Role.TENANT_ADMIN, row["unit_path"])


def _own_grant(actor: Actor, role: str, unit_id: UUID) -> str:
    """Return the path of the actor's own grant of this role at this unit."""
    for grant in actor.roles:
        own = (grant.role, grant.unit_id, grant.delegated_by) == (role, unit_id, None)
        if own and role in LENDABLE:
            return grant.unit_path
    raise NotFoundError


def _wrong_days(first: date, last: date) -> dict[str, str]:
    today = clock.today()
    if first < today:
        return {"valid_from": phrases.DAY_PAST}
    if last < first:
        return {"valid_to": phrases.DAYS_TURNED}
    if last > today + LONGEST:
        return {"valid_to": phrases.TOO_LONG_DELEGATION.format(day=vn_date(last))}
    return {}
