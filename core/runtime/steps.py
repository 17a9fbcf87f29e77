"""One-off commands of the start (migrate, demo): run in a process, their lines shown."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Callable, Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from threading import Event, Thread

from core.runtime.children import StoppedError
from core.runtime.process import EmbeddedServerError


def run_step(
    command: Sequence[str], env: Mapping[str, str], stop: Event, show: Callable[[str], None]
) -> str:
    """Run a command to its end, show its lines meanwhile, and return them.

    Raises:
        EmbeddedServerError: it failed; the text carries its last lines.
        StoppedError: `stop` was set; the command was ended.
    """
    process = subprocess.Popen(  # noqa: S603 -- words of our own
        list(command),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env=dict(env),
        start_new_session=True,
    )
    lines: list[str] = []

    def read() -> None:
        assert process.stdout is not None  # noqa: S101 -- a pipe was asked for
        with process.stdout as pipe:
            for line in pipe:
                lines.append(line)
                show(line.rstrip("\n"))

    reader = Thread(target=read, daemon=True)
    reader.start()
    while process.poll() is None and not stop.wait(0.03):
        pass
    if process.poll() is None:
        _end(process)
    reader.join(5)
    if stop.is_set():
        raise StoppedError
    if process.returncode != 0:
        raise EmbeddedServerError(f"{' '.join(command[1:4])} failed:\n{''.join(lines[-30:])}")
    return "".join(lines)


def _end(process: subprocess.Popen[str]) -> None:
    """End the command and what it has started."""
    os.killpg(process.pid, signal.SIGTERM)
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait(10)


def migrations_digest(roots: Sequence[Path]) -> str:
    """Return a hash of all migration files below the roots (names and contents)."""
    digest = sha256()
    for root in roots:
        for path in sorted(root.glob("**/piccolo_migrations/*.py")):
            digest.update(str(path.relative_to(root.parent)).encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()
