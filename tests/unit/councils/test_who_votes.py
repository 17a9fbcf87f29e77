"""Who may vote, and what comes of it, against a count that walks round the table seat by seat."""

from __future__ import annotations

from datetime import UTC, datetime
from fractions import Fraction
from uuid import UUID, uuid4

from hypothesis import given
from hypothesis import strategies as st

from core.councils.access import able_to_vote
from core.councils.schemas import MeetingHead, SeatView
from core.law.votes import (
    Attendance,
    Choice,
    Outcome,
    Share,
    VoteRules,
    attainable,
    attendance,
    count_choices,
    decide,
)

Seat = tuple[str, bool, str]  # presence, has a substitute, what is done about an interest
seats_of = st.lists(
    st.tuples(
        st.sampled_from(["present", "substituted", "written", "absent"]),
        st.booleans(),
        st.sampled_from(["", "", "", "none", "declare", "recuse", "substitute"]),
    ),
    min_size=3,
    max_size=25,
)


def seat(presence: str, has_substitute: bool) -> SeatView:
    return SeatView(
        id=uuid4(), member_id=uuid4(), account_id=None, full_name="Ủy viên", job_title="",
        role="member", presence=presence, substitute_name="Người dự thay" if has_substitute else "",
        substitute_title="", substitute_account_id=None, substitute_username="",
        mandate_number="", mandate_file_id=None,
    )  # fmt: skip


def head(form: str, state: str = "open") -> MeetingHead:
    nobody = UUID(int=0)
    return MeetingHead(
        id=nobody, council_id=nobody, council_name="", recusal_way="recuse", unit_id=nobody,
        unit_name="", unit_path="/", round_id=nobody, round_name="", edition_id=nobody, title="",
        form=form, starts_at=datetime(2026, 11, 24, tzinfo=UTC), place="", agenda="",
        discussion="", state=state, opened_at=None, closed_at=None, version=1,
    )  # fmt: skip


def by_hand(table: list[Seat], form: str, *, substitutes: bool, written: bool) -> int:
    """Walk round the table: take out whom nobody may vote for, count who is left."""
    left = 0
    for presence, has_substitute, way in table:
        if way == "recuse":
            continue
        needs_substitute = way == "substitute" or presence == "substituted"
        if needs_substitute:
            left += substitutes and has_substitute
        elif presence == "written":
            left += written or form == "written"
        elif presence == "present":
            left += 1
    return left


@given(
    seats_of, st.sampled_from(["meeting", "written"]), st.booleans(), st.booleans(),
    st.integers(1, 100), st.booleans(), st.data(),
)  # fmt: skip
def test_presences_substitutes_and_recusals_change_who_votes_never_of_how_many(
    table: list[Seat],
    form: str,
    substitutes: bool,
    written: bool,
    percent: int,
    strict: bool,
    data: st.DataObject,
) -> None:
    rules = VoteRules(
        quorum=Share(Fraction(2, 3)), attendance=Share(Fraction(4, 5)),
        threshold=Share(Fraction(percent, 100), strict=strict), written_vote=written,
        substitutes_vote=substitutes, chair_breaks_tie=False,
    )  # fmt: skip
    seats = tuple(seat(presence, has) for presence, has, _ in table)
    ways = {each.id: way for each, (_, _, way) in zip(seats, table, strict=True)}
    able = able_to_vote(head(form), seats, ways, rules)
    members = len(table)
    assert able == by_hand(table, form, substitutes=substitutes, written=written)

    chance = attainable(members, members - able, rules.threshold)
    reached = 100 * able > percent * members if strict else 100 * able >= percent * members
    assert chance.is_attainable is reached

    choices = data.draw(st.lists(st.sampled_from(Choice), min_size=able, max_size=able))
    yes = sum(1 for each in choices if each is Choice.AGREE)
    passed = 100 * yes > percent * members if strict else 100 * yes >= percent * members
    verdict = decide(count_choices(choices), members, rules)
    assert (verdict.outcome is Outcome.AGREED) is passed
    assert verdict.members == members
    if passed:
        assert chance.is_attainable


@given(seats_of)
def test_before_the_roll_is_called_everybody_is_expected(table: list[Seat]) -> None:
    rules = VoteRules(
        quorum=Share(Fraction(2, 3)), attendance=Share(Fraction(4, 5)),
        threshold=Share(Fraction(1, 2), strict=True),
    )  # fmt: skip
    called = [("present" if each[0] == "absent" else each[0], *each[1:]) for each in table]
    seats = tuple(seat(presence, has) for presence, has, _ in table)
    ways = {each.id: way for each, (_, _, way) in zip(seats, table, strict=True)}
    found = able_to_vote(head("meeting", "planned"), seats, ways, rules)
    assert found == by_hand(called, "meeting", substitutes=True, written=True)


@given(seats_of, st.booleans())
def test_a_recusal_is_no_absence(table: list[Seat], written: bool) -> None:
    rules = VoteRules(
        quorum=Share(Fraction(2, 3)), attendance=Share(Fraction(4, 5)),
        threshold=Share(Fraction(1, 2), strict=True), written_attend=written,
    )  # fmt: skip
    found: Attendance = attendance([presence for presence, _, _ in table], rules)  # type: ignore[arg-type]
    there = [presence for presence, _, _ in table if presence in ("present", "substituted")]
    assert found.seated == len(there)
    assert found.has_quorum is (3 * len(there) >= 2 * len(table))
