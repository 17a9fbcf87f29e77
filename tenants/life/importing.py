"""Bring a whole department in from an archive: all, exactly, or nothing. Runs as the owner."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import AsyncIterator, Sequence
from pathlib import Path
from typing import Any

import asyncpg
import msgspec

from core.errors import ConflictError
from core.kit.ids import new_id
from core.kit.storage import storage
from tenants.life import phrases, registry
from tenants.life.archive import Archive, InvalidArchiveError, file_sha256
from tenants.life.exporting import PREFETCH, SETTINGS, secret_fingerprint
from tenants.life.schemas import Imported, TableEntry

REFUSED = (
    asyncpg.DataError,
    asyncpg.IntegrityConstraintViolationError,
    asyncpg.InsufficientPrivilegeError,
    asyncpg.RaiseError,
    asyncpg.UndefinedColumnError,
)
# Recomputes every link from the rows; the first link follows an empty hash.
BROKEN_LINKS = """
SELECT count(*) FROM (
    SELECT e.hash, e.seq, e.prev_hash, lag(e.hash, 1, '') OVER chain AS before,
        row_number() OVER chain AS number,
        encode(sha256(convert_to(e.prev_hash || '|' || audit_line(e.seq, e.at, e.actor_id, e.reason,
            e.table_name, e.row_id, e.action, e.changes), 'UTF8')), 'hex') AS computed
    FROM audit_event AS e WHERE e.tenant_id = $1 WINDOW chain AS (ORDER BY e.seq)
) AS link WHERE hash <> computed OR prev_hash <> before OR seq <> number
"""


async def import_tenant(
    owner_url: str,
    path: Path,
    *,
    slug: str = "",
    hosts: Sequence[str] = (),
    sha256: str = "",
) -> Imported:
    """Bring a department in from its archive; it stays `preparing` until it is resumed.

    The whole file is compared with its manifest before anything is written. Rows keep their ids
    and are written in one transaction; before it ends every table is read back and its hash
    compared with the archive's, and the audit chain is recomputed.

    Args:
        owner_url: the owner's database: only it may bring an audit trail in as it is.
        slug, hosts: instead of those of the archive.
        sha256: when given, the file must have this hash.

    Raises:
        InvalidArchiveError: the file is not an untouched archive of this schema.
        ConflictError: the department, its slug or a host is there already.
        UnavailableError: the storage does not take the files.
    """
    if sha256 and (found := await asyncio.to_thread(file_sha256, path)) != sha256.lower():
        raise InvalidArchiveError(phrases.wrong_hash(found))
    archive = await asyncio.to_thread(Archive, path)
    try:
        await asyncio.to_thread(archive.verify)
        connection = await asyncpg.connect(owner_url)
        try:
            return await _Import(connection, archive, slug, hosts).run()
        finally:
            await connection.close()
    finally:
        archive.close()


class _Import:
    """One run of an import."""

    def __init__(
        self, connection: asyncpg.Connection, archive: Archive, slug: str, hosts: Sequence[str]
    ) -> None:
        self.connection = connection
        self.archive = archive
        self.manifest = archive.manifest
        self.tenant_id = archive.tenant_id
        self.slug = slug or str(self.manifest.tenant["slug"])
        self.hosts = tuple(host.lower() for host in hosts) or tuple(self.manifest.hosts)

    async def run(self) -> Imported:
        await self._check_schema()
        async with self.connection.transaction():
            await self.connection.execute(
                "SELECT set_config('app.tenant_id', $1, true),"
                " set_config('app.importing_tenant', $1, true),"
                " set_config('app.reason', 'import of the department', true)",
                str(self.tenant_id),
            )
            await self.connection.execute(SETTINGS)
            await self._insert_tenant()
            await self._load_rows()
            await self._restore_settings()
            await self._check_chain()
            void = await self._void_second_factors()
            await self._put_files()
        return Imported(
            self.tenant_id,
            self.slug,
            self.hosts,
            self.manifest.rows,
            len(self.manifest.files),
            void,
        )

    async def _check_schema(self) -> None:
        here = set(await registry.applied_migrations(self.connection))
        there = set(self.manifest.migrations)
        if here != there:
            raise InvalidArchiveError(phrases.schema_differs(len(there - here), len(here - there)))

    async def _insert_tenant(self) -> None:
        """Write the catalogue's row, not served yet, and its hosts."""
        fetchval = self.connection.fetchval
        if await fetchval("SELECT 1 FROM tenant WHERE id = $1", self.tenant_id):
            raise ConflictError(phrases.TENANT_THERE, code="tenant_exists")
        if await fetchval("SELECT 1 FROM tenant WHERE slug = $1", self.slug):
            raise ConflictError(phrases.slug_taken(self.slug), code="slug_taken")
        for host in self.hosts:
            if await fetchval("SELECT 1 FROM tenant_host WHERE host = $1", host):
                raise ConflictError(phrases.host_taken(host), code="host_taken")
        row = {
            **self.manifest.tenant,
            "slug": self.slug,
            "status": "preparing",
            "delete_after": None,
        }
        try:
            await self.connection.execute(
                "INSERT INTO tenant SELECT * FROM json_populate_record(NULL::tenant, $1::json)",
                msgspec.json.encode(row).decode(),
            )
        except REFUSED as error:
            raise InvalidArchiveError(phrases.row_refused("tenant")) from error
        await self.connection.executemany(
            "INSERT INTO tenant_host (id, host, tenant_id) VALUES ($1, $2, $3)",
            [(new_id(), host, self.tenant_id) for host in self.hosts],
        )

    async def _load_rows(self) -> None:
        """Load every table; those that triggers have written to meanwhile, once more."""
        entries = {entry.name: entry for entry in self.manifest.tables}
        tables = registry.exported(await registry.tenant_tables(self.connection))
        if {table.name for table in tables} != entries.keys():
            raise InvalidArchiveError(phrases.altered("manifest.json"))
        await self.connection.execute(
            "CREATE TEMPORARY TABLE incoming (number bigint GENERATED ALWAYS AS IDENTITY,"
            " line text) ON COMMIT DROP"
        )
        for table in tables:
            await self._load(table, entries[table.name])
        await self.connection.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in await self._different(tables, entries):
            await self._load(table, entries[table.name])
        if wrong := await self._different(tables, entries):
            raise InvalidArchiveError(phrases.not_equal(wrong[0].name))
        await self.connection.execute("SET CONSTRAINTS ALL DEFERRED")

    async def _restore_settings(self) -> None:
        """Put the catalogue's settings back, which a trigger of the editions writes to."""
        await self.connection.execute(
            "UPDATE tenant SET settings = $2::text::jsonb WHERE id = $1",
            self.tenant_id,
            msgspec.json.encode(self.manifest.tenant.get("settings", {})).decode(),
        )

    async def _load(self, table: registry.TenantTable, entry: TableEntry) -> None:
        await self.connection.execute("TRUNCATE incoming")
        await self.connection.copy_records_to_table(
            "incoming", columns=["line"], records=self._records(entry)
        )
        values = ", ".join(
            f"coalesce(r.\"{name}\", 'null'::jsonb)" if name in table.whole_json else f'r."{name}"'
            for name in table.columns
        )
        try:
            await self.connection.execute(
                f'DELETE FROM "{table.name}" WHERE tenant_id = $1', self.tenant_id
            )
            await self.connection.execute(
                f'INSERT INTO "{table.name}" ({table.column_list}) SELECT {values}'
                f' FROM incoming, LATERAL json_populate_record(NULL::"{table.name}", line::json)'
                " AS r ORDER BY number"
            )
        except REFUSED as error:
            raise InvalidArchiveError(phrases.row_refused(table.name)) from error

    async def _records(self, entry: TableEntry) -> AsyncIterator[tuple[str]]:
        for line in self.archive.lines(entry):
            yield (line,)

    async def _different(
        self, tables: Sequence[registry.TenantTable], entries: dict[str, TableEntry]
    ) -> list[registry.TenantTable]:
        """Return the tables whose rows, read back, are not those of the archive."""
        return [
            table for table in tables if await self._hash_of(table) != entries[table.name].sha256
        ]

    async def _hash_of(self, table: registry.TenantTable) -> str:
        digest = hashlib.sha256()
        cursor = await self.connection.cursor(registry.rows_sql(table), self.tenant_id)
        while rows := await cursor.fetch(PREFETCH):
            digest.update("".join(f"{row[0]}\n" for row in rows).encode())
        return digest.hexdigest()

    async def _check_chain(self) -> None:
        broken = await self.connection.fetchval(BROKEN_LINKS, self.tenant_id)
        head: Any = await self.connection.fetchrow(
            "SELECT h.seq, h.hash, (SELECT max(e.seq) FROM audit_event AS e) AS last"
            " FROM audit_head AS h WHERE h.tenant_id = $1",
            self.tenant_id,
        )
        wanted = (self.manifest.audit_head.seq, self.manifest.audit_head.hash)
        found = (head["seq"], head["hash"]) if head else (0, "")
        if broken or found != wanted or (head and head["last"] != head["seq"]):
            raise InvalidArchiveError(phrases.BROKEN_CHAIN)

    async def _void_second_factors(self) -> int:
        """Take away authenticators that another installation's secret has sealed (recorded)."""
        ours = secret_fingerprint(str(self.tenant_id), self.manifest.created_at)
        if ours == self.manifest.secret_fingerprint:
            return 0
        await self.connection.execute("SELECT set_config('app.importing_tenant', '', true)")
        await self.connection.execute(
            "DELETE FROM recovery_code WHERE tenant_id = $1", self.tenant_id
        )
        tag = await self.connection.execute(
            "UPDATE account SET totp_secret = '', totp_confirmed_at = NULL"
            " WHERE tenant_id = $1 AND totp_secret <> ''",
            self.tenant_id,
        )
        return int(tag.split()[-1])

    async def _put_files(self) -> None:
        """Last, so that a refused archive leaves nothing behind."""
        for file in self.manifest.files:
            await storage().put(file.key, await asyncio.to_thread(self.archive.content, file))
