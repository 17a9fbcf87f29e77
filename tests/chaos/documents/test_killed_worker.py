"""A real worker process, killed with SIGKILL while it renders: the paper still comes, once."""

import asyncio
import os
import signal
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import asyncpg
import pytest

from core.runtime.valkey import Valkey
from core.settings import settings
from tests.integration.documents.test_papers import ask, look, papers_kept, submitted

pytestmark = [pytest.mark.chaos, pytest.mark.usefixtures("app_db")]

# The worker itself, with a short lease; its first life is slow enough to be killed in between.
PROGRAM = """
import asyncio, sys
import core.worker as worker
from core.documents.render.pool import RenderPool
from core.jobs import queue

slow = float(sys.argv[2])
render_docx = RenderPool.render_docx

async def slowly(self, paper):
    await asyncio.sleep(slow)
    return await render_docx(self, paper)

RenderPool.render_docx = slowly
options = queue.Options(valkey_url=sys.argv[1], lease=1.5, relay_interval=0.1, requeue_after=1.0)
asyncio.run(worker.run(asyncio.Event(), options))
"""


@asynccontextmanager
async def worker(
    valkey_url: str, slow: float, log: Path
) -> AsyncIterator[asyncio.subprocess.Process]:
    """Run a worker process; kill it at the end, whatever it does."""
    environment = {**os.environ, "STORAGE_URL": settings().storage_url}
    with log.open("ab") as out:
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-c", PROGRAM, valkey_url, str(slow),
            env=environment, stdout=out, stderr=out,
        )  # fmt: skip
    try:
        yield process
    finally:
        if process.returncode is None:
            process.send_signal(signal.SIGKILL)
        await process.wait()


async def test_the_paper_still_comes_once(superuser: asyncpg.Connection, tmp_path: Path) -> None:
    await superuser.execute("DELETE FROM outbox")
    valkey = Valkey(tmp_path, tmp_path)
    valkey.start()
    try:
        house, report_id = await submitted()
        asked = await ask(house, report_id)
        log = tmp_path / "worker.log"

        async def until(state: str, steps: int) -> None:
            end = time.monotonic() + 30
            while time.monotonic() < end:
                seen = await look(house, asked.id)
                if (seen.state, seen.done_steps) == (state, steps):
                    return
                await asyncio.sleep(0.1)
            raise AssertionError(f"not {state}: {log.read_text()[-2000:]}")

        async with worker(valkey.url, 60, log):
            await until("rendering", 1)
        assert await papers_kept(superuser, house) == 0
        async with worker(valkey.url, 0, log):
            await until("done", 2)
        assert await papers_kept(superuser, house) == 2
        done = await superuser.fetchval(
            "SELECT count(*) FROM outbox WHERE job = 'documents.render' AND done_at IS NOT NULL"
        )
        assert done == 1
    finally:
        valkey.stop()
