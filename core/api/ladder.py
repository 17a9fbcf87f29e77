"""The ladder of awards in use, its simulator, and what the department chooses."""

from __future__ import annotations

from typing import Annotated, Any

import msgspec
from litestar import Controller, Request, get, post, put

from core.accounts.guards import actor_of
from core.movements.values import RungChoice
from core.nominations import choosing, simulating
from core.nominations.choosing import Choices
from core.nominations.ladder_view import LadderView, get_ladder
from core.nominations.phrases_ladder import QUESTIONS
from core.nominations.simulating import Simulation
from core.plugin.api import Occasion, Rating, SubjectKind

AnyRequest = Request[Any, Any, Any]


class SimulationRequest(msgspec.Struct, forbid_unknown_fields=True):
    """Whom, when, and what is known; null: not known."""

    subject_kind: SubjectKind
    occasion: Occasion
    year: int
    rating: Rating | None = None
    leadership_rating: Rating | None = None
    obeys_law: bool | None = None
    internal_unity: bool | None = None
    movement_organised: bool | None = None
    clear_change: bool | None = None
    has_initiative: bool | None = None
    has_contributions: bool | None = None
    digital_skills_certificate: bool | None = None
    dti_guidance_issued: bool | None = None
    ranked_by_dti: bool | None = None
    dti_rank: Annotated[float, msgspec.Meta(ge=1)] | None = None
    within_quota: bool | None = None


class ChoicesRequest(msgspec.Struct, forbid_unknown_fields=True):
    """Choices by key of the rung, over the version that was read."""

    version: int
    chosen: dict[str, RungChoice]


class LadderApi(Controller):
    """Which award, for whom, on which occasion, decided by whom."""

    tags = ("awards",)
    opt = {"access": "signed_in"}  # noqa: RUF012 -- Litestar reads it as a class attribute

    @get("/ladder", operation_id="get_ladder", name="api.get_ladder")
    async def read_ladder(self, request: AnyRequest) -> LadderView:
        """The ladder of the edition in force."""
        return await get_ladder(actor=actor_of(request))

    @post(
        "/ladder/simulation",
        operation_id="simulate_award",
        name="api.simulate_award",
        status_code=200,
    )
    async def simulate(self, request: AnyRequest, data: SimulationRequest) -> Simulation:
        """How far somebody could be proposed, and why; nothing is stored."""
        facts = msgspec.structs.asdict(data)
        known = {
            key: value for key, value in facts.items() if key in QUESTIONS and value is not None
        }
        return await simulating.simulate(
            actor=actor_of(request), subject_kind=data.subject_kind, occasion=data.occasion,
            year=data.year, facts=known,
        )  # fmt: skip

    @get(
        "/ladder/choices",
        operation_id="get_ladder_choices",
        name="api.get_ladder_choices",
        opt={"access": ["tenant_admin", "officer"]},
    )
    async def read_choices(self, request: AnyRequest) -> Choices:
        """What the plan leaves to the department, and what was chosen so far."""
        return await choosing.get_choices(actor=actor_of(request))

    @put(
        "/ladder/choices",
        operation_id="save_ladder_choices",
        name="api.save_ladder_choices",
        opt={"access": ["tenant_admin", "officer"]},
    )
    async def keep_choices(self, request: AnyRequest, data: ChoicesRequest) -> Choices:
        """Keep the choices in the draft of the plan."""
        return await choosing.save_choices(
            actor=actor_of(request), chosen=data.chosen, version=data.version
        )
