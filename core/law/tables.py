"""What a department has confirmed or replaced of the catalogue of legal parameters."""

from __future__ import annotations

from typing import ClassVar

from piccolo.columns import JSONB, UUID, Date, Text, Timestamptz, Varchar
from piccolo.table import Table

from core.kit.tables import TenantColumns


class LawOverride(TenantColumns, Table, tablename="law_override"):
    """One decision about one key. `kind`: confirm | replace. Revoked, never deleted."""

    FOREIGN_KEYS: ClassVar[dict[str, str]] = {
        "file_id": "stored_file",
        "made_by": "account",
        "revoked_by": "account",
    }
    INDEXES: ClassVar[list[list[str]]] = [["key", "valid_from"]]

    key = Varchar(length=63, null=False)
    kind = Varchar(length=8, null=False)
    value = JSONB(default="null", null=False)
    valid_from = Date(default=None, null=True)
    valid_to = Date(default=None, null=True)
    decision_number = Text(default="", null=False)
    decision_date = Date(default=None, null=False)
    file_id = UUID(default=None, null=False)
    note = Text(default="", null=False)
    made_by = UUID(default=None, null=True)
    made_at = Timestamptz(default=None, null=False)
    revoked_at = Timestamptz(default=None, null=True)
    revoked_by = UUID(default=None, null=True)
    revoke_reason = Text(default="", null=False)
