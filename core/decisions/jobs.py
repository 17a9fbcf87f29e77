"""Make the package of a letter: recipient by recipient, once, whatever is killed."""

from __future__ import annotations

import asyncio
from uuid import UUID

import msgspec

from core.accounts.schemas import SYSTEM
from core.decisions import package, phrases, reading, repository_package
from core.decisions.forwarding import PACKAGE
from core.decisions.schemas import DecisionView
from core.documents.heading import Issuer, issuer_of
from core.documents.jobs import Renderer
from core.evidence import service as evidence
from core.jobs.schemas import Job, JobHandler
from core.jobs.service import finish
from core.kit import db
from core.movements import service as movements
from core.organisation import service as organisation

ZIP = "application/zip"


class _Work(msgspec.Struct, frozen=True):
    """What one run needs."""

    found: DecisionView
    issuer: Issuer
    written: dict[UUID, package.Written]


async def make(job: Job, renderer: Renderer) -> None:
    """Make the package `package_id`; one that is done already stays as it is."""
    package_id = UUID(job.arguments["package_id"])
    work = await _begin(job, package_id)
    if work is None:
        return
    files: list[tuple[str, bytes]] = []
    for done, entry in enumerate(work.found.entries, start=1):
        paper = package.recipient_paper(
            work.found,
            entry,
            work.written.get(entry.nomination_id, package.Written({})),
            work.issuer,
            phrases.OCCASIONS.get(work.found.round.occasion if work.found.round else "", ""),
        )
        for extension, render in (("docx", renderer.render_docx), ("pdf", renderer.render_pdf)):
            name = package.file_name(entry.position, entry.subject_name, extension)
            files.append((name, await render(paper)))
        async with db.transaction():
            await repository_package.set_progress(package_id, 2 * done)
    files.append((package.LIST_NAME, await asyncio.to_thread(package.workbook, work.found)))
    await _keep(job, package_id, work.found, await asyncio.to_thread(package.archive, files))


async def _begin(job: Job, package_id: UUID) -> _Work | None:
    async with db.transaction():
        row = await repository_package.package(package_id)
        if row is None or row["state"] == "done":
            await finish(job)
            return None
        found = await reading.get_decision(row["decision_id"], actor=SYSTEM)
        unit = await organisation.get_unit(found.unit_id, actor=SYSTEM)
        edition_id = found.round.edition_id if found.round else None
        edition = await (
            movements.get_edition(edition_id) if edition_id else movements.current_edition()
        )
        written = package.written_by_nomination(
            await repository_package.written_parts(found.id),
            await repository_package.initiatives(found.id),
        )
        await repository_package.set_progress(package_id, 0)
        return _Work(found, await issuer_of(unit, edition.content), written)


async def _keep(job: Job, package_id: UUID, found: DecisionView, content: bytes) -> None:
    async with db.transaction():
        row = await repository_package.package(package_id)
        if row is not None and row["state"] != "done":
            name = f"goi-ho-so-{found.number_text.replace('/', '-')}.zip"
            file_id = await evidence.store_paper(
                actor=SYSTEM, name=name, media_type=ZIP, content=content, unit_id=found.unit_id
            )
            await repository_package.set_done(package_id, file_id)
        await finish(job)


async def failed(job: Job, message: str) -> None:
    """Show on the letter's page that it was given up (the reason stands in the outbox)."""
    del message
    await repository_package.set_failed(UUID(job.arguments["package_id"]), phrases.PACKAGE_FAILED)


def handlers(renderer: Renderer) -> list[JobHandler]:
    """Return this room's jobs, bound to a render pool."""

    async def run(job: Job) -> None:
        await make(job, renderer)

    return [
        JobHandler(PACKAGE, run, own_transactions=True, max_attempts=3, timeout=1800.0,
                   on_failure=failed)
    ]  # fmt: skip
