"""Every state × every action through the services: allowed as in the table, or 409; and who may."""

from __future__ import annotations

import datetime as dt
from collections.abc import AsyncIterator, Awaitable, Callable
from uuid import UUID

import pytest

from core.errors import ConflictError, NotFoundError, PermissionDeniedError
from core.kit import db
from core.reports import drafting, review, rounds
from core.reports.states import TRANSITIONS, Action, State
from tests.integration.reports.house import (
    FILLED,
    VN,
    House,
    brought_to,
    make_house,
    obligation_of,
    opened,
    report_of,
    view,
)

C1 = "criterion:c1"
DAY = dt.datetime(2026, 12, 5, tzinfo=VN)
# Typed by hand from the ADR, beside the code's own table.
NEXT = {
    ("not_started", "save_part"): "drafting",
    ("drafting", "save_part"): "drafting",
    ("returned", "save_part"): "returned",
    ("drafting", "request_sign_off"): "awaiting_sign_off",
    ("returned", "request_sign_off"): "awaiting_sign_off",
    ("awaiting_sign_off", "give_back"): "drafting",
    ("drafting", "submit"): "submitted",
    ("returned", "submit"): "submitted",
    ("awaiting_sign_off", "submit"): "submitted",
    ("submitted", "withdraw"): "drafting",
    ("submitted", "start_review"): "in_review",
    ("in_review", "accept_parts"): "in_review",
    ("in_review", "return_parts"): "returned",
    ("not_started", "excuse"): "excused",
    ("drafting", "excuse"): "excused",
    ("awaiting_sign_off", "excuse"): "excused",
    ("returned", "excuse"): "excused",
    ("excused", "unexcuse"): "not_started",
}
ACTOR = {
    "save_part": "clerk0", "request_sign_off": "clerk0", "give_back": "head0", "submit": "head0",
    "withdraw": "head0", "start_review": "officer", "accept_parts": "officer",
    "return_parts": "officer", "excuse": "officer", "unexcuse": "officer",
}  # fmt: skip


async def act(house: House, report_id: UUID, action: str, who: str) -> None:
    """Do one action as one person."""
    actor = house.people[who]
    obligation_id = await obligation_of(house, report_id)
    version = next(p.version for p in (await view(house, report_id)).parts if p.key == C1)
    calls: dict[str, Callable[[], Awaitable[object]]] = {
        "save_part": lambda: drafting.save_part(
            actor=actor, report_id=report_id, part_key=C1, version=version, fields=FILLED[C1]
        ),
        "request_sign_off": lambda: drafting.request_sign_off(actor=actor, report_id=report_id),
        "give_back": lambda: drafting.give_back(
            actor=actor, report_id=report_id, note="Xem lại số liệu."
        ),
        "submit": lambda: drafting.submit_report(actor=actor, report_id=report_id),
        "withdraw": lambda: drafting.withdraw_report(actor=actor, report_id=report_id),
        "start_review": lambda: review.start_review(actor=actor, report_id=report_id),
        "accept_parts": lambda: review.accept_parts(
            actor=actor, report_id=report_id, part_keys=[C1]
        ),
        "return_parts": lambda: review.return_parts(
            actor=actor, report_id=report_id, parts={C1: ("Thiếu số liệu.", DAY)}
        ),
        "excuse": lambda: rounds.excuse(
            actor=actor, obligation_id=obligation_id, reason="Sáp nhập."
        ),
        "unexcuse": lambda: rounds.unexcuse(actor=actor, obligation_id=obligation_id),
    }
    async with house.at(who=who):
        await calls[action]()


@pytest.fixture(scope="module")
async def house(app_db: db.TenantEngine) -> AsyncIterator[House]:
    return await make_house()


def test_the_table_is_the_one_of_the_adr() -> None:
    written = {
        (str(state), str(action)): targets for (state, action), targets in TRANSITIONS.items()
    }
    assert set(written) == set(NEXT)
    assert all(NEXT[pair] in targets for pair, targets in written.items())


@pytest.mark.parametrize("action", list(map(str, Action)))
@pytest.mark.parametrize("state", list(map(str, State)))
async def test_every_state_and_action(house: House, state: str, action: str) -> None:
    round_id = await opened(house)
    report_id = await report_of(house, house.units[0], round_id)
    await brought_to(house, report_id, state)
    if (state, action) == ("returned", "submit") or (state, action) == (
        "returned", "request_sign_off",
    ):  # fmt: skip
        await act(house, report_id, "save_part", "clerk0")
    who = ACTOR[action]
    before = await view(house, report_id, "officer")
    assert before.state == state
    offered = (await view(house, report_id, who)).actions
    if (state, action) in NEXT:
        assert action in offered
        await act(house, report_id, action, who)
        assert (await view(house, report_id)).state == NEXT[state, action]
        return
    assert action not in offered
    with pytest.raises(ConflictError) as caught:
        await act(house, report_id, action, who)
    assert (caught.value.status, caught.value.code) == (409, "wrong_state")
    assert await view(house, report_id, "officer") == before, "a refusal changes nothing"


MAY = {
    "save_part": {"clerk0", "head0", "officer"},
    "request_sign_off": {"clerk0", "head0"},
    "give_back": {"head0"},
    "submit": {"head0", "officer"},
    "withdraw": {"head0"},
    "start_review": {"officer"},
    "accept_parts": {"officer"},
    "return_parts": {"officer"},
    "excuse": {"officer"},
    "unexcuse": {"officer"},
}
SEES = {"clerk0", "head0", "officer", "department_head", "auditor"}


@pytest.mark.parametrize(
    "who",
    ["clerk0", "head0", "clerk1", "head1", "officer", "department_head", "auditor",
     "records_clerk", "tenant_admin", "council_member", "council_secretary"],
)  # fmt: skip
async def test_who_may_do_what(house: House, who: str) -> None:
    """One state in which the action would go through; wrong people get 403, strangers 404."""
    round_id = await opened(house)
    report_id = await report_of(house, house.units[0], round_id)
    for action, people in MAY.items():
        if who in people:
            continue
        refusal = PermissionDeniedError if who in SEES else NotFoundError
        with pytest.raises(refusal):
            await act(house, report_id, action, who)
    if who in SEES:
        offered = set((await view(house, report_id, who)).actions)
        assert offered == {action for action in ("save_part", "excuse") if who in MAY[action]}
    else:
        with pytest.raises(NotFoundError):
            await view(house, report_id, who)


async def test_a_role_above_holds_below_and_not_beside(house: House) -> None:
    round_id = await opened(house)
    report_id = await report_of(house, house.units[0], round_id)
    house.people["top_clerk"] = await house.person(
        "top_clerk", "unit_clerk", house.tenant_id, house.path()
    )
    await act(house, report_id, "save_part", "top_clerk")
    assert (await view(house, report_id)).on_behalf_by is None


async def test_a_closed_round_keeps_drafts_and_takes_nothing(house: House) -> None:
    round_id = await opened(house)
    report_id = await report_of(house, house.units[0], round_id)
    await brought_to(house, report_id, "drafting")
    async with house.at():
        await rounds.close_round(actor=house.people["officer"], round_id=round_id)
    for action in ("save_part", "request_sign_off", "submit"):
        with pytest.raises(ConflictError) as caught:
            await act(house, report_id, action, ACTOR[action])
        assert caught.value.code == "round_closed"
    seen = await view(house, report_id, "head0")
    assert seen.parts[0].fields["narrative"] == FILLED[C1]["narrative"]
    assert seen.actions == ()
