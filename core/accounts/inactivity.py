"""Accounts that nobody uses: who will be closed soon, who is over the limit, who was closed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from core.accounts import phrases
from core.accounts import repository_inactivity as repository
from core.accounts.schemas import Actor, Role, UnusedAccount, UnusedPage
from core.errors import PermissionDeniedError
from core.kit import clock
from core.kit.i18n import vn_date
from core.law import service as law
from core.notifications import service as notifications
from core.notifications.schemas import Event, Notice

WARN_DAYS = 7
MAX_PAGE = 200
MOST_AT_ONCE = 500


def limit_days() -> int:
    """Return after how many days without use an account is closed (`account_inactive`)."""
    return int(law.value("account_inactive", clock.today()))


async def list_unused(
    *, actor: Actor, days: int, until: int | None = None, after: UUID | None = None, limit: int = 50
) -> UnusedPage:
    """Return one page of open accounts that nobody has used for `days` days, longest first.

    `until`: only those that are not yet over so many days. The demo's accounts are left out: they
    are never closed.

    Raises:
        PermissionDeniedError: the actor administers nothing.
    """
    size = max(1, min(limit, MAX_PAGE))
    rows = await repository.unused(_paths(actor), days, until, after, size + 1)
    return _page(rows, size)


async def list_closed(*, actor: Actor, after: UUID | None = None, limit: int = 50) -> UnusedPage:
    """Return one page of accounts that are out of use (errors as `list_unused`)."""
    size = max(1, min(limit, MAX_PAGE))
    return _page(await repository.closed(_paths(actor), after, size + 1), size)


async def count_unused(*, actor: Actor) -> tuple[int, int]:
    """Return how many accounts will be closed within 7 days, and how many are over the limit."""
    row = await repository.counts(_paths(actor), limit_days(), limit_days() - WARN_DAYS)
    return row["soon"], row["over"]


async def unused_among(
    account_ids: Sequence[UUID], *, days: int, actor: Actor
) -> list[UnusedAccount]:
    """Return which of these accounts are open, unused for so long, and the actor's to close."""
    rows = await repository.unused_among(
        _paths(actor), days, list(account_ids)[:MOST_AT_ONCE], actor.account_id
    )
    return [UnusedAccount(**row) for row in rows]


async def close_unused(account_ids: Sequence[UUID], *, days: int, actor: Actor) -> int:
    """Close these accounts where they are still unused; end their sessions. Return how many.

    An account that was used in the meantime, the actor's own, and one with a role outside the
    actor's branch stay open.
    """
    found = await unused_among(account_ids, days=days, actor=actor)
    return await repository.close([account.id for account in found])


async def warn_unused() -> int:
    """Tell whoever's account will be closed within 7 days, once, also by mail; return how many."""
    limit = limit_days()
    rows = await repository.unused(["/"], limit - WARN_DAYS, limit, None, MOST_AT_ONCE)
    return await notifications.notify_many(
        event=Event.INACTIVITY,
        notices=[
            Notice(
                account_id=row["id"],
                title=phrases.UNUSED_TITLE,
                body=phrases.UNUSED_BODY.format(
                    last=vn_date(row["last_use"].astimezone(clock.VIETNAM)),
                    end=vn_date(row["last_use"].astimezone(clock.VIETNAM) + timedelta(days=limit)),
                ),
                href="/",
                dedup_key=f"inactivity:{row['id']}:{row['last_use']:%Y-%m-%d}",
            )
            for row in rows
        ],
    )


def _page(rows: Sequence[object], size: int) -> UnusedPage:
    views = [UnusedAccount(**dict(row)) for row in rows[:size]]  # type: ignore[call-overload]
    return UnusedPage(views, views[-1].id if len(rows) > size else None)


def _paths(actor: Actor) -> list[str]:
    paths = ["/"] if actor.is_system else actor.paths(Role.TENANT_ADMIN)
    if not paths:
        raise PermissionDeniedError
    return paths
