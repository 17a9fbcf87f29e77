"""Sessions: found at every request, idle after the role's minutes, ended by their owner."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from core.accounts import repository_sessions as repository
from core.accounts import stages
from core.accounts.schemas import Actor, Grant, SessionRow, SessionView, Stage
from core.errors import NotFoundError, PermissionDeniedError
from core.kit import clock, security
from core.law import service as law

TOUCH_AFTER = timedelta(minutes=1)
FORGET_AFTER_DAYS = 90


async def resolve_session(token: str, *, kind: str = "web") -> SessionView | None:
    """Return the session of a cookie (`web`) or a bearer token (`api`); one query.

    A web session that is idle or past its hours is returned with `idle_expired`, so that the
    password can be asked on the same page; an API token past its hours is None.
    """
    row = await repository.resolve(security.hash_token(token), kind)
    if row is None:
        return None
    grants = stages.grants_of(row)
    past = row["expires_at"] <= row["now"]
    if kind == "api" and past:
        return None
    idle = kind == "web" and (past or row["now"] - row["seen_at"] > idle_time(grants))
    if not idle and row["now"] - row["seen_at"] >= TOUCH_AFTER:
        await repository.touch(row["id"])
    return SessionView(
        session_id=row["id"],
        actor=_actor(row, grants),
        stage=Stage(row["stage"]),
        kind=row["kind"],
        idle_expired=idle,
        expires_at=row["expires_at"],
        totp_at_hand=row["has_totp"],
        unread=row["unread"],
        support=row["support"] or "",
    )


def idle_time(grants: tuple[Grant, ...]) -> timedelta:
    """Return after how long without use the password is asked again, by the roles."""
    key = "session_idle_admin" if stages.is_admin(grants) else "session_idle"
    return timedelta(minutes=law.value(key, clock.today()))


async def list_sessions(*, actor: Actor, current: UUID | None = None) -> list[SessionRow]:
    """Return the person's own sessions and tokens, latest use first."""
    rows = await repository.of_account(_own_id(actor))
    return [
        SessionRow(
            id=row["id"],
            kind=row["kind"],
            created_at=row["created_at"],
            seen_at=row["seen_at"],
            address=row["address"],
            user_agent=row["user_agent"],
            is_this_one=row["id"] == current,
        )
        for row in rows
    ]


async def revoke_session(session_id: UUID, *, actor: Actor) -> None:
    """End one of the person's own sessions.

    Raises:
        NotFoundError: it is not this person's, or has ended.
    """
    if not await repository.revoke(_own_id(actor), session_id):
        raise NotFoundError


async def revoke_other_sessions(*, actor: Actor, current: UUID) -> int:
    """End all of the person's sessions but the present one; return how many."""
    return await repository.revoke_all(_own_id(actor), but=current)


async def sign_out(session: SessionView) -> None:
    """End the present session."""
    await repository.revoke(_own_id(session.actor), session.session_id)


async def forget_old_sessions() -> int:
    """Delete sessions that ended long ago; return how many (a nightly job)."""
    return await repository.delete_old(FORGET_AFTER_DAYS)


def _own_id(actor: Actor) -> UUID:
    if actor.account_id is None:
        raise PermissionDeniedError
    return actor.account_id


def _actor(row: Any, grants: tuple[Grant, ...]) -> Actor:
    return Actor(
        account_id=row["account_id"],
        tenant_id=row["tenant_id"],
        display_name=row["display_name"],
        unit_id=row["unit_id"],
        unit_name=row["unit_name"],
        roles=grants,
        unit_path=row["unit_path"],
    )
