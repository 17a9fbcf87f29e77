"""Facts about subjects, findings on nominations, what changed and what clashes."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

import msgspec
from litestar import Controller, Request, get, post, put
from litestar.datastructures import UploadFile
from litestar.enums import RequestEncodingType
from litestar.params import Body, FromQuery

from core.accounts.guards import actor_of
from core.eligibility import changes, holds, initiatives, rating_import, ratings, service, subjects
from core.eligibility.schemas import (
    AwardView,
    CheckView,
    FactView,
    InitiativeView,
    OtherView,
    Subject,
)
from core.errors import InvalidInputError, NotFoundError

AnyRequest = Request[Any, Any, Any]
Upload = Annotated[dict[str, Any], Body(media_type=RequestEncodingType.MULTI_PART)]
FILE_MISSING = "Chưa chọn tệp nào."


class SubjectDetail(msgspec.Struct):
    """Everything known of a subject; `holds` is empty for who may not see holds."""

    subject: Subject
    facts: list[FactView]
    ratings: list[ratings.RatingRow]
    awards: list[AwardView]
    holds: list[holds.HoldRow]


class FactsRequest(msgspec.Struct, forbid_unknown_fields=True):
    """Facts of one year by key; null takes a fact back."""

    year: int
    source: str
    facts: dict[str, bool | float | None]


class RatingRequest(msgspec.Struct, forbid_unknown_fields=True):
    """One rating; `scope`: unit | leadership | person; `state`: official | provisional."""

    year: int
    scope: str
    rating: str
    basis: str
    state: str = "official"


class HoldRequest(msgspec.Struct, forbid_unknown_fields=True):
    """A hold from a day on (YYYY-MM-DD)."""

    kind: str
    reason: str
    from_on: str


class ReleaseRequest(msgspec.Struct, forbid_unknown_fields=True):
    """The day from which a hold is over; `counts_from` after a discipline."""

    released_on: str
    release_note: str
    counts_from: str = ""


class InitiativeRequest(msgspec.Struct, forbid_unknown_fields=True):
    """An initiative; `authors`: one a line: name; code of another unit; share %."""

    name: str
    unit_id: UUID
    year: int
    level: str
    authors: str
    certificate_number: str = ""
    certificate_date: str = ""
    issuer: str = ""
    effect: str = ""


class OtherRequest(msgspec.Struct, forbid_unknown_fields=True):
    """Somebody outside the tree; `kind`: organisation | household | person."""

    name: str
    kind: str
    unit_id: UUID
    address: str = ""
    note: str = ""


class ImportRequest(msgspec.Struct, forbid_unknown_fields=True):
    """Which uploaded list is written, as it was previewed."""

    state: str
    basis: str = ""


class Made(msgspec.Struct):
    """The id of what was written."""

    id: UUID


class Counted(msgspec.Struct):
    """How many."""

    count: int


def _typed(data: msgspec.Struct) -> dict[str, str]:
    return {key: str(value) for key, value in msgspec.structs.asdict(data).items()}


class EligibilityApi(Controller):
    """Registers behind the award rules, and what the rules found."""

    tags = ("award eligibility",)
    opt = {"access": "signed_in"}  # noqa: RUF012 -- Litestar reads it as a class attribute

    @get("/awards/register", operation_id="list_award_subjects", name="api.list_award_subjects")
    async def list_subjects(
        self,
        request: AnyRequest,
        search: FromQuery[str] = "",
        kind: FromQuery[str] = "",
        after: FromQuery[UUID | None] = None,
    ) -> subjects.SubjectPage:
        """Units, people and others by name; `kind`: unit | person | other."""
        return await subjects.list_subjects(
            actor=actor_of(request), search=search, kind=kind, after=after
        )

    @get("/awards/subjects/{subject_id:uuid}", operation_id="get_subject", name="api.get_subject")
    async def get_subject(self, request: AnyRequest, subject_id: UUID) -> SubjectDetail:
        """What is known of one subject."""
        actor = actor_of(request)
        return SubjectDetail(
            subject=await subjects.get_subject(subject_id, actor=actor),
            facts=await subjects.facts_of(subject_id, actor=actor),
            ratings=await ratings.ratings_of(subject_id, actor=actor),
            awards=await subjects.awards_of(subject_id, actor=actor),
            holds=await holds.holds_of(subject_id, actor=actor),
        )

    @post(
        "/awards/subjects/{subject_id:uuid}/facts", operation_id="declare_facts",
        name="api.declare_facts", status_code=204,
    )  # fmt: skip
    async def declare_facts(
        self, request: AnyRequest, subject_id: UUID, data: FactsRequest
    ) -> None:
        """Write facts of a year."""
        words = {True: "co", False: "khong", None: ""}
        typed = {
            f"fact.{key}": words[value] if value is None or isinstance(value, bool) else str(value)
            for key, value in data.facts.items()
        }
        await subjects.declare_facts(
            subject_id,
            {"year": str(data.year), "source": data.source, **typed},
            actor=actor_of(request),
        )

    @post(
        "/awards/subjects/{subject_id:uuid}/ratings", operation_id="record_rating",
        name="api.record_rating", status_code=204,
    )  # fmt: skip
    async def record_rating(
        self, request: AnyRequest, subject_id: UUID, data: RatingRequest
    ) -> None:
        """Write a yearly rating (officer)."""
        typed = _typed(data) | {"rating_year": str(data.year)}
        await ratings.record_rating(subject_id, typed, actor=actor_of(request))

    @post(
        "/awards/subjects/{subject_id:uuid}/holds", operation_id="make_hold",
        name="api.make_hold", status_code=204,
    )  # fmt: skip
    async def make_hold(self, request: AnyRequest, subject_id: UUID, data: HoldRequest) -> None:
        """Put a subject on hold (officer)."""
        typed = _typed(data) | {"hold_kind": data.kind}
        await holds.make_hold(subject_id, typed, actor=actor_of(request))

    @get("/awards/ratings", operation_id="list_ratings", name="api.list_ratings")
    async def list_ratings(
        self,
        request: AnyRequest,
        search: FromQuery[str] = "",
        year: FromQuery[int | None] = None,
        after: FromQuery[UUID | None] = None,
    ) -> ratings.RatingPage:
        """Ratings, the newest year first."""
        return await ratings.list_ratings(
            actor=actor_of(request), search=search, year=year, after=after
        )

    @post("/awards/rating-imports", operation_id="upload_ratings", name="api.upload_ratings")
    async def upload_ratings(self, request: AnyRequest, data: Upload) -> rating_import.Preview:
        """Upload a list (`file`, `state`, `basis`) and see every row; nothing is written."""
        upload = data.get("file")
        if not isinstance(upload, UploadFile):
            raise InvalidInputError(FILE_MISSING, fields={"file": FILE_MISSING})
        return await rating_import.upload(
            actor=actor_of(request),
            name=upload.filename,
            content=await upload.read(),
            typed={key: str(data.get(key, "")) for key in ("state", "basis")},
        )

    @post(
        "/awards/rating-imports/{file_id:uuid}/apply", operation_id="apply_ratings",
        name="api.apply_ratings", status_code=200,
    )  # fmt: skip
    async def apply_ratings(
        self, request: AnyRequest, file_id: UUID, data: ImportRequest
    ) -> Counted:
        """Write a whole list, or nothing where a row is wrong."""
        written = await rating_import.apply(
            actor=actor_of(request), file_id=file_id, state=data.state, basis=data.basis
        )
        return Counted(written)

    @get("/awards/holds", operation_id="list_holds", name="api.list_holds")
    async def list_holds(
        self, request: AnyRequest, over: FromQuery[bool] = False,
        after: FromQuery[UUID | None] = None,
    ) -> holds.HoldPage:  # fmt: skip
        """Holds that last, or that are over (officer's side)."""
        return await holds.list_holds(actor=actor_of(request), over=over, after=after)

    @get("/awards/holds/{hold_id:uuid}", operation_id="get_hold", name="api.get_hold")
    async def get_hold(self, request: AnyRequest, hold_id: UUID) -> holds.HoldRow:
        """One hold (officer's side)."""
        return await holds.get_hold(hold_id, actor=actor_of(request))

    @post(
        "/awards/holds/{hold_id:uuid}/release", operation_id="release_hold",
        name="api.release_hold", status_code=204,
    )  # fmt: skip
    async def release_hold(self, request: AnyRequest, hold_id: UUID, data: ReleaseRequest) -> None:
        """Write when a hold is over (officer)."""
        await holds.release_hold(hold_id, _typed(data), actor=actor_of(request))

    @get("/awards/initiatives", operation_id="list_initiatives", name="api.list_initiatives")
    async def list_initiatives(
        self,
        request: AnyRequest,
        search: FromQuery[str] = "",
        year: FromQuery[int | None] = None,
        after: FromQuery[UUID | None] = None,
    ) -> initiatives.InitiativePage:
        """The register of initiatives by name."""
        return await initiatives.list_initiatives(
            actor=actor_of(request), search=search, year=year, after=after
        )

    @post("/awards/initiatives", operation_id="add_initiative", name="api.add_initiative")
    async def add_initiative(self, request: AnyRequest, data: InitiativeRequest) -> Made:
        """Write a new initiative."""
        actor = actor_of(request)
        return Made(await initiatives.save_initiative(None, _typed(data), actor=actor))

    @get(
        "/awards/initiatives/{initiative_id:uuid}", operation_id="get_initiative",
        name="api.get_initiative",
    )  # fmt: skip
    async def get_initiative(self, request: AnyRequest, initiative_id: UUID) -> InitiativeView:
        """One initiative."""
        return await initiatives.get_initiative(initiative_id, actor=actor_of(request))

    @put(
        "/awards/initiatives/{initiative_id:uuid}", operation_id="save_initiative",
        name="api.save_initiative",
    )  # fmt: skip
    async def save_initiative(
        self, request: AnyRequest, initiative_id: UUID, data: InitiativeRequest
    ) -> Made:
        """Write an initiative again."""
        actor = actor_of(request)
        return Made(await initiatives.save_initiative(initiative_id, _typed(data), actor=actor))

    @get("/awards/others", operation_id="list_others", name="api.list_others")
    async def list_others(
        self, request: AnyRequest, search: FromQuery[str] = ""
    ) -> list[OtherView]:
        """Subjects outside the tree by name."""
        return await subjects.list_others(actor=actor_of(request), search=search)

    @post("/awards/others", operation_id="add_other", name="api.add_other")
    async def add_other(self, request: AnyRequest, data: OtherRequest) -> Made:
        """Write a new subject outside the tree."""
        return Made(await subjects.save_other(None, _typed(data), actor=actor_of(request)))

    @get("/awards/others/{other_id:uuid}", operation_id="get_other", name="api.get_other")
    async def get_other(self, request: AnyRequest, other_id: UUID) -> OtherView:
        """One subject outside the tree."""
        return await subjects.get_other(other_id, actor=actor_of(request))

    @put("/awards/others/{other_id:uuid}", operation_id="save_other", name="api.save_other")
    async def save_other(self, request: AnyRequest, other_id: UUID, data: OtherRequest) -> Made:
        """Write a subject outside the tree again."""
        return Made(await subjects.save_other(other_id, _typed(data), actor=actor_of(request)))

    @get(
        "/awards/nominations/{nomination_id:uuid}/findings", operation_id="get_findings",
        name="api.get_findings",
    )  # fmt: skip
    async def get_findings(self, request: AnyRequest, nomination_id: UUID) -> CheckView:
        """The newest check of a nomination; 404 where it was never checked."""
        found = await service.findings_of(nomination_id, actor=actor_of(request))
        if found is None:
            raise NotFoundError
        return found

    @get("/awards/changes", operation_id="list_changes", name="api.list_changes")
    async def list_changes(
        self,
        request: AnyRequest,
        round_id: FromQuery[UUID | None] = None,
        after: FromQuery[UUID | None] = None,
    ) -> changes.ChangePage:
        """Nominations whose check changed after they were sent, newest first."""
        return await changes.list_changes(actor=actor_of(request), round_id=round_id, after=after)

    @get("/awards/conflicts", operation_id="list_conflicts", name="api.list_conflicts")
    async def list_conflicts(
        self,
        request: AnyRequest,
        round_id: FromQuery[UUID | None] = None,
        after: FromQuery[UUID | None] = None,
    ) -> changes.ChangePage:
        """Nominations that clash with an award, a list or an initiative's use."""
        return await changes.list_clashes(actor=actor_of(request), round_id=round_id, after=after)

    @post("/awards/rechecks", operation_id="ask_recheck", name="api.ask_recheck", status_code=202)
    async def ask_recheck(
        self, request: AnyRequest, round_id: FromQuery[UUID | None] = None
    ) -> Counted:
        """Let the nominations on their way (of one round) be checked again by jobs."""
        return Counted(await changes.ask_recheck(actor=actor_of(request), round_id=round_id))
