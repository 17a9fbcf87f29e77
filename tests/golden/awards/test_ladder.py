"""The ladders of the five plugins against the tables typed from the plans."""

from itertools import product

import pytest

from core.plugin.api import Occasion, PlanContent, SubjectKind
from tests.golden.awards.reading import SLUGS, UNSTATED, Award, cells
from tests.golden.normalise import plan_line, raw_plan

REASONS = {"plan_silent", "no_rung", "occasion_unstated"}


@pytest.mark.parametrize("slug", SLUGS)
def test_every_occasion_and_kind_has_a_cell_with_awards_or_a_reason(slug: str) -> None:
    read = cells(slug)
    stated = {(cell.occasion, cell.subject) for cell in read if cell.occasion}
    assert stated == set(product(map(str, Occasion), map(str, SubjectKind)))
    for cell in read:
        assert bool(cell.awards) != bool(cell.empty), cell
        assert cell.empty in REASONS or cell.awards, cell


@pytest.mark.parametrize("slug", SLUGS)
def test_the_ladder_is_the_typed_one_cell_by_cell(
    contents: dict[str, PlanContent], slug: str
) -> None:
    found: dict[tuple[str | None, str], set[Award]] = {}
    for rung in contents[slug].ladder:
        award = Award(rung.award, rung.issuer, rung.action, rung.source_line or 0)
        found.setdefault((rung.occasion, rung.subject_kind), set()).add(award)
    assert found == {
        (cell.occasion, cell.subject): set(cell.awards) for cell in cells(slug) if cell.awards
    }


@pytest.mark.parametrize("slug", SLUGS)
def test_no_award_is_typed_twice_in_a_cell(slug: str) -> None:
    for cell in cells(slug):
        assert len(set(cell.awards)) == len(cell.awards)


@pytest.mark.parametrize("slug", SLUGS)
def test_each_cell_rests_on_its_line(slug: str) -> None:
    last = len(raw_plan(slug).split("\n"))
    for cell in cells(slug):
        for award in cell.awards:
            words = award.words.split()
            line = plan_line(slug, award.line).lower()
            assert any(" ".join(words[:count]).lower() in line for count in (2, 3)), award
        assert all(0 < line <= last and plan_line(slug, line) for line in cell.lines), cell


@pytest.mark.parametrize("slug", SLUGS)
def test_what_a_person_may_not_have_is_open_to_collectives(slug: str) -> None:
    read = cells(slug)
    for cell in read:
        same = next(c for c in read if (c.occasion, c.subject) == (cell.occasion, "collective"))
        flags = {(award.words, award.line) for award in same.awards if "Cờ" in award.words}
        shut_out = {(words, line) for words, line, _ in cell.withheld}
        assert shut_out == (flags if cell.subject == "individual" else set()), cell


def test_only_one_plan_names_no_occasion() -> None:
    silent = {slug for slug in SLUGS for cell in cells(slug) if cell.occasion is None}
    assert silent == {"lai_chau"}
    assert UNSTATED not in set(Occasion)
