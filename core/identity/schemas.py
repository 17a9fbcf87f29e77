"""Who the department is, as pages, papers and other rooms see it."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import msgspec

SIGNING_KINDS = ("", "token", "hsm", "remote", "sim")


class IdentityView(msgspec.Struct, frozen=True):
    """Everything that the department says of itself.

    Attributes:
        version: to be sent back with a change, so that nobody overwrites another's.
        name, short_name, notation, place: of the root unit, where they live.
        parent_body: the body above, for the heads of papers; empty means the plan's.
        logo: hash of the logo's content, or ''.
        signing_kind: one of `SIGNING_KINDS`.
    """

    version: int
    name: str
    short_name: str
    notation: str
    place: str
    parent_body: str
    address: str
    phone: str
    email: str
    logo: str
    signing_kind: str
    signing_subject: str
    signing_provider: str
    signing_serial: str
    signing_valid_to: date | None
    privacy_name: str
    privacy_phone: str
    privacy_email: str


class CodeView(msgspec.Struct, frozen=True):
    """An official code with its first and last day (None: not known, or still in force)."""

    id: UUID
    code: str
    valid_from: date | None
    valid_to: date | None
    source: str
    is_confirmed: bool

    def holds(self, day: date) -> bool:
        """Tell whether the code is in force on a day."""
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_to is None or day <= self.valid_to
        )


class Logo(msgspec.Struct, frozen=True):
    """A logo as it is sent to browsers."""

    media_type: str
    content: bytes
