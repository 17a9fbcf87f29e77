"""Prove an identity on the console: the shared mechanism over the operators' own tables."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from core.accounts.mechanism import Mechanism
from core.accounts.passwords import PasswordRule, rule
from core.accounts.schemas import SessionRow, Stage
from core.accounts.second_factor import new_recovery_codes
from core.accounts.stages import months_later
from core.errors import NotFoundError, SignInRequiredError
from core.kit import clock, security
from core.law import service as law
from tenants.platform import phrases, repository
from tenants.platform import repository_sessions as sessions
from tenants.platform.schemas import Operator, OperatorSession

TOUCH_AFTER = timedelta(minutes=1)


async def next_stage(row: Any, *, code_given: bool) -> Stage:
    """Return the first step that is still to be done; the second factor is obligatory."""
    if row["totp_confirmed_at"] is None:
        return Stage.ENROL
    if not code_given:
        return Stage.TOTP
    if row["must_change_password"] or _too_old(row):
        return Stage.CHANGE_PASSWORD
    return Stage.FULL


def _too_old(row: Any) -> bool:
    changed: datetime | None = row["password_changed_at"]
    if changed is None or row["is_demo"]:
        return False
    now: datetime = row["now"]
    return months_later(changed, law.value("admin_password_age", clock.today())) <= now


mechanism = Mechanism(
    accounts=repository,
    sessions=sessions,
    next_stage=next_stage,
    wrong=phrases.WRONG_SIGN_IN,
    locked=phrases.LOCKED,
)


def password_rule() -> PasswordRule:
    """Return the rule of an operator's next password."""
    return rule(second_factor=True, on=clock.today())


async def resolve_session(token: str) -> OperatorSession | None:
    """Return the session of the console's cookie, also an idle one; one query."""
    row = await sessions.resolve(security.hash_token(token), "web")
    if row is None:
        return None
    unused = row["now"] - row["seen_at"]
    longest = timedelta(minutes=law.value("session_idle_admin", clock.today()))
    idle = row["expires_at"] <= row["now"] or unused > longest
    if not idle and unused >= TOUCH_AFTER:
        await sessions.touch(row["id"])
    return OperatorSession(
        session_id=row["id"],
        operator=Operator(row["account_id"], row["username"], row["display_name"]),
        stage=Stage(row["stage"]),
        idle_expired=idle,
        expires_at=row["expires_at"],
        totp_at_hand=row["has_totp"],
    )


async def list_sessions(operator: Operator, current: OperatorSession) -> list[SessionRow]:
    """Return the operator's own sessions, latest use first."""
    return [
        SessionRow(
            id=row["id"],
            kind="web",
            created_at=row["created_at"],
            seen_at=row["seen_at"],
            address=row["address"],
            user_agent=row["user_agent"],
            is_this_one=row["id"] == current.session_id,
        )
        for row in await sessions.of_operator(operator.id)
    ]


async def renew_recovery_codes(session: OperatorSession, password: str, address: str) -> list[str]:
    """Replace the recovery codes after asking for the password; return them, shown once.

    Raises:
        InvalidInputError: the password is wrong.
        NotFoundError: there is no second factor.
        SignInRequiredError: the account is gone.
    """
    account = await repository.by_id(session.operator.id)
    if account is None:
        raise SignInRequiredError
    if account["totp_confirmed_at"] is None:
        raise NotFoundError
    await mechanism.check_own_password(account, password, address, field="password")
    return await new_recovery_codes(account["id"], repository)
