"""Vietnamese words for days, numbers and names; search and sort keys. Pure functions.

A due instant is exclusive ("trước ngày 30/11" = 30/11 00:00): people are told the day before.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any
from zoneinfo import ZoneInfo

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
DAY = 86_400
_ORDER = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
# Dictionary order of the tones: none, huyền, hỏi, ngã, sắc, nặng.
_TONES = {"\u0300": 1, "\u0309": 2, "\u0303": 3, "\u0301": 4, "\u0323": 5}
_NUMBER = re.compile(r"-?\d{1,3}(\.\d{3})+(,\d+)?|-?\d+([.,]\d+)?", re.ASCII)


def nfc(text: str) -> str:
    """Return the text in Unicode NFC."""
    return unicodedata.normalize("NFC", text)


def local(instant: datetime) -> datetime:
    """Return an instant in Vietnam's time zone."""
    return instant.astimezone(VIETNAM)


def vn_date(value: date | datetime | None) -> str:
    """Return `22/11/2026`; '' for None."""
    if value is None:
        return ""
    return (local(value) if isinstance(value, datetime) else value).strftime("%d/%m/%Y")


def vn_datetime(value: datetime | None) -> str:
    """Return `10:42 22/11/2026`; '' for None."""
    return local(value).strftime("%H:%M %d/%m/%Y") if value else ""


def vn_time(value: datetime | None) -> str:
    """Return `10:42:07`; '' for None."""
    return local(value).strftime("%H:%M:%S") if value else ""


def vn_exact(value: datetime | None) -> str:
    """Return the exact instant for tooltips and receipts: `10:42:07 ngày 22/11/2026 (+07:00)`."""
    return local(value).strftime("%H:%M:%S ngày %d/%m/%Y (+07:00)") if value else ""


def last_day(due: datetime) -> date:
    """Return the last day on which a filing is on time, for an exclusive instant."""
    return (local(due) - timedelta(microseconds=1)).date()


def vn_day_long(due: datetime | None) -> str:
    """Return `hết ngày 29/11/2026` for an exclusive instant; 'không nêu ngày' for None."""
    return f"hết ngày {vn_date(last_day(due))}" if due else "không nêu ngày"


def days_left(due: datetime, now: datetime) -> int:
    """Return whole days from today to the last day; negative when it has passed."""
    return (last_day(due) - local(now).date()).days


def days_left_text(due: datetime | None, now: datetime) -> str:
    """Return `còn 6 ngày`, `hôm nay là ngày cuối` or `quá hạn 3 ngày`; '' for None."""
    if due is None:
        return ""
    if now >= due:
        return f"quá hạn {max(1, -days_left(due, now))} ngày"
    left = days_left(due, now)
    return f"còn {left} ngày" if left else "hôm nay là ngày cuối"


def duration_text(seconds: int) -> str:
    """Return a length of time in its two largest units: `1 ngày 8 giờ`, `5 phút`."""
    days, rest = divmod(max(seconds, 0), DAY)
    hours, rest = divmod(rest, 3600)
    minutes, seconds = divmod(rest, 60)
    parts = [(days, "ngày"), (hours, "giờ"), (minutes, "phút"), (seconds, "giây")]
    said = [f"{number} {unit}" for number, unit in parts if number]
    return " ".join(said[:2]) or "0 giây"


def late_text(due: datetime, submitted: datetime) -> str:
    """Return `muộn 1 ngày 8 giờ`, or '' when it was on time."""
    if submitted < due:
        return ""
    return f"muộn {duration_text(int((submitted - due).total_seconds()))}"


def vn_number(value: Decimal | float | None) -> str:
    """Return `1.234,5`; '' for None."""
    if value is None:
        return ""
    text = f"{value:,f}" if isinstance(value, Decimal) else f"{value:,}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return text.translate(str.maketrans(",.", ".,"))


def vn_target(
    comparison: str, target: float | Decimal | Sequence[float | Decimal], unit: str
) -> str:
    """Return a target in words: `từ 90% trở lên`, `trên 95%`, `100%`, `hạng 1 đến 5`."""
    if isinstance(target, Sequence):
        low, high = (vn_number(end) for end in target)
        return f"hạng {low} đến {high}"
    amount = f"{vn_number(target)}{'' if unit == '%' else ' '}{unit}".strip()
    return {">=": f"từ {amount} trở lên", ">": f"trên {amount}"}.get(comparison, amount)


def parse_vn_number(text: str) -> Decimal:
    """Read a figure: `12,5`, `12.5`, `1.234,5`, `1.234` (thousands).

    Raises:
        ValueError: not a figure, with a sentence for the field.
    """
    cleaned = text.strip().replace("\u00a0", "").replace(" ", "").removesuffix("%")
    if not _NUMBER.fullmatch(cleaned):
        raise ValueError("Chỉ nhập số, ví dụ 12,5 hoặc 1.234.")
    grouped = re.fullmatch(r"-?[1-9]\d{0,2}(\.\d{3})+(,\d+)?", cleaned)
    plain = cleaned.replace(".", "") if grouped else cleaned
    try:
        return Decimal(plain.replace(",", "."))
    except InvalidOperation as error:
        raise ValueError("Chỉ nhập số, ví dụ 12,5 hoặc 1.234.") from error


def file_size(size: int) -> str:
    """Return `1,2 MB`, `340 KB`."""
    if size >= 1024 * 1024:
        return f"{vn_number(round(size / 1024 / 1024, 1))} MB"
    return f"{max(1, round(size / 1024))} KB"


def fold(text: str) -> str:
    """Return the text without diacritics, in lower case, for search (as SQL `fold`)."""
    plain = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    return "".join(char for char in plain if not unicodedata.combining(char))


def _letter(char: str) -> tuple[str, int]:
    marks = unicodedata.normalize("NFD", char)
    tone = next((_TONES[mark] for mark in marks if mark in _TONES), 0)
    base = unicodedata.normalize("NFC", "".join(mark for mark in marks if mark not in _TONES))
    return base, tone


def sort_key(text: str) -> str:
    """Return an ASCII key in Vietnamese dictionary order: letters first, then tones."""
    letters: list[str] = []
    tones: list[str] = []
    for char in nfc(text).lower():
        base, tone = _letter(char)
        place = _ORDER.find(base)
        if place >= 0:
            letters.append(f"{place + 20:02d}")
            tones.append(str(tone))
        elif base.isascii() and base.isdigit():
            letters.append(f"1{base}")
            tones.append("0")
        elif base.isspace() or base in "-–":
            letters.append("00")
            tones.append("0")
    return f"{''.join(letters)}!{''.join(tones)}"


def roster_key(full_name: str) -> str:
    """Return the key of a roster: given name, then family name, then middle names."""
    words = full_name.split()
    if len(words) < 2:
        return sort_key(full_name)
    return "|".join(sort_key(part) for part in (words[-1], words[0], " ".join(words[1:-1])))


FILTERS: dict[str, Any] = {
    "vn_date": vn_date,
    "vn_datetime": vn_datetime,
    "vn_time": vn_time,
    "vn_exact": vn_exact,
    "vn_day_long": vn_day_long,
    "vn_number": vn_number,
    "vn_target": vn_target,
    "days_left": days_left,
    "days_left_text": days_left_text,
    "duration_text": duration_text,
    "late_text": late_text,
    "file_size": file_size,
}
