"""The real worker while PostgreSQL and Valkey go away: it goes on, and nothing is lost."""

import asyncio
import os
import subprocess
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from uuid import UUID

import asyncpg
import pytest

from core.kit.ids import new_id
from core.runtime.embedded import EmbeddedServers

pytestmark = pytest.mark.chaos
AWAY = 2.5


@asynccontextmanager
async def superuser(url: str) -> AsyncIterator[asyncpg.Connection]:
    connection = await asyncpg.connect(url)
    try:
        yield connection
    finally:
        await connection.close()


async def make_department(url: str) -> tuple[UUID, UUID]:
    """Make a department with one account, by plain SQL on its own server; return both ids."""
    tenant_id, account_id = new_id(), new_id()
    async with superuser(url) as db:
        await db.execute(
            "INSERT INTO tenant (id, slug, name, short_name, plugin_slug, created_at)"
            " VALUES ($1, 'so', 'Sở', 'Sở', 'plugin', now())",
            tenant_id,
        )
        await db.execute(
            "INSERT INTO unit (tenant_id, id, code, name, kind, level, path)"
            " VALUES ($1, $1, 'SYT', 'Sở', 'department', 'department', $2)",
            tenant_id,
            f"/{tenant_id}/",
        )
        await db.execute(
            "INSERT INTO account (tenant_id, id, username, display_name, unit_id, created_at)"
            " VALUES ($1, $2, 'lan', 'Lan', $1, now())",
            tenant_id,
            account_id,
        )
    return tenant_id, account_id


async def queue_mails(url: str, tenant_id: UUID, account_id: UUID, count: int) -> None:
    async with superuser(url) as db, db.transaction():
        for _ in range(count):
            mail_id = new_id()
            await db.execute(
                "INSERT INTO mail (tenant_id, id, account_id, dedup_key, to_address, subject, body,"
                " created_at) VALUES ($1, $2, $3, $2::uuid::text, 'a@example.vn', 's', 'b', now())",
                tenant_id,
                mail_id,
                account_id,
            )
            await db.execute(
                "INSERT INTO outbox (tenant_id, id, job, arguments, created_at)"
                " VALUES ($1, $2, 'notifications.send_mail',"
                " jsonb_build_object('mail_id', $3::text), now())",
                tenant_id,
                new_id(),
                str(mail_id),
            )


async def until_kept(url: str, count: int, process: subprocess.Popen[bytes], log: Path) -> None:
    """Wait until so many mails were handled by a worker that is still the same process."""
    end = time.monotonic() + 25
    while time.monotonic() < end:
        async with superuser(url) as db:
            kept = await db.fetchval(
                "SELECT count(*) FROM mail AS m WHERE state = 'kept'"
                " AND NOT EXISTS (SELECT FROM outbox WHERE done_at IS NULL)"
            )
        if kept == count:
            assert process.poll() is None, log.read_text()
            return
        await asyncio.sleep(0.1)
    raise AssertionError(log.read_text()[-3000:])


async def test_the_worker_outlives_both_servers(tmp_path: Path) -> None:
    servers = EmbeddedServers(tmp_path / "servers", fast_unsafe=True)
    urls = servers.start()
    environment = {**os.environ, **urls.environment(), "SMTP_URL": ""}
    log = tmp_path / "worker.log"
    try:
        subprocess.run([sys.executable, "-m", "core.migrate"], env=environment, check=True)
        tenant_id, account_id = await make_department(urls.superuser)
        with log.open("wb") as out:
            process = subprocess.Popen(
                [sys.executable, "-m", "core.worker"], env=environment, stdout=out, stderr=out
            )
        try:
            await queue_mails(urls.superuser, tenant_id, account_id, 3)
            await until_kept(urls.superuser, 3, process, log)
            servers.postgres.stop()
            await asyncio.sleep(AWAY)
            servers.postgres.start()
            await queue_mails(urls.superuser, tenant_id, account_id, 3)
            await until_kept(urls.superuser, 6, process, log)
            servers.valkey.stop()
            await queue_mails(urls.superuser, tenant_id, account_id, 3)
            await asyncio.sleep(AWAY)
            servers.valkey.start()
            await until_kept(urls.superuser, 9, process, log)
        finally:
            process.terminate()
            assert process.wait(20) == 0, log.read_text()[-3000:]
    finally:
        servers.stop()
