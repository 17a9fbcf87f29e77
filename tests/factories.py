"""Small makers of rows for tests; plain SQL, so that services are not tested by themselves."""

from __future__ import annotations

import os
from itertools import count
from uuid import UUID

import asyncpg

from core.kit import db
from core.kit.ids import new_id
from core.kit.scope import tenant_scope

_numbers = count(1)


async def make_tenant(plugin: str = "plugin", *, slug: str = "", status: str = "active") -> UUID:
    """Make a department with its root unit, which has the same id; return that id."""
    tenant_id = new_id()
    slug = slug or f"so-{next(_numbers)}-{tenant_id.hex[-6:]}"
    platform = await asyncpg.connect(os.environ["DATABASE_PLATFORM_URL"])
    await platform.execute(
        "INSERT INTO tenant (id, slug, name, short_name, plugin_slug, status, created_at)"
        " VALUES ($1, $2, $3, $4, $5, $6, now())",
        tenant_id,
        slug,
        f"Sở Y tế {slug}",
        f"SYT {slug}",
        plugin,
        status,
    )
    await platform.execute(
        "INSERT INTO tenant_host (id, host, tenant_id) VALUES ($1, $2, $3)",
        new_id(),
        f"{slug}.localhost",
        tenant_id,
    )
    await platform.close()
    await make_unit(
        tenant_id,
        name=f"Sở Y tế {slug}",
        unit_id=tenant_id,
        level="department",
        kind="department_office",
        code="SYT",
    )
    return tenant_id


async def make_unit(
    tenant_id: UUID,
    *,
    name: str,
    parent_id: UUID | None = None,
    level: str = "unit",
    kind: str = "hospital",
    code: str = "",
    unit_id: UUID | None = None,
) -> UUID:
    """Make a unit under `parent_id` (or a root) and return its id."""
    unit_id = unit_id or new_id()
    with tenant_scope(tenant_id):
        async with db.transaction():
            above = (
                await db.fetchval("SELECT path FROM unit WHERE id = $1", parent_id)
                if parent_id
                else "/"
            )
            await db.execute(
                "INSERT INTO unit (id, code, name, search_name, sort_key, kind, level, parent_id,"
                " path) VALUES ($1, $2, $3::text, fold($3::text), fold($3::text), $4, $5, $6, $7)",
                unit_id,
                code or f"U{next(_numbers)}",
                name,
                kind,
                level,
                parent_id,
                f"{above}{unit_id}/",
            )
    return unit_id


async def make_account(
    tenant_id: UUID,
    *,
    unit_id: UUID,
    roles: dict[str, UUID] | None = None,
    username: str = "",
    email: str = "",
) -> UUID:
    """Make an account with roles (role -> unit where it is granted) and return its id."""
    account_id = new_id()
    with tenant_scope(tenant_id):
        async with db.transaction():
            name = username or f"nguoi{next(_numbers)}"
            await db.execute(
                "INSERT INTO account (id, username, display_name, email, unit_id,"
                " must_change_password, created_at) VALUES ($1, $2, $3, $4, $5, false, now())",
                account_id,
                name,
                f"Người dùng {name}",
                email,
                unit_id,
            )
            for role, at_unit in (roles or {}).items():
                await db.execute(
                    "INSERT INTO role_grant (id, account_id, role, unit_id, granted_at)"
                    " VALUES ($1, $2, $3, $4, now())",
                    new_id(),
                    account_id,
                    role,
                    at_unit,
                )
    return account_id


async def own_plan_paper(tenant_id: UUID) -> UUID:
    """Let the department's draft name a plan of its own; return the file's id."""
    file_id = new_id()
    with tenant_scope(tenant_id):
        async with db.transaction():
            await db.execute(
                "INSERT INTO stored_file (id, name, media_type, size, sha256, storage_key, purpose,"
                " scan_state, unit_id, uploaded_at) VALUES ($1, 'ke-hoach.pdf', 'application/pdf',"
                " 1, repeat('0', 64), 'x', 'decision', 'not_scanned', $2, now())",
                file_id,
                tenant_id,
            )
            await db.execute(
                "INSERT INTO plan_file (id, file_id) VALUES ($1, $2)", new_id(), file_id
            )
            await db.execute(
                "INSERT INTO plan_draft (id, section, body, version, saved_at)"
                " VALUES ($1, 'plan_paper', $2, 1, now())",
                new_id(),
                {
                    "value": {
                        "number": "01/KH-SYT",
                        "date": "2025-09-01",
                        "title": "Kế hoạch của Sở",
                        "file_id": str(file_id),
                        "file_name": "ke-hoach.pdf",
                    }
                },
            )
    return file_id
