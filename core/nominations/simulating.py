"""The simulator: how far somebody could be proposed, and why, from what a person says is known.

Nothing is stored. The same rules judge as for nominations: the ladder, the plan's own through its
plugin, the law's by dated rows; holds and the conflict ledger need a real subject.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from uuid import UUID

import msgspec

from core.accounts.schemas import Actor
from core.eligibility.catalogue import FACTS_OF_RULE, KEYS, LABELS, RATING_WORDS, value_words
from core.eligibility.checking import NO_ANSWER, in_order
from core.eligibility.judges import Answers, judge
from core.eligibility.known import Candidate, Declared, Idea, Known, Rated
from core.eligibility.law_day import LawDay
from core.eligibility.requests import SCOPES, SETTINGS
from core.eligibility.rules import digital_skills, flags, movement_years
from core.eligibility.rules_awards import standards
from core.eligibility.schemas import Finding, Outcome, outcome_of
from core.errors import InvalidInputError
from core.kit import clock
from core.movements import service as movements
from core.movements.phrases import OCCASIONS
from core.movements.resolved import years_of
from core.movements.schemas import Edition
from core.nominations.ladder import Rung, rungs
from core.nominations.phrases_ladder import (
    ASSUMED,
    BAD_YEAR,
    LADDER_REASONS,
    LADDER_RULE,
    QUESTIONS,
)
from core.plugin.api import EligibilityRequest, FindingState, Occasion, SubjectKind

NOBODY = UUID(int=0)
HEIGHTS = ("base", "province", "state", "unknown")
Facts = Mapping[str, object]


class Verdict(msgspec.Struct, frozen=True, kw_only=True):
    """One award of the ladder for the one who is thought of; findings with the worst first.

    `rung` is the rung that is open, or one of the award's rungs where none is (`is_open`).
    """

    rung: Rung
    is_open: bool
    outcome: Outcome
    findings: tuple[Finding, ...]


class Simulation(msgspec.Struct, frozen=True, kw_only=True):
    """The answer for all awards, the highest open one first.

    `reach`: the highest award that nothing shuts out. `asked`: facts that would tell more, by
    their keys, in the order of the form.
    """

    subject_kind: SubjectKind
    occasion: Occasion
    year: int
    verdicts: tuple[Verdict, ...]
    reach: Verdict | None
    asked: tuple[str, ...]


async def simulate(
    *, actor: Actor, subject_kind: SubjectKind, occasion: Occasion, year: int, facts: Facts
) -> Simulation:
    """Judge somebody of a kind on an occasion against every award of the edition in force.

    `facts`: fields of `EligibilityRequest`; what is not there is not known. Everybody who is
    signed in may ask (`actor`): nothing of a real subject is read.

    Raises:
        NoEditionError: no plan is published.
        InvalidInputError: not a year of the movement.
        LawParameterError: the law has no row for today.
    """
    del actor  # whoever it is: the edition is open to all
    edition = await movements.current_edition()
    if year not in years_of(edition.plan):
        raise InvalidInputError(fields={"year": BAD_YEAR})
    return await simulate_on(edition, subject_kind, occasion, year, facts, clock.today())


async def simulate_on(
    edition: Edition,
    subject_kind: SubjectKind,
    occasion: Occasion,
    year: int,
    facts: Facts,
    on: date,
) -> Simulation:
    """Answer `simulate` for an edition under the law of a day."""
    groups: dict[tuple[str, str, int | None], list[Rung]] = {}
    for rung in rungs(edition, on):
        name = (rung.award, rung.issuer or "", rung.source_line)
        groups.setdefault(name, []).append(rung)
    known = {key: edition.values.settings[key] for key in SETTINGS & edition.values.settings.keys()}
    asked = {
        name: EligibilityRequest(
            award=name[0], subject_kind=subject_kind, occasion=occasion, year=year,
            **{**known, **facts},  # type: ignore[arg-type]
        )
        for name in groups
    }  # fmt: skip
    answers = await judge(edition.plugin_slug, asked.values())
    law = LawDay(on)
    found = [
        _verdict(groups[name], request, answers, edition, law) for name, request in asked.items()
    ]
    verdicts = tuple(sorted(found, key=_rank))
    return Simulation(
        subject_kind=subject_kind,
        occasion=occasion,
        year=year,
        verdicts=verdicts,
        reach=next((v for v in verdicts if v.is_open and v.outcome is not Outcome.NOT_MET), None),
        asked=_questions(verdicts, subject_kind),
    )


def _rank(verdict: Verdict) -> tuple[bool, int]:
    return (not verdict.is_open, -HEIGHTS.index(verdict.rung.level))


def _verdict(
    group: list[Rung],
    request: EligibilityRequest,
    answers: Answers,
    edition: Edition,
    law: LawDay,
) -> Verdict:
    ours = [rung for rung in group if rung.subject_kind is request.subject_kind]
    rung = next((each for each in ours if each.occasion is request.occasion), None)
    shown = rung or (ours or group)[0]
    own = [_ladder(rung, ours, shown)]
    candidate, known = _thought_of(shown, request, edition, law.on)
    by_law = list(standards(candidate, known, law))
    own += [
        *flags(candidate, law),
        *movement_years(candidate, law),
        *digital_skills(candidate, known),
        *by_law,
    ]
    replaced = {each.rule for each in own} | ({"law"} if by_law else set())
    plan = [each for each in _of_plan(request, answers) if each.rule not in replaced]
    findings = in_order(_assumed(each) for each in (*own, *plan))
    return Verdict(
        rung=shown, is_open=rung is not None, outcome=outcome_of(findings), findings=findings
    )


def _ladder(rung: Rung | None, ours: list[Rung], shown: Rung) -> Finding:
    """Say whether the award is open on the occasion for the kind of subject, and else why not."""
    state, reason = FindingState.MET, LADDER_REASONS["met"]
    if rung is not None and rung.is_occasion_chosen:
        reason = LADDER_REASONS["chosen"]
    elif rung is None and not ours:
        state, reason = FindingState.NOT_MET, LADDER_REASONS["other_subject"]
    elif rung is None and any(not each.is_open for each in ours):
        state, reason = FindingState.PENDING, LADDER_REASONS["waits"]
    elif rung is None:
        said = ", ".join(OCCASIONS[each.occasion].lower() for each in ours if each.occasion)
        state, reason = FindingState.NOT_MET, LADDER_REASONS["other_occasion"].format(said=said)
    line = f", dòng {shown.source_line}" if shown.source_line else ""
    return Finding(
        rule="ladder", state=state, text=LADDER_RULE, reason=reason,
        reference=f"{shown.legal_basis}{line}",
    )  # fmt: skip


def _thought_of(
    rung: Rung, request: EligibilityRequest, edition: Edition, on: date
) -> tuple[Candidate, Known]:
    """Return somebody who does not exist, with what is said of him for the year."""
    year = request.year
    candidate = Candidate(
        id=NOBODY, list_id=NOBODY, round_id=NOBODY, round_name="", unit_id=NOBODY, unit_path="",
        subject_kind=request.subject_kind.value, subject_id=NOBODY, subject_name="",
        rung_key=rung.rung_key, award=rung.award, award_kind=rung.award_kind.value,
        occasion=str(request.occasion), year=year, state="draft", period_from=date(year, 1, 1),
        period_to=date(year, 12, 31), on=on, today=on, edition=edition,
    )  # fmt: skip
    ratings = [
        Rated(year=year, scope=scope, rating=rating, is_official=True, basis="")
        for field, scope in SCOPES.get(request.subject_kind.value, ())
        if (rating := getattr(request, field)) is not None
    ]
    ideas = [Idea(NOBODY, "Sáng kiến", year, "", "", is_attached=True)]
    facts = [
        Declared(year, key, value, "")
        for key in KEYS
        if (value := getattr(request, key, None)) is not None
    ]
    ideas = ideas if request.has_initiative else []
    return candidate, Known(ratings=ratings, declared=facts, ideas=ideas)


def _of_plan(request: EligibilityRequest, answers: Answers) -> Iterable[Finding]:
    said = answers[request]
    if said is None:
        return [NO_ANSWER]
    asked = msgspec.to_builtins(request)
    return [
        Finding(
            rule=each.rule, state=each.state, text=each.text, reason=each.reason,
            reference=each.reference, fact=_fact_words(each.rule, asked), is_blocking=each.weighs,
        )
        for each in said
    ]  # fmt: skip


def _fact_words(rule: str, asked: Mapping[str, object]) -> str:
    said = []
    for key in FACTS_OF_RULE.get(rule, (rule,)):
        value = asked.get(key)
        if value is None or key not in QUESTIONS:
            continue
        words = _value_words(value)
        said.append(f"{LABELS.get(key, QUESTIONS[key][0])}: {words}")
    return "; ".join(said)


def _value_words(value: object) -> str:
    if isinstance(value, bool | float | int):
        return value_words(value)
    return next((words for rating, words in RATING_WORDS.items() if rating == value), str(value))


def _assumed(finding: Finding) -> Finding:
    """Name the one source that a simulation has, where a rule names a register."""
    return msgspec.structs.replace(finding, source=ASSUMED if finding.fact else "")


def _questions(verdicts: Iterable[Verdict], kind: SubjectKind) -> tuple[str, ...]:
    """Return the facts that some rule of these verdicts looks at."""
    wanted: set[str] = set()
    for verdict in verdicts:
        for each in verdict.findings:
            wanted |= set(_FACTS.get(each.rule) or FACTS_OF_RULE.get(each.rule) or (each.rule,))
    return tuple(key for key, (_, kinds) in QUESTIONS.items() if key in wanted and kind in kinds)


_FACTS = {"good_work": ("rating",), "quota": ("within_quota",)}
