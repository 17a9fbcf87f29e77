"""Locks, links and audit of this room's first tables."""

from pathlib import Path

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from core.kit.migration import sql_migration

ID = "2026-11-23T23:50:02:000001"
VERSION = "1.38.0"
DESCRIPTION = "locks"


async def forwards() -> MigrationManager:
    return sql_migration(ID, "certificates", Path(__file__).with_suffix(".sql"))
