"""What stands against approving: opinions being asked for, open complaints, and who was faster."""

from __future__ import annotations

import asyncio
import contextvars
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from core.decisions import drafting, review
from core.decisions.schemas import DecisionView
from core.eligibility import holds
from core.errors import ConflictError
from core.honours import complaints, consultations
from core.kit import db
from core.nominations import sending
from tests.integration.decisions.house import (
    NOW,
    TODAY,
    Awards,
    approved,
    drafted,
    make_awards,
)

AFTER = "2026-12-30T08:00:00+07:00"
Step = Callable[[], Awaitable[Any]]
pytestmark = pytest.mark.usefixtures("app_db")


async def in_review(awards: Awards) -> DecisionView:
    found = await drafted(awards)
    async with awards.house.at(NOW):
        return await drafting.send_to_review(
            found.id, found.version, actor=awards.house.people["officer"]
        )


async def approve(awards: Awards, found: DecisionView, now: str = NOW) -> DecisionView:
    async with awards.house.at(now, "department_head"):
        return await review.approve(
            found.id, found.version, actor=awards.house.people["department_head"]
        )


async def test_nothing_is_approved_while_a_list_is_open_for_opinions() -> None:
    awards, other = await make_awards(), await make_awards()
    for house in (awards.house, other.house):
        async with house.at(NOW):
            assert await db.fetchval("SELECT count(*) FROM consultation") == 0
    async with awards.house.at(NOW):
        view = await consultations.publish(
            awards.round_id, "Danh sách 2026", actor=awards.house.people["officer"]
        )
    found = await in_review(awards)
    with pytest.raises(ConflictError) as refused:
        await approve(awards, found)
    assert refused.value.code == "window_open"
    assert "“Danh sách 2026” đến hết ngày 29/12/2026" in refused.value.detail
    assert view.closes_on.isoformat() == "2026-12-29"
    assert (await approve(awards, found, AFTER)).state == "approved"
    assert (await approve(other, await in_review(other))).state == "approved"


async def test_nothing_is_approved_while_a_complaint_is_open() -> None:
    awards = await make_awards()
    officer = awards.house.people["officer"]
    found = await in_review(awards)
    async with awards.house.at(NOW):
        made = await complaints.record(
            nomination_id=awards.nominations[1], grant_id=None, complainant="Bà Lan", contact="",
            body="Kê khai sai.", actor=officer,
        )  # fmt: skip
    with pytest.raises(ConflictError) as refused:
        await approve(awards, found)
    assert refused.value.code == "open_complaint"
    assert refused.value.detail.startswith("Nguyễn Văn 0: đơn nhận ngày 21/12/2026")
    async with awards.house.at(NOW):
        await complaints.verify(made.id, actor=officer)
        await complaints.conclude(made.id, "dismissed", "Không có căn cứ.", actor=officer)
    assert (await approve(awards, found)).state == "approved"


async def test_what_was_withdrawn_under_review_is_not_approved() -> None:
    awards = await make_awards()
    found = await in_review(awards)
    await withdraw(awards)
    with pytest.raises(ConflictError) as refused:
        await approve(awards, found)
    assert refused.value.code == "gone"
    assert refused.value.detail.startswith("Nguyễn Văn 0: đề nghị đang ở trạng thái “thu hồi”")


async def withdraw(awards: Awards) -> None:
    async with awards.house.at(NOW, "head0"):
        await _withdraw(awards)


async def _withdraw(awards: Awards) -> None:
    await sending.withdraw(
        awards.nominations[1], reason="Có sai sót", actor=awards.house.people["head0"]
    )


async def _hold(awards: Awards) -> None:
    async with awards.house.at(NOW):
        subject = await db.fetchval(
            "SELECT subject_id FROM nomination WHERE id = $1", awards.nominations[1]
        )
        typed = {"hold_kind": "investigation", "reason": "Thanh tra.", "from_on": "2026-12-21"}
        await holds.make_hold(subject, typed, actor=awards.house.people["officer"])


async def _alone(step: Step) -> Any:
    """Run a step with a transaction of its own, not that of the one who started it."""
    return await asyncio.create_task(step(), context=contextvars.Context())  # type: ignore[arg-type]


async def test_who_withdraws_while_the_head_approves_is_told_of_the_paper() -> None:
    awards = await make_awards()
    found = await in_review(awards)
    head = awards.house.people["department_head"]
    async with awards.house.at(NOW, "department_head"):
        await review.approve(found.id, found.version, actor=head)
        second = asyncio.create_task(_alone(lambda: withdraw(awards)))
        await asyncio.sleep(0.4)
        assert not second.done()
    with pytest.raises(ConflictError) as refused:
        await second
    assert refused.value.code == "in_approved_paper"


async def test_who_approves_while_a_unit_withdraws_is_told_who_is_gone() -> None:
    awards = await make_awards()
    found = await in_review(awards)
    async with awards.house.at(NOW, "head0"):
        await _withdraw(awards)
        second = asyncio.create_task(_alone(lambda: approve(awards, found)))
        await asyncio.sleep(0.4)
        assert not second.done()
    with pytest.raises(ConflictError) as refused:
        await second
    assert refused.value.code == "gone"


async def test_a_hold_that_is_made_while_the_head_approves_waits_and_then_stops_the_number() -> (
    None
):
    awards = await make_awards()
    found = await in_review(awards)
    head = awards.house.people["department_head"]
    async with awards.house.at(NOW, "department_head"):
        found = await review.approve(found.id, found.version, actor=head)
        second = asyncio.create_task(_alone(lambda: _hold(awards)))
        await asyncio.sleep(0.4)
        assert not second.done()
    await second
    clerk = awards.house.people["records_clerk"]
    with pytest.raises(ConflictError) as refused:
        async with awards.house.at(NOW, "records_clerk"):
            await review.number(found.id, found.version, TODAY, actor=clerk)
    assert refused.value.code == "held"


async def test_who_approves_while_a_hold_is_made_is_told_who_is_held() -> None:
    awards = await make_awards()
    found = await in_review(awards)
    officer = awards.house.people["officer"]
    async with awards.house.at(NOW):
        subject = await db.fetchval(
            "SELECT subject_id FROM nomination WHERE id = $1", awards.nominations[1]
        )
        typed = {"hold_kind": "investigation", "reason": "Thanh tra.", "from_on": "2026-12-21"}
        await holds.make_hold(subject, typed, actor=officer)
        second = asyncio.create_task(_alone(lambda: approve(awards, found)))
        await asyncio.sleep(0.4)
        assert not second.done()
    with pytest.raises(ConflictError) as refused:
        await second
    assert refused.value.code == "held"


async def test_an_approved_paper_is_not_numbered_while_a_new_complaint_is_open() -> None:
    awards = await make_awards()
    found = await approved(awards)
    officer, clerk = awards.house.people["officer"], awards.house.people["records_clerk"]
    async with awards.house.at(NOW):
        await complaints.record(
            nomination_id=awards.nominations[0], grant_id=None, complainant="Bà Lan", contact="",
            body="Kê khai sai.", actor=officer,
        )  # fmt: skip
    with pytest.raises(ConflictError) as refused:
        async with awards.house.at(NOW, "records_clerk"):
            await review.number(found.id, found.version, TODAY, actor=clerk)
    assert refused.value.code == "open_complaint"
