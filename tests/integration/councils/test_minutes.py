"""The papers of a meeting, read back: words, and where the two signatures stand (Mẫu 1.9)."""

from __future__ import annotations

import io
from uuid import UUID

import docx
import pytest

from core.councils import counting, finishing, papers, service
from core.councils.schemas import NewMember
from core.documents import service as documents
from core.documents.render.docx import render_docx
from core.documents.render.model import Paper, PaperKind
from core.documents.render.pdf import render_pdf
from core.documents.subjects import paper_of
from core.errors import ConflictError, NotFoundError
from core.kit import db
from tests.golden.papers.reading import Page, Piece, read
from tests.integration.councils.chamber import Chamber, make_chamber

FLAG = "province_flag"


async def finished() -> Chamber:
    chamber = await make_chamber(awards=["commendation", FLAG], members=5)
    async with chamber.house.at(who="council_secretary"):
        await service.add_member(
            chamber.council_id,
            NewMember(full_name="Lê Thị Thư", role="secretary", is_voting=False),
            actor=chamber.secretary,
        )
    await chamber.begin()
    ids = await chamber.open()
    await chamber.vote(["agree"] * 4 + ["disagree"], *ids)
    async with chamber.house.at(who="council_secretary", now="2026-11-20T10:30:00+07:00"):
        await finishing.finish_meeting(
            chamber.meeting_id, discussion="Hội đồng trao đổi từng hồ sơ.", actor=chamber.secretary
        )
    return chamber


async def composed(chamber: Chamber, kind: PaperKind) -> Paper:
    async with chamber.house.at():
        return (await papers.compose(kind, chamber.meeting_id))[0]


def piece(pages: list[Page], text: str) -> tuple[int, Piece]:
    """Return the last piece of a text with the page on which it stands."""
    return [(n, p) for n, page in enumerate(pages) for p in page.pieces if p.text == text][-1]


async def test_the_secretary_signs_on_the_left_and_the_chair_on_the_right(
    app_db: db.TenantEngine,
) -> None:
    pages = read(render_pdf(await composed(await finished(), PaperKind.COUNCIL_MINUTES)))
    page, left = piece(pages, "THƯ KÝ")
    same, right = piece(pages, "CHỦ TỌA")
    assert page == same
    assert left.baseline == right.baseline
    assert left.x1 < pages[page].width / 2 < right.x0
    below = {name: piece(pages, name)[1] for name in ("Lê Thị Thư", "Thành viên 0", "Nơi nhận:")}
    assert abs(below["Lê Thị Thư"].centre - left.centre) < 1.5
    assert abs(below["Thành viên 0"].centre - right.centre) < 1.5
    assert below["Nơi nhận:"].baseline > below["Lê Thị Thư"].baseline > left.baseline + 50
    assert left.bold
    assert right.bold


async def test_the_minutes_say_who_came_what_was_voted_and_when_it_ended(
    app_db: db.TenantEngine,
) -> None:
    pages = read(render_pdf(await composed(await finished(), PaperKind.COUNCIL_MINUTES)))
    text = " ".join(p.text for page in pages for p in page.pieces)
    for said in (
        "BIÊN BẢN",
        "Thời gian bắt đầu: 08 giờ 00, ngày 20 tháng 11 năm 2026.",
        "Địa điểm: Phòng họp 1.",
        "Chủ trì: Thành viên 0.",
        "Thư ký: Lê Thị Thư.",
        "Hội đồng trao đổi từng hồ sơ.",
        "4 trên 5 đồng ý, cần 3 (hơn 50%)",
        "4 trên 5 đồng ý, cần 4 (từ 80% trở lên)",
        "Cuộc họp kết thúc vào 10 giờ 30, ngày 20 tháng 11 năm 2026./.",
    ):
        assert said in text
    assert "Dự thảo" not in text
    assert "ngày tháng năm" not in text


async def test_word_says_the_same_with_both_signatures_level(app_db: db.TenantEngine) -> None:
    found = docx.Document(
        io.BytesIO(render_docx(await composed(await finished(), PaperKind.COUNCIL_MINUTES)))
    )
    left, right = found.tables[-1].rows[0].cells
    assert left.text.split() == ["THƯ", "KÝ", "Lê", "Thị", "Thư"]
    assert right.text.split() == ["CHỦ", "TỌA", "Thành", "viên", "0"]
    assert [p.text for p in found.paragraphs if p.text][-2:] == ["Nơi nhận:", "- Lưu: VT, Hồ sơ."]


async def test_the_count_has_its_own_minutes_without_names_of_votes(
    app_db: db.TenantEngine,
) -> None:
    pages = read(render_pdf(await composed(await finished(), PaperKind.BALLOT_MINUTES)))
    text = " ".join(p.text for page in pages for p in page.pieces)
    assert "Tổng số thành viên Hội đồng: 5." in text
    assert "Kiểm phiếu của Hội đồng" in text
    assert "Thành viên 4" not in text


async def test_a_paper_of_a_meeting_that_goes_on_is_a_draft_and_grows_old(
    app_db: db.TenantEngine,
) -> None:
    chamber = await make_chamber(members=3)
    await chamber.begin()
    [case_id] = await chamber.open("named")
    await chamber.vote(["agree"] * 3, case_id)
    assert (await composed(chamber, PaperKind.COUNCIL_MINUTES)).notice == papers.DRAFT_NOTICE
    async with chamber.house.at(who="council_secretary"):
        asked = await documents.request_document(
            actor=chamber.secretary, kind="council_minutes", subject_id=chamber.meeting_id
        )
        await finishing.finish_meeting(chamber.meeting_id, actor=chamber.secretary)
        with pytest.raises(ConflictError, match="Cuộc họp đã có thay đổi"):
            await paper_of(PaperKind.COUNCIL_MINUTES, asked.subject_id, asked.subject_version)


async def test_members_do_not_get_the_papers(app_db: db.TenantEngine) -> None:
    chamber = await finished()
    async with chamber.house.at(who="m1"):
        with pytest.raises(NotFoundError):
            await documents.request_document(
                actor=chamber.members[1], kind="council_minutes", subject_id=chamber.meeting_id
            )


async def test_a_closed_ballot_may_be_continued_but_a_sealed_one_never(
    app_db: db.TenantEngine,
) -> None:
    chamber = await make_chamber(members=4)
    await chamber.begin()
    [case_id] = await chamber.open()
    await chamber.cast(0, "agree", case_id)
    await chamber.close(case_id)
    await again(chamber, case_id)
    for member in (1, 2, 3):
        await chamber.cast(member, "agree", case_id)
    await chamber.close(case_id)
    await chamber.seal(case_id)
    with pytest.raises(ConflictError, match="Đã kiểm phiếu"):
        await again(chamber, case_id)


async def again(chamber: Chamber, case_id: UUID) -> None:
    async with chamber.house.at(who="council_secretary"):
        await counting.continue_ballots(chamber.meeting_id, (case_id,), actor=chamber.secretary)
