"""A numbered paper that cannot be issued: its number is annulled, its people wait anew."""

from __future__ import annotations

import asyncio

import pytest

from core.decisions import annulling, issuing, reading
from core.decisions.schemas import DecisionView, State
from core.errors import ConflictError, InvalidInputError, NotFoundError, PermissionDeniedError
from core.kit import clock, db
from tests.integration.decisions.house import (
    NOW,
    TODAY,
    Awards,
    approved,
    issued,
    make_awards,
    numbered,
    scanned,
)
from tests.integration.decisions.site import browser
from tests.integration.decisions.test_pages import slug_of

WHY = "Một người bị tạm dừng"


async def annul(
    awards: Awards, found: DecisionView, reason: str = WHY, who: str = "records_clerk"
) -> DecisionView:
    async with awards.house.at(NOW, who):
        return await annulling.annul(
            found.id, found.version, reason, actor=awards.house.people[who]
        )


async def test_an_annulled_number_is_never_given_again_and_its_people_wait(
    app_db: db.TenantEngine,
) -> None:
    awards = await make_awards()
    found = await annul(awards, await numbered(awards))
    assert (found.state, found.number, found.actions) == (State.ANNULLED, 1, ())
    assert found.body.annulled is not None
    assert (found.body.annulled.reason, found.body.annulled.on) == (WHY, TODAY)
    again = await numbered(awards)
    assert (again.number, len(again.entries)) == (2, 3)
    async with awards.house.at(NOW):
        rows, _ = await reading.list_decisions(actor=awards.house.people["officer"])
    assert [(row.state, row.number_text) for row in rows] == [
        ("numbered", again.number_text),
        ("annulled", found.number_text),
    ]


async def test_the_new_paper_goes_out_and_the_old_one_shows_no_prizes(
    app_db: db.TenantEngine,
) -> None:
    awards = await make_awards()
    old = await annul(awards, await scanned(awards))
    assert (await issued(awards)).total == 3_040_000
    async with awards.house.at(NOW):
        seen = await reading.get_decision(old.id, actor=awards.house.people["officer"])
    assert [(entry.prize, entry.position) for entry in seen.entries] == [
        (None, 1), (None, 2), (None, 3),
    ]  # fmt: skip


async def test_the_page_of_an_annulled_number_names_no_prize(
    app_db: db.TenantEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    awards = await make_awards()
    found = await annul(awards, await numbered(awards))
    async with browser(awards.house.people["officer"], await slug_of(awards)) as client:
        shown = (await client.get(f"/quyet-dinh/{found.id}")).text
    assert (WHY in shown, "không có mức" in shown, shown.count("<span>–</span>")) == (
        True, False, 3,
    )  # fmt: skip


async def test_a_reason_is_asked_for(app_db: db.TenantEngine) -> None:
    awards = await make_awards()
    found = await numbered(awards)
    for reason in (" ", "x" * 1001):
        with pytest.raises(InvalidInputError) as refused:
            await annul(awards, found, reason)
        assert list(refused.value.fields) == ["annul_reason"]


async def test_only_a_numbered_paper_by_those_who_number_or_approve(
    app_db: db.TenantEngine,
) -> None:
    awards, other = await make_awards(), await make_awards()
    early = await approved(awards)
    with pytest.raises(ConflictError) as refused:
        await annul(awards, early)
    assert refused.value.code == "wrong_state"
    found = await numbered(other)
    with pytest.raises(PermissionDeniedError):
        await annul(other, found, who="officer")
    with pytest.raises(NotFoundError):
        await annul(awards, found)
    out = await issued(await make_awards())
    assert "annul" not in out.actions


async def test_two_who_annul_at_once_do_it_once(app_db: db.TenantEngine) -> None:
    awards = await make_awards()
    found = await numbered(awards)
    told = await asyncio.gather(
        annul(awards, found), annul(awards, found, who="department_head"), return_exceptions=True
    )
    assert sorted(type(each).__name__ for each in told) == ["ConflictError", "DecisionView"]


async def test_who_no_longer_fulfils_a_rule_on_the_day_of_issue_stops_it(
    app_db: db.TenantEngine,
) -> None:
    awards = await make_awards()
    found = await scanned(awards)
    async with awards.house.at(NOW):
        await db.execute(
            "UPDATE nomination SET rung_key = 'gone' WHERE id = $1", awards.nominations[1]
        )
    clerk = awards.house.people["records_clerk"]
    with pytest.raises(ConflictError) as refused:
        async with awards.house.at(NOW, "records_clerk"):
            await issuing.issue(found.id, actor=clerk, accept_short=True)
    assert refused.value.code == "not_eligible"
    assert refused.value.detail.startswith("Nguyễn Văn 0")
    async with awards.house.at(NOW):
        assert await db.fetchval("SELECT count(*) FROM award_grant") == 0
    assert (await annul(awards, found)).state == State.ANNULLED
