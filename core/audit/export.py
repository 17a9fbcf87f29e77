"""What was found in the trail as a workbook, as CSV, or as JSON Lines."""

from __future__ import annotations

import csv
import json
from collections.abc import Sequence
from io import BytesIO, StringIO
from typing import Any

import msgspec
import xlsxwriter

from core.audit.reading import event_view
from core.audit.schemas import EventView
from core.kit.i18n import vn_exact
from core.reports.export import safe

HEADERS = (
    ("Số", 8),
    ("Lúc", 26),
    ("Ai", 26),
    ("Việc", 8),
    ("Ở đâu", 26),
    ("Bản ghi", 38),
    ("Thay đổi", 80),
    ("Vì sao", 40),
    ("Mã băm", 66),
)


class ExportRow(msgspec.Struct, frozen=True):
    """An event in words, and as it lies in the database."""

    view: EventView
    raw: dict[str, Any]


def export_row(row: Any) -> ExportRow:
    """Return an event for the export."""
    kept = ("seq", "at", "actor_id", "username", "reason", "table_name", "row_id", "action")
    raw = {name: row[name] for name in (*kept, "changes", "hash")}
    return ExportRow(event_view(row), raw)


def _cells(row: ExportRow) -> list[str]:
    view = row.view
    changes = "; ".join(
        f"{change.column}: {change.after}"
        if change.is_hashed or not change.before
        else f"{change.column}: {change.before} → {change.after}"
        for change in view.changes
    )
    record = str(view.record or "")
    at = vn_exact(view.at)
    texts = [at, view.who, view.action, view.table, record, changes, view.reason, row.raw["hash"]]
    return [str(view.seq), *map(safe, texts)]


def workbook(title: str, rows: Sequence[ExportRow]) -> bytes:
    """Return an .xlsx with one row for each event (run in a thread)."""
    target = BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    sheet = book.add_worksheet("Nhật ký")
    head = book.add_format({"bold": True, "bg_color": "#EDF5F5", "bottom": 1})
    sheet.write_string(0, 0, safe(title), book.add_format({"bold": True, "font_size": 13}))
    for column, (name, width) in enumerate(HEADERS):
        sheet.write_string(2, column, name, head)
        sheet.set_column(column, column, width)
    for line, row in enumerate(rows, start=3):
        for column, text in enumerate(_cells(row)):
            sheet.write_string(line, column, text[:32_000])
    sheet.freeze_panes(3, 0)
    sheet.autofilter(2, 0, 2 + len(rows), len(HEADERS) - 1)
    book.close()
    return target.getvalue()


def csv_file(title: str, rows: Sequence[ExportRow]) -> bytes:
    """Return a CSV in UTF-8 with the mark that spreadsheets need (run in a thread)."""
    target = StringIO()
    writer = csv.writer(target)
    writer.writerow([safe(title)])
    writer.writerow([name for name, _width in HEADERS])
    writer.writerows(_cells(row) for row in rows)
    return target.getvalue().encode("utf-8-sig")


def json_lines(_title: str, rows: Sequence[ExportRow]) -> bytes:
    """Return one JSON object for each event, as it lies in the database (run in a thread)."""
    lines = [json.dumps(msgspec.to_builtins(row.raw), ensure_ascii=False) for row in rows]
    return "".join(f"{line}\n" for line in lines).encode()
