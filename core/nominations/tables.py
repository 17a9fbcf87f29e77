"""Award rounds, lists of proposals, nominations with their parts, versions, returns and checks.

The subject's columns are as in `core.eligibility.tables`: one of `unit`, `person`, `other`.
"""

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


class AwardRound(TenantColumns, Table, tablename="award_round"):
    """One occasion on which a unit (the department or one that awards) considers awards.

    `occasion`: annual | ad_hoc | preliminary_review | final_review; `state`: open | closed.
    `dossier`: the papers demanded, by `rung_key`, as they were when the round was opened.
    `due_at` is exclusive; null where no day is set. `unit_id`: whose council and register.
    """

    FOREIGN_KEYS: ClassVar[dict[str, str]] = {
        "edition_id": "plan_edition",
        "unit_id": "unit",
        "opened_by": "account",
    }
    INDEXES: ClassVar[list[list[str]]] = [["unit_id", "state"]]

    edition_id = UUID(default=None, null=False)
    unit_id = UUID(default=None, null=False)
    name = Text(null=False)
    occasion = Varchar(length=24, null=False)
    year = SmallInt(default=0, null=False)
    period_from = Date(default=None, null=False)
    period_to = Date(default=None, null=False)
    due_at = Timestamptz(default=None, null=True)
    note = Text(default="", null=False)
    state = Varchar(length=16, default="open", null=False)
    opened_by = UUID(default=None, null=True)
    opened_at = Timestamptz(default=None, null=False)
    closed_at = Timestamptz(default=None, null=True)
    dossier = JSONB(default="{}", null=False)


class NominationList(TenantColumns, Table, tablename="nomination_list"):
    """What one unit proposes in a round under one letter ("tờ trình kèm danh sách").

    `meeting`: the unit's own meeting that chose them (`core.nominations.meeting.Meeting`), or {}.
    """

    FOREIGN_KEYS: ClassVar[dict[str, str]] = {
        "round_id": "award_round",
        "unit_id": "unit",
        "created_by": "account",
    }
    INDEXES: ClassVar[list[list[str]]] = [["round_id"], ["unit_id"]]

    round_id = UUID(default=None, null=False)
    unit_id = UUID(default=None, null=False)
    letter_number = Text(default="", null=False)
    letter_date = Date(default=None, null=True)
    note = Text(default="", null=False)
    meeting = JSONB(default="{}", null=False)
    created_by = UUID(default=None, null=True)
    created_at = Timestamptz(default=None, null=False)


class Nomination(TenantColumns, Table, tablename="nomination"):
    """One subject proposed for one award on one occasion.

    `state`: `core.nominations.states.State`. `eligibility`: '' | met | not_met | pending |
    needs_judgement (the newest check). `completeness`: per cent of what is demanded. `action`:
    decide | propose | forward. Names are those of the day on which it was sent.
    """

    FOREIGN_KEYS: ClassVar[dict[str, str]] = {
        "list_id": "nomination_list",
        "round_id": "award_round",
        "edition_id": "plan_edition",
        "unit_id": "unit",
        "subject_unit_id": "unit",
        "subject_person_id": "person",
        "subject_other_id": "other_subject",
        "created_by": "account",
    }
    UNIQUE: ClassVar[list[list[str]]] = [["list_id", "subject_id", "rung_key"]]
    ONE_SUBJECT: ClassVar[tuple[str, ...]] = (
        "subject_unit_id",
        "subject_person_id",
        "subject_other_id",
    )
    INDEXES: ClassVar[list[list[str]]] = [
        ["round_id", "state"],
        ["unit_id", "state"],
        ["subject_id"],
        ["list_id"],
    ]

    list_id = UUID(default=None, null=False)
    round_id = UUID(default=None, null=False)
    edition_id = UUID(default=None, null=False)
    unit_id = UUID(default=None, null=False)
    subject_kind = Varchar(length=16, null=False)
    subject_id = UUID(default=None, null=False)
    subject_unit_id = UUID(default=None, null=True)
    subject_person_id = UUID(default=None, null=True)
    subject_other_id = UUID(default=None, null=True)
    subject_name = Text(null=False)
    subject_title = Text(default="", null=False)
    subject_unit_name = Text(default="", null=False)
    rung_key = Text(null=False)
    award = Text(null=False)
    award_kind = Varchar(length=48, default="", null=False)
    issuer = Text(default="", null=False)
    action = Varchar(length=16, default="", null=False)
    occasion = Varchar(length=24, null=False)
    year = SmallInt(default=0, null=False)
    state = Varchar(length=16, default="draft", null=False)
    version = Integer(default=1, null=False)
    last_version_number = SmallInt(default=0, null=False)
    eligibility = Varchar(length=16, default="", null=False)
    completeness = SmallInt(default=0, null=False)
    search_name = Text(default="", null=False)
    sort_key = Text(default="", null=False)
    sent_at = Timestamptz(default=None, null=True)
    received_at = Timestamptz(default=None, null=True)
    state_note = Text(default="", null=False)
    created_by = UUID(default=None, null=True)
    created_at = Timestamptz(default=None, null=False)
    is_demo = Boolean(default=False, null=False)


