"""Councils, meetings, cases and votes as services, pages and papers see them."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

import msgspec

from core.law.votes import Attainable, Attendance, Counts


class NewCouncil(msgspec.Struct, frozen=True, kw_only=True):
    """A council as its decision makes it; `decision_date` is an ISO day."""

    unit_id: UUID
    name: str = ""
    decision_number: str = ""
    decision_date: str = ""
    recusal_way: str = "recuse"
    decision_file_id: UUID | None = None


class CouncilEnd(msgspec.Struct, frozen=True, kw_only=True):
    """The decision that ends a council; `ended_on` is an ISO day."""

    decision_number: str = ""
    ended_on: str = ""
    file_id: UUID | None = None


class NewMember(msgspec.Struct, frozen=True, kw_only=True):
    """A member: with an account of this department, or only by name."""

    full_name: str = ""
    job_title: str = ""
    role: str = "member"
    username: str = ""
    is_voting: bool = True


class NewMeeting(msgspec.Struct, frozen=True, kw_only=True):
    """A meeting on the nominations of a round; `starts_at` is a local time (`2026-12-01T08:00`)."""

    round_id: UUID | None = None
    title: str = ""
    form: str = "meeting"
    starts_at: str = ""
    place: str = ""
    agenda: str = ""


class Presence(msgspec.Struct, frozen=True, kw_only=True):
    """How one seat takes part; the substitute's fields only where one sits there."""

    presence: str
    substitute_name: str = ""
    substitute_title: str = ""
    substitute_username: str = ""
    mandate_number: str = ""
    mandate_file_id: UUID | None = None


class PaperCounts(msgspec.Struct, frozen=True, kw_only=True):
    """What one teller counted."""

    teller: int
    teller_name: str = ""
    agree: int = 0
    lower: int = 0
    disagree: int = 0
    abstain: int = 0
    invalid: int = 0

    @property
    def counts(self) -> Counts:
        """The figures alone."""
        return Counts(**{name: getattr(self, name) for name in Counts.__struct_fields__})


class Opening(msgspec.Struct, frozen=True, kw_only=True):
    """How cases are opened: `ballot` secret | named; `counting` electronic | paper | mixed."""

    case_ids: tuple[UUID, ...] = ()
    ballot: str = "named"
    counting: str = "electronic"


class CouncilRow(msgspec.Struct, frozen=True, kw_only=True):
    """A council in a list; `voting` = all members who count."""

    id: UUID
    unit_id: UUID
    unit_name: str
    unit_path: str
    name: str
    decision_number: str
    decision_date: date
    decision_file_id: UUID | None
    recusal_way: str
    ended_on: date | None
    end_number: str
    end_file_id: UUID | None
    voting: int
    meetings: int


class MemberView(msgspec.Struct, frozen=True, kw_only=True):
    """A member of a council; `person_id`: who it is in the register, by itself or its account."""

    id: UUID
    account_id: UUID | None
    person_id: UUID | None
    username: str
    full_name: str
    job_title: str
    role: str
    is_voting: bool
    ended_on: date | None


class MeetingRow(msgspec.Struct, frozen=True, kw_only=True):
    """A meeting in a list."""

    id: UUID
    council_id: UUID
    council_name: str
    title: str
    form: str
    starts_at: datetime
    place: str
    state: str
    cases: int
    open_cases: int


class CouncilView(msgspec.Struct, frozen=True, kw_only=True):
    """A council with its members and meetings."""

    council: CouncilRow
    members: tuple[MemberView, ...]
    meetings: tuple[MeetingRow, ...]
    may_manage: bool


class SeatView(msgspec.Struct, frozen=True, kw_only=True):
    """A seat in a meeting; `account_id` is the member's."""

    id: UUID
    member_id: UUID
    account_id: UUID | None
    full_name: str
    job_title: str
    role: str
    presence: str
    substitute_name: str
    substitute_title: str
    substitute_account_id: UUID | None
    substitute_username: str
    mandate_number: str
    mandate_file_id: UUID | None

    @property
    def voter_name(self) -> str:
        """Who votes on this seat."""
        return self.substitute_name if self.presence == "substituted" else self.full_name


