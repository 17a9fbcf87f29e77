"""The normal form of every award that a plan names, typed by hand from the plans and the law."""

import datetime as dt
from uuid import UUID

import pytest

from core.law.awards import AwardKind, AwardLevel
from core.movements.resolved import effective
from core.movements.schemas import Edition
from core.movements.values import NOTHING, DepartmentValues, RungChoice, Signer
from core.nominations.ladder import Origin, Rung, find_rung, rungs, rungs_for
from core.plugin.api import Action, Occasion, PlanContent, SubjectKind
from tests.golden.awards.reading import SLUGS, cells

TODAY = dt.date(2026, 11, 23)
# words -> kind, level (Điều 77-80), whether the law asks for a ballot on papers (flags)
KINDS = {
    "Huân chương Lao động": ("labour_order", "state", "free"),
    "Cờ thi đua của Chính phủ": ("government_flag", "state", "secret"),
    "Cờ Thi đua của Chính phủ": ("government_flag", "state", "secret"),
    "Bằng khen của Thủ tướng Chính phủ": ("prime_minister_certificate", "state", "free"),
    "Bằng khen của Chủ tịch UBND Thành phố": ("province_certificate", "province", "free"),
    "Bằng khen của Chủ tịch UBND tỉnh": ("province_certificate", "province", "free"),
    "Bằng khen của Chủ tịch Ủy ban nhân dân tỉnh": ("province_certificate", "province", "free"),
    "Bằng khen Ủy ban nhân dân tỉnh": ("province_certificate", "province", "free"),
    "Bằng khen": ("province_certificate", "province", "free"),
    "Cờ thi đua UBND Thành phố": ("province_flag", "province", "secret"),
    "Cờ Thi đua của UBND tỉnh": ("province_flag", "province", "secret"),
    "Cờ thi đua của tỉnh": ("province_flag", "province", "secret"),
    "Giấy khen các cấp": ("commendation", "base", "free"),
    "Giấy khen": ("commendation", "base", "free"),
    "Giấy khen Giám đốc Sở": ("commendation", "base", "free"),
    "Giấy khen của Giám đốc Sở Y tế": ("commendation", "base", "free"),
    "Khen thưởng cấp Nhà nước": ("unnamed", "state", "free"),
    "khen thưởng cấp nhà nước": ("unnamed", "state", "free"),
    "biểu dương, khen thưởng kịp thời": ("unnamed", "base", "free"),
}
# "khen thưởng": by the one who gives it
UNNAMED = {
    "Giám đốc Sở Y tế": "base",
    "Chủ tịch UBND tỉnh": "province",
    "UBND Thành phố": "province",
}


def edition(plan: PlanContent, values: DepartmentValues = NOTHING) -> Edition:
    """An edition of a plan with the department's values."""
    return Edition(
        id=UUID(int=1), number=1, content=effective(plan, values), plan=plan, values=values,
        content_hash="", plugin_slug=plan.plugin, plugin_version="", reason="",
        effective_from=TODAY, published_by=None,
        published_at=dt.datetime(2026, 11, 23, tzinfo=dt.UTC),
    )  # fmt: skip


@pytest.mark.parametrize("slug", SLUGS)
def test_every_award_has_its_kind_its_level_and_its_ballot(
    contents: dict[str, PlanContent], slug: str
) -> None:
    expected = [
        (
            award.words,
            *KINDS.get(award.words, ("unnamed", UNNAMED.get(award.issuer or "", ""), "free")),
        )
        for cell in cells(slug)
        for award in cell.awards
    ]
    found = [
        (rung.award, rung.award_kind, rung.level, rung.ballot)
        for rung in rungs(edition(contents[slug]), TODAY)
    ]
    assert sorted(found) == sorted(expected)


@pytest.mark.parametrize("slug", SLUGS)
def test_the_open_rungs_of_a_cell_are_the_typed_ones(
    contents: dict[str, PlanContent], slug: str
) -> None:
    made = edition(contents[slug])
    for cell in cells(slug):
        if cell.occasion is None:
            continue
        open_here = rungs_for(made, Occasion(cell.occasion), SubjectKind(cell.subject), TODAY)
        found = {(rung.award, rung.issuer, rung.source_line) for rung in open_here}
        assert found == {(each.words, each.issuer, each.line) for each in cell.awards}, cell


