"""The department's plan: drawn up from its province's plugin, frozen, published, read."""

from __future__ import annotations

import asyncio
import hashlib
import logging
import time
from collections import OrderedDict
from collections.abc import Sequence
from datetime import date
from uuid import UUID

import msgspec

from core.accounts.schemas import Actor, Role
from core.errors import ConflictError, InvalidInputError, NotFoundError, ThiduaError
from core.kit.ids import new_id
from core.kit.scope import current_tenant
from core.movements import draft, phrases, repository
from core.movements.readiness import lacks
from core.movements.resolved import effective
from core.movements.schemas import Draft, Edition, EditionView, Lack, Preview
from core.movements.values import NOTHING, DepartmentValues
from core.organisation import service as organisation
from core.plugin.api import PlanContent, PluginError
from core.plugin.manager import installed
from core.plugin.rules import Province

PUBLISHERS = (Role.TENANT_ADMIN, Role.DEPARTMENT_HEAD)
CACHED_EDITIONS = 64
AT_HAND_SECONDS = 60.0
_log = logging.getLogger(__name__)
_drawing: set[UUID] = set()
_at_hand: dict[tuple[str, str], tuple[PlanContent | None, float]] = {}
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


async def _draw_up_edition() -> PlanContent:
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
    """Return what the plugin says, drawn up at most once a minute for each installed version.

    Raises:
        PlanUnavailableError, ConflictError: as `draw_up`.
    """
    slug = await repository.plugin_slug(current_tenant())
    key = (slug, installed_version(slug))
    drawn, at = _at_hand.get(key, (None, 0.0))
    if drawn is None or time.monotonic() - at > AT_HAND_SECONDS:
        drawn = await draw_up()
        _at_hand[key] = (drawn, time.monotonic())
    return drawn


def installed_version(slug: str) -> str:
    """Return the version of an installed plugin; '' where it is not usable."""
    plugin = installed().plugins.get(slug)
    return plugin.version if plugin else ""


async def publish_edition(
    *,
    actor: Actor,
    reason: str,
    effective_from: date | None = None,
    is_demo: bool = False,
    digest: str = "",
) -> EditionView:
    """Freeze plan and department values as the next edition; it holds for rounds from its day on.

    The plugin is asked first, before anything is locked. `digest` is that of the preview which
    the person has seen; where plan, draft or newest edition have changed since, nothing happens.

    Raises:
        PermissionDeniedError: neither administrator nor leader of the department.
        PlanUnavailableError: the plugin failed; nothing is published.
        InvalidInputError: the day lies in the past (field `effective_from`).
        ConflictError: nothing differs (code `same_edition`), something obligatory is missing
            (`not_ready`), the plugin's new version is not opened for the department
            (`version_not_opened`), another edition came first (`published_meanwhile`), or plan or
            draft have changed since they were seen (`changed_meanwhile`). Nothing is changed.
    """
    actor.require(PUBLISHERS, (await organisation.department()).path)
    plan = await _draw_up_edition()
    seen = await _preview(plan, None)
    _check_seen(seen, digest)
    number = seen.number
    today = await repository.official_today()
    if effective_from is not None and effective_from < today:
        sentence = phrases.BAD_EFFECTIVE.format(day=f"{today:%d/%m/%Y}")
        raise InvalidInputError(sentence, fields={"effective_from": sentence})
    record = await repository.insert(
        edition_id=new_id(),
        number=number,
        content=canonical(plan).decode(),
        department=canonical(seen.values).decode(),
        content_hash=hash_of(plan, seen.values),
        plugin_slug=plan.plugin,
        plugin_version=plan.plugin_version,
        reason=reason.strip(),
        effective_from=effective_from or today,
        published_by=actor.account_id,
        is_demo=is_demo,
    )
    if record is None:
        sentence = phrases.PUBLISHED_MEANWHILE.format(number=number)
        raise ConflictError(sentence, code="published_meanwhile")
    return EditionView(**record)


