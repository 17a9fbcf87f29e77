"""Make an archive for download, and take it away when its time is over."""

from __future__ import annotations

import asyncio
import tempfile
from datetime import timedelta
from pathlib import Path
from uuid import UUID

from core.jobs.schemas import Job, JobHandler
from core.jobs.service import finish
from core.kit import clock, db
from core.kit.scope import current_tenant
from core.kit.storage import storage
from core.law import service as law
from core.settings import settings
from tenants.life import phrases, repository
from tenants.life.archive import file_sha256
from tenants.life.exporting import IncompleteError, export_tenant
from tenants.life.service import EXPORT, export_key

TIMEOUT = 850.0


async def make_export(job: Job) -> None:
    """Make the archive `export_id`; one that is finished already stays as it is."""
    export_id = UUID(job.arguments["export_id"])
    async with db.transaction():
        if not await repository.begin_export(export_id):
            await finish(job)
            return
    scratch = settings().home / "tmp"
    scratch.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=scratch) as folder:
        try:
            await _make(job, export_id, Path(folder) / "archive.zip")
        except IncompleteError as error:
            async with db.transaction():
                await repository.set_failed(export_id, error.detail)
                await finish(job)


async def _make(job: Job, export_id: UUID, path: Path) -> None:
    async def show(stage: str) -> None:
        async with db.separate_transaction():
            await repository.set_stage(export_id, stage)

    manifest = await export_tenant(job.tenant_id, path, show)
    await show("storing")
    sha256 = await asyncio.to_thread(file_sha256, path)
    size = (await asyncio.to_thread(path.stat)).st_size
    await storage().put_file(export_key(job.tenant_id, export_id), path)
    async with db.transaction():
        await repository.set_done(
            export_id,
            rows=manifest.rows,
            files=len(manifest.files),
            size=size,
            sha256=sha256,
            kept=timedelta(hours=law.value("export_kept", clock.today())),
        )
        await finish(job)


async def export_failed(job: Job, message: str) -> None:
    """Show that the archive was given up (the reason stands in the outbox)."""
    del message
    await repository.set_failed(UUID(job.arguments["export_id"]), phrases.EXPORT_FAILED)


async def sweep_exports() -> None:
    """Take away the current department's archives whose time is over."""
    for export_id in await repository.expire_exports():
        await storage().delete(export_key(current_tenant(), export_id))


HANDLERS = [
    JobHandler(
        EXPORT,
        make_export,
        own_transactions=True,
        max_attempts=3,
        timeout=TIMEOUT,
        on_failure=export_failed,
    )
]
