"""What came back to the officer: checks that changed, and clashes between lists and awards."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from core.accounts.schemas import Actor, Role
from core.eligibility import asking
from core.eligibility import repository_changes as repository
from core.eligibility.access import patterns
from core.eligibility.schemas import Finding

PAGE = 30
READERS = (Role.OFFICER, Role.DEPARTMENT_HEAD, Role.COUNCIL_SECRETARY, Role.AUDITOR)
OFFICER = (Role.OFFICER, Role.COUNCIL_SECRETARY)


class ChangeRow(msgspec.Struct, frozen=True):
    """A nomination whose newest check differs (or clashes), with the findings that matter.

    `is_contradicted`: it was decided already, and a blocking rule is no longer met.
    """

    nomination_id: UUID
    check_id: UUID
    subject_name: str
    award: str
    state: str
    unit_name: str
    round_name: str
    outcome: str
    outcome_before: str
    trigger: str
    checked_at: datetime
    findings: tuple[Finding, ...]
    is_contradicted: bool


class ChangePage(msgspec.Struct, frozen=True):
    """One page; `after` is the id of the check to go on from, or None."""

    rows: tuple[ChangeRow, ...]
    after: UUID | None


async def list_changes(
    *, actor: Actor, round_id: UUID | None = None, after: UUID | None = None
) -> ChangePage:
    """Return nominations whose check changed after they were sent, newest first.

    A decided one that no longer meets a rule is reported, and nothing is done to it.

    Raises:
        PermissionDeniedError: not on the officer's side.
    """
    rows = await repository.changed(patterns(actor, READERS), round_id, after, PAGE + 1)
    return _page([_row(row, _different(row)) for row in rows[:PAGE]], len(rows) > PAGE)


async def list_clashes(
    *, actor: Actor, round_id: UUID | None = None, after: UUID | None = None
) -> ChangePage:
    """Return nominations on their way that clash with an award, a list or an initiative's use.

    Raises:
        PermissionDeniedError: not on the officer's side.
    """
    rows = await repository.clashes(patterns(actor, READERS), round_id, after, PAGE + 1)
    return _page([_row(row, _clashing(row)) for row in rows[:PAGE]], len(rows) > PAGE)


async def rounds(*, actor: Actor) -> list[Any]:
    """Return the rounds to choose from: id and name (errors as `list_changes`)."""
    return await repository.rounds(patterns(actor, READERS))


async def ask_recheck(*, actor: Actor, round_id: UUID | None = None) -> int:
    """Let the nominations on their way (of one round) be checked again; return how many.

    Raises:
        PermissionDeniedError: neither officer nor council secretary.
    """
    ids = await repository.of_round(patterns(actor, OFFICER), round_id)
    await asking.ask_for(ids)
    return len(ids)


async def law_changed() -> None:
    """Let every nomination on its way be checked again: a rule was confirmed, replaced or ended."""
    await asking.ask_for(await repository.of_round(["%"], None))


def _page(rows: list[ChangeRow], more: bool) -> ChangePage:
    return ChangePage(tuple(rows), rows[-1].check_id if more else None)


def _findings(raw: Any) -> tuple[Finding, ...]:
    return msgspec.convert(raw or [], tuple[Finding, ...])


def _different(row: Any) -> tuple[Finding, ...]:
    """Return the findings whose state is not that of the check before."""
    before = {(each.rule, each.state) for each in _findings(row["findings_before"])}
    return tuple(f for f in _findings(row["findings"]) if (f.rule, f.state) not in before)


def _clashing(row: Any) -> tuple[Finding, ...]:
    return tuple(
        each
        for each in _findings(row["findings"])
        if each.rule.startswith("conflict_") and each.state != "met"
    )


def _row(row: Any, findings: tuple[Finding, ...]) -> ChangeRow:
    return ChangeRow(
        nomination_id=row["id"],
        check_id=row["check_id"],
        subject_name=row["subject_name"],
        award=row["award"],
        state=row["state"],
        unit_name=row["unit_name"],
        round_name=row["round_name"],
        outcome=row["outcome"],
        outcome_before=row.get("outcome_before") or "",
        trigger=row["trigger"],
        checked_at=row["checked_at"],
        findings=findings,
        is_contradicted=row["state"] == "decided" and row["outcome"] == "not_met",
    )
