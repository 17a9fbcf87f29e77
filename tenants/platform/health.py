"""Health of the whole installation: servers, worker, sizes, statements, the doctor's checks."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Awaitable, Callable
from typing import Any

import msgspec
from redis.asyncio import Redis
from redis.exceptions import RedisError

from core.jobs.queue import Options
from core.kit import db
from core.kit.storage import storage
from core.settings import settings
from tenants.platform import phrases
from tenants.platform import repository_operation as repository

PROBE = "console/probe"
WORKER_BEAT_SECONDS = 15
LONG_SECONDS = 5
SLOW_STATEMENTS = 20


class Check(msgspec.Struct, frozen=True):
    """One part of the installation: is it well, what was seen, and what to do about it."""

    name: str
    ok: bool
    detail: str
    remedy: str = ""


class Sizes(msgspec.Struct, frozen=True):
    """How much the installation holds."""

    database_bytes: int
    tables: list[dict[str, Any]]
    departments: list[dict[str, Any]]


class Statements(msgspec.Struct, frozen=True):
    """Statements that run long now, and the slowest kinds (where the extension is installed)."""

    long: list[dict[str, Any]]
    has_statistics: bool
    slow: list[dict[str, Any]]


_doctors: list[Callable[[], Awaitable[list[Check]]]] = []


def use_doctor(doctor: Callable[[], Awaitable[list[Check]]]) -> None:
    """Register who makes the deep checks (composition root, once)."""
    if doctor not in _doctors:
        _doctors.append(doctor)


async def deep_checks() -> list[Check]:
    """Return the doctor's checks; they take some seconds."""
    return [check for doctor in _doctors for check in await doctor()]


async def checks() -> list[Check]:
    """Return the state of database, queue, worker, storage and disk; never raises."""
    queue, worker = await _queue()
    return [await _database(), queue, worker, await _storage(), _disk()]


async def sizes() -> Sizes:
    """Return sizes; counts the rows of every department, which takes its time."""
    return Sizes(
        database_bytes=await repository.database_bytes(),
        tables=[dict(row) for row in await repository.database_sizes()],
        departments=[dict(row) for row in await repository.sizes()],
    )


async def statements() -> Statements:
    """Return what is slow in the database."""
    has = await repository.has_statement_statistics()
    return Statements(
        long=[dict(row) for row in await repository.long_statements(LONG_SECONDS)],
        has_statistics=has,
        slow=[dict(row) for row in await repository.slow_statements(SLOW_STATEMENTS)],
    )


async def _database() -> Check:
    version = await db.fetchval("SHOW server_version")
    used = await db.fetchval("SELECT count(*) FROM pg_stat_activity WHERE datname IS NOT NULL")
    most = await db.fetchval("SHOW max_connections")
    return Check(
        phrases.DATABASE, True, phrases.DATABASE_OK.format(version=version, used=used, most=most)
    )


async def _queue() -> tuple[Check, Check]:
    """Ask Valkey, and in it the worker's last sign of life (it renews one every 15 s)."""
    beat = f"{Options(valkey_url='').queue_name}:health-check"
    try:
        store = Redis.from_url(settings().valkey_url, socket_timeout=2, socket_connect_timeout=2)
        try:
            info = await store.info("server")
            left = int(await store.pttl(beat))
        finally:
            await store.aclose()
    except (RedisError, OSError, ValueError) as error:
        return (
            Check("Valkey", False, phrases.NO_ANSWER.format(error=error)),
            Check(phrases.WORKER, False, phrases.WORKER_UNKNOWN),
        )
    version = info.get("valkey_version") or info.get("redis_version")
    ago = max(0, WORKER_BEAT_SECONDS + 1 - left // 1000)
    seen = phrases.WORKER_SEEN.format(seconds=ago)
    return (
        Check("Valkey", True, phrases.VERSION.format(version=version)),
        Check(phrases.WORKER, left > 0, seen if left > 0 else phrases.WORKER_AWAY),
    )


async def _storage() -> Check:
    try:
        async with asyncio.timeout(5):
            await storage().put(PROBE, b"thidua")
            read = await storage().get(PROBE)
            await storage().delete(PROBE)
    except Exception as error:  # whatever a storage raises is what the operator must read
        return Check(phrases.STORAGE, False, phrases.NO_ANSWER.format(error=error))
    return Check(phrases.STORAGE, read == b"thidua", phrases.STORAGE_OK)


def _disk() -> Check:
    usage = shutil.disk_usage(settings().home)
    gigabyte = 1024**3
    detail = phrases.DISK_LEFT.format(
        free=f"{usage.free / gigabyte:.1f}".replace(".", ","),
        total=f"{usage.total / gigabyte:.1f}".replace(".", ","),
    )
    return Check(phrases.DISK, usage.free > gigabyte, detail)
