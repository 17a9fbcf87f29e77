"""Ask for the lower award that the council agreed to, in place of the one that was asked for."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import msgspec

from core.accounts.schemas import Actor
from core.eligibility import service as eligibility
from core.errors import ConflictError, InvalidInputError
from core.kit import db
from core.movements import service as movements
from core.nominations import handling, offers, phrases, repository
from core.nominations.moving import move
from core.nominations.offers import Offer
from core.nominations.schemas import NominationRow
from core.nominations.states import Action, State

_AGREED = """
SELECT c.lower_award, c.lower_kind, m.title FROM meeting_case AS c
JOIN council_meeting AS m ON m.tenant_id = c.tenant_id AND m.id = c.meeting_id
WHERE c.nomination_id = $1 AND c.state = 'sealed' AND c.outcome = 'lower' AND NOT EXISTS (
    SELECT FROM meeting_case AS k WHERE k.tenant_id = c.tenant_id AND k.state = 'sealed'
        AND k.nomination_id = c.nomination_id AND k.sealed_at > c.sealed_at)
    AND NOT EXISTS (SELECT FROM nomination_event AS e WHERE e.tenant_id = c.tenant_id
        AND e.nomination_id = c.nomination_id AND e.action = 'lower' AND e.at >= c.sealed_at)
ORDER BY c.sealed_at DESC LIMIT 1
"""
_CHANGE = """
UPDATE nomination SET rung_key = $2, award = $3, award_kind = $4, issuer = $5, action = $6
WHERE id = $1
"""
_TAKEN = """
SELECT EXISTS (SELECT FROM nomination AS o JOIN nomination AS n
    ON o.list_id = n.list_id AND o.subject_id = n.subject_id
    WHERE n.id = $1 AND o.id <> n.id AND o.rung_key = $2)
"""


class Lowering(msgspec.Struct, frozen=True):
    """What the council agreed to, at which meeting, and the rungs of the plan that are that."""

    award: str
    meeting: str
    rungs: tuple[Offer, ...]

    @property
    def options(self) -> list[tuple[str, str]]:
        """The rungs to choose from: key and award, the one there is being chosen."""
        return [(each.key, each.award) for each in self.rungs]


async def lowering_of(row: NominationRow) -> Lowering | None:
    """Return what a nomination in appraisal may be lowered to; None where nothing was agreed."""
    agreed = await db.fetchrow(_AGREED, row.id) if row.state == State.APPRAISAL else None
    if agreed is None:
        return None
    edition = await movements.get_edition(row.edition_id)
    open_rungs = offers.offers(edition, row.occasion, row.subject_kind)
    fit = tuple(
        each
        for each in open_rungs
        if each.award_kind == agreed["lower_kind"] and each.key != row.rung_key
    )
    return Lowering(agreed["lower_award"], agreed["title"], fit)


async def lower(nomination_id: UUID, rung: str, *, actor: Actor) -> NominationRow:
    """Change the award of a nomination to the lower one of the council; it is checked anew.

    Raises:
        NotFoundError, PermissionDeniedError: not there, or not an officer of the round.
        ConflictError: the council has agreed to no lower award (`not_lowered`), or the list asks
            for that award for the same one already (`on_list_already`).
        InvalidInputError: the rung is none of those that fit (`rung`).
    """
    [row] = await handling.chosen([nomination_id], actor=actor)
    fresh: Any = await repository.locked(row.id)
    row = NominationRow(**fresh)
    found = await lowering_of(row)
    if found is None:
        raise ConflictError(phrases.NOT_LOWERED.format(name=row.subject_name), code="not_lowered")
    chosen = next((each for each in found.rungs if each.key == rung), None)
    if chosen is None:
        raise InvalidInputError(fields={"rung": phrases.BAD_LOWER})
    if await db.fetchval(_TAKEN, row.id, chosen.key):
        sentence = phrases.LOWER_TAKEN.format(name=row.subject_name, award=chosen.award)
        raise ConflictError(sentence, code="on_list_already")
    note = phrases.LOWERED_NOTE.format(before=row.award, after=chosen.award, meeting=found.meeting)
    await db.execute(
        _CHANGE, row.id, chosen.key, chosen.award, chosen.award_kind, chosen.issuer, chosen.action
    )
    await move(actor=actor, nomination_ids=[row.id], action=Action.LOWER, note=note)
    await eligibility.check_nominations(actor=actor, nomination_ids=[row.id], trigger="asked")
    changed: Any = await repository.locked(row.id)
    return NominationRow(**changed)
