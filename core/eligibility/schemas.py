"""Findings, and facts of subjects as services and pages see them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

import msgspec

from core.plugin.api import FindingState

Outcome = FindingState


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """One rule held against one nomination.

    Attributes:
        rule: stable key of the rule.
        text: the rule in words.
        fact: the fact used, in words; '' where there is none.
        source: where the fact comes from.
        reference: article, or line of the plan.
        reason: why the state is what it is.
        is_blocking: whether "not met" shuts the nomination out.
        is_confirmed: whether the law row behind it was read in the law or confirmed.
    """

    rule: str
    state: FindingState
    text: str
    fact: str = ""
    source: str = ""
    reference: str = ""
    reason: str = ""
    is_blocking: bool = True
    is_confirmed: bool = True


def outcome_of(findings: Iterable[Finding]) -> Outcome:
    """Return what findings say together.

    Not met where a blocking rule is not met, else pending (a rule that does not apply yet waits
    for nothing), else needs judgement (a warning is one), else met.
    """
    listed = list(findings)
    if any(each.state is FindingState.NOT_MET and each.is_blocking for each in listed):
        return Outcome.NOT_MET
    states = {each.state for each in listed}
    if any(each.state is FindingState.PENDING and each.is_blocking for each in listed):
        return Outcome.PENDING
    if states & {FindingState.NEEDS_JUDGEMENT, FindingState.NOT_MET}:
        return Outcome.NEEDS_JUDGEMENT
    return Outcome.MET


class Trigger(StrEnum):
    """Why a nomination is checked."""

    SENT = "sent"
    RECEIVED = "received"
    ASKED = "asked"
    RATINGS = "ratings"
    HOLD = "hold"
    DECISION = "decision"


class CheckView(msgspec.Struct, frozen=True):
    """The newest check of a nomination; `findings` with the worst first."""

    nomination_id: UUID
    outcome: Outcome
    trigger: Trigger
    checked_at: datetime
    findings: tuple[Finding, ...]


class Scope(StrEnum):
    """Whose yearly rating it is."""

    UNIT = "unit"
    LEADERSHIP = "leadership"
    PERSON = "person"


class HoldKind(StrEnum):
    """Why nothing is proposed or decided."""

    DISCIPLINE_CONSIDERED = "discipline_considered"
    INVESTIGATION = "investigation"
    COMPLAINT = "complaint"
    DISCIPLINE = "discipline"


class FactView(msgspec.Struct, frozen=True):
    """A declared fact of one year; `file_id` opens the paper it rests on."""

    year: int
    key: str
    value: bool | float | None
    source: str
    file_id: UUID | None
    recorded_at: datetime
    recorded_by: str


class AwardView(msgspec.Struct, frozen=True):
    """An award of a subject; `state`: in_force | revoked."""

    award: str
    year: int
    decision_number: str
    decided_on: date
    state: str


class OtherView(msgspec.Struct, frozen=True):
    """Somebody outside the tree; `path`: of the unit that is answerable."""

    id: UUID
    name: str
    kind: str
    address: str
    note: str
    unit_id: UUID
    unit_name: str
    path: str


class InitiativeView(msgspec.Struct, frozen=True):
    """An initiative; `author_lines`: as they are typed; `uses`: in how many nominations."""

    id: UUID
    name: str
    unit_id: UUID
    unit_name: str
    unit_code: str
    path: str
    year: int
    level: str
    certificate_number: str
    certificate_date: date | None
    issuer: str
    effect: str
    file_id: UUID | None
    authors: str
    author_lines: str
    uses: int


class UseView(msgspec.Struct, frozen=True):
    """A nomination that rests on an initiative, with the decision where there is one."""

    subject_name: str
    award: str
    state: str
    round_name: str
    decision_number: str
    decided_on: date | None


class Subject(msgspec.Struct, frozen=True):
    """Who facts are about; `kind`: unit | person | other. `path`: of the answerable unit."""

    kind: str
    id: UUID
    name: str
    unit_id: UUID
    unit_name: str
    path: str
    title: str = ""
