"""The router of the API: tokens, documents, and the two sides of reporting."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from litestar import Controller, Request, Router, get, post
from litestar.openapi import OpenAPIConfig
from litestar.openapi.spec import Components, SecurityScheme
from litestar.response import Response

from core.accounts import service as accounts
from core.accounts.guards import actor_of
from core.api import schemas
from core.api.certificates import CertificatesApi, check_certificate
from core.api.councils import BallotsApi, CouncilsApi
from core.api.decisions import DecisionsApi
from core.api.description import Description
from core.api.dossiers import DossiersApi
from core.api.eligibility import EligibilityApi
from core.api.files import FilesApi
from core.api.honours import HonoursApi, get_public_list
from core.api.ladder import LadderApi
from core.api.nominations import NominationsApi
from core.api.reports import ReportsApi
from core.api.rounds import RoundsApi
from core.documents import service as documents
from core.documents.schemas import DocumentView
from core.evidence import service as evidence
from core.evidence.routes import disposition

AnyRequest = Request[Any, Any, Any]
PREFIX = "/api/v1"


@post(
    "/tokens",
    operation_id="create_token",
    name="api.create_token",
    tags=["tokens"],
    opt={"access": "anonymous"},
    security=[],
)
async def create_token(request: AnyRequest, data: schemas.TokenRequest) -> schemas.TokenResponse:
    """Give a bearer token for account and password (and the authenticator's code)."""
    token = await accounts.create_token(
        username=data.account,
        password=data.password,
        code=data.code,
        address=request.client.host if request.client else "",
    )
    return schemas.TokenResponse(token=token.token, expires_at=token.expires_at)


@post(
    "/documents",
    operation_id="create_document",
    name="api.create_document",
    tags=["documents"],
    opt={"access": "signed_in"},
    status_code=202,
)
async def create_document(request: AnyRequest, data: schemas.DocumentRequest) -> DocumentView:
    """Ask for a paper; asking twice for the same version gives the same one."""
    return await documents.request_document(
        actor=actor_of(request), kind=data.kind, subject_id=data.subject_id
    )


@get(
    "/documents/{document_id:uuid}",
    operation_id="get_document",
    name="api.get_document",
    tags=["documents"],
    opt={"access": "signed_in"},
)
async def get_document(request: AnyRequest, document_id: UUID) -> DocumentView:
    """How far a paper is, and its files when it is done."""
    return await documents.get_document(actor=actor_of(request), document_id=document_id)


@get(
    "/files/{file_id:uuid}",
    operation_id="get_file",
    name="api.get_file",
    tags=["documents"],
    opt={"access": "signed_in"},
)
async def get_file(request: AnyRequest, file_id: UUID) -> Response[bytes]:
    """The content of a paper, of evidence or of an attachment."""
    file, content = await evidence.open_file(actor=actor_of(request), file_id=file_id)
    return Response(
        content,
        media_type=file.media_type,
        headers={"content-disposition": disposition(file.name)},
    )


def api_router(*more: type[Controller]) -> Router:
    """Return the router of `/api/v1`; `more` comes from rooms above this one."""
    return Router(
        path=PREFIX,
        route_handlers=[
            create_token,
            create_document,
            get_document,
            get_file,
            FilesApi,
            RoundsApi,
            ReportsApi,
            NominationsApi,
            DossiersApi,
            EligibilityApi,
            CertificatesApi,
            check_certificate,
            LadderApi,
            DecisionsApi,
            CouncilsApi,
            BallotsApi,
            HonoursApi,
            get_public_list,
            *more,
        ],
        security=[{"bearer": []}],
    )


def openapi_config() -> OpenAPIConfig:
    """Return the description at `/api/v1/openapi.json` (OpenAPI 3.1; no page from elsewhere)."""
    return OpenAPIConfig(
        title="Thi đua đổi mới sáng tạo và chuyển đổi số",
        version="1",
        path=f"{PREFIX}/openapi.json",
        render_plugins=[Description(path="/")],
        components=Components(
            security_schemes={"bearer": SecurityScheme(type="http", scheme="bearer")}
        ),
    )
