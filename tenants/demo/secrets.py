"""Known passwords and authenticator secrets of demo accounts: the same on every call, kept nowhere.

They are derived from the installation's own secret, so that nobody outside can compute them.
"""

from __future__ import annotations

import base64
import hashlib
import hmac

from core.settings import settings

_LETTERS = "abcdefghjkmnpqrstuvwxyz"


def _digest(purpose: str, slug: str, username: str) -> bytes:
    message = f"demo|{purpose}|{slug}|{username}".encode()
    return hmac.new(settings().secret.encode(), message, hashlib.sha256).digest()


def password_of(slug: str, username: str) -> str:
    """Return a password of 16 characters with all four classes, easy to type."""
    digest = _digest("password", slug, username)
    letters = "".join(_LETTERS[byte % len(_LETTERS)] for byte in digest[:10])
    number = int.from_bytes(digest[10:14], "big") % 1000
    return f"{letters[:4].title()}-{letters[4:7]}{number:03d}-{letters[7:]}"


def totp_secret_of(slug: str, username: str) -> str:
    """Return an authenticator's secret (base32, 160 bits)."""
    return base64.b32encode(_digest("totp", slug, username)[:20]).decode()
