"""The pages of the room behind the real edge: what each shows, takes and refuses, and its cost."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import httpx
import pytest
from litestar import Litestar
from litestar.types import HTTPScope

from core.accounts import guards
from core.accounts.schemas import Actor, SessionView, Stage
from core.eligibility import routes
from core.kit import clock, db, templates
from core.kit.ids import new_id
from core.web import failures
from core.web.edge import Edge
from tenants.service import forget_hosts, resolve_host
from tests.integration.eligibility.awards import Awards, make_awards, rung
from tests.integration.eligibility.test_ratings import OFFICIAL, code, run_jobs, xlsx

pytestmark = pytest.mark.usefixtures("app_db")
YEAR = str(clock.today().year)


@asynccontextmanager
async def browser(actor: Actor, slug: str) -> AsyncIterator[httpx.AsyncClient]:
    """Return a client on a department's host, as one person."""

    async def session_of(scope: HTTPScope) -> UUID | None:
        scope["state"][guards.STATE_KEY] = SessionView(
            new_id(), actor, Stage.FULL, "web", False, datetime.now(UTC) + timedelta(hours=1)
        )
        return actor.account_id

    def context(connection: Any) -> dict[str, Any]:
        tenant = connection.scope["state"].get("tenant")
        return {"tenant": tenant, "viewer": None, "movement_name": "", "support": None}

    templates.environment().globals["asset"] = lambda name: f"/static/{name}"
    templates.use_context(context)
    app = Litestar(
        route_handlers=routes.route_handlers,
        exception_handlers={Exception: failures.handle},
        openapi_config=None,
    )
    forget_hosts()
    edge = Edge(app, resolve_host=resolve_host, resolve_session=session_of, failed=failures.answer)
    transport = httpx.ASGITransport(edge)  # type: ignore[arg-type]
    async with httpx.AsyncClient(
        transport=transport, base_url=f"http://{slug}.localhost", follow_redirects=False
    ) as client:
        yield client


@asynccontextmanager
async def at(awards: Awards, who: str = "officer") -> AsyncIterator[httpx.AsyncClient]:
    """Return somebody's client."""
    slug = await awards.sql("SELECT slug FROM tenant WHERE id = $1", awards.house.tenant_id)
    async with browser(awards.house.people[who], slug) as client:
        yield client


async def test_a_list_is_previewed_written_and_its_changes_come_back() -> None:
    awards = await make_awards(rung())
    person, unit = await awards.person(), await code(awards)
    case = await awards.nominate(await awards.round(), person)
    await awards.check(case)
    await awards.sql("UPDATE nomination SET state = 'decided'")
    rows = [(unit, "Nguyễn Văn An", "", "", "2026", "KHTNV", "")]
    async with at(awards) as client:
        sent = await client.post(
            "/khen-thuong/xep-loai/nhap", data=OFFICIAL, files={"file": ("a.xlsx", xlsx(*rows))}
        )
        seen = await client.get(sent.headers["location"])
        query = httpx.URL(sent.headers["location"]).params
        applied = await client.post(
            "/khen-thuong/xep-loai/nhap/xac-nhan", data={"file_id": query["tep"], **OFFICIAL}
        )
        await run_jobs(awards)
        listed = await client.get("/khen-thuong/xep-loai?nam=2026&loai=official")
        back = await client.get("/khen-thuong/thay-doi")
    assert "Xác nhận và ghi tất cả" in seen.text
    assert "Không hoàn thành nhiệm vụ" in seen.text
    assert applied.headers["location"] == "/khen-thuong/xep-loai"
    assert "Nguyễn Văn An" in listed.text
    assert "Đã có quyết định, nay không còn đủ điều kiện." in back.text
    assert f"/de-nghi/{case}" in back.text


