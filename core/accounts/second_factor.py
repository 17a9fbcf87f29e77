"""The second factor: time-based codes (each step once) and single-use recovery codes."""

from __future__ import annotations

import io
import secrets
from collections.abc import Sequence
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

import pyotp
import segno

from core.accounts import repository
from core.accounts.schemas import Enrolment
from core.kit import clock, security
from core.kit.ids import new_id
from core.law import service as law

PURPOSE = "totp"
CODES = "recovery-code"
STEP_SECONDS = 30
SEAL_SECONDS = 30 * 60
_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"


class Factors(Protocol):
    """SQL of authenticators and recovery codes: a room's repository module."""

    async def set_totp(self, account_id: UUID, sealed_secret: str, last_step: int) -> None:
        """Store a confirmed authenticator and the step of the code that confirmed it."""

    async def use_totp_step(self, account_id: UUID, step: int) -> bool:
        """Mark a time step as used; False if it, or a later one, was used before."""

    async def replace_recovery_codes(
        self, account_id: UUID, rows: Sequence[tuple[UUID, str]]
    ) -> None:
        """Replace all recovery codes; each row is (id, hash)."""

    async def use_recovery_code(self, account_id: UUID, code_hash: str) -> bool:
        """Use up one code; False if it is unknown or was used before."""


def enrolment(account_id: UUID, *, username: str, issuer: str, secret: str = "") -> Enrolment:
    """Return a new authenticator to be confirmed; it travels in the form, encrypted."""
    secret = secret or pyotp.random_base32()
    uri = pyotp.TOTP(secret).provisioning_uri(name=username, issuer_name=issuer)
    picture = io.BytesIO()
    segno.make(uri, error="m").save(
        picture,
        kind="svg",
        xmldecl=False,
        svgns=True,
        omitsize=True,
        scale=5,
        border=4,
        light="#fff",
        title="Mã QR",
    )
    return Enrolment(
        sealed=security.encrypt(PURPOSE, f"{account_id}|{secret}"),
        secret=secret,
        qr_svg=picture.getvalue().decode(),
    )


def unseal(account_id: UUID, sealed: str) -> str | None:
    """Return the secret of an enrolment form, or None if it is old or somebody else's."""
    text = security.decrypt(PURPOSE, sealed, max_age_seconds=SEAL_SECONDS)
    owner, _, secret = (text or "").partition("|")
    return secret if owner == str(account_id) else None


def matching_step(secret: str, code: str, now: datetime) -> int | None:
    """Return the time step that a code belongs to (this one, or a neighbour), or None."""
    digits = "".join(code.split())
    if len(digits) != 6 or not digits.isascii() or not digits.isdigit():
        return None
    totp = pyotp.TOTP(secret)
    present = int(now.timestamp()) // STEP_SECONDS
    for step in (present, present - 1, present + 1):
        if secrets.compare_digest(totp.at(step * STEP_SECONDS), digits):
            return step
    return None


async def confirm(
    account_id: UUID, secret: str, step: int, store: Factors = repository
) -> list[str]:
    """Store the authenticator and return the new recovery codes, to be shown once."""
    await store.set_totp(account_id, security.encrypt(PURPOSE, secret), step)
    return await new_recovery_codes(account_id, store)


async def new_recovery_codes(account_id: UUID, store: Factors = repository) -> list[str]:
    """Replace the recovery codes of an account and return them, to be shown once."""
    codes = [_recovery_code() for _ in range(law.value("recovery_codes", clock.today()))]
    await store.replace_recovery_codes(
        account_id, [(new_id(), _code_hash(account_id, code)) for code in codes]
    )
    return codes


async def accept(account: Any, code: str, store: Factors = repository) -> bool:
    """Use up a code of the authenticator, or a recovery code; False if it is wrong or used."""
    secret = security.decrypt(PURPOSE, account["totp_secret"])
    step = matching_step(secret, code, account["now"]) if secret else None
    if step is not None:
        return await store.use_totp_step(account["id"], step)
    return await store.use_recovery_code(account["id"], _code_hash(account["id"], code))


def _recovery_code() -> str:
    letters = "".join(secrets.choice(_ALPHABET) for _ in range(10))
    return f"{letters[:5]}-{letters[5:]}"


def _code_hash(account_id: UUID, code: str) -> str:
    plain = "".join(c for c in code.casefold() if c.isalnum())
    return security.keyed_hash(CODES, str(account_id), plain)
