"""Workbooks as a department would send them."""

from __future__ import annotations

import io
from collections.abc import Sequence

import xlsxwriter

from tenants.setup.columns import PEOPLE_COLUMNS, SHEETS, UNIT_COLUMNS

UNITS = [
    ("BVA", "Bệnh viện Đa khoa A", "BV A", "Bệnh viện", "", "Có", "BVA", "Phường Một"),
    ("KNOI", "Khoa Nội", "", "Khoa, phòng", "BVA", "", "", ""),
    ("TTB", "Trung tâm Y tế B", "", "Trung tâm", "", "", "", ""),
]
PEOPLE = [
    ("Nguyễn Thị Hoa", "Giám đốc", "BVA", "hoa.nt", "Thủ trưởng đơn vị", "hoa@example.vn"),
    ("Trần Văn Bình", "Nhân viên", "BVA", "binh.tv", "Người soạn", ""),
    ("Lê Minh", "Chuyên viên", "", "minh.l", "Chuyên viên, Văn thư", "minh@example.vn"),
    ("Phạm Lan", "Điều dưỡng", "KNOI", "", "", ""),
]


def workbook(
    units: Sequence[Sequence[object]] = UNITS, people: Sequence[Sequence[object]] = PEOPLE
) -> bytes:
    """Return a list with the headings of the template."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        for name, columns, rows in (
            (SHEETS["units"], UNIT_COLUMNS, units),
            (SHEETS["people"], PEOPLE_COLUMNS, people),
        ):
            sheet = book.add_worksheet(name)
            sheet.write_row(0, 0, [column.heading for column in columns])
            for number, row in enumerate(rows, 1):
                sheet.write_row(number, 0, row)
    return out.getvalue()
