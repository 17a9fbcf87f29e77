"""SQL of the department's decisions about legal parameters."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import msgspec

from core.kit import db
from core.kit.ids import new_id
from core.law.schemas import Kind, Value


async def decisions(key: str) -> list[Any]:
    """Return every decision about a key, newest first, with names of people and files."""
    return await db.fetch(
        """SELECT o.id, o.key, o.kind, o.value::text AS value, o.valid_from, o.valid_to,
            o.decision_number AS number, o.decision_date AS dated, o.file_id, o.note, o.made_at,
            o.revoked_at, o.revoke_reason, f.name AS file_name,
            coalesce(m.display_name, '') AS made_by, coalesce(r.display_name, '') AS revoked_by
        FROM law_override o
        JOIN stored_file f ON f.tenant_id = o.tenant_id AND f.id = o.file_id
        LEFT JOIN account m ON m.tenant_id = o.tenant_id AND m.id = o.made_by
        LEFT JOIN account r ON r.tenant_id = o.tenant_id AND r.id = o.revoked_by
        WHERE o.key = $1 ORDER BY o.made_at DESC, o.id DESC""",
        key,
    )


async def lock(key: str) -> None:
    """Let one change of a key happen at a time (until the transaction ends)."""
    await db.execute(
        "SELECT pg_advisory_xact_lock(hashtextextended("
        "'law_override|' || current_setting('app.tenant_id') || '|' || $1, 0))",
        key,
    )


async def key_of(decision_id: UUID) -> str | None:
    """Return which key a decision is about."""
    key: str | None = await db.fetchval("SELECT key FROM law_override WHERE id = $1", decision_id)
    return key


async def insert(
    *,
    key: str,
    kind: Kind,
    value: Value,
    valid_from: date | None,
    valid_to: date | None,
    number: str,
    dated: date,
    file_id: UUID,
    note: str,
    account_id: UUID | None,
) -> None:
    """Write a decision down."""
    await db.execute(
        """INSERT INTO law_override (id, key, kind, value, valid_from, valid_to, decision_number,
            decision_date, file_id, note, made_by, made_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, official_now())""",
        new_id(),
        key,
        kind,
        msgspec.json.encode(value).decode(),
        valid_from,
        valid_to,
        number,
        dated,
        file_id,
        note,
        account_id,
    )


async def end(decision_id: UUID, last_day: date, reason: str) -> None:
    """Let a decision hold until a day."""
    await db.execute(
        "UPDATE law_override SET valid_to = $2, revoke_reason = $3 WHERE id = $1",
        decision_id,
        last_day,
        reason,
    )


async def revoke(decision_id: UUID, reason: str, account_id: UUID | None) -> None:
    """Take a decision back as if it had never held."""
    await db.execute(
        "UPDATE law_override SET revoked_at = official_now(), revoked_by = $3, revoke_reason = $2"
        " WHERE id = $1",
        decision_id,
        reason,
        account_id,
    )
