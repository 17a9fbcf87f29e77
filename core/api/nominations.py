"""Awards up to the council: rounds, lists, nominations, their handling."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

import msgspec
from litestar import Controller, Request, delete, get, post, put
from litestar.params import FromPath, FromQuery

from core.accounts.guards import actor_of
from core.api import schemas
from core.api.files import Upload, one_file
from core.errors import InvalidInputError
from core.nominations import (
    awaiting,
    brief,
    handling,
    listing,
    lowering,
    meeting,
    proposing,
    rounds,
    sending,
    suggesting,
    writing,
)
from core.nominations.difference import difference
from core.nominations.listing import Filters
from core.nominations.meeting import Meeting
from core.nominations.schemas import (
    ListView,
    NewRound,
    NominationPage,
    NominationRow,
    PartState,
    RoundView,
    SavedPart,
    SubjectPage,
)
from core.nominations.states import Action
from core.reports.schemas import PartDifference

AnyRequest = Request[Any, Any, Any]
ROUND = "/award-rounds/{award_round_id:uuid}"
LIST = "/nomination-lists/{list_id:uuid}"
ONE = "/nominations/{nomination_id:uuid}"
PART = ONE + "/parts/{nomination_part:str}"


class ListRequest(msgspec.Struct, forbid_unknown_fields=True):
    """The proposing unit; the person's own where it is not said."""

    unit_id: UUID | None = None


class LetterRequest(msgspec.Struct, forbid_unknown_fields=True):
    """Number and day of the unit's letter."""

    number: str
    day: date | None = None
    note: str = ""


class ProposalRequest(msgspec.Struct, forbid_unknown_fields=True):
    """Whom to propose for what; `rung` is a `rung_key` of the ladder."""

    kind: str
    rung: str
    subject_ids: list[UUID]


class ManyRequest(msgspec.Struct, forbid_unknown_fields=True):
    """Several nominations."""

    nomination_ids: list[UUID]


class StepRequest(msgspec.Struct, forbid_unknown_fields=True):
    """A step for several nominations: receive, appraise, to_council, submit, reject, …"""

    nomination_ids: list[UUID]
    step: str
    note: str = ""


class AppraisalRequest(msgspec.Struct, forbid_unknown_fields=True):
    """An opinion: agree | not_agree | lower (then `lower_award`)."""

    recommendation: str
    opinion: str
    lower_award: str = ""


class LoweringRequest(msgspec.Struct, forbid_unknown_fields=True):
    """The rung that the council agreed to."""

    rung: str


class Given(msgspec.Struct, forbid_unknown_fields=True):
    """One part to be completed: why, and the new exclusive instant."""

    part_key: str
    reason: str
    due_at: datetime


class GivenBack(msgspec.Struct, forbid_unknown_fields=True):
    """Single parts given back."""

    parts: list[Given]


