"""SQL of the second lock: composite keys, row-level security, audit triggers, least rights.

`locks(tables)` generates the statements for new tables; the text is pasted into the `.sql` file of
their migration, so that history never changes with the code.
"""

from __future__ import annotations

from typing import Any

GUC = "nullif(current_setting('app.tenant_id', true), '')::uuid"
APP_ROLE = "thidua_app"


def lock_sql(table: Any) -> str:
    """Return the statements that put both locks on one tenant table (run once, as owner)."""
    name = table._meta.tablename
    rights = "SELECT, INSERT" if table.APPEND_ONLY else "SELECT, INSERT, UPDATE, DELETE"
    statements = [
        f'ALTER TABLE "{name}" DROP CONSTRAINT "{name}_pkey"',
        f'ALTER TABLE "{name}" ADD PRIMARY KEY (tenant_id, id)',
        f'ALTER TABLE "{name}" ALTER COLUMN tenant_id SET DEFAULT {GUC}',
        f'ALTER TABLE "{name}" ADD CONSTRAINT "{name}_tenant_fkey"'
        " FOREIGN KEY (tenant_id) REFERENCES tenant (id)",
        *_unique(name, table.UNIQUE),
        *_indexes(name, table.INDEXES),
        *_one_subject(name, table.ONE_SUBJECT),
        f'ALTER TABLE "{name}" ENABLE ROW LEVEL SECURITY',
        f'ALTER TABLE "{name}" FORCE ROW LEVEL SECURITY',
        f'CREATE POLICY tenant_isolation ON "{name}" USING (tenant_id = {GUC})'
        f" WITH CHECK (tenant_id = {GUC})",
        f'GRANT {rights} ON "{name}" TO {APP_ROLE}',
        f'GRANT SELECT, INSERT, UPDATE, DELETE ON "{name}" TO thidua_definer',
    ]
    if table.AUDIT:
        arguments = ", ".join(f"'{column}'" for column in table.AUDIT_HASHED)
        statements.append(
            f'CREATE TRIGGER audit AFTER INSERT OR UPDATE OR DELETE ON "{name}"'
            f" FOR EACH ROW EXECUTE FUNCTION record_audit({arguments})"
        )
    return ";\n".join(statements) + ";\n"


def link_sql(table: Any) -> str:
    """Return the composite foreign keys of one tenant table (after its targets are locked)."""
    name = table._meta.tablename
    return "".join(
        f'ALTER TABLE "{name}" ADD CONSTRAINT "{name}_{column}_fkey"'
        f' FOREIGN KEY (tenant_id, {column}) REFERENCES "{target}" (tenant_id, id);\n'
        for column, target in table.FOREIGN_KEYS.items()
    )


def _unique(name: str, groups: list[list[str]]) -> list[str]:
    return [
        f'ALTER TABLE "{name}" ADD CONSTRAINT "{name}_{"_".join(columns)}_unique"'
        f" UNIQUE (tenant_id, {', '.join(columns)})"
        for columns in groups
    ]


def _indexes(name: str, groups: list[list[str]]) -> list[str]:
    return [
        f'CREATE INDEX "{name}_{"_".join(columns)}_idx"'
        f' ON "{name}" (tenant_id, {", ".join(columns)})'
        for columns in groups
    ]


def _one_subject(name: str, columns: tuple[str, ...]) -> list[str]:
    names = ", ".join(columns)
    check = f"num_nonnulls({names}) = 1 AND subject_id = coalesce({names})"
    return [f'ALTER TABLE "{name}" ADD CONSTRAINT "{name}_one_subject" CHECK ({check})'] * bool(
        names
    )


def locks(tables: list[Any]) -> str:
    """Return everything for a list of tenant tables: locks first, then the links."""
    return "".join(map(lock_sql, tables)) + "".join(map(link_sql, tables))
