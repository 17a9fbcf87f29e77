"""The arithmetic of a council: attendance, quorum, threshold, ties, places.

Every share is of **all** members of the council and exact (fractions, never floats). The figures
come from dated rows (theme "Hội đồng và biểu quyết"); `rules_of` reads them for an award on a day.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from enum import StrEnum
from fractions import Fraction
from math import ceil, floor

import msgspec

from core.law import service as law

OTHER_FORMS, OTHER_STRICT = "vote_share_other_forms", "vote_share_other_strict"
MEETING_KEYS = ("council_quorum", "council_award_attendance", "written_opinions_attend")
BALLOT_KEYS = (
    "awards_higher_titles",
    "awards_base_titles",
    "awards_by_secret_ballot",
    "written_opinions_vote",
    "substitutes_vote",
    "abstention_counts_against",
    "agree_counts_for_lower",
    "chair_breaks_tie",
)


class Presence(StrEnum):
    """How a member takes part in a meeting."""

    PRESENT = "present"
    SUBSTITUTED = "substituted"
    WRITTEN = "written"
    ABSENT = "absent"


class Choice(StrEnum):
    """What can stand on a ballot paper; `LOWER` = agreed to a lower award only."""

    AGREE = "agree"
    LOWER = "lower"
    DISAGREE = "disagree"
    ABSTAIN = "abstain"
    INVALID = "invalid"


class Outcome(StrEnum):
    """What a count says; `TIE` waits for the chair's word."""

    AGREED = "agreed"
    LOWER = "lower"
    NOT_AGREED = "not_agreed"
    TIE = "tie"


class Share(msgspec.Struct, frozen=True):
    """A share of all members that must be reached, or passed where `strict`."""

    part: Fraction
    strict: bool = False

    def needed(self, members: int) -> int:
        """Return the fewest votes that do (more than `members` where nothing does)."""
        exact = self.part * members
        return floor(exact) + 1 if self.strict else ceil(exact)

    def is_met(self, votes: int, members: int) -> bool:
        """Tell whether so many votes of so many members do."""
        return votes >= self.needed(members)


class VoteRules(msgspec.Struct, frozen=True, kw_only=True):
    """The rules of one ballot.

    Attributes:
        quorum: who must sit in the meeting, in person or by a substitute.
        attendance: who must take part in a meeting on awards.
        threshold: who must agree.
        is_secret: the law asks for a ballot on papers without names.
        written_attend: written opinions count towards `attendance` (never towards `quorum`).
        written_vote: written opinions count as votes.
        substitutes_vote: a substitute with a mandate votes for the member.
        abstention_against: an abstention stands with disagreement when a tie is looked for.
        agree_counts_for_lower: who agrees to the award agrees to the lower one too.
        chair_breaks_tie: the chair's side decides where both sides are equal.
    """

    quorum: Share
    attendance: Share
    threshold: Share
    is_secret: bool = False
    written_attend: bool = False
    written_vote: bool = True
    substitutes_vote: bool = True
    abstention_against: bool = True
    agree_counts_for_lower: bool = True
    chair_breaks_tie: bool = True


class Attendance(msgspec.Struct, frozen=True, kw_only=True):
    """Who takes part, and whether a meeting and a vote on awards may be held."""

    members: int
    present: int
    substituted: int
    written: int
    absent: int
    quorum_needed: int
    attendance_needed: int
    has_quorum: bool
    may_vote: bool

    @property
    def seated(self) -> int:
        """Members in the room, in person or by a substitute."""
        return self.present + self.substituted


class Counts(msgspec.Struct, frozen=True, kw_only=True):
    """The papers of one ballot, by what stands on them."""

    agree: int = 0
    lower: int = 0
    disagree: int = 0
    abstain: int = 0
    invalid: int = 0

    @property
    def total(self) -> int:
        """All papers, with those that are not valid."""
        return self.agree + self.lower + self.disagree + self.abstain + self.invalid

    def plus(self, other: Counts) -> Counts:
        """Return both together (the box, the paper count, the written opinions)."""
        names = self.__struct_fields__
        return Counts(**{name: getattr(self, name) + getattr(other, name) for name in names})


