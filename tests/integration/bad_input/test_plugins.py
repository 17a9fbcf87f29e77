"""A department whose plugin fails sees a clear page; the department beside it notices nothing."""

import asyncio
import time
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest
from litestar.types import ASGIApp

from core.plugin.manager import installed
from core.plugin.rules import Province
from tests.application import application
from tests.factories import make_account, make_tenant
from tests.integration.bad_input.visitor import Visitor, client_of, host_of, session
from tests.integration.reports.house import make_house
from tests.unit.plugin.bad_plugins import plugin_module

pytestmark = pytest.mark.usefixtures("app_db")
PUBLISH = "/quan-tri/ke-hoach/cong-bo"
BAD = {
    "raises": "@hookimpl\ndef criteria(request):\n    raise RuntimeError('mật khẩu abc')\n",
    "ends": "import os\n@hookimpl\ndef criteria(request):\n    os._exit(3)\n",
    "hangs": "import time\n@hookimpl\ndef criteria(request):\n    time.sleep(10)\n",
    "junk": "@hookimpl\ndef criteria(request):\n    return ({'id': 5},)\n",
    "too_new": "API = ApiRange(minimum='9.0', below='10.0')\n",
    "broken": "raise SyntaxError('x')\n",
}
CONTENT_SECONDS = 2.5


@pytest.fixture(scope="module")
def app() -> ASGIApp:
    return application()


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a hanging hook be ended after 2.5 s in place of 8."""
    defaults = Province.__init__.__kwdefaults__
    assert defaults is not None
    monkeypatch.setitem(defaults, "content_seconds", CONTENT_SECONDS)


@pytest.fixture
def plugin(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Install one misbehaving plugin beside the real ones; gives its slug."""
    slug = f"bad_{request.param}"
    manager = installed()
    with plugin_module(tmp_path, slug, BAD[request.param]) as point:
        manager.load([point])
        yield slug
    if slug in manager.plugins:
        manager._pluggy.unregister(name=slug)
        del manager.plugins[slug]
    manager.warnings = [warning for warning in manager.warnings if warning.plugin != slug]


async def person(app: ASGIApp, tenant_id: UUID, account_id: UUID) -> Visitor:
    from core.accounts.guards import COOKIE

    cookies = {COOKIE: await session(tenant_id, account_id)}
    async with client_of(app, await host_of(tenant_id), cookies=cookies) as client:
        visitor = Visitor(client)
        first = await visitor.get("/phong-trao")
        assert first.status_code == 200, first.text[-800:]
    return visitor


def reopened(app: ASGIApp, visitor: Visitor):  # noqa: ANN201 -- a context manager of httpx
    return client_of(app, visitor.client.base_url.host, cookies=visitor.client.cookies)


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize("plugin", BAD, indirect=True)
async def test_only_its_own_department_notices(app: ASGIApp, plugin: str) -> None:
    bad_tenant = await make_tenant(plugin)
    admin = await make_account(bad_tenant, unit_id=bad_tenant, roles={"tenant_admin": bad_tenant})
    house = await make_house(units=1)
    clerk_id = house.people["clerk0"].account_id
    assert clerk_id is not None
    here, there = await person(app, bad_tenant, admin), await person(app, house.tenant_id, clerk_id)
    async with reopened(app, here) as bad, reopened(app, there) as good:
        waiting = asyncio.create_task(
            bad.post(PUBLISH, data={"_csrf_token": here.token, "reason": "x"})
        )
        slowest, ended = 0.0, False
        while not ended:
            ended = waiting.done()
            began = time.monotonic()
            answer = await good.get("/viec-cua-toi")
            slowest = max(slowest, time.monotonic() - began)
            assert answer.status_code == 200
        failed = await waiting
        plan = await bad.get("/phong-trao")
    assert failed.status_code == 503
    assert "Chưa đọc được bộ quy tắc của tỉnh" in failed.text
    assert failed.headers["x-request-id"] in failed.text
    for leak in ("Traceback", "mật khẩu abc", "RuntimeError", "sandbox"):
        assert leak not in failed.text
    assert plan.status_code == 200
    assert slowest < CONTENT_SECONDS - 0.5


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize("plugin", ["hangs"], indirect=True)
async def test_an_impatient_administrator_holds_one_connection_only(
    app: ASGIApp, plugin: str
) -> None:
    tenant_id = await make_tenant(plugin)
    admin = await make_account(tenant_id, unit_id=tenant_id, roles={"tenant_admin": tenant_id})
    here = await person(app, tenant_id, admin)
    async with reopened(app, here) as client:
        answers = await asyncio.gather(*(client.get(PUBLISH) for _ in range(25)))
        again = await client.get(PUBLISH)
    told = sorted(answer.status_code for answer in answers)
    assert told == [409] * 24 + [503]
    assert again.status_code == 503


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize("plugin", ["hangs"], indirect=True)
async def test_the_pages_of_values_wait_for_a_moment_only(app: ASGIApp, plugin: str) -> None:
    tenant_id = await make_tenant(plugin)
    admin = await make_account(tenant_id, unit_id=tenant_id, roles={"tenant_admin": tenant_id})
    here = await person(app, tenant_id, admin)
    async with reopened(app, here) as client:
        answers = await asyncio.gather(*(client.get("/quan-tri/ke-hoach") for _ in range(4)))
    assert sorted(answer.status_code for answer in answers) == [409, 409, 409, 503]
