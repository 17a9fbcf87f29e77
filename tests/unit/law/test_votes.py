"""Votes of a council against an independent count: crosswise products, or every case tried."""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.law.votes import (
    Choice,
    Counts,
    Outcome,
    Placed,
    Presence,
    Share,
    VoteRules,
    attainable,
    attendance,
    count_choices,
    decide,
    is_preferred,
    rank,
    rules_of,
    threshold_of,
)

DAY = date(2026, 11, 23)
HALF = Share(Fraction(1, 2), strict=True)


def rules(
    threshold: Share = HALF,
    *,
    written_attend: bool = False,
    abstention_against: bool = True,
    agree_counts_for_lower: bool = True,
    chair_breaks_tie: bool = True,
) -> VoteRules:
    return VoteRules(
        quorum=Share(Fraction(2, 3)),
        attendance=Share(Fraction(4, 5)),
        threshold=threshold,
        written_attend=written_attend,
        abstention_against=abstention_against,
        agree_counts_for_lower=agree_counts_for_lower,
        chair_breaks_tie=chair_breaks_tie,
    )


def enough(votes: int, members: int, percent: int, *, strict: bool) -> bool:
    """The same question without a fraction, multiplied crosswise."""
    return votes * 100 > percent * members if strict else votes * 100 >= percent * members


percents = st.integers(1, 100)
sizes = st.integers(3, 25)


@st.composite
def papers(draw: st.DrawFn) -> tuple[int, list[Choice]]:
    """A council, and what each member who votes (there, by substitute, in writing) puts down."""
    members = draw(sizes)
    recused = draw(st.integers(0, members))
    absent = draw(st.integers(0, members - recused))
    voting = members - recused - absent
    choices = draw(st.lists(st.sampled_from(Choice), min_size=voting, max_size=voting))
    return members, choices


@given(sizes, percents, st.booleans())
def test_the_votes_that_are_needed_are_the_fewest_that_do(
    members: int, percent: int, strict: bool
) -> None:
    share = Share(Fraction(percent, 100), strict=strict)
    tried = [n for n in range(members + 2) if enough(n, members, percent, strict=strict)]
    assert share.needed(members) == tried[0]
    assert [n for n in range(members + 2) if share.is_met(n, members)] == tried


@given(st.lists(st.sampled_from(Presence), min_size=3, max_size=25), st.booleans())
def test_quorum_and_attendance_are_two_rules_on_all_members(
    presences: list[Presence], written_attend: bool
) -> None:
    found = attendance(presences, rules(written_attend=written_attend))
    seated = sum(1 for each in presences if each in ("present", "substituted"))
    written = sum(1 for each in presences if each == "written")
    assert found.members == len(presences) == seated + written + found.absent
    assert found.seated == seated
    assert found.has_quorum is (3 * seated >= 2 * len(presences))
    counted = seated + (written if written_attend else 0)
    assert found.may_vote is (5 * counted >= 4 * len(presences))


@given(papers(), percents, st.booleans(), st.booleans(), st.sampled_from([None, *Choice]))
def test_a_threshold_is_of_all_members_whoever_is_away_or_recused(
    ballot: tuple[int, list[Choice]],
    percent: int,
    strict: bool,
    against: bool,
    chair: Choice | None,
) -> None:
    members, choices = ballot
    share = Share(Fraction(percent, 100), strict=strict)
    verdict = decide(
        count_choices(choices), members, rules(share, abstention_against=against), chair=chair
    )
    yes = len([each for each in choices if each is Choice.AGREE])
    no = [Choice.DISAGREE, Choice.LOWER, *([Choice.ABSTAIN] if against else [])]
    noes = len([each for each in choices if each in no])
    expected = Outcome.NOT_AGREED
    if enough(yes, members, percent, strict=strict):
        expected = Outcome.AGREED
    elif percent == 50 and yes + yes == members and yes == noes:
        expected = {None: Outcome.TIE, Choice.AGREE: Outcome.AGREED}.get(chair, expected)
    assert verdict.outcome is expected


@given(papers(), percents, percents, st.booleans())
def test_a_lower_award_is_asked_for_when_the_higher_one_fails(
    ballot: tuple[int, list[Choice]], percent: int, lower_percent: int, counts_for_lower: bool
) -> None:
    members, choices = ballot
    verdict = decide(
        count_choices(choices),
        members,
        rules(Share(Fraction(percent, 100)), agree_counts_for_lower=counts_for_lower),
        lower=Share(Fraction(lower_percent, 100)),
    )
    yes, low = choices.count(Choice.AGREE), choices.count(Choice.LOWER)
    together = yes + low if counts_for_lower else low
    if enough(yes, members, percent, strict=False):
        assert verdict.outcome is Outcome.AGREED
    elif enough(together, members, lower_percent, strict=False):
        assert (verdict.outcome, verdict.lower_agree) == (Outcome.LOWER, together)
    else:
        assert verdict.outcome is Outcome.NOT_AGREED


