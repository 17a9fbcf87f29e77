"""First passwords: a mailed invitation beside the printed slip; who has not come yet."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from core.accounts import passwords, phrases, repository, repository_invitations
from core.accounts.own import view_of
from core.accounts.schemas import (
    Actor,
    Invited,
    Role,
    Slip,
    WaitingCounts,
    WaitingPage,
    WaitingRow,
)
from core.errors import ConflictError, InvalidInputError, NotFoundError, PermissionDeniedError
from core.kit import clock, security
from core.kit.ids import new_id
from core.law import service as law
from core.notifications.schemas import LinkMail, NewMail
from core.notifications.service import send_mails
from core.organisation.service import like

MOST_AT_ONCE = 500
MOST_SLIPS = 40  # each costs a slow hash
STATES = ("never", "sent", "ended", "slip")


async def list_waiting(
    *, actor: Actor, search: str = "", state: str = "", after: UUID | None = None, limit: int = 50
) -> WaitingPage:
    """Return one page of accounts whose owner has not set a password yet, by given name.

    `state`: '' or one of `STATES` (never invited, invited, invitation over, slip printed).

    Raises:
        PermissionDeniedError: the actor administers nothing.
    """
    rows = await repository_invitations.waiting(
        paths=_paths(actor), pattern=like(search), state=state, after=after, limit=limit + 1
    )
    views = [WaitingRow(**row) for row in rows[:limit]]
    return WaitingPage(views, views[-1].id if len(rows) > limit else None)


async def count_waiting(*, actor: Actor) -> WaitingCounts:
    """Return how many have not come yet, and how many of them can be invited at once.

    Raises:
        PermissionDeniedError: the actor administers nothing.
    """
    return WaitingCounts(**await repository_invitations.counts(_paths(actor)))


async def invite(
    *, actor: Actor, account_ids: Sequence[UUID] | None, site: str, department: str
) -> Invited:
    """Mail an invitation to each account; None: to all who have an address and were never invited.

    An older link of the same account ends. `site` is the address of the department's pages.

    Raises:
        PermissionDeniedError: the actor administers nothing.
        InvalidInputError: nobody was chosen, or too many.
        NotFoundError: one of them is not the actor's, or has set a password already.
        ConflictError: one of them is an operator's way in by a support grant.
    """
    if account_ids is None:
        account_ids = await repository_invitations.never_invited(_paths(actor), MOST_AT_ONCE)
    rows = await _chosen(account_ids, MOST_AT_ONCE, actor)
    with_address = [row for row in rows if row["email"]]
    days = law.value("invitation_lifetime", clock.today())
    tokens = {row["id"]: (new_id(), security.new_token()) for row in with_address}
    await repository_invitations.insert(
        [
            (reset_id, account_id, security.hash_token(token))
            for account_id, (reset_id, token) in tokens.items()
        ],
        days,
    )
    mails = [
        NewMail(
            account_id=row["id"],
            to_address=row["email"],
            subject=phrases.INVITATION_SUBJECT.format(department=department),
            body=phrases.INVITATION_BODY.format(
                name=row["display_name"],
                department=department,
                username=row["username"],
                days=days,
                link=f"{site}/loi-moi/{tokens[row['id']][1]}",
            ),
            to_name=row["display_name"],
            facts=phrases.INVITATION_FACTS.format(username=row["username"], days=days),
            link=f"{site}/loi-moi/{tokens[row['id']][1]}",
            dedup_key=f"password_reset:{tokens[row['id']][0]}",
        )
        for row in with_address
    ]
    await send_mails(LinkMail.INVITATION, mails)
    return Invited(sent=len(mails), without_address=len(rows) - len(mails))


async def cancel(*, actor: Actor, account_ids: Sequence[UUID]) -> int:
    """End the invitations of some accounts; return how many were still good.

    Raises:
        InvalidInputError, NotFoundError, PermissionDeniedError: as `invite`.
    """
    rows = await _chosen(account_ids, MOST_AT_ONCE, actor)
    return await repository_invitations.cancel([row["id"] for row in rows])


async def print_slips(*, actor: Actor, account_ids: Sequence[UUID]) -> list[Slip]:
    """Set temporary passwords for printed slips; invitations of these accounts end.

    Raises:
        InvalidInputError: nobody was chosen, or more than `MOST_SLIPS`.
        NotFoundError, PermissionDeniedError: as `invite`.
    """
    rows = await _chosen(account_ids, MOST_SLIPS, actor)
    await repository_invitations.cancel([row["id"] for row in rows])
    slips = []
    for row in rows:
        password = passwords.temporary()
        hashed = await security.hash_password(passwords.clean(password))
        await repository.set_password(row["id"], hashed, must_change=True)
        slips.append(Slip(view_of(await repository.by_id(row["id"])), password))
    return slips


async def invited(*, token: str) -> Any:
    """Return name and user name of whom an invitation is for.

    Raises:
        NotFoundError: the link is unknown, used, cancelled or too old.
    """
    account_id = await repository.find_reset(security.hash_token(token))
    account = await repository.by_id(account_id) if account_id else None
    if account is None or not account["is_active"] or account["is_support"]:
        raise NotFoundError(phrases.INVITATION_OVER)
    return view_of(account)


def _paths(actor: Actor) -> list[str]:
    paths = ["/"] if actor.is_system else actor.paths(Role.TENANT_ADMIN)
    if not paths:
        raise PermissionDeniedError
    return paths


async def _chosen(account_ids: Iterable[UUID], most: int, actor: Actor) -> list[Any]:
    """Return accounts that all wait for their first password and are all the actor's."""
    _paths(actor)
    wanted = list(dict.fromkeys(account_ids))
    if not wanted:
        raise InvalidInputError(fields={"account_ids": phrases.NOBODY_CHOSEN})
    if len(wanted) > most:
        sentence = phrases.TOO_MANY_CHOSEN.format(most=most, chosen=len(wanted))
        raise InvalidInputError(fields={"account_ids": sentence})
    rows = await repository_invitations.chosen(wanted)
    if len(rows) != len(wanted):
        if await repository_invitations.any_of_support(wanted):
            raise ConflictError(phrases.SUPPORT_ACCOUNT, code="support_account")
        raise NotFoundError(phrases.NOT_WAITING)
    for row in rows:
        for path in row["paths"]:
            actor.require(Role.TENANT_ADMIN, path)
    return rows