class NominationsApi(Controller):
    """The proposing unit's side and the officer's."""

    tags = ("nominations",)
    opt = {"access": "signed_in"}  # noqa: RUF012 -- Litestar reads it as a class attribute

    @get("/award-rounds", operation_id="list_award_rounds", name="api.list_award_rounds")
    async def list_award_rounds(self, request: AnyRequest) -> list[RoundView]:
        """Award rounds that concern this person, open ones first."""
        return await rounds.list_rounds(actor=actor_of(request))

    @post("/award-rounds", operation_id="open_award_round", name="api.open_award_round")
    async def open_award_round(self, request: AnyRequest, data: NewRound) -> RoundView:
        """Open a round under the edition in force."""
        rounds.require_officer(actor_of(request))
        return await rounds.open_round(data, actor=actor_of(request))

    @get("/award-work", operation_id="list_award_work", name="api.list_award_work")
    async def list_award_work(self, request: AnyRequest) -> list[awaiting.Waiting]:
        """What waits for this person in award matters."""
        return await awaiting.waiting(actor=actor_of(request))

    @get(ROUND, operation_id="get_award_round", name="api.get_award_round")
    async def get_award_round(self, request: AnyRequest, award_round_id: FromPath[UUID]) -> RoundView:  # fmt: skip  # noqa: E501
        """One round with its counts."""
        return await rounds.get_round(award_round_id, actor=actor_of(request))

    @post(f"{ROUND}/closing", operation_id="close_award_round", name="api.close_award_round",
          status_code=200)  # fmt: skip
    async def close_award_round(
        self, request: AnyRequest, award_round_id: FromPath[UUID]
    ) -> RoundView:
        """Close a round."""
        return await rounds.close_round(award_round_id, actor=actor_of(request))

    @post(f"{ROUND}/reopening", operation_id="reopen_award_round", name="api.reopen_award_round",
          status_code=200)  # fmt: skip
    async def reopen_award_round(
        self, request: AnyRequest, award_round_id: FromPath[UUID]
    ) -> RoundView:
        """Open a closed round again."""
        return await rounds.reopen_round(award_round_id, actor=actor_of(request))

    @get(f"{ROUND}/suggestions", operation_id="list_suggestions", name="api.list_suggestions")
    async def list_suggestions(
        self, request: AnyRequest, award_round_id: FromPath[UUID],
        kind: FromQuery[str] = "individual",
    ) -> list[suggesting.Suggestion]:  # fmt: skip
        """Who could be proposed, and why; nobody is proposed automatically."""
        return await suggesting.suggestions(award_round_id, kind, actor=actor_of(request))

    @get(f"{ROUND}/nominations", operation_id="list_nominations", name="api.list_nominations")
    async def list_nominations(
        self, request: AnyRequest, award_round_id: FromPath[UUID], status: FromQuery[str] = "",
        award: FromQuery[str] = "", kind: FromQuery[str] = "", eligibility: FromQuery[str] = "",
        unit_id: FromQuery[UUID | None] = None, search: FromQuery[str] = "",
        after: FromQuery[UUID | None] = None,
    ) -> NominationPage:  # fmt: skip
        """One page of a round's nominations for the receiving side."""
        filters = Filters(
            state=status, award=award, kind=kind, eligibility=eligibility, unit_id=unit_id,
            search=search, after=after,
        )  # fmt: skip
        return await listing.list_nominations(award_round_id, filters, actor=actor_of(request))

    @post(f"{ROUND}/lists", operation_id="begin_nomination_list", name="api.begin_list",
          status_code=200)  # fmt: skip
    async def begin_list(
        self, request: AnyRequest, award_round_id: FromPath[UUID], data: ListRequest
    ) -> ListView:
        """Begin a unit's list in a round, or give the one that is there."""
        actor = actor_of(request)
        list_id = await proposing.begin_list(award_round_id, actor=actor, unit_id=data.unit_id)
        return await proposing.get_list(list_id, actor=actor)

    @get(LIST, operation_id="get_nomination_list", name="api.get_list")
    async def get_list(self, request: AnyRequest, list_id: FromPath[UUID]) -> ListView:
        """One list."""
        return await proposing.get_list(list_id, actor=actor_of(request))

    @get(f"{LIST}/nominations", operation_id="list_of_list", name="api.rows_of_list")
    async def rows_of_list(self, request: AnyRequest, list_id: FromPath[UUID]) -> list[NominationRow]:  # fmt: skip  # noqa: E501
        """The nominations of a list."""
        return await proposing.rows_of_list(list_id, actor=actor_of(request))

    @get(f"{LIST}/subjects", operation_id="list_subjects", name="api.list_subjects")
    async def list_subjects(
        self, request: AnyRequest, list_id: FromPath[UUID], kind: FromQuery[str] = "individual",
        search: FromQuery[str] = "", after: FromQuery[UUID | None] = None,
    ) -> SubjectPage:  # fmt: skip
        """Who may be put onto a list."""
        return await proposing.choosable(
            list_id, kind, actor=actor_of(request), search=search, after=after
        )

    @put(f"{LIST}/letter", operation_id="set_letter", name="api.set_letter")
    async def set_letter(
        self, request: AnyRequest, list_id: FromPath[UUID], data: LetterRequest
    ) -> ListView:
        """Write number and day of the unit's letter."""
        actor = actor_of(request)
        await proposing.set_letter(
            list_id, number=data.number, day=data.day, note=data.note, actor=actor
        )
        return await proposing.get_list(list_id, actor=actor)

    @get(f"{LIST}/meeting", operation_id="get_unit_meeting", name="api.get_unit_meeting")
    async def get_unit_meeting(
        self, request: AnyRequest, list_id: FromPath[UUID]
    ) -> Meeting | None:
        """Return the unit's own meeting that chose whom to propose; null until it is written."""
        return await meeting.meeting_of(list_id, actor=actor_of(request))

    @put(f"{LIST}/meeting", operation_id="set_unit_meeting", name="api.set_unit_meeting")
    async def set_unit_meeting(
        self, request: AnyRequest, list_id: FromPath[UUID], data: Meeting
    ) -> Meeting:
        """Write the unit's own meeting down: the dossier's minutes are made from it."""
        given = msgspec.to_builtins(data)
        return await meeting.save(list_id, given, actor=actor_of(request))

    @post(f"{LIST}/nominations", operation_id="propose", name="api.propose")
    async def propose(
        self, request: AnyRequest, list_id: FromPath[UUID], data: ProposalRequest
    ) -> list[UUID]:
        """Put subjects onto a list as drafts, all or none."""
        return await proposing.propose(
            list_id, kind=data.kind, rung=data.rung, subject_ids=data.subject_ids,
            actor=actor_of(request),
        )  # fmt: skip

    @post(f"{LIST}/submission", operation_id="send_nominations", name="api.send_nominations",
          status_code=200)  # fmt: skip
    async def send_nominations(
        self, request: AnyRequest, list_id: FromPath[UUID], data: ManyRequest
    ) -> list[NominationRow]:
        """Send drafts and mended returns of a list, all or none."""
        actor = actor_of(request)
        await sending.send(list_id, actor=actor, nomination_ids=data.nomination_ids)
        rows = await proposing.rows_of_list(list_id, actor=actor)
        return [row for row in rows if row.id in set(data.nomination_ids)]

    @get(ONE, operation_id="get_nomination", name="api.get_nomination")
    async def get_nomination(self, request: AnyRequest, nomination_id: FromPath[UUID]) -> NominationRow:  # fmt: skip  # noqa: E501
        """One nomination."""
        return await proposing.get_nomination(nomination_id, actor=actor_of(request))

    @delete(ONE, operation_id="remove_nomination", name="api.remove_nomination", status_code=204)
    async def remove_nomination(self, request: AnyRequest, nomination_id: FromPath[UUID]) -> None:
        """Take a draft that was never sent off its list."""
        await proposing.remove(nomination_id, actor=actor_of(request))

    @get(f"{ONE}/parts", operation_id="get_nomination_parts", name="api.get_nomination_parts")
    async def get_parts(
        self, request: AnyRequest, nomination_id: FromPath[UUID]
    ) -> dict[str, PartState]:
        """The parts by key, with versions and returns."""
        row = await proposing.get_nomination(nomination_id, actor=actor_of(request))
        return await writing.part_states(row)

    @put(PART, operation_id="save_nomination_part", name="api.save_nomination_part")
    async def save_part(
        self, request: AnyRequest, nomination_id: FromPath[UUID], nomination_part: FromPath[str],
        data: schemas.DraftRequest,
    ) -> SavedPart:  # fmt: skip
        """Save one part; 409 `stale_part` carries the text that somebody else saved first."""
        return await writing.save_part(
            actor=actor_of(request), nomination_id=nomination_id, part_key=nomination_part,
            version=data.version, fields=data.fields,
        )  # fmt: skip

    @post(f"{PART}/evidence", operation_id="attach_nomination_file",
          name="api.attach_nomination_file")  # fmt: skip
    async def attach(
        self, request: AnyRequest, nomination_id: FromPath[UUID], nomination_part: FromPath[str],
        data: Upload,
    ) -> UUID:  # fmt: skip
        """Attach one file to a part."""
        file = one_file(data)
        return await writing.attach_file(
            actor=actor_of(request), nomination_id=nomination_id, part_key=nomination_part,
            name=file.filename, content=await file.read(),
        )  # fmt: skip

    @post(f"{ONE}/withdrawal", operation_id="withdraw_nomination", name="api.withdraw_nomination",
          status_code=200)  # fmt: skip
    async def withdraw(
        self, request: AnyRequest, nomination_id: FromPath[UUID], data: schemas.ReasonRequest
    ) -> NominationRow:
        """Take a sent nomination back, up to the decision."""
        actor = actor_of(request)
        await sending.withdraw(nomination_id, reason=data.reason, actor=actor)
        return await proposing.get_nomination(nomination_id, actor=actor)

    @post(f"{ONE}/reopening", operation_id="reopen_nomination", name="api.reopen_nomination",
          status_code=200)  # fmt: skip
    async def reopen(self, request: AnyRequest, nomination_id: FromPath[UUID]) -> NominationRow:
        """Make a withdrawn nomination a draft again while the round is open."""
        actor = actor_of(request)
        await sending.reopen(nomination_id, actor=actor)
        return await proposing.get_nomination(nomination_id, actor=actor)

    @get(f"{ONE}/difference", operation_id="get_nomination_difference",
         name="api.get_nomination_difference")  # fmt: skip
    async def get_difference(
        self, request: AnyRequest, nomination_id: FromPath[UUID]
    ) -> list[PartDifference]:
        """What the last sending changed, by word."""
        return await difference(nomination_id, actor=actor_of(request))

    @get(f"{ONE}/brief", operation_id="get_nomination_brief", name="api.get_nomination_brief")
    async def get_brief(self, request: AnyRequest, nomination_id: FromPath[UUID]) -> brief.Brief:
        """The council's page on a candidate."""
        return await brief.get_brief(nomination_id, actor=actor_of(request))

    @post("/nomination-steps", operation_id="step_nominations", name="api.step_nominations",
          status_code=200)  # fmt: skip
    async def step(self, request: AnyRequest, data: StepRequest) -> dict[str, str]:
        """Take nominations one step further, all or none; the new states by id."""
        rounds.require_officer(actor_of(request))
        if data.step not in {str(each) for each in handling.BULK}:
            raise InvalidInputError(fields={"step": "Không có việc này."})
        states = await handling.step(
            data.nomination_ids, Action(data.step), actor=actor_of(request), note=data.note
        )
        return {str(key): str(state) for key, state in states.items()}

    @post(f"{ONE}/returns", operation_id="return_nomination", name="api.return_nomination",
          status_code=200)  # fmt: skip
    async def return_parts(
        self, request: AnyRequest, nomination_id: FromPath[UUID], data: GivenBack
    ) -> NominationRow:
        """Give single parts back, each with a reason and a new day."""
        actor = actor_of(request)
        given = {part.part_key: (part.reason, part.due_at) for part in data.parts}
        await handling.return_parts(nomination_id, given=given, actor=actor)
        return await proposing.get_nomination(nomination_id, actor=actor)

    @post(f"{ONE}/lower", operation_id="lower_nomination", name="api.lower_nomination",
          status_code=200)  # fmt: skip
    async def lower(
        self, request: AnyRequest, nomination_id: FromPath[UUID], data: LoweringRequest
    ) -> NominationRow:
        """Change the award to the lower one that the council agreed to."""
        return await lowering.lower(nomination_id, data.rung, actor=actor_of(request))

    @post(f"{ONE}/appraisals", operation_id="appraise_nomination", name="api.appraise_nomination",
          status_code=200)  # fmt: skip
    async def appraise(
        self, request: AnyRequest, nomination_id: FromPath[UUID], data: AppraisalRequest
    ) -> NominationRow:
        """Write an opinion."""
        actor = actor_of(request)
        await handling.appraise(
            [nomination_id], recommendation=data.recommendation, opinion=data.opinion,
            lower_award=data.lower_award, actor=actor,
        )  # fmt: skip
        return await proposing.get_nomination(nomination_id, actor=actor)
