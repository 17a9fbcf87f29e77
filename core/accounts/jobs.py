"""Nightly work on accounts, one tenant at a time (run by the worker inside a tenant's scope)."""

from __future__ import annotations

from core.accounts import repository, sessions
from core.accounts.inactivity import warn_unused
from core.kit import clock
from core.law import service as law


async def tidy_accounts() -> tuple[int, int]:
    """Warn of, then close unused accounts, delete old sessions; return how many of the two."""
    await warn_unused()
    unused = await repository.deactivate_unused(law.value("account_inactive", clock.today()))
    return len(unused), await sessions.forget_old_sessions()
