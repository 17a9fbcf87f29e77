"""Who the department is. Name, short name, notation and place stand on its root unit alone."""

from __future__ import annotations

from typing import ClassVar

from piccolo.columns import UUID, Boolean, Date, Integer, Text, Timestamptz, Varchar
from piccolo.table import Table

from core.kit.tables import TenantColumns


class Identity(TenantColumns, Table, tablename="identity"):
    """The one row of a department, under the department's id; `version` guards a stale save.

    The signing fields describe the certificate with which papers will be signed.
    """

    FOREIGN_KEYS: ClassVar[dict[str, str]] = {"logo_file_id": "stored_file"}

    version = Integer(default=1, null=False)
    parent_body = Text(default="", null=False)
    address = Text(default="", null=False)
    phone = Varchar(length=40, default="", null=False)
    email = Varchar(length=200, default="", null=False)
    logo_file_id = UUID(default=None, null=True)
    signing_kind = Varchar(length=16, default="", null=False)
    signing_subject = Text(default="", null=False)
    signing_provider = Text(default="", null=False)
    signing_serial = Varchar(length=100, default="", null=False)
    signing_valid_to = Date(default=None, null=True)
    privacy_name = Text(default="", null=False)
    privacy_phone = Varchar(length=40, default="", null=False)
    privacy_email = Varchar(length=200, default="", null=False)
    updated_at = Timestamptz()


class OfficialCode(TenantColumns, Table, tablename="official_code"):
    """An official code of the department, with its days and the text that gives it."""

    INDEXES: ClassVar[list[list[str]]] = [["valid_from"]]

    code = Varchar(length=35, null=False)
    valid_from = Date(default=None, null=True)
    valid_to = Date(default=None, null=True)
    source = Text(default="", null=False)
    is_confirmed = Boolean(default=False, null=False)
    created_at = Timestamptz()
