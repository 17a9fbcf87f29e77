"""Indexes for searching the trail."""

from pathlib import Path

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from core.kit.migration import sql_migration

ID = "2026-11-23T17:45:00:000004"
VERSION = "1.38.0"
DESCRIPTION = "search"


async def forwards() -> MigrationManager:
    return sql_migration(ID, "audit", Path(__file__).with_suffix(".sql"))
