"""One row of every tenant table for a department, made from the registry of tables itself."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import asyncpg
from piccolo.conf.apps import Finder

from core.kit.ids import new_id
from core.kit.tables import TenantColumns


def tenant_tables() -> dict[str, Any]:
    """Return every tenant table by name."""
    tables = Finder().get_table_classes()
    return {t._meta.tablename: t for t in tables if issubclass(t, TenantColumns)}


def _value(column: Any) -> Any:
    """Return a valid value for a column by its type."""
    kind = column.column_type.split("(")[0].upper()
    by_kind: dict[str, Any] = {
        "UUID": new_id(),
        "BOOLEAN": False,
        "DATE": date(2026, 11, 1),
        "TIMESTAMP WITH TIME ZONE": datetime(2026, 11, 1, tzinfo=UTC),
        "TIMESTAMPTZ": datetime(2026, 11, 1, tzinfo=UTC),
        "JSONB": "{}",
    }
    if kind in by_kind:
        return by_kind[kind]
    if kind in ("INTEGER", "SMALLINT", "BIGINT", "BIGSERIAL", "SERIAL"):
        return 1
    return new_id().hex[-12:][-(getattr(column, "length", None) or 12) :]


class Rows:
    """Makes rows by a connection that row-level security does not bind.

    `ids[tenant][table]` is the id of the one row that was made.
    """

    def __init__(self, connection: asyncpg.Connection) -> None:
        self.connection = connection
        self.tables = tenant_tables()
        self.ids: dict[UUID, dict[str, UUID]] = {}

    async def fill(self, tenant_id: UUID) -> None:
        """Make one row in every table of the tenant, parents first."""
        self.ids[tenant_id] = {}
        for name in self.tables:
            await self._row(tenant_id, name)

    async def _row(self, tenant_id: UUID, name: str) -> UUID:
        made = self.ids[tenant_id]
        if name in made:
            return made[name]
        values = await self.values(tenant_id, name)
        if name == "audit_head":
            found = await self.connection.fetchval(
                "SELECT id FROM audit_head WHERE tenant_id = $1", tenant_id
            )
            if found:
                made[name] = found
                return UUID(str(found))
        made[name] = values["id"]
        await self.connection.execute(insert_sql(name, values), *values.values())
        return made[name]

    async def values(self, tenant_id: UUID, name: str) -> dict[str, Any]:
        """Return the values of a new row of one table, with keys to rows of the same tenant."""
        table = self.tables[name]
        values: dict[str, Any] = {}
        for column in table._meta.columns:
            key = column._meta.name
            if key == "tenant_id":
                values[key] = tenant_id
            elif key in table.FOREIGN_KEYS:
                target = table.FOREIGN_KEYS[key]
                values[key] = None if target == name else await self._row(tenant_id, target)
            elif column._meta.null:
                values[key] = None
            else:
                values[key] = _value(column)
        for column in table.ONE_SUBJECT[1:]:
            values[column] = None
        if table.ONE_SUBJECT:
            values["subject_id"] = values[table.ONE_SUBJECT[0]]
        if name == "audit_event":
            values["hash"] = ""  # the chain's own trigger fills it
        return values


def insert_sql(name: str, values: dict[str, Any]) -> str:
    """Return an INSERT of all given columns."""
    columns = ", ".join(f'"{key}"' for key in values)
    marks = ", ".join(f"${n}" for n in range(1, len(values) + 1))
    return f'INSERT INTO "{name}" ({columns}) VALUES ({marks})'
