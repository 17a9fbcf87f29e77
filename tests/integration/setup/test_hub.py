"""The hub of configuration: who finds what."""

from __future__ import annotations

import re

import pytest

from core.kit import db
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


async def test_who_configures_nothing_has_no_hub() -> None:
    async with visit(await make_place("unit_clerk")) as clerk:
        assert (await clerk.get("/quan-tri")).status_code == 403
        assert 'href="/quan-tri"' not in clerk.page
