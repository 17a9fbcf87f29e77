"""From an uploaded file to the rows of units and people."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from core.evidence.lists import MAX_ROWS, Cells, read_sheets, refused
from tenants.setup import phrases
from tenants.setup.columns import TABLES, heading_of, recognised
from tenants.setup.schemas import RawList, RawRow

HEADINGS_WITHIN = 15  # a title may stand above the headings


async def read_list(name: str, content: bytes) -> RawList:
    """Return the rows of an .xlsx or of a CSV in UTF-8.

    Raises:
        InvalidInputError: another kind of file, a broken one, one that swells, or no known heading.
        PayloadTooLargeError: more than 5 MB.
    """
    return _of_sheets(await read_sheets(name, content))


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
        raise refused(lacking or phrases.NO_HEADINGS)
    units, people = found.get("units", []), found.get("people", [])
    total = len(units) + len(people)
    if not total:
        raise refused(phrases.NO_ROWS)
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
