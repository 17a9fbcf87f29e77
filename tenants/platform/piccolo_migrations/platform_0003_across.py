"""What the console knows across departments: counts and states, never contents."""

from pathlib import Path

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from core.kit.migration import sql_migration

ID = "2026-11-23T17:40:00:000003"
VERSION = "1.38.0"
DESCRIPTION = "across"


async def forwards() -> MigrationManager:
    return sql_migration(ID, "platform", Path(__file__).with_suffix(".sql"))
