"""Choosing a unit in a form: from a list where the tree is small, else by code or name."""

from __future__ import annotations

from uuid import UUID

from core.accounts.schemas import Actor
from core.errors import InvalidInputError
from core.kit.i18n import fold
from core.organisation import phrases, repository, service
from core.organisation.schemas import UnitView

LIST_MAX = 300
SHOWN = 5


async def choices(*, actor: Actor) -> list[UnitView]:
    """Return the units of the actor's branches in tree order, or [] where they are too many."""
    records = await repository.subtree(service.visible_paths(actor), limit=LIST_MAX + 1)
    if len(records) > LIST_MAX:
        return []
    return service.in_tree_order(UnitView(**record) for record in records)


async def chosen(text: str, *, field: str, missing: str, actor: Actor) -> UUID:
    """Return the unit that was chosen: an id from a list, a code, or a name that fits one unit.

    Raises:
        InvalidInputError: nothing was typed (`missing`), nothing fits, or several do.
    """
    words = service.clean(text)
    if not words:
        raise InvalidInputError(fields={field: missing})
    try:
        return UUID(words)
    except ValueError:
        pass
    code = words.split(" · ")[0]
    exact = await repository.by_codes([code])
    if exact:
        return exact[0]["id"]  # type: ignore[no-any-return]
    found = await service.list_units(actor=actor, search=words, limit=SHOWN + 1)
    same = [unit for unit in found.rows if fold(unit.name) == fold(words)]
    if len(found.rows) == 1 or len(same) == 1:
        return (same or found.rows)[0].id
    if not found.rows:
        raise InvalidInputError(fields={field: phrases.NO_SUCH_UNIT.format(words=words)})
    names = "; ".join(f"{unit.code} · {unit.name}" for unit in found.rows[:SHOWN])
    raise InvalidInputError(fields={field: phrases.SEVERAL_UNITS.format(words=words, names=names)})
