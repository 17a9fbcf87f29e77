"""Rounds, who owes what, reports and their parts, versions and reviews."""

from __future__ import annotations

from typing import ClassVar

from piccolo.columns import (
    JSONB,
    UUID,
    BigInt,
    Boolean,
    Integer,
    SmallInt,
    Text,
    Timestamptz,
    Varchar,
)
from piccolo.table import Table

from core.kit.tables import TenantColumns


class ReportingRound(TenantColumns, Table, tablename="reporting_round"):
    """A call for reports of one kind and year. `state`: open | closed."""

    FOREIGN_KEYS: ClassVar[dict[str, str]] = {
        "edition_id": "plan_edition",
        "opened_by": "account",
        "decision_file_id": "stored_file",
    }
    INDEXES: ClassVar[list[list[str]]] = [["year", "kind"]]

    kind = Varchar(length=32, null=False)
    year = SmallInt(default=0, null=False)
    title = Text(null=False)
    message = Text(default="", null=False)
    edition_id = UUID(default=None, null=False)
    due_at = Timestamptz(default=None, null=True)
    inner_due_at = Timestamptz(default=None, null=True)
    due_source = Varchar(length=16, default="plan", null=False)
    decision_number = Text(default="", null=False)
    decision_file_id = UUID(default=None, null=True)
    state = Varchar(length=16, default="open", null=False)
    opened_at = Timestamptz(default=None, null=False)
    opened_by = UUID(default=None, null=True)
    closed_at = Timestamptz(default=None, null=True)
    is_demo = Boolean(default=False, null=False)


class RoundAttachment(TenantColumns, Table, tablename="round_attachment"):
    """A file sent along with the call."""

    FOREIGN_KEYS: ClassVar[dict[str, str]] = {
        "round_id": "reporting_round",
        "file_id": "stored_file",
    }
    UNIQUE: ClassVar[list[list[str]]] = [["round_id", "file_id"]]

    round_id = UUID(default=None, null=False)
    file_id = UUID(default=None, null=False)


class RoundCounter(TenantColumns, Table, tablename="round_counter"):
    """How many reports of a round stand in each state, per receiver; kept by a trigger."""

    FOREIGN_KEYS: ClassVar[dict[str, str]] = {
        "round_id": "reporting_round",
        "receiver_unit_id": "unit",
    }
    UNIQUE: ClassVar[list[list[str]]] = [["round_id", "receiver_unit_id", "state", "timing"]]
    AUDIT: ClassVar[bool] = False

    round_id = UUID(default=None, null=False)
    receiver_unit_id = UUID(default=None, null=False)
    state = Varchar(length=24, null=False)
    timing = Varchar(length=8, default="", null=False)
    total = Integer(default=0, null=False)


class ReportObligation(TenantColumns, Table, tablename="report_obligation"):
    """A unit owes a report to a receiver by an instant (exclusive), or without a day.

    `level`: unit (to the department) | subunit (to its unit).
    """

    FOREIGN_KEYS: ClassVar[dict[str, str]] = {
        "round_id": "reporting_round",
        "unit_id": "unit",
        "receiver_unit_id": "unit",
        "excused_by": "account",
    }
    UNIQUE: ClassVar[list[list[str]]] = [["round_id", "unit_id"]]
    INDEXES: ClassVar[list[list[str]]] = [["unit_id"], ["receiver_unit_id", "round_id"]]

    round_id = UUID(default=None, null=False)
    unit_id = UUID(default=None, null=False)
    receiver_unit_id = UUID(default=None, null=False)
    level = Varchar(length=16, null=False)
    due_at = Timestamptz(default=None, null=True)
    excused_reason = Text(default="", null=False)
    excused_by = UUID(default=None, null=True)
    reminded_at = Timestamptz(default=None, null=True)
    reminder_count = Integer(default=0, null=False)


class Extension(TenantColumns, Table, tablename="extension"):
    """A later day for one obligation, by a decision."""

    FOREIGN_KEYS: ClassVar[dict[str, str]] = {
        "obligation_id": "report_obligation",
        "decision_file_id": "stored_file",
        "granted_by": "account",
    }
    APPEND_ONLY: ClassVar[bool] = True

    obligation_id = UUID(default=None, null=False)
    old_due_at = Timestamptz(default=None, null=True)
    new_due_at = Timestamptz(default=None, null=False)
    reason = Text(default="", null=False)
    decision_number = Text(default="", null=False)
    decision_file_id = UUID(default=None, null=True)
    granted_by = UUID(default=None, null=True)
    granted_at = Timestamptz(default=None, null=False)


