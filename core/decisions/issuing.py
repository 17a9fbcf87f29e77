"""Issue a signed decision: awards into the register, money from the fund, units are told."""

from __future__ import annotations

from uuid import UUID

from core.accounts.schemas import SYSTEM, Actor
from core.decisions import access, notices, phrases, prizes, reading, repository, revoking, waits
from core.decisions import repository_grants as grants
from core.decisions.drafting import refuse_held, require_state
from core.decisions.schemas import DecisionView, Kind, State
from core.decisions.signing import require_signed, verified
from core.eligibility import service as eligibility
from core.eligibility.blocking import refuse_blocked
from core.errors import ConflictError, InvalidInputError
from core.law.binding import refuse
from core.nominations.moving import move
from core.nominations.states import Action


async def issue(decision_id: UUID, *, actor: Actor, accept_short: bool = False) -> DecisionView:
    """Issue a numbered and signed paper. A letter counts as sent on its way from then on.

    Awards are granted with their prizes (base salary of the decision's day), the nominations are
    decided (or forwarded, or revoked with their awards), the fund of the round is charged, the
    units are told.

    Raises:
        NotFoundError, PermissionDeniedError: as usual.
        ConflictError: not numbered, not signed, signatures broken, somebody is held or no
            longer fulfils a rule that shuts out (checked on this day), or a
            nomination has been withdrawn meanwhile; a prize rests on a rule that nobody has
            confirmed.
        InvalidInputError: the fund would go under zero and that was not accepted
            (`accept_short`).
    """
    found = await verified(await waits.locked(decision_id, actor=actor))
    access.require(actor, access.NUMBERERS, found.unit_path)
    require_state(found, State.NUMBERED)
    require_signed(found)
    refuse_held(found)
    await waits.refuse_opinions(found)
    ids = [entry.nomination_id for entry in found.entries]
    if found.kind is not Kind.REVOKE:
        await eligibility.check_nominations(actor=SYSTEM, nomination_ids=ids, trigger="decision")
        await refuse_blocked(ids)
    if found.kind is Kind.FORWARD:
        await move(actor=actor, nomination_ids=ids, action=Action.FORWARD, note=_note(found))
    elif found.kind is Kind.AWARD:
        await move(actor=actor, nomination_ids=ids, action=Action.DECIDE, note=_note(found))
        await _grant(found, actor, accept_short=accept_short)
        await notices.issued(found)
    else:
        await move(actor=actor, nomination_ids=ids, action=Action.REVOKE, note=_note(found))
        await revoking.take_back(ids)
    await repository.set_issued(found.id)
    return await reading.get_decision(decision_id, actor=actor)


def _note(found: DecisionView) -> str:
    return f"{phrases.KINDS[found.kind]} số {found.number_text}"


async def _grant(found: DecisionView, actor: Actor, *, accept_short: bool) -> None:
    """Write the awards with their prizes, and charge the fund of the round."""
    if found.decided_on is None or found.round is None:
        raise ConflictError(phrases.WRONG_STATE.format(state=phrases.STATES[found.state].lower()))
    period = (found.round.period_from, found.round.period_to)
    subjects = [entry.subject_id for entry in found.entries]
    known = await grants.same_day_titles(subjects, found.decided_on)
    costs = prizes.costs(found.entries, found.decided_on, period, known)
    refuse(costs.unconfirmed)
    await grants.lock_fund(found.round.id)
    left = prizes.sums(await grants.fund_sums(found.round.id))
    short = prizes.short_of(left, costs.total)
    if short and not accept_short:
        sentence = phrases.FUND_SHORT.format(amount=phrases.money(short))
        raise InvalidInputError(sentence, code="fund_short", fields={"accept_short": sentence})
    await grants.insert_grants(
        found.id, prizes.grants_of(found.entries, costs), issuer=found.unit_name,
        achievement=found.body.achievement, number=found.number_text,
        decided_on=found.decided_on, source="decision",
    )  # fmt: skip
    if costs.total:
        await grants.add_fund(
            unit_id=found.unit_id, round_id=found.round.id, kind="prize", amount=-costs.total,
            entered_on=found.decided_on, basis=f"Quyết định số {found.number_text}",
            account_id=actor.account_id, decision_id=found.id,
        )  # fmt: skip
