"""The public check: what the law lets be shown of a certificate, to whoever holds its code."""

from __future__ import annotations

from core.accounts.throttle import count_of, note
from core.certificates import codes, phrases, repository
from core.certificates.schemas import Checked
from core.errors import NotFoundError, TooManyAttemptsError
from core.kit import clock
from core.law import service as law

_KEY = "certificate-check:{address}"


async def check(*, code: str, address: str) -> Checked:
    """Return the certificate with this code, in the department of the host.

    Only codes that do not exist count against an address.

    Raises:
        NotFoundError: no certificate was issued with it (code `unknown_certificate`).
        TooManyAttemptsError: this address asked for too many codes that do not exist.
    """
    today = clock.today()
    key = _KEY.format(address=address)
    if await count_of(key) >= law.value("certificate_free_misses", today):
        raise TooManyAttemptsError(phrases.SLOW_DOWN)
    wanted = codes.typed(code)
    row = await repository.by_code(wanted) if wanted else None
    if row is None:
        await note(key, 60 * law.value("address_memory", today))
        raise NotFoundError(phrases.UNKNOWN_CODE, code="unknown_certificate")
    return Checked(**row)
