"""Whole numbers of any length are read or refused, never an error of the program."""

from __future__ import annotations

import pytest

from core.kit import numbers


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("12", 12), (" 7 ", 7), ("-3", -3), ("0", 0), ("9" * 15, 10**15 - 1),
        ("9" * 16, None), ("9" * 5000, None), ("", None), ("-", None), ("--1", None),
        ("²", None), ("٣", None), ("1.5", None), ("1e3", None), ("+1", None),
    ],
)  # fmt: skip
def test_a_whole_number_is_read_and_everything_else_is_none(text: str, found: int | None) -> None:
    assert numbers.whole(text) == found


def test_a_version_that_is_none_is_never_the_present_one() -> None:
    assert [numbers.version(text) for text in ("4", "", "²", "1" * 5000)] == [4, -1, -1, -1]
