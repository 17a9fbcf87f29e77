"""The ladder's pages and API: read by all, chosen by the department, published, simulated."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import httpx
import pytest

from core.accounts.guards import COOKIE
from core.accounts.schemas import SYSTEM
from core.kit import db
from core.kit.scope import tenant_scope
from core.movements import service as movements
from tenants.service import forget_hosts
from tests.application import application
from tests.factories import make_tenant, own_plan_paper
from tests.integration.reports.house import House
from tests.isolation.test_routes import CSRF
from tests.isolation.world import _tokens

LADDER, CHOICES = "/khen-thuong/thang", "/khen-thuong/thang/chon"
SILENT, STATED = "lai_chau", "quang_ngai"  # a plan without occasions, a plan with all of them
KEY = "Giấy khen của Giám đốc Sở Y tế|Giám đốc Sở Y tế|individual|"


@dataclass
class Window:
    """A department and its site, as several people see it."""

    house: House
    client: httpx.AsyncClient
    tokens: dict[str, dict[str, str]]

    def sign_in(self, who: str) -> None:
        self.client.cookies.delete(COOKIE)
        host = httpx.URL(self.client.base_url).host
        self.client.cookies.set(COOKIE, self.tokens[who]["web"], domain=host)

    async def get(self, who: str, address: str) -> httpx.Response:
        self.sign_in(who)
        return await self.client.get(address)

    async def post(self, who: str, address: str, data: dict[str, str]) -> httpx.Response:
        first = await self.client.get("/quen-mat-khau")
        found = CSRF.search(first.text)
        assert found
        self.sign_in(who)
        return await self.client.post(address, data=data, headers={"x-csrf-token": found.group(1)})

    async def call(self, who: str, method: str, path: str, body: Any = None) -> httpx.Response:
        return await self.client.request(
            method, f"/api/v1{path}", json=body,
            headers={"authorization": f"Bearer {self.tokens[who]['api']}"},
        )  # fmt: skip

    async def publish(self) -> None:
        with tenant_scope(self.house.tenant_id):
            async with db.transaction():
                await movements.publish_edition(actor=SYSTEM, reason="Thử")

    async def rows(self, sql: str, *values: Any) -> list[Any]:
        with tenant_scope(self.house.tenant_id):
            async with db.transaction():
                return await db.fetch(sql, *values)


async def open_window(plugin: str, client: httpx.AsyncClient, *, published: bool = True) -> Window:
    """Make a department of a plugin with an officer, an administrator and a unit's clerk."""
    house = House(await make_tenant(plugin))
    await own_plan_paper(house.tenant_id)
    for role in ("officer", "tenant_admin", "unit_clerk", "auditor"):
        await house.person(role, role, house.tenant_id, house.path())
    tokens = {name: await _tokens(house.tenant_id, each) for name, each in house.people.items()}
    window = Window(house, client, tokens)
    (row,) = await window.rows("SELECT slug FROM tenant WHERE id = $1", house.tenant_id)
    client.base_url = httpx.URL(f"http://{row['slug']}.localhost")
    forget_hosts()
    if published:
        await window.publish()
    return window


@pytest.fixture
async def client(app_db: db.TenantEngine) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(transport=httpx.ASGITransport(application())) as made:  # type: ignore[arg-type]
        yield made


async def test_an_occasion_is_chosen_drafted_published_and_then_open(
    client: httpx.AsyncClient,
) -> None:
    window = await open_window(SILENT, client)
    before = await window.get("officer", LADDER)
    assert before.text.count("Kế hoạch không nêu dịp: Sở chọn") == 8  # seven lines, one notice
    assert "Quyết định tại Sở" not in before.text
    form = await window.get("officer", CHOICES)
    assert f'name="rung.{KEY}.annual"' in form.text
    saved = await window.post("officer", CHOICES, {"_version": "0", f"rung.{KEY}.annual": "1"})
    assert (saved.status_code, saved.headers["location"]) == (303, LADDER)
    drafted = await window.get("unit_clerk", LADDER)
    assert "Quyết định tại Sở" not in drafted.text
    await window.publish()
    after = await window.get("unit_clerk", LADDER)
    assert after.text.count("Quyết định tại Sở") == 1
    assert "dịp do Sở chọn" in after.text
    editions = await window.rows("SELECT department FROM plan_edition ORDER BY number")
    assert ["rungs" in str(row["department"]) for row in editions] == [False, True]


async def test_a_stale_choice_shows_both_and_changes_nothing(client: httpx.AsyncClient) -> None:
    window = await open_window(SILENT, client)
    await window.post("officer", CHOICES, {"_version": "0", f"rung.{KEY}.annual": "1"})
    late = await window.post("officer", CHOICES, {"_version": "0", f"rung.{KEY}.ad_hoc": "1"})
    assert late.status_code == 409
    assert "Người khác vừa lưu mục này" in late.text
    assert "hằng năm" in late.text
    assert 'name="_version" value="1"' in late.text
    (row,) = await window.rows("SELECT body FROM plan_draft WHERE section = 'rungs'")
    assert row["body"] == {"value": {KEY: {"occasions": ["annual"]}}}


@pytest.mark.parametrize("who", ["unit_clerk", "auditor"])
async def test_only_administrator_and_officer_choose(client: httpx.AsyncClient, who: str) -> None:
    window = await open_window(SILENT, client)
    shown = await window.get(who, LADDER)
    assert shown.status_code == 200
    assert CHOICES not in shown.text
    refused = await window.post(who, CHOICES, {"_version": "0"})
    called = await window.call(who, "PUT", "/ladder/choices", {"version": 0, "chosen": {}})
    assert (refused.status_code, called.status_code) == (403, 403)


