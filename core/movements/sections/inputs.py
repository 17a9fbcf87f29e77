"""Fields of a section as a page shows them, and reading what was typed into them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from uuid import UUID

import msgspec

from core.errors import InvalidInputError
from core.kit.i18n import parse_vn_number, vn_number
from core.movements.resolved import instants_after
from core.plugin.api import PlanContent

LINE, TEXT = 300, 4000
BLANK_ROWS = 2
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
LEAP_YEARS = range(2025, 2027)


class Input(msgspec.Struct, frozen=True, kw_only=True):
    """One field. `kind`: line | text | number | date | select | tick | file | hidden."""

    name: str
    label: str
    kind: str = "line"
    value: str = ""
    help: str = ""
    options: tuple[tuple[str, str], ...] = ()
    file_name: str = ""
    is_required: bool = False
    width: int = 12
    suggestions: str = ""


class Group(msgspec.Struct, frozen=True, kw_only=True):
    """Fields that belong together, beside what the plan says about them.

    `source`: plan | department | not_stated | '' (a new row).
    """

    title: str
    inputs: tuple[Input, ...]
    plan: str = ""
    reference: str = ""
    note: str = ""
    source: str = ""


class Context(msgspec.Struct, frozen=True, kw_only=True):
    """What a section needs to know: the plan, the units by id, how many empty rows to show."""

    plan: PlanContent
    units: dict[UUID, str] = {}
    blank_rows: int = BLANK_ROWS


class Typed:
    """Reads what was typed, field by field; gathers every error before it raises."""

    def __init__(self, typed: Mapping[str, str]) -> None:
        self._typed = typed
        self.errors: dict[str, str] = {}

    def raw(self, name: str) -> str:
        """Return a field as typed: NFC, plain line ends, no control characters, no edges."""
        text = self._typed.get(name, "").replace("\r\n", "\n").replace("\r", "\n")
        return unicodedata.normalize("NFC", _CONTROL.sub("", text)).strip()

    def wrong(self, name: str, sentence: str) -> None:
        """Note what is wrong with a field (the first sentence stays)."""
        self.errors.setdefault(name, sentence)

    def text(self, name: str, *, limit: int = LINE, need: str = "") -> str:
        """Read a text; `need` is the sentence where it must not be empty."""
        text = self.raw(name)
        if len(text) > limit:
            self.wrong(name, f"Dài {vn_number(len(text))} ký tự; tối đa {vn_number(limit)} ký tự.")
        if need and not text:
            self.wrong(name, need)
        return text

    def number(
        self, name: str, *, least: float | None = None, most: float | None = None
    ) -> Decimal | None:
        """Read a figure within its limits, or None where nothing was typed."""
        text = self.raw(name)
        if not text:
            return None
        try:
            number = parse_vn_number(text)
        except ValueError as error:
            self.wrong(name, str(error))
            return None
        if (least is not None and number < Decimal(str(least))) or (
            most is not None and number > Decimal(str(most))
        ):
            self.wrong(name, _limits(least, most))
        return number

    def whole(
        self, name: str, *, least: float | None = None, most: float | None = None
    ) -> int | None:
        """Read a whole number within its limits, or None."""
        number = self.number(name, least=least, most=most)
        if number is None or name in self.errors:
            return None
        if number != int(number):
            self.wrong(name, "Chỉ nhập số nguyên, ví dụ 12.")
            return None
        return int(number)

    def last_day(self, name: str) -> str:
        """Read "dd/mm" as a day of every year; '' where nothing was typed."""
        text = self.raw(name)
        if not text:
            return ""
        day, _, month = text.partition("/")
        both = (day, month)
        if not all(part.isascii() and part.isdecimal() and 0 < len(part) < 3 for part in both):
            self.wrong(name, "Nhập ngày và tháng, ví dụ 29/11.")
            return ""
        made = f"{int(day):02}/{int(month):02}"
        try:
            instants_after(made, LEAP_YEARS)
        except ValueError:
            self.wrong(name, f"Không có ngày {made} trong mọi năm.")
            return ""
        return made

    def date(self, name: str, *, need: str = "", latest: date | None = None) -> date | None:
        """Read a date of a date field; `latest`: not after this day."""
        text = self.raw(name)
        if not text:
            if need:
                self.wrong(name, need)
            return None
        try:
            found = date.fromisoformat(text)
        except ValueError:
            self.wrong(name, "Ngày không đúng. Xin chọn lại.")
            return None
        if latest is not None and found > latest:
            self.wrong(name, "Ngày này chưa tới.")
        return found

    def choice(self, name: str, options: Mapping[str, str], *, need: str = "") -> str:
        """Read one of a few words."""
        found = self.raw(name)
        if found and found not in options:
            self.wrong(name, "Xin chọn một trong các mục có sẵn.")
            return ""
        if need and not found:
            self.wrong(name, need)
        return found

    def tick(self, name: str) -> bool:
        """Read a tick."""
        return self.raw(name) == "1"

    def email(self, name: str) -> str:
        """Read an address of electronic mail."""
        found = self.text(name)
        if found and not _EMAIL.fullmatch(found):
            self.wrong(name, "Địa chỉ thư chưa đúng, ví dụ vanphong@example.vn.")
        return found

    def file(self, name: str) -> tuple[UUID | None, str]:
        """Read the id and the name of a stored file."""
        try:
            return UUID(self.raw(name)), self.raw(f"name.{name}")
        except ValueError:
            return None, ""

    def rows(self, prefix: str, fields: tuple[str, ...]) -> Iterator[str]:
        """Return the prefixes of the rows in which something was typed and nothing is dropped."""
        for number in row_numbers(self._typed, prefix):
            row = f"{prefix}.{number}"
            if not self.tick(f"{row}.drop") and any(self.raw(f"{row}.{each}") for each in fields):
                yield row

    def finish(self) -> None:
        """Refuse everything that was found wrong.

        Raises:
            InvalidInputError: with a sentence for each field.
        """
        if self.errors:
            raise InvalidInputError(fields=self.errors)


def row_numbers(typed: Mapping[str, str], prefix: str) -> list[int]:
    """Return the numbers of the typed rows in order."""
    found = set()
    for name in typed:
        head, _, rest = name.partition(".")
        number = rest.partition(".")[0]
        if head == prefix and number.isascii() and number.isdecimal() and len(number) < 4:
            found.add(int(number))
    return sorted(found)


def shown_rows(typed: Mapping[str, str], prefix: str, blank: int) -> Iterator[tuple[str, bool]]:
    """Return prefixes of the rows to show (typed ones, then empty ones) and whether one is new."""
    filled = [
        number
        for number in row_numbers(typed, prefix)
        if any(v for k, v in typed.items() if k.startswith(f"{prefix}.{number}."))
    ]
    for number in filled:
        yield f"{prefix}.{number}", False
    first = max(filled, default=-1) + 1
    for number in range(first, first + blank):
        yield f"{prefix}.{number}", True


def _limits(least: float | None, most: float | None) -> str:
    low = vn_number(least) if least is not None else ""
    high = vn_number(most) if most is not None else ""
    if low and high:
        return f"Nhập số từ {low} đến {high}."
    return f"Nhập số từ {low} trở lên." if low else f"Nhập số không quá {high}."
