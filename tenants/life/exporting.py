"""Write a whole department into an archive: one consistent snapshot, in constant memory."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any
from uuid import UUID
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

import asyncpg
import msgspec

from core.errors import ConflictError, NotFoundError
from core.kit import db, security
from core.kit.scope import tenant_scope
from core.kit.storage import MissingContentError, storage
from tenants.life import phrases, registry
from tenants.life.schemas import FORMAT, VERSION, AuditHead, FileEntry, Manifest, TableEntry

MODE = "ISOLATION LEVEL REPEATABLE READ READ ONLY"
SETTINGS = "SET LOCAL TimeZone = 'UTC'; SET LOCAL bytea_output = 'hex'"
PREFETCH = 100
FINGERPRINT = "tenant-archive"
OnStage = Callable[[str], Awaitable[None]]


class IncompleteError(ConflictError):
    """The department's data are damaged, so no whole archive of them can be made."""

    code, title = "incomplete", "Chưa xuất được trọn vẹn"


async def _quiet(_stage: str) -> None:
    """Tell nobody."""


async def export_tenant(tenant_id: UUID, path: Path, on_stage: OnStage = _quiet) -> Manifest:
    """Write the department's archive to `path` and return its manifest.

    Everything is read in one REPEATABLE READ transaction under row-level security, so the archive
    is one instant of the department, whatever happens meanwhile. `on_stage` hears `rows`, `files`.

    Raises:
        NotFoundError: no such department.
        IncompleteError: a file's content is missing or damaged (the sentence names it).
    """
    with tenant_scope(tenant_id, reason="export of the department"):
        async with db.engine().transaction(mode=MODE) as transaction:
            connection = transaction.connection
            await connection.execute(SETTINGS)
            with ZipFile(path, "w", ZIP_DEFLATED, allowZip64=True) as archive:
                manifest = await _Export(connection, tenant_id, archive).write(on_stage)
    return manifest


def secret_fingerprint(tenant_id: str, created_at: str) -> str:
    """Return what shows that two installations have the same secret, without showing it."""
    return security.keyed_hash(FINGERPRINT, tenant_id, created_at)


class _Export:
    """One run of an export."""

    def __init__(self, connection: asyncpg.Connection, tenant_id: UUID, archive: ZipFile) -> None:
        self.connection = connection
        self.tenant_id = tenant_id
        self.archive = archive
        self.at = datetime.now(UTC)

    async def write(self, on_stage: OnStage) -> Manifest:
        tenant = await self._tenant()
        tables = await registry.tenant_tables(self.connection)
        await on_stage("rows")
        entries = [await self._table(table) for table in registry.exported(tables)]
        await on_stage("files")
        files = [await self._file(row) for row in await self._stored_files()]
        manifest = Manifest(
            format=FORMAT,
            format_version=VERSION,
            created_at=self.at.isoformat(),
            platform_version=version("thidua"),
            tenant=tenant,
            hosts=await self._hosts(),
            migrations=await registry.applied_migrations(self.connection),
            tables=entries,
            files=files,
            left_out=registry.LEFT_OUT,
            audit_head=await self._audit_head(),
            open_jobs=await self._open_jobs(),
            secret_fingerprint=secret_fingerprint(str(self.tenant_id), self.at.isoformat()),
        )
        manifest = msgspec.structs.replace(manifest, digest=manifest.computed_digest())
        text = msgspec.json.format(msgspec.json.encode(manifest, order="sorted"), indent=1)
        self.archive.writestr(self._info("manifest.json"), text)
        return manifest

    async def _table(self, table: registry.TenantTable) -> TableEntry:
        digest, rows, size = hashlib.sha256(), 0, 0
        with self.archive.open(
            self._info(f"data/{table.name}.jsonl"), "w", force_zip64=True
        ) as out:
            async for lines in self._batches(registry.rows_sql(table)):
                text = "".join(f"{line}\n" for line in lines).encode()
                digest.update(text)
                rows, size = rows + len(lines), size + len(text)
                await asyncio.to_thread(out.write, text)
        return TableEntry(table.name, list(table.columns), rows, size, digest.hexdigest())

    async def _batches(self, sql: str) -> AsyncIterator[list[str]]:
        cursor = await self.connection.cursor(sql, self.tenant_id)
        while rows := await cursor.fetch(PREFETCH):
            yield [row[0] for row in rows]

    async def _file(self, row: Any) -> FileEntry:
        """Copy one content (files are at most some megabytes: read whole, and looked at)."""
        try:
            content = await storage().get(row["storage_key"])
        except MissingContentError as error:
            raise IncompleteError(phrases.content_missing(row["name"])) from error
        if hashlib.sha256(content).hexdigest() != row["sha256"]:
            raise IncompleteError(phrases.content_damaged(row["name"]))
        info = self._info(f"files/{row['storage_key']}", ZIP_STORED)
        await asyncio.to_thread(self.archive.writestr, info, content)
        return FileEntry(row["storage_key"], len(content), row["sha256"])

    def _info(self, name: str, compression: int = ZIP_DEFLATED) -> ZipInfo:
        info = ZipInfo(name, date_time=self.at.timetuple()[:6])
        info.compress_type = compression
        info.external_attr = 0o600 << 16
        return info

    async def _tenant(self) -> dict[str, Any]:
        text = await self.connection.fetchval(
            "SELECT row_to_json(t)::text FROM tenant AS t WHERE id = $1", self.tenant_id
        )
        if text is None:
            raise NotFoundError(phrases.NO_DEPARTMENT)
        found: dict[str, Any] = msgspec.json.decode(text)
        return found

    async def _hosts(self) -> list[str]:
        rows = await self.connection.fetch(
            "SELECT host FROM tenant_host WHERE tenant_id = $1 ORDER BY host", self.tenant_id
        )
        return [row["host"] for row in rows]

    async def _stored_files(self) -> list[Any]:
        rows: list[Any] = await self.connection.fetch(
            "SELECT DISTINCT ON (storage_key) storage_key, name, sha256 FROM stored_file"
            " ORDER BY storage_key, id"
        )
        return rows

    async def _audit_head(self) -> AuditHead:
        row = await self.connection.fetchrow("SELECT seq, hash FROM audit_head")
        return AuditHead(row["seq"], row["hash"]) if row else AuditHead(0, "")

    async def _open_jobs(self) -> int:
        return int(
            await self.connection.fetchval("SELECT count(*) FROM outbox WHERE done_at IS NULL")
        )
