"""Consolidation: the receiver's own report over a round."""

from __future__ import annotations

from typing import ClassVar

from piccolo.columns import (
    JSONB,
    UUID,
    Boolean,
    Date,
    Integer,
    SmallInt,
    Timestamptz,
    Varchar,
)
from piccolo.table import Table

from core.kit.tables import TenantColumns


class Consolidation(TenantColumns, Table, tablename="consolidation"):
    """What a receiver gathers from a round. `state`: draft | approved | issued.

    `figures` are counted by the program, `texts` may be edited by the officer; `version` locks.
    """

    FOREIGN_KEYS: ClassVar[dict[str, str]] = {
        "round_id": "reporting_round",
        "receiver_unit_id": "unit",
        "made_by": "account",
        "approved_by": "account",
        "issued_by": "account",
        "signed_file_id": "stored_file",
    }
    INDEXES: ClassVar[list[list[str]]] = [["round_id"]]
    AUDIT_HASHED: ClassVar[list[str]] = ["figures", "texts"]

    round_id = UUID(default=None, null=False)
    receiver_unit_id = UUID(default=None, null=False)
    is_provisional = Boolean(default=True, null=False)
    state = Varchar(length=16, default="draft", null=False)
    version = Integer(default=1, null=False)
    figures = JSONB(default="{}", null=False)
    texts = JSONB(default="{}", null=False)
    made_by = UUID(default=None, null=True)
    made_at = Timestamptz(default=None, null=False)
    approved_by = UUID(default=None, null=True)
    approved_at = Timestamptz(default=None, null=True)
    issued_by = UUID(default=None, null=True)
    issued_at = Timestamptz(default=None, null=True)
    number = Integer(default=None, null=True)
    number_year = SmallInt(default=None, null=True)
    document_date = Date(default=None, null=True)
    signed_file_id = UUID(default=None, null=True)
