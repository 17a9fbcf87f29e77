"""Bring the database to the newest schema, as the owner, one runner at a time."""

from __future__ import annotations

import asyncio
import os
import sys

import asyncpg

LOCK = 7_462_025


async def _locked(owner_url: str) -> None:
    connection = await asyncpg.connect(owner_url)
    try:
        await connection.execute("SELECT pg_advisory_lock($1)", LOCK)
        from piccolo.apps.migrations.commands.forwards import run_forwards  # noqa: PLC0415

        result = await run_forwards(app_name="all")
        if not result.success:
            raise RuntimeError(f"migration failed: {result.message}")
    finally:
        await connection.close()


def migrate(owner_url: str) -> None:
    """Run all pending migrations.

    Must be called in a process of its own (`python -m core.migrate`): Piccolo reads its
    configuration once, and here it must be the owner's.

    Raises:
        RuntimeError: a migration failed; nothing of it was kept.
    """
    os.environ["DATABASE_URL"] = owner_url
    os.environ["THIDUA_DB_ROLE"] = "owner"
    os.environ["PICCOLO_CONF"] = "core.piccolo_conf"
    asyncio.run(_locked(owner_url))


if __name__ == "__main__":
    url = os.environ.get("DATABASE_URL", "")
    if not url:
        sys.exit("DATABASE_URL (the owner's) is not set")
    migrate(url)
