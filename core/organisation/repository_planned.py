"""SQL of changes of the tree that wait for their day."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from core.kit import db
from core.organisation.change_forms import Order


async def insert(change_id: UUID, order: Order, content: str, account_id: UUID | None) -> None:
    """Keep a change until its day."""
    await db.execute(
        """INSERT INTO planned_change (id, kind, unit_id, other_id, effective_on, decision,
            content, made_by, made_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, official_now())""",
        change_id,
        order.kind,
        order.unit_id,
        order.other_id,
        order.basis.effective_on,
        order.basis.decision,
        content,
        account_id,
    )


async def of_unit(unit_id: UUID) -> list[Any]:
    """Return what waits or has failed at a unit, also as the other side, earliest first."""
    return await db.fetch(
        """SELECT c.*, coalesce(o.name, '') AS other_name,
            coalesce(a.display_name, '') AS made_by_name
        FROM planned_change c LEFT JOIN unit o ON o.tenant_id = c.tenant_id AND o.id = c.other_id
        LEFT JOIN account a ON a.tenant_id = c.tenant_id AND a.id = c.made_by
        WHERE c.unit_id = $1 AND c.state IN ('waiting', 'failed')
        ORDER BY c.effective_on, c.made_at, c.id LIMIT 50""",
        unit_id,
    )


async def lock(change_id: UUID) -> Any | None:
    """Return one change, locked until the transaction ends."""
    return await db.fetchrow(
        "SELECT id, unit_id, state FROM planned_change WHERE id = $1 FOR NO KEY UPDATE", change_id
    )


async def due() -> list[Any]:
    """Return the changes whose day has come, in their order, locked."""
    return await db.fetch(
        """SELECT c.*, u.name AS unit_name FROM planned_change c
        JOIN unit u ON u.tenant_id = c.tenant_id AND u.id = c.unit_id
        WHERE c.state = 'waiting'
          AND c.effective_on <= (official_now() AT TIME ZONE 'Asia/Ho_Chi_Minh')::date
        ORDER BY c.effective_on, c.made_at, c.id LIMIT 100 FOR NO KEY UPDATE OF c SKIP LOCKED"""
    )


async def close(change_id: UUID, state: str, refusal: str, account_id: UUID | None) -> None:
    """Write how a change ended: done | failed | cancelled."""
    await db.execute(
        "UPDATE planned_change SET state = $2, refusal = $3, closed_by = $4,"
        " closed_at = official_now() WHERE id = $1",
        change_id,
        state,
        refusal,
        account_id,
    )
