"""Prove an identity: password, lock-out, second factor, asking again after an idle time."""

from __future__ import annotations

import unicodedata
from typing import Any
from uuid import UUID

from core.accounts import passwords, phrases, repository, second_factor, stages, throttle
from core.accounts import repository_sessions as sessions
from core.accounts.schemas import Enrolment, SessionView, SignedIn, Stage
from core.errors import ConflictError, InvalidInputError, SignInRequiredError
from core.kit import clock, db, security
from core.kit.ids import new_id
from core.law import service as law

NOBODY = UUID(int=0)


async def sign_in(
    *, username: str, password: str, address: str = "", user_agent: str = ""
) -> SignedIn:
    """Check name and password and open a web session; its stage says what is still to be done.

    Raises:
        InvalidInputError: the same sentence whether the name is unknown, the password wrong, or the
            account locked or inactive.
    """
    account = await _with_password(username, password, address)
    stage = await stages.next_stage(account, code_given=False)
    if stage is not Stage.TOTP:
        await repository.forget_failures(account["id"])
    return await _open(account, "web", stage, address, user_agent)


async def create_token(
    *, username: str, password: str, code: str = "", address: str = "", user_agent: str = ""
) -> SignedIn:
    """Return a bearer token for a program.

    Raises:
        InvalidInputError: wrong name, password or code; code `code_required` where one is missing.
        ConflictError: a first password or a second factor must be set in the browser first.
    """
    account = await _with_password(username, password, address)
    if account["totp_confirmed_at"] is not None:
        if not code.strip():
            raise InvalidInputError(
                phrases.NO_CODE, code="code_required", fields={"code": phrases.NO_CODE}
            )
        await _with_code(account, code, address, field="code")
    if await stages.next_stage(account, code_given=True) is not Stage.FULL:
        raise ConflictError(phrases.FINISH_IN_BROWSER, code="step_required")
    await repository.forget_failures(account["id"])
    return await _open(account, "api", Stage.FULL, address, user_agent)


async def verify_totp(*, session: SessionView, code: str, address: str = "") -> Stage:
    """Take a code of the authenticator, or a recovery code; return the next stage.

    Raises:
        InvalidInputError: the code is wrong or used, or the account is locked by now.
        SignInRequiredError: the session is not at this step.
    """
    account = await _at_stage(session, Stage.TOTP)
    if account["locked_at"] is not None:
        raise InvalidInputError(phrases.LOCKED, code="locked")
    await _with_code(account, code, address, field="code")
    await repository.forget_failures(account["id"])
    stage = await stages.next_stage(account, code_given=True)
    await sessions.set_stage(session.session_id, stage)
    return stage


async def start_enrolment(*, session: SessionView, issuer: str) -> Enrolment:
    """Return a new authenticator to be confirmed; nothing is stored yet.

    Raises:
        ConflictError: there is one already (the administrator can take it away).
        SignInRequiredError: the session is not at this step.
    """
    account = await _at_stage(session, Stage.ENROL, Stage.FULL)
    if account["totp_confirmed_at"] is not None:
        raise ConflictError(phrases.ALREADY_ENROLLED)
    return second_factor.enrolment(account["id"], username=account["username"], issuer=issuer)


async def shown_again(*, session: SessionView, sealed: str, issuer: str) -> Enrolment:
    """Return the same authenticator for a form that is shown once more, or a new one if old.

    Raises:
        SignInRequiredError: the session is not at this step.
    """
    account = await _at_stage(session, Stage.ENROL, Stage.FULL)
    secret = second_factor.unseal(account["id"], sealed) or ""
    return second_factor.enrolment(
        account["id"], username=account["username"], issuer=issuer, secret=secret
    )


async def confirm_enrolment(
    *, session: SessionView, sealed: str, code: str, address: str = ""
) -> list[str]:
    """Store the authenticator after its first right code; return the recovery codes, shown once.

    Raises:
        InvalidInputError: a wrong code, or a form that is too old.
        ConflictError: there is an authenticator already.
        SignInRequiredError: the session is not at this step.
    """
    account = await _at_stage(session, Stage.ENROL, Stage.FULL)
    if account["totp_confirmed_at"] is not None:
        raise ConflictError(phrases.ALREADY_ENROLLED)
    secret = second_factor.unseal(account["id"], sealed)
    if secret is None:
        raise InvalidInputError(phrases.ENROL_AGAIN, code="enrol_again")
    step = second_factor.matching_step(secret, code, account["now"])
    if step is None:
        await throttle.note_failure(address)
        raise InvalidInputError(
            phrases.WRONG_CODE, code="wrong_code", fields={"code": phrases.WRONG_CODE}
        )
    codes = await second_factor.confirm(account["id"], secret, step)
    fresh = await repository.by_id(account["id"])
    await sessions.set_stage(session.session_id, await stages.next_stage(fresh, code_given=True))
    return codes


