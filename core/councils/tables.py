"""Councils, their meetings, the cases before them, what was voted (ADR 9: secret ballots)."""

from __future__ import annotations

from typing import ClassVar

from piccolo.columns import (
    JSONB,
    UUID,
    Boolean,
    Date,
    Integer,
    SmallInt,
    Text,
    Timestamptz,
    Varchar,
)
from piccolo.table import Table

from core.kit.tables import TenantColumns


class Council(TenantColumns, Table, tablename="council"):
    """A council of the department, or of a unit with legal personality, made by a decision.

    `recusal_way`: what is proposed for a conflict of interest (recuse | declare | substitute).
    """

    FOREIGN_KEYS: ClassVar[dict[str, str]] = {
        "unit_id": "unit",
        "decision_file_id": "stored_file",
        "end_file_id": "stored_file",
        "created_by": "account",
    }
    INDEXES: ClassVar[list[list[str]]] = [["unit_id"]]

    unit_id = UUID(default=None, null=False)
    name = Text(null=False)
    decision_number = Text(default="", null=False)
    decision_date = Date(default=None, null=False)
    decision_file_id = UUID(default=None, null=True)
    recusal_way = Varchar(length=16, default="recuse", null=False)
    ended_on = Date(default=None, null=True)
    end_number = Text(default="", null=False)
    end_file_id = UUID(default=None, null=True)
    created_by = UUID(default=None, null=True)
    created_at = Timestamptz(default=None, null=False)


class CouncilMember(TenantColumns, Table, tablename="council_member"):
    """A member by the decision. `role`: chair | vice | standing | member | secretary.

    Only `is_voting` members count in "all members". Without an account, a person by name.
    """

    FOREIGN_KEYS: ClassVar[dict[str, str]] = {
        "council_id": "council",
        "account_id": "account",
        "person_id": "person",
    }
    UNIQUE: ClassVar[list[list[str]]] = [["council_id", "account_id"]]
    INDEXES: ClassVar[list[list[str]]] = [["account_id"]]

    council_id = UUID(default=None, null=False)
    account_id = UUID(default=None, null=True)
    person_id = UUID(default=None, null=True)
    full_name = Text(null=False)
    job_title = Text(default="", null=False)
    role = Varchar(length=16, default="member", null=False)
    is_voting = Boolean(default=True, null=False)
    position = SmallInt(default=0, null=False)
    ended_on = Date(default=None, null=True)


class CouncilMeeting(TenantColumns, Table, tablename="council_meeting"):
    """A meeting on the nominations of a round. `form`: meeting | written (opinions in writing).

    `state`: planned | open | closed; `version` counts its changes, for the minutes.
    """

    FOREIGN_KEYS: ClassVar[dict[str, str]] = {
        "council_id": "council",
        "round_id": "award_round",
        "created_by": "account",
    }
    INDEXES: ClassVar[list[list[str]]] = [["council_id"], ["round_id"]]

    council_id = UUID(default=None, null=False)
    round_id = UUID(default=None, null=False)
    title = Text(null=False)
    form = Varchar(length=16, default="meeting", null=False)
    starts_at = Timestamptz(default=None, null=False)
    place = Text(default="", null=False)
    agenda = Text(default="", null=False)
    discussion = Text(default="", null=False)
    state = Varchar(length=16, default="planned", null=False)
    opened_at = Timestamptz(default=None, null=True)
    closed_at = Timestamptz(default=None, null=True)
    version = Integer(default=1, null=False)
    created_by = UUID(default=None, null=True)
    created_at = Timestamptz(default=None, null=False)


class MeetingSeat(TenantColumns, Table, tablename="meeting_seat"):
    """A voting member's seat in a meeting. `presence`: `core.law.votes.Presence`.

    The member's name is that of the day. A substitute sits with a written mandate.
    """

    FOREIGN_KEYS: ClassVar[dict[str, str]] = {
        "meeting_id": "council_meeting",
        "member_id": "council_member",
        "substitute_account_id": "account",
        "mandate_file_id": "stored_file",
    }
    UNIQUE: ClassVar[list[list[str]]] = [["meeting_id", "member_id"]]
    INDEXES: ClassVar[list[list[str]]] = [["member_id"], ["substitute_account_id"]]

    meeting_id = UUID(default=None, null=False)
    member_id = UUID(default=None, null=False)
    full_name = Text(null=False)
    job_title = Text(default="", null=False)
    role = Varchar(length=16, default="member", null=False)
    position = SmallInt(default=0, null=False)
    presence = Varchar(length=16, default="absent", null=False)
    substitute_name = Text(default="", null=False)
    substitute_title = Text(default="", null=False)
    substitute_account_id = UUID(default=None, null=True)
    mandate_number = Text(default="", null=False)
    mandate_file_id = UUID(default=None, null=True)


