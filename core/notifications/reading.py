"""Reading one's notices, and the readable mailbox."""

from __future__ import annotations

from uuid import UUID

import msgspec

from core.accounts.schemas import Actor, Role
from core.errors import NotFoundError, SignInRequiredError
from core.notifications import phrases, repository
from core.notifications.schemas import MailRow, NotificationRow
from core.organisation import service as organisation
from core.settings import settings

PAGE = 30


class NotificationPage(msgspec.Struct, frozen=True):
    """One page of notices; `after` is the cursor of the next page, or None."""

    rows: list[NotificationRow]
    after: UUID | None
    unread: int


class MailPage(msgspec.Struct, frozen=True):
    """One page of the mailbox; `after` is the cursor of the next page, or None."""

    rows: list[MailRow]
    after: UUID | None


def _account(actor: Actor) -> UUID:
    if actor.account_id is None:
        raise SignInRequiredError
    return actor.account_id


async def list_notifications(*, actor: Actor, after: UUID | None = None) -> NotificationPage:
    """Return the person's own notices, newest first."""
    account_id = _account(actor)
    found = await repository.list_notices(account_id, after, PAGE + 1)
    rows = [NotificationRow(**row) for row in found[:PAGE]]
    return NotificationPage(
        rows=rows,
        after=rows[-1].id if len(found) > PAGE else None,
        unread=await repository.unread(account_id),
    )


async def open_notification(*, actor: Actor, notice_id: UUID) -> str:
    """Mark one of the person's notices as read and return the path that it leads to.

    Raises:
        NotFoundError: there is none, or it is somebody else's.
    """
    href = await repository.mark_read(_account(actor), notice_id)
    if href is None:
        raise NotFoundError
    return href


async def mark_all_read(*, actor: Actor) -> None:
    """Mark all of the person's notices as read."""
    await repository.mark_read(_account(actor), None)


async def read_mailbox(*, actor: Actor, after: UUID | None = None) -> MailPage:
    """Return the department's mails: for everybody in a demo, else for tenant_admin without SMTP.

    Outside a demo, links that open somebody's account are not shown.

    Raises:
        NotFoundError: there is no mailbox for this person.
    """
    facts = await repository.tenant_facts()
    root = await organisation.department()
    by_admin = not settings().smtp_url and actor.can(Role.TENANT_ADMIN, root.path)
    if not (facts["is_demo"] or by_admin):
        raise NotFoundError
    found = await repository.list_mails(
        after, PAGE + 1, instead="" if facts["is_demo"] else phrases.PRIVATE_MAIL
    )
    rows = [MailRow(**row) for row in found[:PAGE]]
    return MailPage(rows=rows, after=rows[-1].id if len(found) > PAGE else None)