async def test_an_officer_saves_no_other_section(client: httpx.AsyncClient) -> None:
    window = await open_window(SILENT, client)
    other = "/quan-tri/ke-hoach/muc?ten=nhac-han"
    refused = await window.post("officer", other, {"_version": "0", "reminders": "9"})
    assert refused.status_code == 403


async def test_the_ladder_costs_the_same_with_and_without_a_question(
    client: httpx.AsyncClient, app_db: db.TenantEngine
) -> None:
    window = await open_window(STATED, client)
    question = f"{LADDER}?doi-tuong=collective&dip=final_review&nam=2030"
    costs = []
    for address in (LADDER, question):
        await window.get("unit_clerk", address)
        before = app_db.queries
        shown = await window.get("unit_clerk", address)
        assert shown.status_code == 200
        costs.append(app_db.queries - before)
    assert costs[0] == costs[1]
    assert costs[0] <= 12


async def test_a_simulation_says_how_far_and_why(client: httpx.AsyncClient) -> None:
    window = await open_window(STATED, client)
    facts = "rating=completed_well&leadership_rating=completed"
    shown = await window.get(
        "unit_clerk", f"{LADDER}?doi-tuong=collective&dip=annual&nam=2026&{facts}"
    )
    assert "Chưa được đề nghị hình thức nào" in shown.text
    assert "Tập thể lãnh đạo, quản lý được xếp loại" in shown.text
    good = facts.replace("leadership_rating=completed", "leadership_rating=completed_well")
    more = "&obeys_law=co&internal_unity=co&movement_organised=co&clear_change=co"
    met = await window.get(
        "unit_clerk", f"{LADDER}?doi-tuong=collective&dip=annual&nam=2026&{good}{more}"
    )
    assert "Được đề nghị đến: Khen thưởng (Chủ tịch UBND tỉnh)" in met.text
    assert "Hình thức không mở cho dịp, đối tượng này (6)" in met.text


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("doi-tuong=nhom&dip=annual&nam=2026", "Chọn loại đối tượng."),
        ("doi-tuong=individual&dip=tet&nam=2026", "Chọn dịp khen thưởng."),
        ("doi-tuong=individual&dip=annual&nam=1999", "Chọn một năm của phong trào."),
        ("doi-tuong=individual&dip=annual&nam=2026&rating=tot", "Xin chọn một trong các mục"),
        ("doi-tuong=collective&dip=annual&nam=2026&dti_rank=0", "Nhập thứ hạng"),
        ("doi-tuong=collective&dip=annual&nam=2026&dti_rank=nhất", "Nhập thứ hạng"),
    ],
)
async def test_a_question_that_is_none_is_refused_and_kept(
    client: httpx.AsyncClient, query: str, sentence: str
) -> None:
    window = await open_window(STATED, client)
    shown = await window.get("unit_clerk", f"{LADDER}?{query}")
    assert shown.status_code == 422
    assert sentence in shown.text


async def test_without_a_published_plan_the_page_says_so(client: httpx.AsyncClient) -> None:
    window = await open_window(STATED, client, published=False)
    shown = await window.get("unit_clerk", f"{LADDER}?doi-tuong=collective&dip=annual&nam=2026")
    assert shown.status_code == 200
    assert "Sở chưa công bố kế hoạch phong trào" in shown.text
    asked = {"subject_kind": "collective", "occasion": "annual", "year": 2026}
    answer = await window.call("unit_clerk", "POST", "/ladder/simulation", asked)
    assert answer.status_code == 409


async def test_the_api_gives_the_ladder_the_answer_and_the_choices(
    client: httpx.AsyncClient,
) -> None:
    window = await open_window(SILENT, client)
    ladder = (await window.call("unit_clerk", "GET", "/ladder")).json()
    assert [len(table["lines"]) for table in ladder["tables"]] == [4, 3, 0]
    assert ladder["waiting"] == 7
    chosen = {KEY: {"occasions": ["annual"]}}
    saved = await window.call("officer", "PUT", "/ladder/choices", {"version": 0, "chosen": chosen})
    assert (saved.status_code, saved.json()["version"], saved.json()["chosen"]) == (200, 1, chosen)
    unknown = {"Huân chương|||": {"occasions": ["annual"]}}
    refused = await window.call(
        "officer", "PUT", "/ladder/choices", {"version": 1, "chosen": unknown}
    )
    assert refused.status_code == 422
    said = {KEY: {"signer": "unit"}}  # the plan says who signs this one
    overruled = await window.call(
        "officer", "PUT", "/ladder/choices", {"version": 1, "chosen": said}
    )
    assert overruled.status_code == 422
    await window.publish()
    asked = {"subject_kind": "individual", "occasion": "annual", "year": 2026, "obeys_law": True}
    answer = (await window.call("unit_clerk", "POST", "/ladder/simulation", asked)).json()
    assert answer["reach"]["rung"]["rung_key"] == f"{KEY}annual"
    assert [verdict["is_open"] for verdict in answer["verdicts"]] == [True, False, False, False]
    late = await window.call("unit_clerk", "POST", "/ladder/simulation", asked | {"year": 1999})
    assert late.status_code == 422


async def test_a_department_sees_its_own_ladder_only(client: httpx.AsyncClient) -> None:
    one = await open_window(SILENT, client)
    await one.post("officer", CHOICES, {"_version": "0", f"rung.{KEY}.annual": "1"})
    two = await open_window(SILENT, client)
    form = await two.get("officer", CHOICES)
    assert "checked" not in form.text
    assert form.status_code == 200
    choices = (await two.call("officer", "GET", "/ladder/choices")).json()
    assert (choices["version"], choices["chosen"], len(choices["open"])) == (0, {}, 7)
