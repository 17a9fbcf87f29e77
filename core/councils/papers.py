"""From a meeting to its papers: the minutes, and the minutes of the count (Mẫu 1.9, NĐ 30/2020)."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from core.accounts.schemas import SYSTEM
from core.councils import phrases, repository
from core.councils.meetings import get_meeting
from core.councils.schemas import CaseView, MeetingView, SeatView
from core.documents import minutes as form
from core.documents.heading import Issuer, issuer_of
from core.documents.render.model import (
    Align,
    Block,
    Column,
    Heading,
    ItemList,
    Paper,
    PaperKind,
    Paragraph,
    Table,
    paragraphs,
)
from core.movements import service as movements
from core.organisation import service as organisation

ABSTRACTS = {
    PaperKind.COUNCIL_MINUTES: "Họp {council} ({title})",
    PaperKind.BALLOT_MINUTES: "Kiểm phiếu của {council} ({title})",
}
DRAFT_NOTICE = "Dự thảo: cuộc họp chưa kết thúc"
NUMBER = Column("TT", 0.7, Align.CENTER)
SEAT_COLUMNS = (
    NUMBER, Column("Họ và tên", 2.4), Column("Trong Hội đồng", 1.6), Column("Dự họp", 2.4),
)  # fmt: skip
COUNT_COLUMNS = (
    NUMBER,
    Column("Tập thể, cá nhân", 2.6),
    Column("Hình thức", 1.8),
    Column("Đồng ý", 1, Align.CENTER),
    Column("Không đồng ý", 1.2, Align.CENTER),
    Column("Phiếu trắng", 1.1, Align.CENTER),
    Column("Kết quả", 1.6),
)
PAPER_COLUMNS = (
    NUMBER,
    Column("Tập thể, cá nhân", 2.5),
    Column("Phiếu thu về", 1.1, Align.CENTER),
    Column("Đồng ý", 1, Align.CENTER),
    Column("Mức thấp hơn", 1.1, Align.CENTER),
    Column("Không đồng ý", 1.2, Align.CENTER),
    Column("Phiếu trắng", 1.1, Align.CENTER),
    Column("Không hợp lệ", 1.2, Align.CENTER),
)


async def compose(kind: PaperKind, meeting_id: UUID) -> tuple[Paper, int]:
    """Compose a meeting's paper as it is now (in a job, as the system), with its version.

    Raises:
        NotFoundError: the meeting, its unit or the plan's edition is gone.
    """
    view = await get_meeting(meeting_id, actor=SYSTEM)
    unit = await organisation.get_unit(view.head.unit_id, actor=SYSTEM)
    plan = (await movements.get_edition(view.head.edition_id)).content
    members = await repository.members(view.head.council_id)
    secretary = next(
        (row["full_name"] for row in members if row["role"] == "secretary" and not row["ended_on"]),
        "",
    )
    return minutes(kind, view, await issuer_of(unit, plan), secretary), view.head.version


def minutes(kind: PaperKind, view: MeetingView, issuer: Issuer, secretary: str) -> Paper:
    """Return the paper; until the meeting has ended it says that it is a draft."""
    head = view.head
    chair = chair_of(view)
    body = _count_body(view) if kind is PaperKind.BALLOT_MINUTES else _minutes_body(view, secretary)
    return form.minutes(
        kind, issuer, day=form.day_of(head.closed_at or head.starts_at),
        abstract=ABSTRACTS[kind].format(council=head.council_name, title=head.title),
        body=(*form.begun(head.opened_at or head.starts_at, head.place), *body,
              form.ended(head.closed_at)),
        secretary=secretary, chair=chair.voter_name if chair else "",
        notice=None if head.state == "closed" else DRAFT_NOTICE,
    )  # fmt: skip


def chair_of(view: MeetingView) -> SeatView | None:
    """Return who presides: the chair in the room, else the first deputy in the room."""
    seated = [seat for seat in view.seats if seat.presence == "present"]
    leading = [seat for role in ("chair", "vice") for seat in seated if seat.role == role]
    return leading[0] if leading else None


def _minutes_body(view: MeetingView, secretary: str) -> Iterator[Block]:
    head, chair = view.head, chair_of(view)
    yield Heading("Thành phần tham dự")
    yield Paragraph(f"Chủ trì: {chair.full_name if chair else '...'}.")
    yield Paragraph(f"Thư ký: {secretary or '...'}.")
    yield Table(SEAT_COLUMNS, tuple(_seat(n, seat) for n, seat in enumerate(view.seats, 1)))
    yield Paragraph(_attendance(view))
    yield Heading("Nội dung")
    yield from paragraphs(head.agenda) or (Paragraph(head.title + "."),)
    yield from paragraphs(head.discussion)
    interests = tuple(_interests(view))
    if interests:
        yield Heading("Xung đột lợi ích")
        yield ItemList(interests)
    yield Heading("Kết quả")
    yield from _results(view)


def _seat(number: int, seat: SeatView) -> tuple[str, str, str, str]:
    presence = phrases.PRESENCES[seat.presence]
    if seat.presence == "substituted":
        presence = f"{seat.substitute_name} dự thay (giấy ủy quyền {seat.mandate_number})"
    return str(number), seat.full_name, phrases.ROLES[seat.role], presence


def _attendance(view: MeetingView) -> str:
    roll = view.attendance
    return (
        f"Tổng số thành viên Hội đồng: {roll.members}; dự họp {roll.seated}"
        f" (trong đó {roll.substituted} người dự thay); vắng gửi ý kiến bằng văn bản"
        f" {roll.written}; vắng {roll.absent}. Số cần có để họp: {roll.quorum_needed}; để xét khen"
        f" thưởng: {roll.attendance_needed}."
    )


def _interests(view: MeetingView) -> Iterator[str]:
    for case in view.cases:
        for each in case.conflicts:
            if each.way and each.way != "none":
                kind, way = phrases.KINDS[each.kind].lower(), phrases.WAYS[each.way].lower()
                yield f"{case.subject_name}: {each.full_name} ({kind}), {way}"


def _results(view: MeetingView) -> Iterator[Block]:
    sealed = [case for case in view.cases if case.result]
    yield Paragraph(
        f"Tỷ lệ tính trên tổng số {view.members} thành viên, gồm cả người vắng và người không"
        " biểu quyết."
    )
    yield Table(COUNT_COLUMNS, tuple(_counted(n, case) for n, case in enumerate(sealed, 1)))
    for case in sealed:
        yield Paragraph(_sentence(case))
    written = tuple(_written(view))
    if written:
        yield Paragraph("Ý kiến bằng văn bản của thành viên vắng mặt:")
        yield ItemList(written)
    left = [case.subject_name for case in view.cases if not case.result]
    if left:
        yield Paragraph(f"Chưa có kết quả tại cuộc họp này: {', '.join(left)}.")


def _counted(number: int, case: CaseView) -> tuple[str, ...]:
    counts = case.result.counts if case.result else None
    figures = (counts.agree, counts.disagree, counts.abstain) if counts else (0, 0, 0)
    outcome = phrases.OUTCOMES[case.outcome]
    if case.outcome == "lower":
        outcome = f"{outcome}: {case.lower_award}"
    return (str(number), case.subject_name, case.award, *map(str, figures), outcome)


def _sentence(case: CaseView) -> str:
    result = case.result
    if result is None:
        return ""
    said = (
        f"{case.subject_name}: {phrases.BALLOTS[case.ballot].lower()}; {result.counts.agree} trên"
        f" {result.members} đồng ý, cần {result.needed} ({result.share})"
    )
    if result.chair:
        said += f"; hai bên ngang phiếu, Chủ tịch: {phrases.CHOICES[result.chair].lower()}"
    if case.lower_award:
        said += f"; đồng ý từ mức {case.lower_award}: {result.lower_agree}"
    return said + "."


def _written(view: MeetingView) -> Iterator[str]:
    names = {case.id: case.subject_name for case in view.cases}
    for vote in view.votes:
        if vote.way == "written":
            yield f"{vote.full_name} về {names[vote.case_id]}: {phrases.CHOICES[vote.choice]}"


def _count_body(view: MeetingView) -> Iterator[Block]:
    cases = [case for case in view.cases if case.result]
    tellers = sorted({name for case in cases if case.result for name in case.result.tellers})
    if tellers:
        yield Paragraph(f"Người kiểm phiếu giấy: {', '.join(tellers)}.")
    yield Paragraph(f"Tổng số thành viên Hội đồng: {view.members}.")
    yield Heading("Số phiếu")
    yield Table(PAPER_COLUMNS, tuple(_papers(n, case) for n, case in enumerate(cases, 1)))
    yield Heading("Kết quả")
    for case in cases:
        yield Paragraph(_sentence(case))
        if case.result and case.result.slips:
            yield Paragraph(f"Phiếu giấy phát ra: {case.result.slips}.")
        if case.result and case.result.written.total:
            yield Paragraph(f"Trong đó ý kiến bằng văn bản: {case.result.written.total}.")


def _papers(number: int, case: CaseView) -> tuple[str, ...]:
    result = case.result
    if result is None:
        return ("",) * len(PAPER_COLUMNS)
    counts = result.counts
    figures = (
        counts.total, counts.agree, counts.lower, counts.disagree, counts.abstain, counts.invalid,
    )  # fmt: skip
    return (str(number), f"{case.subject_name} ({case.award})", *map(str, figures))
