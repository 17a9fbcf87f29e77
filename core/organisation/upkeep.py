"""Corrections of units and people in bulk, and of the department's own names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

import msgspec

from core.accounts import following as accounts
from core.accounts.schemas import Actor, Role
from core.errors import ConflictError, InvalidInputError
from core.kit import clock, db
from core.kit.i18n import fold, nfc, sort_key
from core.organisation import lineage, phrases
from core.organisation.schemas import Basis, UnitView
from core.organisation.service import department, get_unit
from core.reports import reorganised as reports


def cleaned(text: str) -> str:
    """Return a text in NFC with single spaces."""
    return nfc(" ".join(text.split()))


async def edit_department(
    *, actor: Actor, name: str, short_name: str, notation: str, place: str
) -> None:
    """Change the names of the department's own unit; papers made from now on show them.

    Raises:
        PermissionDeniedError: not the administrator of the whole department.
    """
    root = await department()
    actor.require(Role.TENANT_ADMIN, root.path)
    name, short_name = cleaned(name), cleaned(short_name)
    if name != root.name:
        await _renamed(root, name, actor)
    await db.execute(
        "UPDATE unit SET name = $2, short_name = $3, search_name = $4, sort_key = $5,"
        " notation = $6, place = $7 WHERE id = $1",
        root.id, name, short_name, fold(f"{name} {short_name} {root.code}"), sort_key(name),
        notation.strip(), cleaned(place),
    )  # fmt: skip
    await accounts.units_renamed([root.id])


async def _renamed(root: UnitView, name: str, actor: Actor) -> None:
    """Keep the old name: on what was filed, and in the lineage."""
    await reports.keep_name(root.id, root.name)
    await lineage.record(
        "rename",
        root,
        after=msgspec.structs.replace(root, name=name),
        basis=Basis(effective_on=clock.today(), decision="", reason=phrases.OWN_NAME_CHANGED),
        actor=actor,
        parent_name="",
    )


class UnitEdit(msgspec.Struct, frozen=True, kw_only=True):
    """What a unit shall be called and be, as one row of a list; its place in the tree stays."""

    unit_id: UUID
    code: str
    name: str
    short_name: str
    kind: str
    owes_reports: bool
    notation: str
    place: str
    has_legal_personality: bool


async def edit_units(edits: Sequence[UnitEdit], *, actor: Actor) -> None:
    """Correct many units in one statement.

    Raises:
        PermissionDeniedError: not the administrator of one of the units.
    """
    if not edits:
        return
    await _administered([edit.unit_id for edit in edits], actor)
    rows = [
        (
            edit.unit_id, cleaned(edit.name), cleaned(edit.short_name),
            fold(f"{cleaned(edit.name)} {cleaned(edit.short_name)} {edit.code}"),
            sort_key(cleaned(edit.name)), edit.kind, edit.owes_reports, edit.notation,
            cleaned(edit.place), edit.has_legal_personality,
        )
        for edit in edits
    ]  # fmt: skip
    await db.execute(
        """UPDATE unit u SET name = n.name, short_name = n.short_name, search_name = n.search_name,
            sort_key = n.sort_key, kind = n.kind, owes_reports = n.owes, notation = n.notation,
            place = n.place, has_legal_personality = n.legal
        FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[],
            $7::boolean[], $8::text[], $9::text[], $10::boolean[])
            AS n (id, name, short_name, search_name, sort_key, kind, owes, notation, place, legal)
        WHERE u.id = n.id""",
        *map(list, zip(*rows, strict=True)),
    )
    await accounts.units_renamed([edit.unit_id for edit in edits])


async def correct_unit(unit_id: UUID, asked: Mapping[str, str], *, actor: Actor) -> None:
    """Correct short name, notation or place of one unit; what is not asked stays.

    Raises:
        NotFoundError, PermissionDeniedError: not the actor's to administer.
        ConflictError: the unit is closed.
        InvalidInputError: fields short_name, notation, place.
    """
    unit = await get_unit(unit_id, actor=actor)
    actor.require(Role.TENANT_ADMIN, unit.path)
    if not unit.is_active:
        raise ConflictError(phrases.CLOSED_UNIT, code="closed_unit")
    values = {name: cleaned(text) for name, text in asked.items()}
    wrong = {
        name: phrases.TOO_LONG.format(most=most)
        for name, most in (("short_name", 120), ("notation", 30), ("place", 120))
        if len(values.get(name, "")) > most
    }
    if wrong:
        raise InvalidInputError(fields=wrong)
    short_name = values.get("short_name", unit.short_name)
    await db.execute(
        "UPDATE unit SET short_name = $2, search_name = coalesce($3, search_name), notation = $4,"
        " place = $5 WHERE id = $1",
        unit_id, short_name,
        fold(f"{unit.name} {short_name} {unit.code}") if "short_name" in values else None,
        values.get("notation", unit.notation), values.get("place", unit.place),
    )  # fmt: skip
    await accounts.units_renamed([unit_id])


async def edit_titles(titles: Sequence[tuple[UUID, str]]) -> None:
    """Change the job titles of people (id, title); the caller has asked for the right."""
    if titles:
        await db.execute(
            "UPDATE person p SET job_title = n.title FROM unnest($1::uuid[], $2::text[])"
            " AS n (id, title) WHERE p.id = n.id",
            [person_id for person_id, _ in titles],
            [cleaned(title) for _, title in titles],
        )


async def _administered(unit_ids: Sequence[UUID], actor: Actor) -> None:
    rows: list[Any] = await db.fetch("SELECT path FROM unit WHERE id = ANY ($1)", list(unit_ids))
    for row in rows:
        actor.require(Role.TENANT_ADMIN, row["path"])
