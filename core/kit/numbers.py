"""Whole numbers out of what was typed or sent, however long it is."""

from __future__ import annotations

MOST_DIGITS = 15  # beyond any sum, version or year; Python refuses some thousands with an error


def whole(text: str) -> int | None:
    """Return a whole number of at most 15 digits (a leading minus is read), else None."""
    typed = text.strip()
    digits = typed.removeprefix("-")
    if not (digits.isascii() and digits.isdigit() and len(digits) <= MOST_DIGITS):
        return None
    return int(typed)


def version(text: str) -> int:
    """Return the version that a page showed; -1, which is never the present one, for none."""
    found = whole(text)
    return -1 if found is None else found
