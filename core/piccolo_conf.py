"""Piccolo's project: the apps in order, and the engine (owner for migrations, else application).

`THIDUA_DB_ROLE=owner` selects the owner's plain engine; it is set by `core.migrate` only.
"""

from __future__ import annotations

import os

from piccolo.conf.apps import AppRegistry
from piccolo.engine.postgres import PostgresEngine

from core.kit import db
from core.settings import settings


class OwnerEngine(PostgresEngine):
    """The owner's engine, for migrations; opens no connection at import as upstream does."""

    async def check_version(self) -> None:
        """Skip the check at import."""

    async def prep_database(self) -> None:
        """Skip: the roles script creates the extensions."""


DB: PostgresEngine
if os.environ.get("THIDUA_DB_ROLE") == "owner":
    DB = OwnerEngine(config={"dsn": settings().database_url}, extensions=())
else:
    DB = db.configure(settings().database_app_url)
    if settings().database_platform_url:
        db.configure_platform(settings().database_platform_url)

APP_REGISTRY = AppRegistry(
    apps=[
        "tenants.piccolo_app",
        *(
            f"core.{room}.piccolo_app"
            for room in (
                "audit",
                "jobs",
                "organisation",
                "accounts",
                "movements",
                "evidence",
                "identity",
                "law",
                "reports",
                "documents",
                "statistics",
                "notifications",
                "eligibility",
                "nominations",
                "councils",
                "decisions",
                "honours",
                "certificates",
            )
        ),
        "tenants.life.piccolo_app",
        "tenants.platform.piccolo_app",
        "tenants.support.piccolo_app",
        "tenants.setup.piccolo_app",
        "admin.piccolo_app",
    ]
)
