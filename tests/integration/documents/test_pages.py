"""The pages of files, papers and notices: forms, scripts, downloads, strangers."""

import re
from collections.abc import Awaitable, Callable
from uuid import UUID

import asyncpg
import httpx
import pytest

from core.documents import jobs
from core.documents.render.model import Paper
from core.jobs import runner
from core.kit import db
from core.notifications.schemas import Event
from core.notifications.service import notify
from tests.integration.documents.site import browser
from tests.integration.documents.test_papers import FakeRenderer, submitted
from tests.integration.reports.house import House, make_house, opened, report_of

pytestmark = pytest.mark.usefixtures("app_db")
PDF = ("Minh chứng số 1.pdf", b"%PDF-1.7 noi dung", "application/pdf")
SCRIPT = {"accept": "application/json"}


async def slug_of(superuser: asyncpg.Connection, house: House) -> str:
    found: str = await superuser.fetchval("SELECT slug FROM tenant WHERE id = $1", house.tenant_id)
    return found


async def drafting() -> tuple[House, str]:
    """Return a department and the address of a part's files."""
    house = await make_house()
    report_id = await report_of(house, house.units[0], await opened(house))
    return house, f"/bao-cao/{report_id}/phan/criterion:c1/tep"


def who(name: str, **more: str) -> dict[str, str]:
    return {"x-who": name, **more}


async def test_a_plain_form_attaches_and_goes_back_to_the_part(
    superuser: asyncpg.Connection,
) -> None:
    house, path = await drafting()
    async with browser(house.people, await slug_of(superuser, house)) as client:
        answer = await client.post(path, files={"file": PDF}, headers=who("clerk0"))
        assert answer.status_code == 303
        assert answer.headers["location"].endswith("?phan=criterion%3Ac1")
        refused = await client.post(
            path, files={"file": ("a.exe", b"MZ", "application/pdf")}, headers=who("clerk0")
        )
        assert refused.status_code == 303
        assert "thidua_flash" in refused.headers["set-cookie"]
    async with house.at():
        assert await db.fetchval("SELECT count(*) FROM evidence") == 1


async def test_a_script_gets_json_and_a_sentence_at_the_field(
    superuser: asyncpg.Connection,
) -> None:
    house, path = await drafting()
    async with browser(house.people, await slug_of(superuser, house)) as client:
        made = await client.post(path, files={"file": PDF}, headers=who("clerk0", **SCRIPT))
        assert made.status_code == 201
        assert made.json()["name"] == "Minh chứng số 1.pdf"
        refused = await client.post(
            path, files={"file": ("a.pdf", b"MZ", "x/y")}, headers=who("clerk0", **SCRIPT)
        )
        assert refused.status_code == 422
        assert refused.json()["code"] == "file_mismatch"
        assert refused.json()["errors"][0]["field"] == "file"
        nothing = await client.post(path, files={"other": PDF}, headers=who("clerk0", **SCRIPT))
        assert nothing.json()["code"] == "no_file"
        big = ("to.pdf", b"%PDF-" + b"x" * (26 * 1024 * 1024), "application/pdf")
        large = await client.post(path, files={"file": big}, headers=who("clerk0", **SCRIPT))
        assert large.status_code == 413
        gone = await client.post(f"{path}/{made.json()['id']}/bo", headers=who("clerk0", **SCRIPT))
        assert gone.status_code == 200
    async with house.at():
        left = await db.fetchval("SELECT count(*) FROM evidence WHERE removed_at IS NULL")
    assert left == 0


async def test_a_file_is_always_a_download_in_a_sandbox(superuser: asyncpg.Connection) -> None:
    house, path = await drafting()
    async with browser(house.people, await slug_of(superuser, house)) as client:
        made = await client.post(path, files={"file": PDF}, headers=who("clerk0", **SCRIPT))
        href = made.json()["href"]
        answer = await client.get(href, headers=who("officer"))
        assert answer.content == PDF[1]
        assert answer.headers["content-type"] == "application/pdf"
        assert answer.headers["content-disposition"].startswith("attachment; ")
        assert "UTF-8''Minh%20ch%E1%BB%A9ng" in answer.headers["content-disposition"]
        assert "sandbox" in answer.headers["content-security-policy"]
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert (await client.get(href, headers=who("clerk1"))).status_code == 404
        assert (await client.get(href)).status_code == 303


async def ask_paper(client: httpx.AsyncClient, report_id: UUID) -> str:
    asked = await client.post(
        "/tai-lieu", data={"kind": "unit_report", "subject_id": str(report_id)},
        headers=who("clerk0"),
    )  # fmt: skip
    assert asked.status_code == 303
    return str(asked.headers["location"])


class WatchedRenderer(FakeRenderer):
    """Looks at the paper's page whenever a file is about to be made."""

    def __init__(self, look: Callable[[], Awaitable[str]]) -> None:
        super().__init__()
        self.look, self.seen = look, list[str]()

    async def render_pdf(self, paper: Paper) -> bytes:
        self.seen.append(await self.look())
        return await super().render_pdf(paper)

    async def render_docx(self, paper: Paper) -> bytes:
        self.seen.append(await self.look())
        return await super().render_docx(paper)


def stage(html: str) -> str:
    """Return the state that a paper's page tells, in its words."""
    found = re.search(r'<p role="status">(.*?)</p>', html, re.DOTALL)
    assert found
    return " ".join(re.sub(r"<[^>]+>", " ", found.group(1)).split())


