"""Certificates: decisions to print, runs, layouts, the public check."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from litestar import Controller, Request, delete, get, post, put
from litestar.params import FromPath, FromQuery
from litestar.response import Response

from core.accounts.forms import site_of
from core.accounts.guards import actor_of
from core.accounts.throttle import address_of
from core.api import schemas
from core.api.files import Upload, one_file
from core.certificates import checking, layouts, service
from core.certificates.schemas import (
    Checked,
    DecisionPage,
    DecisionView,
    LayoutRow,
    LayoutView,
    PrintPage,
    RunView,
)
from core.evidence.checks import PDF
from core.evidence.routes import disposition

AnyRequest = Request[Any, Any, Any]
DECISION = "/certificate-decisions/{decision_id:uuid}"
RUN = "/certificate-runs/{run_id:uuid}"
LAYOUT = "/certificate-layouts/{layout_unit_id:uuid}/{award_kind:str}"


class CertificatesApi(Controller):
    """Print certificates of numbered decisions."""

    tags = ("certificates",)
    opt = {"access": "signed_in"}  # noqa: RUF012 -- Litestar reads it as a class attribute

    @get("/certificate-decisions", operation_id="list_certificate_decisions",
         name="api.list_certificate_decisions")  # fmt: skip
    async def list_decisions(
        self, request: AnyRequest, after: FromQuery[UUID | None] = None
    ) -> DecisionPage:
        """Numbered decisions whose certificates can be printed, the newest first."""
        return await service.list_decisions(actor=actor_of(request), after=after)

    @get(DECISION, operation_id="get_certificate_decision", name="api.get_certificate_decision")
    async def get_decision(
        self, request: AnyRequest, decision_id: FromPath[UUID],
        award_kind: FromQuery[str] = "", after: FromQuery[int | None] = None,
    ) -> DecisionView:  # fmt: skip
        """One page of a decision's recipients with copies and warnings."""
        return await service.get_decision(
            actor=actor_of(request), decision_id=decision_id, award_kind=award_kind, after=after
        )

    @post(f"{DECISION}/runs", operation_id="print_certificates", name="api.print_certificates",
          status_code=202)  # fmt: skip
    async def print_certificates(
        self, request: AnyRequest, decision_id: FromPath[UUID], data: schemas.CertificateRunRequest
    ) -> RunView:
        """Ask for a run; without `grant_ids` all that were never printed."""
        return await service.request_run(
            actor=actor_of(request), decision_id=decision_id, award_kind=data.award_kind,
            grant_ids=data.grant_ids, output=data.output, reason=data.reason,
            site=site_of(request),
        )  # fmt: skip

    @get(RUN, operation_id="get_certificate_run", name="api.get_certificate_run")
    async def get_run(self, request: AnyRequest, run_id: FromPath[UUID]) -> RunView:
        """How far a run is, with its warnings."""
        return await service.get_run(actor=actor_of(request), run_id=run_id)

    @post(f"{LAYOUT}/emblem", operation_id="upload_certificate_emblem",
          name="api.upload_certificate_emblem", status_code=200)  # fmt: skip
    async def upload_emblem(
        self, request: AnyRequest, layout_unit_id: FromPath[UUID], award_kind: FromPath[str],
        data: Upload,
    ) -> LayoutView:  # fmt: skip
        """Keep the picture that stands at the top (PNG or JPEG)."""
        actor, file = actor_of(request), one_file(data)
        await layouts.save_emblem(
            actor=actor, unit_id=layout_unit_id, award_kind=award_kind, name=file.filename,
            content=await file.read(),
        )  # fmt: skip
        return await layouts.get_layout(actor=actor, unit_id=layout_unit_id, award_kind=award_kind)

    @get(f"{LAYOUT}/emblem", operation_id="get_certificate_emblem",
         name="api.get_certificate_emblem")  # fmt: skip
    async def get_emblem(
        self, request: AnyRequest, layout_unit_id: FromPath[UUID], award_kind: FromPath[str]
    ) -> Response[bytes]:
        """The picture at the top."""
        content = await layouts.open_emblem(
            actor=actor_of(request), unit_id=layout_unit_id, award_kind=award_kind
        )
        return Response(content, media_type=layouts.emblem_type(content))

    @delete(f"{LAYOUT}/emblem", operation_id="remove_certificate_emblem",
            name="api.remove_certificate_emblem", status_code=204)  # fmt: skip
    async def remove_emblem(
        self, request: AnyRequest, layout_unit_id: FromPath[UUID], award_kind: FromPath[str]
    ) -> None:
        """Leave the place at the top free."""
        await layouts.remove_emblem(
            actor=actor_of(request), unit_id=layout_unit_id, award_kind=award_kind
        )

    @post(f"{RUN}/retry", operation_id="retry_certificate_run", name="api.retry_certificate_run",
          status_code=202)  # fmt: skip
    async def retry_run(self, request: AnyRequest, run_id: FromPath[UUID]) -> RunView:
        """Put a failed run back into the queue."""
        return await service.retry_run(actor=actor_of(request), run_id=run_id)

    @get(f"{RUN}/file", operation_id="get_certificate_file", name="api.get_certificate_file")
    async def get_file(self, request: AnyRequest, run_id: FromPath[UUID]) -> Response[bytes]:
        """The PDF or ZIP of a finished run."""
        name, media_type, content = await service.open_run_file(
            actor=actor_of(request), run_id=run_id
        )
        return Response(
            content, media_type=media_type, headers={"content-disposition": disposition(name)}
        )

    @get("/certificate-prints", operation_id="list_certificate_prints",
         name="api.list_certificate_prints")  # fmt: skip
    async def list_prints(
        self, request: AnyRequest, search: FromQuery[str] = "",
        after: FromQuery[UUID | None] = None,
    ) -> PrintPage:  # fmt: skip
        """The log of prints, the newest first."""
        return await service.list_prints(actor=actor_of(request), search=search, after=after)

    @get("/certificate-layouts", operation_id="list_certificate_layouts",
         name="api.list_certificate_layouts")  # fmt: skip
    async def list_layouts(self, request: AnyRequest) -> list[LayoutRow]:
        """Every layout of the units that this person may look at."""
        return await layouts.list_layouts(actor=actor_of(request))

    @get(LAYOUT, operation_id="get_certificate_layout", name="api.get_certificate_layout")
    async def get_layout(
        self, request: AnyRequest, layout_unit_id: FromPath[UUID], award_kind: FromPath[str]
    ) -> LayoutView:
        """One layout: stock, moves in millimetres, the line of who decides."""
        return await layouts.get_layout(
            actor=actor_of(request), unit_id=layout_unit_id, award_kind=award_kind
        )

    @put(LAYOUT, operation_id="save_certificate_layout", name="api.save_certificate_layout")
    async def save_layout(
        self, request: AnyRequest, layout_unit_id: FromPath[UUID], award_kind: FromPath[str],
        data: schemas.CertificateLayoutRequest,
    ) -> LayoutView:  # fmt: skip
        """Save a layout; a stale `version` is a 409."""
        return await layouts.save_layout(
            actor=actor_of(request), unit_id=layout_unit_id, award_kind=award_kind,
            version=data.version, stock=data.stock, position=data.position, settings=data.settings,
        )  # fmt: skip

    @get(f"{LAYOUT}/test-print", operation_id="test_certificate", name="api.test_certificate")
    async def test_print(
        self, request: AnyRequest, layout_unit_id: FromPath[UUID], award_kind: FromPath[str],
        guides: FromQuery[bool] = False,
    ) -> Response[bytes]:  # fmt: skip
        """A sample as PDF, with rulers on demand."""
        content = await layouts.test_print(
            actor=actor_of(request), unit_id=layout_unit_id, award_kind=award_kind, guides=guides
        )
        return Response(content, media_type=PDF)


@get(
    "/certificate-checks/{code:str}",
    operation_id="check_certificate",
    name="api.check_certificate",
    tags=["certificates"],
    opt={"access": "anonymous"},
    security=[],
)
async def check_certificate(request: AnyRequest, code: FromPath[str]) -> Checked:
    """What was awarded under the code of a certificate; 404 when none was issued with it."""
    return await checking.check(code=code[:64], address=address_of(request.scope))
