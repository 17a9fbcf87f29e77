"""The ladder in use: every rung of an edition in its normal form, with who decides and who asks.

What the plan says comes first, then what the department set, then the law by the day.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum

import msgspec

from core.kit import clock
from core.law import awards, votes
from core.law.awards import AwardKind, AwardLevel
from core.law.schemas import Parameter
from core.movements.resolved import chosen_rungs, rung_key
from core.movements.schemas import Edition
from core.movements.values import Quota, RungChoice, Signer
from core.plugin.api import Action, AwardRung, Occasion, SubjectKind


class Ballot(StrEnum):
    """How a council votes on an award: on papers without names by law, or as it chooses."""

    SECRET = "secret"  # noqa: S105 -- a way of voting
    FREE = "free"


class Origin(StrEnum):
    """Where a value of a rung comes from."""

    PLAN = "plan"
    DEPARTMENT = "department"
    LAW = "law"
    NOT_STATED = "not_stated"


class Competence(msgspec.Struct, frozen=True):
    """Who acts, in words, and where that stands; `law`: the dated row where the law says so."""

    who: str
    origin: Origin
    law: Parameter | None = None

    @property
    def is_confirmed(self) -> bool:
        """Whether nothing has to be confirmed by the department."""
        return self.law is None or self.law.is_confirmed


class Rung(msgspec.Struct, frozen=True, kw_only=True):
    """One award for one kind of subject on one occasion, as it holds in an edition.

    Attributes:
        rung_key: its name within the edition; with an occasion that the department chose, of it.
        plan_key: the rung's name in the plan (by which the department's values are kept).
        award: the plan's words. `award_kind`: their normal form. `level`: where it is decided.
        occasion: None where the plan names none and the department has chosen none: it is not
            open yet.
        issuer: the giver in the plan's (or the department's) words, or None.
        action: decide here | propose | forward; None only where nobody says who decides.
        action_origin: whether plan, department or law says so.
        signer: who may decide here: department | unit | either; None above the department.
        ballot: how a council votes on it.
        decider, proposer: in words, with their source. `law_decider`: who decides by law.
        quota: what the department set, or None.
        legal_basis, source_line: where the rung stands in the plan.
    """

    rung_key: str
    plan_key: str
    award: str
    award_kind: AwardKind
    level: AwardLevel
    subject_kind: SubjectKind
    occasion: Occasion | None
    is_occasion_chosen: bool
    issuer: str | None
    action: Action | None
    action_origin: Origin
    signer: Signer | None
    ballot: Ballot
    decider: Competence | None
    law_decider: Competence | None
    proposer: Competence | None
    quota: Quota | None
    legal_basis: str
    source_line: int | None

    @property
    def is_open(self) -> bool:
        """Whether somebody can be proposed for it: its occasion is known."""
        return self.occasion is not None

    @property
    def is_decided_here(self) -> bool:
        """Whether the department or one of its units decides."""
        return self.action is Action.DECIDE


def rungs(edition: Edition, on: date | None = None) -> tuple[Rung, ...]:
    """Return the ladder of an edition in the plan's order; the law is that of `on` (today).

    Raises:
        LawParameterError: the law has no row for the day.
    """
    day = on or clock.today()
    return tuple(
        _rung(stated, held, edition, day)
        for stated in edition.plan.ladder
        for held in chosen_rungs(stated, edition.values)
    )


def find_rung(edition: Edition, key: str, on: date | None = None) -> Rung | None:
    """Return one rung by its `rung_key`, or None (errors as `rungs`)."""
    return next((rung for rung in rungs(edition, on) if rung.rung_key == key), None)


def rungs_for(
    edition: Edition, occasion: Occasion, subject_kind: SubjectKind, on: date | None = None
) -> tuple[Rung, ...]:
    """Return the rungs that are open on an occasion for a kind of subject (errors as `rungs`)."""
    return tuple(
        rung
        for rung in rungs(edition, on)
        if rung.occasion is occasion and rung.subject_kind is subject_kind
    )


def _rung(stated: AwardRung, held: AwardRung, edition: Edition, on: date) -> Rung:
    kind = awards.kind_of(stated.award, stated.issuer, on)
    level = awards.level_of(kind, stated.award, stated.issuer)
    choice = edition.values.rungs.get(rung_key(stated), RungChoice())
    by_law = _by_law(awards.decider_of(kind, on))
    action, origin = _action(stated, held, level)
    return Rung(
        rung_key=rung_key(held),
        plan_key=rung_key(stated),
        award=stated.award,
        award_kind=kind,
        level=level,
        subject_kind=stated.subject_kind,
        occasion=held.occasion,
        is_occasion_chosen=stated.occasion is None and held.occasion is not None,
        issuer=held.issuer,
        action=action,
        action_origin=origin,
        signer=_signer(stated, choice, action),
        ballot=Ballot.SECRET if votes.rules_of(kind, on).is_secret else Ballot.FREE,
        decider=_decider(stated, held) or by_law,
        law_decider=by_law,
        proposer=_by_law(awards.proposer_of(level, on)),
        quota=edition.values.quotas.get(rung_key(stated)),
        legal_basis=stated.legal_basis,
        source_line=stated.source_line,
    )


def _action(stated: AwardRung, held: AwardRung, level: AwardLevel) -> tuple[Action | None, Origin]:
    """Say whether it is decided here: by the plan, the department, or the law (Điều 80)."""
    if stated.action is not None:
        return stated.action, Origin.PLAN
    if held.action is not None:
        return held.action, Origin.DEPARTMENT
    if level is AwardLevel.BASE:
        return Action.DECIDE, Origin.LAW
    return None, Origin.NOT_STATED


def _signer(stated: AwardRung, choice: RungChoice, action: Action | None) -> Signer | None:
    """Say who may decide here; what the plan gives to the department is the department's."""
    if action is not Action.DECIDE:
        return None
    if stated.action is Action.DECIDE:
        return Signer.DEPARTMENT
    return choice.signer or Signer.EITHER


def _decider(stated: AwardRung, held: AwardRung) -> Competence | None:
    """Say who gives it by the plan, else by the department."""
    if stated.issuer:
        return Competence(stated.issuer, Origin.PLAN)
    return Competence(held.issuer, Origin.DEPARTMENT) if held.issuer else None


def _by_law(row: Parameter | None) -> Competence | None:
    return Competence(str(row.value), Origin.LAW, row) if row else None