class Report(TenantColumns, Table, tablename="report"):
    """A unit's report for one obligation; made with it, so that every list has one row each.

    `state`: not_started | drafting | awaiting_sign_off | submitted | in_review | returned |
    accepted | excused. `version` is the optimistic lock of the state. `unit_name`: the unit's name
    when this was filed, where the unit has been renamed since.
    """

    FOREIGN_KEYS: ClassVar[dict[str, str]] = {
        "obligation_id": "report_obligation",
        "round_id": "reporting_round",
        "unit_id": "unit",
        "receiver_unit_id": "unit",
        "edition_id": "plan_edition",
        "on_behalf_by": "account",
    }
    UNIQUE: ClassVar[list[list[str]]] = [["obligation_id"]]
    INDEXES: ClassVar[list[list[str]]] = [["round_id", "receiver_unit_id", "state"], ["unit_id"]]

    obligation_id = UUID(default=None, null=False)
    round_id = UUID(default=None, null=False)
    unit_id = UUID(default=None, null=False)
    unit_name = Text(default="", null=False)
    receiver_unit_id = UUID(default=None, null=False)
    edition_id = UUID(default=None, null=False)
    state = Varchar(length=24, default="not_started", null=False)
    version = Integer(default=0, null=False)
    parts_done = SmallInt(default=0, null=False)
    parts_total = SmallInt(default=0, null=False)
    parts_returned = SmallInt(default=0, null=False)
    returned_due_at = Timestamptz(default=None, null=True)
    submitted_at = Timestamptz(default=None, null=True)
    late_seconds = BigInt(default=None, null=True)
    timing = Varchar(length=8, default="", null=False)
    on_behalf_by = UUID(default=None, null=True)
    activity_at = Timestamptz(default=None, null=True)


class ReportPart(TenantColumns, Table, tablename="report_part"):
    """One part of a report, with its own version (optimistic lock) and its own review.

    `key`: criterion:<id> | indicators | initiatives | difficulties_proposals.
    `review`: open | accepted | returned.
    """

    FOREIGN_KEYS: ClassVar[dict[str, str]] = {"report_id": "report", "saved_by": "account"}
    UNIQUE: ClassVar[list[list[str]]] = [["report_id", "key"]]
    AUDIT_HASHED: ClassVar[list[str]] = ["fields"]

    report_id = UUID(default=None, null=False)
    key = Varchar(length=127, null=False)
    position = SmallInt(default=0, null=False)
    fields = JSONB(default="{}", null=False)
    version = Integer(default=0, null=False)
    is_asked = Boolean(default=True, null=False)
    is_done = Boolean(default=False, null=False)
    review = Varchar(length=16, default="open", null=False)
    return_reason = Text(default="", null=False)
    return_due_at = Timestamptz(default=None, null=True)
    saved_by = UUID(default=None, null=True)
    saved_at = Timestamptz(default=None, null=True)


class Evidence(TenantColumns, Table, tablename="evidence"):
    """A file that proves one part of a report."""

    FOREIGN_KEYS: ClassVar[dict[str, str]] = {"part_id": "report_part", "file_id": "stored_file"}
    UNIQUE: ClassVar[list[list[str]]] = [["part_id", "file_id"]]

    part_id = UUID(default=None, null=False)
    file_id = UUID(default=None, null=False)
    removed_at = Timestamptz(default=None, null=True)


class ReportVersion(TenantColumns, Table, tablename="report_version"):
    """What was submitted: immutable, hashed, with the official instant."""

    FOREIGN_KEYS: ClassVar[dict[str, str]] = {
        "report_id": "report",
        "submitted_by": "account",
        "delegated_by": "account",
    }
    UNIQUE: ClassVar[list[list[str]]] = [["report_id", "number"]]
    APPEND_ONLY: ClassVar[bool] = True
    AUDIT_HASHED: ClassVar[list[str]] = ["content"]

    report_id = UUID(default=None, null=False)
    number = SmallInt(default=1, null=False)
    content = JSONB(default="{}", null=False)
    content_hash = Varchar(length=64, null=False)
    receipt_code = Varchar(length=32, default="", null=False)
    submitted_at = Timestamptz(default=None, null=False)
    submitted_by = UUID(default=None, null=True)
    delegated_by = UUID(default=None, null=True)
    on_behalf = Boolean(default=False, null=False)
    due_at = Timestamptz(default=None, null=True)
    late_seconds = BigInt(default=None, null=True)


class ReportEvent(TenantColumns, Table, tablename="report_event"):
    """One step of a report's life, as its people see it."""

    FOREIGN_KEYS: ClassVar[dict[str, str]] = {"report_id": "report", "actor_id": "account"}
    INDEXES: ClassVar[list[list[str]]] = [["report_id", "at"]]
    APPEND_ONLY: ClassVar[bool] = True

    report_id = UUID(default=None, null=False)
    action = Varchar(length=32, null=False)
    from_state = Varchar(length=24, null=False)
    to_state = Varchar(length=24, null=False)
    part_keys = JSONB(default="[]", null=False)
    note = Text(default="", null=False)
    actor_id = UUID(default=None, null=True)
    at = Timestamptz(default=None, null=False)
