"""SQL of archives and of requests to delete the department."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from asyncpg import Record

from core.kit import db
from core.kit.clock import VIETNAM
from core.kit.ids import new_id

_EXPORT = (
    "SELECT x.id, x.state, x.error, x.row_count, x.file_count, x.size, x.sha256,"
    " coalesce(a.display_name, 'Hệ thống') AS requested_by_name, x.requested_at, x.finished_at,"
    " x.expires_at, x.downloads, x.downloaded_at"
    " FROM tenant_export AS x LEFT JOIN account AS a ON a.id = x.requested_by"
)
_RUNNING = "('queued', 'rows', 'files', 'storing')"
_DELETION = (
    "SELECT id, reason, decision_number, requested_by_name, requested_at, delete_after,"
    " revoked_by_name, revoked_at FROM deletion_request"
)


async def exports(limit: int) -> list[Record]:
    """Return the newest archives."""
    return await db.fetch(f"{_EXPORT} ORDER BY x.requested_at DESC, x.id DESC LIMIT $1", limit)


async def insert_export(account_id: UUID | None) -> UUID | None:
    """Ask for an archive; None while another one is being made."""
    await db.execute(
        "SELECT pg_advisory_xact_lock(hashtext('export' || current_setting('app.tenant_id')))"
    )
    made: UUID | None = await db.fetchval(
        "INSERT INTO tenant_export (id, requested_by, requested_at)"
        " SELECT $1, $2::uuid, official_now()"
        f" WHERE NOT EXISTS (SELECT FROM tenant_export WHERE state IN {_RUNNING}) RETURNING id",
        new_id(),
        account_id,
    )
    return made


async def begin_export(export_id: UUID) -> bool:
    """Tell whether the archive is still to be made."""
    found = await db.fetchval(
        f"SELECT 1 FROM tenant_export WHERE id = $1 AND state IN {_RUNNING} FOR UPDATE", export_id
    )
    return found is not None


async def set_stage(export_id: UUID, stage: str) -> None:
    """Show how far the archive is."""
    await db.execute(
        f"UPDATE tenant_export SET state = $2 WHERE id = $1 AND state IN {_RUNNING}",
        export_id,
        stage,
    )


async def set_done(
    export_id: UUID, *, rows: int, files: int, size: int, sha256: str, kept: timedelta
) -> None:
    """Write down that the archive can be downloaded, for some time."""
    await db.execute(
        "UPDATE tenant_export SET state = 'done', row_count = $2, file_count = $3, size = $4,"
        " sha256 = $5, finished_at = official_now(), expires_at = official_now() + $6::interval"
        " WHERE id = $1",
        export_id, rows, files, size, sha256, kept,
    )  # fmt: skip


async def set_failed(export_id: UUID, sentence: str) -> None:
    """Write down that the archive was given up, and why."""
    await db.execute(
        "UPDATE tenant_export SET state = 'failed', error = $2, finished_at = official_now()"
        f" WHERE id = $1 AND state IN {_RUNNING}",
        export_id,
        sentence,
    )


async def count_download(export_id: UUID) -> Record | None:
    """Count a download and return (state, size, requested_at, open); None if there is no such."""
    return await db.fetchrow(
        "WITH mine AS (SELECT id, state = 'done' AND expires_at > official_now() AS open"
        " FROM tenant_export WHERE id = $1 FOR UPDATE), counted AS ("
        " UPDATE tenant_export AS x SET downloads = downloads + 1, downloaded_at = official_now()"
        " FROM mine WHERE x.id = mine.id AND mine.open)"
        " SELECT x.state, x.size, x.requested_at, mine.open"
        " FROM tenant_export AS x JOIN mine ON mine.id = x.id",
        export_id,
    )


async def expire_exports() -> list[UUID]:
    """Mark the archives whose time is over; return them."""
    rows = await db.fetch(
        "UPDATE tenant_export SET state = 'expired'"
        " WHERE state = 'done' AND expires_at <= official_now() RETURNING id"
    )
    return [row["id"] for row in rows]


async def open_deletion() -> Record | None:
    """Return the request that waits, or None."""
    return await db.fetchrow(f"{_DELETION} WHERE revoked_at IS NULL")


async def revoked_deletions(limit: int) -> list[Record]:
    """Return the newest requests that were taken back."""
    return await db.fetch(
        f"{_DELETION} WHERE revoked_at IS NOT NULL ORDER BY requested_at DESC LIMIT $1", limit
    )


async def insert_deletion(
    *, reason: str, decision_number: str, account_id: UUID | None, name: str, days: int
) -> datetime | None:
    """Write a request that waits `days` whole days; return when that ends, None if one waits."""
    ends: datetime | None = await db.fetchval(
        "INSERT INTO deletion_request (id, reason, decision_number, requested_by,"
        " requested_by_name, requested_at, delete_after)"
        " SELECT $1, $2, $3, $4, $5, at.now,"
        f" (date_trunc('day', at.now AT TIME ZONE '{VIETNAM.key}') + make_interval(days => $6 + 1))"
        f" AT TIME ZONE '{VIETNAM.key}' FROM (SELECT official_now() AS now) AS at"
        " ON CONFLICT (tenant_id) WHERE revoked_at IS NULL DO NOTHING RETURNING delete_after",
        new_id(), reason, decision_number, account_id, name, days,
    )  # fmt: skip
    return ends


async def revoke_deletion(account_id: UUID | None, name: str) -> bool:
    """Take the waiting request back; False if none waits."""
    found = await db.fetchval(
        "UPDATE deletion_request SET revoked_at = official_now(), revoked_by = $1,"
        " revoked_by_name = $2 WHERE revoked_at IS NULL RETURNING 1",
        account_id,
        name,
    )
    return found is not None
