"""Time in Asia/Ho_Chi_Minh, always aware. The official time of a filing comes from the database."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from core.kit.scope import scope_or_none
from core.settings import settings

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")


def override() -> str:
    """Return the instant that replaces the clock (scope first, then the setting), or ''."""
    scope = scope_or_none()
    return (scope.now if scope else "") or settings().clock


def now() -> datetime:
    """Return the present instant in Vietnam's time zone."""
    fixed = override()
    if fixed:
        return datetime.fromisoformat(fixed).astimezone(VIETNAM)
    return datetime.now(VIETNAM)


def today() -> date:
    """Return today's date in Vietnam."""
    return now().date()
