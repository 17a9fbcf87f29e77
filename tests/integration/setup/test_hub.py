"""The hub of configuration: who finds what."""

from __future__ import annotations

import re

import pytest

from core.kit import db
from tenants.setup.hub import cards_for
from tenants.setup.routes import hub
from tests.integration.setup.site import make_place, visit

pytestmark = pytest.mark.usefixtures("app_db")
CARD = re.compile(r'class="hub-card" href="([^"]+)"')


async def test_the_administrator_finds_the_pages_of_configuration(
    app_db: db.TenantEngine,
) -> None:
    async with visit(await make_place(plugin="lai_chau")) as admin:
        await admin.get("/quan-tri")
        cards = CARD.findall(admin.page)
        assert {"/quan-tri/tai-khoan", "/hop-thu"} <= set(cards)
        answers = [(path, (await admin.get(path)).status_code) for path in cards]
        assert [answer for answer in answers if answer[1] >= 400] == []


@pytest.mark.parametrize("role", ["officer", "unit_head", "auditor"])
async def test_the_hub_is_declared_for_everybody_who_finds_a_card_there(role: str) -> None:
    assert role in hub.opt["access"]
    place = await make_place(role)
    async with visit(place) as person:
        assert (await person.get("/quan-tri")).status_code == 200
    found = [card.address for _, cards in cards_for(place.actor) for card in cards]
    assert CARD.findall(person.page) == found


async def test_who_configures_nothing_has_no_hub() -> None:
    async with visit(await make_place("unit_clerk")) as clerk:
        assert (await clerk.get("/quan-tri")).status_code == 403
        assert 'href="/quan-tri"' not in clerk.page
