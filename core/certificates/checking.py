"""The public check: what the law lets be shown of a certificate, to whoever holds its code."""

from __future__ import annotations

from core.accounts.throttle import misses, note_miss
from core.certificates import codes, phrases, repository
from core.certificates.schemas import Checked
from core.errors import NotFoundError, TooManyAttemptsError
from core.kit import clock
from core.law import service as law

_WHAT = "certificate-check"


async def check(*, code: str, address: str) -> Checked:
    """Return the certificate with this code, in the department of the host.

    Only codes that do not exist count against an address.

    Raises:
        NotFoundError: no certificate was issued with it (code `unknown_certificate`).
        TooManyAttemptsError: this address asked for too many codes that do not exist.
    """
    free = law.value("certificate_free_misses", clock.today())
    if await misses(_WHAT, address) >= free:
        raise TooManyAttemptsError(phrases.SLOW_DOWN)
    wanted = codes.typed(code)
    row = await repository.by_code(wanted) if wanted else None
    if row is None:
        await note_miss(_WHAT, address)
        raise NotFoundError(phrases.UNKNOWN_CODE, code="unknown_certificate")
    return Checked(**row)
