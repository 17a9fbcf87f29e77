"""Register of awards, public lists for opinions, complaints, revocations, figures."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import msgspec
from litestar import Controller, Request, get, post
from litestar.params import FromPath, FromQuery

from core.accounts.guards import actor_of
from core.accounts.throttle import address_of
from core.honours import complaints, consultations, figures, register, revocations
from core.honours.figures import FairnessView, YearFigures
from core.honours.schemas_cases import (
    ComplaintPage,
    ComplaintRow,
    ConsultationRow,
    ConsultationView,
    PublicList,
    RevocationView,
)
from core.honours.schemas_register import Filters, GrantRow, Holder, RegisterPage
from core.kit import clock

AnyRequest = Request[Any, Any, Any]
AWARD = "/awards/{award_grant_id:uuid}"
CONSULTATION = "/consultations/{consultation_id:uuid}"
COMPLAINT = "/complaints/{complaint_id:uuid}"
REVOCATION = "/revocations/{revocation_id:uuid}"


class Publication(msgspec.Struct):
    """Which round is published, under which title ('' = by the round's name)."""

    round_id: UUID
    title: str = ""


class NewOpinion(msgspec.Struct):
    """An opinion on an entry; `stance`: support | objection | complaint."""

    entry_id: UUID
    stance: str
    body: str
    author_name: str = ""
    contact: str = ""


class NewComplaint(msgspec.Struct):
    """A complaint about a nomination or an award."""

    complainant: str
    body: str
    nomination_id: UUID | None = None
    award_id: UUID | None = None
    contact: str = ""


class Conclusion(msgspec.Struct):
    """The end of a complaint; `outcome`: upheld | dismissed."""

    outcome: str
    conclusion: str


class NewRevocation(msgspec.Struct):
    """Why an award is taken back; `paper`: the decision of who gave it, where that was not here."""

    ground: str
    facts: str
    paper: str = ""


class MoneyBack(msgspec.Struct):
    """Prize money that came back, in whole đồng."""

    amount: int
    entered_on: date
    basis: str


@get("/public-lists/{consultation_code:str}", operation_id="get_public_list",
     name="api.get_public_list", opt={"access": "anonymous"}, tags=["honours"])  # fmt: skip
async def get_public_list(request: AnyRequest, consultation_code: FromPath[str]) -> PublicList:
    """A public list; names only while it is open."""
    return await consultations.public_list(
        consultation_code[:64], address=address_of(request.scope)
    )


class HonoursApi(Controller):
    """What comes after the decision."""

    tags = ("honours",)
    opt = {"access": "signed_in"}  # noqa: RUF012 -- Litestar reads it as a class attribute

    @get("/awards", operation_id="list_awards", name="api.list_awards")
    async def list_awards(
        self, request: AnyRequest, search: FromQuery[str] = "", year: FromQuery[int] = 0,
        award_kind: FromQuery[str] = "", subject_kind: FromQuery[str] = "",
        validity: FromQuery[str] = "", unit_id: FromQuery[UUID | None] = None,
        after: FromQuery[UUID | None] = None,
    ) -> RegisterPage:  # fmt: skip
        """The register, the newest decision first; keyset pages by `after`."""
        filters = Filters(
            search=search, year=year, award_kind=award_kind, subject_kind=subject_kind,
            state=validity, unit_id=unit_id,
        )  # fmt: skip
        return await register.list_awards(filters, actor=actor_of(request), after=after)

    @get(AWARD, operation_id="get_award", name="api.get_award")
    async def get_award(self, request: AnyRequest, award_grant_id: FromPath[UUID]) -> GrantRow:
        """One award."""
        return await register.get_award(award_grant_id, actor=actor_of(request))

    @get("/people/{person_id:uuid}/awards", operation_id="list_awards_of_person",
         name="api.list_awards_of_person")  # fmt: skip
    async def of_person(self, request: AnyRequest, person_id: FromPath[UUID]) -> Holder:
        """Every award of a person."""
        return await register.of_person(person_id, actor=actor_of(request))

    @get("/units/{unit_id:uuid}/awards", operation_id="list_awards_of_unit",
         name="api.list_awards_of_unit")  # fmt: skip
    async def of_unit(self, request: AnyRequest, unit_id: FromPath[UUID]) -> Holder:
        """Every award of a unit, and of those that were merged into it."""
        return await register.of_unit(unit_id, actor=actor_of(request))

    @post(f"{AWARD}/revocations", operation_id="propose_revocation",
          name="api.propose_revocation")  # fmt: skip
    async def propose(
        self, request: AnyRequest, award_grant_id: FromPath[UUID], data: NewRevocation
    ) -> RevocationView:
        """Propose to take an award back."""
        return await revocations.propose(
            award_grant_id, data.ground, data.facts, paper=data.paper, actor=actor_of(request)
        )

    @get("/revocations", operation_id="list_revocations", name="api.list_revocations")
    async def list_revocations(self, request: AnyRequest) -> list[RevocationView]:
        """The newest revocations, with the money that is still open."""
        return await revocations.list_revocations(actor=actor_of(request))

    @post(f"{REVOCATION}/decision", operation_id="draft_revocation", name="api.draft_revocation")
    async def draft(
        self, request: AnyRequest, revocation_id: FromPath[UUID],
        together: FromQuery[bool] = False,
    ) -> RevocationView:  # fmt: skip
        """Make the draft of the decision that revokes."""
        return await revocations.draft(revocation_id, together=together, actor=actor_of(request))

    @post(f"{REVOCATION}/drop", operation_id="drop_revocation", name="api.drop_revocation",
          status_code=200)  # fmt: skip
    async def drop(self, request: AnyRequest, revocation_id: FromPath[UUID]) -> RevocationView:
        """Drop a proposal that has no paper."""
        return await revocations.drop(revocation_id, actor=actor_of(request))

    @post(f"{REVOCATION}/money", operation_id="record_money_back", name="api.record_money_back")
    async def money(
        self, request: AnyRequest, revocation_id: FromPath[UUID], data: MoneyBack
    ) -> RevocationView:
        """Record prize money that came back."""
        return await revocations.record_return(
            revocation_id, data.amount, data.entered_on, data.basis, actor=actor_of(request)
        )

    @get("/consultations", operation_id="list_consultations", name="api.list_consultations")
    async def list_consultations(self, request: AnyRequest) -> list[ConsultationRow]:
        """The newest public lists."""
        return await consultations.list_consultations(actor=actor_of(request))

    @post("/consultations", operation_id="publish_list", name="api.publish_list")
    async def publish(self, request: AnyRequest, data: Publication) -> ConsultationView:
        """Publish the candidates of a round that wait."""
        return await consultations.publish(data.round_id, data.title, actor=actor_of(request))

    @get(CONSULTATION, operation_id="get_consultation", name="api.get_consultation")
    async def get_consultation(
        self, request: AnyRequest, consultation_id: FromPath[UUID]
    ) -> ConsultationView:
        """A public list with what was said."""
        return await consultations.get_consultation(consultation_id, actor=actor_of(request))

    @post(f"{CONSULTATION}/opinions", operation_id="record_opinion", name="api.record_opinion",
          status_code=204)  # fmt: skip
    async def record_opinion(
        self, request: AnyRequest, consultation_id: FromPath[UUID], data: NewOpinion
    ) -> None:
        """Record an opinion that came on paper."""
        await consultations.record_opinion(consultation_id, _typed(data), actor=actor_of(request))

    @post("/public-lists/{consultation_code:str}/opinions", operation_id="send_opinion",
          name="api.send_opinion", status_code=204)  # fmt: skip
    async def send_opinion(
        self, request: AnyRequest, consultation_code: FromPath[str], data: NewOpinion
    ) -> None:
        """Say something to an open list."""
        await consultations.send_opinion(consultation_code, _typed(data), actor=actor_of(request))

    @get("/complaints", operation_id="list_complaints", name="api.list_complaints")
    async def list_complaints(
        self, request: AnyRequest, step: FromQuery[str] = "",
        after: FromQuery[UUID | None] = None,
    ) -> ComplaintPage:  # fmt: skip
        """Complaints, the newest first."""
        return await complaints.list_complaints(actor=actor_of(request), state=step, after=after)

    @post("/complaints", operation_id="record_complaint", name="api.record_complaint")
    async def record_complaint(self, request: AnyRequest, data: NewComplaint) -> ComplaintRow:
        """Record a complaint that came on paper."""
        return await complaints.record(
            nomination_id=data.nomination_id, grant_id=data.award_id,
            complainant=data.complainant, contact=data.contact, body=data.body,
            actor=actor_of(request),
        )  # fmt: skip

    @get(COMPLAINT, operation_id="get_complaint", name="api.get_complaint")
    async def get_complaint(
        self, request: AnyRequest, complaint_id: FromPath[UUID]
    ) -> ComplaintRow:
        """One complaint."""
        return await complaints.get_complaint(complaint_id, actor=actor_of(request))

    @post(f"{COMPLAINT}/verify", operation_id="verify_complaint", name="api.verify_complaint",
          status_code=200)  # fmt: skip
    async def verify(self, request: AnyRequest, complaint_id: FromPath[UUID]) -> ComplaintRow:
        """Begin to verify; the subject is held."""
        return await complaints.verify(complaint_id, actor=actor_of(request))

    @post(f"{COMPLAINT}/conclude", operation_id="conclude_complaint",
          name="api.conclude_complaint", status_code=200)  # fmt: skip
    async def conclude(
        self, request: AnyRequest, complaint_id: FromPath[UUID], data: Conclusion
    ) -> ComplaintRow:
        """Conclude; the hold is released."""
        return await complaints.conclude(
            complaint_id, data.outcome, data.conclusion, actor=actor_of(request)
        )

    @get("/award-figures", operation_id="get_award_figures", name="api.get_award_figures")
    async def get_figures(self, request: AnyRequest, year: FromQuery[int] = 0) -> YearFigures:
        """The figures of a year (0: this one); not the official form."""
        return await figures.of_year(year or clock.today().year, actor=actor_of(request))

    @get("/award-fairness", operation_id="get_award_fairness", name="api.get_award_fairness")
    async def get_fairness(
        self, request: AnyRequest, year: FromQuery[int] = 0, by: FromQuery[str] = "level"
    ) -> FairnessView:
        """Who gets awards; `by`: level | work | gender | place | repeats."""
        return await figures.fairness(by, year or clock.today().year, actor=actor_of(request))


def _typed(data: NewOpinion) -> dict[str, str]:
    return {name: str(value) for name, value in msgspec.structs.asdict(data).items()}
