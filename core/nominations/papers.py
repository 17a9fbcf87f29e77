"""Papers of a dossier from data: the unit's letter with its list, the report of achievements.

The report follows the skeleton of Mẫu 08 (its wording is not confirmed); number and date stay
blank: the unit gives them when it signs.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from typing import Any
from uuid import UUID

import msgspec

from core.accounts import heads
from core.accounts.schemas import SYSTEM, Actor, Role
from core.documents.heading import Issuer, issuer_of, recipients, signature_of
from core.documents.render.model import (
    Align,
    Annex,
    Block,
    Column,
    DocumentNumber,
    Heading,
    Paper,
    PaperKind,
    Paragraph,
    PlaceDate,
    Table,
    paragraphs,
)
from core.documents.render.template_versions import template_on
from core.documents.schemas import Signatory, Subject
from core.kit import clock
from core.movements import service as movements
from core.nominations import papers_meeting, parts, phrases, proposing, rounds
from core.nominations import repository_parts as store
from core.nominations.schemas import ListView, NominationRow, RoundView
from core.nominations.states import State
from core.organisation import service as organisation

LETTER, REPORT = "Tờ trình", "Báo cáo thành tích"
LETTER_ABSTRACT = "Về việc đề nghị khen thưởng: {round}"
REPORT_ABSTRACT = "Đề nghị tặng {award} {occasion}năm {year}"
LETTER_WORDS = (
    "Thực hiện phong trào thi đua “{movement}”, trên cơ sở kết quả bình xét tại đơn vị,"
    " {unit} kính đề nghị {receiver} xem xét, khen thưởng {count} (có danh sách kèm theo)."
)
LETTER_END = (
    "{unit} cam kết các tập thể, cá nhân được đề nghị bảo đảm tiêu chuẩn; chịu trách nhiệm về tính"
    " chính xác của hồ sơ."
)
CONFIRMED = "Xác nhận của cấp trình: nội dung báo cáo là đúng với hồ sơ lưu tại đơn vị."
LIST_COLUMNS = (
    Column("TT", 0.5, Align.CENTER),
    Column("Họ và tên, tên tập thể", 2.4),
    Column("Chức vụ", 1.5),
    Column("Đơn vị", 2),
    Column("Hình thức đề nghị", 2),
)
OUT = (State.WITHDRAWN, State.NOT_AWARDED, State.REVOKED)


async def subject_of(actor: Actor, kind: PaperKind, subject_id: UUID) -> Subject:
    """Return what a paper shows; its version is a checksum of the content, so that it changes.

    Raises:
        NotFoundError: there is no such list or nomination for this person.
        ConflictError: minutes of a meeting that is not written down (`meeting_unwritten`).
    """
    if kind is PaperKind.NOMINATION_LETTER:
        view = await proposing.get_list(subject_id, actor=actor)
        rows = await _listed(subject_id, actor)
        facts = [[row.subject_name, row.subject_title, row.subject_unit_name, row.award]
                 for row in rows]  # fmt: skip
        name = phrases.PAPER_NAMES[kind.value].format(unit=view.unit_name)
        return Subject(view.id, _checksum([view.letter_number, facts]), view.unit_id, name)
    if kind is PaperKind.UNIT_MINUTES:
        return await _meeting(actor, subject_id)
    row = await proposing.get_nomination(subject_id, actor=actor)
    name = phrases.PAPER_NAMES[kind.value].format(name=row.subject_name)
    return Subject(row.id, _checksum([row.award, await _lines(row)]), row.unit_id, name)


async def compose(kind: PaperKind, subject_id: UUID) -> Paper:
    """Compose a paper as the system (in a job).

    Raises:
        NotFoundError: the list or the nomination is gone.
    """
    if kind is PaperKind.NOMINATION_LETTER:
        view = await proposing.get_list(subject_id, actor=SYSTEM)
        round_view = await rounds.get_round(view.round_id, actor=SYSTEM)
        return await _letter(view, round_view, await _listed(subject_id, SYSTEM))
    if kind is PaperKind.UNIT_MINUTES:
        return await papers_meeting.compose(subject_id)
    return await _report(await proposing.get_nomination(subject_id, actor=SYSTEM))


async def _meeting(actor: Actor, list_id: UUID) -> Subject:
    view, meeting, rows = await papers_meeting.written(list_id, actor)
    facts = [[row.subject_name, row.subject_unit_name, row.award] for row in rows]
    name = phrases.PAPER_NAMES[PaperKind.UNIT_MINUTES.value].format(unit=view.unit_name)
    return Subject(view.id, _checksum([msgspec.to_builtins(meeting), facts]), view.unit_id, name)


async def _listed(list_id: UUID, actor: Actor) -> list[NominationRow]:
    rows = await proposing.rows_of_list(list_id, actor=actor)
    return [row for row in rows if row.state not in OUT]


def _checksum(content: Any) -> int:
    return zlib.crc32(msgspec.json.encode(content)) & 0x7FFFFFFF


async def _lines(row: NominationRow) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the parts of a nomination in words: (title, ((label, text), …))."""
    bodies = {each["key"]: each["body"] for each in await store.parts_of_many([row.id])}
    chosen = [f"{each['name']} (năm {each['year']})" for each in await store.initiatives([row.id])]
    found = []
    for part in parts.parts_for(row.subject_kind):
        lines = [
            (label, text)
            for name, label, text in parts.lines(part, bodies.get(part.key, {}))
            if name != "none"
        ]
        if part.key == parts.INITIATIVES and chosen:
            lines.insert(0, ("Sáng kiến", "\n".join(chosen)))
        if part.key != parts.COMMITMENT:
            found.append((part.title, lines))
    return found


