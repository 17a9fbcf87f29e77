"""The department's plan: previewed, frozen, published, read."""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Sequence
from datetime import date
from uuid import UUID

import msgspec

from core.accounts.schemas import Actor, Role
from core.errors import ConflictError, InvalidInputError, NotFoundError
from core.kit.ids import new_id
from core.kit.scope import current_tenant
from core.movements import draft, phrases, repository
from core.movements.drawing import (
    PlanUnavailableError,
    draw_up,
    draw_up_edition,
    installed_version,
    plan_at_hand,
)
from core.movements.readiness import lacks
from core.movements.resolved import effective
from core.movements.schemas import Draft, Edition, EditionView, Lack, Preview
from core.movements.values import NOTHING, DepartmentValues, Filing
from core.organisation import service as organisation
from core.plugin.api import PlanContent
from core.plugin.manager import province_name

__all__ = [
    "PUBLISHERS",
    "NoEditionError",
    "PlanUnavailableError",
    "canonical",
    "current_edition",
    "draw_up",
    "edition_for_rounds",
    "filings_of",
    "get_draft",
    "get_edition",
    "hash_of",
    "in_force",
    "installed_version",
    "latest_edition",
    "list_editions",
    "may_publish",
    "plan_at_hand",
    "preview_edition",
    "publish_edition",
    "publishers",
    "readiness",
    "why_no_round",
]

PUBLISHERS = (Role.TENANT_ADMIN, Role.DEPARTMENT_HEAD)
CACHED_EDITIONS = 64
_decoded: OrderedDict[tuple[UUID, UUID], Edition] = OrderedDict()


class NoEditionError(ConflictError):
    """The department has not published its plan yet."""

    code, title = "no_edition", phrases.NO_EDITION


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
    plan = await draw_up_edition()
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
    return await _preview(await draw_up_edition(), await latest_edition())


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


async def edition_for_rounds() -> Edition:
    """Return the edition in force for a new round; the plugin is not changed meanwhile.

    Raises:
        NoEditionError: none is in force yet.
        ConflictError: it was drawn up by another plugin than the department's (`other_plugin`).
    """
    plugin = await repository.hold_plugin(current_tenant())
    edition = await current_edition()
    if sentence := _other_plugin(edition, plugin):
        raise ConflictError(sentence, code="other_plugin")
    return edition


async def why_no_round() -> str:
    """Say why no round can be opened with the edition in force; '' where it can.

    Raises:
        NoEditionError: none is in force yet.
    """
    return _other_plugin(await current_edition(), await repository.plugin_slug(current_tenant()))


def _other_plugin(edition: Edition, plugin: str) -> str:
    if edition.plugin_slug == plugin:
        return ""
    return phrases.OTHER_PLUGIN.format(
        now=province_name(plugin) or phrases.NOT_INSTALLED,
        before=edition.plan.province_info.name,
    )


async def filings_of(unit_id: UUID) -> list[Filing]:
    """Return what a unit filed on paper in earlier years, newest first, by the edition in force."""
    edition = await latest_edition()
    found = [each for each in edition.values.filings if each.unit_id == unit_id] if edition else []
    return sorted(found, key=lambda each: (each.year, each.filed_on), reverse=True)


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
