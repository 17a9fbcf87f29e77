"""The department's plan: drawn up from its province's plugin, frozen, published, read."""

from __future__ import annotations

import asyncio
import hashlib
import logging
from collections import OrderedDict
from datetime import date
from uuid import UUID

import msgspec

from core.accounts.schemas import Actor, Role
from core.errors import ConflictError, NotFoundError, ThiduaError
from core.kit import clock
from core.kit.ids import new_id
from core.kit.scope import current_tenant
from core.movements import phrases, repository
from core.movements.schemas import Edition, EditionView, Preview
from core.organisation import service as organisation
from core.plugin.api import PlanContent, PluginError
from core.plugin.rules import Province

PUBLISHERS = (Role.TENANT_ADMIN, Role.DEPARTMENT_HEAD)
CACHED_EDITIONS = 64
_log = logging.getLogger(__name__)
_drawing: set[UUID] = set()
_decoded: OrderedDict[tuple[UUID, UUID], Edition] = OrderedDict()


class PlanUnavailableError(ThiduaError):
    """The province's plugin failed while the plan was drawn up; the operator must look."""

    status, code, title = 503, "plugin_failed", phrases.PLUGIN_FAILED


class NoEditionError(ConflictError):
    """The department has not published its plan yet."""

    code, title = "no_edition", phrases.NO_EDITION


async def draw_up() -> PlanContent:
    """Ask the department's plugin for everything its plan says, without publishing it.

    One at a time in a department, so that a plugin that hangs holds one connection and no more.

    Raises:
        PlanUnavailableError: the plugin raised, hung, answered junk or is not installed.
        ConflictError: somebody is just drawing it up (code `being_drawn_up`).
    """
    tenant_id = current_tenant()
    if tenant_id in _drawing:
        raise ConflictError(phrases.BEING_DRAWN_UP, code="being_drawn_up")
    _drawing.add(tenant_id)
    try:
        return await _drawn(await repository.plugin_slug(tenant_id))
    finally:
        _drawing.discard(tenant_id)


async def _drawn(slug: str) -> PlanContent:
    try:
        return await asyncio.to_thread(lambda: Province(slug).content())
    except PluginError as error:
        _log.warning("plan of %s not drawn up: %s", slug, error)
        raise PlanUnavailableError(extra={"plugin": slug, "hook": error.hook}) from error


async def publish_edition(
    *,
    actor: Actor,
    reason: str,
    effective_from: date | None = None,
    is_demo: bool = False,
) -> EditionView:
    """Freeze what the plugin says now as the next edition; it takes effect for new rounds.

    Raises:
        PermissionDeniedError: neither administrator nor leader of the department.
        PlanUnavailableError: the plugin failed; nothing is published.
        ConflictError: the newest edition says exactly the same (code `same_edition`).
    """
    actor.require(PUBLISHERS, (await organisation.department()).path)
    content = await draw_up()
    text = canonical(content)
    digest = hashlib.sha256(text).hexdigest()
    newest = await repository.newest_id()
    if newest is not None and (await get_edition(newest)).content_hash == digest:
        raise ConflictError(phrases.SAME_EDITION, code="same_edition")
    record = await repository.insert(
        edition_id=new_id(),
        content=text.decode(),
        content_hash=digest,
        plugin_slug=content.plugin,
        plugin_version=content.plugin_version,
        reason=reason.strip(),
        effective_from=effective_from or clock.today(),
        published_by=actor.account_id,
        is_demo=is_demo,
    )
    return EditionView(**record)


async def preview_edition(*, actor: Actor) -> Preview:
    """Draw up the next edition beside the one in force, to show the difference in words.

    Raises:
        PermissionDeniedError, PlanUnavailableError: as `publish_edition`.
    """
    actor.require(PUBLISHERS, (await organisation.department()).path)
    drawn = await draw_up()
    newest = await repository.newest_id()
    current = await get_edition(newest) if newest else None
    digest = hashlib.sha256(canonical(drawn)).hexdigest()
    return Preview(
        number=current.number + 1 if current else 1,
        drawn=drawn,
        current=current.content if current else None,
        is_same=current is not None and current.content_hash == digest,
    )


async def may_publish(actor: Actor) -> bool:
    """Tell whether a person may publish the department's plan."""
    return actor.can(PUBLISHERS, (await organisation.department()).path)


async def current_edition() -> Edition:
    """Return the newest edition; everybody in the department may read the plan.

    Raises:
        NoEditionError: none is published yet.
    """
    newest = await repository.newest_id()
    if newest is None:
        raise NoEditionError
    return await get_edition(newest)


async def get_edition(edition_id: UUID) -> Edition:
    """Return one edition; its content is decoded once per process (editions never change).

    Raises:
        NotFoundError: the department has no such edition.
    """
    key = (current_tenant(), edition_id)
    if key in _decoded:
        _decoded.move_to_end(key)
        return _decoded[key]
    record = await repository.edition(edition_id)
    if record is None:
        raise NotFoundError
    fields = dict(record)
    content = msgspec.json.decode(fields.pop("content"), type=PlanContent)
    found = Edition(content=content, **fields)
    _decoded[key] = found
    if len(_decoded) > CACHED_EDITIONS:
        _decoded.popitem(last=False)
    return found


async def list_editions() -> list[EditionView]:
    """Return all editions of the department, newest first."""
    return [EditionView(**record) for record in await repository.editions()]


def canonical(content: PlanContent) -> bytes:
    """Return the plan as JSON with sorted keys: the bytes that the hash covers."""
    plain = msgspec.json.decode(msgspec.json.encode(content))
    return msgspec.json.encode(plain, order="sorted")
