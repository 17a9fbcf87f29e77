"""Awards of earlier years from Excel: looked at first, then written as a whole or not at all.

The uploaded file is kept: the preview is made from it, and later it is the paper of the awards.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from core.accounts.schemas import Actor
from core.errors import ConflictError, PermissionDeniedError
from core.evidence import lists
from core.evidence import service as evidence
from core.honours import access, phrases
from core.honours import import_columns as columns
from core.honours import repository_register as repository
from core.honours.schemas_register import Line, Preview
from core.kit import clock
from core.kit.i18n import fold
from core.law import awards

HEADINGS_WITHIN = 15  # a title may stand above the headings
FIRST_YEAR = 1945
YES = {"x", "co", "1", "dung"}


async def upload(*, actor: Actor, name: str, content: bytes) -> Preview:
    """Keep a list and return its preview; nothing else is written.

    Raises:
        PermissionDeniedError: not an officer.
        InvalidInputError, PayloadTooLargeError: field `file`.
    """
    paths = _paths(actor)
    rows = _rows(await lists.read_sheets(name, content))
    top = min(paths, key=len)
    name, content = await lists.to_keep(name, content)
    kept = await evidence.store_file(
        actor=actor, name=name, content=content, purpose="evidence",
        unit_id=UUID([part for part in top.split("/") if part][-1]),
    )  # fmt: skip
    return Preview(kept.id, kept.name, await _checked(rows, paths))


async def preview(*, actor: Actor, file_id: UUID) -> Preview:
    """Return the preview of a list that was kept, held against what is in the register now.

    Raises:
        NotFoundError: no such file for this person.
        PermissionDeniedError, InvalidInputError: as `upload`.
    """
    paths = _paths(actor)
    file, content = await evidence.open_file(actor=actor, file_id=file_id)
    rows = _rows(await lists.read_sheets(file.name, content))
    return Preview(file_id, file.name, await _checked(rows, paths))


async def apply(*, actor: Actor, file_id: UUID) -> int:
    """Write the whole list into the register; return how many awards.

    Raises:
        ConflictError: the list has errors (code `not_ready`); nothing is written.
        NotFoundError, PermissionDeniedError, InvalidInputError: as `preview`.
    """
    _paths(actor)
    await repository.lock_import()
    found = await preview(actor=actor, file_id=file_id)
    if found.wrong:
        raise ConflictError(phrases.IMPORT_ERRORS, code="not_ready")
    await repository.insert_imported(found.lines, file_id)
    return len(found.lines)


def require_officer(actor: Actor) -> None:
    """Refuse who is an officer nowhere (PermissionDeniedError)."""
    _paths(actor)


def _paths(actor: Actor) -> list[str]:
    paths = actor.paths(access.OFFICERS)
    if not paths:
        raise PermissionDeniedError
    return paths


def _rows(sheets: Sequence[Sequence[lists.Cells]]) -> list[Line]:
    """Return the rows under the headings of the first sheet that has them."""
    lacking = ""
    for rows in sheets:
        for number, cells in enumerate(rows[:HEADINGS_WITHIN]):
            places = columns.recognised(cells)
            absent = [each.heading for each in columns.REQUIRED if each.key not in places]
            if not absent:
                return _under(places, rows, number + 1)
            if len(places) > 1:
                names = ", ".join(f"“{name}”" for name in absent)
                lacking = lacking or phrases.NO_COLUMN.format(names=names)
    raise lists.refused(lacking or phrases.NO_HEADINGS)


def _under(places: Mapping[str, int], rows: Sequence[lists.Cells], first: int) -> list[Line]:
    found = []
    for number, cells in enumerate(rows[first:], first + 1):
        texts = {key: cells[at] for key, at in places.items() if at < len(cells) and cells[at]}
        if texts:
            found.append(Line(number, texts))
    if not found:
        raise lists.refused(phrases.NO_ROWS)
    if len(found) > lists.MAX_ROWS:
        raise lists.refused(phrases.TOO_MANY.format(n=len(found), most=lists.MAX_ROWS))
    return found


async def _checked(lines: list[Line], paths: Sequence[str]) -> list[Line]:
    """Check all rows with three queries, however many there are."""
    units = await repository.units()
    by_code = {fold(row["code"]): row for row in units}
    by_name = defaultdict(list)
    for row in units:
        by_name[fold(row["name"])].append(row)
    names = {fold(line.cells["name"]) for line in lines if line.cells.get("name")}
    people = defaultdict(list)
    for row in await repository.people(sorted(names)):
        people[row["search_name"]].append(row)
    for line in lines:
        words = fold(line.cells.get("unit", ""))
        named = by_name.get(words, [])
        _whom(line, by_code.get(words) or (named[0] if len(named) == 1 else None), people, paths)
        _what(line)
    ids = [line.subject_id for line in lines if line.subject_id]
    there = {
        (row["subject_id"], row["award"].casefold(), row["decision_number"].casefold(),
         row["decided_on"])
        for row in await repository.known(ids)
    }  # fmt: skip
    _doubles(lines, there)
    return lines


def _whom(line: Line, unit: Any, people: Mapping[str, list[Any]], paths: Sequence[str]) -> None:
    """Find the unit, and the person where one is named, in its branch."""
    words, name = line.cells.get("unit", ""), line.cells.get("name", "")
    if unit is None:
        line.errors.append(phrases.ROW_UNIT.format(words=words) if words else phrases.ROW_NO_UNIT)
        return
    if not any(unit["path"].startswith(path) for path in paths):
        line.errors.append(phrases.ROW_NOT_YOURS)
        return
    line.unit_id, line.name, line.unit_name = unit["id"], unit["name"], unit["name"]
    if not name:
        return
    same = [each for each in people.get(fold(name), ()) if each["path"].startswith(unit["path"])]
    title = fold(line.cells.get("title", ""))
    if len(same) > 1 and title:
        same = [each for each in same if fold(each["job_title"]) == title] or same
    if len(same) != 1:
        sentence = phrases.ROW_PEOPLE if same else phrases.ROW_PERSON
        line.errors.append(sentence.format(name=name, unit=unit["name"], n=len(same)))
        return
    found = same[0]
    line.person_id, line.unit_id, line.unit_name = found["id"], found["unit_id"], found["unit_name"]
    line.name, line.title = found["full_name"], line.cells.get("title", "") or found["job_title"]


def _what(line: Line) -> None:
    """Read award, number, day and year."""
    cells, today = line.cells, clock.today()
    if not cells.get("award"):
        line.errors.append(phrases.ROW_NO_AWARD)
    if not cells.get("number"):
        line.errors.append(phrases.ROW_NO_NUMBER)
    words = cells.get("day", "")
    line.decided_on = _day(words)
    if line.decided_on is None:
        line.errors.append(phrases.ROW_DAY.format(words=words))
    elif line.decided_on > today:
        line.errors.append(phrases.ROW_FUTURE)
    typed = cells.get("year", "")
    line.year = int(typed) if len(typed) == 4 and typed.isdecimal() else 0
    if not typed and line.decided_on:
        line.year = line.decided_on.year
    elif typed and not FIRST_YEAR <= line.year <= today.year:
        line.errors.append(phrases.ROW_YEAR.format(words=typed))
    line.is_thematic = fold(cells.get("thematic", "")) in YES
    kind = awards.kind_of(cells.get("award", ""), cells.get("issuer"), today)
    line.award_kind = "" if kind is awards.AwardKind.UNNAMED else kind.value


def _day(words: str) -> date | None:
    for form in ("%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%Y-%m-%d %H:%M:%S"):
        try:
            return datetime.strptime(words, form).date()  # noqa: DTZ007 -- a day has no zone
        except ValueError:
            continue
    return None


def _doubles(lines: Sequence[Line], there: set[tuple[Any, ...]]) -> None:
    """Mark rows that stand twice in the list, or are in the register already."""
    first: dict[tuple[Any, ...], Line] = {}
    for line in lines:
        if line.subject_id is None or line.decided_on is None:
            continue
        other = first.setdefault(line.key, line)
        if other is not line:
            line.errors.append(phrases.ROW_DOUBLE.format(row=other.row))
        elif line.key in there:
            line.errors.append(phrases.ROW_KNOWN)