async def test_a_paper_goes_through_its_three_stages_on_the_page(
    superuser: asyncpg.Connection,
) -> None:
    house, report_id = await submitted()
    async with browser(house.people, await slug_of(superuser, house)) as client:
        path = await ask_paper(client, report_id)
        waiting = await client.get(path, headers=who("clerk0"))
        assert f'hx-get="{path}/trang-thai"' in waiting.text

        async def look() -> str:
            part = await client.get(f"{path}/trang-thai", headers=who("clerk0"))
            assert "<html" not in part.text
            return stage(part.text)

        job_id = await superuser.fetchval(
            "SELECT id FROM outbox WHERE tenant_id = $1 AND job = 'documents.render'",
            house.tenant_id,
        )
        renderer = WatchedRenderer(look)
        registry = {handler.name: handler for handler in jobs.handlers(renderer)}
        await runner.run(registry, house.tenant_id, job_id)
        done = await client.get(path, headers=who("clerk0"))
        assert [stage(waiting.text), *renderer.seen, stage(done.text)] == [
            "Chờ dựng Đang chờ đến lượt.",
            "Đang dựng Đang dựng văn bản. Xong 0 trên 2 tệp.",
            "Đang dựng Đang dựng văn bản. Xong 1 trên 2 tệp.",
            "Xong Văn bản đã xong.",
        ]
        assert "Tải bản PDF" in done.text
        assert f'href="/bao-cao/{report_id}"' in done.text
        assert "hx-get" not in done.text
        assert (await client.get(path, headers=who("clerk1"))).status_code == 404
        assert (await client.get(f"{path}/trang-thai")).status_code == 303


async def test_a_paper_that_failed_offers_to_try_again(superuser: asyncpg.Connection) -> None:
    house, report_id = await submitted()
    async with browser(house.people, await slug_of(superuser, house)) as client:
        path = await ask_paper(client, report_id)
        await superuser.execute(
            "UPDATE document SET state = 'failed', error = 'Chưa dựng được.' WHERE tenant_id = $1",
            house.tenant_id,
        )
        failed = await client.get(path, headers=who("clerk0"))
        assert "Chưa dựng được." in failed.text
        assert "Dựng lại" in failed.text
        assert await ask_paper(client, report_id) == path
        assert "Đang chờ" in (await client.get(path, headers=who("clerk0"))).text


async def test_odd_requests_for_papers_are_refused(superuser: asyncpg.Connection) -> None:
    house, report_id = await submitted()
    async with browser(house.people, await slug_of(superuser, house)) as client:
        for kind, subject, status in (
            ("poem", str(report_id), 422),
            ("receipt", "not-an-id", 422),
            ("receipt", str(house.tenant_id), 404),
        ):
            answer = await client.post(
                "/tai-lieu", data={"kind": kind, "subject_id": subject}, headers=who("clerk0")
            )
            assert answer.status_code == status


async def test_notices_are_read_and_followed(superuser: asyncpg.Connection) -> None:
    house = await make_house(units=1)
    actor = house.people["clerk0"]
    async with house.at():
        for number in range(2):
            await notify(event=Event.RETURNED, account_ids=[actor.account_id],
                         title=f"Trả lại <b>{number}</b>", body="Thiếu số liệu.",
                         href="/viec-cua-toi", dedup_key=f"k{number}")  # fmt: skip
    async with browser(house.people, await slug_of(superuser, house)) as client:
        seen = await client.get("/thong-bao", headers=who("clerk0"))
        assert "2 chưa đọc" in seen.text
        assert "Trả lại &lt;b&gt;0&lt;/b&gt;" in seen.text
        notice_id = await superuser.fetchval(
            "SELECT id FROM notification WHERE tenant_id = $1", house.tenant_id
        )
        opened_ = await client.post(f"/thong-bao/{notice_id}/mo", headers=who("clerk0"))
        assert opened_.headers["location"] == "/viec-cua-toi"
        stranger = await client.post(f"/thong-bao/{notice_id}/mo", headers=who("officer"))
        assert stranger.status_code == 404
        assert "1 chưa đọc" in (await client.get("/thong-bao", headers=who("clerk0"))).text
        await client.post("/thong-bao/da-doc", headers=who("clerk0"))
        assert "Đã đọc hết" in (await client.get("/thong-bao", headers=who("clerk0"))).text
        older = await client.get(f"/thong-bao?sau={notice_id}", headers=who("officer"))
        assert older.status_code == 200
        assert (await client.get("/thong-bao?sau=xyz", headers=who("clerk0"))).status_code < 500


async def test_the_mailbox_page_is_there_for_demos_only(superuser: asyncpg.Connection) -> None:
    house = await make_house(units=1)
    actor = house.people["clerk0"]
    async with house.at():
        await notify(event=Event.RETURNED, account_ids=[actor.account_id], title="Trả lại",
                     dedup_key="k")  # fmt: skip
    async with browser(house.people, await slug_of(superuser, house)) as client:
        assert (await client.get("/hop-thu", headers=who("clerk0"))).status_code == 404
        assert (
            "clerk0@example.vn" in (await client.get("/hop-thu", headers=who("tenant_admin"))).text
        )
        await superuser.execute("UPDATE tenant SET is_demo = true WHERE id = $1", house.tenant_id)
        assert "Chờ gửi" in (await client.get("/hop-thu", headers=who("clerk0"))).text
