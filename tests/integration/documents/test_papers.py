"""Papers: asked for once, made once whatever is killed, seen by those who see what they show."""

import asyncio
import datetime as dt
import hashlib
from uuid import UUID, uuid4

import asyncpg
import pytest

from core.accounts.schemas import SYSTEM
from core.documents import jobs, service, subjects
from core.documents.render.model import DocumentNumber, Heading, Paper, PaperKind, Table
from core.documents.schemas import DocumentView
from core.errors import InvalidInputError, NotFoundError
from core.evidence import service as evidence
from core.jobs import runner
from core.kit import db
from core.movements.values import NOTHING, DepartmentValues, PlanPaper
from core.statistics import service as statistics
from tests.integration.reports.house import (
    AUTHOR,
    House,
    brought_to,
    make_house,
    opened,
    report_of,
)

pytestmark = pytest.mark.usefixtures("app_db")


class FakeRenderer:
    """Gives bytes that tell the paper; may die or fail first."""

    def __init__(self, *, dies: int = 0, fails: int = 0) -> None:
        self.dies, self.fails, self.papers = dies, fails, list[Paper]()

    async def render_pdf(self, paper: Paper) -> bytes:
        self.papers.append(paper)
        return b"%PDF-" + paper.abstract.encode()

    async def render_docx(self, paper: Paper) -> bytes:
        if self.dies:
            self.dies -= 1
            raise asyncio.CancelledError
        if self.fails:
            self.fails -= 1
            raise ValueError("hỏng")
        await asyncio.sleep(0.05)
        return b"PK" + paper.abstract.encode()


async def submitted() -> tuple[House, UUID]:
    """Return a department with one submitted report."""
    house = await make_house()
    report_id = await report_of(house, house.units[0], await opened(house))
    await brought_to(house, report_id, "submitted")
    return house, report_id


async def ask(
    house: House, subject_id: UUID, kind: str = "unit_report", who: str = "clerk0"
) -> DocumentView:
    async with house.at(who=who):
        return await service.request_document(
            actor=house.people[who], kind=kind, subject_id=subject_id
        )


async def look(house: House, document_id: UUID, who: str = "clerk0") -> DocumentView:
    async with house.at(who=who):
        return await service.get_document(actor=house.people[who], document_id=document_id)


async def job_of(superuser: asyncpg.Connection, document: DocumentView) -> UUID:
    found: UUID = await superuser.fetchval(
        "SELECT id FROM outbox WHERE arguments ->> 'document_id' = $1 ORDER BY created_at DESC",
        str(document.id),
    )
    return found


async def work(house: House, job_id: UUID, renderer: FakeRenderer) -> float | None:
    registry = {handler.name: handler for handler in jobs.handlers(renderer)}
    return await runner.run(registry, house.tenant_id, job_id)


async def papers_kept(superuser: asyncpg.Connection, house: House) -> int:
    return int(
        await superuser.fetchval(
            "SELECT count(*) FROM stored_file WHERE tenant_id = $1 AND purpose = 'paper'",
            house.tenant_id,
        )
    )


async def test_asking_twice_is_one_paper_and_one_job(superuser: asyncpg.Connection) -> None:
    house, report_id = await submitted()
    first = await ask(house, report_id)
    assert (first.state, first.done_steps, first.total_steps) == ("queued", 0, 2)
    assert (await ask(house, first.subject_id, who="officer")).id == first.id
    jobs_asked = await superuser.fetchval(
        "SELECT count(*) FROM outbox WHERE tenant_id = $1 AND job = 'documents.render'",
        house.tenant_id,
    )
    assert jobs_asked == 1
    assert (await ask(house, report_id, "receipt")).id != first.id


async def test_the_paper_comes_with_both_files_and_their_hash(
    superuser: asyncpg.Connection,
) -> None:
    house, report_id = await submitted()
    asked = await ask(house, report_id)
    assert await work(house, await job_of(superuser, asked), FakeRenderer()) is None
    done = await look(house, asked.id)
    assert (done.state, done.done_steps) == ("done", 2)
    assert done.subject_version == 1
    assert done.template_version == "nd30-2020"
    async with house.at(who="clerk0"):
        file, content = await evidence.open_file(
            actor=house.people["clerk0"], file_id=done.pdf_file_id
        )
    assert done.pdf_sha256 == file.sha256 == hashlib.sha256(content).hexdigest()
    assert file.name.endswith("(bản 1).pdf")
    assert content.startswith(b"%PDF-")


