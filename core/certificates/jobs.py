"""Print a run: in portions, with progress; once, whatever is killed.

Copies were numbered when the run was asked for. Each stage commits on its own, so that the page
shows it; the last one keeps the file and closes the job together. Killed before, it starts over.
"""

from __future__ import annotations

import io
import zipfile
from typing import Any, Protocol
from uuid import UUID

import msgspec

from core.accounts.schemas import SYSTEM
from core.certificates import phrases
from core.certificates import repository_runs as repository
from core.certificates.composing import certificate_of
from core.certificates.layouts import emblem_content
from core.certificates.schemas import Output, RunState, Words
from core.certificates.service import PRINT_JOB
from core.documents.render import certificate_model as model
from core.documents.render.certificate_phrases import SPOT_NAMES
from core.evidence import service as evidence
from core.evidence.checks import PDF, safe_name
from core.jobs.schemas import Job, JobHandler
from core.jobs.service import finish
from core.kit import db

PORTION = 50
ZIP = "application/zip"
_CLOCK = (1980, 1, 1, 0, 0, 0)


class Renderer(Protocol):
    """What turns certificates into files (the render pool)."""

    async def print_certificates(self, job: model.Job, *, one_file: bool) -> model.Printed:
        """Return the certificates as PDF."""


class _Order(msgspec.Struct, frozen=True):
    """What is to be printed."""

    output: str
    unit_id: UUID
    number: str
    job: model.Job


async def print_run(job: Job, renderer: Renderer) -> None:
    """Make the file of the run `run_id`; a run that is done already stays as it is."""
    run_id = UUID(job.arguments["run_id"])
    order = await _begin(job, run_id)
    if order is None:
        return
    if order.output == Output.ONE:
        printed = await renderer.print_certificates(order.job, one_file=True)
        content, warnings = printed.files[0], list(printed.warnings)
    else:
        content, warnings = await _zipped(run_id, order, renderer)
    await _keep(job, run_id, order, content, warnings)


async def _begin(job: Job, run_id: UUID) -> _Order | None:
    async with db.transaction():
        row = await repository.lock_run(run_id)
        if row is None or row["state"] == RunState.DONE:
            await finish(job)
            return None
        stored = row["sheet"]
        sheet = msgspec.structs.replace(
            msgspec.convert(stored["sheet"], model.Sheet),
            emblem=await emblem_content(row["emblem_file_id"]),
        )
        certificates = tuple(
            certificate_of(Words(**words), stored["position"], stored["site"])
            for words in await repository.words_of(run_id)
        )
        await repository.set_progress(run_id, 0)
        return _Order(row["output"], row["unit_id"], row["number"], model.Job(sheet, certificates))


async def _zipped(
    run_id: UUID, order: _Order, renderer: Renderer
) -> tuple[bytes, list[model.Warned]]:
    """One file for each, portion by portion, with the progress in between."""
    certificates = order.job.certificates
    warnings: list[model.Warned] = []
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for start in range(0, len(certificates), PORTION):
            part = certificates[start : start + PORTION]
            printed = await renderer.print_certificates(
                model.Job(order.job.sheet, part), one_file=False
            )
            warnings += printed.warnings
            for place, (each, content) in enumerate(zip(part, printed.files, strict=True), 1):
                name = safe_name(f"{start + place:03d} {each.name[:100]}.pdf")
                archive.writestr(zipfile.ZipInfo(name, _CLOCK), content)
            async with db.transaction():
                await repository.set_progress(run_id, start + len(part))
    return out.getvalue(), warnings


async def _keep(
    job: Job, run_id: UUID, order: _Order, content: bytes, warnings: list[model.Warned]
) -> None:
    names = {each.id: each.name for each in order.job.certificates}
    rows = [{"name": names[each.certificate_id], "spot": SPOT_NAMES[each.spot],
             "sentence": each.sentence} for each in warnings]  # fmt: skip
    one = order.output == Output.ONE
    pattern = phrases.FILE_ONE if one else phrases.FILE_MANY
    number = order.number.replace("/", "-")
    async with db.transaction():
        row: Any = await repository.lock_run(run_id)
        if row is not None and row["state"] != RunState.DONE:
            file_id = await evidence.store_paper(
                actor=SYSTEM, name=pattern.format(number=number, count=len(names)),
                media_type=PDF if one else ZIP, content=content, unit_id=order.unit_id,
            )  # fmt: skip
            await repository.set_done(run_id, file_id, rows)
        await finish(job)


async def run_failed(job: Job, message: str) -> None:
    """Show on the run's page that it was given up (the reason stands in the outbox)."""
    del message
    await repository.set_failed(UUID(job.arguments["run_id"]), phrases.FAILED)


def handlers(renderer: Renderer) -> list[JobHandler]:
    """Return this room's jobs, bound to a render pool."""

    async def run(job: Job) -> None:
        await print_run(job, renderer)

    return [
        JobHandler(
            PRINT_JOB, run, own_transactions=True, max_attempts=3, timeout=400.0,
            on_failure=run_failed,
        )
    ]  # fmt: skip
