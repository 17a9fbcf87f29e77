"""Files: content in the storage, facts here."""

from __future__ import annotations

from typing import ClassVar

from piccolo.columns import UUID, BigInt, Text, Timestamptz, Varchar
from piccolo.table import Table

from core.kit.tables import TenantColumns


class StoredFile(TenantColumns, Table, tablename="stored_file"):
    """One stored file. `purpose`: evidence | attachment | decision | paper | signed_scan | logo."""

    FOREIGN_KEYS: ClassVar[dict[str, str]] = {"unit_id": "unit", "uploaded_by": "account"}
    INDEXES: ClassVar[list[list[str]]] = [["unit_id"]]

    name = Text(null=False)
    media_type = Varchar(length=127, null=False)
    size = BigInt(default=0, null=False)
    sha256 = Varchar(length=64, null=False)
    storage_key = Text(null=False)
    purpose = Varchar(length=16, null=False)
    scan_state = Varchar(length=16, default="not_scanned", null=False)
    unit_id = UUID(default=None, null=False)
    uploaded_by = UUID(default=None, null=True)
    uploaded_at = Timestamptz(default=None, null=False)