async def test_a_report_names_the_plan_of_the_department_where_it_has_one() -> None:
    own = PlanPaper(
        number="148/KH-SYT", date=dt.date(2025, 9, 1), title="Phong trào thi đua của Sở",
        file_id=uuid4(), file_name="kh.pdf",
    )  # fmt: skip
    sentences = []
    for values in (DepartmentValues(plan_paper=own), NOTHING):
        house = await make_house(units=1, two_levels=True, values=values)
        report_id = await report_of(house, house.units[0], await opened(house))
        await brought_to(house, report_id, "submitted")
        async with house.at():
            subject = await subjects.subject_of(SYSTEM, PaperKind.UNIT_REPORT, report_id)
            paper = await subjects.paper_of(PaperKind.UNIT_REPORT, subject.id, 1)
        sentences.append(paper.body[0].text.partition(f", {AUTHOR}")[0])
    assert sentences == [
        "Thực hiện Kế hoạch số 148/KH-SYT ngày 01 tháng 9 năm 2025 của Sở Y tế"
        " (Phong trào thi đua của Sở)",
        f"Thực hiện Kế hoạch của {AUTHOR}",
    ]


async def test_killed_in_mid_render_the_paper_still_comes_and_once(
    superuser: asyncpg.Connection,
) -> None:
    house, report_id = await submitted()
    asked = await ask(house, report_id)
    job_id = await job_of(superuser, asked)
    renderer = FakeRenderer(dies=2)
    for _ in range(2):
        with pytest.raises(asyncio.CancelledError):
            await work(house, job_id, renderer)
        seen = await look(house, asked.id)
        assert (seen.state, seen.done_steps) == ("rendering", 1)
    assert await work(house, job_id, renderer) is None
    assert await work(house, job_id, renderer) is None
    assert (await look(house, asked.id)).state == "done"
    assert await papers_kept(superuser, house) == 2
    assert len(renderer.papers) == 3


async def test_two_workers_on_one_job_keep_one_paper(superuser: asyncpg.Connection) -> None:
    house, report_id = await submitted()
    asked = await ask(house, report_id)
    job_id = await job_of(superuser, asked)
    renderer = FakeRenderer()
    await asyncio.gather(*[work(house, job_id, renderer) for _ in range(3)])
    assert await papers_kept(superuser, house) == 2
    done = await look(house, asked.id)
    assert done.state == "done"
    await ask(house, report_id)
    assert (await look(house, asked.id)).pdf_file_id == done.pdf_file_id


async def test_a_paper_that_cannot_be_made_says_so_and_can_be_asked_for_again(
    superuser: asyncpg.Connection,
) -> None:
    house, report_id = await submitted()
    asked = await ask(house, report_id)
    job_id = await job_of(superuser, asked)
    renderer = FakeRenderer(fails=3)
    waits = [await work(house, job_id, renderer) for _ in range(3)]
    assert waits == [2.0, 4.0, None]
    failed = await look(house, asked.id)
    assert failed.state == "failed"
    assert "Dựng lại" in failed.error
    again = await ask(house, report_id)
    assert (again.id, again.state) == (asked.id, "queued")
    assert await work(house, await job_of(superuser, again), renderer) is None
    assert (await look(house, asked.id)).state == "done"


@pytest.mark.parametrize("who", ["clerk1", "council_member", "tenant_admin"])
async def test_for_others_neither_subject_nor_paper_nor_file_exists(
    who: str, superuser: asyncpg.Connection
) -> None:
    house, report_id = await submitted()
    asked = await ask(house, report_id)
    await work(house, await job_of(superuser, asked), FakeRenderer())
    done = await look(house, asked.id, "officer")
    with pytest.raises(NotFoundError):
        await ask(house, report_id, who=who)
    with pytest.raises(NotFoundError):
        await look(house, asked.id, who)
    async with house.at(who=who):
        with pytest.raises(NotFoundError):
            await evidence.open_file(actor=house.people[who], file_id=done.pdf_file_id)


