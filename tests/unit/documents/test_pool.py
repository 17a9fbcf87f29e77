"""The render processes: bounded, replaceable, and gone with their owner."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import tempfile
import textwrap
import time
from collections.abc import AsyncIterator
from pathlib import Path

import psutil
import pytest

from core.documents.render.docx import render_docx
from core.documents.render.errors import RenderingError, RenderingTimeoutError
from core.documents.render.pdf import render_pdf
from core.documents.render.pool import RenderPool
from tests.golden.papers.samples import report, table


@pytest.fixture
async def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


@pytest.fixture
async def pool(temporary: Path) -> AsyncIterator[RenderPool]:
    made = RenderPool(1, timeout=30)
    yield made
    await made.close()


async def test_papers_come_out_as_they_do_here(pool: RenderPool) -> None:
    assert await pool.render_pdf(report(1)) == render_pdf(report(1))
    assert await pool.render_docx(report(1)) == render_docx(report(1))


async def test_a_killed_process_is_replaced(pool: RenderPool) -> None:
    expected = await pool.render_pdf(report(1))
    first = pool.process_ids()
    os.kill(first[0], signal.SIGKILL)

    assert await pool.render_pdf(report(1)) == expected
    assert pool.process_ids() != first


async def test_a_process_killed_in_mid_render_is_replaced(pool: RenderPool) -> None:
    await pool.render_pdf(report(1))
    work = asyncio.create_task(pool.render_pdf(report(60)))
    await asyncio.sleep(0.2)
    os.kill(pool.process_ids()[0], signal.SIGKILL)

    assert (await work).startswith(b"%PDF")


async def test_a_paper_over_the_limit_is_stopped_and_the_next_comes(temporary: Path) -> None:
    pool = RenderPool(1, timeout=2)
    endless = report(1, body=(table(3000),))
    await pool.render_docx(report(1))
    first = pool.process_ids()[0]

    with pytest.raises(RenderingTimeoutError, match="quá 2 giây"):
        await pool.render_pdf(endless)

    await wait_until_gone(first)
    assert (await pool.render_docx(report(1))).startswith(b"PK")
    await pool.close()


async def test_memory_is_bounded(temporary: Path) -> None:
    narrow, wide = RenderPool(1, memory_mb=200), RenderPool(1, memory_mb=1500)

    with pytest.raises(RenderingError):
        await narrow.render_pdf(report(1))

    assert (await wide.render_pdf(report(1))).startswith(b"%PDF")
    await narrow.close()
    await wide.close()


async def test_papers_are_made_side_by_side_within_the_size(temporary: Path) -> None:
    pool = RenderPool(2)
    papers = await asyncio.gather(*(pool.render_pdf(report(count)) for count in (1, 2, 1, 2)))

    assert len(set(papers)) == 2
    assert len(pool.process_ids()) == 2
    await pool.close()


async def test_cancelling_frees_the_process(pool: RenderPool) -> None:
    await pool.render_pdf(report(1))
    first = pool.process_ids()[0]
    work = asyncio.create_task(pool.render_pdf(report(1, body=(table(3000),))))
    await asyncio.sleep(0.2)
    work.cancel()
    with pytest.raises(asyncio.CancelledError):
        await work

    await wait_until_gone(first)
    assert (await pool.render_pdf(report(1))).startswith(b"%PDF")


async def test_the_loop_stays_free_while_a_paper_is_made(pool: RenderPool) -> None:
    work = asyncio.create_task(pool.render_pdf(report(40)))
    slowest = 0.0
    while not work.done():
        before = time.perf_counter()
        await asyncio.sleep(0.01)
        slowest = max(slowest, time.perf_counter() - before)

    assert slowest < 0.5


async def test_closing_leaves_no_process_and_no_folder(temporary: Path) -> None:
    pool = RenderPool(1)
    await pool.render_pdf(report(1))
    process = pool.process_ids()[0]
    assert [path.name.startswith("thidua-render-") for path in temporary.iterdir()] == [True]
    await pool.close()

    await wait_until_gone(process)
    assert list(temporary.iterdir()) == []


async def test_render_processes_die_with_their_owner(tmp_path: Path) -> None:
    script = textwrap.dedent(
        """
        import asyncio, sys
        from core.documents.render.pool import RenderPool
        from tests.golden.papers.samples import report

        async def main() -> None:
            pool = RenderPool(1)
            await pool.render_docx(report(1))
            print(*pool.process_ids(), flush=True)
            await asyncio.sleep(60)

        if __name__ == "__main__":
            asyncio.run(main())
        """
    )
    path = tmp_path / "owner.py"
    path.write_text(script)
    environment = os.environ | {"PYTHONPATH": str(Path.cwd()), "TMPDIR": str(tmp_path)}
    with subprocess.Popen(
        [sys.executable, str(path)], stdout=subprocess.PIPE, text=True, env=environment
    ) as owner:
        assert owner.stdout is not None
        process = int(await asyncio.to_thread(owner.stdout.readline))
        assert psutil.pid_exists(process)
        owner.kill()

    await wait_until_gone(process)
    assert not list(tmp_path.glob("thidua-render-*"))


async def wait_until_gone(process: int) -> None:
    """Fail when a process is still there, and not a zombie, after five seconds."""
    for _ in range(100):
        if not psutil.pid_exists(process) or psutil.Process(process).status() == "zombie":
            return
        await asyncio.sleep(0.05)
    pytest.fail(f"process {process} is still alive")
