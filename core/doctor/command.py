"""Run all checks and print them."""

from __future__ import annotations

import asyncio
from pathlib import Path

import asyncpg
import msgspec

from core.doctor import database, machine
from core.doctor.schemas import Addresses, Database, Finding
from core.settings import settings

ROOT = Path(__file__).parents[1]


def addresses() -> Addresses:
    """Return where this installation's parts are, from the settings."""
    conf = settings()
    return Addresses(
        owner=conf.database_url,
        app=conf.database_app_url,
        platform=conf.database_platform_url,
        valkey=conf.valkey_url,
        storage=conf.storage_url,
        fonts=ROOT / "documents" / "fonts",
        assets=ROOT / "web" / "dist",
        home=conf.home,
    )


async def _database_findings(where: Addresses) -> list[Finding]:
    opened: list[asyncpg.Connection] = []
    try:
        for role, url in (
            ("DATABASE_URL", where.owner),
            ("DATABASE_APP_URL", where.app),
            ("DATABASE_PLATFORM_URL", where.platform),
        ):
            try:
                opened.append(await asyncpg.connect(url, timeout=5) if url else None)
            except (OSError, asyncpg.PostgresError, ValueError) as error:
                return [Finding("database", False, f"{role}: {error}", f"check {role}")]
            if opened[-1] is None:
                return [Finding("database", False, f"{role} is not set", f"set {role}")]
        connections = Database(*opened)
        return [await check(connections) for check in database.CHECKS]
    finally:
        for connection in filter(None, opened):
            await connection.close()


async def examine(where: Addresses) -> list[Finding]:
    """Run every check and return the findings, the database's first."""
    found = await _database_findings(where)
    return found + await examine_machine(where)


async def examine_machine(where: Addresses) -> list[Finding]:
    """Run the checks of everything but the database (a web process knows no owner's address)."""
    return [await check(where) for check in machine.CHECKS]


def run(*, as_json: bool = False) -> int:
    """Print the findings; return 1 if something is wrong."""
    found = asyncio.run(examine(addresses()))
    if as_json:
        print(msgspec.json.encode(found).decode())
    else:
        for item in found:
            print(f"{'ok   ' if item.ok else 'WRONG'}  {item.check}: {item.detail}")
            if item.remedy:
                print(f"       → {item.remedy}")
    return 0 if all(item.ok for item in found) else 1
