"""Lists from Excel: an uploaded file to rows of text; runs in a thread, within limits."""

from __future__ import annotations

import asyncio
import csv
import io
import re
import zipfile
from collections.abc import Sequence
from functools import reduce
from typing import Any

import xlsxwriter
from python_calamine import CalamineError, CalamineWorkbook

from core.errors import InvalidInputError, PayloadTooLargeError
from core.evidence import checks, phrases
from core.kit.i18n import nfc

MAX_BYTES = 5 * 1024 * 1024
MAX_ROWS = 5_000
MAX_COLUMNS = 60
MAX_INFLATED = 64 * 1024 * 1024  # bytes; 5,000 rows of long texts stay under a tenth of it
LONGEST_CELL = 500
MAX_CELLS = 4_000_000
_REFERENCE = re.compile(rb"\br\s*=\s*[\"']\s*([A-Za-z]{0,3})(\d{1,7})\s*[\"']")

Cells = Sequence[str]


async def read_sheets(name: str, content: bytes) -> list[list[Cells]]:
    """Return the sheets of an .xlsx or of a CSV in UTF-8, each as rows of cells in NFC.

    Raises:
        InvalidInputError: another kind of file, a broken one, or one that swells.
        PayloadTooLargeError: more than 5 MB.
    """
    name = checks.safe_name(name)
    extension = name.rpartition(".")[2]
    if extension == "csv":
        if len(content) > MAX_BYTES:
            raise PayloadTooLargeError(phrases.LIST_TOO_HEAVY.format(name=name))
        return await asyncio.to_thread(_of_csv, content)
    if extension not in ("xlsx", "xls"):
        raise refused(phrases.NOT_A_LIST.format(name=name))
    await checks.check(name, content, MAX_BYTES)
    return await asyncio.to_thread(_of_workbook, name, content)


async def to_keep(name: str, content: bytes) -> tuple[str, bytes]:
    """Return a list that was read in the form in which it is kept: a CSV as .xlsx, cell by cell.

    Raises:
        InvalidInputError, PayloadTooLargeError: as `read_sheets`.
    """
    if not name.lower().endswith(".csv"):
        return name, content
    [rows] = await read_sheets(name, content)
    return f"{name[:-4]}.xlsx", await asyncio.to_thread(_workbook, rows)


def _workbook(rows: Sequence[Cells]) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for line, row in enumerate(rows):
            for column, text in enumerate(row):
                sheet.write_string(line, column, text)
    return out.getvalue()


def refused(sentence: str) -> InvalidInputError:
    """Return the error of a list that is not taken, at the field `file`."""
    return InvalidInputError(sentence, code="list_refused", fields={"file": sentence})


def _of_csv(content: bytes) -> list[list[Cells]]:
    try:
        text = content.decode("utf-8-sig")
        sample = text[:4000]
        delimiter = max(",;\t", key=sample.count)
        rows = [[_text(cell) for cell in row] for row in csv.reader(io.StringIO(text), delimiter=delimiter)]  # fmt: skip  # noqa: E501
    except (UnicodeDecodeError, csv.Error):
        raise refused(phrases.CSV_NOT_UTF8) from None
    return [list(rows)]


def _of_workbook(name: str, content: bytes) -> list[list[Cells]]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        entries = archive.infolist()
        swells = sum(entry.file_size for entry in entries) > MAX_INFLATED
        if swells or any(_is_vast(archive.read(entry)) for entry in entries):
            raise refused(phrases.LIST_SWELLS.format(name=name))
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        sheets = [_rows(book, sheet) for sheet in book.sheet_names[:10]]
    except (CalamineError, OSError, ValueError) as error:
        raise refused(phrases.LIST_BROKEN.format(name=name)) from error
    return sheets


def _is_vast(part: bytes) -> bool:
    """Tell whether a sheet names a cell far away: the reader makes room for all before it."""
    rows = columns = 0
    for letters, digits in _REFERENCE.findall(part):
        rows = max(rows, int(digits))
        columns = max(columns, reduce(lambda total, c: total * 26 + (c & 31), letters.upper(), 0))
    return rows * max(columns, 1) > MAX_CELLS


def _rows(book: Any, name: str) -> list[Cells]:
    sheet = book.get_sheet_by_name(name)
    found: list[Cells] = []
    for row in sheet.iter_rows():
        found.append([_text(cell) for cell in row[:MAX_COLUMNS]])
        if len(found) > 4 * MAX_ROWS:
            break
    return found


def _text(value: Any) -> str:
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return nfc(" ".join(str(value).split()))[:LONGEST_CELL] if value is not None else ""
