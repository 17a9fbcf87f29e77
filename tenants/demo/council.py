"""The council of a demo department: nine members with accounts, and a meeting that is planned."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from core.accounts.schemas import Actor
from core.councils import meetings, service
from core.councils.schemas import NewCouncil, NewMeeting, NewMember
from tenants.demo import texts_awards as texts
from tenants.demo.cast import COUNCIL_MEMBERS, Cast
from tenants.demo.timeline import Step, act, day

MADE = day(2026, 1, 8, 9)
PLANNED = day(2026, 11, 18, 9)
DECIDED_ON = date(2026, 1, 5)
STARTS_AT = "2026-11-24T08:00"


async def council(tenant_id: UUID, cast: Cast) -> None:
    """Make the council by its decision, and plan a meeting on what stands before it."""
    secretary = cast.known["thukyhoidong"]
    council_id = await act(tenant_id, Step(MADE, secretary, lambda: _make(secretary)))
    await act(tenant_id, Step(PLANNED, secretary, lambda: _plan(council_id, secretary)))


async def _make(secretary: Actor) -> UUID:
    council_id = await service.create_council(
        NewCouncil(
            unit_id=secretary.roles[0].unit_id, name=texts.COUNCIL,
            decision_number=texts.COUNCIL_DECISION, decision_date=DECIDED_ON.isoformat(),
        ),
        actor=secretary,
    )  # fmt: skip
    for number, username in enumerate((*COUNCIL_MEMBERS, "thukyhoidong")):
        role = {0: "chair", 1: "vice", len(COUNCIL_MEMBERS): "secretary"}.get(number, "member")
        await service.add_member(
            council_id, NewMember(username=username, role=role), actor=secretary
        )
    return council_id


async def _plan(council_id: UUID, secretary: Actor) -> None:
    found = await service.get_council(council_id, actor=secretary)
    rounds = await meetings.rounds_to_choose(found.council.unit_id)
    if not rounds:
        return
    meeting_id = await meetings.create_meeting(
        council_id,
        NewMeeting(
            round_id=rounds[0][0], title=texts.MEETING, starts_at=STARTS_AT, place=texts.PLACE,
            agenda=texts.AGENDA,
        ),
        actor=secretary,
    )  # fmt: skip
    head = (await meetings.get_meeting(meeting_id, actor=secretary)).head
    waiting = tuple(each.id for each in await meetings.candidates(head))
    if waiting:
        await meetings.add_cases(meeting_id, waiting, actor=secretary)
        await meetings.invite(meeting_id, actor=secretary)
