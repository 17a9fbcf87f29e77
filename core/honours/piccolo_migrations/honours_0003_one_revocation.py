"""One open revocation for an award; a deleted draft leaves the proposal; the register's order."""

from pathlib import Path

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from core.kit.migration import sql_migration

ID = "2026-11-23T21:59:00:000001"
VERSION = "1.38.0"
DESCRIPTION = "one_revocation"


async def forwards() -> MigrationManager:
    return sql_migration(ID, "honours", Path(__file__).with_suffix(".sql"))
