"""Judgement of the five plugins: which rule says what about which facts."""

from collections.abc import Iterator

import pytest

from core.plugin.api import (
    EligibilityRequest,
    FindingState,
    Occasion,
    Rating,
    SubjectKind,
)
from core.plugin.manager import PluginManager
from core.plugin.rules import Province

MET, NOT_MET = FindingState.MET, FindingState.NOT_MET
PENDING, JUDGE = FindingState.PENDING, FindingState.NEEDS_JUDGEMENT
COLLECTIVE, INDIVIDUAL = SubjectKind.COLLECTIVE, SubjectKind.INDIVIDUAL


@pytest.fixture(scope="module")
def provinces() -> Iterator[dict[str, Province]]:
    """The five façades, their helper processes kept for the module."""
    manager = PluginManager(strict=True)
    manager.load()
    found = {slug: Province(slug, manager) for slug in manager.plugins}
    yield found
    for province in found.values():
        province.close()


def states(province: Province, **facts: object) -> dict[str, FindingState]:
    """Finding states by rule."""
    request = EligibilityRequest(year=2026, **facts)  # type: ignore[arg-type]
    return {row.rule: row.state for row in province.eligibility(request).findings}


@pytest.mark.parametrize(
    ("slug", "award", "kind", "occasion", "state"),
    [
        ("dien_bien", "Huân chương Lao động", COLLECTIVE, Occasion.FINAL_REVIEW, MET),
        ("dien_bien", "Huân chương Lao động", COLLECTIVE, Occasion.ANNUAL, NOT_MET),
        ("dien_bien", "Huân chương Lao động", COLLECTIVE, None, PENDING),
        ("dien_bien", "Giấy khen", INDIVIDUAL, Occasion.AD_HOC, MET),
        ("vinh_long", "Giấy khen Giám đốc Sở", INDIVIDUAL, Occasion.ANNUAL, MET),
        ("vinh_long", "Giấy khen Giám đốc Sở", INDIVIDUAL, Occasion.AD_HOC, NOT_MET),
        ("lai_chau", "Giấy khen của Giám đốc Sở Y tế", COLLECTIVE, Occasion.AD_HOC, MET),
        ("lai_chau", "Kỷ niệm chương", COLLECTIVE, Occasion.ANNUAL, NOT_MET),
        ("quang_ngai", "Cờ Thi đua của UBND tỉnh", INDIVIDUAL, Occasion.FINAL_REVIEW, NOT_MET),
    ],
)
def test_the_ladder_gates(
    provinces: dict[str, Province],
    slug: str,
    award: str,
    kind: SubjectKind,
    occasion: Occasion | None,
    state: FindingState,
) -> None:
    found = states(provinces[slug], award=award, subject_kind=kind, occasion=occasion)
    assert found["ladder"] is state


def test_flags_are_refused_to_individuals_by_law(provinces: dict[str, Province]) -> None:
    for province in provinces.values():
        asked = {"award": "Cờ thi đua của Chính phủ", "occasion": Occasion.FINAL_REVIEW}
        assert states(province, subject_kind=INDIVIDUAL, **asked)["flag_for_collectives"] is NOT_MET
        assert states(province, subject_kind=COLLECTIVE, **asked)["flag_for_collectives"] is MET


@pytest.mark.parametrize(
    ("facts", "state"),
    [
        ({}, PENDING),
        ({"digital_skills_certificate": True}, MET),
        ({"digital_skills_certificate": False}, NOT_MET),
    ],
)
def test_certificate_of_individuals(
    provinces: dict[str, Province], facts: dict[str, object], state: FindingState
) -> None:
    found = states(provinces["ha_noi"], award="khen thưởng", subject_kind=INDIVIDUAL, **facts)
    assert found["digital_skills_certificate"] is state
    assert "dti_rank" not in found


@pytest.mark.parametrize(
    ("facts", "state"),
    [
        ({"ranked_by_dti": True, "dti_rank": 1}, PENDING),  # no guidance: weighs nothing
        ({"dti_guidance_issued": True}, PENDING),
        ({"dti_guidance_issued": True, "ranked_by_dti": True, "dti_rank": 5}, MET),
        ({"dti_guidance_issued": True, "ranked_by_dti": True, "dti_rank": 5.2}, NOT_MET),
        ({"dti_guidance_issued": True, "ranked_by_dti": False}, None),
    ],
)
def test_rank_of_collectives(
    provinces: dict[str, Province], facts: dict[str, object], state: FindingState | None
) -> None:
    found = states(provinces["ha_noi"], award="khen thưởng", subject_kind=COLLECTIVE, **facts)
    assert found.get("dti_rank") is state


def test_quota(provinces: dict[str, Province]) -> None:
    asked = {"award": "Bằng khen", "subject_kind": COLLECTIVE}
    assert states(provinces["vinh_long"], **asked)["quota"] is PENDING
    assert states(provinces["vinh_long"], within_quota=False, **asked)["quota"] is NOT_MET


def test_standards_of_collectives(provinces: dict[str, Province]) -> None:
    found = states(
        provinces["quang_ngai"],
        award="khen thưởng",
        subject_kind=COLLECTIVE,
        occasion=Occasion.ANNUAL,
        internal_unity=True,
        clear_change=False,
        rating=Rating.COMPLETED_WELL,
        leadership_rating=Rating.COMPLETED,
    )
    assert found == {
        "ladder": MET,
        "obeys_law": PENDING,
        "internal_unity": MET,
        "movement_organised": PENDING,
        "clear_change": NOT_MET,
        "rating": MET,
        "leadership_rating": NOT_MET,
        "law": JUDGE,
    }


@pytest.mark.parametrize(
    ("initiative", "contributions", "state"),
    [
        (True, False, MET),
        (False, True, MET),
        (False, False, NOT_MET),
        (False, None, PENDING),
        (None, None, PENDING),
    ],
)
def test_an_initiative_or_contributions(
    provinces: dict[str, Province],
    initiative: bool | None,
    contributions: bool | None,
    state: FindingState,
) -> None:
    found = states(
        provinces["quang_ngai"],
        award="khen thưởng",
        subject_kind=INDIVIDUAL,
        has_initiative=initiative,
        has_contributions=contributions,
        rating=Rating.COMPLETED_EXCELLENTLY,
    )
    assert (found["merit"], found["rating"]) == (state, MET)


def test_only_the_law_where_the_plan_sets_no_standard(provinces: dict[str, Province]) -> None:
    asked = {"award": "Giấy khen", "subject_kind": SubjectKind.INDIVIDUAL}
    found = states(provinces["dien_bien"], occasion=Occasion.ANNUAL, **asked)
    assert found == {"ladder": MET, "law": JUDGE}
