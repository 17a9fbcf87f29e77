"""The catalogue of departments: the tables that are not a tenant's own."""

from __future__ import annotations

from piccolo.columns import JSONB, UUID, BigInt, Boolean, Integer, Text, Timestamptz, Varchar
from piccolo.table import Table


class Tenant(Table, tablename="tenant"):
    """A department (Sở Y tế).

    Attributes:
        delete_after: from when on it may be removed; None while no deletion was asked for.
        max_storage_bytes: how much its files may take together; None = no limit.
        official_code: as it was known when the entry was made; the dated codes that hold are the
            department's own (`core.identity`).
        max_accounts: how many accounts may be in use; None = no limit.
        plugin_version: the plugin's version that the operator has opened for new editions;
            '' = the one of its newest edition.
        suspended_reason: why the operator has suspended it.
    """

    id = UUID(primary_key=True)
    slug = Varchar(length=63, unique=True, null=False)
    name = Text(null=False)
    short_name = Text(null=False)
    plugin_slug = Varchar(length=63, null=False)
    official_code = Varchar(length=35, default="")
    status = Varchar(length=16, default="active", null=False)
    is_demo = Boolean(default=False, null=False)
    created_at = Timestamptz()
    settings = JSONB(default="{}", null=False)
    delete_after = Timestamptz(default=None, null=True)
    max_storage_bytes = BigInt(default=None, null=True)
    max_accounts = Integer(default=None, null=True)
    plugin_version = Varchar(length=63, default="", null=False)
    suspended_reason = Text(default="", null=False)


class TenantHost(Table, tablename="tenant_host"):
    """A host name under which a department is served."""

    id = UUID(primary_key=True)
    host = Varchar(length=253, unique=True, null=False)
    tenant_id = UUID(default=None, null=False)
