"""SQL of layouts, and of the public check."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from core.kit import db
from core.kit.ids import new_id


async def layout(unit_id: UUID, award_kind: str) -> Any | None:
    """Return the saved layout, or None."""
    return await db.fetchrow(
        "SELECT version, stock, settings, position_text, emblem_file_id FROM certificate_layout"
        " WHERE unit_id = $1 AND award_kind = $2",
        unit_id,
        award_kind,
    )


async def layouts(unit_ids: list[UUID]) -> list[Any]:
    """Return all saved layouts of some units."""
    return await db.fetch(
        "SELECT unit_id, award_kind, stock, emblem_file_id IS NOT NULL AS has_emblem"
        " FROM certificate_layout WHERE unit_id = ANY($1)",
        unit_ids,
    )


async def awarding_units(paths: list[str]) -> list[Any]:
    """Return the department and the units that award on their own, under the given paths."""
    return await db.fetch(
        "SELECT id, name FROM unit WHERE is_active AND (parent_id IS NULL OR has_legal_personality)"
        " AND path LIKE ANY($1) ORDER BY parent_id NULLS FIRST, sort_key, id",
        [f"{path}%" for path in paths],
    )


async def ensure(unit_id: UUID, award_kind: str, position: str) -> None:
    """Make the layout with the usual values where there is none."""
    await db.execute(
        "INSERT INTO certificate_layout (id, unit_id, award_kind, version, position_text,"
        " updated_at) VALUES ($1, $2, $3, 0, $4, official_now())"
        " ON CONFLICT (tenant_id, unit_id, award_kind) DO NOTHING",
        new_id(), unit_id, award_kind, position,
    )  # fmt: skip


async def save(
    unit_id: UUID, award_kind: str, version: int, *, stock: str, settings: Any, position: str,
    account_id: UUID | None,
) -> bool:  # fmt: skip
    """Change a layout; False if somebody else was first."""
    tag = await db.execute(
        "UPDATE certificate_layout SET stock = $4, settings = $5, position_text = $6,"
        " updated_by = $7, updated_at = official_now(), version = version + 1"
        " WHERE unit_id = $1 AND award_kind = $2 AND version = $3",
        unit_id, award_kind, version, stock, settings, position, account_id,
    )  # fmt: skip
    return tag == "UPDATE 1"


async def set_emblem(unit_id: UUID, award_kind: str, file_id: UUID | None) -> None:
    """Show another picture, or none."""
    await db.execute(
        "UPDATE certificate_layout SET emblem_file_id = $3, updated_at = official_now()"
        " WHERE unit_id = $1 AND award_kind = $2",
        unit_id,
        award_kind,
        file_id,
    )


async def storage_key(file_id: UUID) -> str | None:
    """Return where a picture's content lies."""
    key: str | None = await db.fetchval(
        "SELECT storage_key FROM stored_file WHERE id = $1", file_id
    )
    return key


async def by_code(code: str) -> Any | None:
    """Return what the public page may show of the certificate with this code, or None."""
    return await db.fetchrow(
        "SELECT g.subject_name AS name, g.subject_title AS title,"
        " g.subject_unit_name AS unit_name, g.award, u.name AS decided_by, g.decision_number,"
        " g.decided_on, g.state = 'in_force' AS is_in_force"
        " FROM certificate AS c JOIN award_grant AS g ON g.tenant_id = c.tenant_id"
        " AND g.id = c.grant_id JOIN unit AS u ON u.tenant_id = c.tenant_id AND u.id = c.unit_id"
        " WHERE c.code = $1",
        code,
    )
