"""The set-up path: what is done, what is missing, what comes next; leaving and coming back."""

from __future__ import annotations

import pytest

from core.accounts.schemas import Actor
from core.kit import db
from core.movements import service as movements
from tenants.setup import importing
from tenants.setup.progress import Progress, progress
from tests.integration.setup.lists import PEOPLE, workbook
from tests.integration.setup.site import Place, another, inside, make_place, visit

pytestmark = pytest.mark.usefixtures("app_db")
PLUGIN = "lai_chau"
OWN_PLAN = "ha_noi"  # its plan is the department's own, so nothing blocks publishing
PATH = "/quan-tri/thiet-lap"


async def of(place: Place, plugin: str = PLUGIN) -> Progress:
    async with inside(place):
        return await progress(actor=place.actor, plugin_slug=plugin)


def states(found: Progress) -> dict[str, str]:
    return {step.key: step.state for step in found.steps}


async def test_an_empty_department_begins_with_its_identity() -> None:
    place = await make_place(plugin=PLUGIN)
    found = await of(place)
    assert states(found) == {
        "identity": "todo", "plugin": "done", "units": "todo", "accounts": "todo",
        "plan": "todo", "publish": "todo",
    }  # fmt: skip
    assert found.next
    assert found.next.key == "identity"
    async with visit(place) as admin:
        home = await admin.get("/")
        assert home.headers["location"] == PATH
        assert (await admin.get(PATH)).status_code == 200
        assert admin.page.count('class="btn btn-primary" href') == 1
        assert "Khai thông tin của Sở" in admin.page


async def test_the_path_resumes_from_what_is_there() -> None:
    place = await make_place(plugin=PLUGIN)
    async with inside(place):
        await importing.stage(actor=place.actor, name="ds.xlsx", content=workbook())
    waiting = next(step for step in (await of(place)).steps if step.key == "units")
    assert (waiting.state, waiting.notes[0]) == (
        "doing", "Có một danh sách đang chờ bạn xác nhận.",
    )  # fmt: skip
    async with inside(place):
        await importing.apply(actor=place.actor)
    found = await of(place)
    assert states(found)["units"] == "done"
    accounts = next(step for step in found.steps if step.key == "accounts")
    assert (accounts.state, accounts.missing) == ("doing", ("tài khoản lãnh đạo Sở",))
    await another(place.tenant_id, "department_head")
    accounts = next(step for step in (await of(place)).steps if step.key == "accounts")
    assert accounts.state == "done"
    assert accounts.notes[:3] == (
        "1 đơn vị chưa có thủ trưởng; báo cáo ở đó chưa ai nộp được.",
        "1 đơn vị chưa có người soạn.",
        f"{sum(bool(person[3]) for person in PEOPLE)} người chưa đăng nhập lần đầu.",
    )


async def test_after_publishing_home_is_the_hub() -> None:
    place = await make_place(plugin=OWN_PLAN)
    async with inside(place):
        await _publish(place.actor)
    assert states(await of(place, OWN_PLAN))["publish"] == "done"
    async with visit(place) as admin:
        assert (await admin.get("/")).headers["location"] == "/quan-tri"


async def _publish(actor: Actor) -> None:
    await movements.publish_edition(actor=actor, reason="Lần đầu")


@pytest.mark.parametrize("plugin", ["khong_co", "plugin"])
async def test_a_plugin_that_cannot_be_used_is_said(plugin: str) -> None:
    place = await make_place(plugin=plugin)
    step = next(step for step in (await of(place, plugin)).steps if step.key == "plugin")
    assert (step.state, len(step.missing)) == ("doing", 1)
    async with visit(place) as admin:
        assert (await admin.get("/quan-tri/bo-quy-tac")).status_code == 200
        assert "Bộ quy tắc của tỉnh chưa dùng được." in admin.page
        assert (await admin.get(PATH)).status_code == 200


async def test_the_plugin_page_shows_its_plan_in_words() -> None:
    place = await make_place(plugin=PLUGIN)
    async with visit(place) as admin:
        assert (await admin.get("/quan-tri/bo-quy-tac")).status_code == 200
        for words in ("Kế hoạch gốc", "Điều kế hoạch không nêu", "Dùng được"):
            assert words in admin.page


async def test_the_path_asks_the_same_however_large_the_department(
    app_db: db.TenantEngine,
) -> None:
    asked = []
    for many in (2, 60):
        place = await make_place(plugin=PLUGIN)
        units = [(f"D{n}", f"Đơn vị {n}", "", "Bệnh viện", "") for n in range(many)]
        async with inside(place):
            await importing.stage(actor=place.actor, name="a.xlsx", content=workbook(units, []))
        async with inside(place):
            await importing.apply(actor=place.actor)
        async with inside(place):
            await progress(actor=place.actor, plugin_slug=PLUGIN)
            before = app_db.queries
            await progress(actor=place.actor, plugin_slug=PLUGIN)
            asked.append(app_db.queries - before)
    assert asked[0] == asked[1]


async def test_only_the_administrator_walks_the_path() -> None:
    place = await make_place("auditor", plugin=PLUGIN)
    async with visit(place) as reader:
        assert (await reader.get(PATH)).status_code == 403
        assert (await reader.get("/quan-tri/bo-quy-tac")).status_code == 200