class MeetingCase(TenantColumns, Table, tablename="meeting_case"):
    """A nomination before a meeting. `state`: waiting | open | closed | sealed | void.

    `ballot`: secret | named; `counting`: electronic | paper | mixed. `result` is written when the
    case is sealed (counts, what was needed, of how many, by which rule); `outcome`: agreed | lower
    | not_agreed | tie, and left_out where more passed than there are places.
    """

    FOREIGN_KEYS: ClassVar[dict[str, str]] = {
        "meeting_id": "council_meeting",
        "nomination_id": "nomination",
        "sealed_by": "account",
    }
    UNIQUE: ClassVar[list[list[str]]] = [["meeting_id", "nomination_id"]]
    INDEXES: ClassVar[list[list[str]]] = [["nomination_id"]]

    meeting_id = UUID(default=None, null=False)
    nomination_id = UUID(default=None, null=False)
    position = SmallInt(default=0, null=False)
    ballot = Varchar(length=16, default="named", null=False)
    counting = Varchar(length=16, default="electronic", null=False)
    lower_award = Text(default="", null=False)
    lower_kind = Varchar(length=48, default="", null=False)
    state = Varchar(length=16, default="waiting", null=False)
    outcome = Varchar(length=16, default="", null=False)
    result = JSONB(default="{}", null=False)
    void_reason = Text(default="", null=False)
    opened_at = Timestamptz(default=None, null=True)
    closed_at = Timestamptz(default=None, null=True)
    sealed_at = Timestamptz(default=None, null=True)
    sealed_by = UUID(default=None, null=True)


class CaseConflict(TenantColumns, Table, tablename="case_conflict"):
    """A member's interest in a case. `source`: proposed (from the tree) | declared.

    `kind`: own_unit | superior | co_author | candidate | relative | other. `way`: '' (not decided
    yet) | recuse | declare | substitute | none (no conflict after all).
    """

    FOREIGN_KEYS: ClassVar[dict[str, str]] = {
        "case_id": "meeting_case",
        "seat_id": "meeting_seat",
        "decided_by": "account",
    }
    UNIQUE: ClassVar[list[list[str]]] = [["case_id", "seat_id"]]

    case_id = UUID(default=None, null=False)
    seat_id = UUID(default=None, null=False)
    source = Varchar(length=16, null=False)
    kind = Varchar(length=16, null=False)
    reason = Text(default="", null=False)
    way = Varchar(length=16, default="", null=False)
    decided_by = UUID(default=None, null=True)
    decided_at = Timestamptz(default=None, null=True)


class BallotBox(TenantColumns, Table, tablename="ballot_box"):
    """The box of one secret ballot: who has voted, and an encrypted count without names or order.

    Not audited, without times, rewritten as a whole by every paper; emptied when sealed (ADR 9).
    `turnout`: {"electronic": […], "paper": […]}, seats in the order of their ids.
    """

    FOREIGN_KEYS: ClassVar[dict[str, str]] = {"case_id": "meeting_case"}
    UNIQUE: ClassVar[list[list[str]]] = [["case_id"]]
    AUDIT: ClassVar[bool] = False

    case_id = UUID(default=None, null=False)
    turnout = JSONB(default="{}", null=False)
    content = Text(default="", null=False)


class NamedVote(TenantColumns, Table, tablename="named_vote"):
    """A vote with a name. `way`: electronic | hands (entered by the secretary) | written.

    Written opinions of the absent are named in every ballot; `file_id` is their scan.
    """

    FOREIGN_KEYS: ClassVar[dict[str, str]] = {
        "case_id": "meeting_case",
        "seat_id": "meeting_seat",
        "file_id": "stored_file",
        "recorded_by": "account",
    }
    UNIQUE: ClassVar[list[list[str]]] = [["case_id", "seat_id"]]
    INDEXES: ClassVar[list[list[str]]] = [["case_id"]]
    APPEND_ONLY: ClassVar[bool] = True

    case_id = UUID(default=None, null=False)
    seat_id = UUID(default=None, null=False)
    choice = Varchar(length=16, null=False)
    way = Varchar(length=16, null=False)
    note = Text(default="", null=False)
    file_id = UUID(default=None, null=True)
    recorded_by = UUID(default=None, null=True)
    recorded_at = Timestamptz(default=None, null=False)


class PaperCount(TenantColumns, Table, tablename="paper_count"):
    """What one of the two tellers counted; both must say the same."""

    FOREIGN_KEYS: ClassVar[dict[str, str]] = {"case_id": "meeting_case", "entered_by": "account"}
    UNIQUE: ClassVar[list[list[str]]] = [["case_id", "teller"]]

    case_id = UUID(default=None, null=False)
    teller = SmallInt(default=1, null=False)
    teller_name = Text(default="", null=False)
    agree = SmallInt(default=0, null=False)
    lower = SmallInt(default=0, null=False)
    disagree = SmallInt(default=0, null=False)
    abstain = SmallInt(default=0, null=False)
    invalid = SmallInt(default=0, null=False)
    entered_by = UUID(default=None, null=True)
    entered_at = Timestamptz(default=None, null=False)
