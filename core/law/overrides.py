"""What departments have decided, in memory: read again when it is older than a few seconds.

The reading hangs on the beginning of a transaction (`core.kit.db.on_begin`), so that requests, jobs
and commands alike have it, and `law.value` needs no query of its own (ADR 7).
"""

from __future__ import annotations

import time
from collections.abc import Iterable
from typing import Any
from uuid import UUID

import msgspec

from core.kit import db
from core.kit.scope import current_tenant, scope_or_none
from core.law.schemas import Decision

FRESH_SECONDS = 5.0
SQL = """SELECT id, key, kind, value::text AS value, valid_from, valid_to,
    decision_number AS number, decision_date AS dated, file_id
FROM law_override WHERE revoked_at IS NULL ORDER BY valid_from NULLS FIRST, id"""

Decisions = dict[str, tuple[Decision, ...]]
_known: dict[UUID, Decisions] = {}
_read_at: dict[UUID, float] = {}


async def _begin(connection: Any, tenant_id: UUID) -> None:
    """Read a department's decisions if they are unknown or old."""
    now = time.monotonic()
    if now - _read_at.get(tenant_id, float("-inf")) < FRESH_SECONDS:
        return
    if tenant_id in _known:
        _read_at[tenant_id] = now  # others go on with the old ones meanwhile
    _keep(tenant_id, await connection.fetch(SQL), now)


def _keep(tenant_id: UUID, rows: Iterable[Any], now: float) -> None:
    found: Decisions = {}
    for row in rows:
        decision = decision_of(row)
        found[decision.key] = (*found.get(decision.key, ()), decision)
    _known[tenant_id], _read_at[tenant_id] = found, now


async def refresh() -> None:
    """Read the decisions now: for work that follows one which was made a moment ago."""
    _keep(current_tenant(), await db.fetch(SQL), time.monotonic())


def decision_of(row: Any) -> Decision:
    """Return a decision from a row with its value as JSON text."""
    values = dict(row) | {"value": msgspec.json.decode(row["value"])}
    fields = {name: values[name] for name in Decision.__struct_fields__}
    return msgspec.convert(fields, Decision)


def forget(tenant_id: UUID) -> None:
    """Read a department's decisions anew at the next transaction of this process."""
    _known.pop(tenant_id, None)
    _read_at.pop(tenant_id, None)


def decisions(key: str) -> tuple[Decision, ...]:
    """Return what the department in scope has decided about a key; () outside of departments."""
    scope = scope_or_none()
    if scope is None or scope.tenant_id is None:
        return ()
    return _known.get(scope.tenant_id, {}).get(key, ())


db.on_begin(_begin)
