"""Awards taken back (Luật Thi đua, khen thưởng, Điều 93): proposed, decided, money back."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from core.accounts.schemas import Actor
from core.decisions import fund, revoking
from core.errors import ConflictError, InvalidInputError, NotFoundError
from core.honours import access, phrases
from core.honours import repository_revocations as repository
from core.honours.schemas_cases import Ground, RevocationView
from core.kit import clock
from core.kit.i18n import nfc
from core.nominations.moving import move
from core.nominations.states import Action

FACTS_MAX = 4000
LINE_MAX = 300


async def propose(
    award_grant_id: UUID, ground: str, facts: str, *, paper: str = "", actor: Actor
) -> RevocationView:
    """Propose to take an award back, on one of the four grounds of the law.

    An award decided here gets a decision of its own afterwards (`draft`). For one that was decided
    elsewhere `paper` names the decision by which that body took it back: it is revoked at once.

    Raises:
        NotFoundError, PermissionDeniedError: no such award; not an officer there.
        InvalidInputError: fields ground, facts, paper.
        ConflictError: revoked already (code `revoked`), or proposed already (`open_revocation`).
    """
    row: Any = await repository.lock_grant(award_grant_id)
    access.require_seen(actor, access.READERS, row["unit_path"] if row else None)
    actor.require(access.OFFICERS, row["decider_path"] or row["unit_path"])
    is_own = row["source"] == "decision"
    words, number = nfc(facts.strip()), nfc(" ".join(paper.split()))
    _check(ground, words, number, is_own=is_own)
    if row["state"] == "revoked":
        raise ConflictError(phrases.REVOKED_ALREADY, code="revoked")
    if row["is_open"]:
        raise ConflictError(phrases.PROPOSED_ALREADY, code="open_revocation")
    made = await repository.insert(
        grant_id=award_grant_id, ground=ground, facts=words,
        money_due=(row["prize_amount"] or 0) if is_own else 0, decision_id=None,
        state="proposed" if is_own else "decided", money_note=number,
        account_id=actor.account_id,
    )  # fmt: skip
    if not is_own:
        await repository.revoke_grant(award_grant_id)
        if row["nomination_id"]:
            await move(
                actor=actor, nomination_ids=[row["nomination_id"]], action=Action.REVOKE,
                note=number,
            )  # fmt: skip
    return await get_revocation(made, actor=actor)


def _check(ground: str, facts: str, paper: str, *, is_own: bool) -> None:
    errors = {}
    if ground not in set(Ground):
        errors["ground"] = phrases.NO_GROUND
    if not facts:
        errors["facts"] = phrases.NO_FACTS
    elif len(facts) > FACTS_MAX:
        errors["facts"] = phrases.TOO_LONG.format(most=FACTS_MAX)
    if not is_own and not paper:
        errors["paper"] = phrases.NO_PAPER
    elif len(paper) > LINE_MAX:
        errors["paper"] = phrases.TOO_LONG.format(most=LINE_MAX)
    if errors:
        raise InvalidInputError(fields=errors)


async def get_revocation(revocation_id: UUID, *, actor: Actor) -> RevocationView:
    """Return a revocation.

    Raises:
        NotFoundError: there is none, or not for this person.
    """
    row: Any = await repository.one(revocation_id)
    if row is None or not _seen(actor, row):
        raise NotFoundError
    return _view(row)


async def of_award(award_grant_id: UUID, *, actor: Actor) -> list[RevocationView]:
    """Return the revocations of an award that the person may know of; the award is seen already."""
    return [_view(row) for row in await repository.of_grant(award_grant_id) if _seen(actor, row)]


async def names_together(award_grant_id: UUID, *, actor: Actor) -> dict[UUID, list[str]]:
    """Return, by proposal of this award, whose awards could go into the same paper.

    Empty for a person who handles no proposals; the award is seen already.
    """
    if not actor.has(access.OFFICERS):
        return {}
    return await repository.names_together(award_grant_id)


def _seen(actor: Actor, row: Any) -> bool:
    """Those who handle or check proposals see all; the others what was decided."""
    roles = access.READERS if row["state"] == "decided" else access.PROPOSAL_READERS
    return actor.can(roles, row["unit_path"])


async def list_revocations(*, actor: Actor) -> list[RevocationView]:
    """Return the newest revocations that the person may know of (`get_revocation`).

    Raises:
        PermissionDeniedError: the person reads no register.
    """
    access.require_any(actor, access.READERS)
    rows = await repository.listed(
        access.patterns(actor, access.READERS), access.patterns(actor, access.PROPOSAL_READERS)
    )
    return [_view(row) for row in rows]


async def draft(revocation_id: UUID, *, together: bool = False, actor: Actor) -> RevocationView:
    """Make the draft of the decision; it takes its way through review, number and signature.

    `together`: the other proposals of the same first decision and ground go into the same paper.

    Raises:
        NotFoundError, PermissionDeniedError: as usual.
        ConflictError: there is a paper already, or the first decision is no issued award.
    """
    found = await get_revocation(revocation_id, actor=actor)
    others = await repository.together(revocation_id) if together else []
    row: Any = await repository.lock_grant(found.grant_id)
    actor.require(access.OFFICERS, row["decider_path"] or row["unit_path"])
    if found.state != "proposed" or found.decision_id or row["decision_id"] is None:
        raise ConflictError(phrases.HAS_PAPER, code="wrong_state")
    made = await revoking.draft_revocation(
        row["decision_id"], [row["nomination_id"], *(each["nomination_id"] for each in others)],
        grounds=phrases.GROUNDS[found.ground], actor=actor,
    )  # fmt: skip
    tied = [revocation_id, *(each["id"] for each in others)]
    if not await repository.set_decision(tied, made.id):
        raise ConflictError(phrases.HAS_PAPER, code="wrong_state")
    return await get_revocation(revocation_id, actor=actor)


async def drop(revocation_id: UUID, *, actor: Actor) -> RevocationView:
    """Drop a proposal that has no paper yet.

    Raises:
        NotFoundError, PermissionDeniedError: as usual.
        ConflictError: it has a paper, or is no proposal any more (code `wrong_state`).
    """
    found = await get_revocation(revocation_id, actor=actor)
    actor.require(access.OFFICERS, found.unit_path)
    if not await repository.drop(revocation_id):
        raise ConflictError(phrases.HAS_PAPER, code="wrong_state")
    return await get_revocation(revocation_id, actor=actor)


async def record_return(
    revocation_id: UUID, amount: int | None, entered_on: date | None, basis: str, *, actor: Actor
) -> RevocationView:
    """Record prize money that came back, as a line of the round's fund.

    Raises:
        NotFoundError, PermissionDeniedError: as usual.
        ConflictError: the revocation is not decided (code `wrong_state`).
        InvalidInputError: fields amount, entered_on, basis.
    """
    found = await get_revocation(revocation_id, actor=actor)
    actor.require(access.MONEY, found.unit_path)
    if found.state != "decided":
        raise ConflictError(phrases.NOT_DECIDED, code="wrong_state")
    errors, words = {}, nfc(" ".join(basis.split()))
    if amount is None or amount <= 0:
        errors["amount"] = phrases.NO_AMOUNT
    if entered_on is None or entered_on > clock.today():
        errors["entered_on"] = phrases.NO_PAID_DAY
    if not words or len(words) > LINE_MAX:
        errors["basis"] = phrases.NO_BASIS
    if errors or amount is None or entered_on is None:
        raise InvalidInputError(fields=errors)
    await repository.lock_grant(found.grant_id)
    await fund.money_back(
        found.grant_id, amount=amount, entered_on=entered_on, basis=words, actor=actor
    )
    left = (await get_revocation(revocation_id, actor=actor)).money_left
    if not left:
        await repository.set_returned(revocation_id, entered_on)
    return await get_revocation(revocation_id, actor=actor)


def _view(row: Any) -> RevocationView:
    return RevocationView(**{**row, "ground": Ground(row["ground"])})
