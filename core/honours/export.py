"""The register and the figures as Excel files (run in a thread)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from io import BytesIO
from typing import Any

import xlsxwriter

from core.honours import phrases
from core.honours.schemas_register import GrantRow
from core.kit.i18n import vn_date
from core.reports.export import safe

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Cells = Sequence[str | int]
Sheet = tuple[str, Sequence[tuple[str, int]], Iterable[Cells], str]

REGISTER = (
    ("Họ và tên, tên tập thể", 34), ("Chức vụ", 24), ("Đơn vị", 34), ("Loại đối tượng", 14),
    ("Hình thức khen thưởng", 34), ("Nơi khen", 28), ("Năm", 8), ("Số quyết định", 18),
    ("Ngày quyết định", 14), ("Số sổ vàng", 10), ("Tiền thưởng (đồng)", 16), ("Nguồn", 22),
    ("Hiệu lực", 16),
)  # fmt: skip


def register_rows(rows: Iterable[GrantRow]) -> Iterable[Cells]:
    """Yield the register's rows as cells."""
    for row in rows:
        yield (
            row.subject_name, row.subject_title, row.subject_unit_name or row.held_unit_name,
            phrases.SUBJECTS[row.subject_kind], row.award, row.issuer, row.year,
            row.decision_number, vn_date(row.decided_on),
            "" if row.gold_book_number is None else row.gold_book_number,
            "" if row.prize_amount is None else row.prize_amount,
            phrases.SOURCES[row.source], phrases.GRANT_STATES[row.state],
        )  # fmt: skip


def workbook(title: str, sheets: Sequence[Sheet]) -> bytes:
    """Return an .xlsx; each sheet: name, headings with widths, rows, a note under the title."""
    target = BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    formats = {
        "title": book.add_format({"bold": True, "font_size": 13}),
        "note": book.add_format({"italic": True}),
        "head": book.add_format(
            {"bold": True, "bg_color": "#EDF5F5", "bottom": 1, "text_wrap": True}
        ),
        "number": book.add_format({"num_format": "#,##0"}),
    }
    for sheet in sheets:
        _write(book, title, sheet, formats)
    book.close()
    return target.getvalue()


def _write(book: Any, title: str, given: Sheet, formats: dict[str, Any]) -> None:
    name, headers, rows, note = given
    sheet = book.add_worksheet(name)
    sheet.write_string(0, 0, safe(title), formats["title"])
    sheet.write_string(1, 0, safe(note), formats["note"])
    for column, (heading, width) in enumerate(headers):
        sheet.write_string(2, column, heading, formats["head"])
        sheet.set_column(column, column, width)
    last = 2
    for last, cells in enumerate(rows, start=3):
        for column, value in enumerate(cells):
            if isinstance(value, str):
                sheet.write_string(last, column, safe(value))
            else:
                is_year = headers[column][0] == "Năm"
                sheet.write_number(last, column, value, None if is_year else formats["number"])
    sheet.freeze_panes(3, 1)
    sheet.autofilter(2, 0, last, len(headers) - 1)
