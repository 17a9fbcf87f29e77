"""The panel's views, for Piccolo: migrations only; the projections are no tables of ours."""

from __future__ import annotations

from pathlib import Path

from piccolo.conf.apps import AppConfig

APP_CONFIG = AppConfig(
    app_name="admin",
    migrations_folder_path=str(Path(__file__).parent / "piccolo_migrations"),
    table_classes=[],
    migration_dependencies=[
        "core.accounts.piccolo_app",
        "core.audit.piccolo_app",
        "core.documents.piccolo_app",
        "core.evidence.piccolo_app",
        "core.identity.piccolo_app",
        "core.movements.piccolo_app",
        "core.notifications.piccolo_app",
        "core.organisation.piccolo_app",
        "core.reports.piccolo_app",
        "core.statistics.piccolo_app",
    ],
)
