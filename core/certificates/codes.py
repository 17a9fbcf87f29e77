"""The unguessable code of a certificate: 100 random bits in letters that nobody confuses."""

from __future__ import annotations

import re
import secrets

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 20
_GROUP = 5
_LOOK_ALIKE = str.maketrans({"O": "0", "I": "1", "L": "1"})
_CODE = re.compile(f"[{ALPHABET}]{{{LENGTH}}}")


def new_code() -> str:
    """Return a new code."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def shown(code: str) -> str:
    """Return a code in groups, as it is printed."""
    return "-".join(code[at : at + _GROUP] for at in range(0, LENGTH, _GROUP))


def typed(text: str) -> str | None:
    """Return the code that somebody typed or scanned, or None when it cannot be one."""
    code = re.sub(r"[\s-]", "", text).upper().translate(_LOOK_ALIKE)
    return code if _CODE.fullmatch(code) else None
