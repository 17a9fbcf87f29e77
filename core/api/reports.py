"""One report: reading, writing, sending, reviewing."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from litestar import Controller, Request, get, post, put

from core.accounts.guards import actor_of
from core.api import schemas
from core.api.files import Upload, one_file
from core.evidence import service as evidence
from core.evidence.schemas import EvidenceView
from core.reports import drafting, review
from core.reports.schemas import (
    Missing,
    MyWork,
    PartDifference,
    Receipt,
    ReportView,
    SavedPart,
)

AnyRequest = Request[Any, Any, Any]


class ReportsApi(Controller):
    """The unit's side and the receiver's review."""

    tags = ("reports",)
    opt = {"access": "signed_in"}  # noqa: RUF012 -- Litestar reads it as a class attribute

    @get("/my-work", operation_id="list_my_work", name="api.list_my_work")
    async def list_my_work(self, request: AnyRequest) -> MyWork:
        """What waits for this person: returned, overdue, due, waiting, done."""
        return await drafting.list_my_work(actor=actor_of(request))

    @get("/reports/{report_id:uuid}", operation_id="get_report", name="api.get_report")
    async def get_report(self, request: AnyRequest, report_id: UUID) -> ReportView:
        """One report with its parts."""
        return await drafting.get_report(actor=actor_of(request), report_id=report_id)

    @put(
        "/reports/{report_id:uuid}/parts/{part_key:str}",
        operation_id="save_report_draft",
        name="api.save_report_draft",
    )
    async def save_report_draft(
        self, request: AnyRequest, report_id: UUID, part_key: str, data: schemas.DraftRequest
    ) -> SavedPart:
        """Save one part; 409 `stale_part` carries the text that somebody else saved first."""
        return await drafting.save_part(
            actor=actor_of(request),
            report_id=report_id,
            part_key=part_key,
            version=data.version,
            fields=data.fields,
        )

    @post(
        "/reports/{report_id:uuid}/parts/{part_key:str}/evidence",
        operation_id="upload_evidence",
        name="api.upload_evidence",
    )
    async def upload_evidence(
        self, request: AnyRequest, report_id: UUID, part_key: str, data: Upload
    ) -> EvidenceView:
        """Attach one file (multipart field of any name) to a part."""
        file = one_file(data)
        return await evidence.upload_evidence(
            actor=actor_of(request),
            report_id=report_id,
            part_key=part_key,
            name=file.filename,
            content=await file.read(),
        )

    @get(
        "/reports/{report_id:uuid}/check",
        operation_id="check_report",
        name="api.check_report",
    )
    async def check_report(self, request: AnyRequest, report_id: UUID) -> list[Missing]:
        """What is missing before sending, and where."""
        return list(await drafting.check_report(actor=actor_of(request), report_id=report_id))

    @post(
        "/reports/{report_id:uuid}/sign-off",
        operation_id="request_sign_off",
        name="api.request_sign_off",
        status_code=200,
    )
    async def request_sign_off(
        self, request: AnyRequest, report_id: UUID, data: schemas.NoteRequest
    ) -> ReportView:
        """Ask the head to sign off."""
        actor = actor_of(request)
        await drafting.request_sign_off(actor=actor, report_id=report_id, note=data.note)
        return await drafting.get_report(actor=actor, report_id=report_id)

    @post(
        "/reports/{report_id:uuid}/give-back",
        operation_id="give_back",
        name="api.give_back",
        status_code=200,
    )
    async def give_back(
        self, request: AnyRequest, report_id: UUID, data: schemas.NoteRequest
    ) -> ReportView:
        """Give the draft back to the clerk (head)."""
        actor = actor_of(request)
        await drafting.give_back(actor=actor, report_id=report_id, note=data.note)
        return await drafting.get_report(actor=actor, report_id=report_id)

    @post(
        "/reports/{report_id:uuid}/submission",
        operation_id="submit_report",
        name="api.submit_report",
        status_code=200,
    )
    async def submit_report(self, request: AnyRequest, report_id: UUID) -> Receipt:
        """Submit: an immutable version with its hash and the official instant."""
        return await drafting.submit_report(actor=actor_of(request), report_id=report_id)

    @post(
        "/reports/{report_id:uuid}/withdrawal",
        operation_id="withdraw_report",
        name="api.withdraw_report",
        status_code=200,
    )
    async def withdraw_report(self, request: AnyRequest, report_id: UUID) -> ReportView:
        """Take it back, as long as no officer has started the review."""
        actor = actor_of(request)
        await drafting.withdraw_report(actor=actor, report_id=report_id)
        return await drafting.get_report(actor=actor, report_id=report_id)

    @post(
        "/reports/{report_id:uuid}/review",
        operation_id="start_review",
        name="api.start_review",
        status_code=200,
    )
    async def start_review(self, request: AnyRequest, report_id: UUID) -> ReportView:
        """Start the review; from then on no withdrawal."""
        actor = actor_of(request)
        await review.start_review(actor=actor, report_id=report_id)
        return await drafting.get_report(actor=actor, report_id=report_id)

    @post(
        "/reports/{report_id:uuid}/returns",
        operation_id="return_criteria",
        name="api.return_criteria",
        status_code=200,
    )
    async def return_criteria(
        self, request: AnyRequest, report_id: UUID, data: schemas.ReturnRequest
    ) -> ReportView:
        """Return single criteria, each with a reason and a new day."""
        actor = actor_of(request)
        await review.return_parts(
            actor=actor,
            report_id=report_id,
            parts={part.part_key: (part.reason, part.due_at) for part in data.parts},
        )
        return await drafting.get_report(actor=actor, report_id=report_id)

    @post(
        "/reports/{report_id:uuid}/acceptances",
        operation_id="accept_criteria",
        name="api.accept_criteria",
        status_code=200,
    )
    async def accept_criteria(
        self, request: AnyRequest, report_id: UUID, data: schemas.AcceptRequest
    ) -> ReportView:
        """Accept single criteria; the report is accepted with its last one."""
        actor = actor_of(request)
        await review.accept_parts(actor=actor, report_id=report_id, part_keys=data.part_keys)
        return await drafting.get_report(actor=actor, report_id=report_id)

    @get(
        "/reports/{report_id:uuid}/difference",
        operation_id="get_difference",
        name="api.get_difference",
    )
    async def get_difference(self, request: AnyRequest, report_id: UUID) -> list[PartDifference]:
        """What the last submission changed, by word."""
        return list(await review.difference(actor=actor_of(request), report_id=report_id))
