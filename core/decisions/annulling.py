"""Annul the number of a paper that was numbered and never issued: the number stays used."""

from __future__ import annotations

from uuid import UUID

import msgspec

from core.accounts.schemas import Actor
from core.decisions import access, notices, phrases, reading, repository
from core.decisions.drafting import require_state, stale
from core.decisions.schemas import Annulment, DecisionView, Kind, State
from core.errors import ConflictError, InvalidInputError
from core.kit import clock
from core.kit.i18n import nfc

LONGEST = 1000


async def annul(decision_id: UUID, version: int, reason: str, *, actor: Actor) -> DecisionView:
    """Annul a numbered paper: its number is never given again, its nominations wait anew.

    Raises:
        NotFoundError, PermissionDeniedError: as usual; those who number or approve may.
        InvalidInputError: no reason, or one that is too long.
        ConflictError: not numbered, out already, a revocation, or changed meanwhile.
    """
    found = await reading.get_decision(decision_id, actor=actor)
    access.require(actor, access.ANNULLERS, found.unit_path)
    await repository.lock(found.id)
    found = await reading.get_decision(decision_id, actor=actor)
    require_state(found, State.NUMBERED)
    if found.kind is Kind.REVOKE:
        raise ConflictError(phrases.NO_ANNULMENT, code="wrong_kind")
    reason = nfc(" ".join(reason.split()))
    if not reason or len(reason) > LONGEST:
        sentence = phrases.TEXT_LONG.format(limit=phrases.money(LONGEST))
        raise InvalidInputError(fields={"annul_reason": sentence if reason else phrases.WHY_ANNUL})
    made = Annulment(reason=reason, by=actor.display_name, on=clock.today())
    body = msgspec.to_builtins(msgspec.structs.replace(found.body, annulled=made))
    if not await repository.move(found.id, version, State.NUMBERED, State.ANNULLED, body):
        raise stale(found)
    await notices.annulled(found, reason)
    return await reading.get_decision(decision_id, actor=actor)
