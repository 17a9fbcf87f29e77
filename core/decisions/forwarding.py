"""After a letter went up: the package for the higher level, and what it decided for each."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from core.accounts.schemas import Actor
from core.decisions import access, notices, phrases, prizes, reading, repository_package
from core.decisions import repository_grants as grants
from core.decisions.drafting import require_state
from core.decisions.schemas import DecisionView, Entry, Kind, State
from core.errors import ConflictError, InvalidInputError, NotFoundError
from core.jobs.service import enqueue
from core.kit import clock
from core.kit.i18n import nfc, vn_date
from core.nominations.moving import move
from core.nominations.states import Action

PACKAGE = "decisions.package"


async def ask_package(decision_id: UUID, *, actor: Actor) -> DecisionView:
    """Ask for the package of a letter (once for each version; a failed one is tried again).

    Raises:
        NotFoundError: no such letter, or not for this person.
        ConflictError: it has no number yet.
    """
    found = await _letter(decision_id, actor)
    if found.state not in (State.NUMBERED, State.ISSUED):
        require_state(found, State.NUMBERED)
    asked = await repository_package.ask(
        found.id, found.version, 1 + 2 * len(found.entries), actor.account_id
    )
    if asked is not None:
        await enqueue(PACKAGE, {"package_id": str(asked)})
    return await reading.get_decision(decision_id, actor=actor)


async def record_outcome(
    decision_id: UUID, entry_id: UUID, *, awarded: bool | None, number: str,
    decided_on: date | None, issuer: str, note: str, actor: Actor,
) -> DecisionView:  # fmt: skip
    """Write down what the higher level decided for one candidate of a letter.

    Awarded: a grant with the higher decision's number and day (its prize is reckoned by that
    day). Not awarded: the nomination ends there, with the reason.

    Raises:
        NotFoundError, PermissionDeniedError: as usual.
        InvalidInputError: what is missing, by field.
        ConflictError: it no longer waits for an outcome.
    """
    found = await _letter(decision_id, actor)
    access.require(actor, access.DRAFTERS, found.unit_path)
    require_state(found, State.ISSUED)
    entry = next((each for each in found.entries if each.id == entry_id), None)
    if entry is None:
        raise NotFoundError
    number, issuer, note = (nfc(" ".join(text.split())) for text in (number, issuer, note))
    _check(awarded, number, decided_on, note)
    if entry.state != "forwarded":
        raise ConflictError(phrases.NOT_FORWARDED, code="not_forwarded")
    if awarded and decided_on:
        await _granted(found, entry, number, decided_on, issuer, actor)
        words = phrases.OUTCOME_YES.format(number=number, day=vn_date(decided_on))
    else:
        await move(actor=actor, nomination_ids=[entry.nomination_id],
                   action=Action.REFUSED_ABOVE, note=note)  # fmt: skip
        words = phrases.OUTCOME_NO.format(note=note)
    await notices.outcome(entry, words)
    return await reading.get_decision(decision_id, actor=actor)


def _check(awarded: bool | None, number: str, decided_on: date | None, note: str) -> None:
    wrong = {}
    if awarded is None:
        wrong["outcome"] = phrases.NO_OUTCOME
    if awarded and not number:
        wrong["number"] = phrases.NO_NUMBER
    if awarded and decided_on is None:
        wrong["decided_on"] = phrases.DATE_UNREADABLE
    if decided_on and decided_on > clock.today():
        wrong["decided_on"] = phrases.DATE_IN_FUTURE
    if awarded is False and not note:
        wrong["note"] = phrases.NO_REASON
    if wrong:
        raise InvalidInputError(fields=wrong)


async def _granted(
    found: DecisionView, entry: Entry, number: str, decided_on: date, issuer: str, actor: Actor
) -> None:
    await move(actor=actor, nomination_ids=[entry.nomination_id], action=Action.DECIDED_ABOVE,
               note=f"Quyết định số {number}")  # fmt: skip
    round_ = found.round
    period = (round_.period_from, round_.period_to) if round_ else (None, None)
    known = await grants.same_day_titles([entry.subject_id], decided_on)
    costs = prizes.costs([entry], decided_on, period, known)
    await grants.insert_grants(
        found.id, prizes.grants_of([entry], costs, numbered=False), issuer=issuer,
        achievement=found.body.achievement, number=number, decided_on=decided_on, source="higher",
    )  # fmt: skip


async def _letter(decision_id: UUID, actor: Actor) -> DecisionView:
    found = await reading.get_decision(decision_id, actor=actor)
    if found.kind is not Kind.FORWARD:
        raise NotFoundError
    return found


async def package_file(decision_id: UUID, *, actor: Actor) -> bytes:
    """Return the finished package of a letter.

    Raises:
        NotFoundError: no such letter, or it has no package yet.
    """
    found = await _letter(decision_id, actor)
    content = await repository_package.content(found.id, found.version)
    if content is None:
        raise NotFoundError
    return content
