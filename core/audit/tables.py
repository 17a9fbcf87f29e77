"""One audit table for all: written by triggers only, append-only, hash-chained."""

from __future__ import annotations

from typing import ClassVar

from piccolo.columns import JSONB, UUID, BigInt, Text, Timestamptz, Varchar
from piccolo.table import Table

from core.kit.tables import TenantColumns


class AuditEvent(TenantColumns, Table, tablename="audit_event"):
    """One change of one row: who, when, why, what was and what is."""

    AUDIT: ClassVar[bool] = False
    APPEND_ONLY: ClassVar[bool] = True
    INDEXES: ClassVar[list[list[str]]] = [
        ["seq"],
        ["at", "seq"],
        ["row_id", "at"],
        ["actor_id", "at"],
        ["table_name", "at", "seq"],
    ]

    seq = BigInt(default=0, null=False)
    at = Timestamptz(default=None, null=False)
    actor_id = UUID(default=None, null=True)
    reason = Text(default="", null=False)
    table_name = Varchar(length=63, null=False)
    row_id = UUID(default=None, null=True)
    action = Varchar(length=8, null=False)
    changes = JSONB(default="{}", null=False)
    prev_hash = Varchar(length=64, default="", null=False)
    hash = Varchar(length=64, default="", null=False)


class AuditHead(TenantColumns, Table, tablename="audit_head"):
    """The last link of a tenant's chain."""

    AUDIT: ClassVar[bool] = False

    seq = BigInt(default=0, null=False)
    hash = Varchar(length=64, default="", null=False)
