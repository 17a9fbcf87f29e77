"""Rounds and consolidations."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from litestar import Controller, Request, get, post, put
from litestar.params import FromQuery, QueryParameter

from core.accounts.guards import actor_of
from core.api import schemas
from core.reports import rounds
from core.reports.schemas import ObligationRow, Page, RoundView
from core.statistics import service as statistics
from core.statistics.schemas import ConsolidationView

AnyRequest = Request[Any, Any, Any]


class RoundsApi(Controller):
    """The department's side: rounds, who owes what, consolidation."""

    tags = ("rounds",)
    opt = {"access": "signed_in"}  # noqa: RUF012 -- Litestar reads it as a class attribute

    @get("/rounds", operation_id="list_rounds", name="api.list_rounds")
    async def list_rounds(self, request: AnyRequest) -> tuple[RoundView, ...]:
        """Rounds that this person receives or owes in, newest first."""
        return await rounds.list_rounds(actor=actor_of(request))

    @post("/rounds", operation_id="open_round", name="api.open_round")
    async def open_round(self, request: AnyRequest, data: schemas.RoundRequest) -> RoundView:
        """Open a round; its day comes from the plan in force."""
        return await rounds.open_round(
            actor=actor_of(request),
            kind=data.kind,
            year=data.year,
            unit_ids=data.unit_ids,
            message=data.message,
            attachment_ids=data.attachment_ids,
            due_at=data.due_at,
            decision_number=data.decision_number,
            decision_file_id=data.decision_file_id,
        )

    @get("/rounds/{round_id:uuid}", operation_id="get_round", name="api.get_round")
    async def get_round(self, request: AnyRequest, round_id: UUID) -> RoundView:
        """One round with its counters."""
        return await rounds.get_round(actor=actor_of(request), round_id=round_id)

    @get(
        "/rounds/{round_id:uuid}/obligations",
        operation_id="list_obligations",
        name="api.list_obligations",
    )
    async def list_obligations(
        self,
        request: AnyRequest,
        round_id: UUID,
        status: Annotated[str | None, QueryParameter(name="state")] = None,
        kind: FromQuery[str | None] = None,
        timing: FromQuery[str | None] = None,
        search: FromQuery[str] = "",
        after: FromQuery[UUID | None] = None,
        limit: FromQuery[int] = 50,
    ) -> Page[ObligationRow]:
        """Who owes a report in a round and how far each is; keyset pages by `after`."""
        return await rounds.list_obligations(
            actor=actor_of(request),
            round_id=round_id,
            state=status,
            kind=kind,
            timing=timing,
            search=search,
            after=after,
            limit=limit,
        )

    @post(
        "/rounds/{round_id:uuid}/close",
        operation_id="close_round",
        name="api.close_round",
        status_code=200,
    )
    async def close_round(self, request: AnyRequest, round_id: UUID) -> RoundView:
        """Close a round; drafts are kept."""
        return await rounds.close_round(actor=actor_of(request), round_id=round_id)

    @post(
        "/rounds/{round_id:uuid}/reopen",
        operation_id="reopen_round",
        name="api.reopen_round",
        status_code=200,
    )
    async def reopen_round(self, request: AnyRequest, round_id: UUID) -> RoundView:
        """Open a closed round again."""
        return await rounds.reopen_round(actor=actor_of(request), round_id=round_id)

    @post(
        "/rounds/{round_id:uuid}/reminders",
        operation_id="remind_silent",
        name="api.remind_silent",
        status_code=200,
    )
    async def remind_silent(self, request: AnyRequest, round_id: UUID) -> schemas.Reminded:
        """Remind every unit that has submitted nothing."""
        count = await rounds.remind_silent(actor=actor_of(request), round_id=round_id)
        return schemas.Reminded(units=count)

    @put("/rounds/{round_id:uuid}/due", operation_id="change_due", name="api.change_due")
    async def change_due(
        self, request: AnyRequest, round_id: UUID, data: schemas.DueRequest
    ) -> RoundView:
        """Set another day for the round."""
        return await rounds.change_due(
            actor=actor_of(request),
            round_id=round_id,
            due_at=data.due_at,
            decision_number=data.decision_number,
            decision_file_id=data.decision_file_id,
        )

    @post(
        "/obligations/{obligation_id:uuid}/excuse",
        operation_id="excuse_unit",
        name="api.excuse_unit",
        status_code=204,
    )
    async def excuse_unit(
        self, request: AnyRequest, obligation_id: UUID, data: schemas.ReasonRequest
    ) -> None:
        """Release a unit from this report, with a reason."""
        await rounds.excuse(
            actor=actor_of(request), obligation_id=obligation_id, reason=data.reason
        )

    @post(
        "/obligations/{obligation_id:uuid}/extension",
        operation_id="extend_due",
        name="api.extend_due",
        status_code=204,
    )
    async def extend_due(
        self, request: AnyRequest, obligation_id: UUID, data: schemas.DueRequest
    ) -> None:
        """Give one unit a later day, by a decision."""
        await rounds.extend(
            actor=actor_of(request),
            obligation_id=obligation_id,
            new_due_at=data.due_at,
            reason=data.reason,
            decision_number=data.decision_number,
            decision_file_id=data.decision_file_id,
        )

    @post(
        "/rounds/{round_id:uuid}/consolidations",
        operation_id="consolidate_round",
        name="api.consolidate_round",
    )
    async def consolidate_round(
        self,
        request: AnyRequest,
        round_id: UUID,
        receiver_unit_id: FromQuery[UUID | None] = None,
    ) -> ConsolidationView:
        """Gather a round: provisional while it is open, final when closed.

        `receiver_unit_id`: a unit that received inner reports; without it, the department.
        """
        return await statistics.consolidate_round(
            actor=actor_of(request), round_id=round_id, receiver_unit_id=receiver_unit_id
        )

    @get(
        "/consolidations/{consolidation_id:uuid}",
        operation_id="get_consolidation",
        name="api.get_consolidation",
    )
    async def get_consolidation(
        self, request: AnyRequest, consolidation_id: UUID
    ) -> ConsolidationView:
        """One consolidation: figures, indicators, texts by criterion, who is missing."""
        return await statistics.get_consolidation(
            actor=actor_of(request), consolidation_id=consolidation_id
        )

    @put(
        "/consolidations/{consolidation_id:uuid}/texts",
        operation_id="edit_consolidation",
        name="api.edit_consolidation",
    )
    async def edit_consolidation(
        self, request: AnyRequest, consolidation_id: UUID, data: schemas.TextsRequest
    ) -> ConsolidationView:
        """Change the wording (officer)."""
        return await statistics.edit_consolidation(
            actor=actor_of(request),
            consolidation_id=consolidation_id,
            version=data.version,
            texts=data.texts,
        )

    @post(
        "/consolidations/{consolidation_id:uuid}/approval",
        operation_id="approve_consolidation",
        name="api.approve_consolidation",
        status_code=200,
    )
    async def approve_consolidation(
        self, request: AnyRequest, consolidation_id: UUID, data: schemas.VersionRequest
    ) -> ConsolidationView:
        """Approve (department head)."""
        return await statistics.approve_consolidation(
            actor=actor_of(request), consolidation_id=consolidation_id, version=data.version
        )

    @post(
        "/consolidations/{consolidation_id:uuid}/issue",
        operation_id="issue_consolidation",
        name="api.issue_consolidation",
        status_code=200,
    )
    async def issue_consolidation(
        self, request: AnyRequest, consolidation_id: UUID, data: schemas.IssueRequest
    ) -> ConsolidationView:
        """Number and date (records clerk)."""
        return await statistics.issue_consolidation(
            actor=actor_of(request),
            consolidation_id=consolidation_id,
            version=data.version,
            document_date=data.document_date,
        )
