"""The simulator against the cases typed from the plans: every state of every rule of the plan."""

import datetime as dt

import msgspec
import pytest

from core.eligibility import judges
from core.movements.resolved import is_open, rung_key
from core.movements.values import NOTHING, DepartmentValues, RungChoice
from core.nominations.simulating import Verdict, simulate_on
from core.plugin.api import FindingState, Occasion, PlanContent, SubjectKind
from core.plugin.manager import PluginManager
from core.plugin.rules import Province
from tests.golden.awards.reading import SLUGS, cases, cells
from tests.golden.awards.test_eligibility import KEYS, WORST_FIRST
from tests.golden.awards.test_rungs import TODAY, edition

ASKED = {"award", "subject_kind", "occasion", "year"}


@pytest.fixture(autouse=True)
def _installed(monkeypatch: pytest.MonkeyPatch) -> None:
    manager = PluginManager(strict=True)
    manager.load()
    monkeypatch.setattr(judges, "Province", lambda slug: Province(slug, manager))


def with_every_occasion(plan: PlanContent) -> DepartmentValues:
    """Choose all occasions where the plan names none, so that the plan's word alone is judged."""
    choice = RungChoice(occasions=tuple(Occasion))
    return DepartmentValues(
        rungs={rung_key(rung): choice for rung in plan.ladder if rung.occasion is None}
    )


def states_of(verdict: Verdict, wanted: set[str]) -> dict[str, FindingState]:
    """Return the state of each rule that the table types; the law's own rules are others."""
    found: dict[str, FindingState] = {}
    for each in verdict.findings:
        key = KEYS.get(each.rule, "")
        if key in wanted:
            found[key] = min((found.get(key, each.state), each.state), key=WORST_FIRST.index)
    return found


@pytest.mark.parametrize("slug", SLUGS)
async def test_every_typed_case_is_simulated_as_typed(
    contents: dict[str, PlanContent], slug: str
) -> None:
    plan = contents[slug]
    made = edition(plan, with_every_occasion(plan))
    wrong, compared = {}, 0
    for case in cases(slug):
        asked = case.request
        facts = {
            key: value
            for key, value in msgspec.structs.asdict(asked).items()
            if key not in ASKED and value is not None
        }
        assert asked.occasion is not None
        found = await simulate_on(
            made, asked.subject_kind, asked.occasion, asked.year, facts, TODAY
        )
        expected = {key: state for key, state in case.states.items() if key != "law"}
        for verdict in found.verdicts:
            if verdict.rung.award == asked.award:
                states = states_of(verdict, set(KEYS.values()) - {"law"})
                compared += 1
                if states != expected:
                    wrong[case.where] = (states, expected)
    assert wrong == {}
    assert compared >= 40


@pytest.mark.parametrize("slug", SLUGS)
async def test_the_open_awards_of_every_cell_are_the_typed_ones(
    contents: dict[str, PlanContent], slug: str
) -> None:
    made = edition(contents[slug])
    for cell in cells(slug):
        if cell.occasion is None:
            continue
        found = await simulate_on(
            made, SubjectKind(cell.subject), Occasion(cell.occasion), 2027, {}, TODAY
        )
        opened = {(v.rung.award, v.rung.issuer) for v in found.verdicts if v.is_open}
        assert opened == {(award.words, award.issuer) for award in cell.awards}
        assert (found.reach is None) == (not cell.awards)
        shut = {v.rung.award: v.outcome for v in found.verdicts if not v.is_open}
        for words, _, _ in cell.withheld:
            assert shut[words] is FindingState.NOT_MET


