"""What stands in an archive's manifest, and what the pages show of a department's life."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Annotated, Any, Final, Literal
from uuid import UUID

import msgspec

FORMAT: Final = "thidua-tenant"
VERSION: Final = 1
Sha256 = Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{64}$")]
Count = Annotated[int, msgspec.Meta(ge=0)]
TableName = Annotated[str, msgspec.Meta(pattern="^[a-z][a-z0-9_]{0,62}$")]


class TableEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One table: `data/<name>.jsonl` has `rows` lines and `size` bytes."""

    name: TableName
    columns: list[str]
    rows: Count
    size: Count
    sha256: Sha256


class FileEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One stored file: its content is `files/<key>`."""

    key: str
    size: Count
    sha256: Sha256


class AuditHead(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The last link of the department's audit trail; 0 and empty while it has none."""

    seq: Count
    hash: str


class Manifest(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The table of contents of an archive.

    Attributes:
        created_at: instant of the snapshot, UTC, ISO 8601.
        tenant: the department's row of the catalogue, column by column.
        migrations: `<room>:<migration>` of everything that had been applied.
        left_out: tables that are not in the archive, with the reason.
        open_jobs: jobs that were still waiting; they do not travel.
        secret_fingerprint: tells whether the reading installation has the same secret.
        digest: SHA-256 of this manifest as JSON with sorted keys, this field being empty.
    """

    format: Literal["thidua-tenant"]
    format_version: int
    created_at: str
    platform_version: str
    tenant: dict[str, Any]
    hosts: list[str]
    migrations: list[str]
    tables: list[TableEntry]
    files: list[FileEntry]
    left_out: dict[str, str]
    audit_head: AuditHead
    open_jobs: Count
    secret_fingerprint: str
    digest: str = ""

    def computed_digest(self) -> str:
        """Return what `digest` must be."""
        bare = msgspec.structs.replace(self, digest="")
        return hashlib.sha256(msgspec.json.encode(bare, order="sorted")).hexdigest()

    @property
    def rows(self) -> int:
        """Rows of all tables."""
        return sum(table.rows for table in self.tables)

    @property
    def bytes_inside(self) -> int:
        """Uncompressed size of rows and files."""
        rows = sum(table.size for table in self.tables)
        return rows + sum(file.size for file in self.files)


class ExportView(msgspec.Struct, frozen=True):
    """An archive as the page shows it; `state` as in the table."""

    id: UUID
    state: str
    error: str
    row_count: int
    file_count: int
    size: int
    sha256: str
    requested_by_name: str
    requested_at: datetime
    finished_at: datetime | None
    expires_at: datetime | None
    downloads: int
    downloaded_at: datetime | None

    @property
    def is_running(self) -> bool:
        """Whether it is still being made."""
        return self.state in ("queued", "rows", "files", "storing")


class DeletionView(msgspec.Struct, frozen=True):
    """A request to delete the department. `delete_after`: from when on it is carried out."""

    id: UUID
    reason: str
    decision_number: str
    requested_by_name: str
    requested_at: datetime
    delete_after: datetime
    revoked_by_name: str
    revoked_at: datetime | None


class Imported(msgspec.Struct, frozen=True):
    """What an import brought in. `new_factors_needed`: accounts whose authenticator was void."""

    tenant_id: UUID
    slug: str
    hosts: tuple[str, ...]
    rows: int
    files: int
    new_factors_needed: int


class LifeView(msgspec.Struct, frozen=True):
    """The page of the department's data. `may_act`: ask, download, take back."""

    exports: list[ExportView]
    deletion: DeletionView | None
    revoked: list[DeletionView]
    may_act: bool

    @property
    def is_running(self) -> bool:
        """Whether an archive is being made."""
        return any(each.is_running for each in self.exports)