class NominationPart(TenantColumns, Table, tablename="nomination_part"):
    """One part of a nomination as it is being written; `version` for optimistic locking."""

    FOREIGN_KEYS: ClassVar[dict[str, str]] = {"nomination_id": "nomination", "saved_by": "account"}
    UNIQUE: ClassVar[list[list[str]]] = [["nomination_id", "key"]]
    AUDIT_HASHED: ClassVar[list[str]] = ["body"]

    nomination_id = UUID(default=None, null=False)
    key = Varchar(length=32, null=False)
    body = JSONB(default="{}", null=False)
    version = Integer(default=1, null=False)
    saved_by = UUID(default=None, null=True)
    saved_at = Timestamptz(default=None, null=False)


class NominationVersion(TenantColumns, Table, tablename="nomination_version"):
    """A nomination as it was sent, for ever; `content_hash` is the SHA-256 of its JSON."""

    FOREIGN_KEYS: ClassVar[dict[str, str]] = {"nomination_id": "nomination", "sent_by": "account"}
    UNIQUE: ClassVar[list[list[str]]] = [["nomination_id", "number"]]
    APPEND_ONLY: ClassVar[bool] = True
    AUDIT_HASHED: ClassVar[list[str]] = ["content"]

    nomination_id = UUID(default=None, null=False)
    number = SmallInt(default=1, null=False)
    content = JSONB(default="{}", null=False)
    content_hash = Varchar(length=64, null=False)
    sent_by = UUID(default=None, null=True)
    sent_at = Timestamptz(default=None, null=False)


class NominationReturn(TenantColumns, Table, tablename="nomination_return"):
    """One part given back with a reason and a day; answered when it is sent again."""

    FOREIGN_KEYS: ClassVar[dict[str, str]] = {
        "nomination_id": "nomination",
        "returned_by": "account",
    }
    INDEXES: ClassVar[list[list[str]]] = [["nomination_id"]]

    nomination_id = UUID(default=None, null=False)
    part_key = Varchar(length=32, null=False)
    reason = Text(null=False)
    due_at = Timestamptz(default=None, null=True)
    returned_by = UUID(default=None, null=True)
    returned_at = Timestamptz(default=None, null=False)
    answered_at = Timestamptz(default=None, null=True)


class NominationEvent(TenantColumns, Table, tablename="nomination_event"):
    """A step of a nomination: who did what, from which state to which."""

    FOREIGN_KEYS: ClassVar[dict[str, str]] = {
        "nomination_id": "nomination",
        "account_id": "account",
    }
    INDEXES: ClassVar[list[list[str]]] = [["nomination_id", "at"]]
    APPEND_ONLY: ClassVar[bool] = True

    nomination_id = UUID(default=None, null=False)
    action = Varchar(length=24, null=False)
    from_state = Varchar(length=16, null=False)
    to_state = Varchar(length=16, null=False)
    note = Text(default="", null=False)
    account_id = UUID(default=None, null=True)
    at = Timestamptz(default=None, null=False)


