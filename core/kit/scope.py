"""Whose data this task works on: the first of the two locks (the second is row-level security)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from uuid import UUID

import msgspec

from core.errors import ScopeError


class Scope(msgspec.Struct, frozen=True):
    """A tenant, who acts in it, why, and (in tests and demos) at what time.

    Attributes:
        tenant_id: the department; None only inside `unscoped`.
        actor_id: the account that acts; None for the system.
        reason: recorded with every audited change.
        now: replaces the official clock when set (ISO 8601 with offset).
    """

    tenant_id: UUID | None
    actor_id: UUID | None = None
    reason: str = ""
    now: str = ""


_scope: ContextVar[Scope | None] = ContextVar("scope", default=None)


def current_scope() -> Scope:
    """Return the scope in force.

    Raises:
        ScopeError: no tenant was chosen.
    """
    scope = _scope.get()
    if scope is None:
        raise ScopeError("no tenant scope is active")
    return scope


def current_tenant() -> UUID:
    """Return the tenant in force.

    Raises:
        ScopeError: no tenant was chosen.
    """
    tenant_id = current_scope().tenant_id
    if tenant_id is None:
        raise ScopeError("this work is unscoped; tenant data cannot be touched")
    return tenant_id


def scope_or_none() -> Scope | None:
    """Return the scope in force, or None."""
    return _scope.get()


@contextmanager
def _entered(scope: Scope) -> Iterator[Scope]:
    token = _scope.set(scope)
    try:
        yield scope
    finally:
        _scope.reset(token)


@contextmanager
def tenant_scope(
    tenant_id: UUID, *, actor_id: UUID | None = None, reason: str = "", now: str = ""
) -> Iterator[Scope]:
    """Work inside one tenant.

    Raises:
        TypeError: the id is not a UUID (it is written into SQL, so text is never taken).
    """
    if not isinstance(tenant_id, UUID) or not isinstance(actor_id, UUID | None):
        raise TypeError("tenant and actor must be UUIDs")
    with _entered(Scope(tenant_id, actor_id, reason, now)) as scope:
        yield scope


@contextmanager
def unscoped(*, reason: str, actor_id: UUID | None = None) -> Iterator[Scope]:
    """Leave the tenant on purpose: host look-up, relay, health, the operators' console.

    Tenant tables show no rows. `actor_id` is the operator who acts.

    Raises:
        ScopeError: no reason was given.
        TypeError: the id is not a UUID (it is written into SQL, so text is never taken).
    """
    if not reason:
        raise ScopeError("leaving the tenant needs a reason")
    if not isinstance(actor_id, UUID | None):
        raise TypeError("the actor must be a UUID")
    with _entered(Scope(None, actor_id, reason)) as scope:
        yield scope
