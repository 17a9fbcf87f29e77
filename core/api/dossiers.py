"""Papers of a dossier, and lists from Excel: a unit's proposals, awards of earlier years."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import msgspec
from litestar import Controller, Request, delete, get, post
from litestar.params import FromPath

from core.accounts.guards import actor_of
from core.api.files import Upload, one_file
from core.documents.schemas import DocumentView
from core.honours import importing as earlier
from core.honours.schemas_register import Preview
from core.nominations import completeness, dossier, importing, proposing

AnyRequest = Request[Any, Any, Any]
ONE = "/nominations/{nomination_id:uuid}/dossier"
ITEM = ONE + "/{dossier_item:str}"
LIST = "/nomination-lists/{list_id:uuid}/import"
EARLIER = "/earlier-awards"


class Row(msgspec.Struct, forbid_unknown_fields=True):
    """One line of a list, as the preview gave it back."""

    number: int
    name: str
    award: str
    unit: str = ""


class Rows(msgspec.Struct, forbid_unknown_fields=True):
    """The lines to propose, all or none."""

    rows: list[Row]


class Written(msgspec.Struct, frozen=True):
    """How many were written."""

    count: int


class DossiersApi(Controller):
    """Papers that a dossier demands, uploaded or made; lists from Excel or CSV."""

    tags = ("nominations",)
    opt = {"access": "signed_in"}  # noqa: RUF012 -- Litestar reads it as a class attribute

    @get(ONE, operation_id="get_dossier", name="api.get_dossier")
    async def get_dossier(
        self, request: AnyRequest, nomination_id: FromPath[UUID]
    ) -> list[dossier.Item]:
        """The demanded papers with what is there; files and documents are fetched by their ids."""
        return await _items(nomination_id, request)

    @post(f"{ITEM}/files", operation_id="upload_dossier_file", name="api.upload_dossier_file")
    async def add_file(
        self, request: AnyRequest, nomination_id: FromPath[UUID], dossier_item: FromPath[str],
        data: Upload,
    ) -> list[dossier.Item]:  # fmt: skip
        """Keep one uploaded paper."""
        actor, file = actor_of(request), one_file(data)
        row = await proposing.get_nomination(nomination_id, actor=actor)
        await dossier.add_file(
            row, dossier_item, name=file.filename, content=await file.read(), actor=actor
        )
        await completeness.refresh([row])
        return await _items(nomination_id, request)

    @post(f"{ITEM}/documents", operation_id="make_dossier_document",
          name="api.make_dossier_document", status_code=202)  # fmt: skip
    async def make(
        self, request: AnyRequest, nomination_id: FromPath[UUID], dossier_item: FromPath[str]
    ) -> DocumentView:
        """Ask for a paper made from the data; it replaces the one made before."""
        actor = actor_of(request)
        row = await proposing.get_nomination(nomination_id, actor=actor)
        document = await dossier.make(row, dossier_item, actor=actor)
        await completeness.refresh([row])
        return document

    @delete(f"{ONE}/papers/{{dossier_paper_id:uuid}}", operation_id="remove_dossier_paper",
            name="api.remove_dossier_paper", status_code=204)  # fmt: skip
    async def remove(
        self, request: AnyRequest, nomination_id: FromPath[UUID], dossier_paper_id: FromPath[UUID]
    ) -> None:
        """Take a paper out of the dossier."""
        actor = actor_of(request)
        row = await proposing.get_nomination(nomination_id, actor=actor)
        await dossier.remove(row, dossier_paper_id, actor=actor)
        await completeness.refresh([row])

    @post(LIST, operation_id="preview_nomination_import", name="api.preview_nomination_import",
          status_code=200)  # fmt: skip
    async def preview_list(
        self, request: AnyRequest, list_id: FromPath[UUID], data: Upload
    ) -> list[importing.Line]:
        """Hold every line of a file against the register; nothing is written."""
        actor, file = actor_of(request), one_file(data)
        return await importing.read(
            list_id, name=file.filename, content=await file.read(), actor=actor
        )

    @post(f"{LIST}/rows", operation_id="import_nominations", name="api.import_nominations")
    async def take_list(self, request: AnyRequest, list_id: FromPath[UUID], data: Rows) -> Written:
        """Propose every line, all or none."""
        rows = [
            {"number": str(row.number), "name": row.name, "award": row.award, "unit": row.unit}
            for row in data.rows
        ]
        importing.check_count(rows)
        return Written(await importing.take(list_id, rows, actor=actor_of(request)))

    @post(EARLIER, operation_id="upload_earlier_awards", name="api.upload_earlier_awards",
          status_code=200)  # fmt: skip
    async def upload_earlier(self, request: AnyRequest, data: Upload) -> Preview:
        """Keep a list of awards of earlier years and see every row; nothing else is written."""
        actor = actor_of(request)
        earlier.require_officer(actor)
        file = one_file(data)
        return await earlier.upload(actor=actor, name=file.filename, content=await file.read())

    @post(f"{EARLIER}/{{file_id:uuid}}/rows", operation_id="import_earlier_awards",
          name="api.import_earlier_awards")  # fmt: skip
    async def apply_earlier(self, request: AnyRequest, file_id: FromPath[UUID]) -> Written:
        """Write a list that was looked at into the register, as a whole or not at all."""
        return Written(await earlier.apply(actor=actor_of(request), file_id=file_id))


async def _items(nomination_id: UUID, request: AnyRequest) -> list[dossier.Item]:
    row = await proposing.get_nomination(nomination_id, actor=actor_of(request))
    return (await dossier.items_of([row]))[row.id]
