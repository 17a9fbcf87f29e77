"""Workbooks that the set-up path gives out: the empty list, and the list with its errors."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from typing import Any

import xlsxwriter

from tenants.setup.columns import (
    ERROR_COLUMN,
    HELP_SHEET,
    SHEETS,
    TABLES,
    Column,
)
from tenants.setup.schemas import RawRow

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ROWS_WITH_CHOICES = 5_000
_STEPS = (
    "1. Ghi mỗi đơn vị một dòng ở trang “Đơn vị”. Cột có dấu * là bắt buộc.",
    "2. Ghi mỗi người một dòng ở trang “Nhân sự”. Tên đăng nhập chỉ ghi cho người cần dùng.",
    "3. Lưu tệp dạng .xlsx, vào Quản trị, mở Nhập từ Excel, chọn tệp.",
    "4. Xem trước: hệ thống chỉ ra từng dòng sai, dòng mới, dòng đổi. Chưa có gì được ghi.",
    "5. Sửa đến khi không còn lỗi rồi bấm xác nhận. Hệ thống ghi tất cả, hoặc không ghi gì.",
    "Nhập lại cùng một tệp không làm thay đổi gì. Ô để trống thì giữ giá trị đang có.",
)


def template() -> bytes:
    """Return the empty list with headings, drop-downs and a sheet of instructions."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        for table, columns in TABLES.items():
            _sheet(book, SHEETS[table], columns)
        _help(book)
    return out.getvalue()


def with_errors(
    rows: Mapping[str, Sequence[RawRow]], errors: Mapping[tuple[str, int], Sequence[str]]
) -> bytes:
    """Return the uploaded rows with a last column that says what is wrong in each."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False}) as book:
        bad = book.add_format({"bg_color": "#fdeaea", "font_color": "#7f1715", "text_wrap": True})
        for table, columns in TABLES.items():
            sheet = _sheet(book, SHEETS[table], (*columns, _ERRORS))
            for place, row in enumerate(rows.get(table, ()), 1):
                for number, column in enumerate(columns):
                    sheet.write_string(place, number, row.cells.get(column.key, ""))
                said = errors.get((table, row.row), ())
                if said:
                    sheet.write_string(place, len(columns), " ".join(said), bad)
        _help(book)
    return out.getvalue()


_ERRORS = Column("errors", ERROR_COLUMN, "Việc cần sửa ở dòng này.", width=60)


def _sheet(book: Any, name: str, columns: Sequence[Column]) -> Any:
    sheet = book.add_worksheet(name)
    head = book.add_format({"bold": True, "bg_color": "#e8f3f3", "border": 1, "text_wrap": True})
    text = book.add_format({"num_format": "@"})
    for number, column in enumerate(columns):
        sheet.write_string(0, number, f"{column.heading} *" if column.required else column.heading,
                           head)  # fmt: skip
        sheet.set_column(number, number, column.width, text)
        sheet.write_comment(0, number, column.hint)
        if column.choices:
            strict = column.key != "roles"  # several roles are typed with commas
            sheet.data_validation(
                1, number, ROWS_WITH_CHOICES, number,
                {"validate": "list", "source": list(column.choices),
                 "error_type": "stop" if strict else "information",
                 "show_error": strict, "error_title": column.heading,
                 "error_message": "Hãy chọn một mục trong danh sách."},
            )  # fmt: skip
    sheet.freeze_panes(1, 0)
    return sheet


def _help(book: Any) -> None:
    sheet = book.add_worksheet(HELP_SHEET)
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    bold = book.add_format({"bold": True})
    sheet.set_column(0, 0, 28)
    sheet.set_column(1, 1, 90, wrap)
    line = 0
    for step in _STEPS:
        sheet.write_string(line, 1, step, wrap)
        line += 1
    for table, columns in TABLES.items():
        line += 1
        sheet.write_string(line, 0, f"Trang “{SHEETS[table]}”", bold)
        for column in columns:
            line += 1
            sheet.write_string(line, 0, column.heading)
            words = f" Các lựa chọn: {', '.join(column.choices)}." if column.choices else ""
            sheet.write_string(line, 1, column.hint + words, wrap)
        line += 1
