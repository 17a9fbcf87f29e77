"""Real servers for every test: embedded PostgreSQL and Valkey once, a database per worker."""

from __future__ import annotations

import asyncio
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

_IS_OURS = "THIDUA_TEST_HOME" not in os.environ
_HOME = Path(os.environ.get("THIDUA_TEST_HOME") or tempfile.mkdtemp(prefix="thidua-"))
os.environ["THIDUA_TEST_HOME"] = str(_HOME)
os.environ["THIDUA_HOME"] = str(_HOME)
os.environ["PICCOLO_CONF"] = "core.piccolo_conf"
os.environ.setdefault("THIDUA_DEMO", "1")
if os.environ.pop("PYTHONDONTWRITEBYTECODE", ""):
    # Else every process that a test starts compiles the whole program anew. Nothing of it stays.
    os.environ["PYTHONPYCACHEPREFIX"] = sys.pycache_prefix = str(_HOME / "bytecode")
    sys.dont_write_bytecode = False

import asyncpg
import pytest
from xdist.scheduler import LoadGroupScheduling

from core.kit import db
from core.runtime.embedded import EmbeddedServers

TEMPLATE = "thidua_template"
_servers: EmbeddedServers | None = None


def in_database(url: str, name: str) -> str:
    """Return the same connection string for another database."""
    parts = urlsplit(url)
    return urlunsplit(parts._replace(path=f"/{name}"))


def pytest_configure(config: pytest.Config) -> None:
    """Start the servers and migrate once, in the controlling process only."""
    global _servers  # noqa: PLW0603 -- pytest gives hooks no other place
    if hasattr(config, "workerinput") or "THIDUA_TEST_SUPERUSER" in os.environ:
        return
    _servers = EmbeddedServers(_HOME / "servers", fast_unsafe=True)
    urls = _servers.start()
    os.environ.update(urls.environment())
    os.environ["THIDUA_TEST_SUPERUSER"] = urls.superuser
    subprocess.run([sys.executable, "-m", "core.migrate"], check=True, capture_output=True)
    asyncio.run(_make_template(urls.superuser))


async def _make_template(superuser: str) -> None:
    """Keep a copy that nobody can connect to: a database in use cannot be cloned."""
    root = await asyncpg.connect(in_database(superuser, "postgres"))
    await root.execute(f"CREATE DATABASE {TEMPLATE} TEMPLATE thidua STRATEGY wal_log")
    await root.execute(f"ALTER DATABASE {TEMPLATE} ALLOW_CONNECTIONS false")
    await root.close()


class Groups(LoadGroupScheduling):
    """Tests of the running site go to one worker, those of the sample pages to one, others freely.

    By folder, for pytest 9.2 no longer lets xdist write its group marks into the tests' names.
    """

    def _split_scope(self, nodeid: str) -> str:
        path = nodeid.partition("::")[0]
        if not path.startswith("tests/browser/"):
            return nodeid
        return "gallery" if path.endswith("test_gallery.py") else "site"


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Groups | None:
    """Group the browser tests under `--dist loadgroup`."""
    return Groups(config, log) if config.getoption("dist") == "loadgroup" else None


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop the servers that this process started, and leave no folder behind."""
    if _servers is not None:
        _servers.stop()
        if _IS_OURS:
            shutil.rmtree(_HOME, ignore_errors=True)


@pytest.fixture(scope="session")
def database(worker_id: str) -> str:
    """Name of this worker's own database, cloned from the migrated one; environment set to it."""
    name = f"thidua_{worker_id}"

    async def make() -> None:
        root = await asyncpg.connect(in_database(os.environ["THIDUA_TEST_SUPERUSER"], "postgres"))
        await root.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        await root.execute(
            f'CREATE DATABASE "{name}" TEMPLATE "{TEMPLATE}" OWNER thidua_owner STRATEGY wal_log'
        )
        await root.close()

    asyncio.run(make())
    for key in ("DATABASE_URL", "DATABASE_APP_URL", "DATABASE_PLATFORM_URL"):
        os.environ[key] = in_database(os.environ[key], name)
    from core.settings import settings

    settings.cache_clear()
    return name


@pytest.fixture(scope="session")
async def app_db(database: str) -> AsyncIterator[db.TenantEngine]:
    """The application's engine, and the operators', with open pools on this worker's database."""
    from core import piccolo_conf

    engine = piccolo_conf.DB
    assert isinstance(engine, db.TenantEngine)
    engine.config["dsn"] = os.environ["DATABASE_APP_URL"]
    await engine.start_connection_pool(min_size=1, max_size=10)
    platform = db.configure_platform(os.environ["DATABASE_PLATFORM_URL"])
    await platform.start_connection_pool(min_size=0, max_size=5)
    yield engine
    await platform.close_connection_pool()
    await engine.close_connection_pool()


@pytest.fixture(scope="session")
async def superuser(database: str) -> AsyncIterator[asyncpg.Connection]:
    """A connection that sees everything, to look at rows from outside."""
    connection = await asyncpg.connect(in_database(os.environ["THIDUA_TEST_SUPERUSER"], database))
    yield connection
    await connection.close()
