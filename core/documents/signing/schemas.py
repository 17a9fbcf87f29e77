"""Who signs with what, and what a look at the signatures says."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Any, Protocol

import msgspec


class Party(StrEnum):
    """Who signs: the signatory as a person, then the agency (the records clerk, with the seal)."""

    PERSON = "person"
    AGENCY = "agency"


class Key(msgspec.Struct, frozen=True):
    """What a person signs with: a PKCS#12 file, or (None) the token; its password or PIN."""

    password: str
    file: bytes | None = None

    def __repr__(self) -> str:
        return "Key(…)"  # neither logs nor traces show what opens a key


class Certificate(msgspec.Struct, frozen=True):
    """The certificate of a key: whose, issued by whom, valid between two instants."""

    subject: str
    issuer: str
    valid_from: datetime
    valid_to: datetime


class Signer(Protocol):
    """A key that can sign: a file of certificates, or a token."""

    @property
    def certificate(self) -> Certificate:
        """Whose key it is."""

    def native(self) -> Any:
        """Return the signer as the PDF library wants it."""

    def close(self) -> None:
        """Forget the key, end the token's session."""


class SignatureView(msgspec.Struct, frozen=True):
    """One signature of a PDF.

    Attributes:
        is_intact: what was signed is unchanged, and the signature belongs to it.
        is_undisturbed: later updates only added signatures.
        was_valid: the certificate was within its days when it signed.
        is_trusted: its chain ends at a root that the operator set; None where none is set.
    """

    party: Party
    subject: str
    issuer: str
    signed_at: datetime | None
    is_intact: bool
    is_undisturbed: bool
    was_valid: bool
    is_trusted: bool | None

    @property
    def is_good(self) -> bool:
        """Whether nothing speaks against the signature."""
        held = self.is_intact and self.is_undisturbed and self.was_valid
        return held and self.is_trusted is not False


class Verification(msgspec.Struct, frozen=True):
    """All signatures of a PDF in their order; `covers_all`: the last one covers the whole file."""

    signatures: tuple[SignatureView, ...]
    covers_all: bool

    @property
    def is_good(self) -> bool:
        """Whether there are signatures and nothing speaks against any of them."""
        good = all(each.is_good for each in self.signatures)
        return bool(self.signatures) and self.covers_all and good

    def by(self, party: Party) -> SignatureView | None:
        """Return the signature of a party, or None."""
        return next((each for each in self.signatures if each.party == party), None)


class Stamp(msgspec.Struct, frozen=True):
    """The picture of a signature or seal, cut to what is drawn; PNG."""

    png: bytes


class Facts(msgspec.Struct, frozen=True):
    """What is written into a signature: why and where, and the paper's own day."""

    reason: str
    location: str
    dated: date
