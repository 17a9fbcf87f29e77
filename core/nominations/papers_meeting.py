"""The minutes of a unit's own meeting as a paper, from what was written down of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from uuid import UUID

from core.accounts.schemas import SYSTEM, Actor
from core.documents import minutes as form
from core.documents.heading import issuer_of
from core.documents.render.model import (
    Align,
    Block,
    Column,
    Heading,
    Paper,
    PaperKind,
    Paragraph,
    Table,
    paragraphs,
)
from core.errors import ConflictError, NotFoundError
from core.kit import clock
from core.movements import service as movements
from core.nominations import meeting as meetings
from core.nominations import phrases, proposing, rounds
from core.nominations.schemas import ListView, NominationRow
from core.organisation import service as organisation

ABSTRACT = "Họp xét đề nghị khen thưởng: {round}"
COLUMNS = (
    Column("TT", 0.5, Align.CENTER),
    Column("Tập thể, cá nhân", 2.4),
    Column("Đơn vị", 2),
    Column("Hình thức đề nghị", 2),
    Column("Số người đồng ý", 1, Align.CENTER),
    Column("Tỷ lệ", 0.9, Align.CENTER),
)
SHARE = "Tỷ lệ tính trên số người có mặt ({present} người)."
AGREED = "Cuộc họp thống nhất đề nghị {receiver} xem xét, khen thưởng {count} trường hợp nêu trên."


async def written(
    list_id: UUID, actor: Actor
) -> tuple[ListView, meetings.Meeting, Sequence[NominationRow]]:
    """Return a list, its meeting and whom its minutes name.

    Raises:
        NotFoundError: no such list for this person.
        ConflictError: the meeting is not written down (`meeting_unwritten`), or it does not say
            how many agreed to somebody who was added since.
    """
    view = await proposing.get_list(list_id, actor=actor)
    meeting = await meetings.meeting_of(list_id, actor=actor)
    if meeting is None:
        raise ConflictError(phrases.MEETING_UNWRITTEN, code="meeting_unwritten")
    rows = await meetings.proposed(list_id, actor)
    new = [row.subject_name for row in rows if str(row.id) not in meeting.agreed]
    if new:
        said = phrases.MEETING_LACKS.format(names=", ".join(new[:3]), n=len(new))
        raise ConflictError(said, code="meeting_unwritten")
    return view, meeting, rows


async def compose(list_id: UUID) -> Paper:
    """Compose the paper as the system (in a job; errors as `written`)."""
    view, meeting, rows = await written(list_id, SYSTEM)
    round_view = await rounds.get_round(view.round_id, actor=SYSTEM)
    unit = await organisation.get_unit(view.unit_id, actor=SYSTEM)
    plan = (await movements.get_edition(round_view.edition_id)).content
    start = meetings.instant(meeting.starts_at)
    if start is None:
        raise NotFoundError
    body = (*form.begun(start, meeting.place), *_content(meeting, rows, round_view.unit_name),
            form.ended(meetings.instant(meeting.ends_at)))  # fmt: skip
    return form.minutes(
        PaperKind.UNIT_MINUTES, await issuer_of(unit, plan),
        day=start.astimezone(clock.VIETNAM).date(), abstract=ABSTRACT.format(round=round_view.name),
        body=body, secretary=meeting.secretary, chair=meeting.chair,
    )  # fmt: skip


def _content(
    meeting: meetings.Meeting, rows: Sequence[NominationRow], receiver: str
) -> Iterator[Block]:
    yield Heading("Thành phần tham dự")
    yield Paragraph(f"Chủ trì: {meeting.chair}.")
    yield Paragraph(f"Thư ký: {meeting.secretary}.")
    missing = meeting.summoned - meeting.present
    why = f" ({meeting.absent.rstrip('.')})" if missing and meeting.absent else ""
    yield Paragraph(
        f"Số người được triệu tập: {meeting.summoned}; có mặt: {meeting.present}; vắng mặt:"
        f" {missing}{why}."
    )
    yield Heading("Nội dung")
    yield from paragraphs(meeting.discussion)
    yield Heading("Kết quả")
    yield Paragraph(SHARE.format(present=meeting.present))
    yield Table(COLUMNS, tuple(_line(n, row, meeting) for n, row in enumerate(rows, 1)))
    yield Paragraph(AGREED.format(receiver=receiver, count=len(rows)))


def _line(number: int, row: NominationRow, meeting: meetings.Meeting) -> tuple[str, ...]:
    count = meeting.agreed[str(row.id)]
    share = f"{100 * count / meeting.present:.1f}".replace(".", ",").removesuffix(",0")
    return (
        str(number), row.subject_name, row.subject_unit_name, row.award,
        f"{count}/{meeting.present}", f"{share}%",
    )  # fmt: skip
