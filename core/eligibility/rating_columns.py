"""The columns of the Excel list of ratings, and the empty list."""

from __future__ import annotations

import asyncio
import io
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
import xlsxwriter

from core.eligibility import phrases
from core.eligibility.schemas import Scope
from core.kit.i18n import fold
from core.plugin.api import Rating

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SHEET, HELP, ERRORS = "Xếp loại", "Hướng dẫn", "Lỗi"
ROWS_WITH_CHOICES = 5_000


class Column(msgspec.Struct, frozen=True):
    """A column: its key, heading, what goes into it, other headings, its choices."""

    key: str
    heading: str
    hint: str
    required: bool = False
    width: int = 18
    others: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()


SHORT = {
    "khtnv": Rating.NOT_COMPLETED, "htnv": Rating.COMPLETED, "httnv": Rating.COMPLETED_WELL,
    "htxsnv": Rating.COMPLETED_EXCELLENTLY,
}  # fmt: skip
COLUMNS = (
    Column("unit", "Mã đơn vị", "Mã như ở trang Đơn vị.", True, 14, ("đơn vị", "mã")),
    Column("name", "Họ và tên", "Để trống nếu xếp loại tập thể.", False, 28, ("họ tên",)),
    Column("title", "Chức vụ", "Chỉ cần khi đơn vị có người trùng tên.", False, 20),
    Column(
        "scope", "Đối tượng", "Để trống: cá nhân nếu có họ tên, không thì đơn vị.", False, 24,
        ("đối tượng xếp loại",), tuple(phrases.SCOPES.values()),
    ),
    Column("year", "Năm", "Năm được xếp loại, ví dụ 2026.", True, 8),
    Column(
        "rating", "Mức xếp loại", "Chọn trong danh sách; nhận cả HTXSNV, HTTNV, HTNV, KHTNV.",
        True, 32, ("xếp loại", "kết quả"), tuple(phrases.RATINGS.values()),
    ),
    Column("basis", "Căn cứ", "Để trống: lấy căn cứ chung của tệp.", False, 30),
)  # fmt: skip


def plain(text: str) -> str:
    """Return words without diacritics, case, stars and doubled spaces."""
    return " ".join(fold(text).replace("*", " ").split())


RATINGS = {**{plain(words): Rating(key) for key, words in phrases.RATINGS.items()}, **SHORT}
SCOPES = {plain(words): Scope(key) for key, words in phrases.SCOPES.items()}
SCOPES |= {
    "tap the": Scope.UNIT,
    "tap the lanh dao": Scope.LEADERSHIP,
    "lanh dao": Scope.LEADERSHIP,
}


def recognised(headings: Sequence[str]) -> dict[str, int]:
    """Return key → position of the columns in a row of headings."""
    places = {plain(text): position for position, text in reversed(list(enumerate(headings)))}
    found = {}
    for column in COLUMNS:
        for name in (column.heading, *column.others):
            if plain(name) in places:
                found[column.key] = places[plain(name)]
                break
    return found


async def workbook(rows: Sequence[Mapping[str, str]] = (), errors: Sequence[str] = ()) -> bytes:
    """Return the list (empty, or with rows and a column of what is wrong in each)."""
    return await asyncio.to_thread(_workbook, rows, errors)


def _workbook(rows: Sequence[Mapping[str, str]], errors: Sequence[str]) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False}) as book:
        sheet = book.add_worksheet(SHEET)
        head = book.add_format({"bold": True, "bg_color": "#e8f3f3", "border": 1})
        bad = book.add_format({"bg_color": "#fdeaea", "font_color": "#7f1715", "text_wrap": True})
        for number, column in enumerate(COLUMNS):
            _column(sheet, number, column, head, book.add_format({"num_format": "@"}))
        if errors:
            sheet.write_string(0, len(COLUMNS), ERRORS, head)
            sheet.set_column(len(COLUMNS), len(COLUMNS), 60)
        for place, row in enumerate(rows, 1):
            for number, column in enumerate(COLUMNS):
                sheet.write_string(place, number, row.get(column.key, ""))
            if errors and errors[place - 1]:
                sheet.write_string(place, len(COLUMNS), errors[place - 1], bad)
        sheet.freeze_panes(1, 0)
        _help(book)
    return out.getvalue()


def _column(sheet: Any, number: int, column: Column, head: Any, text: Any) -> None:
    star = " *" if column.required else ""
    sheet.write_string(0, number, f"{column.heading}{star}", head)
    sheet.set_column(number, number, column.width, text)
    sheet.write_comment(0, number, column.hint)
    if column.choices:
        sheet.data_validation(
            1, number, ROWS_WITH_CHOICES, number,
            {"validate": "list", "source": list(column.choices), "error_type": "information"},
        )  # fmt: skip


def _help(book: Any) -> None:
    sheet = book.add_worksheet(HELP)
    sheet.set_column(0, 0, 20)
    sheet.set_column(1, 1, 80)
    for line, column in enumerate(COLUMNS):
        sheet.write_string(line, 0, column.heading)
        sheet.write_string(line, 1, column.hint)
