"""Secrets: password hashes off the event loop, tokens kept as hashes, encryption at rest."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import hmac
import secrets
from functools import lru_cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from cryptography.exceptions import InvalidTag
from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from core.settings import settings

# argon2id with 19 MiB, 2 rounds: strong, and twenty people signing in at once still fit in memory.
_HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)


async def hash_password(password: str) -> str:
    """Return the argon2id hash of a password, made in a thread."""
    return await asyncio.to_thread(_HASHER.hash, password)


async def verify_password(password: str, password_hash: str) -> bool:
    """Tell whether the password is right; the same work is done when there is no hash."""
    return await asyncio.to_thread(_verify, password, password_hash or _nobody())


def _verify(password: str, password_hash: str) -> bool:
    try:
        return _HASHER.verify(password_hash, password)
    except (VerificationError, InvalidHashError):
        return False


@lru_cache(maxsize=1)
def _nobody() -> str:
    """Return the hash of a password that nobody knows."""
    return _HASHER.hash(secrets.token_urlsafe(32))


def new_token() -> str:
    """Return a secret of 256 random bits for a cookie, a link or a bearer token."""
    return secrets.token_urlsafe(32)


def hash_token(token: str) -> str:
    """Return the hexadecimal SHA-256 under which a token is stored."""
    return hashlib.sha256(token.encode()).hexdigest()


def keyed_hash(purpose: str, *parts: str) -> str:
    """Return an HMAC of short secrets (recovery codes), useless without the server's secret."""
    message = "\x1f".join(parts).encode()
    return hmac.new(_key(purpose), message, hashlib.sha256).hexdigest()


def encrypt(purpose: str, text: str) -> str:
    """Encrypt a text for storage; `purpose` separates the keys."""
    return _fernet(purpose).encrypt(text.encode()).decode()


def decrypt(purpose: str, sealed: str, *, max_age_seconds: int | None = None) -> str | None:
    """Return the text, or None when it was tampered with, is too old or has another purpose."""
    try:
        return _fernet(purpose).decrypt(sealed.encode(), ttl=max_age_seconds).decode()
    except (InvalidToken, ValueError):
        return None


def encrypt_bytes(purpose: str, content: bytes, *, bound_to: bytes) -> str:
    """Encrypt bytes without a time in the result (`encrypt` has one), bound to what they belong to.

    The same content is different each time and always of the same length.
    """
    nonce = secrets.token_bytes(12)
    sealed = AESGCM(_key(purpose)).encrypt(nonce, content, bound_to)
    return base64.b64encode(nonce + sealed).decode()


def decrypt_bytes(purpose: str, sealed: str, *, bound_to: bytes) -> bytes | None:
    """Return the bytes, or None where they were tampered with or belong to something else."""
    try:
        raw = base64.b64decode(sealed, validate=True)
        return AESGCM(_key(purpose)).decrypt(raw[:12], raw[12:], bound_to)
    except (InvalidTag, ValueError):
        return None


def _key(purpose: str) -> bytes:
    secret = settings().secret.encode()
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=purpose.encode()).derive(secret)


def _fernet(purpose: str) -> Fernet:
    return Fernet(base64.urlsafe_b64encode(_key(purpose)))
