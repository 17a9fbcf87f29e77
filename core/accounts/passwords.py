"""Rules of passwords: what the law's figures ask for, said so that a person understands it."""

from __future__ import annotations

import secrets
import unicodedata
from datetime import date

import msgspec

from core.accounts import phrases
from core.errors import InvalidInputError
from core.law import service as law

LONGEST = 200
_LOWER = "abcdefghjkmnpqrstuvwxyz"
_UPPER = "ABCDEFGHJKMNPQRSTUVWXYZ"
_DIGITS = "23456789"


class PasswordRule(msgspec.Struct, frozen=True):
    """How long a password must be, and of how many classes of characters."""

    least: int
    classes: int

    @property
    def sentence(self) -> str:
        """The rule in words."""
        return phrases.rule_sentence(self.least, self.classes)


def rule(*, second_factor: bool, on: date) -> PasswordRule:
    """Return the rule for accounts with, or without, a second factor."""
    if second_factor:
        return PasswordRule(law.value("password_length_with_second_factor", on), 0)
    return PasswordRule(
        law.value("password_length_alone", on), law.value("password_classes_alone", on)
    )


def clean(password: str) -> str:
    """Return the password in one Unicode form, whatever keyboard it was typed on."""
    return unicodedata.normalize("NFC", password)


def check(password: str, *, rule: PasswordRule, username: str, field: str) -> None:
    """Refuse a password that breaks the rule.

    Raises:
        InvalidInputError: with one sentence at `field`.
    """
    problem = _problem(password, rule, username)
    if problem:
        raise InvalidInputError(fields={field: problem})


def _problem(password: str, rule: PasswordRule, username: str) -> str:
    if len(password) < rule.least:
        return phrases.TOO_SHORT.format(least=rule.least, typed=len(password))
    if len(password) > LONGEST:
        return phrases.TOO_LONG.format(most=LONGEST)
    missing = _missing_classes(password)
    if len(phrases.CLASSES) - len(missing) < rule.classes:
        return phrases.FEW_CLASSES.format(missing=", ".join(missing))
    if username and username.casefold() in password.casefold():
        return phrases.HAS_USERNAME
    return ""


def _missing_classes(password: str) -> list[str]:
    present = (
        any(c.islower() for c in password),
        any(c.isupper() for c in password),
        any(c.isdigit() for c in password),
        any(not c.isalnum() for c in password),
    )
    return [name for name, here in zip(phrases.CLASSES, present, strict=True) if not here]


def temporary() -> str:
    """Return a password for a printed slip: all classes, no letters that look alike."""
    groups = []
    for _ in range(4):
        letters = [
            secrets.choice(_UPPER),
            secrets.choice(_LOWER),
            secrets.choice(_LOWER),
            secrets.choice(_DIGITS),
        ]
        groups.append("".join(letters))
    return "-".join(groups)
