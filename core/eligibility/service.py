"""Checks of nominations: made in bulk, stored, and read by those who see the nomination."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

import msgspec

from core.accounts.schemas import Actor, Role
from core.eligibility import asking
from core.eligibility import repository_checks as repository
from core.eligibility.checking import judge_all
from core.eligibility.gathering import gather, read_candidates
from core.eligibility.known import Known
from core.eligibility.schemas import CheckView, Finding, Outcome, Trigger, outcome_of
from core.errors import NotFoundError
from core.kit.ids import new_id

CHECKERS = (Role.UNIT_CLERK, Role.UNIT_HEAD, Role.OFFICER, Role.DEPARTMENT_HEAD,
            Role.COUNCIL_SECRETARY, Role.RECORDS_CLERK)  # fmt: skip
READERS = (*CHECKERS, Role.AUDITOR)
# A member of the council reads what has come before it, nothing else.
BEFORE_COUNCIL = ("council", "submitted", "decided", "forwarded", "not_awarded")


async def check_nominations(
    *, actor: Actor, nomination_ids: Sequence[UUID], trigger: str
) -> dict[UUID, Outcome]:
    """Check nominations against plan, law and conflict ledger, and store what was found.

    The number of statements does not grow with the number of nominations. A decided nomination
    keeps its outcome: what contradicts it is only reported (`is_changed`). `trigger`: `Trigger`.

    Raises:
        NotFoundError: one of them does not exist, or not for this person.
    """
    found, touched = await _findings(actor, nomination_ids)
    outcomes = {key: outcome_of(findings) for key, (findings, _) in found.items()}
    rows = [
        (
            new_id(),
            key,
            Trigger(trigger).value,
            outcomes[key].value,
            [msgspec.to_builtins(each) for each in findings],
            is_changed(row, outcomes[key], findings),
            actor.account_id,
        )
        for key, (findings, row) in found.items()
    ]
    if rows:
        await repository.store(rows)
        await repository.mark(list(outcomes), [each.value for each in outcomes.values()])
    if Trigger(trigger) in (Trigger.SENT, Trigger.RECEIVED):
        await asking.ask_for(touched - outcomes.keys())
    return outcomes


async def ask_clashing(nomination_ids: Sequence[UUID]) -> None:
    """Ask for those that clash with these to be checked again: these leave the ledger.

    To be called while they still stand in it.
    """
    pairs = await read_candidates(list(nomination_ids))
    known = await gather([candidate for candidate, _ in pairs])
    await asking.ask_for(_clashing(known.values()) - set(nomination_ids))


def _clashing(known: Iterable[Known]) -> set[UUID]:
    found = {other.id for facts in known for other in facts.others}
    return found | {use.id for facts in known for use in facts.uses}


async def findings_for(
    *, actor: Actor, nomination_ids: Sequence[UUID]
) -> dict[UUID, tuple[tuple[Finding, ...], Any]]:
    """Return the findings as of now, each with the row of its nomination; nothing is stored.

    Raises:
        NotFoundError: as `check_nominations`.
    """
    found, _ = await _findings(actor, nomination_ids)
    return found


async def _findings(
    actor: Actor, nomination_ids: Sequence[UUID]
) -> tuple[dict[UUID, tuple[tuple[Finding, ...], Any]], set[UUID]]:
    """Return the findings, and which other nominations clash with these."""
    pairs = await read_candidates(list(dict.fromkeys(nomination_ids)))
    if len(pairs) != len(set(nomination_ids)) or not all(
        actor.can(CHECKERS, candidate.unit_path) for candidate, _ in pairs
    ):
        raise NotFoundError
    candidates = [candidate for candidate, _ in pairs]
    known = await gather(candidates)
    findings = await judge_all(candidates, known)
    found = {candidate.id: (findings[candidate.id], row) for candidate, row in pairs}
    return found, _clashing(known.values())


async def findings_of(nomination_id: UUID, *, actor: Actor) -> CheckView | None:
    """Return the newest check of a nomination, or None where it was never checked.

    Raises:
        NotFoundError: no such nomination for this person.
    """
    row = await repository.newest(nomination_id)
    if row is None:
        raise NotFoundError
    member = (Role.COUNCIL_MEMBER,) if row["state"] in BEFORE_COUNCIL else ()
    if not actor.can((*READERS, *member), row["unit_path"]):
        raise NotFoundError
    if row["outcome"] is None:
        return None
    return CheckView(
        nomination_id=nomination_id,
        outcome=Outcome(row["outcome"]),
        trigger=Trigger(row["trigger"]),
        checked_at=row["checked_at"],
        findings=msgspec.convert(row["findings"], tuple[Finding, ...]),
    )


def is_changed(row: Any, outcome: Outcome, findings: Sequence[Finding]) -> bool:
    """Tell whether outcome or a rule's state differs from the check before (the first: False)."""
    if row["last_outcome"] is None:
        return False
    before = sorted((each["rule"], each["state"]) for each in row["last_findings"])
    now = sorted((each.rule, each.state.value) for each in findings)
    return row["last_outcome"] != outcome.value or before != now
