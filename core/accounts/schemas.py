"""What other rooms know of a person who is signed in: roles, grants, the actor, the session."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

import msgspec

from core.errors import PermissionDeniedError


class Role(StrEnum):
    """The roles of the glossary; a role is granted at a unit and holds for its subtree."""

    UNIT_CLERK = "unit_clerk"
    UNIT_HEAD = "unit_head"
    OFFICER = "officer"
    DEPARTMENT_HEAD = "department_head"
    RECORDS_CLERK = "records_clerk"
    COUNCIL_MEMBER = "council_member"
    COUNCIL_SECRETARY = "council_secretary"
    TENANT_ADMIN = "tenant_admin"
    AUDITOR = "auditor"


class Stage(StrEnum):
    """What is still to be done before a session is good for work (in this order)."""

    TOTP = "totp"
    ENROL = "enrol"
    CHANGE_PASSWORD = "change_password"  # noqa: S105 -- the name of a step
    FULL = "full"


class Grant(msgspec.Struct, frozen=True):
    """A role at a unit; `unit_path` is the unit's path in the tree, with a slash at the end.

    `delegated_by` is the account that lent the role for some days, or None.
    """

    role: str
    unit_id: UUID
    unit_path: str
    delegated_by: UUID | None = None


class Actor(msgspec.Struct, frozen=True):
    """Who acts. Every service function takes one and asks it for the right.

    Attributes:
        account_id: None for the system only.
        tenant_id: None for the system only.
        unit_path: path of the person's own unit.
        roles: all grants in force.
        is_system: jobs and the demo; may do everything.
    """

    account_id: UUID | None
    tenant_id: UUID | None
    display_name: str
    unit_id: UUID | None
    unit_name: str
    roles: tuple[Grant, ...]
    unit_path: str = ""
    is_system: bool = False

    def can(self, roles: str | Iterable[str], unit_path: str) -> bool:
        """Tell whether one of the roles is held at the unit of this path, or above it."""
        if self.is_system:
            return True
        wanted = {roles} if isinstance(roles, str) else set(roles)
        return any(
            grant.role in wanted and unit_path.startswith(grant.unit_path) for grant in self.roles
        )

    def lender(self, roles: str | Iterable[str], unit_path: str) -> UUID | None:
        """Return who lent the right where it is held there by delegation only, else None."""
        wanted = {roles} if isinstance(roles, str) else set(roles)
        held = [
            grant
            for grant in self.roles
            if grant.role in wanted and unit_path.startswith(grant.unit_path)
        ]
        own = any(grant.delegated_by is None for grant in held)
        return held[0].delegated_by if held and not own else None

    def require(self, roles: str | Iterable[str], unit_path: str) -> None:
        """Refuse unless `can`.

        Raises:
            PermissionDeniedError: none of the roles is held there.
        """
        if not self.can(roles, unit_path):
            raise PermissionDeniedError

    def has(self, roles: str | Iterable[str]) -> bool:
        """Tell whether one of the roles is held anywhere (for menus; never for a right)."""
        if self.is_system:
            return True
        wanted = {roles} if isinstance(roles, str) else set(roles)
        return any(grant.role in wanted for grant in self.roles)

    def paths(self, roles: str | Iterable[str]) -> list[str]:
        """Return the paths at which one of the roles is held (for SQL: `path LIKE ANY`)."""
        wanted = {roles} if isinstance(roles, str) else set(roles)
        return [grant.unit_path for grant in self.roles if grant.role in wanted]


SYSTEM = Actor(
    account_id=None,
    tenant_id=None,
    display_name="Hệ thống",
    unit_id=None,
    unit_name="",
    roles=(),
    is_system=True,
)


class SessionView(msgspec.Struct, frozen=True):
    """A session as the edge sees it.

    Attributes:
        actor: who it belongs to.
        stage: what is still to be done; work needs `full`.
        idle_expired: the password must be asked again (same page, same cookie).
        totp_at_hand: the account has a second factor, so re-authentication asks for a code.
        unread: notices that the person has not opened yet.
        support: the operators' access that is in force, as JSON; '' = none.
    """

    session_id: UUID
    actor: Actor
    stage: Stage
    kind: str
    idle_expired: bool
    expires_at: datetime
    totp_at_hand: bool = False
    unread: int = 0
    support: str = ""

    @property
    def owner_id(self) -> UUID | None:
        """Whose session it is."""
        return self.actor.account_id


class SignedIn(msgspec.Struct, frozen=True):
    """A new session: the token goes into the cookie (or to the program), nowhere else."""

    token: str
    session_id: UUID
    stage: Stage
    expires_at: datetime


class SessionRow(msgspec.Struct, frozen=True):
    """One of a person's sessions, to be looked at and ended."""

    id: UUID
    kind: str
    created_at: datetime
    seen_at: datetime
    address: str
    user_agent: str
    is_this_one: bool


