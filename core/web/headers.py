"""Security headers of every answer."""

from __future__ import annotations

from core.settings import settings

CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; manifest-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
_COMMON = [
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"same-origin"),
    (b"x-frame-options", b"DENY"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"permissions-policy", b"geolocation=(), microphone=(), payment=()"),
]


def security_headers(
    present: list[tuple[bytes, bytes]], *, request_id: str, cacheable: bool
) -> list[tuple[bytes, bytes]]:
    """Return the headers to add to those that are present (a handler's own CSP stays)."""
    names = {name.lower() for name, _ in present}
    added = [*_COMMON, (b"x-request-id", request_id.encode())]
    if b"content-security-policy" not in names:
        added.append((b"content-security-policy", CSP.encode()))
    if not cacheable and b"cache-control" not in names:
        added.append((b"cache-control", b"no-store, private"))
    if settings().secure_cookies:
        added.append((b"strict-transport-security", b"max-age=31536000"))
    return added
