"""The department's plan as published: immutable editions."""

from __future__ import annotations

from typing import ClassVar

from piccolo.columns import JSONB, UUID, Boolean, Date, Integer, Text, Timestamptz, Varchar
from piccolo.table import Table

from core.kit.tables import TenantColumns


class PlanEdition(TenantColumns, Table, tablename="plan_edition"):
    """A plan as it was published: plugin content and the department's settings, frozen.

    `content` is `core.plugin.api.PlanContent` as JSON; `content_hash` its SHA-256.
    """

    FOREIGN_KEYS: ClassVar[dict[str, str]] = {"published_by": "account"}
    UNIQUE: ClassVar[list[list[str]]] = [["number"]]
    APPEND_ONLY: ClassVar[bool] = True
    AUDIT_HASHED: ClassVar[list[str]] = ["content"]

    number = Integer(default=1, null=False)
    content = JSONB(default="{}", null=False)
    content_hash = Varchar(length=64, null=False)
    plugin_slug = Varchar(length=63, null=False)
    plugin_version = Varchar(length=32, null=False)
    reason = Text(default="", null=False)
    effective_from = Date(default=None, null=False)
    published_by = UUID(default=None, null=True)
    published_at = Timestamptz(default=None, null=False)
    is_demo = Boolean(default=False, null=False)
