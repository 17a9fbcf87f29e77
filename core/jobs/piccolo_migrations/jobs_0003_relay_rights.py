"""Only the application may call the functions of the outbox relay."""

from pathlib import Path

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from core.kit.migration import sql_migration

ID = "2026-11-23T15:45:00:000003"
VERSION = "1.38.0"
DESCRIPTION = "relay rights"


async def forwards() -> MigrationManager:
    return sql_migration(ID, "jobs", Path(__file__).with_suffix(".sql"))
