"""Judge candidates: the plan through its plugin, the law by dated rows, the conflict ledger."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from uuid import UUID

from core.eligibility.conflicts import conflicts
from core.eligibility.judges import Answers, judge
from core.eligibility.known import Candidate, Known
from core.eligibility.law_day import LawDay
from core.eligibility.requests import fact_words, is_provisional, request_of
from core.eligibility.rules import general
from core.eligibility.rules_awards import provisional_words, standards
from core.eligibility.schemas import Finding
from core.plugin.api import EligibilityFinding, FindingState

WORST_FIRST = (
    FindingState.NOT_MET,
    FindingState.PENDING,
    FindingState.NEEDS_JUDGEMENT,
    FindingState.MET,
)
NO_ANSWER = Finding(
    rule="plan",
    state=FindingState.PENDING,
    text="Tiêu chuẩn riêng của kế hoạch.",
    source="Phần mềm của tỉnh",
    reason="Phần mềm của tỉnh chưa trả lời được. Các quy tắc khác vẫn được kiểm tra; bấm kiểm tra"
    " lại sau, nếu vẫn vậy thì báo bộ phận hỗ trợ.",
)


async def judge_all(
    candidates: Sequence[Candidate], known: dict[UUID, Known]
) -> dict[UUID, tuple[Finding, ...]]:
    """Return the findings of each candidate, the worst first."""
    answers = await _answers(candidates, known)
    days = {day: LawDay(day) for day in {each.on for each in candidates}}
    found = {}
    for each in candidates:
        facts, law = known[each.id], days[each.on]
        own = [
            *general(each, facts, law),
            *standards(each, facts, law),
            *conflicts(each, facts, law),
        ]
        replaced = {finding.rule for finding in own}
        if any(True for _ in standards(each, facts, law)):
            replaced.add("law")  # the general sentence gives way to the standards themselves
        plan = [f for f in _of_plan(each, facts, answers) if f.rule not in replaced]
        found[each.id] = in_order([*own, *plan])
    return found


def in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return findings with what needs attention first; within a state as they came."""
    return tuple(
        sorted(findings, key=lambda each: (WORST_FIRST.index(each.state), not each.is_blocking))
    )


async def _answers(candidates: Sequence[Candidate], known: dict[UUID, Known]) -> dict[str, Answers]:
    """Ask each plugin about its candidates; twice where a rating is only provisional."""
    asked = defaultdict(set)
    for each in candidates:
        facts, slug = known[each.id], each.edition.plugin_slug
        asked[slug].add(request_of(each, facts))
        if is_provisional(each, facts):
            asked[slug].add(request_of(each, facts, provisional=True))
    return {slug: await judge(slug, requests) for slug, requests in asked.items()}


def _of_plan(candidate: Candidate, known: Known, answers: dict[str, Answers]) -> list[Finding]:
    """Turn the plugin's findings into ours; what rests on a provisional rating stays pending."""
    replies = answers[candidate.edition.plugin_slug]
    certain = replies[request_of(candidate, known)]
    if certain is None:
        return [NO_ANSWER]
    likely: dict[str, FindingState] = {}
    if is_provisional(candidate, known):
        again = replies[request_of(candidate, known, provisional=True)] or ()
        likely = {each.rule: each.state for each in again}
    return [_finding(each, likely, candidate, known) for each in certain]


def _finding(
    said: EligibilityFinding, likely: dict[str, FindingState], candidate: Candidate, known: Known
) -> Finding:
    fact, source = fact_words(said.rule, candidate, known)
    state, reason = said.state, said.reason
    expected = likely.get(said.rule, state)
    if expected is not state:
        state = FindingState.PENDING
        reason = provisional_words(expected is FindingState.MET)
    return Finding(
        rule=said.rule,
        state=state,
        text=said.text,
        fact=fact,
        source=source,
        reference=said.reference,
        reason=reason,
        is_blocking=said.weighs,
    )
