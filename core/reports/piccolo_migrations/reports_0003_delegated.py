"""Key of the account for which somebody filed."""

from pathlib import Path

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from core.kit.migration import sql_migration

ID = "2026-11-23T17:06:00:000003"
VERSION = "1.38.0"
DESCRIPTION = "delegated"


async def forwards() -> MigrationManager:
    return sql_migration(ID, "reports", Path(__file__).with_suffix(".sql"))
