"""Archives that were asked for, requests to delete a department, certificates of deletion."""

from __future__ import annotations

from typing import ClassVar

from piccolo.columns import JSONB, UUID, BigInt, Integer, Text, Timestamptz, Varchar
from piccolo.table import Table

from core.kit.tables import TenantColumns


class TenantExport(TenantColumns, Table, tablename="tenant_export"):
    """One archive of the whole department, kept for download until `expires_at`.

    `state`: queued | rows | files | storing | done | failed | expired.
    """

    FOREIGN_KEYS: ClassVar[dict[str, str]] = {"requested_by": "account"}
    INDEXES: ClassVar[list[list[str]]] = [["requested_at", "id"]]

    state = Varchar(length=16, default="queued", null=False)
    error = Text(default="", null=False)
    row_count = BigInt(default=0, null=False)
    file_count = Integer(default=0, null=False)
    size = BigInt(default=0, null=False)
    sha256 = Varchar(length=64, default="", null=False)
    requested_by = UUID(default=None, null=True)
    requested_at = Timestamptz(default=None, null=False)
    finished_at = Timestamptz(default=None, null=True)
    expires_at = Timestamptz(default=None, null=True)
    downloads = Integer(default=0, null=False)
    downloaded_at = Timestamptz(default=None, null=True)


class DeletionRequest(TenantColumns, Table, tablename="deletion_request"):
    """The wish to delete the whole department after a waiting period; at most one is open.

    A trigger repeats the open request's day in `tenant.delete_after`.
    """

    FOREIGN_KEYS: ClassVar[dict[str, str]] = {"requested_by": "account", "revoked_by": "account"}

    reason = Text(null=False)
    decision_number = Text(default="", null=False)
    requested_by = UUID(default=None, null=True)
    requested_by_name = Text(null=False)
    requested_at = Timestamptz(default=None, null=False)
    delete_after = Timestamptz(default=None, null=False)
    revoked_by = UUID(default=None, null=True)
    revoked_by_name = Text(default="", null=False)
    revoked_at = Timestamptz(default=None, null=True)


class DeletionCertificate(Table, tablename="deletion_certificate"):
    """What stays of a deleted department: proof that it is gone, nothing of what it held.

    `sha256` covers `content` (canonical JSON); empty until the last file is gone.
    """

    id = UUID(primary_key=True)
    slug = Varchar(length=63, null=False)
    department_id = UUID(default=None, null=False)
    content = JSONB(default="{}", null=False)
    sha256 = Varchar(length=64, default="", null=False)
    rows_removed_at = Timestamptz(default=None, null=False)
    completed_at = Timestamptz(default=None, null=True)
