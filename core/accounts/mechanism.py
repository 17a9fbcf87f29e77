"""Prove an identity: password, lock-out, second factor, asking again after an idle time.

One mechanism for the people of a department and for the platform's operators; what differs (the
tables, who needs what) is handed in.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Awaitable
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

import msgspec

from core.accounts import passwords, phrases, second_factor, throttle
from core.accounts.passwords import PasswordRule
from core.accounts.schemas import Enrolment, SignedIn, Stage
from core.errors import ConflictError, InvalidInputError, SignInRequiredError
from core.kit import clock, db, security
from core.kit.ids import new_id
from core.law import service as law

NOBODY = UUID(int=0)


def clean_username(username: str) -> str:
    """Return a user name as it is stored: one Unicode form, lower case, no spaces around."""
    return unicodedata.normalize("NFC", username).strip().lower()


class Accounts(second_factor.Factors, Protocol):
    """SQL of the accounts: a room's repository module."""

    async def by_username(self, username: str) -> Any | None:
        """Return an account."""

    async def by_id(self, account_id: UUID) -> Any | None:
        """Return an account."""

    async def count_failure(self, account_id: UUID, limit: int) -> None:
        """Count one failed attempt; lock at the limit."""

    async def still_open(self, account_id: UUID) -> bool:
        """Tell whether the account is neither locked nor inactive."""

    async def forget_failures(self, account_id: UUID) -> None:
        """Set the counter of failures back."""

    async def set_password(
        self, account_id: UUID, password_hash: str, *, must_change: bool
    ) -> None:
        """Store a new password."""


class Sessions(Protocol):
    """SQL of the sessions: a room's repository module."""

    async def resolve(self, token_hash: str, kind: str) -> Any | None:
        """Return a session with its account, also one that has expired."""

    async def insert(
        self,
        *,
        session_id: UUID,
        account_id: UUID,
        token_hash: str,
        kind: str,
        stage: str,
        hours: int,
        address: str,
        user_agent: str,
    ) -> datetime:
        """Insert a session; return the instant of its end."""

    async def set_stage(self, session_id: UUID, stage: str) -> None:
        """Take a session to its next step."""

    async def renew(self, session_id: UUID, hours: int) -> None:
        """Let an idle session go on."""

    async def revoke_all(self, account_id: UUID, *, but: UUID | None = None) -> int:
        """End all sessions of an account (but one)."""


class AtWork(Protocol):
    """A session as the mechanism sees it."""

    @property
    def session_id(self) -> UUID:
        """Its id."""

    @property
    def stage(self) -> Stage:
        """What is still to be done."""

    @property
    def idle_expired(self) -> bool:
        """Whether the password must be asked again."""

    @property
    def owner_id(self) -> UUID | None:
        """Whose it is."""


class NextStage(Protocol):
    """Tells the first step that is still to be done."""

    def __call__(self, row: Any, *, code_given: bool) -> Awaitable[Stage]:
        """Return the step."""


