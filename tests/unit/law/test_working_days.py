"""Working days, held against a calendar of 2026 and 2027 typed by hand."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.law.working_days import (
    add_working_days,
    holiday_name,
    is_working_day,
    working_days_between,
)

# (last working day before, first working day after) around each holiday
FREE = [
    ("Quốc khánh 2026", date(2026, 8, 28), date(2026, 9, 3)),
    ("Giỗ Tổ 2026, nghỉ bù", date(2026, 4, 24), date(2026, 4, 28)),
    ("30/4 và 1/5 năm 2026", date(2026, 4, 29), date(2026, 5, 4)),
    ("Quốc khánh 2027", date(2027, 9, 1), date(2027, 9, 6)),
]


@pytest.mark.parametrize(("name", "before", "after"), FREE, ids=[f[0] for f in FREE])
def test_the_day_after_the_last_working_day_is_the_first_after_the_holiday(
    name: str, before: date, after: date
) -> None:
    assert add_working_days(before, 1) == after


def test_nobody_works_over_tet() -> None:
    tet = [date(2026, 2, 16) + timedelta(days=n) for n in range(5)]
    assert [is_working_day(day) for day in tet] == [False] * 5
    assert holiday_name(date(2026, 2, 17)) == "Tết Nguyên Đán"


def test_a_swapped_saturday_is_worked() -> None:
    assert is_working_day(date(2026, 8, 22)) is True
    assert is_working_day(date(2026, 8, 31)) is False


def test_ten_working_days_over_a_plain_fortnight_end_a_fortnight_later() -> None:
    assert add_working_days(date(2026, 6, 1), 10) == date(2026, 6, 15)


def test_no_days_end_on_the_same_day_and_negative_ones_are_refused() -> None:
    assert add_working_days(date(2026, 6, 6), 0) == date(2026, 6, 6)
    with pytest.raises(ValueError, match="negative"):
        add_working_days(date(2026, 6, 6), -1)


@given(st.dates(date(2025, 1, 1), date(2030, 12, 1)), st.integers(0, 60))
def test_counting_back_gives_the_same_number(day: date, count: int) -> None:
    end = add_working_days(day, count)
    assert working_days_between(day, end) == count
    assert count == 0 or is_working_day(end)