class Verdict(msgspec.Struct, frozen=True, kw_only=True):
    """A counted ballot: what came out, and by how many votes of how many."""

    outcome: Outcome
    members: int
    agree: int
    needed: int
    lower_agree: int = 0
    lower_needed: int = 0
    by_chair: bool = False


class Attainable(msgspec.Struct, frozen=True, kw_only=True):
    """Whether a threshold can still be reached when some members may not vote."""

    members: int
    able: int
    needed: int

    @property
    def is_attainable(self) -> bool:
        """Whether everybody who may vote is enough."""
        return self.able >= self.needed

    @property
    def spare(self) -> int:
        """How many of those who may vote need not agree (negative: so many are missing)."""
        return self.able - self.needed


class Placed(msgspec.Struct, frozen=True):
    """A candidate who has passed; `preferred` = a woman, or a collective with enough women."""

    key: str
    agree: int
    preferred: bool = False


class Ranking(msgspec.Struct, frozen=True):
    """Who gets the places; `open` are equal at the last place until the chair has chosen."""

    admitted: tuple[str, ...]
    left_out: tuple[str, ...]
    open: tuple[str, ...] = ()


def share_key(award_kind: str, on: date) -> str:
    """Return the key of the share that an award needs (errors as `threshold_of`)."""
    if award_kind in law.names("awards_higher_titles", on):
        return "vote_share_higher_titles"
    if award_kind in law.names("awards_base_titles", on):
        return "vote_share_base_titles"
    return OTHER_FORMS


def threshold_of(award_kind: str, on: date) -> Share:
    """Return what an award needs on a day (NĐ 98/2023/NĐ-CP Điều 30 khoản 7; dated rows).

    Raises:
        LawParameterError: no row is in force.
    """
    key = share_key(award_kind, on)
    strict = key == OTHER_FORMS and bool(law.value(OTHER_STRICT, on))
    return Share(Fraction(law.value(key, on), 100), strict=strict)


def keys_of(award_kind: str, on: date) -> tuple[str, ...]:
    """Return the keys of all rows that decide a ballot on an award (errors as `threshold_of`)."""
    key = share_key(award_kind, on)
    return (key, *((OTHER_STRICT,) if key == OTHER_FORMS else ()), *BALLOT_KEYS)


def rules_of(award_kind: str, on: date) -> VoteRules:
    """Return the rules of a ballot on an award on a day (errors as `threshold_of`)."""
    return VoteRules(
        quorum=Share(law.fraction("council_quorum", on)),
        attendance=Share(Fraction(law.value("council_award_attendance", on), 100)),
        threshold=threshold_of(award_kind, on),
        is_secret=award_kind in law.names("awards_by_secret_ballot", on),
        written_attend=bool(law.value("written_opinions_attend", on)),
        written_vote=bool(law.value("written_opinions_vote", on)),
        substitutes_vote=bool(law.value("substitutes_vote", on)),
        abstention_against=bool(law.value("abstention_counts_against", on)),
        agree_counts_for_lower=bool(law.value("agree_counts_for_lower", on)),
        chair_breaks_tie=bool(law.value("chair_breaks_tie", on)),
    )


def is_preferred(women: int, people: int, on: date) -> bool:
    """Tell whether a woman (1 of 1) or a collective goes first where votes are equal.

    Raises:
        LawParameterError: no row is in force.
    """
    return people > 0 and women * 100 >= law.value("preferred_women_share", on) * people


def count_choices(choices: Iterable[Choice]) -> Counts:
    """Return how often each choice occurs."""
    found = Counter(str(choice) for choice in choices)
    return Counts(**{name: found[name] for name in Counts.__struct_fields__})


