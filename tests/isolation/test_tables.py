"""Every tenant table × what a foreigner may try, enumerated from the registry of tables.

`violations` looks from the application's role, inside tenant B, at the rows of tenant A.
A deliberately broken policy must make it speak: the matrix can see.
"""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from typing import Any
from uuid import UUID

import asyncpg
import pytest

from core.kit import db
from core.kit.ids import new_id
from tests.factories import make_tenant
from tests.isolation.rows import Rows, insert_sql, tenant_tables

TABLES = sorted(tenant_tables())


class Matrix:
    """Two filled departments, and the application's own connection."""

    def __init__(self, rows: Rows, one: UUID, two: UUID, app: asyncpg.Connection) -> None:
        self.rows, self.one, self.two, self.app = rows, one, two, app


@pytest.fixture(scope="module")
async def matrix(app_db: db.TenantEngine, superuser: asyncpg.Connection) -> AsyncIterator[Matrix]:
    one, two = await make_tenant(), await make_tenant()
    rows = Rows(superuser)
    await rows.fill(one)
    await rows.fill(two)
    app = await asyncpg.connect(os.environ["DATABASE_APP_URL"])
    yield Matrix(rows, one, two, app)
    await app.close()


async def attempt(matrix: Matrix, sql: str, *args: Any) -> Any:
    """Run one statement as tenant two, always rolled back; return the rows or the error."""
    transaction = matrix.app.transaction()
    await transaction.start()
    try:
        await matrix.app.execute(f"SET LOCAL app.tenant_id = '{matrix.two}'")
        return await matrix.app.fetch(sql, *args)
    except asyncpg.PostgresError as error:
        return error
    finally:
        await transaction.rollback()


async def reached(matrix: Matrix, table: str, sql: str, *args: Any) -> bool:
    """Tell whether a statement got at rows; a refusal for want of rights did not."""
    result = await attempt(matrix, sql, *args)
    if isinstance(result, asyncpg.InsufficientPrivilegeError):
        return False
    if isinstance(result, asyncpg.ForeignKeyViolationError):
        return True  # the row was found; only another row's key held it
    if isinstance(result, Exception):
        raise AssertionError(f"{table}: unexpected {result!r}")
    return bool(result)


async def violations(matrix: Matrix, table: str) -> list[str]:
    """Return which of the six attempts on the other tenant's row succeeded."""
    foreign = matrix.rows.ids[matrix.one][table]
    found = []
    if await reached(matrix, table, f'SELECT 1 FROM "{table}" WHERE tenant_id <> $1', matrix.two):
        found.append("select")
    if await reached(matrix, table, f'SELECT 1 FROM "{table}" WHERE id = $1', foreign):
        found.append("get")
    update = f'UPDATE "{table}" SET id = id WHERE tenant_id = $1 RETURNING 1'
    if await reached(matrix, table, update, matrix.one):
        found.append("update")
    if await reached(matrix, table, f'DELETE FROM "{table}" WHERE id = $1 RETURNING 1', foreign):
        found.append("delete")
    found += await _insert_foreign(matrix, table)
    found += await _foreign_keys(matrix, table)
    return found


async def _insert_foreign(matrix: Matrix, table: str) -> list[str]:
    values = {**await matrix.rows.values(matrix.one, table), "id": new_id()}
    result = await attempt(matrix, insert_sql(table, values), *values.values())
    return [] if isinstance(result, asyncpg.InsufficientPrivilegeError) else ["insert-foreign"]


def _set(table: Any, column: str) -> str:
    """Return the assignments that point one key at $1 and keep the table's own check content."""
    if column not in table.ONE_SUBJECT:
        return f"{column} = $1"
    others = [f"{other} = NULL" for other in table.ONE_SUBJECT if other != column]
    return ", ".join([f"{column} = $1", "subject_id = $1", *others])


async def _foreign_keys(matrix: Matrix, table: str) -> list[str]:
    """Point each key of an own row at the other tenant's row, without any policy in the way."""
    found = []
    connection = matrix.rows.connection
    for column, target in matrix.rows.tables[table].FOREIGN_KEYS.items():
        transaction = connection.transaction()
        await transaction.start()
        try:
            await connection.execute(
                f'UPDATE "{table}" SET {_set(matrix.rows.tables[table], column)} WHERE id = $2',
                matrix.rows.ids[matrix.one][target],
                matrix.rows.ids[matrix.two][table],
            )
            found.append(f"foreign key {column}")
        except asyncpg.ForeignKeyViolationError:
            pass
        finally:
            await transaction.rollback()
    return found


