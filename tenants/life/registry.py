"""Which tables make up a department: asked of the database, so a new one is never forgotten."""

from __future__ import annotations

from collections.abc import Iterable
from graphlib import TopologicalSorter
from typing import Any

import asyncpg
import msgspec

# Not part of an archive. Nothing in it may point at these tables (a test looks).
LEFT_OUT = {
    "session": "Phiên đăng nhập chỉ có giá trị ở nơi cấp; sau khi chuyển, mọi người đăng nhập lại.",
    "password_reset": "Đường dẫn đặt mật khẩu trỏ tới địa chỉ cũ; cấp lại ở nơi mới.",
    "outbox": "Việc đang chờ thuộc nơi đang chạy; chuyển đi thì thư có thể gửi hai lần.",
    "tenant_export": "Danh sách bản xuất thuộc nơi giữ các bản xuất đó.",
    "support_grant": "Quyền vào xem chỉ cho bên vận hành ở nơi cấp; nhật ký vẫn ghi lại.",
    "support_entry": "Lần vào của bên vận hành ở nơi cũ, theo quyền ở trên; nhật ký vẫn ghi lại.",
    "support_visit": "Trang đã xem trong các lần vào đó; nhật ký vẫn ghi lại.",
    "ballot_box": "Hòm phiếu kín chỉ mở được ở nơi bỏ phiếu; kết quả đã kiểm có trong bản xuất.",
    "deletion_request": "Yêu cầu xóa chỉ có hiệu lực ở nơi nhận yêu cầu; nhật ký vẫn ghi lại.",
}
_TABLES = """
SELECT c.relname::text AS name,
    array_agg(a.attname::text ORDER BY a.attname <> 'id', a.attname) AS columns,
    coalesce(array_agg(a.attname::text)
        FILTER (WHERE a.atttypid = 'jsonb'::regtype AND a.attnotnull), '{}') AS whole_json
FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
WHERE c.relkind IN ('r', 'p') AND c.relnamespace = 'public'::regnamespace
    AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = '' AND c.relname <> 'tenant_host'
    AND EXISTS (SELECT FROM pg_attribute t WHERE t.attrelid = c.oid AND t.attname = 'tenant_id')
GROUP BY 1
"""
_LINKS = """
SELECT s.relname::text AS source, t.relname::text AS target
FROM pg_constraint k JOIN pg_class s ON s.oid = k.conrelid JOIN pg_class t ON t.oid = k.confrelid
WHERE k.contype = 'f' AND k.connamespace = 'public'::regnamespace
"""


class TenantTable(msgspec.Struct, frozen=True):
    """A table with rows of departments.

    Attributes:
        columns: `id` first, the others by name.
        whole_json: jsonb columns that are never NULL (a JSON null in them is a value).
        targets: other tenant tables that its keys point at.
    """

    name: str
    columns: tuple[str, ...]
    whole_json: frozenset[str]
    targets: frozenset[str]

    @property
    def column_list(self) -> str:
        """The columns as SQL."""
        return ", ".join(f'"{column}"' for column in self.columns)


async def tenant_tables(connection: asyncpg.Connection) -> list[TenantTable]:
    """Return all tables with rows of departments; those that others point at come first."""
    rows = {row["name"]: row for row in await connection.fetch(_TABLES)}
    targets: dict[str, set[str]] = {name: set() for name in rows}
    for link in await connection.fetch(_LINKS):
        source, target = link["source"], link["target"]
        if source in rows and target in rows and source != target:
            targets[source].add(target)
    return [
        TenantTable(
            name,
            tuple(rows[name]["columns"]),
            frozenset(rows[name]["whole_json"]),
            frozenset(targets[name]),
        )
        for name in TopologicalSorter(targets).static_order()
    ]


def exported(tables: Iterable[TenantTable]) -> list[TenantTable]:
    """Return the tables that belong into an archive, in the same order."""
    return [table for table in tables if table.name not in LEFT_OUT]


def rows_sql(table: TenantTable) -> str:
    """Return the query of a table's rows as JSON, one a line, by id; `$1` is the department.

    The text is exact: instants with microseconds (the caller sets UTC), numbers in full, bytes as
    `\\x…`, jsonb in the database's canonical form.
    """
    return (
        f"SELECT row_to_json(r)::text FROM (SELECT {table.column_list}"
        f' FROM "{table.name}" WHERE tenant_id = $1) AS r ORDER BY r.id'
    )


async def applied_migrations(connection: asyncpg.Connection) -> list[str]:
    """Return what has been applied to this database, sorted."""
    rows: list[Any] = await connection.fetch("SELECT app_name, name FROM migration")
    return sorted(f"{row['app_name']}:{row['name']}" for row in rows)
