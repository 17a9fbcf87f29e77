"""The judgement of the five plugins against the cases typed from the plans."""

from collections import Counter
from itertools import product

import pytest

from core.plugin.api import FindingState, Occasion, SubjectKind
from core.plugin.manager import PluginManager
from core.plugin.rules import Province
from tests.golden.awards.reading import SLUGS, cases, rules

KEYS = {
    "ladder": "ladder",
    "flag_for_collectives": "flag",
    "law": "law",
    "obeys_law": "obeys",
    "internal_unity": "unity",
    "movement_organised": "organised",
    "clear_change": "change",
    "merit": "merit",
    "rating": "rating",
    "leadership_rating": "rating",
    "digital_skills_certificate": "skills",
    "dti_rank": "dti",
    "quota": "quota",
    "exceptional": "outstanding",
}
WORST_FIRST = (
    FindingState.NOT_MET,
    FindingState.PENDING,
    FindingState.NEEDS_JUDGEMENT,
    FindingState.MET,
)


@pytest.mark.parametrize("slug", SLUGS)
def test_five_cases_for_each_occasion_and_kind(slug: str) -> None:
    counted = Counter((each.request.occasion, each.request.subject_kind) for each in cases(slug))
    assert counted == dict.fromkeys(product(Occasion, SubjectKind), 5)


@pytest.mark.parametrize("slug", SLUGS)
def test_every_declared_rule_is_judged_and_no_other(slug: str) -> None:
    assert {key for each in cases(slug) for key in each.states} == rules(slug)


@pytest.mark.parametrize("slug", SLUGS)
def test_every_case_is_judged_as_typed(slug: str) -> None:
    manager = PluginManager(strict=True)
    manager.load()
    wrong = {}
    with Province(slug, manager) as province:
        for case in cases(slug):
            found: dict[str, FindingState] = {}
            for each in province.eligibility(case.request).findings:
                key = KEYS[each.rule]
                # one sentence of a plan that names unit and leadership is one typed rule
                both = (found.get(key, each.state), each.state)
                found[key] = min(both, key=WORST_FIRST.index)
                assert each.reference
                assert each.reason
            if found != case.states:
                wrong[case.where] = (found, case.states)
    assert wrong == {}
