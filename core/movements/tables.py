"""The department's plan: what is being set, and the immutable editions that were published."""

from __future__ import annotations

from typing import ClassVar

from piccolo.columns import JSONB, UUID, Boolean, Date, Integer, Text, Timestamptz, Varchar
from piccolo.table import Table

from core.kit.tables import TenantColumns


class PlanEdition(TenantColumns, Table, tablename="plan_edition"):
    """A plan as it was published: plugin content and the department's settings, frozen.

    `content` is `core.plugin.api.PlanContent` as JSON, `department` is
    `core.movements.values.DepartmentValues`; `content_hash` is the SHA-256 of both.
    """

    FOREIGN_KEYS: ClassVar[dict[str, str]] = {"published_by": "account"}
    UNIQUE: ClassVar[list[list[str]]] = [["number"]]
    APPEND_ONLY: ClassVar[bool] = True
    AUDIT_HASHED: ClassVar[list[str]] = ["content"]

    number = Integer(default=1, null=False)
    content = JSONB(default="{}", null=False)
    department = JSONB(default="{}", null=False)
    content_hash = Varchar(length=64, null=False)
    plugin_slug = Varchar(length=63, null=False)
    plugin_version = Varchar(length=32, null=False)
    reason = Text(default="", null=False)
    effective_from = Date(default=None, null=False)
    published_by = UUID(default=None, null=True)
    published_at = Timestamptz(default=None, null=False)
    is_demo = Boolean(default=False, null=False)


class PlanDraft(TenantColumns, Table, tablename="plan_draft"):
    """One section of what the department sets, until it is published; `body` as JSON."""

    FOREIGN_KEYS: ClassVar[dict[str, str]] = {"saved_by": "account"}
    UNIQUE: ClassVar[list[list[str]]] = [["section"]]

    section = Varchar(length=32, null=False)
    body = JSONB(default="{}", null=False)
    version = Integer(default=1, null=False)
    saved_by = UUID(default=None, null=True)
    saved_at = Timestamptz(default=None, null=False)


class PlanFile(TenantColumns, Table, tablename="plan_file"):
    """A stored file that the draft or an edition names; the link keeps the file."""

    FOREIGN_KEYS: ClassVar[dict[str, str]] = {"file_id": "stored_file"}
    UNIQUE: ClassVar[list[list[str]]] = [["file_id"]]
    APPEND_ONLY: ClassVar[bool] = True

    file_id = UUID(default=None, null=False)
