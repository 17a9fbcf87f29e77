"""What the department chooses where the plan's ladder is silent, kept in the draft of the plan."""

from __future__ import annotations

import msgspec

from core.accounts.schemas import Actor
from core.errors import InvalidInputError
from core.movements import draft
from core.movements import service as movements
from core.movements.resolved import is_open, rung_key
from core.movements.values import RungChoice
from core.nominations import phrases_ladder as phrases
from core.plugin.api import AwardRung

SECTION = "rungs"


class Choices(msgspec.Struct, frozen=True, kw_only=True):
    """The rungs that the plan leaves open, by their keys, and what was chosen so far.

    `version`: of the draft's section, to be given back when it is saved.
    """

    version: int
    open: dict[str, AwardRung]
    chosen: dict[str, RungChoice]


async def get_choices(*, actor: Actor) -> Choices:
    """Return what may be chosen and what stands in the draft.

    Raises:
        PermissionDeniedError: not on the department's side.
        PlanUnavailableError: the plugin failed.
    """
    saved = await movements.get_draft(actor=actor)
    plan = await movements.plan_at_hand()
    return Choices(
        version=saved.version(SECTION),
        open={rung_key(rung): rung for rung in plan.ladder if is_open(rung)},
        chosen=saved.values.rungs,
    )


async def save_choices(*, actor: Actor, chosen: dict[str, RungChoice], version: int) -> Choices:
    """Keep the choices over the version that was read; they hold with the next edition.

    Raises:
        PermissionDeniedError: neither administrator nor officer of the department.
        InvalidInputError: a rung that the plan does not leave open (field: its key).
        StaleSectionError: somebody saved meanwhile; nothing is changed.
        PlanUnavailableError: the plugin failed.
    """
    before = await get_choices(actor=actor)
    wrong = {
        key: phrases.NOT_OPEN.format(key=key)
        for key, choice in chosen.items()
        if not _fits(before.open.get(key), choice)
    }
    if wrong:
        raise InvalidInputError(fields=wrong)
    kept = {key: choice for key, choice in chosen.items() if choice != RungChoice()}
    saved = await draft.save(actor=actor, section=SECTION, value=kept, version=version)
    return msgspec.structs.replace(
        before, version=saved.version(SECTION), chosen=saved.values.rungs
    )


def _fits(rung: AwardRung | None, choice: RungChoice) -> bool:
    """Tell whether a choice speaks of nothing that the plan has said."""
    if rung is None:
        return False
    said_when = rung.occasion is not None and choice.occasions
    return not said_when and not (rung.action is not None and choice.signer)