@pytest.mark.parametrize("slug", SLUGS)
def test_keys_name_one_rung_each(contents: dict[str, PlanContent], slug: str) -> None:
    made = edition(contents[slug])
    keys = [rung.rung_key for rung in rungs(made, TODAY)]
    assert len(set(keys)) == len(keys)
    assert [find_rung(made, key, TODAY) for key in keys] == list(rungs(made, TODAY))


def test_an_occasion_is_open_once_the_department_has_chosen_it(
    contents: dict[str, PlanContent],
) -> None:
    plan = contents["lai_chau"]
    key = "Giấy khen của Giám đốc Sở Y tế|Giám đốc Sở Y tế|individual|"
    chosen = RungChoice(occasions=(Occasion.ANNUAL, Occasion.FINAL_REVIEW))
    made = edition(plan, DepartmentValues(rungs={key: chosen}))
    found = [rung for rung in rungs(made, TODAY) if rung.plan_key == key]
    assert [(rung.occasion, rung.rung_key, rung.is_occasion_chosen) for rung in found] == [
        (Occasion.ANNUAL, f"{key}annual", True),
        (Occasion.FINAL_REVIEW, f"{key}final_review", True),
    ]
    assert [rung.occasion for rung in made.content.ladder if rung.subject_kind == "individual"] == [
        None,
        None,
        Occasion.ANNUAL,
        Occasion.FINAL_REVIEW,
    ]
    assert rungs_for(made, Occasion.AD_HOC, SubjectKind.INDIVIDUAL, TODAY) == ()
    assert len(rungs_for(made, Occasion.ANNUAL, SubjectKind.INDIVIDUAL, TODAY)) == 1


def _plain_commendation(contents: dict[str, PlanContent], signer: Signer | None) -> Rung:
    key = "Giấy khen||collective|ad_hoc"
    values = DepartmentValues(rungs={key: RungChoice(signer=signer)}) if signer else NOTHING
    made = edition(contents["dien_bien"], values)
    return next(rung for rung in rungs(made, TODAY) if rung.plan_key == key)


def test_a_commendation_that_nobody_signs_falls_to_those_whom_the_law_names(
    contents: dict[str, PlanContent],
) -> None:
    rung = _plain_commendation(contents, None)
    assert (rung.action, rung.action_origin, rung.signer) == (
        Action.DECIDE, Origin.LAW, Signer.EITHER,
    )  # fmt: skip
    assert rung.decider is not None
    assert rung.decider.origin is Origin.LAW
    assert rung.decider.law is not None
    assert rung.decider.law.legal_basis.endswith("Điều 80 khoản 1")
    assert rung.rung_key == rung.plan_key


@pytest.mark.parametrize(
    ("signer", "words"),
    [
        (Signer.DEPARTMENT, "Giám đốc Sở Y tế"),
        (Signer.UNIT, "Thủ trưởng đơn vị có tư cách pháp nhân"),
    ],
)
def test_the_department_says_who_signs_where_the_plan_does_not(
    contents: dict[str, PlanContent], signer: Signer, words: str
) -> None:
    rung = _plain_commendation(contents, signer)
    assert rung.decider is not None
    assert (rung.decider.who, rung.decider.origin) == (words, Origin.DEPARTMENT)
    assert (rung.signer, rung.action, rung.action_origin) == (
        signer, Action.DECIDE, Origin.DEPARTMENT,
    )  # fmt: skip


def test_what_the_plan_says_is_not_overruled_by_a_choice(
    contents: dict[str, PlanContent],
) -> None:
    key = "Bằng khen của Chủ tịch UBND tỉnh|Chủ tịch UBND tỉnh|collective|final_review"
    choice = RungChoice(occasions=(Occasion.ANNUAL,), signer=Signer.DEPARTMENT)
    made = edition(contents["dien_bien"], DepartmentValues(rungs={key: choice}))
    assert rungs(made, TODAY) == rungs(edition(contents["dien_bien"]), TODAY)


def test_every_kind_above_the_department_has_a_decider_by_law(
    contents: dict[str, PlanContent],
) -> None:
    for slug in SLUGS:
        for rung in rungs(edition(contents[slug]), TODAY):
            named = rung.award_kind is not AwardKind.UNNAMED
            assert (rung.law_decider is not None) == named
            assert rung.level is not AwardLevel.UNKNOWN
            assert rung.is_decided_here == (rung.level is AwardLevel.BASE)
