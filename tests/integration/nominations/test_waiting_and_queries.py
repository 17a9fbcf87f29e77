"""What waits for whom, and pages whose statements do not grow with what they list."""

from __future__ import annotations

from collections.abc import AsyncIterator

import httpx
import pytest

from core.decisions import annulling
from core.kit import db
from core.nominations import awaiting
from tenants.service import forget_hosts
from tests.application import application
from tests.integration.decisions.house import (
    NOW,
    Awards,
    drafted,
    insert_nomination,
    issued,
    make_awards,
    numbered,
)
from tests.isolation.world import _tokens


@pytest.fixture
async def client(app_db: db.TenantEngine) -> AsyncIterator[httpx.AsyncClient]:
    forget_hosts()
    async with httpx.AsyncClient(transport=httpx.ASGITransport(application())) as made:  # type: ignore[arg-type]
        yield made


async def waiting(awards: Awards, who: str) -> list[tuple[str, int]]:
    async with awards.house.at(NOW, who):
        found = await awaiting.waiting(actor=awards.house.people[who])
    return [(each.what, each.n) for each in found]


async def test_what_waits_goes_from_hand_to_hand_and_comes_back_with_an_annulled_number(
    app_db: db.TenantEngine,
) -> None:
    awards, other = await make_awards(), await make_awards()
    assert ("submitted", 3) in await waiting(awards, "officer")
    await drafted(other)
    assert ("decision_draft", 1) in await waiting(other, "officer")
    assert ("submitted", 3) not in await waiting(other, "officer")
    found = await numbered(awards)
    assert ("decision_numbered", 1) in await waiting(awards, "records_clerk")
    assert [what for what, _ in await waiting(awards, "officer") if what == "submitted"] == []
    async with awards.house.at(NOW, "records_clerk"):
        await annulling.annul(
            found.id, found.version, "Một người bị tạm dừng",
            actor=awards.house.people["records_clerk"],
        )  # fmt: skip
    assert ("submitted", 3) in await waiting(awards, "officer")


async def test_the_list_of_what_waits_is_one_statement(app_db: db.TenantEngine) -> None:
    awards = await make_awards(people=9)
    async with awards.house.at(NOW):
        before = app_db.queries
        await awaiting.waiting(actor=awards.house.people["officer"])
        assert app_db.queries - before == 1


async def statements(
    app_db: db.TenantEngine, client: httpx.AsyncClient, awards: Awards
) -> dict[str, int]:
    """Return how many statements each page of awards takes for the officer, the second time."""
    house = awards.house
    async with house.at(NOW):
        slug = await db.fetchval("SELECT slug FROM tenant WHERE id = $1", house.tenant_id)
        list_id = await db.fetchval("SELECT list_id FROM nomination LIMIT 1")
        await db.execute("UPDATE nomination SET list_id = $1", list_id)
    token = (await _tokens(house.tenant_id, house.people["officer"]))["web"]
    pages = {
        "hub": "/khen-thuong",
        "round": f"/khen-thuong/dot/{awards.round_id}",
        "nominations": f"/khen-thuong/dot/{awards.round_id}/de-nghi",
        "list": f"/khen-thuong/danh-sach/{list_id}",
        "waiting": f"/quyet-dinh/dot/{awards.round_id}",
        "register": "/so-khen-thuong",
        "fund": f"/quy-khen-thuong/{awards.round_id}",
    }
    found = {}
    for name, path in pages.items():
        for _ in range(2):
            before = app_db.queries
            answer = await client.get(
                f"http://{slug}.localhost{path}", headers={"cookie": f"thidua_session={token}"}
            )
            assert answer.status_code == 200, (path, answer.status_code)
            found[name] = app_db.queries - before
    return found


async def test_pages_take_the_same_statements_for_few_and_for_many(
    app_db: db.TenantEngine, client: httpx.AsyncClient
) -> None:
    few, many = await make_awards(collectives=1, people=1), await make_awards(people=12)
    for awards in (few, many):
        await issued(awards)
        for number in range(2 if awards is few else 15):
            await insert_nomination(
                awards.house, awards.round_id, awards.house.units[0], name=f"Lê Thị {number}"
            )
    counts = [await statements(app_db, client, awards) for awards in (few, many)]
    assert counts[0] == counts[1]
    assert max(counts[0].values()) <= 20
