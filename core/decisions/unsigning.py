"""Throw away digital signatures that do not hold: signed again with the same number and day."""

from __future__ import annotations

from uuid import UUID

import msgspec

from core.accounts.schemas import Actor
from core.decisions import access, phrases, reading, repository
from core.decisions.drafting import require_state
from core.decisions.schemas import Annulment, DecisionView, SignMode, State
from core.decisions.signing import verified
from core.errors import ConflictError, InvalidInputError
from core.kit import clock
from core.kit.i18n import nfc

LONGEST = 1000


async def discard_signatures(decision_id: UUID, reason: str, *, actor: Actor) -> DecisionView:
    """Throw away the signed file of a numbered paper whose signatures do not hold (ADR 12).

    The file as it was numbered stays, so both sign again; who did it and why stays in the paper.

    Raises:
        NotFoundError, PermissionDeniedError: as usual; those who sign may.
        InvalidInputError: no reason, or one that is too long.
        ConflictError: not numbered, out already, not signed digitally, or the signatures hold
            (code `signature_good`).
    """
    found = await reading.get_decision(decision_id, actor=actor)
    access.require(actor, access.SIGNERS, found.unit_path)
    await repository.lock(found.id)
    found = await verified(await reading.get_decision(decision_id, actor=actor))
    require_state(found, State.NUMBERED)
    if found.sign_mode is not SignMode.DIGITAL:
        raise ConflictError(phrases.NO_SIGNATURES, code="not_signed")
    if found.signatures is not None and found.signatures.is_good:
        raise ConflictError(phrases.SIGNATURES_GOOD, code="signature_good")
    reason = nfc(" ".join(reason.split()))
    if not reason or len(reason) > LONGEST:
        sentence = phrases.TEXT_LONG.format(limit=phrases.money(LONGEST))
        raise InvalidInputError(
            fields={"unsign_reason": sentence if reason else phrases.WHY_UNSIGN}
        )
    made = Annulment(reason=reason, by=actor.display_name, on=clock.today())
    body = msgspec.structs.replace(found.body, discarded=(*found.body.discarded, made))
    await repository.discard_signed(found.id, msgspec.to_builtins(body))
    return await reading.get_decision(decision_id, actor=actor)
