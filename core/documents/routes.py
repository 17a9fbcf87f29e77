"""Pages of papers: ask for one, watch it being made, open it."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

import msgspec
from litestar import Request, get, post
from litestar.enums import RequestEncodingType
from litestar.params import Body, FromPath
from litestar.response import Response

from core.accounts.guards import actor_of
from core.documents import phrases, service
from core.kit.templates import page, redirect

AnyRequest = Request[Any, Any, Any]
SIGNED_IN = {"access": "signed_in"}


class PaperForm(msgspec.Struct, frozen=True):
    """What the button of a page sends: which paper of what."""

    kind: str
    subject_id: UUID


Form = Annotated[PaperForm, Body(media_type=RequestEncodingType.URL_ENCODED)]


@post("/tai-lieu", name="documents.request", opt=SIGNED_IN, include_in_schema=False)
async def request_document(request: AnyRequest, data: Form) -> Response[Any]:
    """Ask for a paper and go to its page."""
    document = await service.request_document(
        actor=actor_of(request), kind=data.kind, subject_id=data.subject_id
    )
    return redirect(f"/tai-lieu/{document.id}")


@get("/tai-lieu/{document_id:uuid}", name="documents.view", opt=SIGNED_IN, include_in_schema=False)
async def view_document(request: AnyRequest, document_id: FromPath[UUID]) -> Response[str]:
    """Show how far a paper is, and its files when it is done."""
    actor = actor_of(request)
    document = await service.get_document(actor=actor, document_id=document_id)
    back = await service.subject_address(actor=actor, document=document)
    return page(request, "documents/view.html", document=document, stages=phrases.STAGES, back=back)


@get(
    "/tai-lieu/{document_id:uuid}/trang-thai",
    name="documents.progress",
    opt=SIGNED_IN,
    include_in_schema=False,
)
async def show_progress(request: AnyRequest, document_id: FromPath[UUID]) -> Response[str]:
    """Return the part of the page that changes, for the page's own polling."""
    document = await service.get_document(actor=actor_of(request), document_id=document_id)
    return page(request, "documents/progress.html", document=document, stages=phrases.STAGES)


route_handlers = [request_document, view_document, show_progress]
