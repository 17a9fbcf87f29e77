"""Councils: composition, meetings, interests, ballots, votes, counts, the end."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from litestar import Controller, Request, get, post, put
from litestar.params import FromPath, FromQuery

from core.accounts.guards import actor_of
from core.accounts.schemas import Actor
from core.api import schemas_councils as schemas
from core.api.files import Upload, one_file
from core.councils import composing, counting, finishing, interests, meetings, service, voting
from core.councils.schemas import (
    CouncilEnd,
    CouncilRow,
    CouncilView,
    MeetingRow,
    MeetingView,
    NewCouncil,
    NewMeeting,
    NewMember,
    Opening,
    OwnMeeting,
    PaperCounts,
)
from core.errors import NotFoundError
from core.evidence import service as evidence
from core.evidence.schemas import StoredFileView
from core.law.awards import WORDS as AWARDS
from core.law.awards import AwardKind

AnyRequest = Request[Any, Any, Any]
CASE = "/meetings/{meeting_id:uuid}/cases/{case_id:uuid}"


class CouncilsApi(Controller):
    """Councils and their meetings, for the secretary."""

    tags = ("councils",)
    opt = {"access": "signed_in"}  # noqa: RUF012 -- Litestar reads it as a class attribute

    @get("/councils", operation_id="list_councils", name="api.list_councils")
    async def list_councils(self, request: AnyRequest) -> list[CouncilRow]:
        """Councils that this person reads."""
        return await service.list_councils(actor=actor_of(request))

    @post("/councils", operation_id="create_council", name="api.create_council")
    async def create_council(self, request: AnyRequest, data: NewCouncil) -> CouncilView:
        """Make a council by its decision."""
        actor = actor_of(request)
        return await service.get_council(
            await service.create_council(data, actor=actor), actor=actor
        )

    @get("/councils/{council_id:uuid}", operation_id="get_council", name="api.get_council")
    async def get_council(self, request: AnyRequest, council_id: FromPath[UUID]) -> CouncilView:
        """A council with its members and meetings."""
        return await service.get_council(council_id, actor=actor_of(request))

    @post(
        "/councils/{council_id:uuid}/files",
        operation_id="upload_council_file",
        name="api.upload_council_file",
    )
    async def upload_file(
        self, request: AnyRequest, council_id: FromPath[UUID], data: Upload
    ) -> StoredFileView:
        """Keep a scan (decision, mandate, written opinion) to be named in another request."""
        actor, file = actor_of(request), one_file(data)
        found = await service.get_council(council_id, actor=actor)
        return await evidence.store_file(
            actor=actor, name=file.filename, content=await file.read(), purpose="council",
            unit_id=found.council.unit_id,
        )  # fmt: skip

    @post(
        "/councils/{council_id:uuid}/members",
        operation_id="add_council_member",
        name="api.add_council_member",
    )
    async def add_member(
        self, request: AnyRequest, council_id: FromPath[UUID], data: NewMember
    ) -> CouncilView:
        """Add a member."""
        actor = actor_of(request)
        await service.add_member(council_id, data, actor=actor)
        return await service.get_council(council_id, actor=actor)

    @post(
        "/councils/{council_id:uuid}/members/{member_id:uuid}/end",
        operation_id="end_council_member",
        name="api.end_council_member",
        status_code=200,
    )
    async def end_member(
        self, request: AnyRequest, council_id: FromPath[UUID], member_id: FromPath[UUID]
    ) -> CouncilView:
        """Let a member leave today."""
        actor = actor_of(request)
        await service.end_member(council_id, member_id, actor=actor)
        return await service.get_council(council_id, actor=actor)

    @get(
        "/councils/{council_id:uuid}/members/{member_id:uuid}/person",
        operation_id="get_council_member_person",
        name="api.get_council_member_person",
    )
    async def get_person(
        self, request: AnyRequest, council_id: FromPath[UUID], member_id: FromPath[UUID],
        search: FromQuery[str] = "",
    ) -> composing.MemberPage:  # fmt: skip
        """Who a member is in the register, and who it could be."""
        return await composing.get_member(
            council_id, member_id, search=search, actor=actor_of(request)
        )

    @put(
        "/councils/{council_id:uuid}/members/{member_id:uuid}/person",
        operation_id="tie_council_member",
        name="api.tie_council_member",
    )
    async def tie_member(
        self, request: AnyRequest, council_id: FromPath[UUID], member_id: FromPath[UUID],
        data: schemas.PersonOfMember,
    ) -> composing.MemberPage:  # fmt: skip
        """Write who a member is in the register; null takes the tie away."""
        return await composing.tie_member(
            council_id, member_id, data.person_id, actor=actor_of(request)
        )

    @post(
        "/councils/{council_id:uuid}/end",
        operation_id="end_council",
        name="api.end_council",
        status_code=200,
    )
    async def end_council(
        self, request: AnyRequest, council_id: FromPath[UUID], data: CouncilEnd
    ) -> CouncilView:
        """End a council by decision."""
        actor = actor_of(request)
        await composing.end_council(council_id, data, actor=actor)
        return await service.get_council(council_id, actor=actor)

    @post(
        "/councils/{council_id:uuid}/meetings",
        operation_id="create_meeting",
        name="api.create_meeting",
    )
    async def create_meeting(
        self, request: AnyRequest, council_id: FromPath[UUID], data: NewMeeting
    ) -> MeetingView:
        """Plan a meeting."""
        actor = actor_of(request)
        meeting_id = await meetings.create_meeting(council_id, data, actor=actor)
        return await meetings.get_meeting(meeting_id, actor=actor)

    @get("/meetings/{meeting_id:uuid}", operation_id="get_meeting", name="api.get_meeting")
    async def get_meeting(self, request: AnyRequest, meeting_id: FromPath[UUID]) -> MeetingView:
        """A meeting: seats, cases, progress without votes, results of what is sealed."""
        return await meetings.get_meeting(meeting_id, actor=actor_of(request))

    @post(
        "/meetings/{meeting_id:uuid}/invitation",
        operation_id="invite_to_meeting",
        name="api.invite_to_meeting",
        status_code=200,
    )
    async def invite(self, request: AnyRequest, meeting_id: FromPath[UUID]) -> schemas.Invited:
        """Send the invitations; how many are new."""
        return schemas.Invited(await meetings.invite(meeting_id, actor=actor_of(request)))

    @put(
        "/meetings/{meeting_id:uuid}/seats",
        operation_id="set_presences",
        name="api.set_presences",
    )
    async def set_presences(
        self, request: AnyRequest, meeting_id: FromPath[UUID], data: schemas.Presences
    ) -> MeetingView:
        """Call the roll: presence, substitutes, mandates, by seat."""
        actor = actor_of(request)
        await meetings.set_presences(meeting_id, data.seats, actor=actor)
        return await meetings.get_meeting(meeting_id, actor=actor)

    @post(
        "/meetings/{meeting_id:uuid}/opening",
        operation_id="open_meeting",
        name="api.open_meeting",
        status_code=200,
    )
    async def open_meeting(self, request: AnyRequest, meeting_id: FromPath[UUID]) -> MeetingView:
        """Begin; 409 `no_quorum` says how many are missing."""
        actor = actor_of(request)
        await meetings.open_meeting(meeting_id, actor=actor)
        return await meetings.get_meeting(meeting_id, actor=actor)

    @post(
        "/meetings/{meeting_id:uuid}/end",
        operation_id="finish_meeting",
        name="api.finish_meeting",
        status_code=200,
    )
    async def finish(
        self, request: AnyRequest, meeting_id: FromPath[UUID], data: schemas.Finish
    ) -> MeetingView:
        """End the meeting; 409 `choose_places` names who is equal at the last place."""
        actor = actor_of(request)
        await finishing.finish_meeting(
            meeting_id, discussion=data.discussion, places=data.places, chosen=data.chosen,
            actor=actor,
        )  # fmt: skip
        return await meetings.get_meeting(meeting_id, actor=actor)


class BallotsApi(Controller):
    """Cases of a meeting: interests, ballots, votes, counts."""

    tags = ("councils",)
    opt = {"access": "signed_in"}  # noqa: RUF012 -- Litestar reads it as a class attribute

    @post("/meetings/{meeting_id:uuid}/cases", operation_id="add_cases", name="api.add_cases")
    async def add_cases(
        self, request: AnyRequest, meeting_id: FromPath[UUID], data: schemas.Nominations
    ) -> MeetingView:
        """Put nominations before the meeting."""
        actor = actor_of(request)
        await meetings.add_cases(meeting_id, data.nomination_ids, actor=actor)
        return await meetings.get_meeting(meeting_id, actor=actor)

    @post(f"{CASE}/removal", operation_id="remove_case", name="api.remove_case", status_code=200)
    async def remove_case(
        self, request: AnyRequest, meeting_id: FromPath[UUID], case_id: FromPath[UUID]
    ) -> MeetingView:
        """Leave a case for another meeting."""
        actor = actor_of(request)
        await meetings.remove_case(meeting_id, case_id, actor=actor)
        return await meetings.get_meeting(meeting_id, actor=actor)

    @post(f"{CASE}/interests", operation_id="declare_interest", name="api.declare_interest",
          status_code=204)  # fmt: skip
    async def declare(
        self,
        request: AnyRequest,
        meeting_id: FromPath[UUID],
        case_id: FromPath[UUID],
        data: schemas.Interest,
    ) -> None:
        """Declare an interest: one's own, or (with `seat_id`) a member's by the secretary."""
        await interests.declare(
            meeting_id, case_id, data.seat_id, data.kind, data.reason, actor=actor_of(request)
        )

    @put(
        "/meetings/{meeting_id:uuid}/interests",
        operation_id="decide_interests",
        name="api.decide_interests",
    )
    async def decide(
        self, request: AnyRequest, meeting_id: FromPath[UUID], data: schemas.Ways
    ) -> MeetingView:
        """Say what is done about interests, by their ids."""
        actor = actor_of(request)
        await interests.decide(meeting_id, data.ways, actor=actor)
        return await meetings.get_meeting(meeting_id, actor=actor)

    @post(
        "/meetings/{meeting_id:uuid}/ballots/{step:str}",
        operation_id="step_ballots",
        name="api.step_ballots",
        status_code=200,
    )
    async def step(
        self,
        request: AnyRequest,
        meeting_id: FromPath[UUID],
        step: FromPath[str],
        data: schemas.Step,
    ) -> MeetingView:
        """Open, close, continue, seal or restart ballots (`step` in the address)."""
        actor = actor_of(request)
        await meetings.get_meeting(meeting_id, actor=actor)
        await _step(step, meeting_id, data, actor)
        return await meetings.get_meeting(meeting_id, actor=actor)

    @put(f"{CASE}/slips", operation_id="hand_out_slips", name="api.hand_out_slips")
    async def hand_out(
        self,
        request: AnyRequest,
        meeting_id: FromPath[UUID],
        case_id: FromPath[UUID],
        data: schemas.Slips,
    ) -> MeetingView:
        """Say who holds a paper slip in a mixed ballot."""
        actor = actor_of(request)
        await voting.hand_out(meeting_id, case_id, data.seat_ids, actor=actor)
        return await meetings.get_meeting(meeting_id, actor=actor)

    @post(f"{CASE}/opinions", operation_id="record_vote", name="api.record_vote",
          status_code=200)  # fmt: skip
    async def record(
        self,
        request: AnyRequest,
        meeting_id: FromPath[UUID],
        case_id: FromPath[UUID],
        data: schemas.Opinion,
    ) -> MeetingView:
        """Write a written opinion with its scan, or a raised hand."""
        actor = actor_of(request)
        await voting.record_vote(
            meeting_id, case_id, data.seat_id, data.choice, note=data.note,
            scan_id=data.scan_id, actor=actor,
        )  # fmt: skip
        return await meetings.get_meeting(meeting_id, actor=actor)

    @put(f"{CASE}/counts", operation_id="enter_count", name="api.enter_count")
    async def enter_count(
        self,
        request: AnyRequest,
        meeting_id: FromPath[UUID],
        case_id: FromPath[UUID],
        data: PaperCounts,
    ) -> MeetingView:
        """Enter what one of the two tellers counted."""
        actor = actor_of(request)
        await counting.enter_count(meeting_id, case_id, data, actor=actor)
        return await meetings.get_meeting(meeting_id, actor=actor)

    @post(f"{CASE}/chair", operation_id="chair_word", name="api.chair_word", status_code=200)
    async def chair_word(
        self,
        request: AnyRequest,
        meeting_id: FromPath[UUID],
        case_id: FromPath[UUID],
        data: schemas.ChairWord,
    ) -> MeetingView:
        """Say on which side the chair stands where both sides are equal."""
        actor = actor_of(request)
        await counting.chair_word(meeting_id, case_id, data.choice, actor=actor)
        return await meetings.get_meeting(meeting_id, actor=actor)

    @get("/my-meetings", operation_id="list_my_meetings", name="api.list_my_meetings")
    async def mine(self, request: AnyRequest) -> list[MeetingRow]:
        """Meetings in which this person sits."""
        return await service.list_my_meetings(actor=actor_of(request))

    @get(
        "/my-meetings/{meeting_id:uuid}",
        operation_id="get_my_meeting",
        name="api.get_my_meeting",
    )
    async def my_meeting(self, request: AnyRequest, meeting_id: FromPath[UUID]) -> OwnMeeting:
        """A meeting as its member sees it: what can be voted on now, and why not."""
        return await voting.my_meeting(meeting_id, actor=actor_of(request))

    @post(
        "/my-meetings/{meeting_id:uuid}/votes",
        operation_id="cast_votes",
        name="api.cast_votes",
        status_code=204,
    )
    async def cast(
        self, request: AnyRequest, meeting_id: FromPath[UUID], data: schemas.Votes
    ) -> None:
        """Vote on cases, all or none; the answer is the same whatever was chosen."""
        await voting.cast(meeting_id, data.choices, actor=actor_of(request))


async def _step(step: str, meeting_id: UUID, data: schemas.Step, actor: Actor) -> None:
    ids = data.case_ids
    match step:
        case "open":
            kind = data.lower_kind
            lower = (AWARDS[AwardKind(kind)], kind) if kind in set(AwardKind) else ("", "")
            opening = Opening(case_ids=ids, ballot=data.ballot, counting=data.counting)
            await voting.open_ballots(meeting_id, opening, lower, actor=actor)
        case "close":
            await counting.close_ballots(meeting_id, ids, actor=actor)
        case "continue":
            await counting.continue_ballots(meeting_id, ids, actor=actor)
        case "seal":
            await counting.seal_ballots(meeting_id, ids, actor=actor)
        case "restart":
            for case_id in ids:
                await counting.restart_ballot(meeting_id, case_id, actor=actor)
        case _:
            raise NotFoundError
