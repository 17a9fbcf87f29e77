"""Rules of passwords, and sentences that say what is wrong."""

from datetime import UTC, date, datetime

import pytest

from core.accounts import passwords, phrases
from core.accounts.passwords import PasswordRule
from core.accounts.stages import months_later
from core.errors import InvalidInputError

DAY = date(2026, 11, 23)
ALONE = passwords.rule(second_factor=False, on=DAY)
WITH_FACTOR = passwords.rule(second_factor=True, on=DAY)


def problem(password: str, rule: PasswordRule, username: str = "nguyenvana") -> str:
    try:
        passwords.check(password, rule=rule, username=username, field="new")
    except InvalidInputError as error:
        return error.fields["new"]
    return ""


def test_rules_come_from_the_law() -> None:
    assert (ALONE.least, ALONE.classes) == (14, 4)
    assert (WITH_FACTOR.least, WITH_FACTOR.classes) == (8, 0)
    assert "14 ký tự" in ALONE.sentence
    assert "chữ hoa" not in WITH_FACTOR.sentence


@pytest.mark.parametrize(
    ("password", "rule", "expected"),
    [
        ("abcdefg", WITH_FACTOR, phrases.TOO_SHORT.format(least=8, typed=7)),
        ("abcdefgh", WITH_FACTOR, ""),
        ("Abcdefghi12-", ALONE, phrases.TOO_SHORT.format(least=14, typed=12)),
        ("Abcdefghijk12-", ALONE, ""),
        ("abcdefghijk12-", ALONE, phrases.FEW_CLASSES.format(missing="chữ hoa")),
        ("Mùa xuân 2026 về", ALONE, ""),
        ("xNguyenVanA-2026", ALONE, phrases.HAS_USERNAME),
        ("a" * 201, WITH_FACTOR, phrases.TOO_LONG.format(most=200)),
    ],
)
def test_each_breach_has_its_sentence(password: str, rule: PasswordRule, expected: str) -> None:
    assert problem(password, rule) == expected


def test_the_same_letters_from_another_keyboard_are_the_same_password() -> None:
    assert passwords.clean("Mu\u0300a xua\u0302n") == passwords.clean("M\u00f9a xu\u00e2n")


def test_a_temporary_password_keeps_the_strictest_rule_and_is_never_the_same() -> None:
    made = {passwords.temporary() for _ in range(200)}
    assert len(made) == 200
    assert all(problem(password, ALONE) == "" for password in made)
    assert not any(set(password) & set("0O1lIi") for password in made)


@pytest.mark.parametrize(
    ("start", "expected"),
    [
        ((2026, 1, 15), (2026, 3, 15)),
        ((2025, 12, 31), (2026, 2, 28)),
        ((2026, 11, 5), (2027, 1, 5)),
    ],
)
def test_two_months_later(start: tuple[int, int, int], expected: tuple[int, int, int]) -> None:
    assert months_later(datetime(*start, tzinfo=UTC), 2) == datetime(*expected, tzinfo=UTC)
