"""Make a paper: compose, render in the pool, keep both files. Once, whatever is killed.

The stages are committed in short transactions of their own, so that the page shows them. The last
one writes the files, the document and the mark of the job together.
"""

from __future__ import annotations

from typing import Protocol
from uuid import UUID

from core.accounts.schemas import SYSTEM
from core.documents import phrases, repository, subjects
from core.documents.render.model import Paper
from core.documents.schemas import DocumentState, DocumentView
from core.documents.service import RENDER
from core.evidence import service as evidence
from core.evidence.checks import OFFICE, PDF
from core.jobs.schemas import Job, JobHandler
from core.jobs.service import finish
from core.kit import db

MAX_STEM = 120


class Renderer(Protocol):
    """What turns a paper into files (the render pool)."""

    async def render_pdf(self, paper: Paper) -> bytes:
        """Return the paper as PDF."""

    async def render_docx(self, paper: Paper) -> bytes:
        """Return the paper as Word."""


async def render(job: Job, renderer: Renderer) -> None:
    """Make the paper `document_id`; a paper that is done already stays as it is."""
    document_id = UUID(job.arguments["document_id"])
    paper = await _begin(job, document_id)
    if paper is None:
        return
    pdf = await renderer.render_pdf(paper)
    async with db.transaction():
        await repository.set_progress(document_id, 1, paper.template)
    docx = await renderer.render_docx(paper)
    await _keep(job, document_id, pdf, docx)


async def _begin(job: Job, document_id: UUID) -> Paper | None:
    async with db.transaction():
        row = await repository.lock(document_id)
        if row is None or row["state"] == DocumentState.DONE:
            await finish(job)
            return None
        try:
            paper = await subjects.paper_of(
                subjects.paper_kind(row["kind"]), row["subject_id"], row["subject_version"]
            )
        except subjects.SubjectChangedError as error:
            await repository.set_failed(document_id, error.detail)
            await finish(job)
            return None
        await repository.set_progress(document_id, 0, paper.template)
        return paper


async def _keep(job: Job, document_id: UUID, pdf: bytes, docx: bytes) -> None:
    async with db.transaction():
        row = await repository.lock(document_id)
        if row is not None and row["state"] != DocumentState.DONE:
            view = DocumentView(**row)
            pdf_id = await _store(view, "pdf", PDF, pdf)
            docx_id = await _store(view, "docx", OFFICE["docx"][0], docx)
            await repository.set_done(document_id, pdf_id, docx_id)
        await finish(job)


async def _store(view: DocumentView, extension: str, media_type: str, content: bytes) -> UUID:
    return await evidence.store_paper(
        actor=SYSTEM,
        name=f"{view.name[:MAX_STEM]} (bản {view.subject_version}).{extension}",
        media_type=media_type,
        content=content,
        unit_id=view.unit_id,
    )


async def render_failed(job: Job, message: str) -> None:
    """Show on the paper's page that it was given up (the reason stands in the outbox)."""
    del message
    await repository.set_failed(UUID(job.arguments["document_id"]), phrases.FAILED)


def handlers(renderer: Renderer) -> list[JobHandler]:
    """Return this room's jobs, bound to a render pool."""

    async def run(job: Job) -> None:
        await render(job, renderer)

    return [
        JobHandler(
            RENDER, run, own_transactions=True, max_attempts=3, timeout=400.0,
            on_failure=render_failed,
        )
    ]  # fmt: skip
