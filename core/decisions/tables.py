"""Decisions and letters, the nominations in them, and the awards that were granted."""

from __future__ import annotations

from typing import ClassVar

from piccolo.columns import (
    JSONB,
    UUID,
    BigInt,
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


class AwardDecision(TenantColumns, Table, tablename="award_decision"):
    """A decision of a unit, or its letter to a higher level.

    `kind`: award | forward | revoke. `state`: draft | review | approved | numbered | issued.
    `number` is gapless within unit, series and year; `number_text` is what stands on the paper.
    `sign_mode`: '' | digital | paper; `signed_file_id` is the signed PDF or the scan. `body`: the
    editable text as JSON.
    """

    FOREIGN_KEYS: ClassVar[dict[str, str]] = {
        "unit_id": "unit",
        "round_id": "award_round",
        "signed_file_id": "stored_file",
        "created_by": "account",
        "approved_by": "account",
        "numbered_by": "account",
    }
    INDEXES: ClassVar[list[list[str]]] = [["unit_id", "state"], ["round_id"]]

    unit_id = UUID(default=None, null=False)
    round_id = UUID(default=None, null=True)
    kind = Varchar(length=16, null=False)
    state = Varchar(length=16, default="draft", null=False)
    title = Text(default="", null=False)
    body = JSONB(default="{}", null=False)
    version = Integer(default=1, null=False)
    number = Integer(default=None, null=True)
    year = SmallInt(default=None, null=True)
    number_text = Text(default="", null=False)
    decided_on = Date(default=None, null=True)
    place = Text(default="", null=False)
    signer_name = Text(default="", null=False)
    signer_title = Text(default="", null=False)
    sign_mode = Varchar(length=16, default="", null=False)
    signed_file_id = UUID(default=None, null=True)
    created_by = UUID(default=None, null=True)
    created_at = Timestamptz(default=None, null=False)
    approved_by = UUID(default=None, null=True)
    approved_at = Timestamptz(default=None, null=True)
    numbered_by = UUID(default=None, null=True)
    numbered_at = Timestamptz(default=None, null=True)
    issued_at = Timestamptz(default=None, null=True)
    is_demo = Boolean(default=False, null=False)


class DecisionEntry(TenantColumns, Table, tablename="decision_entry"):
    """A nomination in a decision; `position` is its place in the list (1, 2, 3, …)."""

    FOREIGN_KEYS: ClassVar[dict[str, str]] = {
        "decision_id": "award_decision",
        "nomination_id": "nomination",
    }
    UNIQUE: ClassVar[list[list[str]]] = [["decision_id", "nomination_id"]]
    INDEXES: ClassVar[list[list[str]]] = [["nomination_id"]]

    decision_id = UUID(default=None, null=False)
    nomination_id = UUID(default=None, null=False)
    position = Integer(default=0, null=False)


class AwardGrant(TenantColumns, Table, tablename="award_grant"):
    """An award that somebody has: the register. Subject's columns as in a nomination.

    `source`: decision (decided here) | higher (decided above) | import (earlier years).
    `state`: in_force | revoked. `is_thematic`: no ground for a merit award at a higher level
    (NĐ 152/2025/NĐ-CP, Điều 4 khoản 3). `gold_book_number`: the ordinal in the decision. Money in
    whole đồng; `prize_multiple` as decimal text.
    """

    FOREIGN_KEYS: ClassVar[dict[str, str]] = {
        "nomination_id": "nomination",
        "decision_id": "award_decision",
        "unit_id": "unit",
        "subject_unit_id": "unit",
        "subject_person_id": "person",
        "subject_other_id": "other_subject",
        "file_id": "stored_file",
    }
    ONE_SUBJECT: ClassVar[tuple[str, ...]] = (
        "subject_unit_id",
        "subject_person_id",
        "subject_other_id",
    )
    INDEXES: ClassVar[list[list[str]]] = [
        ["subject_id", "decided_on"],
        ["decision_id"],
        ["nomination_id"],
        ["unit_id", "year"],
    ]

    nomination_id = UUID(default=None, null=True)
    decision_id = UUID(default=None, null=True)
    unit_id = UUID(default=None, null=False)
    subject_kind = Varchar(length=16, null=False)
    subject_id = UUID(default=None, null=False)
    subject_unit_id = UUID(default=None, null=True)
    subject_person_id = UUID(default=None, null=True)
    subject_other_id = UUID(default=None, null=True)
    subject_name = Text(null=False)
    subject_title = Text(default="", null=False)
    subject_unit_name = Text(default="", null=False)
    award = Text(null=False)
    award_kind = Varchar(length=48, default="", null=False)
    issuer = Text(default="", null=False)
    occasion = Varchar(length=24, default="", null=False)
    year = SmallInt(default=0, null=False)
    period_from = Date(default=None, null=True)
    period_to = Date(default=None, null=True)
    achievement = Text(default="", null=False)
    decision_number = Text(default="", null=False)
    decided_on = Date(default=None, null=False)
    gold_book_number = Integer(default=None, null=True)
    is_thematic = Boolean(default=True, null=False)
    state = Varchar(length=16, default="in_force", null=False)
    source = Varchar(length=16, default="decision", null=False)
    file_id = UUID(default=None, null=True)
    prize_amount = BigInt(default=None, null=True)
    prize_multiple = Text(default="", null=False)
    base_salary = BigInt(default=None, null=True)
    prize_basis = Text(default="", null=False)
    search_name = Text(default="", null=False)
    granted_at = Timestamptz(default=None, null=False)
    is_demo = Boolean(default=False, null=False)


class FundEntry(TenantColumns, Table, tablename="fund_entry"):
    """A line of the fund of a round: never changed, put right by a line of its own.

    `kind`: allocation | prize | money_back | correction; `amount` in whole đồng, with its sign
    (prizes are negative); `basis`: the number of the paper, or why.
    """

    FOREIGN_KEYS: ClassVar[dict[str, str]] = {
        "unit_id": "unit",
        "round_id": "award_round",
        "decision_id": "award_decision",
        "grant_id": "award_grant",
        "made_by": "account",
    }
    INDEXES: ClassVar[list[list[str]]] = [["round_id"], ["grant_id"]]
    APPEND_ONLY: ClassVar[bool] = True

    unit_id = UUID(default=None, null=False)
    round_id = UUID(default=None, null=False)
    decision_id = UUID(default=None, null=True)
    grant_id = UUID(default=None, null=True)
    kind = Varchar(length=16, null=False)
    amount = BigInt(default=0, null=False)
    entered_on = Date(default=None, null=False)
    basis = Text(default="", null=False)
    made_by = UUID(default=None, null=True)
    made_at = Timestamptz(default=None, null=False)


class ForwardPackage(TenantColumns, Table, tablename="forward_package"):
    """The files of a letter for the higher level, as one archive.

    `state`: queued | rendering | done | failed; `done_steps` of `total_steps`.
    """

    FOREIGN_KEYS: ClassVar[dict[str, str]] = {
        "decision_id": "award_decision",
        "file_id": "stored_file",
        "requested_by": "account",
    }
    UNIQUE: ClassVar[list[list[str]]] = [["decision_id", "subject_version"]]

    decision_id = UUID(default=None, null=False)
    subject_version = Integer(default=1, null=False)
    state = Varchar(length=16, default="queued", null=False)
    done_steps = Integer(default=0, null=False)
    total_steps = Integer(default=0, null=False)
    error = Text(default="", null=False)
    file_id = UUID(default=None, null=True)
    requested_by = UUID(default=None, null=True)
    requested_at = Timestamptz(default=None, null=False)
