"""The unit's pages over HTTP: what may be read, what may be done."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from litestar.types import ASGIApp

from core.kit import db
from core.reports import routes_unit
from core.settings import settings
from tests.integration.reports.house import (
    ASKED,
    FILLED,
    NOW,
    brought_to,
    make_house,
    opened,
    report_of,
    start_review,
    view,
)
from tests.integration.reports.site import browser, site
from tests.integration.reports.test_pages_department import words

pytestmark = pytest.mark.usefixtures("app_db")


@pytest.fixture
async def app(app_db: db.TenantEngine, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[ASGIApp]:
    monkeypatch.setenv("THIDUA_CLOCK", NOW)
    settings.cache_clear()
    yield site([*routes_unit.route_handlers])
    monkeypatch.undo()
    settings.cache_clear()


async def test_a_part_that_is_locked_is_text_to_be_read_and_no_grey_form(app: ASGIApp) -> None:
    house = await make_house()
    report_id = await report_of(house, house.units[0], await opened(house))
    await brought_to(house, report_id, "accepted")
    async with browser(app, house, "clerk0") as b:
        for key in ASKED:
            html = await b.get(f"/bao-cao/{report_id}?phan={key}")
            assert "<textarea" not in html
            assert "disabled" not in html
        await b.get(f"/bao-cao/{report_id}?phan=criterion:c1")
        assert str(FILLED["criterion:c1"]["narrative"]) in words(b.text)


async def test_the_check_names_every_part_once_with_what_it_lacks(app: ASGIApp) -> None:
    house = await make_house()
    report_id = await report_of(house, house.units[0], await opened(house))
    async with browser(app, house, "clerk0") as b:
        html = await b.get(f"/bao-cao/{report_id}/kiem-tra")
        text = words(html)
    titles = [part.title for part in (await view(house, report_id)).parts if part.is_asked]
    assert [text.count(title) for title in titles] == [1] * len(titles)
    assert "chưa có số liệu; nếu chưa có được" in text
    assert f'href="/bao-cao/{report_id}?phan=criterion%3Ac1#f-narrative"' in html


async def test_withdrawing_is_not_offered_once_the_receiver_has_begun(app: ASGIApp) -> None:
    house = await make_house()
    report_id = await report_of(house, house.units[0], await opened(house))
    await brought_to(house, report_id, "submitted")
    async with browser(app, house, "head0") as b:
        assert "Thu hồi báo cáo đã nộp" in words(await b.get(f"/bao-cao/{report_id}/thu-hoi"))
        await start_review(house, report_id)
        answer = await b.client.get(f"/bao-cao/{report_id}/thu-hoi")
        assert (answer.status_code, answer.headers["location"]) == (303, f"/bao-cao/{report_id}")
