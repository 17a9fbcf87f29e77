"""The acts of the tree editor: rename, move, merge, split, close. Each is one transaction.

Grants hold for `unit.path`, so rights follow a unit that moves at the next request. A merged unit
hangs, inactive, under its successor: what it filed can be read and finished there.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

import msgspec

from core.accounts import following as accounts
from core.accounts.schemas import Actor, Role
from core.errors import ConflictError, InvalidInputError, NotFoundError
from core.kit import clock
from core.kit.i18n import fold, sort_key, vn_date
from core.organisation import lineage, phrases, repository, service
from core.organisation import repository_change as changes
from core.organisation.schemas import Basis, NewPart, NewUnit, UnitView
from core.reports import reorganised as reports

OLDEST = timedelta(days=366)
MAX_WORDS = 200
MAX_REASON = 2000


async def rename_unit(
    unit_id: UUID, *, name: str, code: str = "", short_name: str = "", basis: Basis, actor: Actor
) -> UnitView:
    """Give a unit another name, short name or code (empty code: as it is).

    What it filed before keeps the old name.

    Raises:
        NotFoundError, PermissionDeniedError: not the actor's to administer.
        ConflictError: the unit is closed, or it is the root.
        InvalidInputError: fields name, code, effective_on, decision.
    """
    unit, parent = await _target(unit_id, actor)
    basis = await _checked(basis, [unit])
    new = msgspec.structs.replace(
        unit,
        name=service.clean(name),
        code=service.clean(code) or unit.code,
        short_name=service.clean(short_name),
    )
    await _check_names(unit, new)
    words = fold(f"{new.name} {new.short_name} {new.code}")
    await changes.rename(
        unit_id,
        {
            "name": new.name,
            "short_name": new.short_name,
            "code": new.code,
            "search_name": words,
            "sort_key": sort_key(new.name),
        },
    )
    if new.name != unit.name:
        await reports.keep_name(unit_id, unit.name)
        await accounts.unit_renamed(unit_id)
    await lineage.record(
        "rename", unit, after=new, basis=basis, actor=actor, parent_name=parent.name
    )
    return new


async def move_unit(unit_id: UUID, *, parent_id: UUID, basis: Basis, actor: Actor) -> UnitView:
    """Hang a unit, with everything under it, under another one.

    Raises:
        NotFoundError, PermissionDeniedError, ConflictError: as `rename_unit`.
        InvalidInputError: fields parent_id (itself, its own subtree, where it is), effective_on,
            decision.
    """
    unit, parent = await _target(unit_id, actor)
    basis = await _checked(basis, [unit])
    target = await _other(parent_id, "parent_id", phrases.NO_PARENT, actor)
    if target.path.startswith(unit.path):
        raise InvalidInputError(fields={"parent_id": phrases.UNDER_ITSELF})
    if target.id == unit.parent_id:
        sentence = phrases.SAME_PARENT.format(name=target.name)
        raise InvalidInputError(fields={"parent_id": sentence})
    moved = msgspec.structs.replace(unit, parent_id=target.id, path=f"{target.path}{unit.id}/")
    await changes.move_subtree(unit.id, unit.path, target.id, moved.path)
    await lineage.record(
        "move",
        unit,
        after=moved,
        basis=basis,
        actor=actor,
        parent_name=parent.name,
        new_parent_name=target.name,
    )
    return moved


async def merge_units(
    unit_ids: Sequence[UUID],
    *,
    into_id: UUID,
    basis: Basis,
    actor: Actor,
    heads_follow: bool = False,
) -> UnitView:
    """Merge units into another one: people, accounts, subunits and open duties go there.

    `heads_follow`: heads of the merged units become heads of the successor; otherwise they keep
    their other roles only.

    Raises:
        NotFoundError, PermissionDeniedError, ConflictError: as `rename_unit`.
        InvalidInputError: fields into_id (itself, one of its own subunits), effective_on, decision.
    """
    for unit_id in dict.fromkeys(unit_ids):
        unit, parent = await _target(unit_id, actor)
        checked = await _checked(basis, [unit])
        into = await _other(into_id, "into_id", phrases.NO_TARGET, actor)
        if into.id == unit.id:
            raise InvalidInputError(fields={"into_id": phrases.INTO_ITSELF})
        if into.path.startswith(unit.path):
            raise InvalidInputError(fields={"into_id": phrases.INTO_OWN_CHILD})
        reason = phrases.MERGED_REASON.format(
            name=unit.name, into=into.name, decision=checked.decision
        )
        await lineage.record(
            "merge", unit, after=into, basis=checked, actor=actor, parent_name=parent.name
        )
        await _absorb(unit, into, checked, actor, heads_follow=heads_follow, reason=reason)
    return await service.get_unit(into_id, actor=actor)


async def split_unit(
    unit_id: UUID, *, parts: Sequence[NewPart], keeps: bool, basis: Basis, actor: Actor
) -> list[UnitView]:
    """Make new units out of one, beside it. Return the new units.

    `keeps`: the old unit goes on and keeps its people; otherwise it is closed, and the first of
    the parts takes over people, accounts, roles, subunits and open duties.

    Raises:
        NotFoundError, PermissionDeniedError, ConflictError: as `rename_unit`.
        InvalidInputError: fields parts, part_1 …, effective_on, decision.
    """
    unit, parent = await _target(unit_id, actor)
    basis = await _checked(basis, [unit])
    made = await _make_parts(unit, parent, parts, 1 if keeps else 2, actor)
    for part in made:
        await lineage.record(
            "split", unit, after=part, basis=basis, actor=actor, parent_name=parent.name
        )
    if not keeps:
        reason = phrases.SPLIT_REASON.format(name=unit.name, decision=basis.decision)
        await _absorb(unit, made[0], basis, actor, heads_follow=True, reason=reason)
    return made


async def close_unit(
    unit_id: UUID, *, people_to: UUID | None = None, basis: Basis, actor: Actor
) -> None:
    """Close a unit without a successor: its open duties are excused, roles at it end.

    `people_to`: where its people and accounts go; without it, accounts go out of use and people
    stay in the register of the closed unit until they are moved.

    Raises:
        NotFoundError, PermissionDeniedError: not the actor's to administer.
        ConflictError: the unit is closed, is the root, or still has units under it.
        InvalidInputError: fields people_to, effective_on, decision.
    """
    unit, parent = await _target(unit_id, actor)
    basis = await _checked(basis, [unit])
    if count := await changes.children_count(unit_id):
        raise ConflictError(phrases.HAS_CHILDREN.format(n=count), code="has_children")
    reason = phrases.CLOSED_REASON.format(name=unit.name, decision=basis.decision)
    target = None
    if people_to is not None:
        target = await _other(people_to, "people_to", phrases.BAD_PEOPLE_UNIT, actor)
        if target.id == unit.id:
            raise InvalidInputError(fields={"people_to": phrases.BAD_PEOPLE_UNIT})
        await _people_follow(unit, target, basis, actor)
    else:
        await changes.drop_open_moves(unit.id, phrases.MOVES_DROPPED)
    await accounts.leave_unit(unit.id, target.id if target else None)
    await reports.hand_over(unit.id, None, reason=reason, account_id=actor.account_id)
    await changes.deactivate(unit.id)
    await lineage.record("close", unit, basis=basis, actor=actor, parent_name=parent.name)


async def set_details(unit_id: UUID, values: dict[str, Any], *, actor: Actor) -> None:
    """Correct what is no question of lineage: kind, level, place and marks.

    Raises:
        NotFoundError, PermissionDeniedError: not the actor's to administer.
        ConflictError: the unit is closed.
        InvalidInputError: field kind.
    """
    unit, _ = await _target(unit_id, actor, root_allowed=True)
    if unit.parent_id is None:
        values = {**values, "kind": unit.kind, "level": unit.level, "owes_reports": False}
    elif values["kind"] not in phrases.KINDS or values["level"] not in phrases.LEVELS:
        raise InvalidInputError(fields={"kind": phrases.UNKNOWN_KIND})
    if len(values["notation"]) > 30:
        raise InvalidInputError(fields={"notation": phrases.LONG_NOTATION})
    await changes.set_details(unit_id, values)


async def _absorb(
    unit: UnitView, into: UnitView, basis: Basis, actor: Actor, *, heads_follow: bool, reason: str
) -> None:
    """Take everything of a unit to its successor and hang the closed unit under it."""
    await _people_follow(unit, into, basis, actor)
    await accounts.follow_unit(unit.id, into.id, heads_follow=heads_follow)
    await reports.hand_over(unit.id, into.id, reason=reason, account_id=actor.account_id)
    path = f"{into.path}{unit.id}/"
    await changes.move_subtree(unit.id, unit.path, into.id, path)
    await changes.lift_children(unit.id, path, into.id, into.path)
    await changes.deactivate(unit.id)


async def _people_follow(unit: UnitView, into: UnitView, basis: Basis, actor: Actor) -> None:
    await changes.drop_open_moves(unit.id, phrases.MOVES_DROPPED)
    await changes.people_follow(
        unit.id,
        into.id,
        effective_on=basis.effective_on,
        decision=basis.decision,
        account_id=actor.account_id,
    )


async def _target(
    unit_id: UUID, actor: Actor, *, root_allowed: bool = False
) -> tuple[UnitView, UnitView]:
    """Lock the tree; return an active unit that the actor administers, and the one above it."""
    await changes.lock_tree()
    unit = await service.get_unit(unit_id, actor=actor)
    actor.require(Role.TENANT_ADMIN, unit.path)
    if not unit.is_active:
        raise ConflictError(phrases.CLOSED_UNIT, code="closed_unit")
    if unit.parent_id is None:
        if not root_allowed:
            raise ConflictError(phrases.ROOT_STAYS, code="root_stays")
        return unit, unit
    return unit, (await service.ancestors(unit))[-1]


async def _other(unit_id: UUID, field: str, sentence: str, actor: Actor) -> UnitView:
    record = await repository.unit(unit_id)
    if record is None or not record["is_active"]:
        raise InvalidInputError(fields={field: sentence})
    if not actor.can(Role.TENANT_ADMIN, record["path"]):
        raise NotFoundError
    return UnitView(**record)


async def _checked(basis: Basis, units: Sequence[UnitView]) -> Basis:
    """Return the basis tidied; refuse a day that cannot be, and a missing decision."""
    fields: dict[str, str] = {}
    day, today = basis.effective_on, clock.today()
    decision = service.clean(basis.decision)
    if not decision or len(decision) > MAX_WORDS:
        fields["decision"] = phrases.NO_DECISION
    if day > today:
        fields["effective_on"] = phrases.DAY_AHEAD.format(day=vn_date(day))
    elif day < today - OLDEST:
        fields["effective_on"] = phrases.DAY_TOO_OLD.format(day=vn_date(day))
    else:
        for unit in units:
            last = await changes.last_change(unit.id)
            if last is not None and day < last:
                fields["effective_on"] = phrases.DAY_BEFORE_LAST.format(day=vn_date(last))
    if fields:
        raise InvalidInputError(fields=fields)
    reason = basis.reason.strip()[:MAX_REASON]
    return Basis(effective_on=day, decision=decision, reason=reason)


async def _check_names(old: UnitView, new: UnitView) -> None:
    fields = {}
    if not new.name:
        fields["name"] = phrases.NO_NAME
    elif (old.name, old.code, old.short_name) == (new.name, new.code, new.short_name):
        fields["name"] = phrases.SAME_NAME
    if len(new.code) > service.MAX_CODE:
        fields["code"] = phrases.NO_CODE
    elif new.code != old.code and await changes.code_taken(new.code, new.id):
        fields["code"] = phrases.CODE_TAKEN.format(code=new.code)
    if fields:
        raise InvalidInputError(fields=fields)


async def _make_parts(
    unit: UnitView, parent: UnitView, parts: Sequence[NewPart], least: int, actor: Actor
) -> list[UnitView]:
    fields = {
        f"part_{number}": phrases.PART_INCOMPLETE.format(n=number)
        for number, part in enumerate(parts, 1)
        if not (service.clean(part.name) and service.clean(part.code))
    }
    if len(parts) < least:
        fields["part_1"] = phrases.NO_PARTS.format(least=least)
    if fields:
        raise InvalidInputError(fields=fields)
    made = []
    for number, part in enumerate(parts, 1):
        new = NewUnit(
            code=service.clean(part.code),
            name=part.name,
            short_name=part.short_name,
            kind=unit.kind,
            level=unit.level,
            parent_code=parent.code,
            owes_reports=unit.owes_reports,
            notation="",
            place=unit.place,
        )
        try:
            made.append(await service.add_unit(new, actor=actor))
        except InvalidInputError as error:
            sentence = next(iter(error.fields.values()))
            raise InvalidInputError(fields={f"part_{number}": sentence}) from None
    return made
