"""The name of the movement in the catalogue of departments, for the head of every page."""

from pathlib import Path

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from core.kit.migration import sql_migration

ID = "2026-11-23T15:10:00:000006"
VERSION = "1.38.0"
DESCRIPTION = "name"


async def forwards() -> MigrationManager:
    return sql_migration(ID, "movements", Path(__file__).with_suffix(".sql"))
