"""From what is known to the question that a plan's plugin is asked, and back to facts in words."""

from __future__ import annotations

from typing import Any

import msgspec

from core.eligibility.catalogue import (
    FACTS_OF_RULE,
    KEYS,
    LABELS,
    LEVELS,
    RATING_WORDS,
    Span,
    value_words,
)
from core.eligibility.known import Candidate, Declared, Known
from core.plugin.api import EligibilityRequest, Occasion, Rating, SubjectKind

SCOPES = {
    "collective": (("rating", "unit"), ("leadership_rating", "leadership")),
    "individual": (("rating", "person"),),
}
ASKED = {"award", "subject_kind", "year", "occasion"}
FIELDS = frozenset(EligibilityRequest.__struct_fields__)
SETTINGS = FIELDS - ASKED - {"rating", "leadership_rating", "within_quota"}


def request_of(
    candidate: Candidate, known: Known, *, provisional: bool = False
) -> EligibilityRequest:
    """Return what the plugin is asked; without `provisional`, on official ratings alone."""
    facts: dict[str, Any] = {
        field: rating_over(candidate, known, scope, provisional=provisional)
        for field, scope in SCOPES.get(candidate.subject_kind, ())
    }
    for key in KEYS:
        found = declared(candidate, known, key)
        if found is not None and key in FIELDS:
            facts[key] = found.value
    if any(each.is_attached or each.year in candidate.years for each in known.ideas):
        facts["has_initiative"] = True
    for key in SETTINGS & candidate.edition.values.settings.keys():
        facts[key] = candidate.edition.values.settings[key]
    quota = candidate.quota
    if quota and quota.count is not None:
        if known.count.alive + known.count.decided <= quota.count:
            facts["within_quota"] = True
        elif known.count.decided >= quota.count:
            facts["within_quota"] = False
    return EligibilityRequest(
        award=candidate.award,
        subject_kind=SubjectKind(candidate.subject_kind),
        year=candidate.year,
        occasion=Occasion(candidate.occasion),
        **facts,
    )


def rating_over(
    candidate: Candidate, known: Known, scope: str, *, provisional: bool
) -> Rating | None:
    """Return the worst rating of the period's years; None while a year has none."""
    worst: Rating | None = None
    for year in candidate.years:
        found = known.rated(scope, year)
        if found is None or not (provisional or found.is_official):
            return None
        worst = found.rating if worst is None else min(worst, found.rating, key=LEVELS.__getitem__)
    return worst


def is_provisional(candidate: Candidate, known: Known) -> bool:
    """Tell whether a rating of the period is known only provisionally."""
    scopes = [scope for _, scope in SCOPES.get(candidate.subject_kind, ())]
    rated = [known.rated(scope, year) for scope in scopes for year in candidate.years]
    return any(each is not None and not each.is_official for each in rated)


def declared(candidate: Candidate, known: Known, key: str) -> Declared | None:
    """Return the declared fact that counts for the period, or None.

    Where every year counts, a "no" of one year outweighs; else the newest year counts.
    """
    found = [each for each in known.declared if each.key == key and each.value is not None]
    if KEYS[key].span is Span.EVERY:
        found = [each for each in found if each.year in candidate.years]
        found.sort(key=lambda each: each.value is not False)
    return found[0] if found else None


def rating_words(candidate: Candidate, known: Known, scope: str) -> tuple[str, str]:
    """Return the ratings of the period in words, and where they come from."""
    said, sources = [], []
    for year in candidate.years:
        found = known.rated(scope, year)
        if found is None:
            said.append(f"{year}: chưa có")
            continue
        kind = "" if found.is_official else " (tạm thời)"
        said.append(f"{year}: {RATING_WORDS[found.rating]}{kind}")
        sources.append(found.basis)
    where = "; ".join(dict.fromkeys(filter(None, sources)))
    return "; ".join(said), f"Sổ xếp loại{': ' + where if where else ''}"


def fact_words(rule: str, candidate: Candidate, known: Known) -> tuple[str, str]:
    """Return the facts that a rule of the plan looks at, in words, and their source."""
    scopes = dict(SCOPES.get(candidate.subject_kind, ()))
    if rule in scopes:
        return rating_words(candidate, known, scopes[rule])
    said, sources = [], []
    asked = msgspec.to_builtins(request_of(candidate, known))
    for field in FACTS_OF_RULE.get(rule, (rule,)):
        if field not in LABELS or field not in FIELDS:
            continue
        said.append(f"{LABELS[field]}: {value_words(asked.get(field))}")
        sources.append(_source(field, candidate, known))
    return "; ".join(said), "; ".join(dict.fromkeys(filter(None, sources)))


def _source(field: str, candidate: Candidate, known: Known) -> str:
    if field in candidate.edition.values.settings:
        return f"Bản kế hoạch số {candidate.edition.number} của Sở"
    if field == "has_initiative":
        names = [each.name for each in known.ideas]
        return f"Sổ sáng kiến: {'; '.join(names[:3])}" if names else ""
    found = declared(candidate, known, field) if field in KEYS else None
    return f"Thông tin khai năm {found.year}: {found.source}" if found else ""
