"""Render processes: papers are CPU work and never run on the event loop.

Every process stands alone, so that one which hangs can be killed without hurting the others.
"""

import asyncio
import contextlib
import multiprocessing
import os
import shutil
import signal
import tempfile
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import partial
from typing import TypeVar

import msgspec

from core.documents.render import certificate_model as certificates
from core.documents.render import worker
from core.documents.render.certificate_model import Printed
from core.documents.render.errors import RenderingError, RenderingTimeoutError
from core.documents.render.model import Paper
from core.errors import ThiduaError

_ATTEMPTS = 2
Made = TypeVar("Made")


class RenderPool:
    """Up to `size` render processes, started when first needed and replaced when they die.

    `timeout` is in seconds per paper; a process that takes longer is killed. `memory_mb` limits
    the address space of each process.
    """

    def __init__(self, size: int = 2, *, timeout: float = 120, memory_mb: int = 1500) -> None:
        self._timeout = timeout
        self._slots: asyncio.LifoQueue[_Slot] = asyncio.LifoQueue()
        self._all = [_Slot(memory_mb) for _ in range(size)]
        for slot in self._all:
            self._slots.put_nowait(slot)

    async def render_pdf(self, paper: Paper) -> bytes:
        """The paper as PDF/A-2b.

        Raises RenderingTimeoutError, RenderingUnavailableError or RenderingError.
        """
        return await self._run(worker.pdf, paper)

    async def render_docx(self, paper: Paper) -> bytes:
        """The paper as Word; raises as `render_pdf` does."""
        return await self._run(worker.docx, paper)

    async def print_certificates(self, job: certificates.Job, *, one_file: bool) -> Printed:
        """Certificates as PDF, in one file or each in its own; raises as `render_pdf` does."""
        payload = msgspec.json.encode(job)
        return await self._in_slot(partial(worker.certificates, payload, one_file=one_file))

    def process_ids(self) -> tuple[int, ...]:
        """The processes that run now, for health checks."""
        return tuple(slot.process_id for slot in self._all if slot.process_id)

    async def close(self) -> None:
        """Stop all processes at once and remove their temporary folders."""
        for slot in self._all:
            slot.kill()

    async def _run(self, work: Callable[[bytes], bytes], paper: Paper) -> bytes:
        return await self._in_slot(partial(work, msgspec.json.encode(paper)))

    async def _in_slot(self, work: Callable[[], Made]) -> Made:
        slot = await self._slots.get()
        try:
            return await self._attempt(slot, work)
        finally:
            self._slots.put_nowait(slot)

    async def _attempt(self, slot: "_Slot", work: Callable[[], Made]) -> Made:
        for _ in range(_ATTEMPTS):
            try:
                await slot.start()
                async with asyncio.timeout(self._timeout):
                    return await slot.run(work)
            except TimeoutError as error:
                slot.kill()
                message = f"Tạo văn bản quá {self._timeout:g} giây nên đã dừng"
                raise RenderingTimeoutError(message) from error
            except BrokenProcessPool:
                slot.kill()
            except ThiduaError:
                raise
            except BaseException as error:
                slot.kill()
                if not isinstance(error, Exception):
                    raise
                message = f"Không dàn trang được văn bản ({type(error).__name__})"
                raise RenderingError(message) from error
        message = "Tiến trình tạo văn bản bị dừng đột ngột, đề nghị thử lại"
        raise RenderingError(message)


class _Slot:
    """One process with its own executor and temporary folder."""

    def __init__(self, memory_mb: int) -> None:
        self._memory_mb = memory_mb
        self._executor: ProcessPoolExecutor | None = None
        self._folder = ""
        self.process_id = 0

    async def run(self, work: Callable[[], Made]) -> Made:
        """What the work returns or raises; BrokenProcessPool when the process dies."""
        if self._executor is None:
            raise BrokenProcessPool
        return await asyncio.wrap_future(self._executor.submit(work))

    async def start(self) -> None:
        """Make sure that there is a process."""
        if self._executor is not None:
            return
        self._folder = tempfile.mkdtemp(prefix="thidua-render-")
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload([worker.__name__, "core.documents.render.engine"])
        self._executor = ProcessPoolExecutor(
            1, context, worker.start, (self._folder, self._memory_mb)
        )
        # Submitting starts the fork server, which blocks for half a second: not on the loop.
        first = await asyncio.to_thread(self._executor.submit, worker.process_id)
        self.process_id = await asyncio.wrap_future(first)

    def kill(self) -> None:
        """Stop the process whatever it does; the next paper starts another."""
        if self._executor is None:
            return
        if self.process_id:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.process_id, signal.SIGKILL)
        self._executor.shutdown(wait=False, cancel_futures=True)
        shutil.rmtree(self._folder, ignore_errors=True)
        self._executor, self.process_id = None, 0
