"""SQL of the catalogue of departments: reading as the application, writing as the platform."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from core.kit import db
from core.kit.ids import new_id
from tenants.schemas import NewTenant

COLUMNS = (
    "t.id, t.slug, t.name, t.short_name, t.plugin_slug, t.official_code, t.status, t.is_demo,"
    " t.settings, t.delete_after"
)
_OWN_NAMES = (
    "coalesce(nullif(f.name, ''), t.name) AS name,"
    " coalesce(nullif(f.short_name, ''), t.short_name) AS short_name"
)


async def catalogue() -> list[Any]:
    """Return every host with its department, named as the department names itself."""
    own = COLUMNS.replace("t.name, t.short_name", _OWN_NAMES)
    return await db.fetch(
        f"SELECT h.host, {own}, coalesce(f.logo, '') AS logo,"
        " coalesce(f.privacy_name, '') AS privacy_name,"
        " coalesce(f.privacy_phone, '') AS privacy_phone,"
        " coalesce(f.privacy_email, '') AS privacy_email"
        " FROM tenant_host h JOIN tenant t ON t.id = h.tenant_id"
        " LEFT JOIN department_faces() f ON f.tenant_id = t.id"
    )


async def tenants() -> list[Any]:
    """Return all departments by slug."""
    return await db.fetch(f"SELECT {COLUMNS} FROM tenant t ORDER BY t.slug")


async def insert(tenant_id: UUID, tenant: NewTenant) -> str:
    """Insert a department and its hosts, not served yet; return a host that is taken, or ''."""
    await db.execute(
        "INSERT INTO tenant (id, slug, name, short_name, plugin_slug, official_code,"
        " status, is_demo, created_at, settings)"
        " VALUES ($1, $2, $3, $4, $5, $6, 'preparing', $7, now(), '{}')",
        tenant_id,
        tenant.slug,
        tenant.name,
        tenant.short_name,
        tenant.plugin_slug,
        tenant.official_code,
        tenant.is_demo,
    )
    for host in tenant.hosts:
        if not await insert_host(tenant_id, host):
            return host
    return ""


async def insert_host(tenant_id: UUID, host: str) -> bool:
    """Serve a department under one more host name (as the platform); False if it is taken."""
    tag = await db.execute(
        "INSERT INTO tenant_host (id, host, tenant_id) VALUES ($1, $2, $3)"
        " ON CONFLICT (host) DO NOTHING",
        new_id(),
        host,
        tenant_id,
    )
    return tag == "INSERT 0 1"


async def delete(tenant_id: UUID) -> None:
    """Take a department out of the catalogue that has no rows yet (as the platform)."""
    await db.execute("DELETE FROM tenant_host WHERE tenant_id = $1", tenant_id)
    await db.execute("DELETE FROM tenant WHERE id = $1", tenant_id)


async def set_status(tenant_id: UUID, status: str) -> None:
    """Set the status of a department (as the platform)."""
    await db.execute("UPDATE tenant SET status = $2 WHERE id = $1", tenant_id, status)
