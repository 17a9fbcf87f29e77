"""The list of a round as an Excel file."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from io import BytesIO
from typing import Any

import xlsxwriter

from core.kit.clock import VIETNAM
from core.kit.i18n import duration_text, last_day
from core.organisation.phrases import KINDS
from core.reports.phrases import STATE_NAMES
from core.reports.phrases_department import TIMINGS
from core.reports.schemas import ObligationRow
from core.reports.states import State

HEADERS = (
    ("Đơn vị", 44),
    ("Loại", 18),
    ("Trạng thái", 22),
    ("Đúng hạn hay muộn", 18),
    ("Nộp muộn", 18),
    ("Phần đã xong", 13),
    ("Tổng số phần", 13),
    ("Hạn cuối (hết ngày)", 18),
    ("Nộp lúc", 18),
    ("Hoạt động cuối", 18),
    ("Số lần nhắc", 12),
    ("Lý do miễn", 40),
)
_RISKY = ("=", "+", "-", "@", "\t", "\r")


def safe(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(_RISKY) else text


def workbook(title: str, rows: Iterable[ObligationRow]) -> bytes:
    """Return an .xlsx with one row for each unit; instants in Vietnam's time (run in a thread)."""
    target = BytesIO()
    book = xlsxwriter.Workbook(
        target, {"in_memory": True, "default_date_format": "dd/mm/yyyy hh:mm"}
    )
    sheet = book.add_worksheet("Danh sách")
    head = book.add_format({"bold": True, "bg_color": "#EDF5F5", "bottom": 1, "text_wrap": True})
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    sheet.write_string(0, 0, safe(title), book.add_format({"bold": True, "font_size": 13}))
    for column, (name, width) in enumerate(HEADERS):
        sheet.write_string(2, column, name, head)
        sheet.set_column(column, column, width)
    last = 2
    for last, row in enumerate(rows, start=3):
        for column, value in enumerate(_cells(row)):
            _write(sheet, last, column, value, day)
    sheet.freeze_panes(3, 1)
    sheet.autofilter(2, 0, last, len(HEADERS) - 1)
    book.close()
    return target.getvalue()


def _cells(row: ObligationRow) -> tuple[Any, ...]:
    due = row.returned_due_at if row.state == State.RETURNED else row.due_at
    return (
        row.unit_name,
        KINDS.get(row.unit_kind, ""),
        STATE_NAMES[State(row.state)],
        TIMINGS["overdue"] if row.is_overdue else TIMINGS.get(row.timing, ""),
        duration_text(row.late_seconds) if row.late_seconds else "",
        row.parts_done,
        row.parts_total,
        last_day(due) if due else "",
        row.submitted_at or "",
        row.activity_at or "",
        row.reminder_count,
        row.excused_reason,
    )


def _write(sheet: Any, line: int, column: int, value: Any, day: Any) -> None:
    if isinstance(value, datetime):
        sheet.write_datetime(line, column, value.astimezone(VIETNAM).replace(tzinfo=None))
    elif isinstance(value, date):
        sheet.write_datetime(line, column, datetime.combine(value, datetime.min.time()), day)
    elif isinstance(value, int):
        sheet.write_number(line, column, value)
    else:
        sheet.write_string(line, column, safe(str(value)))