@given(sizes, percents, st.booleans(), st.data())
def test_what_a_recusal_does_is_what_the_best_vote_of_the_others_gives(
    members: int, percent: int, strict: bool, data: st.DataObject
) -> None:
    unable = data.draw(st.integers(0, members))
    share = Share(Fraction(percent, 100), strict=strict)
    best = decide(Counts(agree=members - unable), members, rules(share, chair_breaks_tie=False))
    found = attainable(members, unable, share)
    assert found.is_attainable is (best.outcome is Outcome.AGREED)
    assert found.spare == (members - unable) - share.needed(members)


def test_nine_members_and_nine_tenths_bear_no_recusal() -> None:
    nine_tenths = Share(Fraction(9, 10))
    assert attainable(9, 0, nine_tenths).is_attainable
    assert not attainable(9, 1, nine_tenths).is_attainable
    assert attainable(9, 1, Share(Fraction(4, 5))).spare == 0


def by_trying(passed: Sequence[Placed], places: int) -> set[frozenset[str]]:
    """Every choice of candidates in which nobody left out stands before somebody let in."""
    found = set()
    for inside in combinations(passed, min(places, len(passed))):
        outside = [one for one in passed if one not in inside]
        if all(
            a.agree > b.agree or (a.agree == b.agree and a.preferred >= b.preferred)
            for a in inside
            for b in outside
        ):
            found.add(frozenset(one.key for one in inside))
    return found


candidates = st.lists(st.tuples(st.integers(5, 8), st.booleans()), min_size=0, max_size=7).map(
    lambda rows: [Placed(str(i), agree, first) for i, (agree, first) in enumerate(rows)]
)


@given(candidates, st.integers(0, 7))
def test_places_go_by_votes_then_by_preference_and_the_rest_waits_for_the_chair(
    passed: list[Placed], places: int
) -> None:
    possible = by_trying(passed, places)
    found = rank(passed, places)
    assert set(found.admitted) == set.intersection(*map(set, possible))
    assert set(found.left_out) == {one.key for one in passed} - set.union(*map(set, possible))
    assert sorted((*found.admitted, *found.left_out, *found.open)) == [one.key for one in passed]
    if found.open:
        free = places - len(found.admitted)
        decided = rank(passed, places, chosen=found.open[:free])
        assert frozenset(decided.admitted) in possible
        assert (len(decided.admitted), decided.open) == (places, ())


def test_equal_votes_let_a_woman_or_a_collective_of_women_go_first() -> None:
    passed = [Placed("man", 7), Placed("woman", 7, is_preferred(1, 1, DAY))]
    assert rank(passed, 1).admitted == ("woman",)
    assert (is_preferred(7, 10, DAY), is_preferred(69, 100, DAY)) == (True, False)


@pytest.mark.parametrize(
    ("award", "percent", "strict", "secret"),
    [
        ("hero_title", 90, False, True),
        ("national_title", 90, False, True),
        ("province_title", 90, False, True),
        ("base_title", 80, False, True),
        ("province_flag", 80, False, True),
        ("government_flag", 80, False, True),
        ("commendation", 50, True, False),
        ("province_certificate", 50, True, False),
        ("labour_order", 50, True, False),
    ],
)
def test_each_award_has_the_share_and_the_ballot_of_the_law(
    award: str, percent: int, strict: bool, secret: bool
) -> None:
    assert threshold_of(award, DAY) == Share(Fraction(percent, 100), strict=strict)
    found = rules_of(award, DAY)
    assert (found.is_secret, found.quorum, found.attendance) == (
        secret,
        Share(Fraction(2, 3)),
        Share(Fraction(4, 5)),
    )


def test_a_council_of_nobody_neither_sits_nor_votes() -> None:
    found = attendance([], rules())
    assert (found.has_quorum, found.may_vote) == (False, False)


def test_more_papers_than_members_are_refused() -> None:
    with pytest.raises(ValueError, match="more papers"):
        decide(Counts(agree=4), 3, rules())
    with pytest.raises(ValueError, match="more members unable"):
        attainable(3, 4, HALF)
    with pytest.raises(ValueError, match="negative"):
        rank([], -1)
