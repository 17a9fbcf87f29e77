"""Ratings from Excel: looked at first, then written as a whole or not at all.

The uploaded file is kept: the preview is made from it, and later it is the paper of the ratings.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

import msgspec

from core.accounts.schemas import Actor
from core.eligibility import asking, phrases, rating_columns
from core.eligibility import repository_ratings as repository
from core.eligibility.access import OFFICER, paths_of
from core.eligibility.forms import FIRST_YEAR, Typed
from core.eligibility.schemas import Scope
from core.errors import ConflictError
from core.evidence import lists
from core.evidence import service as evidence
from core.kit import clock
from core.kit.i18n import fold

HEADINGS_WITHIN = 15  # a title may stand above the headings
Known = dict[tuple[UUID, int, str], Any]


class Line(msgspec.Struct):
    """One row of the list: what was typed, whom it is about, what is wrong, what it changes."""

    row: int
    cells: dict[str, str]
    subject_id: UUID | None = None
    unit_id: UUID | None = None
    person_id: UUID | None = None
    name: str = ""
    year: int = 0
    scope: str = ""
    rating: str = ""
    basis: str = ""
    before: str = ""
    status: str = "new"
    errors: list[str] = msgspec.field(default_factory=list)

    @property
    def key(self) -> tuple[UUID | None, int, str]:
        """What can be rated only once."""
        return self.subject_id, self.year, self.scope


class Preview(msgspec.Struct):
    """A list before it is written."""

    file_id: UUID
    file_name: str
    state: str
    basis: str
    lines: list[Line]

    @property
    def wrong(self) -> list[Line]:
        """The rows that have errors."""
        return [line for line in self.lines if line.errors]

    @property
    def changing(self) -> list[Line]:
        """The rows that would write something."""
        return [line for line in self.lines if line.status != "same"]

    def count(self, status: str) -> int:
        """Return how many good rows are new, changed or the same."""
        return sum(line.status == status and not line.errors for line in self.lines)


async def upload(*, actor: Actor, name: str, content: bytes, typed: Mapping[str, str]) -> Preview:
    """Keep a list and return its preview; nothing else is written.

    Raises:
        PermissionDeniedError: not an officer.
        InvalidInputError, PayloadTooLargeError: fields file, state, basis.
    """
    paths = paths_of(actor, OFFICER)
    form = Typed(typed)
    state = form.choice("state", phrases.STATES, phrases.BAD_STATE)
    basis = form.text("basis")
    form.done()
    rows = _rows(await lists.read_sheets(name, content))
    top = min(paths, key=len)
    name, content = await lists.to_keep(name, content)
    kept = await evidence.store_file(
        actor=actor, name=name, content=content, purpose="evidence",
        unit_id=UUID([part for part in top.split("/") if part][-1]),
    )  # fmt: skip
    return Preview(kept.id, kept.name, state, basis, await _checked(rows, paths, state, basis))


async def preview(*, actor: Actor, file_id: UUID, state: str, basis: str) -> Preview:
    """Return the preview of a list that was kept, held against what is there now.

    Raises:
        NotFoundError: no such file for this person.
        PermissionDeniedError, InvalidInputError: as `upload`.
    """
    paths = paths_of(actor, OFFICER)
    form = Typed({"state": state, "basis": basis})
    form.choice("state", phrases.STATES, phrases.BAD_STATE)
    form.done()
    file, content = await evidence.open_file(actor=actor, file_id=file_id)
    rows = _rows(await lists.read_sheets(file.name, content))
    return Preview(file_id, file.name, state, basis, await _checked(rows, paths, state, basis))


async def apply(*, actor: Actor, file_id: UUID, state: str, basis: str) -> int:
    """Write the whole list; its subjects' nominations are checked again by jobs.

    Returns:
        how many ratings were written.

    Raises:
        ConflictError: the list has errors (code `not_ready`); nothing is written.
        NotFoundError, PermissionDeniedError, InvalidInputError: as `preview`.
    """
    found = await preview(actor=actor, file_id=file_id, state=state, basis=basis)
    if found.wrong:
        raise ConflictError(phrases.IMPORT_ERRORS, code="not_ready")
    rows = [
        (line.subject_id, line.unit_id, line.person_id, line.year, line.scope, line.rating,
         line.basis)
        for line in found.changing
        if line.subject_id
    ]  # fmt: skip
    if not rows:
        return 0
    changed = await repository.save(rows, state=state, file_id=file_id, account_id=actor.account_id)
    await asking.ask(changed, "ratings")
    return len(rows)


async def with_errors(*, actor: Actor, file_id: UUID, state: str, basis: str) -> bytes:
    """Return the list as a workbook with a column that says what is wrong (errors as `preview`)."""
    found = await preview(actor=actor, file_id=file_id, state=state, basis=basis)
    return await rating_columns.workbook(
        [line.cells for line in found.lines], [" ".join(line.errors) for line in found.lines]
    )


def _rows(sheets: Sequence[Sequence[lists.Cells]]) -> list[Line]:
    """Return the rows under the headings of the first sheet that has them."""
    required = [column for column in rating_columns.COLUMNS if column.required]
    lacking = ""
    for rows in sheets:
        for number, cells in enumerate(rows[:HEADINGS_WITHIN]):
            places = rating_columns.recognised(cells)
            absent = [column.heading for column in required if column.key not in places]
            if not absent:
                return _under(places, rows, number + 1)
            if len(places) >= 2:
                names = ", ".join(f"“{name}”" for name in absent)
                lacking = lacking or phrases.NO_COLUMN.format(names=names)
    raise lists.refused(lacking or phrases.NO_HEADINGS)


def _under(places: dict[str, int], rows: Sequence[lists.Cells], first: int) -> list[Line]:
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


async def _checked(lines: list[Line], paths: Sequence[str], state: str, basis: str) -> list[Line]:
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
        unit = by_code.get(words) or (named[0] if len(named) == 1 else None)
        _whom(line, unit, people, paths)
        _what(line, basis)
    known: Known = {
        (row["subject_id"], row["year"], row["scope"]): row
        for row in await repository.known(
            [line.subject_id for line in lines if line.subject_id],
            sorted({line.year for line in lines}),
            state,
        )
    }
    _compare(lines, known)
    return lines


def _whom(line: Line, unit: Any, people: Mapping[str, list[Any]], paths: Sequence[str]) -> None:
    """Find the unit, and the person where one is named, in its branch."""
    words, name = line.cells.get("unit", ""), line.cells.get("name", "")
    scope = line.cells.get("scope", "")
    if unit is None:
        sentence = phrases.ROW_UNIT.format(words=words) if words else phrases.ROW_NO_UNIT
        line.errors.append(sentence)
        return
    if not any(unit["path"].startswith(path) for path in paths):
        line.errors.append(phrases.ROW_NOT_YOURS)
        return
    found = rating_columns.SCOPES.get(rating_columns.plain(scope)) if scope else None
    if scope and found is None:
        choices = ", ".join(phrases.SCOPES.values())
        line.errors.append(phrases.ROW_SCOPE.format(words=scope, choices=choices))
    if not name:
        line.subject_id, line.unit_id, line.name = unit["id"], unit["id"], unit["name"]
        line.scope = (found or Scope.UNIT).value
        if found is Scope.PERSON:
            line.errors.append(phrases.BAD_SCOPE)
        return
    if found in (Scope.UNIT, Scope.LEADERSHIP):
        line.errors.append(phrases.ROW_LEADERSHIP)
    same = [each for each in people.get(fold(name), ()) if each["path"].startswith(unit["path"])]
    title = fold(line.cells.get("title", ""))
    if len(same) > 1 and title:
        same = [each for each in same if fold(each["job_title"]) == title] or same
    if len(same) != 1:
        sentence = phrases.ROW_PEOPLE if same else phrases.ROW_PERSON
        line.errors.append(sentence.format(name=name, unit=unit["name"], n=len(same)))
        return
    line.subject_id = line.person_id = same[0]["id"]
    line.name, line.scope = name, Scope.PERSON.value


def _what(line: Line, basis: str) -> None:
    """Read year, rating and basis."""
    last, words = clock.today().year, line.cells.get("year", "")
    line.year = int(words) if len(words) == 4 and words.isdecimal() else 0
    if line.year > last:
        line.errors.append(phrases.ROW_FUTURE.format(year=line.year))
    elif line.year < FIRST_YEAR:
        line.errors.append(phrases.ROW_YEAR.format(first=FIRST_YEAR, last=last))
    words = line.cells.get("rating", "")
    rating = rating_columns.RATINGS.get(rating_columns.plain(words))
    if rating is None:
        choices = ", ".join(phrases.RATINGS.values())
        line.errors.append(phrases.ROW_RATING.format(words=words, choices=choices))
    else:
        line.rating = rating.value
    line.basis = line.cells.get("basis", "") or basis
    if not line.basis:
        line.errors.append(phrases.ROW_BASIS)


def _compare(lines: Sequence[Line], known: Known) -> None:
    """Mark doubled and contrary rows, and what each good row changes."""
    first: dict[tuple[UUID | None, int, str], Line] = {}
    for line in lines:
        if line.subject_id is None:
            continue
        other = first.setdefault(line.key, line)
        if other is not line:
            same = other.rating == line.rating
            sentence = phrases.ROW_DOUBLE if same else phrases.ROW_CONTRARY
            line.errors.append(sentence.format(row=other.row))
        row = known.get((line.subject_id, line.year, line.scope))
        if row is not None:
            line.before = phrases.RATINGS[row["rating"]]
            same = (row["rating"], row["basis"]) == (line.rating, line.basis)
            line.status = "same" if same else "changed"
