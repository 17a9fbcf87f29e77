"""SQL of papers and of what stands at their head and foot."""

from __future__ import annotations

from uuid import UUID

from asyncpg import Record

from core.kit import db
from core.kit.ids import new_id

_VIEW = (
    "SELECT d.id, d.kind, d.subject_id, d.subject_version, d.unit_id, d.name, d.state,"
    " d.done_steps, d.total_steps, d.error, d.template_version, d.pdf_file_id, d.docx_file_id,"
    " p.sha256 AS pdf_sha256, d.requested_at, d.finished_at"
    " FROM document AS d LEFT JOIN stored_file AS p ON p.id = d.pdf_file_id"
)


async def ask(
    *, kind: str, subject_id: UUID, version: int, unit_id: UUID, name: str,
    account_id: UUID | None,
) -> UUID | None:  # fmt: skip
    """Put a paper into the queue; None when it is there already (and has not failed)."""
    asked: UUID | None = await db.fetchval(
        "INSERT INTO document AS d (id, kind, subject_id, subject_version, unit_id, name,"
        " requested_by, requested_at) VALUES ($1, $2, $3, $4, $5, $6, $7, official_now())"
        " ON CONFLICT (tenant_id, kind, subject_id, subject_version) DO UPDATE"
        " SET state = 'queued', error = '', done_steps = 0 WHERE d.state = 'failed' RETURNING id",
        new_id(), kind, subject_id, version, unit_id, name, account_id,
    )  # fmt: skip
    return asked


async def by_subject(kind: str, subject_id: UUID, version: int) -> Record | None:
    """Return the paper of one version of a subject, or None."""
    return await db.fetchrow(
        f"{_VIEW} WHERE d.kind = $1 AND d.subject_id = $2 AND d.subject_version = $3",
        kind,
        subject_id,
        version,
    )


async def by_id(document_id: UUID) -> Record | None:
    """Return one paper, or None."""
    return await db.fetchrow(f"{_VIEW} WHERE d.id = $1", document_id)


async def lock(document_id: UUID) -> Record | None:
    """Lock one paper until the transaction ends and return it, or None."""
    return await db.fetchrow(f"{_VIEW} WHERE d.id = $1 FOR UPDATE OF d", document_id)


async def set_progress(document_id: UUID, done_steps: int, template_version: str) -> None:
    """Show how far the rendering is; what is done stays done."""
    await db.execute(
        "UPDATE document SET state = 'rendering', done_steps = $2, template_version = $3"
        " WHERE id = $1 AND state <> 'done'",
        document_id,
        done_steps,
        template_version,
    )


async def set_done(document_id: UUID, pdf_file_id: UUID, docx_file_id: UUID) -> None:
    """Write down the files of a finished paper."""
    await db.execute(
        "UPDATE document SET state = 'done', done_steps = total_steps, error = '',"
        " pdf_file_id = $2, docx_file_id = $3, finished_at = official_now() WHERE id = $1",
        document_id,
        pdf_file_id,
        docx_file_id,
    )


async def set_failed(document_id: UUID, sentence: str) -> None:
    """Write down that a paper was given up."""
    await db.execute(
        "UPDATE document SET state = 'failed', error = $2 WHERE id = $1 AND state <> 'done'",
        document_id,
        sentence,
    )


async def newest_version(report_id: UUID) -> UUID | None:
    """Return the newest submitted version of a report, or None."""
    version_id: UUID | None = await db.fetchval(
        "SELECT id FROM report_version WHERE report_id = $1 ORDER BY number DESC LIMIT 1",
        report_id,
    )
    return version_id


async def report_units(report_id: UUID) -> Record | None:
    """Return (unit_id, receiver_unit_id, edition_id, round_title) of a report, or None."""
    return await db.fetchrow(
        "SELECT r.unit_id, r.receiver_unit_id, r.edition_id, d.title AS round_title"
        " FROM report AS r JOIN reporting_round AS d ON d.id = r.round_id WHERE r.id = $1",
        report_id,
    )


async def version_signatory(version_id: UUID) -> Record | None:
    """Return (name, job_title) of who submitted a version for the unit; None when on behalf."""
    return await db.fetchrow(
        "SELECT a.display_name AS name, coalesce(p.job_title, '') AS job_title"
        " FROM report_version AS w JOIN account AS a ON a.id = w.submitted_by"
        " LEFT JOIN person AS p ON p.id = a.person_id WHERE w.id = $1 AND NOT w.on_behalf",
        version_id,
    )


async def approver(consolidation_id: UUID) -> Record | None:
    """Return (name, job_title) of who approved a consolidation, or None."""
    return await db.fetchrow(
        "SELECT a.display_name AS name, coalesce(p.job_title, '') AS job_title"
        " FROM consolidation AS c JOIN account AS a ON a.id = c.approved_by"
        " LEFT JOIN person AS p ON p.id = a.person_id WHERE c.id = $1",
        consolidation_id,
    )