async def test_a_wrong_list_names_the_rows_and_gives_them_back_as_a_workbook() -> None:
    awards = await make_awards(rung())
    async with at(awards) as client:
        nothing = await client.post("/khen-thuong/xep-loai/nhap", data=OFFICIAL)
        sent = await client.post(
            "/khen-thuong/xep-loai/nhap", data=OFFICIAL,
            files={"file": ("a.xlsx", xlsx(("KHONG", "", "", "", "2026", "HTNV", "")))},
        )  # fmt: skip
        where = sent.headers["location"]
        seen = await client.get(where)
        errors = await client.get(where.replace("/nhap?", "/nhap/tep-loi?"))
        template = await client.get("/khen-thuong/xep-loai/nhap/tep-mau")
    assert (nothing.status_code, "Chưa chọn tệp nào." in nothing.text) == (422, True)
    assert "Không có đơn vị “KHONG”" in seen.text
    assert "Xác nhận và ghi tất cả" not in seen.text
    assert errors.content[:2] == template.content[:2] == b"PK"


async def test_a_clash_is_shown_with_the_other_list_and_asked_again() -> None:
    awards = await make_awards(rung())
    round_id, person = await awards.round(), await awards.person()
    first = await awards.nominate(round_id, person)
    await awards.nominate(round_id, person, unit=1)
    await awards.check(first)
    async with at(awards) as client:
        seen = await client.get(f"/khen-thuong/trung-lap?dot={round_id}")
        asked = await client.post("/khen-thuong/trung-lap/kiem-tra", data={"dot": str(round_id)})
    assert "danh sách của Bệnh viện số 1, tờ trình số 15/TTr" in seen.text
    assert "chưa xác nhận" in seen.text
    assert asked.status_code == 303
    assert await awards.sql("SELECT count(*) FROM outbox WHERE job = 'nominations.recheck'") == 1


async def test_the_page_of_a_subject_keeps_what_was_typed_and_hides_holds_from_the_unit() -> None:
    awards = await make_awards(rung())
    person = await awards.person()
    where = f"/khen-thuong/thong-tin/{person}"
    hold = {"hold_kind": "complaint", "reason": "Đơn số 5", "from_on": "2026-11-01"}
    async with at(awards) as client:
        wrong = await client.post(
            f"{where}/xep-loai",
            data={"rating_year": "2999", "scope": "person", "rating": "completed",
                  "state": "official", "basis": "TB 77"},
        )  # fmt: skip
        made = await client.post(
            f"{where}/tam-dung", data=hold, files={"file": ("don.pdf", b"%PDF-1.4\n%%EOF\n")}
        )
        seen = await client.get(where)
    async with at(awards, "clerk0") as client:
        own = await client.get(where)
        refused = await client.get("/khen-thuong/tam-dung")
        declared = await client.post(
            f"{where}/khai",
            data={"year": YEAR, "source": "Biên bản", "fact.maternity_leave": "co"},
        )
        file_id = await awards.sql("SELECT file_id FROM subject_hold")
        purpose = await awards.sql("SELECT purpose FROM stored_file WHERE id = $1", file_id)
    assert (wrong.status_code, 'value="TB 77"' in wrong.text) == (422, True)
    assert "Năm 2999 chưa tới" in wrong.text
    assert made.status_code == 303
    assert "Đang tạm dừng xét khen thưởng" in seen.text
    assert "tạm dừng" not in own.text.lower()
    assert (refused.status_code, declared.status_code, purpose) == (403, 303, "confidential")


@pytest.mark.parametrize(
    ("path", "most"),
    [
        ("/khen-thuong/thong-tin", 8), ("/khen-thuong/xep-loai", 8),
        ("/khen-thuong/sang-kien", 8), ("/khen-thuong/tam-dung", 8),
        ("/khen-thuong/doi-tuong", 8), ("/khen-thuong/thay-doi", 9),
        ("/khen-thuong/trung-lap", 9),
    ],
)  # fmt: skip
async def test_a_list_costs_the_same_for_many_as_for_none(
    app_db: db.TenantEngine, path: str, most: int
) -> None:
    awards = await make_awards(rung())
    async with at(awards) as client:
        await client.get(path)
        before = app_db.queries
        await client.get(path)
        none = app_db.queries - before
        round_id = await awards.round()
        for number in range(4):
            person = await awards.person(f"Người {number}")
            await awards.rate(person, "completed")
            await awards.hold(person)
            await awards.idea(f"Sáng kiến {number}")
            for unit in (0, 1):
                case = await awards.nominate(round_id, person, unit=unit)
                await awards.check(case)
        before = app_db.queries
        seen = await client.get(path)
    assert seen.status_code == 200
    assert (app_db.queries - before, none <= most) == (none, True), none
