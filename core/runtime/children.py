"""The web server and the worker as child processes: started, watched, restarted, stopped."""

from __future__ import annotations

import signal
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from threading import Event

from core.runtime.process import EmbeddedServerError, ServerProcess

FIRST_PAUSE = 0.5
LONGEST_PAUSE = 30.0
CALM = 60.0


class StoppedError(Exception):
    """Ctrl-C came while something was being waited for."""


@dataclass(slots=True)
class Child:
    """One child process that is started again when it ends by itself.

    Attributes:
        pause: seconds before the next start; doubles up to half a minute, and falls back
            to the shortest after a calm minute.
    """

    name: str
    command: Sequence[str | Path]
    env: Mapping[str, str]
    log: Path
    pause: float = FIRST_PAUSE
    restarts: int = 0
    began: float = 0.0
    due: float | None = None
    process: ServerProcess = field(init=False)

    def __post_init__(self) -> None:
        self.process = ServerProcess(self.name, self.log)

    def start(self) -> None:
        """Start the process."""
        self.began = time.monotonic()
        self.due = None
        self.process.spawn(self.command, self.env)

    def alive(self) -> bool:
        """Whether the process runs."""
        return self.process.alive()

    def watch(self, now: float) -> str | None:
        """Look after the process; return a line to show if something happened.

        Args:
            now: the monotonic time.
        """
        if self.alive():
            return None
        if self.due is None:
            if now - self.began > CALM:
                self.pause = FIRST_PAUSE
            self.due = now + self.pause
            self.pause = min(self.pause * 2, LONGEST_PAUSE)
            return f"{self.name} has ended; it is started again (see {self.log})"
        if now >= self.due:
            self.restarts += 1
            self.start()
        return None

    def stop(self) -> None:
        """Let the process finish what it does, at most 20 s."""
        self.process.stop(signal.SIGTERM, signal.SIGKILL, 20)


def wait_for_page(child: Child, port: int, stop: Event, timeout: float = 60) -> None:
    """Wait until the web server answers a request with anything but a server error.

    Raises:
        EmbeddedServerError: it has ended, or does not answer in time.
        StoppedError: `stop` was set meanwhile.
    """
    end = time.monotonic() + timeout
    while time.monotonic() < end:
        if stop.is_set():
            raise StoppedError
        if not child.alive():
            raise EmbeddedServerError(f"{child.name} ended:\n{child.process.words()[-3000:]}")
        if page_status(port) in range(100, 500):
            return
        stop.wait(0.05)
    raise EmbeddedServerError(f"{child.name} does not answer after {timeout:.0f} s: {child.log}")


def page_status(port: int, path: str = "/", host: str = "localhost") -> int:
    """Return the status that the web server gives; 0 if nobody answers."""
    connection = HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request("GET", path, headers={"Host": f"{host}:{port}"})
        return connection.getresponse().status
    except (OSError, HTTPException):
        return 0
    finally:
        connection.close()
