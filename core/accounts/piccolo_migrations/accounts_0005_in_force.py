"""When a grant holds: between its days, by the official clock."""

from pathlib import Path

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from core.kit.migration import sql_migration

ID = "2026-11-23T17:06:00:000002"
VERSION = "1.38.0"
DESCRIPTION = "in_force"


async def forwards() -> MigrationManager:
    return sql_migration(ID, "accounts", Path(__file__).with_suffix(".sql"))
