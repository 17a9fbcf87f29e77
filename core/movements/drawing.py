"""Asking a province's plugin for its plan: one at a time, never longer than its own limit."""

from __future__ import annotations

import asyncio
import logging
import time
from uuid import UUID

from core.errors import ConflictError, ThiduaError
from core.kit.scope import current_tenant
from core.movements import phrases, repository
from core.plugin.api import PlanContent, PluginError
from core.plugin.manager import installed
from core.plugin.rules import Province

AT_HAND_SECONDS, MEANWHILE_SECONDS = 60.0, 1.5
_log = logging.getLogger(__name__)
_drawing: set[UUID] = set()
_at_hand: dict[tuple[str, str], tuple[PlanContent, float]] = {}
_under_way: dict[tuple[str, str], asyncio.Task[PlanContent]] = {}


class PlanUnavailableError(ThiduaError):
    """The province's plugin failed while the plan was drawn up; the operator must look."""

    status, code, title = 503, "plugin_failed", phrases.PLUGIN_FAILED


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


async def draw_up_edition() -> PlanContent:
    """Draw up the plan for an edition: only by the version that the operator has opened.

    Raises:
        PlanUnavailableError: as `draw_up`.
        ConflictError: as `draw_up`; or another version is installed than was opened for this
            department (code `version_not_opened`).
    """
    plan = await draw_up()
    opened = await repository.opened_version(current_tenant())
    if opened and opened != plan.plugin_version:
        sentence = phrases.VERSION_NOT_OPENED.format(installed=plan.plugin_version, opened=opened)
        raise ConflictError(sentence, code="version_not_opened")
    return plan


async def plan_at_hand() -> PlanContent:
    """Return what the plugin says, at most a minute old; who asks meanwhile waits for the same.

    The others wait for a moment only, so that a plugin that hangs does not hold connections.

    Raises:
        PlanUnavailableError: as `draw_up`.
        ConflictError: it is being drawn up and takes long (code `being_drawn_up`).
    """
    slug = await repository.plugin_slug(current_tenant())
    key = (slug, installed_version(slug))
    if key in _at_hand and time.monotonic() - _at_hand[key][1] < AT_HAND_SECONDS:
        return _at_hand[key][0]
    patience: float | None = MEANWHILE_SECONDS
    if key not in _under_way:
        patience = None
        _under_way[key] = asyncio.create_task(_drawn(slug))
        _under_way[key].add_done_callback(lambda _done: _under_way.pop(key, None))
    try:
        drawn = await asyncio.wait_for(asyncio.shield(_under_way[key]), patience)
    except TimeoutError as error:
        raise ConflictError(phrases.BEING_DRAWN_UP, code="being_drawn_up") from error
    _at_hand[key] = (drawn, time.monotonic())
    return drawn


def installed_version(slug: str) -> str:
    """Return the version of an installed plugin; '' where it is not usable."""
    plugin = installed().plugins.get(slug)
    return plugin.version if plugin else ""


async def version_to_offer(slug: str) -> str:
    """Return the installed version where it is opened for the department, else ''."""
    opened = await repository.opened_version(current_tenant())
    version = installed_version(slug)
    return version if not opened or opened == version else ""
