"""Award decisions, letters to the higher level, and the fund of a round."""

from __future__ import annotations

import base64
import binascii
from typing import Any
from uuid import UUID

from litestar import Controller, Request, delete, get, post, put
from litestar.params import FromQuery
from litestar.response import Response

from core.accounts.guards import actor_of
from core.api import schemas
from core.decisions import (
    annulling,
    drafting,
    files,
    forwarding,
    fund,
    issuing,
    reading,
    review,
    signing,
    unsigning,
)
from core.decisions.schemas import DecisionView, FundView, Group
from core.documents.signing.schemas import Key, Party, Verification
from core.errors import InvalidInputError
from core.evidence.routes import disposition

AnyRequest = Request[Any, Any, Any]
ONE = "/award-decisions/{decision_id:uuid}"


class DecisionsApi(Controller):
    """Decisions from what waits to what came of it."""

    tags = ("awards",)
    opt = {"access": "signed_in"}  # noqa: RUF012 -- Litestar reads it as a class attribute

    @get("/award-rounds/{award_round_id:uuid}/waiting", operation_id="list_waiting",
         name="api.list_waiting")  # fmt: skip
    async def list_waiting(self, request: AnyRequest, award_round_id: UUID) -> list[Group]:
        """What waits for a decision or a letter in a round, by award."""
        return await reading.list_candidates(award_round_id, actor=actor_of(request))

    @get("/award-decisions", operation_id="list_decisions", name="api.list_decisions")
    async def list_decisions(
        self,
        request: AnyRequest,
        round_id: FromQuery[UUID | None] = None,
        kind: FromQuery[str] = "",
        after: FromQuery[UUID | None] = None,
        limit: FromQuery[int] = 50,
    ) -> schemas.DecisionPage:
        """Decisions and letters that this person reads, newest first; keyset pages by `after`."""
        rows, more = await reading.list_decisions(
            actor=actor_of(request), round_id=round_id, kind=kind, after=after, limit=limit
        )
        return schemas.DecisionPage(items=rows, after=more)

    @post("/award-rounds/{award_round_id:uuid}/decisions", operation_id="draft_decision",
          name="api.draft_decision")  # fmt: skip
    async def draft_decision(
        self, request: AnyRequest, award_round_id: UUID, data: schemas.NominationIds
    ) -> DecisionView:
        """Draft a decision, or a letter, for nominations of one award."""
        return await drafting.draft(award_round_id, data.nomination_ids, actor=actor_of(request))

    @get(ONE, operation_id="get_decision", name="api.get_decision")
    async def get_decision(self, request: AnyRequest, decision_id: UUID) -> DecisionView:
        """One decision with its list, its costs and its signatures."""
        found = await reading.get_decision(decision_id, actor=actor_of(request))
        return await signing.verified(found)

    @put(f"{ONE}/text", operation_id="save_decision_text", name="api.save_decision_text")
    async def save_text(
        self, request: AnyRequest, decision_id: UUID, data: schemas.DecisionText
    ) -> DecisionView:
        """Save the text of a draft."""
        return await drafting.save(decision_id, data.version, data.text, actor=actor_of(request))

    @delete(f"{ONE}/entries/{{entry_id:uuid}}", operation_id="remove_decision_entry",
            name="api.remove_decision_entry", status_code=200)  # fmt: skip
    async def remove_entry(
        self, request: AnyRequest, decision_id: UUID, entry_id: UUID
    ) -> DecisionView:
        """Take somebody out of the list of a draft."""
        return await drafting.remove(decision_id, entry_id, actor=actor_of(request))

    @delete(ONE, operation_id="delete_decision", name="api.delete_decision")
    async def delete_draft(
        self, request: AnyRequest, decision_id: UUID, version: FromQuery[int] = 0
    ) -> None:
        """Throw a draft away."""
        await drafting.delete(decision_id, version, actor=actor_of(request))

    @post(f"{ONE}/review", operation_id="send_decision_to_review", name="api.review_decision",
          status_code=200)  # fmt: skip
    async def send_to_review(
        self, request: AnyRequest, decision_id: UUID, data: schemas.Versioned
    ) -> DecisionView:
        """Put a draft before the one who approves."""
        return await drafting.send_to_review(decision_id, data.version, actor=actor_of(request))

    @post(f"{ONE}/approval", operation_id="approve_decision", name="api.approve_decision",
          status_code=200)  # fmt: skip
    async def approve(
        self, request: AnyRequest, decision_id: UUID, data: schemas.Versioned
    ) -> DecisionView:
        """Approve what is in review."""
        return await review.approve(decision_id, data.version, actor=actor_of(request))

    @post(f"{ONE}/return", operation_id="give_back_decision", name="api.give_back_decision",
          status_code=200)  # fmt: skip
    async def give_back(
        self, request: AnyRequest, decision_id: UUID, data: schemas.GivenBack
    ) -> DecisionView:
        """Give it back to who drafts it, with a reason."""
        return await review.give_back(
            decision_id, data.version, data.reason, actor=actor_of(request)
        )

    @post(f"{ONE}/annul", operation_id="annul_decision", name="api.annul_decision",
          status_code=200)  # fmt: skip
    async def annul(
        self, request: AnyRequest, decision_id: UUID, data: schemas.GivenBack
    ) -> DecisionView:
        """Annul the number of a paper that is not out; its nominations wait again."""
        return await annulling.annul(
            decision_id, data.version, data.reason, actor=actor_of(request)
        )

    @post(f"{ONE}/number", operation_id="number_decision", name="api.number_decision",
          status_code=200)  # fmt: skip
    async def number(
        self, request: AnyRequest, decision_id: UUID, data: schemas.Numbering
    ) -> DecisionView:
        """Give an approved paper its day and the next number."""
        return await review.number(
            decision_id, data.version, data.decided_on, actor=actor_of(request)
        )

    @post(f"{ONE}/signatures", operation_id="sign_decision", name="api.sign_decision",
          status_code=200)  # fmt: skip
    async def sign(
        self, request: AnyRequest, decision_id: UUID, data: schemas.Signing
    ) -> DecisionView:
        """Sign digitally; without `key` by the token. Files in base64; nothing of them is kept."""
        key = Key(data.password, _bytes(data.key, "key") if data.key is not None else None)
        return await signing.sign(
            decision_id, Party(data.party), key, _bytes(data.image, "image"),
            actor=actor_of(request),
        )  # fmt: skip

    @post(f"{ONE}/signatures/discard", operation_id="discard_signatures",
          name="api.discard_signatures", status_code=200)  # fmt: skip
    async def discard_signatures(
        self, request: AnyRequest, decision_id: UUID, data: schemas.ReasonRequest
    ) -> DecisionView:
        """Throw away digital signatures that do not hold; number and day stay."""
        return await unsigning.discard_signatures(decision_id, data.reason, actor=actor_of(request))

    @post(f"{ONE}/scan", operation_id="attach_decision_scan", name="api.attach_decision_scan",
          status_code=200)  # fmt: skip
    async def attach_scan(
        self, request: AnyRequest, decision_id: UUID, data: schemas.NamedFile
    ) -> DecisionView:
        """Attach the scan (base64) of a paper that was signed by hand."""
        return await signing.attach_scan(
            decision_id, data.name, _bytes(data.content, "file"), actor=actor_of(request)
        )

    @post(f"{ONE}/issue", operation_id="issue_decision", name="api.issue_decision",
          status_code=200)  # fmt: skip
    async def issue(
        self, request: AnyRequest, decision_id: UUID, data: schemas.Issue
    ) -> DecisionView:
        """Issue a signed decision, or note that a letter was sent."""
        return await issuing.issue(
            decision_id, actor=actor_of(request), accept_short=data.accept_short
        )

    @post(f"{ONE}/package", operation_id="ask_package", name="api.ask_package", status_code=202)
    async def ask_package(self, request: AnyRequest, decision_id: UUID) -> DecisionView:
        """Ask for the package of a letter."""
        return await forwarding.ask_package(decision_id, actor=actor_of(request))

    @post(f"{ONE}/entries/{{entry_id:uuid}}/outcome", operation_id="record_outcome",
          name="api.record_outcome", status_code=200)  # fmt: skip
    async def record_outcome(
        self, request: AnyRequest, decision_id: UUID, entry_id: UUID, data: schemas.Outcome
    ) -> DecisionView:
        """Write down what the higher level decided for one candidate."""
        return await forwarding.record_outcome(
            decision_id, entry_id, awarded=data.awarded, number=data.number,
            decided_on=data.decided_on, issuer=data.issuer, note=data.note,
            actor=actor_of(request),
        )  # fmt: skip

    @get(f"{ONE}/files/{{which:str}}", operation_id="get_decision_file",
         name="api.get_decision_file")  # fmt: skip
    async def get_file(self, request: AnyRequest, decision_id: UUID, which: str) -> Response[bytes]:
        """A file of a decision: pdf, docx, ban-ky (signed), chi-thuong or goi-ho-so."""
        file = await files.open_file(decision_id, which, actor=actor_of(request))
        headers = {"content-disposition": disposition(file.name)}
        return Response(file.content, media_type=file.media_type, headers=headers)

    @post("/signature-checks", operation_id="check_signatures", name="api.check_signatures",
          status_code=200)  # fmt: skip
    async def check_signatures(self, request: AnyRequest, data: schemas.NamedFile) -> Verification:
        """Look at the signatures of a PDF (base64); it is not kept."""
        return await signing.verify_upload(_bytes(data.content, "file"), actor=actor_of(request))

    @get("/award-rounds/{award_round_id:uuid}/fund", operation_id="get_fund", name="api.get_fund")
    async def get_fund(
        self, request: AnyRequest, award_round_id: UUID, after: FromQuery[UUID | None] = None
    ) -> FundView:
        """The fund of a round, newest lines first."""
        return await fund.get_fund(award_round_id, actor=actor_of(request), after=after)

    @post("/award-rounds/{award_round_id:uuid}/fund", operation_id="add_fund", name="api.add_fund")
    async def add_fund(
        self, request: AnyRequest, award_round_id: UUID, data: schemas.FundRequest
    ) -> FundView:
        """Write an allocation or a correction into the fund of a round."""
        return await fund.add(
            award_round_id, kind=data.kind, amount=data.amount, entered_on=data.entered_on,
            basis=data.basis, accept_short=data.accept_short, actor=actor_of(request),
        )  # fmt: skip


def _bytes(text: str, field: str) -> bytes:
    """Return what base64 says.

    Raises:
        InvalidInputError: it says nothing.
    """
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise InvalidInputError(fields={field: "Nội dung tệp phải ở dạng base64."}) from error