class Mechanism(msgspec.Struct, frozen=True):
    """Everything about proving who one is, over some tables.

    Attributes:
        wrong: sentence after a wrong name or password, with `{limit}`.
        locked: sentence for an account that is locked by now.
    """

    accounts: Accounts
    sessions: Sessions
    next_stage: NextStage
    wrong: str
    locked: str

    async def sign_in(
        self, *, username: str, password: str, address: str = "", user_agent: str = ""
    ) -> SignedIn:
        """Check name and password and open a web session; its stage says what is still to be done.

        Raises:
            InvalidInputError: the same sentence whether the name is unknown, the password wrong,
                or the account locked or inactive.
        """
        account = await self.with_password(username, password, address)
        stage = await self.next_stage(account, code_given=False)
        if stage is not Stage.TOTP:
            await self.accounts.forget_failures(account["id"])
        return await self.open(account, "web", stage, address, user_agent)

    async def verify_totp(self, *, session: AtWork, code: str, address: str = "") -> Stage:
        """Take a code of the authenticator, or a recovery code; return the next stage.

        Raises:
            InvalidInputError: the code is wrong or used, or the account is locked by now.
            SignInRequiredError: the session is not at this step.
        """
        account = await self.at_stage(session, Stage.TOTP)
        if account["locked_at"] is not None:
            raise InvalidInputError(self.locked, code="locked")
        await self.with_code(account, code, address, field="code")
        await self.accounts.forget_failures(account["id"])
        stage = await self.next_stage(account, code_given=True)
        await self.sessions.set_stage(session.session_id, stage)
        return stage

    async def start_enrolment(self, *, session: AtWork, issuer: str) -> Enrolment:
        """Return a new authenticator to be confirmed; nothing is stored yet.

        Raises:
            ConflictError: there is one already (the administrator can take it away).
            SignInRequiredError: the session is not at this step.
        """
        account = await self.at_stage(session, Stage.ENROL, Stage.FULL)
        if account["totp_confirmed_at"] is not None:
            raise ConflictError(phrases.ALREADY_ENROLLED)
        return second_factor.enrolment(account["id"], username=account["username"], issuer=issuer)

    async def shown_again(self, *, session: AtWork, sealed: str, issuer: str) -> Enrolment:
        """Return the same authenticator for a form that is shown once more, or a new one if old.

        Raises:
            SignInRequiredError: the session is not at this step.
        """
        account = await self.at_stage(session, Stage.ENROL, Stage.FULL)
        secret = second_factor.unseal(account["id"], sealed) or ""
        return second_factor.enrolment(
            account["id"], username=account["username"], issuer=issuer, secret=secret
        )

    async def confirm_enrolment(
        self, *, session: AtWork, sealed: str, code: str, address: str = ""
    ) -> list[str]:
        """Store the authenticator after its first right code; return the recovery codes, once.

        Raises:
            InvalidInputError: a wrong code, or a form that is too old.
            ConflictError: there is an authenticator already.
            SignInRequiredError: the session is not at this step.
        """
        account = await self.at_stage(session, Stage.ENROL, Stage.FULL)
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
        codes = await second_factor.confirm(account["id"], secret, step, self.accounts)
        fresh = await self.accounts.by_id(account["id"])
        await self.sessions.set_stage(
            session.session_id, await self.next_stage(fresh, code_given=True)
        )
        return codes

    async def reauthenticate(
        self, *, token: str, password: str, code: str = "", address: str = ""
    ) -> None:
        """Let an idle session go on, under the same cookie.

        Raises:
            InvalidInputError: wrong password or code; code `code_required` where the session has
                outlived its hours and the account has a second factor.
            SignInRequiredError: there is no such session any more.
        """
        found = await self.sessions.resolve(security.hash_token(token), "web") if token else None
        account = await self.accounts.by_id(found["account_id"]) if found else None
        if found is None or account is None:
            raise SignInRequiredError
        await self.check_password(account, password, address, phrases.WRONG_PASSWORD)
        if (
            found["has_totp"]
            and found["expires_at"] <= found["now"]
            and found["stage"] != Stage.TOTP
        ):
            if not code.strip():
                raise InvalidInputError(
                    phrases.CODE_NEEDED, code="code_required", fields={"code": phrases.CODE_NEEDED}
                )
            await self.with_code(account, code, address, field="code")
        if found["stage"] != Stage.TOTP:
            await self.accounts.forget_failures(account["id"])
        await self.sessions.renew(found["id"], law.value("session_lifetime", clock.today()))

    async def check_own_password(
        self, account: Any, password: str, address: str, *, field: str
    ) -> None:
        """Ask a signed-in person for the present password; a wrong one counts as a failure.

        Raises:
            InvalidInputError: it is wrong, or the account is locked by now.
        """
        await self.check_password(account, password, address, phrases.WRONG_PASSWORD, field=field)

    async def change_password(
        self,
        *,
        session: AtWork,
        current: str,
        new: str,
        repeated: str,
        rule: PasswordRule,
        address: str = "",
    ) -> Stage:
        """Set a new password, end all other sessions, and return the session's next stage.

        Raises:
            InvalidInputError: the present password is wrong, or the new one breaks the rule.
            SignInRequiredError: the session is idle or at an earlier step.
        """
        account = await self.at_stage(session, Stage.CHANGE_PASSWORD, Stage.FULL)
        await self.check_own_password(account, current, address, field="current")
        if passwords.clean(new) == passwords.clean(current):
            raise InvalidInputError(fields={"new": phrases.SAME_AS_BEFORE})
        await self.set_password(account, new, repeated, rule)
        await self.sessions.revoke_all(account["id"], but=session.session_id)
        fresh = await self.accounts.by_id(account["id"])
        stage = await self.next_stage(fresh, code_given=True)
        await self.sessions.set_stage(session.session_id, stage)
        return stage

    async def set_password(self, account: Any, new: str, repeated: str, rule: PasswordRule) -> None:
        """Set a password that the person has chosen.

        Raises:
            InvalidInputError: it breaks the rule, was not repeated, or is the present one.
        """
        new, repeated = passwords.clean(new), passwords.clean(repeated)
        passwords.check(new, rule=rule, username=account["username"], field="new")
        if new != repeated:
            raise InvalidInputError(fields={"repeated": phrases.NOT_REPEATED})
        if await security.verify_password(new, account["password_hash"]):
            raise InvalidInputError(fields={"new": phrases.SAME_AS_BEFORE})
        await self.accounts.set_password(
            account["id"], await security.hash_password(new), must_change=False
        )

    async def with_password(self, username: str, password: str, address: str) -> Any:
        """Return the account of a name and its password.

        Raises:
            InvalidInputError: as `sign_in`.
        """
        account = await self.accounts.by_username(clean_username(username))
        limit = law.value("lockout_failures", clock.today())
        await self.check_password(account, password, address, self.wrong.format(limit=limit))
        return account

    async def check_password(
        self, account: Any, password: str, address: str, sentence: str, *, field: str = "password"
    ) -> None:
        """Do the same work for unknown, locked and open accounts; then tell right from wrong."""
        usable = account is not None and account["is_active"] and account["locked_at"] is None
        stored = account["password_hash"] if usable else ""
        right = await security.verify_password(passwords.clean(password), stored)
        if not right or not usable or not await self.accounts.still_open(account["id"]):
            await self.failed(account, address)
            raise InvalidInputError(sentence, code="wrong_credentials", fields={field: sentence})

    async def with_code(self, account: Any, code: str, address: str, *, field: str) -> None:
        """Use up a code.

        Raises:
            InvalidInputError: it is wrong or used.
        """
        if not await second_factor.accept(account, code, self.accounts):
            await self.failed(account, address)
            raise InvalidInputError(
                phrases.WRONG_CODE, code="wrong_code", fields={field: phrases.WRONG_CODE}
            )

    async def failed(self, account: Any, address: str) -> None:
        """Keep the failure whatever becomes of the request; the same work for unknown names."""
        limit = law.value("lockout_failures", clock.today())
        async with db.separate_transaction():
            await self.accounts.count_failure(account["id"] if account else NOBODY, limit)
        await throttle.note_failure(address)

    async def at_stage(self, session: AtWork, *allowed: Stage) -> Any:
        """Return the session's account.

        Raises:
            SignInRequiredError: the session is idle, or at another step.
        """
        account = await self.accounts.by_id(session.owner_id) if session.owner_id else None
        if account is None or session.idle_expired or session.stage not in allowed:
            raise SignInRequiredError
        return account

    async def open(
        self, account: Any, kind: str, stage: Stage, address: str, user_agent: str
    ) -> SignedIn:
        """Open a session of a kind (`web` or `api`) at a stage."""
        key = "session_lifetime" if kind == "web" else "api_token_lifetime"
        hours = law.value(key, clock.today())
        token, session_id = security.new_token(), new_id()
        expires_at = await self.sessions.insert(
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
