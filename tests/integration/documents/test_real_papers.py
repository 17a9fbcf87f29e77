"""Papers of real submissions through the real render pool, read back against the decree."""

import datetime as dt
import io
from collections.abc import AsyncIterator
from uuid import UUID

import asyncpg
import pytest
from docx import Document as open_docx

from core.accounts.schemas import SYSTEM
from core.documents import jobs
from core.documents.render.pool import RenderPool
from core.evidence import service as evidence
from core.jobs import runner
from core.reports import rounds
from core.statistics import service as statistics
from tests.golden.papers.decree import check
from tests.integration.documents.test_papers import ask, consolidation, job_of, look
from tests.integration.reports import house as house_module
from tests.integration.reports.house import (
    House,
    brought_to,
    make_house,
    opened,
    report_of,
)

pytestmark = pytest.mark.usefixtures("app_db")


@pytest.fixture
async def pool() -> AsyncIterator[RenderPool]:
    """One render process."""
    made = RenderPool(1, timeout=60)
    yield made
    await made.close()


NARRATIVE = (
    "Đơn vị đã quán triệt, triển khai phong trào thi đua đến toàn thể viên chức, người lao động; "
    "phân công trách nhiệm cụ thể cho từng khoa, phòng; đẩy mạnh ứng dụng công nghệ thông tin "
    "trong khám bệnh, chữa bệnh và quản lý điều hành, cải cách thủ tục hành chính. "
)


@pytest.fixture(autouse=True)
def _long_texts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Units write paragraphs that wrap."""
    for part, field in (
        ("criterion:c1", "narrative"),
        ("criterion:c2", "narrative"),
        ("difficulties_proposals", "difficulties"),
        ("difficulties_proposals", "proposals"),
    ):
        monkeypatch.setitem(house_module.FILLED[part], field, NARRATIVE * 3)


async def plainly_named(superuser: asyncpg.Connection) -> tuple[House, UUID]:
    """Return a department under a usual name, with one submitted report."""
    house = await make_house()
    await superuser.execute(
        "UPDATE unit SET name = 'Sở Y tế tỉnh Hoa Mai' WHERE id = $1", house.tenant_id
    )
    report_id = await report_of(house, house.units[0], await opened(house))
    await brought_to(house, report_id, "submitted")
    return house, report_id


async def issued() -> tuple[House, UUID]:
    """Return a department with an issued consolidation."""
    house, subject_id = await consolidation()
    people = house.people
    async with house.at():
        view = await statistics.get_consolidation(subject_id, actor=SYSTEM)
        await rounds.close_round(actor=people["officer"], round_id=view.round_id)
        view = await statistics.consolidate_round(view.round_id, actor=people["officer"])
        conclusion = {view.texts[-1].key: NARRATIVE * 3}
        view = await statistics.edit_consolidation(
            view.id, version=view.version, texts=conclusion, actor=people["officer"]
        )
        view = await statistics.approve_consolidation(
            view.id, version=view.version, actor=people["department_head"]
        )
        view = await statistics.issue_consolidation(
            view.id, version=view.version, document_date=dt.date(2026, 11, 20),
            actor=people["records_clerk"],
        )  # fmt: skip
    return house, view.id


async def render(
    superuser: asyncpg.Connection, pool: RenderPool, house: House, subject_id: UUID, kind: str
) -> tuple[bytes, bytes]:
    """Make a paper; return PDF and Word."""
    asked = await ask(house, subject_id, kind, "officer")
    registry = {handler.name: handler for handler in jobs.handlers(pool)}
    assert await runner.run(registry, house.tenant_id, await job_of(superuser, asked)) is None
    done = await look(house, asked.id, "officer")
    assert done.state == "done"
    contents = []
    async with house.at():
        for file_id in (done.pdf_file_id, done.docx_file_id):
            _, content = await evidence.open_file(actor=house.people["officer"], file_id=file_id)
            contents.append(content)
    return contents[0], contents[1]


async def test_the_unit_report_keeps_the_decree(
    superuser: asyncpg.Connection, pool: RenderPool
) -> None:
    house, report_id = await plainly_named(superuser)
    pdf, docx = await render(superuser, pool, house, report_id, "unit_report")
    assert not check(pdf), "\n".join(check(pdf))
    words = "\n".join(paragraph.text for paragraph in open_docx(io.BytesIO(docx)).paragraphs)
    assert NARRATIVE.strip() in words


async def test_the_receipt_keeps_the_decree(
    superuser: asyncpg.Connection, pool: RenderPool
) -> None:
    house, report_id = await plainly_named(superuser)
    pdf, _ = await render(superuser, pool, house, report_id, "receipt")
    assert check(pdf, numbered=False, signed=False) == []


async def test_the_consolidated_report_keeps_the_decree(
    superuser: asyncpg.Connection, pool: RenderPool
) -> None:
    house, subject_id = await issued()
    pdf, _ = await render(superuser, pool, house, subject_id, "consolidated_report")
    assert check(pdf) == []
