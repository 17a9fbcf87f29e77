"""A department at work, its archive, and another installation to bring it to."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from pathlib import Path
from uuid import UUID

import asyncpg
import pytest

from core.kit import db
from core.kit.storage import Storage
from tenants.life import importing
from tenants.life.exporting import export_tenant
from tests.conftest import TEMPLATE, in_database
from tests.isolation.rows import Rows
from tests.isolation.world import make_world


class Missing(Rows):
    """Makes a row in those tables that are still empty."""

    async def _row(self, tenant_id: UUID, name: str) -> UUID:
        found: UUID | None = await self.connection.fetchval(
            f'SELECT id FROM "{name}" WHERE tenant_id = $1 LIMIT 1', tenant_id
        )
        if found is None:
            return await super()._row(tenant_id, name)
        self.ids[tenant_id][name] = found
        return found


@pytest.fixture(scope="module")
async def department(app_db: db.TenantEngine, superuser: asyncpg.Connection) -> UUID:
    """A department at work, with at least one row in every table there is."""
    world = await make_world()
    await Missing(superuser).fill(world.house.tenant_id)
    return world.house.tenant_id


@pytest.fixture(scope="module")
async def archive(department: UUID, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("archive") / "so.zip"
    await export_tenant(department, path)
    return path


@pytest.fixture
async def elsewhere(
    database: str, superuser: asyncpg.Connection
) -> AsyncIterator[tuple[str, asyncpg.Connection]]:
    """Another installation's database: the owner's address, and eyes that see everything."""
    name = f"{database}_elsewhere"
    root = await asyncpg.connect(in_database(os.environ["THIDUA_TEST_SUPERUSER"], "postgres"))
    await root.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
    await root.execute(
        f'CREATE DATABASE "{name}" TEMPLATE "{TEMPLATE}" OWNER thidua_owner STRATEGY wal_log'
    )
    eyes = await asyncpg.connect(in_database(os.environ["THIDUA_TEST_SUPERUSER"], name))
    yield in_database(os.environ["DATABASE_URL"], name), eyes
    await eyes.close()
    await root.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
    await root.close()


@pytest.fixture
def other_storage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Storage:
    """Another installation's folder of files."""
    there = Storage.from_url(f"file://{tmp_path / 'files'}")
    monkeypatch.setattr(importing, "storage", lambda: there)
    return there


async def tables_of(connection: asyncpg.Connection) -> list[str]:
    rows = await connection.fetch(
        "SELECT table_name FROM information_schema.columns WHERE column_name = 'tenant_id'"
        " AND table_schema = 'public' AND table_name <> 'tenant_host' ORDER BY 1"
    )
    return [row[0] for row in rows]


async def picture(connection: asyncpg.Connection, tenant_id: UUID) -> dict[str, tuple[int, str]]:
    """Return (rows, hash over all values) of every table."""
    found = {}
    for table in await tables_of(connection):
        row = await connection.fetchrow(
            f"SELECT count(*), coalesce(md5(string_agg(t::text, E'\\n' ORDER BY id)), '')"
            f' FROM "{table}" AS t WHERE tenant_id = $1',
            tenant_id,
        )
        found[table] = (row[0], row[1])
    return found