@pytest.mark.parametrize("table", TABLES)
async def test_other_tenants_row_is_out_of_reach(matrix: Matrix, table: str) -> None:
    assert await violations(matrix, table) == []


@pytest.mark.parametrize("table", TABLES)
async def test_own_row_is_in_reach(matrix: Matrix, table: str) -> None:
    own = matrix.rows.ids[matrix.two][table]
    assert await reached(matrix, table, f'SELECT 1 FROM "{table}" WHERE id = $1', own)


@pytest.mark.parametrize("table", ["report", "account"])
async def test_matrix_goes_red_when_a_policy_is_broken(
    matrix: Matrix, superuser: asyncpg.Connection, table: str
) -> None:
    await superuser.execute(
        f'ALTER POLICY tenant_isolation ON "{table}" USING (true) WITH CHECK (true)'
    )
    try:
        found = await violations(matrix, table)
    finally:
        guc = "tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid"
        await superuser.execute(
            f'ALTER POLICY tenant_isolation ON "{table}" USING ({guc}) WITH CHECK ({guc})'
        )
    assert {"select", "get", "update", "insert-foreign"} <= set(found)
    assert await violations(matrix, table) == []


async def test_every_table_of_the_schema_is_registered(superuser: asyncpg.Connection) -> None:
    in_database = {
        row["relname"]
        for row in await superuser.fetch(
            "SELECT c.relname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid"
            " WHERE c.relkind IN ('r', 'p') AND a.attname = 'tenant_id'"
            " AND c.relnamespace = 'public'::regnamespace"
        )
    }
    assert in_database == {*TABLES, "tenant_host"}


async def test_every_tenant_table_has_both_flags_and_exactly_the_policy(
    superuser: asyncpg.Connection,
) -> None:
    rows = await superuser.fetch(
        "SELECT c.relname, c.relrowsecurity AND c.relforcerowsecurity AS forced,"
        " array_agg(p.polname::text) AS policies,"
        " bool_and(pg_get_expr(p.polqual, c.oid) = pg_get_expr(p.polwithcheck, c.oid)) AS same"
        " FROM pg_class c LEFT JOIN pg_policy p ON p.polrelid = c.oid"
        " WHERE c.relname = ANY ($1) GROUP BY 1, 2",
        TABLES,
    )
    assert {r["relname"]: (r["forced"], r["policies"], r["same"]) for r in rows} == {
        table: (True, ["tenant_isolation"], True) for table in TABLES
    }


@pytest.mark.parametrize("table", TABLES)
async def test_the_operators_role_reaches_no_tenant_table(matrix: Matrix, table: str) -> None:
    platform = await asyncpg.connect(os.environ["DATABASE_PLATFORM_URL"])
    try:
        for statement in (
            f'SELECT 1 FROM "{table}"',
            f'UPDATE "{table}" SET id = id',
            f'DELETE FROM "{table}"',
        ):
            with pytest.raises(asyncpg.InsufficientPrivilegeError):
                await platform.execute(f"SET app.tenant_id = '{matrix.one}'; {statement}")
    finally:
        await platform.close()


@pytest.mark.parametrize(
    "table",
    ["operator", "operator_session", "operator_recovery_code", "platform_event", "platform_head"],
)
async def test_the_applications_role_reaches_nothing_of_the_operators(
    matrix: Matrix, table: str
) -> None:
    for statement in (f"SELECT 1 FROM {table}", f"DELETE FROM {table}"):
        result = await attempt(matrix, statement)
        assert isinstance(result, asyncpg.InsufficientPrivilegeError)


async def test_every_foreign_key_between_tenant_tables_carries_the_tenant(
    superuser: asyncpg.Connection,
) -> None:
    rows = await superuser.fetch(
        "SELECT conrelid::regclass::text AS name, conname, array_length(conkey, 1) AS width"
        " FROM pg_constraint WHERE contype = 'f' AND confrelid <> 'tenant'::regclass"
        " AND confrelid <> 'operator'::regclass"
        " AND connamespace = 'public'::regnamespace"
    )
    declared = {
        f"{name}_{column}_fkey": 2
        for name, table in tenant_tables().items()
        for column in table.FOREIGN_KEYS
    }
    assert {row["conname"]: row["width"] for row in rows} == declared