def attendance(presences: Iterable[Presence], rules: VoteRules) -> Attendance:
    """Return who takes part; `presences` holds one word for every member of the council."""
    found = Counter(presences)
    members = found.total()
    seated = found[Presence.PRESENT] + found[Presence.SUBSTITUTED]
    counted = seated + (found[Presence.WRITTEN] if rules.written_attend else 0)
    has_quorum = members > 0 and rules.quorum.is_met(seated, members)
    return Attendance(
        members=members,
        present=found[Presence.PRESENT],
        substituted=found[Presence.SUBSTITUTED],
        written=found[Presence.WRITTEN],
        absent=found[Presence.ABSENT],
        quorum_needed=rules.quorum.needed(members),
        attendance_needed=rules.attendance.needed(members),
        has_quorum=has_quorum,
        may_vote=members > 0 and rules.attendance.is_met(counted, members),
    )


def decide(
    counts: Counts,
    members: int,
    rules: VoteRules,
    *,
    lower: Share | None = None,
    chair: Choice | None = None,
) -> Verdict:
    """Return what a counted ballot says.

    Args:
        lower: what a lower award needs; None = there is none to fall back on.
        chair: the chair's side, asked for only where both sides are equal.

    Raises:
        ValueError: more papers than members.
    """
    if counts.total > members:
        raise ValueError("more papers than members")
    needed = rules.threshold.needed(members)
    for_lower = counts.lower + (counts.agree if rules.agree_counts_for_lower else 0)
    outcome, by_chair = Outcome.NOT_AGREED, False
    if counts.agree >= needed:
        outcome = Outcome.AGREED
    elif rules.chair_breaks_tie and is_tie(counts, members, rules):
        outcome, by_chair = _by_chair(chair), chair is not None
    if outcome is Outcome.NOT_AGREED and lower is not None and lower.is_met(for_lower, members):
        outcome, by_chair = Outcome.LOWER, False
    return Verdict(
        outcome=outcome,
        members=members,
        agree=counts.agree,
        needed=needed,
        lower_agree=for_lower if lower else 0,
        lower_needed=lower.needed(members) if lower else 0,
        by_chair=by_chair,
    )


def is_tie(counts: Counts, members: int, rules: VoteRules) -> bool:
    """Tell whether half of all members agree, the other half does not, and more than half is asked.

    Only there can the chair's side turn the scale: it never makes up for votes that are missing.
    """
    against = counts.disagree + counts.lower
    if rules.abstention_against:
        against += counts.abstain
    asks_more_than_half = rules.threshold == Share(Fraction(1, 2), strict=True)
    return asks_more_than_half and counts.agree * 2 == members == against * 2


def _by_chair(chair: Choice | None) -> Outcome:
    if chair is None:
        return Outcome.TIE
    return Outcome.AGREED if chair is Choice.AGREE else Outcome.NOT_AGREED


def attainable(members: int, unable: int, threshold: Share) -> Attainable:
    """Return whether a threshold can be reached when `unable` of the members may not vote.

    Who is recused stays in the denominator: nine members, nine tenths: one recusal is one too many.

    Raises:
        ValueError: more members unable than there are.
    """
    if not 0 <= unable <= members:
        raise ValueError("more members unable than there are")
    return Attainable(members=members, able=members - unable, needed=threshold.needed(members))


def rank(passed: Sequence[Placed], places: int, *, chosen: Sequence[str] = ()) -> Ranking:
    """Return who gets the places when more have passed than there are.

    By votes; where equal, `preferred` first (NĐ 152/2025/NĐ-CP Điều 4 khoản 6); where still equal
    at the last place, those whom the chair has `chosen`; until then they are `open`.

    Raises:
        ValueError: a negative number of places.
    """
    if places < 0:
        raise ValueError("a negative number of places")
    admitted: list[str] = []
    left_out: list[str] = []
    waiting: tuple[str, ...] = ()
    levels = sorted({(one.agree, one.preferred) for one in passed}, reverse=True)
    for level in levels:
        equal = [one.key for one in passed if (one.agree, one.preferred) == level]
        free = places - len(admitted)
        if len(equal) > free > 0:
            by_chair = [key for key in equal if key in chosen]
            if len(by_chair) != free:
                waiting = tuple(equal)
                places = len(admitted)  # nobody behind them moves up
                continue
            left_out += [key for key in equal if key not in by_chair]
            equal = by_chair
        (admitted if free > 0 else left_out).extend(equal)
    return Ranking(tuple(admitted), tuple(left_out), waiting)
