"""Raw SQL migrations: each is an `.sql` file beside its Piccolo migration, run as the owner."""

from __future__ import annotations

from pathlib import Path

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.conf.apps import Finder


def sql_migration(migration_id: str, app_name: str, path: Path) -> MigrationManager:
    """Return a migration that runs the statements of one file in the migration's transaction.

    Raw steps run before the automatic ones of the same migration, so they stand in their own.
    """
    statements = path.read_text(encoding="utf-8")
    manager = MigrationManager(migration_id=migration_id, app_name=app_name, description=path.stem)

    async def forwards() -> None:
        engine = Finder().get_engine()
        transaction = engine.current_transaction.get() if engine else None
        if transaction is None:
            raise RuntimeError("migrations run inside a transaction")
        await transaction.connection.execute(statements)

    manager.add_raw(forwards)
    return manager
