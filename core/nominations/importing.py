"""A list from Excel: read, held against the registers, shown, then proposed all or none."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any
from uuid import UUID

import msgspec

from core.accounts.schemas import Actor
from core.errors import InvalidInputError
from core.evidence.lists import Cells, read_sheets, refused
from core.kit import db
from core.kit.i18n import fold
from core.movements import service as movements
from core.nominations import offers, phrases, proposing, rounds

MOST = 200
COLUMNS = {
    "name": ("ho va ten", "ho ten", "ten", "ten tap the", "tap the, ca nhan"),
    "title": ("chuc vu", "chuc danh"),
    "unit": ("don vi", "khoa, phong", "noi cong tac"),
    "award": ("hinh thuc", "hinh thuc khen thuong", "hinh thuc de nghi"),
}
_PEOPLE = """
SELECT 'individual' AS kind, p.id, p.search_name AS folded, fold(u.name) AS unit,
    p.job_title AS title
FROM person p JOIN unit u ON u.tenant_id = p.tenant_id AND u.id = p.unit_id
WHERE starts_with(u.path, $1) AND p.search_name = ANY ($2)
UNION ALL
SELECT 'collective', u.id, u.search_name, '', '' FROM unit u
WHERE starts_with(u.path, $1) AND u.is_active AND u.search_name = ANY ($2)
"""


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """One line of the file: what it says, whom it names (None: `error` says why not)."""

    number: int
    name: str
    award: str
    unit: str
    kind: str = ""
    subject_id: UUID | None = None
    rung: str = ""
    error: str = ""


async def read(list_id: UUID, *, name: str, content: bytes, actor: Actor) -> list[Line]:
    """Read a file and hold every line against the register; nothing is written.

    Raises:
        NotFoundError: no such list for this person.
        InvalidInputError, PayloadTooLargeError: a file that is not taken (field `file`).
    """
    await proposing.get_list(list_id, actor=actor)
    rows = _rows(await read_sheets(name, content))
    return await matched(list_id, rows, actor=actor)


def _rows(sheets: Sequence[Sequence[Cells]]) -> list[dict[str, str]]:
    for sheet in sheets:
        for place, head in enumerate(sheet[:10]):
            found = {
                key: column
                for column, cell in enumerate(head)
                for key, words in COLUMNS.items()
                if fold(cell).strip(" *:") in words
            }
            if {"name", "award"} <= found.keys():
                below = [
                    {key: row[column] if column < len(row) else "" for key, column in found.items()}
                    | {"number": str(place + offset + 2)}
                    for offset, row in enumerate(sheet[place + 1 :])
                ]
                lines = [row for row in below if row["name"] or row["award"]]
                if not lines:
                    raise refused("Danh sách không có dòng nào.")
                check_count(lines)
                return lines
    raise refused("Không thấy dòng tiêu đề có cột “Họ và tên” và cột “Hình thức”.")


async def matched(list_id: UUID, rows: Sequence[dict[str, str]], *, actor: Actor) -> list[Line]:
    """Return the lines with the people, units and rungs that they name (three statements)."""
    view = await proposing.get_list(list_id, actor=actor)
    round_view = await rounds.get_round(view.round_id, actor=actor)
    edition = await movements.get_edition(round_view.edition_id)
    names = [fold(row["name"]) for row in rows]
    known: dict[str, list[Any]] = defaultdict(list)
    for found in await db.fetch(_PEOPLE, view.unit_path, names):
        known[found["folded"]].append(found)
    rungs = {
        (kind, fold(offer.award)): offer.key
        for kind in phrases.KINDS
        for offer in offers.offers(edition, round_view.occasion, kind)
    }
    lines, seen = [], set()
    for row in rows:
        line = _line(row, known[fold(row["name"])], rungs)
        key = (line.subject_id, line.rung)
        if not line.error and key in seen:
            line = msgspec.structs.replace(line, error="Trùng với một dòng ở trên.")
        seen.add(key)
        lines.append(line)
    return lines


def _line(row: dict[str, str], found: Sequence[Any], rungs: dict[tuple[str, str], str]) -> Line:
    line = Line(
        number=int(row["number"]), name=row["name"], award=row["award"], unit=row.get("unit", "")
    )
    if not row["name"]:
        return msgspec.structs.replace(line, error="Thiếu tên.")
    fitting = [
        each
        for each in found
        if (not line.unit or each["kind"] == "collective" or each["unit"] == fold(line.unit))
        and (not row.get("title") or not each["title"] or fold(each["title"]) == fold(row["title"]))
    ]
    if not fitting:
        return msgspec.structs.replace(
            line, error="Không có trong sổ của đơn vị (kiểm tra tên, chức vụ, khoa phòng)."
        )
    if len(fitting) > 1:
        return msgspec.structs.replace(
            line, error="Có nhiều người trùng tên. Ghi thêm đơn vị hoặc chức vụ."
        )
    kind = fitting[0]["kind"]
    rung = rungs.get((kind, fold(line.award)))
    if rung is None:
        whom = phrases.KINDS[kind].lower()
        sentence = f"Đợt này không có hình thức “{line.award}” cho {whom}."
        return msgspec.structs.replace(line, error=sentence)
    return msgspec.structs.replace(line, kind=kind, subject_id=fitting[0]["id"], rung=rung)


def check_count(rows: Sequence[dict[str, str]]) -> None:
    """Refuse more lines than are taken at once (InvalidInputError, field `file`)."""
    if len(rows) > MOST:
        raise refused(f"Mỗi lần nhập nhiều nhất {MOST} dòng.")


async def take(list_id: UUID, rows: Sequence[dict[str, str]], *, actor: Actor) -> int:
    """Propose every line, all or none; return how many.

    Raises:
        InvalidInputError: field `file`: a line does not fit (any more).
        as `proposing.propose`.
    """
    lines = await matched(list_id, rows, actor=actor)
    wrong = [line for line in lines if line.error]
    if wrong or not lines:
        first = f"Dòng {wrong[0].number}: {wrong[0].error}" if wrong else "Không có dòng nào."
        raise InvalidInputError(first, fields={"file": first})
    groups: dict[tuple[str, str], list[UUID]] = defaultdict(list)
    for line in lines:
        if line.subject_id is not None:
            groups[line.kind, line.rung].append(line.subject_id)
    made = 0
    for (kind, rung), ids in groups.items():
        made += len(
            await proposing.propose(list_id, kind=kind, rung=rung, subject_ids=ids, actor=actor)
        )
    return made
