"""Pages of what the department sets: the sections at a glance, one section as a form."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec
from litestar import Request, get, post
from litestar.params import FromQuery
from litestar.response import Response

from core.accounts.guards import actor_of
from core.accounts.schemas import Actor
from core.errors import ConflictError, InvalidInputError, NotFoundError
from core.evidence.schemas import Purpose
from core.kit import db
from core.kit.templates import page, redirect
from core.movements import draft, overview, phrases, service
from core.movements.drawing import version_to_offer
from core.movements.schemas import Draft
from core.movements.sections.inputs import Context, Group, Typed
from core.movements.sections.registry import ALL, BY_ADDRESS, Section
from core.movements.sections.scores import with_own
from core.movements.value_words import TITLES
from core.movements.wording import PLACEHOLDERS
from core.organisation import service as organisation
from core.plugin.manager import province_name
from core.reports.form_input import files, typed
from core.reports.uploads import store
from core.settings import settings

AnyRequest = Request[Any, Any, Any]
READERS = {"access": [role.value for role in draft.READERS]}
EDITORS = {"access": [role.value for role in draft.EDITORS]}
MOST_BLANK = 20


@get("/quan-tri/ke-hoach", name="movements.draft", opt=READERS, include_in_schema=False)
async def show_draft(request: AnyRequest) -> Response[str]:
    """Show every section: what the plan says, what the department set, what is missing."""
    actor = actor_of(request)
    values = await service.get_draft(actor=actor)
    plan = await service.plan_at_hand()
    current = await service.latest_edition()
    return page(
        request,
        "movements/draft.html",
        sections=overview.sections(plan, values, current),
        plan=plan,
        current=current,
        province_name=province_name,
        upgrade=overview.upgrade(current, plan.plugin, await version_to_offer(plan.plugin)),
        may_edit=await draft.may_edit(actor),
        may_publish=await service.may_publish(actor),
        states=phrases.SECTION_STATES,
    )


@get("/quan-tri/ke-hoach/muc", name="movements.section", opt=READERS, include_in_schema=False)
async def show_section(request: AnyRequest, ten: FromQuery[str] = ALL[0].address) -> Response[str]:
    """Show one section as a form, the plan's words beside each field."""
    actor = actor_of(request)
    section = _section(ten)
    saved = await service.get_draft(actor=actor)
    context = await _context(actor, section, saved)
    return await _section_page(request, section, context, section.typed(saved.values), saved)


@post("/quan-tri/ke-hoach/muc", name="movements.save_section", opt=EDITORS, include_in_schema=False)
async def save_section(request: AnyRequest, ten: FromQuery[str] = ALL[0].address) -> Response[Any]:
    """Save one section; add rows (`_add`); every refusal shows all that was typed."""
    actor = actor_of(request)
    section = _section(ten)
    given = await typed(request)
    saved = await service.get_draft(actor=actor)
    blank = int(given.get("_blank", "0")) if given.get("_blank", "").isdecimal() else 0
    context = await _context(actor, section, saved, blank)
    try:
        given |= await _uploads(request, actor, section.show(context, given))
        if "_add" in given:
            more = msgspec.structs.replace(context, blank_rows=min(blank + 2, MOST_BLANK))
            return await _section_page(request, section, more, given, saved)
        reader = Typed(given)
        value = section.read(context, reader)
        reader.finish()
        async with db.savepoint():
            await draft.save(actor=actor, section=section.key, value=value, version=_version(given))
    except (InvalidInputError, ConflictError) as error:
        return await _section_page(
            request, section, context, given, await draft.read(), error=error
        )
    if "_next" in given:
        following = ALL[(ALL.index(section) + 1) % len(ALL)]
        address = f"/quan-tri/ke-hoach/muc?ten={following.address}"
    else:
        address = "/quan-tri/ke-hoach"
    return redirect(address, flash=phrases.SECTION_SAVED.format(title=TITLES[section.key]))


def _section(address: str) -> Section:
    if address not in BY_ADDRESS:
        raise NotFoundError
    return BY_ADDRESS[address]


def _version(given: Mapping[str, str]) -> int:
    text = given.get("_version", "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0


async def _context(actor: Actor, section: Section, saved: Draft, blank: int = 0) -> Context:
    context = Context(plan=await service.plan_at_hand(), blank_rows=blank or 1)
    if section.key == "filings":
        tree = await organisation.unit_tree(actor=actor)
        units = {unit.id: unit.name for unit in tree if unit.level == "unit"}
        context = msgspec.structs.replace(context, units=units)
    return with_own(context, saved.values) if section.key == "weights" else context


async def _uploads(request: AnyRequest, actor: Actor, groups: list[Group]) -> dict[str, str]:
    """Keep the files chosen just now, whatever becomes of the form; return them as typed."""
    found: dict[str, str] = {}
    fields = [each.name for group in groups for each in group.inputs if each.kind == "file"]
    unit_id = (await organisation.department()).id
    for name in fields:
        chosen = await files(request, f"upload.{name}")
        if chosen:
            async with db.separate_transaction():
                kept = await store(actor, unit_id, chosen[:1], Purpose.DECISION, name)
            found |= {name: str(kept[0].id), f"name.{name}": kept[0].name}
    return found


async def _section_page(
    request: AnyRequest,
    section: Section,
    context: Context,
    given: Mapping[str, str],
    saved: Draft,
    *,
    error: InvalidInputError | ConflictError | None = None,
) -> Response[str]:
    stale = isinstance(error, draft.StaleSectionError)
    return page(
        request,
        "movements/section.html",
        status_code=error.status if error else 200,
        section=section,
        title=TITLES[section.key],
        groups=section.show(context, given),
        context=context,
        version=saved.version(section.key) if error is None or stale else _version(given),
        saved=saved.sections.get(section.key),
        errors=error.fields if error else {},
        detail=error.detail if error and not stale else "",
        clash=error.detail if error and stale else "",
        theirs=overview.in_words(context.plan, saved.values, section.key) if stale else (),
        sections=overview.sections(context.plan, saved, None),
        may_edit=await draft.may_edit(actor_of(request)),
        sources=phrases.SOURCES,
        states=phrases.SECTION_STATES,
        placeholders=PLACEHOLDERS if section.key == "mails" else {},
        max_bytes=settings().max_upload_bytes,
    )


route_handlers = [show_draft, show_section, save_section]