class NominationEvidence(TenantColumns, Table, tablename="nomination_evidence"):
    """A file that supports one part."""

    FOREIGN_KEYS: ClassVar[dict[str, str]] = {
        "nomination_id": "nomination",
        "file_id": "stored_file",
    }
    INDEXES: ClassVar[list[list[str]]] = [["nomination_id"]]

    nomination_id = UUID(default=None, null=False)
    part_key = Varchar(length=32, null=False)
    file_id = UUID(default=None, null=False)
    note = Text(default="", null=False)


class NominationInitiative(TenantColumns, Table, tablename="nomination_initiative"):
    """An initiative on which a nomination rests."""

    FOREIGN_KEYS: ClassVar[dict[str, str]] = {
        "nomination_id": "nomination",
        "initiative_id": "initiative",
    }
    UNIQUE: ClassVar[list[list[str]]] = [["nomination_id", "initiative_id"]]
    INDEXES: ClassVar[list[list[str]]] = [["initiative_id"]]

    nomination_id = UUID(default=None, null=False)
    initiative_id = UUID(default=None, null=False)


class DossierPaper(TenantColumns, Table, tablename="dossier_paper"):
    """A demanded paper as it is: uploaded (`file_id`) or made from data (`document_id`).

    `list_id` is set where one paper serves a whole list (the letter), else `nomination_id`.
    """

    FOREIGN_KEYS: ClassVar[dict[str, str]] = {
        "nomination_id": "nomination",
        "list_id": "nomination_list",
        "file_id": "stored_file",
        "document_id": "document",
        "saved_by": "account",
    }
    INDEXES: ClassVar[list[list[str]]] = [["nomination_id"], ["list_id"]]

    nomination_id = UUID(default=None, null=True)
    list_id = UUID(default=None, null=True)
    item_id = Varchar(length=48, null=False)
    file_id = UUID(default=None, null=True)
    document_id = UUID(default=None, null=True)
    note = Text(default="", null=False)
    saved_by = UUID(default=None, null=True)
    saved_at = Timestamptz(default=None, null=False)


class Appraisal(TenantColumns, Table, tablename="appraisal"):
    """An officer's opinion. `recommendation`: agree | not_agree | lower (then `lower_award`)."""

    FOREIGN_KEYS: ClassVar[dict[str, str]] = {"nomination_id": "nomination", "made_by": "account"}
    INDEXES: ClassVar[list[list[str]]] = [["nomination_id"]]
    APPEND_ONLY: ClassVar[bool] = True

    nomination_id = UUID(default=None, null=False)
    recommendation = Varchar(length=16, null=False)
    lower_award = Text(default="", null=False)
    opinion = Text(default="", null=False)
    made_by = UUID(default=None, null=True)
    made_at = Timestamptz(default=None, null=False)


class NominationCheck(TenantColumns, Table, tablename="nomination_check"):
    """The findings on a nomination at one moment. `trigger`: sent | received | asked | ratings |
    hold | decision; `is_changed`: the outcome or a finding's state differs from the check before.
    """

    FOREIGN_KEYS: ClassVar[dict[str, str]] = {
        "nomination_id": "nomination",
        "checked_by": "account",
    }
    INDEXES: ClassVar[list[list[str]]] = [["nomination_id", "checked_at"]]
    APPEND_ONLY: ClassVar[bool] = True
    AUDIT_HASHED: ClassVar[list[str]] = ["findings"]

    nomination_id = UUID(default=None, null=False)
    trigger = Varchar(length=16, null=False)
    outcome = Varchar(length=16, null=False)
    findings = JSONB(default="[]", null=False)
    is_changed = Boolean(default=False, null=False)
    checked_by = UUID(default=None, null=True)
    checked_at = Timestamptz(default=None, null=False)
