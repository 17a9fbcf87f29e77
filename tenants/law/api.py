"""Legal parameters of the department for programs: the same acts as the pages, in `/api/v1`."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

import msgspec
from litestar import Controller, Request, get, post
from litestar.datastructures import UploadFile
from litestar.enums import RequestEncodingType
from litestar.params import Body, FromPath, FromQuery

from core.accounts.guards import actor_of
from core.accounts.schemas import Role
from core.law.schemas import Decision, Parameter
from tenants.law import service, together
from tenants.law.schemas import Paper, ParameterView, Theme

AnyRequest = Request[Any, Any, Any]
Upload = Annotated[dict[str, Any], Body(media_type=RequestEncodingType.MULTI_PART)]
READ: dict[str, Any] = {"access": [role.value for role in service.READERS]}
ADMIN: dict[str, Any] = {"access": [Role.TENANT_ADMIN.value]}
ONE = "/legal-parameters/{law_key:str}"


class EndRequest(msgspec.Struct, forbid_unknown_fields=True):
    """From which day (ISO) a decision holds no more, and why."""

    day: str
    reason: str


class Ended(msgspec.Struct, frozen=True):
    """What happened, in a sentence."""

    detail: str


class Confirmed(msgspec.Struct, frozen=True):
    """How many rows were confirmed."""

    count: int


async def paper_of(data: dict[str, Any]) -> Paper:
    """Return the decision on paper from the fields number, dated, note and file of a form."""
    upload = data.get("file")
    file = None
    if isinstance(upload, UploadFile) and upload.filename:
        file = (upload.filename, await upload.read())
    number, dated, note = (str(data.get(name, "")) for name in ("number", "dated", "note"))
    return Paper(number, dated, note, file)


class LawApi(Controller):
    """Read by administrator, leader and auditor; decided by the administrator.

    A decision comes as multipart: number, dated (ISO day), note and the scan in `file`.
    """

    tags = ("law",)

    @get("/legal-parameters", operation_id="list_legal_parameters",
         name="api.list_legal_parameters", opt=READ)  # fmt: skip
    async def list_legal_parameters(
        self, request: AnyRequest, search: FromQuery[str] = "", theme: FromQuery[str] = "",
        unconfirmed: FromQuery[bool] = False,
    ) -> list[Theme]:  # fmt: skip
        """Return the keys by theme with the row of today: value, validity, basis, confidence."""
        return await service.list_parameters(
            actor=actor_of(request), search=search, theme=theme, unconfirmed=unconfirmed
        )

    @get(ONE, operation_id="get_legal_parameter", name="api.get_legal_parameter", opt=READ)
    async def get_legal_parameter(
        self, request: AnyRequest, law_key: FromPath[str]
    ) -> ParameterView:
        """Return one key: today's row, all rows, and what the department decided."""
        return await service.get_parameter(law_key, actor=actor_of(request))

    @get("/legal-confirmations", operation_id="list_waiting_confirmations",
         name="api.list_waiting_confirmations", opt=ADMIN)  # fmt: skip
    async def list_waiting_confirmations(
        self, request: AnyRequest, day: FromQuery[str] = ""
    ) -> dict[str, list[Parameter]]:
        """Return what is used and waits for the department's confirmation, by theme."""
        return await together.waiting(day, actor=actor_of(request))

    @post("/legal-confirmations", operation_id="confirm_legal_parameters",
          name="api.confirm_legal_parameters", opt=ADMIN)  # fmt: skip
    async def confirm_legal_parameters(self, request: AnyRequest, data: Upload) -> Confirmed:
        """Confirm the rows of `keys` (repeated field) on `day` by one decision, all or none."""
        keys = data.get("keys") or []
        chosen = [str(key) for key in (keys if isinstance(keys, list) else [keys])]
        day = str(data.get("day", ""))
        paper = await paper_of(data)
        return Confirmed(await together.confirm_many(chosen, day, paper, actor=actor_of(request)))

    @post(f"{ONE}/confirmation", operation_id="confirm_legal_parameter",
          name="api.confirm_legal_parameter", opt=ADMIN)  # fmt: skip
    async def confirm_legal_parameter(
        self, request: AnyRequest, law_key: FromPath[str], data: Upload
    ) -> ParameterView:
        """Confirm the row in force by a decision."""
        await service.confirm(law_key, await paper_of(data), actor=actor_of(request))
        return await service.get_parameter(law_key, actor=actor_of(request))

    @post(f"{ONE}/replacements", operation_id="replace_legal_parameter",
          name="api.replace_legal_parameter", opt=ADMIN)  # fmt: skip
    async def replace_legal_parameter(
        self, request: AnyRequest, law_key: FromPath[str], data: Upload
    ) -> Decision:
        """Replace the value from `valid_from` to `valid_to` (open where empty) by a decision."""
        value, first, last = (str(data.get(n, "")) for n in ("value", "valid_from", "valid_to"))
        return await service.replace(
            law_key, value, first, last, await paper_of(data), actor=actor_of(request)
        )

    @post("/legal-decisions/{law_decision_id:uuid}/end", operation_id="end_legal_decision",
          name="api.end_legal_decision", opt=ADMIN, status_code=200)  # fmt: skip
    async def end_legal_decision(
        self, request: AnyRequest, law_decision_id: FromPath[UUID], data: EndRequest
    ) -> Ended:
        """Let a decision hold no more from a day on, or revoke it whole."""
        return Ended(
            await service.end_decision(
                law_decision_id, data.day, data.reason, actor=actor_of(request)
            )
        )
