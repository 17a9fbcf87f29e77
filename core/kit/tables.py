"""What every tenant table has in common; `core.kit.schema` turns the declarations into SQL."""

from __future__ import annotations

from typing import Any, ClassVar

from piccolo.columns import UUID


class TenantColumns:
    """Mixin of tenant tables: the department's id, and what the migrations must lock.

    Attributes:
        FOREIGN_KEYS: column -> table; each becomes `(tenant_id, column)` -> `(tenant_id, id)`.
        UNIQUE: lists of columns; tenant_id is put in front.
        INDEXES: lists of columns; tenant_id is put in front.
        AUDIT: False for tables that hold no state of their own (queues, counters, sessions' pulse).
        AUDIT_HASHED: columns of which the audit keeps only a SHA-256 (long texts, secrets).
        ONE_SUBJECT: key columns of which exactly one is set; `subject_id` repeats it.
        APPEND_ONLY: rows are never changed or deleted by the application.
    """

    FOREIGN_KEYS: ClassVar[dict[str, str]] = {}
    UNIQUE: ClassVar[list[list[str]]] = []
    INDEXES: ClassVar[list[list[str]]] = []
    AUDIT: ClassVar[bool] = True
    AUDIT_HASHED: ClassVar[list[str]] = []
    ONE_SUBJECT: ClassVar[tuple[str, ...]] = ()
    APPEND_ONLY: ClassVar[bool] = False

    # The database fills it from the transaction's scope (see core.kit.schema).
    tenant_id = UUID(default=None, null=False)
    id = UUID(primary_key=True)


def declared(table: Any) -> bool:
    """Tell whether a Piccolo table is a tenant table."""
    return issubclass(table, TenantColumns)
