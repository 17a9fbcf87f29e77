"""The files of a letter as one archive: for each recipient Word and PDF, and one list in Excel.

Structure as the ministry's electronic dossier system takes it according to one source; nobody has
confirmed it yet, and the page and the list say so.
"""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

import msgspec
import xlsxwriter

from core.decisions.schemas import DecisionView, Entry
from core.documents.heading import Issuer, signature_of
from core.documents.render.model import (
    Block,
    DocumentNumber,
    Heading,
    ItemList,
    Paper,
    PaperKind,
    Paragraph,
    PlaceDate,
    paragraphs,
)
from core.documents.render.template_versions import template_on
from core.documents.schemas import Signatory
from core.kit import clock
from core.kit.i18n import vn_date
from core.nominations.parts import COMMITMENT, INITIATIVES, Field, Part, parts_for
from core.reports.export import safe

MAX_NAME = 50
EPOCH = (1980, 1, 1, 0, 0, 0)
LIST_NAME = "danh-sach.xlsx"
UNCONFIRMED = (
    "Cấu trúc gói này theo một nguồn thứ cấp (mỗi trường hợp một tệp Word, một tệp PDF và một danh"
    " sách Excel), chưa được cơ quan tiếp nhận xác nhận."
)
HEADERS = (
    ("TT", 6), ("Tên tập thể, cá nhân", 40), ("Đối tượng", 14), ("Chức vụ", 28), ("Đơn vị", 44),
    ("Hình thức đề nghị", 44), ("Tệp Word", 36), ("Tệp PDF", 36),
)  # fmt: skip
KINDS = {"collective": "Tập thể", "individual": "Cá nhân", "other": "Đối tượng khác"}


class Written(msgspec.Struct, frozen=True):
    """What was written for one recipient: bodies of the parts by key, lines on initiatives."""

    parts: Mapping[str, Mapping[str, Any]]
    initiatives: tuple[str, ...] = ()


def file_name(position: int, name: str, extension: str) -> str:
    """Return a name without diacritics or special characters, at most 50 characters long."""
    plain = unicodedata.normalize("NFD", name.lower().replace("đ", "d"))
    letters = "".join(char for char in plain if not unicodedata.combining(char))
    stem = f"{position:03d}-" + re.sub(r"[^a-z0-9]+", "-", letters).strip("-")
    return f"{stem[: MAX_NAME - len(extension) - 1].strip('-')}.{extension}"


def recipient_paper(
    found: DecisionView, entry: Entry, written: Written, issuer: Issuer, occasion: str
) -> Paper:
    """Return the paper on one recipient: who, for what, and what was done, in the written words."""
    return Paper(
        kind=PaperKind.RECIPIENT_SUMMARY,
        template=template_on(found.decided_on or clock.today()).id,
        letterhead=issuer.letterhead,
        number=DocumentNumber(notation=issuer.notation("BC")),
        place_date=PlaceDate(place=found.place or issuer.place),
        document_type="Báo cáo",
        abstract=f"Thành tích đề nghị tặng {entry.award}",
        addressees=(found.body.addressee,) if found.body.addressee else (),
        body=tuple(_content(found, entry, written, occasion)),
        signature=signature_of(issuer.unit, Signatory(found.signer_name, found.signer_title)),
        recipients=("Như trên", "Lưu: VT"),
    )


def _content(found: DecisionView, entry: Entry, written: Written, occasion: str) -> Iterator[Block]:
    where = ", ".join(filter(None, (entry.subject_title, entry.subject_unit_name)))
    yield Paragraph(f"{KINDS[entry.subject_kind]}: {entry.subject_name}" + (f", {where}." if where
                    else "."))  # fmt: skip
    yield Paragraph(
        f"Kèm theo Tờ trình số {found.number_text}; dịp khen thưởng: {occasion}; vị trí trong danh"
        f" sách: {entry.position}."
    )
    for part in parts_for(entry.subject_kind):
        if part.key == COMMITMENT:
            continue
        blocks = list(_part(part, written.parts.get(part.key, {})))
        if part.key == INITIATIVES and written.initiatives:
            blocks.append(ItemList(written.initiatives))
        if blocks:
            yield Heading(part.title)
            yield from blocks


def _part(part: Part, body: Mapping[str, Any]) -> Iterator[Block]:
    """Yield the typed fields with their labels, then the rows."""
    for field in part.fields:
        value = body.get(field.name)
        if value is True:
            yield Paragraph(f"{field.label}.")
        elif isinstance(value, str) and value.strip():
            if field.kind == "text":
                yield from paragraphs(value)
            else:
                yield Paragraph(f"{field.label}: {_shown(field, value)}")
    rows = [row for row in body.get("items") or () if isinstance(row, dict)]
    lines = ("; ".join(str(value) for value in row.values() if value) for row in rows)
    if items := tuple(filter(None, lines)):
        yield ItemList(items)


def _shown(field: Field, value: str) -> str:
    """Return a value as people read it: the word of a choice, a day with slashes."""
    if field.kind == "date":
        try:
            return vn_date(date.fromisoformat(value))
        except ValueError:
            return value
    return dict(field.options).get(value, value)


def written_by_nomination(
    parts: Iterable[Mapping[str, Any]], initiatives: Iterable[Mapping[str, Any]]
) -> dict[UUID, Written]:
    """Return what was written, by nomination, from rows of the database."""
    bodies: dict[UUID, dict[str, Any]] = {}
    for row in parts:
        bodies.setdefault(row["nomination_id"], {})[row["key"]] = row["body"] or {}
    lines: dict[UUID, list[str]] = {}
    for row in initiatives:
        number = (
            f", giấy công nhận số {row['certificate_number']}"
            if (row["certificate_number"])
            else ""
        )
        effect = f": {row['effect']}" if row["effect"] else ""
        lines.setdefault(row["nomination_id"], []).append(f"{row['name']}{number}{effect}")
    return {
        each: Written(bodies.get(each, {}), tuple(lines.get(each, ())))
        for each in {*bodies, *lines}
    }


def workbook(found: DecisionView) -> bytes:
    """Return the list of a letter as .xlsx (run in a thread)."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    sheet = book.add_worksheet("Danh sách")
    bold = book.add_format({"bold": True})
    head = book.add_format({"bold": True, "bg_color": "#EDF5F5", "bottom": 1, "text_wrap": True})
    sheet.write_string(0, 0, safe(f"Tờ trình số {found.number_text}: {found.title}"), bold)
    sheet.write_string(1, 0, UNCONFIRMED)
    for column, (name, width) in enumerate(HEADERS):
        sheet.write_string(3, column, name, head)
        sheet.set_column(column, column, width)
    for line, entry in enumerate(found.entries, start=4):
        sheet.write_number(line, 0, entry.position)
        for column, text in enumerate(_cells(entry), start=1):
            sheet.write_string(line, column, safe(text))
    sheet.freeze_panes(4, 2)
    book.close()
    return target.getvalue()


def _cells(entry: Entry) -> tuple[str, ...]:
    names = (file_name(entry.position, entry.subject_name, kind) for kind in ("docx", "pdf"))
    return (
        entry.subject_name, KINDS[entry.subject_kind], entry.subject_title,
        entry.subject_unit_name, entry.award, *names,
    )  # fmt: skip


def archive(files: Sequence[tuple[str, bytes]]) -> bytes:
    """Return files as .zip; the same files give the same bytes."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as made:
        for name, content in files:
            entry = zipfile.ZipInfo(name, EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            made.writestr(entry, content)
    return target.getvalue()
