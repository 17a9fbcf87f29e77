"""The tables and migrations of this room, for Piccolo."""

from __future__ import annotations

from pathlib import Path

from piccolo.conf.apps import AppConfig, table_finder

APP_CONFIG = AppConfig(
    app_name="certificates",
    migrations_folder_path=str(Path(__file__).parent / "piccolo_migrations"),
    table_classes=table_finder(modules=["core.certificates.tables"], exclude_imported=True),
    migration_dependencies=["core.decisions.piccolo_app"],
)
