"""Support ends with the account of the operator who leaves."""

from pathlib import Path

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from core.kit.migration import sql_migration

ID = "2026-11-23T21:05:00:000001"
VERSION = "1.38.0"
DESCRIPTION = "leaving"


async def forwards() -> MigrationManager:
    return sql_migration(ID, "support", Path(__file__).with_suffix(".sql"))
