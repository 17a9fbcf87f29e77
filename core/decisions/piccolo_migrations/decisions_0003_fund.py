"""Locks, links and audit of the fund and the packages; one number is given once."""

from pathlib import Path

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from core.kit.migration import sql_migration

ID = "2026-11-23T20:43:02:000001"
VERSION = "1.38.0"
DESCRIPTION = "fund"


async def forwards() -> MigrationManager:
    return sql_migration(ID, "decisions", Path(__file__).with_suffix(".sql"))
