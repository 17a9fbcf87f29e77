"""After the decision is prepared or taken: consultation, complaints, revocation."""

from __future__ import annotations

from typing import ClassVar

from piccolo.columns import UUID, BigInt, Date, SmallInt, Text, Timestamptz, Varchar
from piccolo.table import Table

from core.kit.tables import TenantColumns


class Consultation(TenantColumns, Table, tablename="consultation"):
    """A list put up for opinions, `opens_on` to `closes_on` (both days count).

    `code` is the unguessable part of the public address; `working_days` the length of the window by
    the rule of its day, `legal_basis` where the rule stands.
    """

    FOREIGN_KEYS: ClassVar[dict[str, str]] = {
        "round_id": "award_round",
        "unit_id": "unit",
        "published_by": "account",
    }
    UNIQUE: ClassVar[list[list[str]]] = [["code"]]
    INDEXES: ClassVar[list[list[str]]] = [["round_id"]]

    round_id = UUID(default=None, null=False)
    unit_id = UUID(default=None, null=False)
    code = Varchar(length=32, null=False)
    title = Text(null=False)
    opens_on = Date(default=None, null=False)
    closes_on = Date(default=None, null=False)
    working_days = SmallInt(default=0, null=False)
    legal_basis = Text(default="", null=False)
    published_by = UUID(default=None, null=True)
    published_at = Timestamptz(default=None, null=False)


class ConsultationEntry(TenantColumns, Table, tablename="consultation_entry"):
    """Somebody on a list, in the words in which the public read it."""

    FOREIGN_KEYS: ClassVar[dict[str, str]] = {
        "consultation_id": "consultation",
        "nomination_id": "nomination",
    }
    UNIQUE: ClassVar[list[list[str]]] = [["consultation_id", "nomination_id"]]
    INDEXES: ClassVar[list[list[str]]] = [["nomination_id"]]
    APPEND_ONLY: ClassVar[bool] = True

    consultation_id = UUID(default=None, null=False)
    nomination_id = UUID(default=None, null=False)
    position = SmallInt(default=0, null=False)
    subject_name = Text(null=False)
    subject_title = Text(default="", null=False)
    subject_unit_name = Text(default="", null=False)
    award = Text(null=False)


class Opinion(TenantColumns, Table, tablename="opinion"):
    """An opinion on somebody on a list. `stance`: support | objection; `channel`: site | paper."""

    FOREIGN_KEYS: ClassVar[dict[str, str]] = {
        "entry_id": "consultation_entry",
        "account_id": "account",
    }
    INDEXES: ClassVar[list[list[str]]] = [["entry_id"]]
    APPEND_ONLY: ClassVar[bool] = True

    entry_id = UUID(default=None, null=False)
    stance = Varchar(length=16, null=False)
    channel = Varchar(length=8, null=False)
    author_name = Text(default="", null=False)
    body = Text(null=False)
    account_id = UUID(default=None, null=True)
    received_at = Timestamptz(default=None, null=False)


class Complaint(TenantColumns, Table, tablename="complaint"):
    """A complaint about a candidate or an award.

    `state`: received | verifying | upheld | dismissed.

    While it is being verified, `hold_id` holds the subject.
    """

    FOREIGN_KEYS: ClassVar[dict[str, str]] = {
        "nomination_id": "nomination",
        "grant_id": "award_grant",
        "unit_id": "unit",
        "hold_id": "subject_hold",
        "file_id": "stored_file",
        "recorded_by": "account",
        "concluded_by": "account",
    }
    INDEXES: ClassVar[list[list[str]]] = [["state"], ["nomination_id"], ["grant_id"]]

    nomination_id = UUID(default=None, null=True)
    grant_id = UUID(default=None, null=True)
    unit_id = UUID(default=None, null=False)
    subject_name = Text(null=False)
    complainant = Text(default="", null=False)
    contact = Text(default="", null=False)
    body = Text(null=False)
    received_on = Date(default=None, null=False)
    due_on = Date(default=None, null=True)
    state = Varchar(length=16, default="received", null=False)
    hold_id = UUID(default=None, null=True)
    conclusion = Text(default="", null=False)
    file_id = UUID(default=None, null=True)
    recorded_by = UUID(default=None, null=True)
    recorded_at = Timestamptz(default=None, null=False)
    concluded_by = UUID(default=None, null=True)
    concluded_at = Timestamptz(default=None, null=True)


class Revocation(TenantColumns, Table, tablename="revocation"):
    """An award that is taken back (Luật Thi đua, khen thưởng, Điều 93).

    `ground`: false_declaration | forged_dossier | unlawful_procedure | later_finding. `state`:
    proposed | decided | dropped. `money_due` in đồng; paid back on `money_returned_on`.
    """

    FOREIGN_KEYS: ClassVar[dict[str, str]] = {
        "grant_id": "award_grant",
        "decision_id": "award_decision",
        "file_id": "stored_file",
        "proposed_by": "account",
    }
    INDEXES: ClassVar[list[list[str]]] = [["grant_id"], ["state"]]

    grant_id = UUID(default=None, null=False)
    ground = Varchar(length=24, null=False)
    facts = Text(null=False)
    file_id = UUID(default=None, null=True)
    decision_id = UUID(default=None, null=True)
    state = Varchar(length=16, default="proposed", null=False)
    money_due = BigInt(default=0, null=False)
    money_returned_on = Date(default=None, null=True)
    money_note = Text(default="", null=False)
    proposed_by = UUID(default=None, null=True)
    proposed_at = Timestamptz(default=None, null=False)
