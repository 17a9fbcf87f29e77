"""Who planned a change of the tree; the trail without the steps of codes."""

from pathlib import Path

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from core.kit.migration import sql_migration

ID = "2026-11-23T21:00:30:000001"
VERSION = "1.38.0"
DESCRIPTION = "quiet_steps"


async def forwards() -> MigrationManager:
    return sql_migration(ID, "accounts", Path(__file__).with_suffix(".sql"))
