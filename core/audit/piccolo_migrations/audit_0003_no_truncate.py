"""The audit trail refuses TRUNCATE too."""

from pathlib import Path

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from core.kit.migration import sql_migration

ID = "2026-11-23T15:45:00:000001"
VERSION = "1.38.0"
DESCRIPTION = "no truncate"


async def forwards() -> MigrationManager:
    return sql_migration(ID, "audit", Path(__file__).with_suffix(".sql"))
