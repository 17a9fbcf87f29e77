"""What was lent ends with what it was lent from."""

from pathlib import Path

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from core.kit.migration import sql_migration

ID = "2026-11-23T17:46:00:000001"
VERSION = "1.38.0"
DESCRIPTION = "lent ends"


async def forwards() -> MigrationManager:
    return sql_migration(ID, "accounts", Path(__file__).with_suffix(".sql"))
