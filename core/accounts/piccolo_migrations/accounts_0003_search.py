"""The index of the list of accounts."""

from pathlib import Path

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from core.kit.migration import sql_migration

ID = "2026-11-23T14:40:00:000005"
VERSION = "1.38.0"
DESCRIPTION = "search"


async def forwards() -> MigrationManager:
    return sql_migration(ID, "accounts", Path(__file__).with_suffix(".sql"))
