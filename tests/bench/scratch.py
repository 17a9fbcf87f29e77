"""Servers of the bench alone: an empty database, migrated, with the environment set to it."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from core.runtime.children import page_status
from core.runtime.embedded import EmbeddedServers

ROOT = Path(__file__).parents[2]
UVICORN = (
    *("--factory", "--host", "127.0.0.1", "--loop", "uvloop", "--http", "httptools"),
    *("--no-access-log", "--no-server-header", "--log-level", "warning"),
)


@contextmanager
def scratch_servers() -> Iterator[tuple[EmbeddedServers, dict[str, str]]]:
    """Start PostgreSQL and Valkey on an empty folder; give them and the environment."""
    with tempfile.TemporaryDirectory(prefix="th-bench-") as folder:
        home = Path(folder) / "home"
        servers = EmbeddedServers(home)
        try:
            urls = servers.start()
            env = {
                name: value
                for name, value in os.environ.items()
                if not name.startswith(("THIDUA_", "DATABASE_", "VALKEY_", "STORAGE_"))
            }
            env |= urls.environment()
            env |= {"THIDUA_HOME": str(home), "PICCOLO_CONF": "core.piccolo_conf"}
            env |= {"THIDUA_TEST_SUPERUSER": urls.superuser, "PYTHONPATH": str(ROOT)}
            subprocess.run(
                [sys.executable, "-m", "core.migrate"], env=env, check=True, capture_output=True
            )
            yield servers, env
        finally:
            servers.stop()


def free_port() -> int:
    """Return a port that is free now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def run_module(module: str, env: dict[str, str], *arguments: str) -> str:
    """Run one of the bench's modules to its end and return what it printed."""
    done = subprocess.run(
        [sys.executable, "-m", module, *arguments], env=env, stdout=subprocess.PIPE, check=True
    )
    return done.stdout.decode()


@contextmanager
def process(
    words: tuple[str, ...], env: dict[str, str], log: Path
) -> Iterator[subprocess.Popen[bytes]]:
    """Run a process while the block lasts."""
    with log.open("ab") as out:
        started = subprocess.Popen(words, env=env, stdout=out, stderr=out, start_new_session=True)
    try:
        yield started
    finally:
        started.terminate()
        try:
            started.wait(20)
        except subprocess.TimeoutExpired:
            started.kill()
            started.wait()


@contextmanager
def web(
    application: str, env: dict[str, str], log: Path, port: int
) -> Iterator[subprocess.Popen[bytes]]:
    """Run one uvicorn worker and wait for its first page."""
    words = (sys.executable, "-m", "uvicorn", application, *UVICORN, "--port", str(port))
    with process(words, env, log) as started:
        end = time.monotonic() + 60
        while not 200 <= page_status(port) < 500:
            if started.poll() is not None or time.monotonic() > end:
                raise RuntimeError(log.read_text()[-3000:])
            time.sleep(0.05)
        yield started
