"""Pages of emulation blocks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from litestar import Request, get, post
from litestar.params import FromPath, FromQuery
from litestar.response import Response

from core.accounts.guards import actor_of
from core.accounts.schemas import Role
from core.errors import InvalidInputError
from core.kit import clock
from core.kit.templates import page, redirect
from core.organisation import blocks, phrases
from core.organisation.routes_tree import typed

AnyRequest = Request[Any, Any, Any]
ADMIN = {"access": [Role.TENANT_ADMIN.value]}
READERS = {"access": [role.value for role in blocks.READERS]}
BLOCKS = "/quan-tri/khoi-thi-dua"


@get(BLOCKS, name="organisation.blocks", opt=READERS, include_in_schema=False)
async def list_blocks(request: AnyRequest, nam: FromQuery[int | None] = None) -> Response[str]:
    """List the blocks of a year, with the form of a new one."""
    return await _list(request, nam, {}, None)


@post(BLOCKS, name="organisation.add_block", opt=ADMIN, include_in_schema=False)
async def add_block(request: AnyRequest) -> Response[Any]:
    """Make a block."""
    form = await typed(request)
    try:
        block_id = await blocks.save_block(
            None, name=form.get("name", ""), note=form.get("note", ""), actor=actor_of(request)
        )
    except InvalidInputError as error:
        return await _list(request, None, form, error)
    return redirect(f"{BLOCKS}/{block_id}", flash=phrases.BLOCK_SAVED)


async def _list(
    request: AnyRequest, year: int | None, form: Mapping[str, str], error: InvalidInputError | None
) -> Response[str]:
    actor, year = actor_of(request), year or clock.today().year
    return page(
        request,
        "organisation/blocks.html",
        status_code=error.status if error else 200,
        rows=await blocks.list_blocks(actor=actor, year=year),
        year=year,
        form=form,
        errors=error.fields if error else {},
        may_edit=actor.has(Role.TENANT_ADMIN),
    )


@get(f"{BLOCKS}/{{block_id:uuid}}", name="organisation.block", opt=READERS, include_in_schema=False)
async def show_block(
    request: AnyRequest, block_id: FromPath[UUID], nam: FromQuery[int | None] = None
) -> Response[str]:
    """Show a block: its name, and all units to be ticked."""
    return await _block(request, block_id, nam, None, None)


@post(
    f"{BLOCKS}/{{block_id:uuid}}",
    name="organisation.save_block",
    opt=ADMIN,
    include_in_schema=False,
)
async def save_block(request: AnyRequest, block_id: FromPath[UUID]) -> Response[Any]:
    """Rename a block."""
    form = await typed(request)
    try:
        await blocks.save_block(
            block_id, name=form.get("name", ""), note=form.get("note", ""), actor=actor_of(request)
        )
    except InvalidInputError as error:
        return await _block(request, block_id, None, form, error)
    return redirect(f"{BLOCKS}/{block_id}", flash=phrases.BLOCK_SAVED)


@post(
    f"{BLOCKS}/{{block_id:uuid}}/don-vi",
    name="organisation.set_block_members",
    opt=ADMIN,
    include_in_schema=False,
)
async def set_members(request: AnyRequest, block_id: FromPath[UUID]) -> Response[Any]:
    """Make the ticked units the members of the block in a year."""
    form = await request.form()
    year = _year(str(form.get("year", "")))
    try:
        came, gone = await blocks.set_members(
            block_id, _ids(form.getall("unit_ids", [])), year=year, actor=actor_of(request)
        )
    except InvalidInputError as error:
        return await _block(request, block_id, None, None, error)
    sentence = phrases.MEMBERS_SAVED.format(came=came, gone=gone)
    return redirect(f"{BLOCKS}/{block_id}?nam={year}", flash=sentence)


def _year(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 5 else 0


def _ids(values: list[Any]) -> list[UUID]:
    try:
        return [UUID(str(value)) for value in values]
    except ValueError:
        raise InvalidInputError(fields={"unit_ids": phrases.UNKNOWN_MEMBER}) from None


async def _block(
    request: AnyRequest,
    block_id: UUID,
    year: int | None,
    form: Mapping[str, str] | None,
    error: InvalidInputError | None,
) -> Response[str]:
    actor, year = actor_of(request), year or clock.today().year
    name, note, rows = await blocks.members(block_id, year=year, actor=actor)
    return page(
        request,
        "organisation/block.html",
        status_code=error.status if error else 200,
        block_id=block_id,
        name=name,
        form=form if form is not None else {"name": name, "note": note},
        rows=rows,
        year=year,
        this_year=clock.today().year,
        kinds=phrases.KINDS,
        errors=error.fields if error else {},
        may_edit=actor.has(Role.TENANT_ADMIN),
    )


route_handlers = [list_blocks, add_block, show_block, save_block, set_members]
