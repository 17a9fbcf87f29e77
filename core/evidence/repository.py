"""SQL of stored files and of what they are attached to."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from asyncpg import Record

from core.kit import db
from core.kit.ids import new_id

_FILE = " f.id, f.name, f.media_type, f.size, f.sha256, f.purpose, f.scan_state, f.uploaded_at"


async def insert_file(
    *,
    name: str,
    media_type: str,
    size: int,
    sha256: str,
    storage_key: str,
    purpose: str,
    scan_state: str,
    unit_id: UUID,
    account_id: UUID | None,
) -> Record:
    """Write down a file whose content is in the storage; return its facts."""
    made: Record = await db.fetchrow(
        "INSERT INTO stored_file AS f (id, name, media_type, size, sha256, storage_key, purpose,"
        " scan_state, unit_id, uploaded_by, uploaded_at)"
        " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, official_now())"
        f" RETURNING{_FILE}",
        new_id(), name, media_type, size, sha256, storage_key, purpose, scan_state, unit_id,
        account_id,
    )  # fmt: skip
    return made


async def storage_left() -> int | None:
    """Return how many bytes the department may still store (below zero: too many already).

    None = the operator has set no limit; then nothing is counted.
    """
    left: int | None = await db.fetchval(
        "SELECT CASE WHEN t.max_storage_bytes IS NOT NULL THEN t.max_storage_bytes -"
        " (SELECT coalesce(sum(f.size), 0) FROM (SELECT DISTINCT ON (s.storage_key) s.size"
        "  FROM stored_file AS s) AS f) END::bigint"
        " FROM tenant AS t WHERE t.id = nullif(current_setting('app.tenant_id', true), '')::uuid"
    )
    return left


async def file_row(file_id: UUID) -> Record | None:
    """Return a file with its storage key, owner, and the path of its unit; or None."""
    return await db.fetchrow(
        f"SELECT{_FILE}, f.storage_key, f.unit_id, f.uploaded_by, u.path AS unit_path"
        " FROM stored_file AS f JOIN unit AS u ON u.id = f.unit_id WHERE f.id = $1",
        file_id,
    )


async def decision_files(limit: int) -> list[Record]:
    """Return the newest files that were uploaded as decisions."""
    return await db.fetch(
        "SELECT id, name, media_type, size, sha256, purpose, scan_state, uploaded_at"
        " FROM stored_file WHERE purpose = 'decision' ORDER BY uploaded_at DESC, id DESC LIMIT $1",
        limit,
    )


async def unit_path(unit_id: UUID) -> str | None:
    """Return the path of a unit, or None."""
    path: str | None = await db.fetchval("SELECT path FROM unit WHERE id = $1", unit_id)
    return path


async def reports_of_file(file_id: UUID) -> list[Record]:
    """Return (unit_path, receiver_path) of every report that shows the file: as evidence of a
    part (also removed: a submitted version may hold it) or as a paper of one of its versions.
    """
    return await db.fetch(
        "SELECT u.path AS unit_path, v.path AS receiver_path FROM report AS r"
        " JOIN unit AS u ON u.id = r.unit_id JOIN unit AS v ON v.id = r.receiver_unit_id"
        " WHERE r.id IN (SELECT p.report_id FROM evidence AS e"
        "  JOIN report_part AS p ON p.id = e.part_id WHERE e.file_id = $1"
        " UNION SELECT w.report_id FROM document AS d"
        "  JOIN report_version AS w ON w.id = d.subject_id"
        "  WHERE $1 IN (d.pdf_file_id, d.docx_file_id))",
        file_id,
    )


async def count_of_part(part_id: UUID) -> int:
    """Return how many files are attached to a part."""
    return int(
        await db.fetchval(
            "SELECT count(*) FROM evidence WHERE part_id = $1 AND removed_at IS NULL", part_id
        )
    )


async def attach(part_id: UUID, file_id: UUID) -> UUID:
    """Attach a file to a part (again, if it had been removed); return the evidence's id."""
    evidence_id: UUID = await db.fetchval(
        "INSERT INTO evidence (id, part_id, file_id) VALUES ($1, $2, $3)"
        " ON CONFLICT (tenant_id, part_id, file_id) DO UPDATE SET removed_at = NULL RETURNING id",
        new_id(),
        part_id,
        file_id,
    )
    return evidence_id


async def detach(part_id: UUID, evidence_id: UUID) -> bool:
    """Take a file off a part; False if it is not attached there."""
    found: Any = await db.fetchval(
        "UPDATE evidence SET removed_at = official_now()"
        " WHERE id = $2 AND part_id = $1 AND removed_at IS NULL RETURNING 1",
        part_id,
        evidence_id,
    )
    return found is not None


async def is_of_dossier(file_id: UUID) -> bool:
    """Tell whether a paper was made for a nomination's dossier."""
    return bool(
        await db.fetchval(
            "SELECT EXISTS (SELECT FROM document d WHERE $1 IN (d.pdf_file_id, d.docx_file_id)"
            " AND d.kind IN ('nomination_letter', 'achievement_report', 'unit_minutes'))",
            file_id,
        )
    )


async def is_of_council(file_id: UUID) -> bool:
    """Tell whether a file is the paper of a council's meeting."""
    return bool(
        await db.fetchval(
            "SELECT EXISTS (SELECT FROM document WHERE (pdf_file_id = $1 OR docx_file_id = $1)"
            " AND kind IN ('council_minutes', 'ballot_minutes'))",
            file_id,
        )
    )
