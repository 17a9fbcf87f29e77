"""The panel's tables × verbs × roles, and two departments: through HTTP, as its page asks."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import asyncpg
import httpx
import pytest

from admin.catalogue import LEFT_OUT, SHOWN, Shown
from admin.guide import table
from admin.rights import PANEL_ROLES, RIGHTS, matrix, may
from core.accounts.schemas import Actor, Grant
from core.kit import db
from core.kit.ids import new_id
from tenants.service import forget_hosts
from tests.integration.admin.door import API, Department, ask, browser, make_department
from tests.isolation.rows import tenant_tables

GUIDE = Path(__file__).parents[2] / "docs/departments/bang-quan-tri.md"
METHODS = {"read": "GET", "create": "POST", "update": "PATCH", "delete": "DELETE"}


@pytest.fixture(scope="module")
async def two(
    app_db: db.TenantEngine, superuser: asyncpg.Connection
) -> tuple[Department, Department]:
    forget_hosts()
    return await make_department(superuser), await make_department(superuser)


@pytest.fixture(scope="module")
async def client(app_db: db.TenantEngine) -> AsyncIterator[httpx.AsyncClient]:
    async with browser() as opened:
        yield opened


def change(shown: Shown) -> dict[str, Any]:
    """Return a body that changes what may be changed, or else some column."""
    column = (RIGHTS[shown.view].columns or (shown.columns[0],))[0]
    return {column: f"Giá trị {new_id().hex[-12:]}"}


async def tried(
    client: httpx.AsyncClient, verb: str, shown: Shown, row: str, host: Department, cookie: str
) -> int:
    """Return the status of one verb on one row."""
    path = f"{API}/{shown.view}/" + ("" if verb == "create" else f"{row}/")
    body = {} if verb in ("read", "delete") else {"json": change(shown)}
    answer = await ask(client, METHODS[verb], path, host=host, cookie=cookie, **body)
    return answer.status_code


def test_every_tenant_table_is_shown_or_left_out_with_a_reason() -> None:
    """A new table: name it in admin/catalogue.py, in SHOWN (with a view) or in LEFT_OUT."""
    shown = [item.table for item in SHOWN]
    assert sorted([*shown, *LEFT_OUT]) == sorted(tenant_tables())
    assert [name for name, reason in LEFT_OUT.items() if len(reason) < 10] == []
    assert sorted(RIGHTS) == sorted(item.view for item in SHOWN)


@pytest.mark.parametrize("shown", SHOWN, ids=lambda shown: shown.view)
async def test_every_role_may_do_what_the_table_of_rights_says_and_nothing_else(
    client: httpx.AsyncClient, two: tuple[Department, Department], shown: Shown
) -> None:
    one, _ = two
    row = str(one.ids[shown.table])
    expected, found = {}, {}
    for view, role, verb, allowed in matrix():
        if view == shown.view:
            expected[role.value, verb] = "yes" if allowed else 403
            if allowed and verb == "delete":  # a row that nothing hangs on
                answer = await ask(
                    client, "POST", f"{API}/{shown.view}/", host=one, json=change(shown),
                    cookie=one.cookies[role],
                )  # fmt: skip
                row = answer.json()[0]["id"]
            status = await tried(client, verb, shown, row, one, one.cookies[role])
            row = str(one.ids[shown.table])
            found[role.value, verb] = "yes" if status in (200, 201, 204) else status
    assert found == expected


@pytest.mark.parametrize("shown", SHOWN, ids=lambda shown: shown.view)
async def test_a_list_needs_the_right_to_read_in_all_its_parts(
    client: httpx.AsyncClient, two: tuple[Department, Department], shown: Shown
) -> None:
    one, _ = two
    for role in PANEL_ROLES:
        allowed = role in RIGHTS[shown.view].read
        for part in ("", "schema/", "ids/", "count/", "references/"):
            answer = await ask(
                client, "GET", f"{API}/{shown.view}/{part}", host=one, cookie=one.cookies[role]
            )
            assert answer.status_code == (200 if allowed else 403), (role, part, answer.text[:200])


@pytest.mark.parametrize("shown", SHOWN, ids=lambda shown: shown.view)
async def test_rows_of_another_department_do_not_exist(
    client: httpx.AsyncClient, two: tuple[Department, Department], shown: Shown
) -> None:
    one, other = two
    foreign = str(one.ids[shown.table])
    reader = other.cookies[RIGHTS[shown.view].read[0]]
    listed = await ask(
        client, "GET", f"{API}/{shown.view}/?__page_size=1000", host=other, cookie=reader
    )
    ids = {row["id"] for row in listed.json()["rows"]}
    assert str(other.ids[shown.table]) in ids
    assert foreign not in ids
    assert await tried(client, "read", shown, foreign, other, reader) == 404
    for verb in ("update", "delete"):
        for role in getattr(RIGHTS[shown.view], verb):
            assert await tried(client, verb, shown, foreign, other, other.cookies[role]) == 404


@pytest.mark.parametrize("verb", METHODS)
async def test_session_of_another_department_is_worth_nothing(
    client: httpx.AsyncClient, two: tuple[Department, Department], verb: str
) -> None:
    one, other = two
    shown = SHOWN[0]
    row = str(one.ids[shown.table])
    cookie = other.cookies["tenant_admin"]
    assert await tried(client, verb, shown, row, one, cookie) == 401
    assert await tried(client, verb, shown, row, one, "") == 401


@pytest.mark.parametrize("who", ["unit_head", "branch_admin"])
async def test_roles_of_a_branch_have_no_panel(
    client: httpx.AsyncClient, two: tuple[Department, Department], who: str
) -> None:
    one, _ = two
    for path in ("/admin/", "/admin/api/tables/", "/admin/api/forms/", "/admin/public/meta/",
                 f"{API}/đơn_vị/"):  # fmt: skip
        answer = await ask(client, "GET", path, host=one, cookie=one.cookies[who])
        assert answer.status_code == 403, path
        assert "Bảng quản trị dành cho" in answer.text


def test_a_role_below_the_department_counts_for_nothing() -> None:
    branch = Actor(None, None, "", None, "", (Grant("tenant_admin", new_id(), "/a/b/"),))
    whole = Actor(None, None, "", None, "", (Grant("tenant_admin", new_id(), "/a/"),))
    assert [may(actor, "đơn_vị", "update") for actor in (branch, whole)] == [False, True]


def test_the_guide_shows_the_table_of_rights_as_tested() -> None:
    assert table() in GUIDE.read_text()
