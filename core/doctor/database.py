"""Checks of the database: version, roles, row-level security, extensions, migrations, clock."""

from __future__ import annotations

import time

from piccolo.apps.migrations.commands.check import CheckMigrationManager
from piccolo.conf.apps import Finder

from core.doctor.schemas import Database, Finding
from core.doctor.trail import check_trail
from core.kit.tables import declared

VERSIONS = (15, 18)
EXTENSIONS = ("unaccent", "pg_trgm")
MAX_CLOCK_SECONDS = 2.0
ROLES_SCRIPT = "run deploy/postgres/roles.sql as a superuser"


async def check_version(database: Database) -> Finding:
    """PostgreSQL is one of the supported majors."""
    number = int(await database.app.fetchval("SHOW server_version_num")) // 10_000
    ok = VERSIONS[0] <= number <= VERSIONS[1]
    return Finding(
        "postgresql version",
        ok,
        f"PostgreSQL {number}",
        "" if ok else f"use PostgreSQL {VERSIONS[0]} to {VERSIONS[1]}",
    )


async def check_roles(database: Database) -> Finding:
    """The application's and the operator's roles are bound by row-level security."""
    wrong = []
    for name, connection in (("application", database.app), ("platform", database.platform)):
        row = await connection.fetchrow(
            "SELECT rolname, rolsuper OR rolbypassrls AS unbound,"
            " (SELECT count(*) FROM pg_class c"
            "  WHERE c.relowner = r.oid AND c.relkind = 'r') AS owned"
            " FROM pg_roles r WHERE rolname = current_user"
        )
        if row["unbound"]:
            wrong.append(f"{name} role {row['rolname']} is superuser or has BYPASSRLS")
        if row["owned"]:
            wrong.append(f"{name} role {row['rolname']} owns {row['owned']} tables")
    cached = await database.app.fetchval("SHOW plan_cache_mode")
    if cached != "force_custom_plan":
        wrong.append("the application role has no plan_cache_mode=force_custom_plan")
    definer = await database.owner.fetchval(
        "SELECT count(*) FROM pg_roles WHERE rolname = 'thidua_definer' AND rolbypassrls"
    )
    if not definer:
        wrong.append("role thidua_definer is missing or has no BYPASSRLS")
    detail = "; ".join(wrong) or "owner, application, platform and definer are as they should be"
    return Finding("database roles", not wrong, detail, ROLES_SCRIPT if wrong else "")


async def check_row_security(database: Database) -> Finding:
    """Every tenant table is forced under exactly the one policy."""
    tables = sorted(t._meta.tablename for t in Finder().get_table_classes() if declared(t))
    rows = await database.owner.fetch(
        "SELECT c.relname FROM pg_class c JOIN pg_policy p ON p.polrelid = c.oid"
        " WHERE c.relrowsecurity AND c.relforcerowsecurity AND p.polname = 'tenant_isolation'"
        " AND pg_get_expr(p.polqual, c.oid) LIKE '%app.tenant_id%'"
        " AND pg_get_expr(p.polqual, c.oid) = pg_get_expr(p.polwithcheck, c.oid)"
        " AND (SELECT count(*) FROM pg_policy q WHERE q.polrelid = c.oid) = 1"
        " AND c.relnamespace = 'public'::regnamespace"
    )
    open_tables = sorted(set(tables) - {row["relname"] for row in rows})
    detail = (
        f"not protected: {', '.join(open_tables)}"
        if open_tables
        else f"{len(tables)} tenant tables, all forced under the policy"
    )
    remedy = "run `thidua migrate`; if that does not help, stop the site: data may leak"
    return Finding("row-level security", not open_tables, detail, remedy if open_tables else "")


async def check_extensions(database: Database) -> Finding:
    """The extensions that search needs are there."""
    rows = await database.owner.fetch("SELECT extname FROM pg_extension")
    missing = sorted(set(EXTENSIONS) - {row["extname"] for row in rows})
    return Finding(
        "extensions",
        not missing,
        f"missing: {', '.join(missing)}" if missing else ", ".join(EXTENSIONS),
        ROLES_SCRIPT if missing else "",
    )


async def check_migrations(database: Database) -> Finding:
    """No migration is pending."""
    known = {
        (app.app_name, migration)
        for app in Finder().get_app_configs()
        for migration in CheckMigrationManager(app_name="all").get_migration_ids(
            CheckMigrationManager(app_name="all").get_migration_modules(
                app.resolved_migrations_folder_path
            )
        )
    }
    try:
        rows = await database.owner.fetch("SELECT app_name, name FROM migration")
    except Exception:
        rows = []
    pending = len(known - {(row["app_name"], row["name"]) for row in rows})
    detail = f"{pending} pending" if pending else f"{len(known)} applied"
    return Finding("migrations", not pending, detail, "run `thidua migrate`" if pending else "")


async def check_clock(database: Database) -> Finding:
    """The clocks of this machine and of the database agree (deadlines depend on it)."""
    before = time.time()
    theirs = float(await database.app.fetchval("SELECT extract(epoch FROM clock_timestamp())"))
    difference = abs(theirs - (before + time.time()) / 2)
    ok = difference <= MAX_CLOCK_SECONDS
    return Finding(
        "clock",
        ok,
        f"database and this machine differ by {difference:.1f} s",
        "" if ok else "set up time synchronisation (NTP) on both machines",
    )


CHECKS = (
    check_version,
    check_roles,
    check_row_security,
    check_extensions,
    check_migrations,
    check_clock,
    check_trail,
)
