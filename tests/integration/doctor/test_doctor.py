"""Every check of `thidua doctor` is content with a sound installation and sees its own fault."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import asyncpg
import msgspec
import pytest

from core.audit import anchors
from core.doctor import command, database, machine
from core.doctor.schemas import Addresses, Database
from core.kit.storage import Storage
from tests.conftest import in_database

NAME = f"thidua_doctor_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}"


@pytest.fixture
async def opened(database: str) -> AsyncIterator[Database]:
    """Connections to a fresh clone that a test may spoil."""
    root = await asyncpg.connect(in_database(os.environ["THIDUA_TEST_SUPERUSER"], "postgres"))
    await root.execute(f'DROP DATABASE IF EXISTS "{NAME}" WITH (FORCE)')
    await root.execute(
        f'CREATE DATABASE "{NAME}" TEMPLATE "thidua_template" OWNER thidua_owner STRATEGY wal_log'
    )
    names = ("DATABASE_URL", "DATABASE_APP_URL", "DATABASE_PLATFORM_URL")
    urls = [in_database(os.environ[name], NAME) for name in names]
    connections = [await asyncpg.connect(url) for url in urls]
    yield Database(*connections)
    for connection in connections:
        await connection.close()
    await root.execute(f'DROP DATABASE "{NAME}" WITH (FORCE)')
    await root.close()


@pytest.fixture
async def root_here(opened: Database) -> AsyncIterator[asyncpg.Connection]:
    """A superuser in the spoilt clone."""
    url = in_database(os.environ["THIDUA_TEST_SUPERUSER"], NAME)
    connection = await asyncpg.connect(url)
    yield connection
    await connection.close()


@pytest.fixture
def where(tmp_path: Path) -> Addresses:
    """Addresses of the test installation, with assets and storage in a temporary folder."""
    (tmp_path / "manifest.json").write_text("{}")
    sound = command.addresses()
    return msgspec.structs.replace(sound, storage=f"file://{tmp_path / 'files'}", assets=tmp_path)


class Answer:
    """A connection that gives one answer: stands in for a server that we cannot have here."""

    def __init__(self, value: Any) -> None:
        self.value = value

    async def fetchval(self, _sql: str) -> Any:
        return self.value


@pytest.mark.parametrize("check", database.CHECKS, ids=lambda check: check.__name__)
async def test_sound_database_passes(opened: Database, check: Any) -> None:
    finding = await check(opened)
    assert (finding.ok, finding.remedy) == (True, ""), finding.detail


async def test_unsupported_version_is_seen(opened: Database) -> None:
    old = msgspec.structs.replace(opened, app=Answer("140012"))
    assert (await database.check_version(old)).detail == "PostgreSQL 14"
    assert not (await database.check_version(old)).ok


async def test_superuser_as_application_is_seen(
    opened: Database, root_here: asyncpg.Connection
) -> None:
    finding = await database.check_roles(msgspec.structs.replace(opened, app=root_here))
    assert not finding.ok
    assert "superuser" in finding.detail


async def test_table_without_forced_policy_is_seen(
    opened: Database, root_here: asyncpg.Connection
) -> None:
    await root_here.execute("ALTER TABLE report NO FORCE ROW LEVEL SECURITY")
    await root_here.execute("ALTER POLICY tenant_isolation ON unit USING (true)")
    finding = await database.check_row_security(opened)
    assert (finding.ok, finding.detail) == (False, "not protected: report, unit")


async def test_missing_extension_is_seen(opened: Database, root_here: asyncpg.Connection) -> None:
    await root_here.execute("DROP EXTENSION pg_trgm")
    finding = await database.check_extensions(opened)
    assert (finding.ok, finding.detail) == (False, "missing: pg_trgm")


async def test_pending_migration_is_seen(opened: Database) -> None:
    await opened.owner.execute("DELETE FROM migration WHERE id = (SELECT max(id) FROM migration)")
    finding = await database.check_migrations(opened)
    assert (finding.ok, finding.detail) == (False, "1 pending")


async def test_clock_that_differs_is_seen(opened: Database) -> None:
    wrong = msgspec.structs.replace(opened, app=Answer(1_000_000_000))
    assert not (await database.check_clock(wrong)).ok


async def test_altered_trail_is_seen(
    opened: Database, root_here: asyncpg.Connection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(anchors, "place", lambda: Storage.from_url(f"file://{tmp_path}"))
    await root_here.execute(
        "INSERT INTO tenant (id, slug, name, short_name, plugin_slug, created_at)"
        " VALUES (gen_random_uuid(), 'mot', 'Một', 'Một', 'p', now() - interval '3 days')"
    )
    finding = await database.check_trail(opened)
    assert (finding.ok, finding.detail) == (False, "mot: no anchor since 2 days")
    await root_here.execute("UPDATE tenant SET created_at = now()")
    assert (await database.check_trail(opened)).ok
    await root_here.execute(
        "INSERT INTO tenant_setting (tenant_id, id, key) SELECT id, id, 'k' FROM tenant"
    )
    await root_here.execute("SET session_replication_role = replica")
    await root_here.execute("UPDATE audit_event SET reason = 'khác'")
    finding = await database.check_trail(opened)
    assert not finding.ok
    assert "số 1 đã bị sửa" in finding.detail


@pytest.mark.parametrize(
    "check",
    [machine.check_valkey, machine.check_storage, machine.check_disk, machine.check_assets],
    ids=lambda check: check.__name__,
)
async def test_sound_machine_passes(where: Addresses, check: Any) -> None:
    finding = await check(where)
    assert finding.ok, finding.detail


async def test_queue_away_is_seen(where: Addresses, tmp_path: Path) -> None:
    away = msgspec.structs.replace(where, valkey=f"unix://{tmp_path / 'nothing.sock'}")
    assert not (await machine.check_valkey(away)).ok


async def test_old_queue_is_seen(where: Addresses, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(machine, "MIN_VALKEY", 99)
    assert (await machine.check_valkey(where)).remedy == "use Valkey or Redis 99 or newer"


async def test_missing_fonts_are_seen(where: Addresses, tmp_path: Path) -> None:
    finding = await machine.check_fonts(msgspec.structs.replace(where, fonts=tmp_path / "none"))
    assert (finding.ok, finding.remedy) == (False, "run `make assets`")


async def test_missing_library_is_seen(where: Addresses, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("core.runtime.native.LIBRARIES", {"libnothing.so.9": "libnothing9"})
    finding = await machine.check_libraries(where)
    assert (finding.ok, finding.detail) == (False, "missing: libnothing9")


async def test_unwritable_storage_is_seen(where: Addresses) -> None:
    finding = await machine.check_storage(
        msgspec.structs.replace(where, storage="file:///proc/thidua")
    )
    assert (finding.ok, finding.remedy) == (False, "check STORAGE_URL")


async def test_full_disk_is_seen(where: Addresses, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(machine, "MIN_FREE_BYTES", 2**62)
    assert not (await machine.check_disk(where)).ok


async def test_missing_front_end_is_seen(where: Addresses, tmp_path: Path) -> None:
    finding = await machine.check_assets(msgspec.structs.replace(where, assets=tmp_path / "none"))
    assert (finding.ok, finding.remedy) == (False, "run `make assets`")


async def test_unset_address_is_named() -> None:
    nowhere = msgspec.structs.replace(command.addresses(), platform="")
    findings = await command._database_findings(nowhere)
    assert [(f.check, f.detail) for f in findings] == [
        ("database", "DATABASE_PLATFORM_URL is not set")
    ]
