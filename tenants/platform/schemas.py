"""An operator, and what the console shows."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import msgspec

from core.accounts.schemas import Stage

ROLE = "platform_operator"


class Operator(msgspec.Struct, frozen=True):
    """Who acts in the console."""

    id: UUID
    username: str
    display_name: str


class OperatorSession(msgspec.Struct, frozen=True):
    """A session of the console as the edge sees it.

    Attributes:
        stage: what is still to be done; work needs `full`.
        idle_expired: the password must be asked again (same page, same cookie).
        totp_at_hand: the account has a second factor.
    """

    session_id: UUID
    operator: Operator
    stage: Stage
    idle_expired: bool
    expires_at: datetime
    totp_at_hand: bool

    @property
    def owner_id(self) -> UUID | None:
        """Whose session it is."""
        return self.operator.id


class OperatorView(msgspec.Struct, frozen=True):
    """An operator's account as a list shows it. `state`: active | locked | inactive."""

    id: UUID
    username: str
    display_name: str
    state: str
    has_totp: bool
    must_change_password: bool
    created_at: datetime
    seen_at: datetime | None


class OperatorSlip(msgspec.Struct, frozen=True):
    """What is handed over once: the temporary password is kept nowhere."""

    username: str
    display_name: str
    temporary_password: str
