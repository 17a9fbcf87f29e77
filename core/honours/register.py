"""The register: every award of the units that a person reads, of one person, of one unit."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from core.accounts.schemas import Actor
from core.errors import PermissionDeniedError
from core.honours import access
from core.honours import repository_register as repository
from core.honours.schemas_register import Facets, Filters, GrantRow, Holder, RegisterPage
from core.organisation.service import like

PAGE = 50
EXPORTED = 20_000
MOST_OF_ONE = 500


async def list_awards(
    filters: Filters, *, actor: Actor, after: UUID | None = None, limit: int = PAGE
) -> RegisterPage:
    """Return one page of the register, the newest decision first (one statement).

    Raises:
        PermissionDeniedError: the person reads no register.
    """
    _require_reader(actor)
    rows = await repository.page(
        access.patterns(actor, access.READERS), filters, like(filters.search), after, limit + 1
    )
    shown = [GrantRow(**row) for row in rows[:limit]]
    return RegisterPage(shown, shown[-1].id if len(rows) > limit else None)


async def facets(*, actor: Actor) -> Facets:
    """Return the years and kinds of awards by which the register can be narrowed.

    Raises:
        PermissionDeniedError: the person reads no register.
    """
    _require_reader(actor)
    return Facets(**await repository.facets(access.patterns(actor, access.READERS)))


async def get_award(award_grant_id: UUID, *, actor: Actor) -> GrantRow:
    """Return one award.

    Raises:
        NotFoundError: there is none, or not for this person.
    """
    row: Any = await repository.grant(award_grant_id)
    access.require_seen(actor, access.READERS, row["held_path"] if row else None)
    return GrantRow(**row)


async def of_person(person_id: UUID, *, actor: Actor) -> Holder:
    """Return a person with every award, also those from units where the person was before.

    Raises:
        NotFoundError: there is none, or not for this person.
    """
    row = await repository.person(person_id)
    access.require_seen(actor, access.READERS, row["path"] if row else None)
    rows = await repository.of_person(person_id, MOST_OF_ONE)
    return Holder(kind="person", rows=[GrantRow(**each) for each in rows], **_facts(row))


async def of_unit(unit_id: UUID, *, actor: Actor) -> Holder:
    """Return a unit with every award, those of units merged into it marked as before.

    Raises:
        NotFoundError: there is none, or not for this person.
    """
    row = await repository.unit(unit_id)
    access.require_seen(actor, access.READERS, row["path"] if row else None)
    rows = await repository.of_unit(unit_id, MOST_OF_ONE)
    line = await repository.merged_into(unit_id)
    return Holder(
        kind="unit",
        rows=[GrantRow(**each, is_before=each["subject_unit_id"] != unit_id) for each in rows],
        before=[(each["name"], each["on_day"]) for each in line if each["id"] != unit_id],
        of_people=sum(each["of_people"] for each in line),
        **_facts(row),
    )


def _facts(row: Any) -> dict[str, Any]:
    return {name: row[name] for name in ("id", "name", "title", "unit_id", "unit_name")}


def _require_reader(actor: Actor) -> None:
    if not actor.has(access.READERS):
        raise PermissionDeniedError
