"""The receipt that a unit gets for a report that it has sent."""

from datetime import datetime, time, timedelta

import msgspec

from core.documents.render.model import (
    Align,
    Column,
    Letterhead,
    Paper,
    PaperKind,
    Paragraph,
    PlaceDate,
    Table,
)
from core.documents.render.rules import date_text, duration_text, instant_text
from core.documents.render.template_versions import template_on

_CONFIRMATION = (
    "Giấy này do hệ thống lập tự động ngay khi nhận báo cáo. Thời điểm nhận lấy theo đồng hồ của "
    "máy chủ cơ sở dữ liệu; mã băm giúp đối chiếu rằng nội dung báo cáo không thay đổi sau khi nộp"
)


class ReceiptFacts(msgspec.Struct, frozen=True, kw_only=True):
    """What is attested. Instants are aware and already in the department's zone.

    `due_at` is the exclusive instant: a report received at it is late; None where none was set.
    """

    letterhead: Letterhead
    place: str
    unit: str
    report: str
    version: int
    submitted_by: str
    received_at: datetime
    due_at: datetime | None
    sha256: str


def receipt_paper(facts: ReceiptFacts) -> Paper:
    """The one-page "Giấy xác nhận" of a report version that was received."""
    rows = (
        ("Đơn vị nộp", facts.unit),
        ("Báo cáo", facts.report),
        ("Lần nộp", str(facts.version)),
        ("Người nộp", facts.submitted_by),
        ("Thời điểm nhận", instant_text(facts.received_at)),
        ("Hạn nộp", deadline_text(facts.due_at)),
        ("Kết quả", punctuality(facts.received_at, facts.due_at)),
        ("Mã băm SHA-256", facts.sha256),
    )
    columns = (Column("Nội dung", 1), Column("Thông tin ghi nhận", 2.4, Align.LEFT))
    day = facts.received_at.date()
    return Paper(
        kind=PaperKind.RECEIPT,
        template=template_on(day).id,
        letterhead=facts.letterhead,
        place_date=PlaceDate(place=facts.place, on=day),
        document_type="Giấy xác nhận",
        abstract="Đã nhận báo cáo",
        body=(
            Paragraph(
                f"{facts.letterhead.issuing_body} xác nhận đã nhận báo cáo của {facts.unit} "
                f"{date_text(day)}, cụ thể như sau:"
            ),
            Table(columns, rows),
            Paragraph(_CONFIRMATION),
        ),
    )


def punctuality(received_at: datetime, due_at: datetime | None) -> str:
    """On time or late, and by how much."""
    if due_at is None:
        return "Đã nhận (không có hạn nộp)"
    if received_at < due_at:
        return f"Đúng hạn (trước hạn {duration_text(due_at - received_at)})"
    return f"Nộp muộn {duration_text(received_at - due_at)}"


def deadline_text(due_at: datetime | None) -> str:
    """The exclusive instant in words: midnight is told as the end of the day before."""
    if due_at is None:
        return "Không ấn định"
    if due_at.timetz().replace(tzinfo=None) == time.min:
        return f"Hết {date_text((due_at - timedelta(days=1)).date())}"
    return f"Trước {instant_text(due_at)}"