async def _issuer(unit_id: UUID, edition_id: UUID) -> tuple[Issuer, str]:
    unit = await organisation.get_unit(unit_id, actor=SYSTEM)
    content = (await movements.get_edition(edition_id)).content
    return await issuer_of(unit, content), content.movement.name


async def _head_of(unit_id: UUID) -> Signatory | None:
    """Return who signs for a unit: its head, where one has an account."""
    row = await heads.head_of(unit_id, [Role.UNIT_HEAD.value, Role.DEPARTMENT_HEAD.value])
    return Signatory(row["name"], row["title"]) if row else None


async def _letter(view: ListView, round_view: RoundView, rows: Sequence[NominationRow]) -> Paper:
    issuer, movement = await _issuer(view.unit_id, round_view.edition_id)
    counts = [
        f"{sum(row.subject_kind == kind for row in rows)} {word.lower()}"
        for kind, word in phrases.KINDS.items()
        if any(row.subject_kind == kind for row in rows)
    ]
    words = {"movement": movement, "unit": view.unit_name, "receiver": round_view.unit_name,
             "count": ", ".join(counts)}  # fmt: skip
    return Paper(
        kind=PaperKind.NOMINATION_LETTER,
        template=template_on(clock.today()).id,
        letterhead=issuer.letterhead,
        number=DocumentNumber(notation=issuer.notation("TTr")),
        place_date=PlaceDate(place=issuer.place, on=view.letter_date),
        document_type=LETTER,
        abstract=LETTER_ABSTRACT.format(round=round_view.name),
        addressees=(round_view.unit_name,),
        body=(
            Paragraph(LETTER_WORDS.format(**words)),
            *paragraphs(view.note),
            Paragraph(LETTER_END.format(**words)),
        ),
        annexes=(Annex(title="Danh sách đề nghị khen thưởng", body=_list_blocks(rows)),),
        signature=signature_of(issuer.unit, await _head_of(view.unit_id)),
        recipients=recipients(),
    )


def _list_blocks(rows: Sequence[NominationRow]) -> tuple[Block, ...]:
    blocks: list[Block] = []
    number = 0
    for kind, word in phrases.KINDS.items():
        lines = []
        for row in rows:
            if row.subject_kind == kind:
                number += 1
                title = row.subject_title if kind == "individual" else ""
                lines.append(
                    (str(number), row.subject_name, title, row.subject_unit_name, row.award)
                )
        if lines:
            blocks += [Heading(word), Table(LIST_COLUMNS, tuple(lines))]
    return tuple(blocks)


async def _report(row: NominationRow) -> Paper:
    issuer, _ = await _issuer(row.list_unit_id, row.edition_id)
    is_annual = row.occasion == "annual"
    occasion = "" if is_annual else f"dịp {phrases.OCCASIONS[row.occasion].lower()} "
    body: list[Block] = []
    for title, lines in await _lines(row):
        body.append(Heading(title))
        if not lines:
            body.append(Paragraph("Không có."))
        for label, text in lines:
            body.append(Heading(label, level=2))
            body.extend(paragraphs(text))
    body += [Heading("Xác nhận"), Paragraph(CONFIRMED)]
    who = row.subject_name
    if row.subject_kind == "individual":
        who = ", ".join(filter(None, (who, row.subject_title, row.subject_unit_name)))
    return Paper(
        kind=PaperKind.ACHIEVEMENT_REPORT,
        template=template_on(clock.today()).id,
        letterhead=issuer.letterhead,
        number=DocumentNumber(notation=issuer.notation("BC")),
        place_date=PlaceDate(place=issuer.place),
        document_type=REPORT,
        abstract=REPORT_ABSTRACT.format(award=row.award, occasion=occasion, year=row.year),
        body=(Paragraph(f"Đối tượng đề nghị: {who}."), *body),
        signature=signature_of(issuer.unit, await _head_of(row.list_unit_id)),
        recipients=recipients(),
    )
