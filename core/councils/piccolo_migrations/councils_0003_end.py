"""The decision that ends a council may be kept as a file."""

from pathlib import Path

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from core.kit.migration import sql_migration

ID = "2026-11-24T10:53:30:000001"
VERSION = "1.38.0"
DESCRIPTION = "end of a council"


async def forwards() -> MigrationManager:
    return sql_migration(ID, "councils", Path(__file__).with_suffix(".sql"))
