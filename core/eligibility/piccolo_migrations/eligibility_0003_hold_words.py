"""Why somebody is on hold is not repeated in the trail: a SHA-256 stands there."""

from pathlib import Path

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from core.kit.migration import sql_migration

ID = "2026-11-23T21:58:00:000001"
VERSION = "1.38.0"
DESCRIPTION = "hold words"


async def forwards() -> MigrationManager:
    return sql_migration(ID, "eligibility", Path(__file__).with_suffix(".sql"))
