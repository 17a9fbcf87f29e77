"""A change of the tree as it was typed: read from a form, rehearsed, then done."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from uuid import UUID

import msgspec

from core.accounts.schemas import Actor
from core.errors import InvalidInputError
from core.organisation import choosing, phrases, restructuring
from core.organisation.schemas import Basis, NewPart

ACTS = {
    "doi-ten": "rename",
    "chuyen": "move",
    "sap-nhap": "merge",
    "chia-tach": "split",
    "giai-the": "close",
}
MAX_PARTS = 6


class Order(msgspec.Struct, frozen=True, kw_only=True):
    """One change: its kind, the unit, and what that kind needs.

    `also`: further units that are merged into `other_id` in the same step.
    """

    kind: str
    unit_id: UUID
    basis: Basis
    name: str = ""
    short_name: str = ""
    code: str = ""
    other_id: UUID | None = None
    also: tuple[UUID, ...] = ()
    parts: tuple[NewPart, ...] = ()
    keeps: bool = True
    heads_follow: bool = False


def day_of(form: Mapping[str, str], field: str, missing: str) -> date:
    """Return a day that was typed (ISO, as date fields send it).

    Raises:
        InvalidInputError: no day.
    """
    try:
        return date.fromisoformat(form.get(field, "").strip())
    except ValueError:
        raise InvalidInputError(fields={field: missing}) from None


async def order_of(kind: str, unit_id: UUID, form: Mapping[str, str], *, actor: Actor) -> Order:
    """Read a change from its form.

    Raises:
        InvalidInputError: no day, or a unit that cannot be found.
    """
    fields: dict[str, str] = {}
    day, other = date.min, None
    field = {"move": "parent_id", "merge": "into_id", "close": "people_to"}.get(kind)
    if field and (kind != "close" or form.get(field, "").strip()):
        missing = phrases.NO_PARENT if kind == "move" else phrases.NO_TARGET
        try:
            other = await choosing.chosen(
                form.get(field, ""), field=field, missing=missing, actor=actor
            )
        except InvalidInputError as error:
            fields |= error.fields
    also: tuple[UUID, ...] = ()
    if kind == "merge":
        try:
            also = await _also(form.get("also", ""), actor)
        except InvalidInputError as error:
            fields |= error.fields
    try:
        day = day_of(form, "effective_on", phrases.NO_DAY)
    except InvalidInputError as error:
        fields |= error.fields
    if fields:
        raise InvalidInputError(fields=fields)
    return Order(
        kind=kind,
        unit_id=unit_id,
        basis=Basis(
            effective_on=day, decision=form.get("decision", ""), reason=form.get("reason", "")
        ),
        name=form.get("name", ""),
        short_name=form.get("short_name", ""),
        code=form.get("code", ""),
        other_id=other,
        also=also,
        parts=_parts(form),
        keeps=form.get("keeps", "1") == "1",
        heads_follow=form.get("heads_follow") == "1",
    )


async def perform(order: Order, *, actor: Actor) -> UUID:
    """Do the change; return the unit to be shown afterwards (errors as the acts)."""
    unit_id, basis = order.unit_id, order.basis
    if order.kind == "rename":
        await restructuring.rename_unit(
            unit_id, name=order.name, code=order.code, short_name=order.short_name, basis=basis,
            actor=actor,
        )  # fmt: skip
    elif order.kind == "move" and order.other_id:
        await restructuring.move_unit(unit_id, parent_id=order.other_id, basis=basis, actor=actor)
    elif order.kind == "merge" and order.other_id:
        await restructuring.merge_units(
            [unit_id, *order.also], into_id=order.other_id, basis=basis, actor=actor,
            heads_follow=order.heads_follow,
        )  # fmt: skip
        return order.other_id
    elif order.kind == "split":
        await restructuring.split_unit(
            unit_id, parts=order.parts, keeps=order.keeps, basis=basis, actor=actor
        )
    elif order.kind == "close":
        await restructuring.close_unit(unit_id, people_to=order.other_id, basis=basis, actor=actor)
    return unit_id


async def _also(text: str, actor: Actor) -> tuple[UUID, ...]:
    """Return the units that were typed one a line, by code or name."""
    found: list[UUID] = []
    for line in text.splitlines():
        if not line.strip():
            continue
        try:
            unit_id = await choosing.chosen(
                line, field="also", missing=phrases.NO_UNIT, actor=actor
            )
        except InvalidInputError as error:
            why = phrases.ALSO_WRONG.format(words=line.strip(), why=error.fields["also"])
            raise InvalidInputError(fields={"also": why}) from None
        found.append(unit_id)
    return tuple(dict.fromkeys(found))


def _parts(form: Mapping[str, str]) -> tuple[NewPart, ...]:
    """Return the lines of a split in which something was typed."""
    lines = [
        NewPart(
            name=form.get(f"part_{number}", ""),
            code=form.get(f"part_code_{number}", ""),
            short_name=form.get(f"part_short_{number}", ""),
        )
        for number in range(1, MAX_PARTS + 1)
    ]
    return tuple(line for line in lines if line.name.strip() or line.code.strip())
