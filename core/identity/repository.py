"""SQL of the department's identity and of its official codes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from core.kit import db

OWN = (
    "parent_body", "address", "phone", "email", "signing_kind", "signing_subject",
    "signing_provider", "signing_serial", "signing_valid_to", "privacy_name", "privacy_phone",
    "privacy_email",
)  # fmt: skip
_CODE = "id, code, valid_from, valid_to, source, is_confirmed"


async def read() -> Any | None:
    """Return the identity together with the root unit's names; None without a root."""
    columns = ", ".join(
        "i.signing_valid_to" if name == "signing_valid_to" else f"coalesce(i.{name}, '') AS {name}"
        for name in OWN
    )
    return await db.fetchrow(
        f"SELECT coalesce(i.version, 0) AS version, u.name, u.short_name, u.notation, u.place,"
        f" {columns}, coalesce(f.sha256, '') AS logo"
        " FROM unit AS u LEFT JOIN identity AS i ON i.tenant_id = u.tenant_id"
        " LEFT JOIN stored_file AS f ON f.tenant_id = i.tenant_id AND f.id = i.logo_file_id"
        " WHERE u.parent_id IS NULL"
    )


async def ensure(tenant_id: UUID) -> None:
    """Make the empty row of a department that has none yet."""
    await db.execute(
        "INSERT INTO identity (id, version, updated_at) VALUES ($1, 0, official_now())"
        " ON CONFLICT (tenant_id, id) DO NOTHING",
        tenant_id,
    )


async def update(values: Mapping[str, Any], version: int) -> bool:
    """Change the fields of `OWN`; False if somebody else was first."""
    settings = ", ".join(f"{name} = ${number}" for number, name in enumerate(OWN, 2))
    tag = await db.execute(
        f"UPDATE identity SET {settings}, version = version + 1, updated_at = official_now()"
        " WHERE version = $1",
        version,
        *(values[name] for name in OWN),
    )
    return tag == "UPDATE 1"


async def set_logo(file_id: UUID | None) -> None:
    """Show another logo, or none."""
    await db.execute("UPDATE identity SET logo_file_id = $1, updated_at = official_now()", file_id)


async def logo() -> Any | None:
    """Return hash, media type and storage key of the logo in use."""
    return await db.fetchrow(
        "SELECT f.sha256, f.media_type, f.storage_key FROM identity AS i"
        " JOIN stored_file AS f ON f.tenant_id = i.tenant_id AND f.id = i.logo_file_id"
    )


async def parent_body() -> str:
    """Return the body above the department as it was typed, or ''."""
    return str(await db.fetchval("SELECT parent_body FROM identity") or "")


async def codes() -> list[Any]:
    """Return all official codes, the newest first."""
    return await db.fetch(
        f"SELECT {_CODE} FROM official_code ORDER BY valid_from DESC NULLS LAST, created_at DESC"
    )


async def insert_code(
    code_id: UUID, code: str, valid_from: date | None, valid_to: date | None, source: str,
    *, is_confirmed: bool,
) -> None:  # fmt: skip
    """Add a code."""
    await db.execute(
        "INSERT INTO official_code (id, code, valid_from, valid_to, source, is_confirmed,"
        " created_at) VALUES ($1, $2, $3, $4, $5, $6, official_now())",
        code_id, code, valid_from, valid_to, source, is_confirmed,
    )  # fmt: skip


async def update_code(
    code_id: UUID, code: str, valid_from: date | None, valid_to: date | None, source: str,
    *, is_confirmed: bool,
) -> bool:  # fmt: skip
    """Correct a code; False if there is none with this id."""
    tag = await db.execute(
        "UPDATE official_code SET code = $2, valid_from = $3, valid_to = $4, source = $5,"
        " is_confirmed = $6 WHERE id = $1",
        code_id, code, valid_from, valid_to, source, is_confirmed,
    )  # fmt: skip
    return tag == "UPDATE 1"