class ConflictView(msgspec.Struct, frozen=True, kw_only=True):
    """A member's interest in a case."""

    id: UUID
    case_id: UUID
    seat_id: UUID
    full_name: str
    source: str
    kind: str
    reason: str
    way: str


class VoteView(msgspec.Struct, frozen=True, kw_only=True):
    """A vote with a name."""

    case_id: UUID
    seat_id: UUID
    full_name: str
    choice: str
    way: str
    note: str
    file_id: UUID | None


class Result(msgspec.Struct, frozen=True, kw_only=True):
    """What a sealed case says; all figures of all members.

    Attributes:
        counts: all papers together; `written` are those of the absent among them.
        basis: the rule's article; `is_confirmed`: whether it was read in the law or confirmed.
        tellers: who counted the slips.
    """

    counts: Counts
    written: Counts
    members: int
    needed: int
    outcome: str
    slips: int = 0
    voted: int = 0
    share: str = ""
    basis: str = ""
    is_confirmed: bool = False
    lower_agree: int = 0
    lower_needed: int = 0
    chair: str = ""
    tellers: tuple[str, ...] = ()
    recused: tuple[str, ...] = ()


class CaseView(msgspec.Struct, frozen=True, kw_only=True):
    """A nomination before a meeting, as far as it may be seen now.

    Attributes:
        voted: papers in hand (screen, slips, written), without what stands on them.
        able: members who may vote on it; `chance`: whether the threshold can be reached.
        share: the threshold in words; `basis` its article; `rules_on` the day that chose them.
        must_be_secret: the law asks for a secret ballot.
    """

    id: UUID
    nomination_id: UUID
    nomination_state: str
    subject_name: str
    subject_unit_name: str
    subject_kind: str
    award: str
    award_kind: str
    rung_key: str
    position: int
    ballot: str
    counting: str
    lower_award: str
    lower_kind: str
    state: str
    outcome: str
    void_reason: str
    result: Result | None
    voted: int
    able: int
    chance: Attainable
    share: str
    basis: str
    is_confirmed: bool
    must_be_secret: bool
    tellers: tuple[int, ...]
    opened_at: datetime | None
    closed_at: datetime | None
    rules_on: date
    conflicts: tuple[ConflictView, ...]
    is_preferred: bool = False

    @property
    def is_live(self) -> bool:
        """Whether the nomination is still before the council."""
        return self.nomination_state == "council"


class MeetingHead(msgspec.Struct, frozen=True, kw_only=True):
    """A meeting without its seats and cases."""

    id: UUID
    council_id: UUID
    council_name: str
    recusal_way: str
    unit_id: UUID
    unit_name: str
    unit_path: str
    round_id: UUID
    round_name: str
    edition_id: UUID
    title: str
    form: str
    starts_at: datetime
    place: str
    agenda: str
    discussion: str
    state: str
    opened_at: datetime | None
    closed_at: datetime | None
    version: int


class MeetingView(msgspec.Struct, frozen=True, kw_only=True):
    """A meeting with everything that its pages and papers need."""

    head: MeetingHead
    seats: tuple[SeatView, ...]
    cases: tuple[CaseView, ...]
    votes: tuple[VoteView, ...]
    attendance: Attendance
    may_manage: bool

    @property
    def members(self) -> int:
        """All members of the council."""
        return len(self.seats)


class Candidate(msgspec.Struct, frozen=True, kw_only=True):
    """A nomination of the round that stands before the council and in no open meeting."""

    id: UUID
    subject_name: str
    subject_unit_name: str
    award: str


class OwnCase(msgspec.Struct, frozen=True, kw_only=True):
    """A case as a member sees it: `voice` says what this person may do.

    vote | voted | recused | waiting | closed | void | sealed | not_you; `reason` in words.
    """

    id: UUID
    nomination_id: UUID
    subject_name: str
    subject_unit_name: str
    award: str
    ballot: str
    lower_award: str
    voice: str
    reason: str
    outcome: str = ""


class OwnMeeting(msgspec.Struct, frozen=True, kw_only=True):
    """A meeting as a member's phone shows it; `seat_name` = for whom this person votes."""

    head: MeetingHead
    seat_id: UUID
    seat_name: str
    is_substitute: bool
    presence: str
    cases: tuple[OwnCase, ...]
