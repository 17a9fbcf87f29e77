"""The receiver's list of a round: filters, search without diacritics, pages by cursor, export."""

from __future__ import annotations

from io import BytesIO
from typing import Any
from uuid import UUID

import msgspec
import xlsxwriter

from core.accounts.schemas import Actor
from core.errors import NotFoundError
from core.kit import db
from core.kit.i18n import vn_datetime
from core.nominations import access, phrases, rounds
from core.nominations.repository import ROW
from core.nominations.schemas import NominationPage, NominationRow
from core.nominations.states import WORDS, State
from core.organisation.service import like
from core.reports.export import safe

PAGE = 50
EXPORTED = 20_000
_WHERE = """ WHERE n.round_id = $1 AND (n.state <> 'draft' OR n.created_by = $2)
  AND ($3 = '' OR n.state = $3) AND ($4 = '' OR n.award = $4) AND ($5 = '' OR n.subject_kind = $5)
  AND ($6 = '' OR n.eligibility = $6 OR ($6 = 'none' AND n.eligibility = ''))
  AND ($7::uuid IS NULL OR n.list_id IN (SELECT x.id FROM nomination_list x WHERE x.unit_id = $7))
  AND ($8 = '' OR n.search_name LIKE $8 OR u.search_name LIKE $8)
  AND ($9::uuid IS NULL OR (n.sort_key, n.id) > (
      SELECT c.sort_key, c.id FROM nomination c WHERE c.id = $9))
ORDER BY n.sort_key, n.id LIMIT $10"""
_FACETS = """SELECT jsonb_build_object(
  'awards', (SELECT coalesce(jsonb_agg(DISTINCT n.award), '[]') FROM nomination n
             WHERE n.round_id = $1 AND n.state <> 'draft'),
  'units', (SELECT coalesce(jsonb_agg(DISTINCT jsonb_build_array(u.id, u.name)), '[]')
            FROM nomination_list l JOIN unit u ON u.tenant_id = l.tenant_id AND u.id = l.unit_id
            WHERE l.round_id = $1))"""
HEADERS = (
    ("Họ và tên, tên tập thể", 34),
    ("Chức vụ", 24),
    ("Đơn vị", 34),
    ("Loại đối tượng", 16),
    ("Hình thức đề nghị", 34),
    ("Đơn vị đề nghị", 34),
    ("Trạng thái", 18),
    ("Điều kiện", 16),
    ("Hồ sơ (%)", 10),
    ("Gửi lúc", 18),
)


class Filters(msgspec.Struct, frozen=True, kw_only=True):
    """What a list is narrowed to; empty means everything. `eligibility`: '' | none | a state."""

    state: str = ""
    award: str = ""
    kind: str = ""
    eligibility: str = ""
    unit_id: UUID | None = None
    search: str = ""
    after: UUID | None = None

    @property
    def is_narrowed(self) -> bool:
        """Whether anything is left out."""
        return bool(
            self.state or self.award or self.kind or self.eligibility or self.unit_id or self.search
        )


async def list_nominations(
    round_id: UUID, filters: Filters, *, actor: Actor, limit: int = PAGE
) -> NominationPage:
    """Return one page of a round's nominations, by name (one statement after the round's).

    Raises:
        NotFoundError: no such round, or the person only proposes in it.
    """
    view = await rounds.get_round(round_id, actor=actor)
    if not actor.can((*access.READERS, *access.PROPOSERS), view.unit_path):
        raise NotFoundError
    rows = await db.fetch(
        ROW + _WHERE, round_id, actor.account_id, filters.state, filters.award,
        filters.kind, filters.eligibility, filters.unit_id, like(filters.search), filters.after,
        limit + 1,
    )  # fmt: skip
    found = [NominationRow(**row) for row in rows[:limit]]
    return NominationPage(found, found[-1].id if len(rows) > limit else None)


async def facets(round_id: UUID) -> tuple[list[str], list[tuple[str, str]]]:
    """Return the awards and the units (id, name) that stand in a round (one statement)."""
    found: dict[str, Any] = await db.fetchval(_FACETS, round_id)
    units = sorted(((unit[0], unit[1]) for unit in found["units"]), key=lambda each: each[1])
    return sorted(found["awards"]), units


def workbook(title: str, rows: list[NominationRow]) -> bytes:
    """Return an .xlsx with one row for each nomination (run in a thread)."""
    target = BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    sheet = book.add_worksheet("Đề nghị")
    head = book.add_format({"bold": True, "bg_color": "#EDF5F5", "bottom": 1, "text_wrap": True})
    sheet.write_string(0, 0, safe(title), book.add_format({"bold": True, "font_size": 13}))
    for column, (name, width) in enumerate(HEADERS):
        sheet.write_string(2, column, name, head)
        sheet.set_column(column, column, width)
    last = 2
    for last, row in enumerate(rows, start=3):
        for column, text in enumerate(_cells(row)):
            sheet.write_string(last, column, safe(text))
        sheet.write_number(last, 8, row.completeness)
    sheet.freeze_panes(3, 1)
    sheet.autofilter(2, 0, last, len(HEADERS) - 1)
    book.close()
    return target.getvalue()


def _cells(row: NominationRow) -> tuple[str, ...]:
    return (
        row.subject_name,
        row.subject_title if row.subject_kind == "individual" else "",
        row.subject_unit_name,
        phrases.KINDS[row.subject_kind],
        row.award,
        row.unit_name,
        WORDS[State(row.state)],
        phrases.ELIGIBILITY[row.eligibility],
        "",
        vn_datetime(row.sent_at),
    )
