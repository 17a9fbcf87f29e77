"""The parent's side of the helper process: a call that always ends, in an answer or an error."""

import os
import selectors
import subprocess
import sys
import threading
import time
from types import TracebackType
from typing import Self

import msgspec

from core.plugin.contract import decode_result, encode
from core.plugin.errors import PluginError
from core.plugin.helper import Reply, Request
from core.plugin.manager import LoadedPlugin

START_SECONDS = 20.0
CONTENT_SECONDS = 8.0
JUDGING_SECONDS = 2.0
_PASSED_ON = ("PATH", "LANG", "LC_ALL", "TZ", "SYSTEMROOT")


class HookProcess:
    """Helper process of one plugin; started at the first call, started anew after a kill.

    One call at a time (a lock holds the others back). Blocking: call it from a thread in
    asynchronous code.
    """

    def __init__(self, plugin: LoadedPlugin) -> None:
        self.plugin = plugin
        self._process: subprocess.Popen[bytes] | None = None
        self._lock = threading.Lock()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def call(self, hook: str, argument: object, *, seconds: float) -> object:
        """Call one hook; raises PluginError when it raises, hangs, dies or answers junk."""
        with self._lock:
            request = Request(hook=hook, argument=msgspec.Raw(encode(argument)))
            process = self._process or self._start(hook)
            reply = self._exchange(process, hook, msgspec.json.encode(request) + b"\n", seconds)
        if reply.error is not None:
            raise self._error(hook, reply.error)
        try:
            return decode_result(hook, bytes(reply.answer))
        except msgspec.MsgspecError as error:
            raise self._error(hook, f"junk answer: {error}") from error

    def close(self) -> None:
        """Kill the process, if there is one, and free its pipes."""
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                pipe.close()

    def _start(self, hook: str) -> subprocess.Popen[bytes]:
        environment = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
        environment["PYTHONPATH"] = os.pathsep.join(path for path in sys.path if path)
        plugin = self.plugin
        self._process = subprocess.Popen(  # noqa: S603 - our own interpreter and module
            [sys.executable, "-m", "core.plugin.helper", *plugin[:3]],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=environment,
            start_new_session=True,
            bufsize=0,
        )
        reply = self._exchange(self._process, hook, b"", START_SECONDS)
        if reply.error is not None:
            self.close()
            raise self._error(hook, reply.error)
        return self._process

    def _exchange(
        self, process: subprocess.Popen[bytes], hook: str, line: bytes, seconds: float
    ) -> Reply:
        try:
            if line and process.stdin:
                process.stdin.write(line)
            return msgspec.json.decode(_read_line(process, seconds), type=Reply)
        except (TimeoutError, OSError, EOFError, msgspec.MsgspecError) as error:
            self.close()
            raise self._error(hook, f"{type(error).__name__}: {error}") from error

    def _error(self, hook: str, reason: str) -> PluginError:
        return PluginError(self.plugin.slug, self.plugin.version, hook, reason)


def _read_line(process: subprocess.Popen[bytes], seconds: float) -> bytes:
    if process.stdout is None:
        raise EOFError("the helper process has no output")
    deadline = time.monotonic() + seconds
    received = bytearray()
    with selectors.DefaultSelector() as selector:
        selector.register(process.stdout, selectors.EVENT_READ)
        while not received.endswith(b"\n"):
            left = deadline - time.monotonic()
            if left <= 0 or not selector.select(left):
                raise TimeoutError(f"no answer within {seconds:g} s")
            chunk = os.read(process.stdout.fileno(), 1 << 16)
            if not chunk:
                raise EOFError("the helper process ended")
            received += chunk
    return bytes(received)