async def test_an_occasion_that_nobody_has_chosen_is_waited_for(
    contents: dict[str, PlanContent],
) -> None:
    plan = contents["lai_chau"]
    assert {is_open(rung) for rung in plan.ladder} == {True}
    found = await simulate_on(
        edition(plan, NOTHING), SubjectKind.COLLECTIVE, Occasion.ANNUAL, 2026, {}, TODAY
    )
    assert [v.is_open for v in found.verdicts] == [False] * 4
    assert {each.state for v in found.verdicts for each in v.findings if each.rule == "ladder"} == {
        FindingState.PENDING
    }
    assert found.reach is None


async def test_how_far_a_collective_gets_at_the_final_review_and_why(
    contents: dict[str, PlanContent],
) -> None:
    facts = {"obeys_law": True, "internal_unity": True, "movement_organised": True,
             "clear_change": True, "rating": "completed_well",
             "leadership_rating": "completed_well"}  # fmt: skip
    made = edition(contents["quang_ngai"])
    found = await simulate_on(
        made, SubjectKind.COLLECTIVE, Occasion.FINAL_REVIEW, 2030, facts, dt.date(2030, 11, 1)
    )
    assert found.reach is not None
    assert found.reach.rung.level == "state"
    assert [v.outcome for v in found.verdicts if v.is_open] == ["needs_judgement"] * 6
    early = await simulate_on(
        made, SubjectKind.COLLECTIVE, Occasion.FINAL_REVIEW, 2026, facts, TODAY
    )
    flag = next(v for v in early.verdicts if v.rung.award_kind == "province_flag")
    years = next(f for f in flag.findings if f.rule == "movement_years_province_flag")
    assert (years.state, years.is_blocking) == (FindingState.NEEDS_JUDGEMENT, False)
    worse = facts | {"leadership_rating": "completed"}
    shut = await simulate_on(
        made, SubjectKind.COLLECTIVE, Occasion.FINAL_REVIEW, 2030, worse, dt.date(2030, 11, 1)
    )
    assert shut.reach is None


@pytest.mark.parametrize(
    ("facts", "outcome"),
    [
        ({}, "needs_judgement"),
        ({"dti_guidance_issued": False, "dti_rank": 60.0}, "needs_judgement"),
        ({"dti_guidance_issued": True, "ranked_by_dti": True}, "pending"),
        ({"dti_guidance_issued": True, "ranked_by_dti": True, "dti_rank": 6.0}, "not_met"),
    ],
)
async def test_a_criterion_that_waits_for_guidance_is_shown_and_weighs_nothing(
    contents: dict[str, PlanContent], facts: dict[str, object], outcome: str
) -> None:
    made = edition(contents["ha_noi"])
    found = await simulate_on(made, SubjectKind.COLLECTIVE, Occasion.ANNUAL, 2026, facts, TODAY)
    (verdict,) = [v for v in found.verdicts if v.is_open]
    assert verdict.outcome == outcome
    assert "dti_rank" in {each.rule for each in verdict.findings}


@pytest.mark.parametrize(
    ("facts", "state"),
    [
        ({}, "pending"),
        ({"digital_skills_certificate": True}, "met"),
        ({"digital_skills_certificate": False}, "not_met"),
    ],
)
async def test_a_department_may_ask_individuals_for_the_certificate(
    contents: dict[str, PlanContent], facts: dict[str, object], state: str
) -> None:
    plan = contents["dien_bien"]
    made = edition(plan, DepartmentValues(settings={"digital_skills_required": True}))
    for kind, expected in ((SubjectKind.INDIVIDUAL, [state]), (SubjectKind.COLLECTIVE, [])):
        found = await simulate_on(made, kind, Occasion.ANNUAL, 2026, facts, TODAY)
        (verdict,) = [v for v in found.verdicts if v.is_open]
        states = [f.state for f in verdict.findings if f.rule == "digital_skills_certificate"]
        assert states == expected
    free = await simulate_on(
        edition(plan), SubjectKind.INDIVIDUAL, Occasion.ANNUAL, 2026, facts, TODAY
    )
    assert "digital_skills_certificate" not in {
        each.rule for v in free.verdicts for each in v.findings
    }
