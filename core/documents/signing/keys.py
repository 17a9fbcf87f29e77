"""Keys that sign: a PKCS#12 file that is opened for one signature, or a PKCS#11 token.

Nothing of a key is ever kept: the file and its password live as long as the call.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import msgspec
from asn1crypto import x509
from cryptography.hazmat.primitives.serialization import pkcs12
from pkcs11.exceptions import PKCS11Error
from pyhanko.config.pkcs11 import TokenCriteria
from pyhanko.sign.pkcs11 import PKCS11Signer, open_pkcs11_session
from pyhanko.sign.signers import SimpleSigner

from core.documents.signing import phrases
from core.documents.signing.schemas import Certificate, Signer
from core.errors import InvalidInputError
from core.kit.clock import VIETNAM

MAX_KEY_BYTES = 200_000


class Token(msgspec.Struct, frozen=True):
    """Where a token is reached: the module's path, the token's label, the key's label."""

    module: str
    label: str
    key: str


class SoftwareSigner:
    """A key from a file, in memory."""

    def __init__(self, native: SimpleSigner) -> None:
        self._native: SimpleSigner | None = native
        self.certificate = certificate_of(native.signing_cert)

    def native(self) -> Any:
        """Return the library's signer."""
        return self._native

    def close(self) -> None:
        """Forget the key."""
        self._native = None


class TokenSigner:
    """A key that never leaves its token."""

    def __init__(self, session: Any, key: str) -> None:
        self._session = session
        self._native = PKCS11Signer(session, cert_label=key, key_label=key)
        self.certificate = certificate_of(self._native.signing_cert)

    def native(self) -> Any:
        """Return the library's signer."""
        return self._native

    def close(self) -> None:
        """End the session with the token."""
        self._session.close()


def open_file(content: bytes, password: str) -> Signer:
    """Open a PKCS#12 file.

    Raises:
        InvalidInputError: no such file, a wrong password, no key in it.
    """
    try:
        if len(content) > MAX_KEY_BYTES:
            raise ValueError
        key, found, _ = pkcs12.load_key_and_certificates(content, password.encode())
    except (ValueError, TypeError) as error:
        raise _refused("password", phrases.NOT_OPENED) from error
    if key is None or found is None:
        raise _refused("key", phrases.NO_KEY)
    return SoftwareSigner(SimpleSigner.load_pkcs12_data(content, (), password.encode()))


def open_token(token: Token | None, pin: str) -> Signer:
    """Open a session with a token.

    Raises:
        InvalidInputError: none is set up, it does not answer, or refuses the PIN.
    """
    if token is None:
        raise _refused("key", phrases.NO_DEVICE)
    try:
        session = open_pkcs11_session(
            token.module, token_criteria=TokenCriteria(label=token.label), user_pin=pin
        )
        return TokenSigner(session, token.key)
    except (PKCS11Error, OSError, RuntimeError, ValueError) as error:
        raise _refused("password", phrases.DEVICE_REFUSED) from error


def certificate_of(native: x509.Certificate) -> Certificate:
    """Return the facts of a certificate."""
    return Certificate(
        subject=_name(native.subject),
        issuer=_name(native.issuer),
        valid_from=native.not_valid_before.astimezone(UTC),
        valid_to=native.not_valid_after.astimezone(UTC),
    )


def check(native: x509.Certificate, at: datetime) -> None:
    """Hold a certificate against the day and its use before anything is signed.

    Raises:
        InvalidInputError: expired, not yet valid, or not for signing.
    """
    facts = certificate_of(native)
    if at > facts.valid_to:
        raise _refused("key", phrases.EXPIRED, facts, facts.valid_to)
    if at < facts.valid_from:
        raise _refused("key", phrases.NOT_YET, facts, facts.valid_from)
    usage = native.key_usage_value
    if usage is not None and not usage.native & {"digital_signature", "non_repudiation"}:
        raise _refused("key", phrases.NOT_FOR_SIGNING, facts)


def _name(name: x509.Name) -> str:
    found = name.native.get("common_name") or name.human_friendly
    return found if isinstance(found, str) else ", ".join(found)


def _refused(
    field: str, sentence: str, facts: Certificate | None = None, day: datetime | None = None
) -> InvalidInputError:
    words = sentence.format(
        subject=facts.subject if facts else "",
        issuer=facts.issuer if facts else "",
        day=f"{day.astimezone(VIETNAM):%d/%m/%Y}" if day else "",
    )
    return InvalidInputError(words, code="key_refused", fields={field: words})
