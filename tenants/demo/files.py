"""Evidence files of the demo: small spreadsheets that open in any office program."""

from __future__ import annotations

import io
from random import Random

import docx
import xlsxwriter

NAMES = (
    "Bảng tổng hợp số liệu quý III.xlsx",
    "Danh sách viên chức tập huấn kỹ năng số.xlsx",
    "Theo dõi tiến độ bệnh án điện tử.xlsx",
)
HEADINGS = ("Tháng", "Số lượt thực hiện", "Tỷ lệ hoàn thành (%)")


def spreadsheet(random: Random) -> tuple[str, bytes]:
    """Return the name and the content of a believable spreadsheet."""
    name = random.choice(NAMES)
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Số liệu")
        sheet.write_row(0, 0, (name.removesuffix(".xlsx"),))
        sheet.write_row(2, 0, HEADINGS)
        for month in range(1, 10):
            row = (f"Tháng {month}", random.randint(40, 400), random.randint(700, 1000) / 10)
            sheet.write_row(month + 2, 0, row)
    return name, stream.getvalue()


def plan_paper(title: str, note: str) -> bytes:
    """Return a short Word file that stands for the department's own plan."""
    document = docx.Document()
    document.add_heading(title, level=1)
    document.add_paragraph(note)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()