class GrantView(msgspec.Struct, frozen=True):
    """A role with the name of the unit where it holds; who lent it, and its last day."""

    role: str
    unit_id: UUID
    unit_path: str
    unit_name: str
    lender: str = ""
    valid_to: date | None = None


class Lendable(msgspec.Struct, frozen=True):
    """A role that a person holds himself at a unit and may lend."""

    role: str
    unit_id: UUID
    unit_name: str

    @property
    def key(self) -> str:
        """The value of this choice in a form."""
        return f"{self.role}:{self.unit_id}"


class Candidate(msgspec.Struct, frozen=True):
    """An account that a role may be lent to."""

    id: UUID
    display_name: str
    username: str
    unit_name: str


class DelegationView(msgspec.Struct, frozen=True, kw_only=True):
    """A lent role. `state`: coming | in_force | over | revoked; both days are included.

    `may_end`: the person who looks at it may end it.
    """

    id: UUID
    account_id: UUID
    display_name: str
    role: str
    unit_id: UUID
    unit_name: str
    unit_path: str
    lender_id: UUID
    lender: str
    valid_from: date
    valid_to: date
    decision: str
    reason: str
    state: str
    may_end: bool


class DelegationPage(msgspec.Struct, frozen=True):
    """One page of delegations; `after` is the cursor of the next page, or None."""

    rows: list[DelegationView]
    after: UUID | None


class UnusedAccount(msgspec.Struct, frozen=True, kw_only=True):
    """An account with its last use: `last_seen` is the last request that is still recorded."""

    id: UUID
    display_name: str
    username: str
    unit_name: str
    last_seen: datetime | None
    last_use: datetime
    days: int


class UnusedPage(msgspec.Struct, frozen=True):
    """One page of unused accounts; `after` is the cursor of the next page, or None."""

    rows: list[UnusedAccount]
    after: UUID | None


class AccountView(msgspec.Struct, frozen=True):
    """An account as its administrator, and its owner, see it. `state`: active|locked|inactive.

    `is_support`: an operator comes in under it by a support grant; nobody administers it.
    """

    id: UUID
    username: str
    display_name: str
    email: str
    unit_id: UUID
    unit_name: str
    unit_path: str
    state: str
    has_totp: bool
    must_change_password: bool
    created_at: datetime
    grants: tuple[GrantView, ...]
    is_support: bool = False


class AccountPage(msgspec.Struct, frozen=True):
    """One page of accounts; `after` is the cursor of the next page, or None."""

    rows: list[AccountView]
    after: UUID | None


class Slip(msgspec.Struct, frozen=True):
    """What is printed once and handed over: the temporary password is kept nowhere."""

    account: AccountView
    temporary_password: str


class Enrolment(msgspec.Struct, frozen=True):
    """An authenticator to be set up. Nothing is stored until its first code was right.

    Attributes:
        sealed: the secret, encrypted; the form sends it back.
        secret: for typing by hand where no camera is at hand.
        qr_svg: the same as a picture.
    """

    sealed: str
    secret: str
    qr_svg: str


class WaitingRow(msgspec.Struct, frozen=True):
    """An account whose owner has not set a password. `state`: never | sent | ended | slip."""

    id: UUID
    display_name: str
    username: str
    email: str
    unit_name: str
    state: str
    sent_at: datetime | None
    expires_at: datetime | None
    roles: list[str]


class WaitingPage(msgspec.Struct, frozen=True):
    """One page of accounts that wait; `after` is the cursor of the next page, or None."""

    rows: list[WaitingRow]
    after: UUID | None


class WaitingCounts(msgspec.Struct, frozen=True):
    """How many accounts wait for their first password.

    Attributes:
        to_invite: have an address and were never invited.
        without_address: have none and no slip was printed.
        ended: their invitation is over.
    """

    waiting: int
    to_invite: int
    without_address: int
    ended: int


class Invited(msgspec.Struct, frozen=True):
    """What an invitation of many did."""

    sent: int
    without_address: int
