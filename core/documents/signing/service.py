"""Sign and look at signatures off the event loop; the PDF library is loaded when first needed."""

from __future__ import annotations

import asyncio
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from core.documents.signing import stamps
from core.documents.signing.schemas import Facts, Key, Party, Verification
from core.settings import settings

if TYPE_CHECKING:
    from core.documents.signing.keys import Token


async def sign(
    pdf: bytes, party: Party, key: Key, *, image: bytes, facts: Facts, at: datetime
) -> bytes:
    """Return a PDF with one more signature; the key is opened, used and forgotten here.

    Raises:
        ConflictError: not this party's turn, signed already, or changed since.
        InvalidInputError: key, password or picture are not taken, or there is no box to sign in.
    """
    return await asyncio.to_thread(_sign, pdf, party, key, image, facts, at)


async def verify(pdf: bytes) -> Verification:
    """Look at all signatures of a PDF.

    Raises:
        InvalidInputError: not a PDF that can be read.
    """
    return await asyncio.to_thread(_verify, pdf)


def has_token() -> bool:
    """Tell whether the operator has connected a token."""
    return bool(settings().pkcs11_module)


def _sign(pdf: bytes, party: Party, key: Key, image: bytes, facts: Facts, at: datetime) -> bytes:
    from core.documents.signing import engine, keys  # noqa: PLC0415 -- half a second to load

    stamp = stamps.stamp_of(image, party)
    if key.file is None:
        signer = keys.open_token(_token(), key.password)
    else:
        signer = keys.open_file(key.file, key.password)
    try:
        return engine.sign(pdf, party, signer, stamp=stamp, facts=facts, at=at, roots=_roots())
    finally:
        signer.close()


def _verify(pdf: bytes) -> Verification:
    from core.documents.signing import engine  # noqa: PLC0415 -- half a second to load

    return engine.verify(pdf, _roots())


def _token() -> Token | None:
    from core.documents.signing.keys import Token  # noqa: PLC0415 -- as above

    known = settings()
    if not known.pkcs11_module:
        return None
    return Token(known.pkcs11_module, known.pkcs11_token, known.pkcs11_key)


def _roots() -> Any:
    path = settings().signing_roots
    return _read_roots(path, Path(path).stat().st_mtime) if path else ()


@lru_cache(maxsize=2)
def _read_roots(path: str, changed_at: float) -> Any:
    """Read the roots once for each state of the file."""
    from core.documents.signing import engine  # noqa: PLC0415 -- as above

    del changed_at
    return engine.roots_of(Path(path).read_bytes())
