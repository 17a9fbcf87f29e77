"""Facts about those who may be proposed: ratings, declared facts, holds, initiatives.

A subject is a unit, a person or somebody outside the tree: exactly one of `unit_id`, `person_id`
and `other_id` is set, and `subject_id` repeats it (the database checks both).
"""

from __future__ import annotations

from typing import ClassVar

from piccolo.columns import JSONB, UUID, Boolean, Date, SmallInt, Text, Timestamptz, Varchar
from piccolo.table import Table

from core.kit.tables import TenantColumns

_SUBJECT = {"unit_id": "unit", "person_id": "person", "other_id": "other_subject"}


class OtherSubject(TenantColumns, Table, tablename="other_subject"):
    """Somebody outside the tree ("đối tượng khác"). `kind`: organisation | household | person."""

    FOREIGN_KEYS: ClassVar[dict[str, str]] = {"unit_id": "unit", "created_by": "account"}
    INDEXES: ClassVar[list[list[str]]] = [["sort_key"]]

    name = Text(null=False)
    kind = Varchar(length=16, null=False)
    address = Text(default="", null=False)
    note = Text(default="", null=False)
    unit_id = UUID(default=None, null=False)
    search_name = Text(default="", null=False)
    sort_key = Text(default="", null=False)
    created_by = UUID(default=None, null=True)
    created_at = Timestamptz(default=None, null=False)


class OfficialRating(TenantColumns, Table, tablename="official_rating"):
    """How a year was rated. `scope`: unit | leadership | person; `rating`: `plugin.api.Rating`.

    `state`: provisional | official; both rows are kept, the official one counts. `basis` is the
    paper that it rests on.
    """

    FOREIGN_KEYS: ClassVar[dict[str, str]] = {
        **_SUBJECT,
        "file_id": "stored_file",
        "recorded_by": "account",
    }
    UNIQUE: ClassVar[list[list[str]]] = [["subject_id", "year", "scope", "state"]]
    ONE_SUBJECT: ClassVar[tuple[str, ...]] = tuple(_SUBJECT)

    subject_id = UUID(default=None, null=False)
    unit_id = UUID(default=None, null=True)
    person_id = UUID(default=None, null=True)
    other_id = UUID(default=None, null=True)
    year = SmallInt(default=0, null=False)
    scope = Varchar(length=16, null=False)
    rating = Varchar(length=32, null=False)
    state = Varchar(length=16, null=False)
    basis = Text(default="", null=False)
    file_id = UUID(default=None, null=True)
    recorded_by = UUID(default=None, null=True)
    recorded_at = Timestamptz(default=None, null=False)


class SubjectFact(TenantColumns, Table, tablename="subject_fact"):
    """A fact that a person declared for a year: `key` is a field of `EligibilityRequest`.

    `value` is JSON (true, false, a number); `source` says where it comes from.
    """

    FOREIGN_KEYS: ClassVar[dict[str, str]] = {
        **_SUBJECT,
        "file_id": "stored_file",
        "recorded_by": "account",
    }
    UNIQUE: ClassVar[list[list[str]]] = [["subject_id", "year", "key"]]
    ONE_SUBJECT: ClassVar[tuple[str, ...]] = tuple(_SUBJECT)

    subject_id = UUID(default=None, null=False)
    unit_id = UUID(default=None, null=True)
    person_id = UUID(default=None, null=True)
    other_id = UUID(default=None, null=True)
    year = SmallInt(default=0, null=False)
    key = Varchar(length=48, null=False)
    value = JSONB(default="null", null=False)
    source = Text(default="", null=False)
    file_id = UUID(default=None, null=True)
    recorded_by = UUID(default=None, null=True)
    recorded_at = Timestamptz(default=None, null=False)


class SubjectHold(TenantColumns, Table, tablename="subject_hold"):
    """Nothing is proposed or decided while it lasts (NĐ 152/2025/NĐ-CP, Điều 4 khoản 4).

    `kind`: discipline_considered | investigation | complaint | discipline. From `released_on` it
    no longer holds (null: open). `counts_from`: achievement counts from that day on.
    """

    FOREIGN_KEYS: ClassVar[dict[str, str]] = {
        **_SUBJECT,
        "file_id": "stored_file",
        "made_by": "account",
        "released_by": "account",
    }
    INDEXES: ClassVar[list[list[str]]] = [["subject_id"]]
    AUDIT_HASHED: ClassVar[list[str]] = ["reason", "release_note"]
    ONE_SUBJECT: ClassVar[tuple[str, ...]] = tuple(_SUBJECT)

    subject_id = UUID(default=None, null=False)
    unit_id = UUID(default=None, null=True)
    person_id = UUID(default=None, null=True)
    other_id = UUID(default=None, null=True)
    kind = Varchar(length=32, null=False)
    reason = Text(null=False)
    file_id = UUID(default=None, null=True)
    from_on = Date(default=None, null=False)
    released_on = Date(default=None, null=True)
    release_note = Text(default="", null=False)
    counts_from = Date(default=None, null=True)
    made_by = UUID(default=None, null=True)
    made_at = Timestamptz(default=None, null=False)
    released_by = UUID(default=None, null=True)


class Initiative(TenantColumns, Table, tablename="initiative"):
    """An initiative or solution; it grounds one award only. `level`: unit | province | national."""

    FOREIGN_KEYS: ClassVar[dict[str, str]] = {
        "unit_id": "unit",
        "file_id": "stored_file",
        "created_by": "account",
    }
    INDEXES: ClassVar[list[list[str]]] = [["unit_id"], ["sort_key"]]

    name = Text(null=False)
    unit_id = UUID(default=None, null=False)
    year = SmallInt(default=0, null=False)
    level = Varchar(length=16, null=False)
    certificate_number = Text(default="", null=False)
    certificate_date = Date(default=None, null=True)
    issuer = Text(default="", null=False)
    effect = Text(default="", null=False)
    file_id = UUID(default=None, null=True)
    search_name = Text(default="", null=False)
    sort_key = Text(default="", null=False)
    created_by = UUID(default=None, null=True)
    created_at = Timestamptz(default=None, null=False)


class InitiativeAuthor(TenantColumns, Table, tablename="initiative_author"):
    """An author; `share` is a whole percentage or null."""

    FOREIGN_KEYS: ClassVar[dict[str, str]] = {"initiative_id": "initiative", "person_id": "person"}
    UNIQUE: ClassVar[list[list[str]]] = [["initiative_id", "person_id"]]
    INDEXES: ClassVar[list[list[str]]] = [["person_id"]]

    initiative_id = UUID(default=None, null=False)
    person_id = UUID(default=None, null=False)
    share = SmallInt(default=None, null=True)
    is_main = Boolean(default=False, null=False)
