"""Prove an identity in a department: the shared mechanism over the department's own tables."""

from __future__ import annotations

from core.accounts import phrases, repository, stages
from core.accounts import repository_sessions as sessions
from core.accounts.mechanism import Mechanism
from core.accounts.schemas import SignedIn, Stage
from core.errors import ConflictError, InvalidInputError

mechanism = Mechanism(
    accounts=repository,
    sessions=sessions,
    next_stage=stages.next_stage,
    wrong=phrases.WRONG_SIGN_IN,
    locked=phrases.LOCKED,
)
sign_in = mechanism.sign_in
verify_totp = mechanism.verify_totp
start_enrolment = mechanism.start_enrolment
shown_again = mechanism.shown_again
confirm_enrolment = mechanism.confirm_enrolment
reauthenticate = mechanism.reauthenticate
check_own_password = mechanism.check_own_password


async def create_token(
    *, username: str, password: str, code: str = "", address: str = "", user_agent: str = ""
) -> SignedIn:
    """Return a bearer token for a program.

    Raises:
        InvalidInputError: wrong name, password or code; code `code_required` where one is missing.
        ConflictError: a first password or a second factor must be set in the browser first.
    """
    account = await mechanism.with_password(username, password, address)
    if account["totp_confirmed_at"] is not None:
        if not code.strip():
            raise InvalidInputError(
                phrases.NO_CODE, code="code_required", fields={"code": phrases.NO_CODE}
            )
        await mechanism.with_code(account, code, address, field="code")
    if await stages.next_stage(account, code_given=True) is not Stage.FULL:
        raise ConflictError(phrases.FINISH_IN_BROWSER, code="step_required")
    await repository.forget_failures(account["id"])
    return await mechanism.open(account, "api", Stage.FULL, address, user_agent)