async def test_a_draft_has_no_paper_and_odd_kinds_are_refused() -> None:
    house = await make_house()
    report_id = await report_of(house, house.units[0], await opened(house))
    with pytest.raises(NotFoundError):
        await ask(house, report_id)
    with pytest.raises(NotFoundError):
        await ask(house, uuid4())
    with pytest.raises(InvalidInputError):
        await ask(house, report_id, "poem")


async def test_the_unit_report_shows_what_was_submitted() -> None:
    house, report_id = await submitted()
    document = await ask(house, report_id)
    async with house.at():
        paper = await subjects.paper_of(subjects.paper_kind("unit_report"), document.subject_id, 1)
    assert paper.letterhead.issuing_body == "Bệnh viện số 0"
    assert paper.letterhead.parent_body.startswith("Sở Y tế")
    assert paper.number == DocumentNumber(notation="BC")
    assert paper.addressees[0].startswith("Sở Y tế")
    assert "năm 2026" in paper.abstract
    texts = [block.text for block in paper.body if hasattr(block, "text")]
    assert "Đã làm tốt việc thứ nhất." in texts
    assert "Tự đánh giá: Vượt." in texts
    assert any("Chờ hướng dẫn" in text for text in texts)
    tables = [block for block in paper.body if isinstance(block, Table)]
    assert tables[0].rows[0][1:4] == ("Tỷ lệ hồ sơ điện tử", "Từ 90% trở lên", "92,5")
    assert tables[1].rows[0][1:3] == ("Bệnh án điện tử", "Khoa Dược")
    assert paper.signature.authority == ("GIÁM ĐỐC",)
    assert [block.text for block in paper.body if isinstance(block, Heading) and block.level == 1]


async def test_the_receipt_tells_instant_hash_and_timing() -> None:
    house, report_id = await submitted()
    document = await ask(house, report_id, "receipt")
    async with house.at():
        paper = await subjects.paper_of(subjects.paper_kind("receipt"), document.subject_id, 1)
        digest = await db.fetchval("SELECT content_hash FROM report_version")
    rows = dict(paper.body[1].rows)
    assert rows["Mã băm SHA-256"] == digest
    assert rows["Thời điểm nhận"].startswith("08 giờ 00 phút 00 giây, ngày 20 tháng 11 năm 2026")
    assert rows["Hạn nộp"] == "Hết ngày 29 tháng 11 năm 2026"
    assert rows["Kết quả"].startswith("Đúng hạn")


async def consolidation() -> tuple[House, UUID]:
    house, report_id = await submitted()
    async with house.at():
        round_id = await db.fetchval("SELECT round_id FROM report WHERE id = $1", report_id)
        view = await statistics.consolidate_round(round_id, actor=house.people["officer"])
    return house, view.id


async def test_a_consolidated_report_says_that_it_is_provisional() -> None:
    house, subject_id = await consolidation()
    document = await ask(house, subject_id, "consolidated_report", "officer")
    async with house.at():
        paper = await subjects.paper_of(
            subjects.paper_kind("consolidated_report"), subject_id, document.subject_version
        )
    assert "tạm" in paper.notice
    counts = next(block for block in paper.body if isinstance(block, Table))
    assert dict(counts.rows)["Số báo cáo đã nhận"] == "1"
    assert [annex.title for annex in paper.annexes]
    with pytest.raises(NotFoundError):
        await ask(house, subject_id, "consolidated_report", "clerk0")


async def test_a_consolidation_that_moved_on_gets_no_paper_of_its_old_version(
    superuser: asyncpg.Connection,
) -> None:
    house, subject_id = await consolidation()
    asked = await ask(house, subject_id, "consolidated_report", "officer")
    async with house.at():
        view = await statistics.get_consolidation(subject_id, actor=SYSTEM)
        await statistics.consolidate_round(view.round_id, actor=house.people["officer"])
    assert await work(house, await job_of(superuser, asked), FakeRenderer()) is None
    old = await look(house, asked.id, "officer")
    assert old.state == "failed"
    assert "tổng hợp đã được sửa" in old.error
    new = await ask(house, subject_id, "consolidated_report", "officer")
    assert new.id != asked.id
