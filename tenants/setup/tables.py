"""What the set-up path keeps between two visits."""

from __future__ import annotations

from typing import ClassVar

from piccolo.columns import JSONB, UUID, Text, Timestamptz, Varchar
from piccolo.table import Table

from core.kit.tables import TenantColumns


class StagedImport(TenantColumns, Table, tablename="staged_import"):
    """One uploaded list of units and people. `state`: staged | applied | discarded.

    Its rows are kept only while it is staged.
    """

    FOREIGN_KEYS: ClassVar[dict[str, str]] = {"created_by": "account"}
    INDEXES: ClassVar[list[list[str]]] = [["created_at"]]
    AUDIT_HASHED: ClassVar[list[str]] = ["content"]

    file_name = Text(default="", null=False)
    state = Varchar(length=16, default="staged", null=False)
    content = JSONB(default="{}", null=False)
    summary = Text(default="", null=False)
    created_by = UUID(default=None, null=True)
    created_at = Timestamptz()
    finished_at = Timestamptz(default=None, null=True)