async def reauthenticate(*, token: str, password: str, code: str = "", address: str = "") -> None:
    """Let an idle session go on, under the same cookie.

    Raises:
        InvalidInputError: wrong password or code; code `code_required` where the session has
            outlived its hours and the account has a second factor.
        SignInRequiredError: there is no such session any more.
    """
    found = await sessions.resolve(security.hash_token(token), "web") if token else None
    account = await repository.by_id(found["account_id"]) if found else None
    if found is None or account is None:
        raise SignInRequiredError
    await _check_password(account, password, address, phrases.WRONG_PASSWORD)
    if found["has_totp"] and found["expires_at"] <= found["now"] and found["stage"] != Stage.TOTP:
        if not code.strip():
            raise InvalidInputError(
                phrases.CODE_NEEDED, code="code_required", fields={"code": phrases.CODE_NEEDED}
            )
        await _with_code(account, code, address, field="code")
    if found["stage"] != Stage.TOTP:
        await repository.forget_failures(account["id"])
    await sessions.renew(found["id"], law.value("session_lifetime", clock.today()))


async def check_own_password(account: Any, password: str, address: str, *, field: str) -> None:
    """Ask a signed-in person for the present password; a wrong one counts as a failure.

    Raises:
        InvalidInputError: it is wrong, or the account is locked by now.
    """
    await _check_password(account, password, address, phrases.WRONG_PASSWORD, field=field)


def clean_username(username: str) -> str:
    """Return a user name as it is stored: one Unicode form, lower case, no spaces around."""
    return unicodedata.normalize("NFC", username).strip().lower()


async def _with_password(username: str, password: str, address: str) -> Any:
    account = await repository.by_username(clean_username(username))
    limit = law.value("lockout_failures", clock.today())
    await _check_password(account, password, address, phrases.WRONG_SIGN_IN.format(limit=limit))
    return account


async def _check_password(
    account: Any, password: str, address: str, sentence: str, *, field: str = "password"
) -> None:
    """Do the same work for unknown, locked and open accounts; then tell right from wrong."""
    usable = account is not None and account["is_active"] and account["locked_at"] is None
    stored = account["password_hash"] if usable else ""
    right = await security.verify_password(passwords.clean(password), stored)
    if not right or not usable or not await repository.still_open(account["id"]):
        await _failed(account, address)
        raise InvalidInputError(sentence, code="wrong_credentials", fields={field: sentence})


async def _with_code(account: Any, code: str, address: str, *, field: str) -> None:
    if not await second_factor.accept(account, code):
        await _failed(account, address)
        raise InvalidInputError(
            phrases.WRONG_CODE, code="wrong_code", fields={field: phrases.WRONG_CODE}
        )


async def _failed(account: Any, address: str) -> None:
    """Keep the failure whatever becomes of the request; the same work for unknown names."""
    limit = law.value("lockout_failures", clock.today())
    async with db.separate_transaction():
        await repository.count_failure(account["id"] if account else NOBODY, limit)
    await throttle.note_failure(address)


async def _at_stage(session: SessionView, *allowed: Stage) -> Any:
    account = await repository.by_id(session.actor.account_id) if session.actor.account_id else None
    if account is None or session.idle_expired or session.stage not in allowed:
        raise SignInRequiredError
    return account


async def _open(account: Any, kind: str, stage: Stage, address: str, user_agent: str) -> SignedIn:
    key = "session_lifetime" if kind == "web" else "api_token_lifetime"
    hours = law.value(key, clock.today())
    token, session_id = security.new_token(), new_id()
    expires_at = await sessions.insert(
        session_id=session_id,
        account_id=account["id"],
        token_hash=security.hash_token(token),
        kind=kind,
        stage=stage,
        hours=hours,
        address=address[:100],
        user_agent=user_agent[:300],
    )
    return SignedIn(token, session_id, stage, expires_at.astimezone(clock.VIETNAM))
