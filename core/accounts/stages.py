"""What an account still has to do after its password: the stages of a session, in order."""

from __future__ import annotations

from calendar import monthrange
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from core.accounts import repository
from core.accounts.schemas import Grant, Stage
from core.kit import clock
from core.law import service as law

TOTP_FOR_ALL = "totp_for_all"


def grants_of(row: Any) -> tuple[Grant, ...]:
    """Return the grants of a row that holds them as JSON text: [role, unit, path, lender, ...]."""
    return tuple(
        Grant(item[0], UUID(item[1]), item[2], UUID(item[3]) if item[3] else None)
        for item in decoded(row["grants"])
    )


def decoded(grants: str) -> list[list[str]]:
    """Return grants in JSON as lists of text."""
    return msgspec.json.decode(grants, type=list[list[str]])


def is_admin(grants: tuple[Grant, ...]) -> bool:
    """Tell whether one of the roles counts as administration."""
    return any(grant.role in law.names("admin_roles", clock.today()) for grant in grants)


async def needs_second_factor(row: Any) -> bool:
    """Tell whether the roles, or the department's setting, ask for a second factor."""
    roles = law.names("second_factor_roles", clock.today())
    if any(grant.role in roles for grant in grants_of(row)):
        return True
    return await repository.setting(TOTP_FOR_ALL) == "1"


async def next_stage(row: Any, *, code_given: bool) -> Stage:
    """Return the first step that is still to be done."""
    if row["totp_confirmed_at"] is not None:
        if not code_given:
            return Stage.TOTP
    elif await needs_second_factor(row):
        return Stage.ENROL
    if row["must_change_password"] or _too_old(row):
        return Stage.CHANGE_PASSWORD
    return Stage.FULL


def _too_old(row: Any) -> bool:
    """Administrators change their password every few months (the demo's keep theirs)."""
    now: datetime = row["now"]
    changed: datetime | None = row["password_changed_at"]
    if changed is None or row["is_demo"] or not is_admin(grants_of(row)):
        return False
    return months_later(changed, law.value("admin_password_age", clock.today())) <= now


def months_later(start: datetime, months: int) -> datetime:
    """Return the same day so many months later (or the month's last day)."""
    years, month = divmod(start.month - 1 + months, 12)
    year = start.year + years
    day = min(start.day, monthrange(year, month + 1)[1])
    return start.replace(year=year, month=month + 1, day=day)
