"""Working days in Vietnam: what the law counts when it says "ngày làm việc".

Public holidays (Bộ luật Lao động 45/2019/QH14, Điều 112), lunar ones included, days in lieu and the
swapped days that were announced come from the `holidays` library; its data end with what is known
today, so a limit that lies far ahead may still move by a day.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

import holidays


@cache
def _calendar() -> holidays.HolidayBase:
    return holidays.country_holidays("VN", language="vi")


def is_working_day(day: date) -> bool:
    """Tell whether offices work on a day."""
    return _calendar().is_working_day(day)


def holiday_name(day: date) -> str:
    """Return the name of a public holiday, '' on other days."""
    return str(_calendar().get(day, ""))


def add_working_days(day: date, count: int) -> date:
    """Return the last day of a limit of `count` working days that begins the day after `day`.

    Raises:
        ValueError: `count` is negative.
    """
    if count < 0:
        raise ValueError("a limit is not negative")
    while count:
        day += timedelta(days=1)
        count -= is_working_day(day)
    return day


def working_days_between(first: date, last: date) -> int:
    """Count the working days after `first` up to and with `last`; 0 where `last` is not later."""
    days = (last - first).days
    return sum(is_working_day(first + timedelta(days=n)) for n in range(1, days + 1))