def _check_seen(seen: Preview, digest: str) -> None:
    """Refuse what was not seen as it is now, what says nothing new, and what is not complete."""
    if digest and digest != seen.digest:
        if seen.newest is not None and not digest.startswith(f"{seen.number}:"):
            sentence = phrases.PUBLISHED_MEANWHILE.format(number=seen.newest.number)
            raise ConflictError(sentence, code="published_meanwhile")
        raise ConflictError(phrases.CHANGED_MEANWHILE, code="changed_meanwhile")
    if seen.is_same:
        raise ConflictError(phrases.SAME_EDITION, code="same_edition")
    blocking = " ".join(lack.sentence for lack in seen.lacks if lack.is_blocking)
    if blocking:
        raise ConflictError(phrases.NOT_READY.format(lacks=blocking), code="not_ready")


async def preview_edition(*, actor: Actor) -> Preview:
    """Draw up the next edition beside the one in force, to show the difference in words.

    Raises:
        PermissionDeniedError, PlanUnavailableError: as `publish_edition`.
    """
    await draft.require_reader(actor)
    return await _preview(await _draw_up_edition(), await latest_edition())


async def _preview(plan: PlanContent, current: Edition | None) -> Preview:
    """Put plan and draft together; two statements."""
    editions = await list_editions()
    values = (await draft.read()).values
    newest = editions[0] if editions else None
    number = newest.number + 1 if newest else 1
    content_hash = hash_of(plan, values)
    in_force = current.number if current else 0
    return Preview(
        number=number,
        plan=plan,
        values=values,
        digest=f"{number}:{content_hash}",
        current=current,
        newest=newest,
        is_same=newest is not None and newest.content_hash == content_hash,
        lacks=lacks(plan, values),
        waiting=tuple(each for each in editions if each.number > in_force) if current else (),
    )


async def get_draft(*, actor: Actor) -> Draft:
    """Return what the department is setting.

    Raises:
        PermissionDeniedError: not on the department's side.
    """
    await draft.require_reader(actor)
    return await draft.read()


async def readiness(*, actor: Actor) -> tuple[Lack, ...]:
    """Return what is still missing before publishing (`is_blocking`), and what is advisable.

    Raises:
        PermissionDeniedError: not on the department's side.
        PlanUnavailableError: the plugin failed.
    """
    await draft.require_reader(actor)
    plan = await plan_at_hand()
    return lacks(plan, (await draft.read()).values)


async def latest_edition() -> Edition | None:
    """Return the edition in force today, or None before the first publication."""
    found = await repository.current_id()
    return await get_edition(found) if found else None


async def may_publish(actor: Actor) -> bool:
    """Tell whether a person may publish the department's plan."""
    return actor.can(PUBLISHERS, (await organisation.department()).path)


async def current_edition() -> Edition:
    """Return the edition in force: the newest whose day has come; everybody may read the plan.

    Raises:
        NoEditionError: none is in force yet.
    """
    found = await repository.current_id()
    if found is None:
        raise NoEditionError
    return await get_edition(found)


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
    plan = msgspec.json.decode(fields.pop("content"), type=PlanContent)
    values = msgspec.json.decode(fields.pop("department"), type=DepartmentValues)
    found = Edition(content=effective(plan, values), plan=plan, values=values, **fields)
    _decoded[key] = found
    if len(_decoded) > CACHED_EDITIONS:
        _decoded.popitem(last=False)
    return found


async def list_editions() -> list[EditionView]:
    """Return all editions of the department, newest first."""
    return [EditionView(**record) for record in await repository.editions()]


def in_force(editions: Sequence[EditionView], day: date) -> EditionView | None:
    """Return the edition that holds on a day, out of a list with the newest first."""
    return next((each for each in editions if each.effective_from <= day), None)


async def publishers(editions: list[EditionView]) -> dict[UUID, str]:
    """Return the names of those who published, by account (one statement)."""
    ids = [each.published_by for each in editions if each.published_by]
    return {row["id"]: row["display_name"] for row in await repository.names(ids)} if ids else {}


def canonical(value: PlanContent | DepartmentValues) -> bytes:
    """Return a value as JSON with sorted keys: the bytes that the hash covers."""
    plain = msgspec.json.decode(msgspec.json.encode(value))
    return msgspec.json.encode(plain, order="sorted")


def hash_of(plan: PlanContent, values: DepartmentValues) -> str:
    """Return the SHA-256 of an edition; without department values, of the plan alone."""
    text = canonical(plan)
    if values != NOTHING:
        text += b"\n" + canonical(values)
    return hashlib.sha256(text).hexdigest()
