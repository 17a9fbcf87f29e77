"""The department's tree of units and its people. A person sees the branches he holds a role in."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from core.accounts.schemas import Actor, Role
from core.errors import InvalidInputError, NotFoundError
from core.kit import clock
from core.kit.i18n import fold, roster_key, sort_key
from core.kit.ids import new_id
from core.organisation import phrases, repository
from core.organisation.repository_change import lock_tree
from core.organisation.schemas import (
    BranchPage,
    NewPerson,
    NewUnit,
    PersonPage,
    PersonView,
    UnitPage,
    UnitView,
)

MAX_PAGE = 200
MAX_CODE = 63


async def add_unit(unit: NewUnit, *, actor: Actor) -> UnitView:
    """Add one unit.

    Raises:
        PermissionDeniedError: not the administrator of the unit above it.
        InvalidInputError: no name, a code already taken, an unknown kind or parent.
    """
    return (await add_units([unit], actor=actor))[0]


async def add_units(
    units: Sequence[NewUnit], *, actor: Actor, is_demo: bool = False
) -> list[UnitView]:
    """Add many units in one statement; parents stand before their children.

    Raises:
        PermissionDeniedError: not the administrator of one of the units above.
        InvalidInputError: as `add_unit`; nothing is added.
    """
    if not units:
        return []
    await lock_tree()
    top = await department()
    known = await _known_units(units)
    known[""] = top
    made: dict[str, UnitView] = {}
    for unit in units:
        _check_unit(unit, taken=unit.code in known or unit.code in made)
        parent = made.get(unit.parent_code) or known.get(unit.parent_code)
        if parent is None:
            sentence = phrases.UNKNOWN_PARENT.format(code=unit.parent_code)
            raise InvalidInputError(sentence, fields={"parent_code": sentence})
        actor.require(Role.TENANT_ADMIN, parent.path)
        made[unit.code] = _new_view(unit, parent)
    rows = [_unit_row(view, position) for position, view in enumerate(made.values())]
    await repository.insert_units(rows, is_demo=is_demo)
    return list(made.values())


async def add_root(
    unit: NewUnit, unit_id: UUID, *, actor: Actor, is_demo: bool = False
) -> UnitView:
    """Make the department's own unit; only provisioning (the system) does so, once.

    Raises:
        PermissionDeniedError: not the system.
    """
    actor.require((), "/")
    view = _view_of(unit, unit_id, None, f"/{unit_id}/")
    await repository.insert_units([_unit_row(view, 0)], is_demo=is_demo)
    return view


async def department() -> UnitView:
    """Return the department's own unit, the root of the tree.

    Raises:
        NotFoundError: the department has no tree yet.
    """
    record = await repository.root()
    if record is None:
        raise NotFoundError(phrases.NO_ROOT)
    return _unit(record)


async def get_unit(unit_id: UUID, *, actor: Actor) -> UnitView:
    """Return one unit that the actor may see.

    Raises:
        NotFoundError: it does not exist, or lies in another branch.
    """
    record = await repository.unit(unit_id)
    if record is None or not _sees(actor, record["path"]):
        raise NotFoundError
    return _unit(record)


async def get_units(unit_ids: Sequence[UUID], *, actor: Actor) -> list[UnitView]:
    """Return several units that the actor may see, in the order of their names."""
    records = await repository.by_ids(unit_ids)
    return [_unit(record) for record in records if _sees(actor, record["path"])]


async def list_units(
    *,
    actor: Actor,
    search: str = "",
    kind: str = "",
    level: str = "",
    block_id: UUID | None = None,
    closed: bool = False,
    after: UUID | None = None,
    limit: int = 50,
) -> UnitPage:
    """Return one page of the units that the actor may see, in the order of their names.

    `search` ignores case and diacritics; `block_id`: members of this block in this year; `closed`:
    the closed units instead of the active ones; `after` is the `after` of the page before.
    """
    limit = max(1, min(limit, MAX_PAGE))
    records = await repository.search(
        paths=visible_paths(actor),
        pattern=like(search),
        kind=kind,
        level=level,
        block_id=block_id,
        year=clock.today().year,
        closed=closed,
        after=after,
        limit=limit + 1,
    )
    rows = [_unit(record) for record in records[:limit]]
    return UnitPage(rows=rows, after=rows[-1].id if len(records) > limit else None)


async def unit_tree(*, actor: Actor) -> list[UnitView]:
    """Return all units that the actor may see, each after its parent, siblings by name."""
    units = [_unit(record) for record in await repository.subtree(visible_paths(actor))]
    return in_tree_order(units)


async def branch(
    unit_id: UUID | None, *, actor: Actor, after: UUID | None = None, limit: int = 100
) -> BranchPage:
    """Return one page of the units under one (default: the highest that the actor may see).

    Raises:
        NotFoundError: the unit above does not exist, or lies in another branch.
    """
    if unit_id is None:
        top = min(visible_paths(actor), key=len, default="/")
        ids = [part for part in top.split("/") if part]
        unit_id = UUID(ids[-1]) if ids else (await department()).id
    parent = await get_unit(unit_id, actor=actor)
    limit = max(1, min(limit, MAX_PAGE))
    records = [dict(record) for record in await repository.branch(unit_id, after, limit + 1)]
    rows = [(record.pop("below"), UnitView(**record)) for record in records[:limit]]
    return BranchPage(
        parent=parent,
        rows=[unit for _, unit in rows],
        below={unit.id: below for below, unit in rows},
        after=rows[-1][1].id if len(records) > limit else None,
    )


async def children(unit_id: UUID, *, actor: Actor) -> list[UnitView]:
    """Return the active units directly under one, by name.

    Raises:
        NotFoundError: the unit above does not exist, or lies in another branch.
    """
    await get_unit(unit_id, actor=actor)
    return [_unit(record) for record in await repository.children(unit_id)]


async def ancestors(unit: UnitView) -> list[UnitView]:
    """Return the units above one, from the root down (their names are no secret inside)."""
    ids = [UUID(part) for part in unit.path.split("/") if part][:-1]
    found = {record["id"]: _unit(record) for record in await repository.by_ids(ids)}
    return [found[unit_id] for unit_id in ids if unit_id in found]


async def subtree(unit_id: UUID, *, actor: Actor) -> list[UnitView]:
    """Return the active units at and under one, each after its parent.

    Raises:
        NotFoundError: the unit does not exist, or lies in another branch.
    """
    top = await get_unit(unit_id, actor=actor)
    return in_tree_order([_unit(record) for record in await repository.subtree([top.path])])


async def add_person(person: NewPerson, *, actor: Actor) -> PersonView:
    """Add one person to a unit (errors as `add_people`)."""
    return (await add_people([person], actor=actor))[0]


async def add_people(
    people: Sequence[NewPerson], *, actor: Actor, is_demo: bool = False
) -> list[PersonView]:
    """Add many people in one statement.

    Raises:
        PermissionDeniedError: not the administrator of the unit.
        InvalidInputError: a person without a name.
        NotFoundError: an unknown unit.
    """
    if not people:
        return []
    records = await repository.by_ids(list({person.unit_id for person in people}))
    units = {record["id"]: record for record in records}
    views = []
    for person in people:
        unit = units.get(person.unit_id)
        if unit is None:
            raise NotFoundError
        actor.require(Role.TENANT_ADMIN, unit["path"])
        name = clean(person.full_name)
        if not name:
            raise InvalidInputError(fields={"full_name": phrases.NO_PERSON_NAME})
        views.append(
            PersonView(new_id(), name, clean(person.job_title), person.unit_id, unit["name"])
        )
    rows = [
        (v.id, v.full_name, v.job_title, v.unit_id, fold(v.full_name), roster_key(v.full_name))
        for v in views
    ]
    await repository.insert_people(rows, is_demo=is_demo)
    return views


async def list_people(
    *,
    actor: Actor,
    search: str = "",
    unit_id: UUID | None = None,
    paths: Sequence[str] | None = None,
    after: UUID | None = None,
    limit: int = 50,
) -> PersonPage:
    """Return one page of the people of the actor's branches, by given name.

    `unit_id`: of this unit only; `paths`: of these branches instead of all that the actor sees.
    """
    limit = max(1, min(limit, MAX_PAGE))
    records = await repository.people(
        paths=visible_paths(actor) if paths is None else paths,
        pattern=like(search),
        unit_id=unit_id,
        after=after,
        limit=limit + 1,
    )
    rows = [PersonView(*record.values()) for record in records[:limit]]
    return PersonPage(rows=rows, after=rows[-1].id if len(records) > limit else None)


async def is_under(unit_id: UUID, roles: Iterable[str], *, actor: Actor) -> bool:
    """Tell whether the actor holds one of the roles for a unit."""
    record = await repository.unit(unit_id)
    return record is not None and actor.can(roles, record["path"])


def visible_paths(actor: Actor) -> list[str]:
    """Return the paths of the branches that the actor may see (for `path LIKE ANY`)."""
    if actor.is_system:
        return ["/"]
    paths = {grant.unit_path for grant in actor.roles}
    return sorted(paths | {actor.unit_path}) if actor.unit_path else sorted(paths)


def like(search: str) -> str:
    """Return the LIKE pattern that finds the folded text anywhere, or '' for no search."""
    text = fold(" ".join(search.split()))
    for character in ("\\", "%", "_"):
        text = text.replace(character, f"\\{character}")
    return f"%{text}%" if text else ""


def in_tree_order(units: Iterable[UnitView]) -> list[UnitView]:
    """Return the units with each after its parent; siblings keep the order they came in."""
    below: dict[UUID | None, list[UnitView]] = {}
    listed = list(units)
    present = {unit.id for unit in listed}
    for unit in listed:
        parent = unit.parent_id if unit.parent_id in present else None
        below.setdefault(parent, []).append(unit)
    ordered: list[UnitView] = []
    stack = below.pop(None, [])[::-1]
    while stack:
        unit = stack.pop()
        ordered.append(unit)
        stack.extend(reversed(below.pop(unit.id, [])))
    return ordered


async def _known_units(units: Sequence[NewUnit]) -> dict[str, UnitView]:
    codes = {code for unit in units for code in (unit.code, unit.parent_code) if code}
    return {record["code"]: _unit(record) for record in await repository.by_codes(sorted(codes))}


def _check_unit(unit: NewUnit, *, taken: bool) -> None:
    fields = {}
    if not unit.name.strip():
        fields["name"] = phrases.NO_NAME
    if not unit.code.strip() or len(unit.code) > MAX_CODE:
        fields["code"] = phrases.NO_CODE
    elif taken:
        fields["code"] = phrases.CODE_TAKEN.format(code=unit.code)
    if unit.kind not in phrases.KINDS or unit.level not in phrases.LEVELS:
        fields["kind"] = phrases.UNKNOWN_KIND
    if fields:
        raise InvalidInputError(fields=fields)


def _new_view(unit: NewUnit, parent: UnitView) -> UnitView:
    unit_id = new_id()
    return _view_of(unit, unit_id, parent.id, f"{parent.path}{unit_id}/")


def _view_of(unit: NewUnit, unit_id: UUID, parent_id: UUID | None, path: str) -> UnitView:
    return UnitView(
        id=unit_id,
        code=unit.code,
        name=clean(unit.name),
        short_name=clean(unit.short_name),
        kind=unit.kind,
        level=unit.level,
        parent_id=parent_id,
        path=path,
        owes_reports=unit.owes_reports,
        notation=unit.notation,
        place=clean(unit.place),
        is_active=True,
        has_legal_personality=unit.has_legal_personality,
    )


def _unit_row(view: UnitView, position: int) -> tuple[Any, ...]:
    return (
        view.id,
        view.code,
        view.name,
        view.short_name,
        fold(f"{view.name} {view.short_name} {view.code}"),
        sort_key(view.name),
        view.kind,
        view.level,
        view.parent_id,
        view.path,
        position,
        view.owes_reports,
        view.notation,
        view.place,
        view.has_legal_personality,
    )


def _sees(actor: Actor, path: str) -> bool:
    return any(path.startswith(branch) for branch in visible_paths(actor))


def _unit(record: Any) -> UnitView:
    return UnitView(**record)


def clean(text: str) -> str:
    """Return a name as it is stored: one blank between words, NFC."""
    return unicodedata.normalize("NFC", " ".join(text.split()))
