"""What people do with their own account: look at it, change the password, get a new one by mail."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from core.accounts import (
    passwords,
    phrases,
    repository,
    second_factor,
    signing_in,
    stages,
    throttle,
)
from core.accounts import repository_sessions as sessions
from core.accounts.mechanism import clean_username
from core.accounts.schemas import AccountView, Actor, GrantView, SessionView, Stage
from core.errors import NotFoundError, SignInRequiredError
from core.kit import clock, security
from core.kit.ids import new_id
from core.law import service as law
from core.notifications.schemas import LinkMail, NewMail
from core.notifications.service import send_mails


async def own_account(*, actor: Actor) -> AccountView:
    """Return the person's own account.

    Raises:
        SignInRequiredError: the system, or an account that is gone.
    """
    return view_of(await _own(actor))


async def recovery_codes_left(*, actor: Actor) -> int:
    """Return how many of the person's recovery codes are unused."""
    return await repository.recovery_codes_left((await _own(actor))["id"])


async def renew_recovery_codes(
    *, session: SessionView, password: str, address: str = ""
) -> list[str]:
    """Replace the recovery codes after asking for the password; return them, shown once.

    Raises:
        InvalidInputError: the password is wrong.
        NotFoundError: there is no second factor.
    """
    account = await _own(session.actor)
    if account["totp_confirmed_at"] is None:
        raise NotFoundError
    await signing_in.check_own_password(account, password, address, field="password")
    return await second_factor.new_recovery_codes(account["id"])


async def password_rule(*, actor: Actor) -> passwords.PasswordRule:
    """Return the rule that holds for the person's next password."""
    return await _rule(await _own(actor))


async def change_password(
    *, session: SessionView, current: str, new: str, repeated: str, address: str = ""
) -> Stage:
    """Set a new password, end all other sessions, and return the session's next stage.

    Raises:
        InvalidInputError: the present password is wrong, or the new one breaks the rule.
        SignInRequiredError: the session is idle or at an earlier step.
    """
    if session.idle_expired or session.stage not in (Stage.CHANGE_PASSWORD, Stage.FULL):
        raise SignInRequiredError
    return await signing_in.mechanism.change_password(
        session=session,
        current=current,
        new=new,
        repeated=repeated,
        rule=await _rule(await _own(session.actor)),
        address=address,
    )


async def request_reset(*, identifier: str, site: str, address: str = "") -> None:
    """Mail a link for a new password to the account of this user name or address, if there is one.

    Says nothing about whether there is. `site` is the address of the department's pages. An account
    that is locked, inactive or without an address gets none: its administrator helps.
    """
    await throttle.note_failure(address)
    name = clean_username(identifier)
    account = await repository.by_username(name) or await repository.by_email(name)
    if account is None or not account["is_active"] or account["locked_at"] is not None:
        return
    if not account["email"] or account["is_support"]:
        return
    minutes = law.value("reset_link_lifetime", clock.today())
    token, reset_id = security.new_token(), new_id()
    await repository.insert_reset(reset_id, account["id"], security.hash_token(token), minutes)
    link = f"{site}/dat-lai-mat-khau/{token}"
    mail = NewMail(
        account_id=account["id"],
        to_address=account["email"],
        to_name=account["display_name"],
        subject=phrases.RESET_SUBJECT,
        body=phrases.RESET_BODY.format(
            name=account["display_name"], username=account["username"], minutes=minutes, link=link
        ),
        facts=phrases.RESET_FACTS.format(username=account["username"], minutes=minutes),
        link=link,
        dedup_key=f"password_reset:{reset_id}",
    )
    await send_mails(LinkMail.PASSWORD_RESET, [mail])


async def reset_rule(*, token: str) -> passwords.PasswordRule:
    """Return the rule for the password that a mailed link may set.

    Raises:
        NotFoundError: the link is unknown, used or too old.
    """
    return await _rule(await _of_link(token))


async def reset_password(*, token: str, new: str, repeated: str) -> None:
    """Set a new password by a mailed link and end all sessions. A lock stays.

    Raises:
        NotFoundError: the link is unknown, used or too old.
        InvalidInputError: the new password breaks the rule.
    """
    account = await _of_link(token)
    await signing_in.mechanism.set_password(account, new, repeated, await _rule(account))
    if not await repository.use_reset(security.hash_token(token)):
        raise NotFoundError(phrases.LINK_USED)
    await sessions.revoke_all(account["id"])


def view_of(row: Any) -> AccountView:
    """Return an account's row as people see it."""
    state = "active" if row["is_active"] else "inactive"
    if row["is_active"] and row["locked_at"] is not None:
        state = "locked"
    return AccountView(
        id=row["id"],
        username=row["username"],
        display_name=row["display_name"],
        email=row["email"],
        unit_id=row["unit_id"],
        unit_name=row["unit_name"],
        unit_path=row["unit_path"],
        state=state,
        has_totp=row["totp_confirmed_at"] is not None,
        must_change_password=row["must_change_password"],
        created_at=row["created_at"].astimezone(clock.VIETNAM),
        grants=tuple(
            GrantView(
                role, UUID(unit_id), path, name, lender, date.fromisoformat(last) if last else None
            )
            for role, unit_id, path, _, name, last, lender in stages.decoded(row["grants"])
        ),
        is_support=row["is_support"],
    )


async def _own(actor: Actor) -> Any:
    account = await repository.by_id(actor.account_id) if actor.account_id else None
    if account is None:
        raise SignInRequiredError
    return account


async def _of_link(token: str) -> Any:
    account_id = await repository.find_reset(security.hash_token(token))
    account = await repository.by_id(account_id) if account_id else None
    if account is None or not account["is_active"] or account["is_support"]:
        raise NotFoundError(phrases.LINK_USED)
    return account


async def _rule(account: Any) -> passwords.PasswordRule:
    factor = account["totp_confirmed_at"] is not None or await stages.needs_second_factor(account)
    return passwords.rule(second_factor=factor, on=clock.today())
