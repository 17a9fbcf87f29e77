"""The form of minutes (Mẫu 1.9, Phụ lục III, Nghị định 30/2020/NĐ-CP), for every room that meets.

No place and date line; when it began and where; two signatures; "Nơi nhận" below them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime

from core.documents.heading import Issuer
from core.documents.render.model import (
    Block,
    DocumentNumber,
    Paper,
    PaperKind,
    Paragraph,
    PlaceDate,
    Signature,
)
from core.documents.render.rules import date_text
from core.documents.render.template_versions import template_on
from core.kit import clock

MINUTES, NOTATION = "Biên bản", "BB"
SECRETARY, CHAIR = "Thư ký", "Chủ tọa"
FILED = ("Lưu: VT, Hồ sơ",)
UNKNOWN_END = "... giờ ..., ngày ... tháng ... năm ..."


def day_of(instant: datetime) -> date:
    """Return the day of an instant where the department is."""
    return instant.astimezone(clock.VIETNAM).date()


def begun(at: datetime, place: str) -> Iterator[Paragraph]:
    """Yield when it began and where."""
    yield Paragraph(f"Thời gian bắt đầu: {_at(at)}.")
    if place:
        yield Paragraph(f"Địa điểm: {place}.")


def ended(at: datetime | None) -> Paragraph:
    """Return the last sentence; dots where it has not ended."""
    return Paragraph(f"Cuộc họp kết thúc vào {_at(at) if at else UNKNOWN_END}")


def _at(instant: datetime) -> str:
    local = instant.astimezone(clock.VIETNAM)
    return f"{local:%H} giờ {local:%M}, {date_text(local.date())}"


def minutes(
    kind: PaperKind, issuer: Issuer, *, day: date, abstract: str, body: Iterable[Block],
    secretary: str, chair: str, notice: str | None = None,
) -> Paper:  # fmt: skip
    """Return the paper around a body; number and signatures are left to people."""
    return Paper(
        kind=kind,
        template=template_on(day).id,
        letterhead=issuer.letterhead,
        number=DocumentNumber(notation=issuer.notation(NOTATION)),
        place_date=PlaceDate(place="", on=day),
        document_type=MINUTES,
        abstract=abstract,
        body=tuple(body),
        left_signature=Signature(authority=(SECRETARY,), name=secretary),
        signature=Signature(authority=(CHAIR,), name=chair),
        recipients=FILED,
        notice=notice,
    )
