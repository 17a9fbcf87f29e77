"""The views of what happened to the tree."""

from pathlib import Path

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from core.kit.migration import sql_migration

ID = "2026-11-23T18:05:00:000001"
VERSION = "1.38.0"
DESCRIPTION = "tree"


async def forwards() -> MigrationManager:
    return sql_migration(ID, "admin", Path(__file__).with_suffix(".sql"))
