"""The receipt says what was received, when, and whether that was in time."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest

from core.documents.render.model import Letterhead, PaperKind
from core.documents.render.pdf import render_pdf
from core.documents.render.receipt import ReceiptFacts, deadline_text, punctuality, receipt_paper
from tests.golden.papers.decree import check
from tests.golden.papers.reading import read
from tests.golden.papers.samples import LONG_NAME

HANOI = timezone(timedelta(hours=7))
DUE = datetime(2026, 11, 15, tzinfo=HANOI)
SHA = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"


def facts(received_at: datetime, due_at: datetime | None = DUE) -> ReceiptFacts:
    return ReceiptFacts(
        letterhead=Letterhead(
            parent_body="Ủy ban nhân dân tỉnh Lai Châu", issuing_body="Sở Y tế tỉnh Lai Châu"
        ),
        place="Lai Châu",
        unit=LONG_NAME,
        report="Báo cáo năm 2026 phong trào thi đua đổi mới sáng tạo và chuyển đổi số",
        version=2,
        submitted_by="Lò Văn Pành",
        received_at=received_at,
        due_at=due_at,
        sha256=SHA,
    )


@pytest.mark.parametrize(
    ("received_at", "due_at", "said"),
    [
        (DUE - timedelta(seconds=1), DUE, "Đúng hạn (trước hạn 1 giây)"),
        (DUE - timedelta(days=3, hours=2), DUE, "Đúng hạn (trước hạn 3 ngày 2 giờ)"),
        (DUE, DUE, "Nộp muộn 0 giây"),
        (DUE + timedelta(minutes=5, seconds=9), DUE, "Nộp muộn 5 phút"),
        (DUE, None, "Đã nhận (không có hạn nộp)"),
    ],
)
def test_on_time_or_late_and_by_how_much(
    received_at: datetime, due_at: datetime | None, said: str
) -> None:
    assert punctuality(received_at, due_at) == said


@pytest.mark.parametrize(
    ("due_at", "said"),
    [
        (DUE, "Hết ngày 14 tháng 11 năm 2026"),
        (
            DUE + timedelta(hours=17),
            "Trước 17 giờ 00 phút 00 giây, ngày 15 tháng 11 năm 2026 (múi giờ +07:00)",
        ),
        (None, "Không ấn định"),
    ],
)
def test_the_deadline_in_words(due_at: datetime | None, said: str) -> None:
    assert deadline_text(due_at) == said


def test_a_receipt_is_one_page_that_keeps_the_decree() -> None:
    paper = receipt_paper(facts(DUE + timedelta(minutes=5, seconds=9)))
    pdf = render_pdf(paper)
    pages = read(pdf)
    words = "".join(piece.text for page in pages for piece in page.pieces)

    assert paper.kind is PaperKind.RECEIPT
    assert len(pages) == 1
    assert check(pdf, numbered=False, signed=False) == []
    assert "Nộp muộn 5 phút" in words
    assert "00 giờ 05 phút 09 giây, ngày 15 tháng 11 năm 2026" in words
    assert SHA[:32] in words
