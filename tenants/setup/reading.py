"""From an uploaded file to rows of text; runs in a thread, within limits."""

from __future__ import annotations

import asyncio
import csv
import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from functools import reduce
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook

from core.errors import InvalidInputError, PayloadTooLargeError
from core.evidence import checks
from core.kit.i18n import nfc
from tenants.setup import phrases
from tenants.setup.columns import TABLES, heading_of, recognised
from tenants.setup.schemas import RawList, RawRow

MAX_BYTES = 5 * 1024 * 1024
MAX_ROWS = 5_000
MAX_COLUMNS = 60
MAX_INFLATED = 64 * 1024 * 1024  # bytes; 5,000 rows of long texts stay under a tenth of it
LONGEST_CELL = 500
HEADINGS_WITHIN = 15  # a title may stand above the headings

MAX_CELLS = 4_000_000
_REFERENCE = re.compile(rb"\br\s*=\s*[\"']\s*([A-Za-z]{0,3})(\d{1,7})\s*[\"']")

Cells = Sequence[str]


async def read_list(name: str, content: bytes) -> RawList:
    """Return the rows of an .xlsx or of a CSV in UTF-8.

    Raises:
        InvalidInputError: another kind of file, a broken one, one that swells, or no known heading.
        PayloadTooLargeError: more than 5 MB.
    """
    name = checks.safe_name(name)
    extension = name.rpartition(".")[2]
    if extension == "csv":
        if len(content) > MAX_BYTES:
            raise PayloadTooLargeError(phrases.TOO_HEAVY.format(name=name))
        return await asyncio.to_thread(_of_csv, content)
    if extension not in ("xlsx", "xls"):
        raise _refused(phrases.NOT_A_LIST.format(name=name))
    await checks.check(name, content, MAX_BYTES)
    return await asyncio.to_thread(_of_workbook, name, content)


def _of_csv(content: bytes) -> RawList:
    try:
        text = content.decode("utf-8-sig")
        sample = text[:4000]
        delimiter = max(",;\t", key=sample.count)
        rows = [[_text(cell) for cell in row] for row in csv.reader(io.StringIO(text), delimiter=delimiter)]  # fmt: skip  # noqa: E501
    except (UnicodeDecodeError, csv.Error):
        raise _refused(phrases.CSV_NOT_UTF8) from None
    return _of_sheets([rows])


def _of_workbook(name: str, content: bytes) -> RawList:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        entries = archive.infolist()
        swells = sum(entry.file_size for entry in entries) > MAX_INFLATED
        if swells or any(_is_vast(archive.read(entry)) for entry in entries):
            raise _refused(phrases.SWELLS.format(name=name))
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        sheets = [_rows(book, sheet) for sheet in book.sheet_names[:10]]
    except (CalamineError, OSError, ValueError) as error:
        raise _refused(phrases.BROKEN.format(name=name)) from error
    return _of_sheets(sheets)


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


def _of_sheets(sheets: Iterable[Sequence[Cells]]) -> RawList:
    found: dict[str, list[RawRow]] = {}
    lacking = ""
    for rows in sheets:
        for table in TABLES:
            read, missing = _table(table, rows)
            lacking = lacking or missing
            if read is not None:
                found.setdefault(table, []).extend(read)
                break
    if not found:
        raise _refused(lacking or phrases.NO_HEADINGS)
    units, people = found.get("units", []), found.get("people", [])
    total = len(units) + len(people)
    if not total:
        raise _refused(phrases.NO_ROWS)
    problem = phrases.TOO_MANY.format(total=_number(total), most=_number(MAX_ROWS))
    return RawList(
        units[:MAX_ROWS],
        people[: max(0, MAX_ROWS - len(units))],
        problem if total > MAX_ROWS else "",
    )


def _table(table: str, rows: Sequence[Cells]) -> tuple[list[RawRow] | None, str]:
    """Return the rows under the headings of a table; or why not, when it is nearly one."""
    required = [column.key for column in TABLES[table] if column.required]
    for number, cells in enumerate(rows[:HEADINGS_WITHIN]):
        places = recognised(table, list(cells))
        if table == "people" and not {"title", "username", "roles", "email"} & places.keys():
            continue  # "Họ và tên" alone does not make a list of people
        absent = [key for key in required if key not in places]
        if not absent:
            return _under(places, rows, number + 1), ""
        if len(places) >= 2:
            names = ", ".join(f"“{heading_of(table, key)}”" for key in absent)
            return None, phrases.NO_COLUMN.format(names=names)
    return None, ""


def _under(places: dict[str, int], rows: Sequence[Cells], first: int) -> list[RawRow]:
    found = []
    for number, cells in enumerate(rows[first:], first + 1):
        texts = {key: cells[at] for key, at in places.items() if at < len(cells) and cells[at]}
        if texts:
            found.append(RawRow(number, texts))
    return found


def _number(value: int) -> str:
    return f"{value:,}".replace(",", ".")


def _refused(sentence: str) -> InvalidInputError:
    return InvalidInputError(sentence, code="list_refused", fields={"file": sentence})
