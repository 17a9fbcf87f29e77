"""The columns of the Excel list of awards of earlier years, and the empty list."""

from __future__ import annotations

import io
from collections.abc import Sequence

import msgspec
import xlsxwriter

from core.kit.i18n import fold

SHEET, HELP = "Khen thưởng", "Hướng dẫn"


class Column(msgspec.Struct, frozen=True):
    """A column: its key, heading, what goes into it, other headings."""

    key: str
    heading: str
    hint: str
    required: bool = False
    width: int = 18
    others: tuple[str, ...] = ()


COLUMNS = (
    Column("unit", "Mã đơn vị", "Mã hoặc tên như ở trang Đơn vị.", True, 14, ("đơn vị", "mã")),
    Column("name", "Họ và tên", "Để trống nếu khen tập thể đơn vị.", False, 28, ("họ tên",)),
    Column("title", "Chức vụ", "Chỉ cần khi đơn vị có người trùng tên.", False, 20),
    Column("award", "Hình thức khen thưởng", "Ví dụ: Giấy khen, Bằng khen của Chủ tịch UBND tỉnh.",
           True, 34, ("hình thức", "danh hiệu")),
    Column("issuer", "Nơi khen", "Người hoặc cơ quan ký quyết định.", False, 30),
    Column("number", "Số quyết định", "Ví dụ: 123/QĐ-SYT.", True, 18, ("số qđ", "quyết định số")),
    Column("day", "Ngày quyết định", "Ví dụ: 20/12/2024.", True, 16, ("ngày", "ngày qđ")),
    Column("year", "Năm", "Năm của thành tích; để trống: năm của quyết định.", False, 8),
    Column("thematic", "Thi đua theo chuyên đề", "Ghi x nếu khen theo chuyên đề.", False, 16,
           ("chuyên đề",)),
    Column("achievement", "Thành tích", "Một câu, không bắt buộc.", False, 40),
)  # fmt: skip
REQUIRED = tuple(column for column in COLUMNS if column.required)


def plain(text: str) -> str:
    """Return words without diacritics, case, stars and doubled spaces."""
    return " ".join(fold(text).replace("*", " ").split())


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


def empty_list() -> bytes:
    """Return the workbook to fill in, with a sheet that explains its columns (in a thread)."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    head = book.add_format({"bold": True, "bg_color": "#EDF5F5", "bottom": 1})
    sheet, words = book.add_worksheet(SHEET), book.add_worksheet(HELP)
    words.set_column(0, 0, 28)
    words.set_column(1, 1, 70)
    for place, column in enumerate(COLUMNS):
        star = " *" if column.required else ""
        sheet.write_string(0, place, column.heading + star, head)
        sheet.set_column(place, place, column.width)
        words.write_string(place, 0, column.heading + star)
        words.write_string(place, 1, column.hint)
    sheet.freeze_panes(1, 0)
    book.close()
    return target.getvalue()
