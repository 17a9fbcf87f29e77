"""`thidua up` under bad treatment: real embedded servers, small programs as web and worker."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from core.runtime.children import page_status

pytestmark = pytest.mark.chaos
ROOT = Path(__file__).parents[2]
UP = """
import os, sys
from pathlib import Path
from core.runtime import supervisor
folder = Path(sys.argv[1])
def note(word): return ("sh", "-c", f"echo {word} $$ >> {folder}/trace")
commands = supervisor.Commands(
    migrate=note("migrate"), demo=note("demo"), accounts=("echo", "[]"),
    web=(sys.executable, "-c", "import sys, os; "
         f"open({str(folder / 'trace')!r}, 'a').write('web %d\\\\n' % os.getpid()); "
         "from http.server import *; HTTPServer(('127.0.0.1', int(sys.argv[-1])), "
         "SimpleHTTPRequestHandler).serve_forever()"),
    worker=("sh", "-c", f"echo worker $$ >> {folder}/trace; exec sleep 600"),
)
original = supervisor.Supervisor
supervisor.Supervisor = lambda home, port: original(home, port, commands=commands)
sys.exit(supervisor.up())
"""


class Running:
    """One `thidua up` in a process of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = int(probe.getsockname()[1])
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        env = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("THIDUA_", "DATABASE_", "VALKEY_"))
        }
        env |= {"THIDUA_HOME": str(self.folder / "home"), "THIDUA_PORT": str(self.port)}
        with (self.folder / "out").open("wb") as out:
            self.process = subprocess.Popen(
                [sys.executable, "-c", UP, str(self.folder)],
                cwd=ROOT,
                env=env,
                stdout=out,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        self.until(lambda: "Ctrl-C stops everything" in self.text())

    def text(self) -> str:
        return (self.folder / "out").read_text()

    def trace(self) -> list[tuple[str, int]]:
        lines = (self.folder / "trace").read_text().splitlines()
        return [(line.split()[0], int(line.split()[1])) for line in lines]

    def servers(self) -> list[int]:
        """The process ids of all that runs on this folder."""
        found = []
        for process in Path("/proc").glob("[0-9]*"):
            try:
                known = (process / "cmdline").read_bytes() + (process / "environ").read_bytes()
            except OSError:
                continue
            if str(self.folder).encode() in known:
                found.append(int(process.name))
        return found

    def until(self, true: Callable[[], bool], seconds: float = 30) -> None:
        end = time.monotonic() + seconds
        while not true():
            assert time.monotonic() < end, self.text()
            time.sleep(0.02)

    def end(self, number: signal.Signals) -> int:
        assert self.process is not None
        self.process.send_signal(number)
        return self.process.wait(30)


@pytest.fixture
def running() -> Iterator[Running]:
    folder = Path(tempfile.mkdtemp(prefix="th-"))
    folder.chmod(0o711)  # where PostgreSQL runs as nobody, it must get through
    up = Running(folder)
    up.start()
    yield up
    if up.process and up.process.poll() is None:
        up.process.kill()
        up.process.wait(10)
    up.until(lambda: not up.servers())
    shutil.rmtree(folder)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_every_way_to_stop_leaves_nothing_running(running: Running, number: signal.Signals) -> None:
    assert page_status(running.port) == 200
    assert len(running.servers()) > 4  # up, web, worker, PostgreSQL, Valkey
    assert running.end(number) == 0
    assert running.servers() == []
    assert page_status(running.port) == 0


def test_second_start_skips_what_is_done(running: Running) -> None:
    running.end(signal.SIGINT)
    began = time.monotonic()
    running.start()
    assert page_status(running.port) == 200
    assert "Database migrations" not in running.text()
    assert time.monotonic() - began < 4
    words = [word for word, _ in running.trace()]
    assert words == ["migrate", "demo", "web", "worker", "web", "worker"]


def test_logs_and_data_are_for_this_user_only(running: Running) -> None:
    home = running.folder / "home"
    assert (home / "log" / "web.log").stat().st_mode & 0o077 == 0
    assert (home / "servers.json").stat().st_mode & 0o077 == 0
    assert all((home / name).stat().st_mode & 0o077 == 0 for name in ("postgres", "valkey", "run"))


def test_killed_supervisor_takes_everything_with_it(running: Running) -> None:
    assert running.end(signal.SIGKILL) == -signal.SIGKILL
    running.until(lambda: not running.servers())


@pytest.mark.parametrize("name", ["web", "worker"])
def test_killed_child_is_started_again(running: Running, name: str) -> None:
    first = dict(running.trace())[name]
    os.kill(first, signal.SIGKILL)
    running.until(lambda: dict(running.trace())[name] != first)
    running.until(lambda: page_status(running.port) == 200)
    assert f"{name} has ended" in running.text()


def test_killed_servers_are_started_again(running: Running) -> None:
    pid_file = next((running.folder / "home").glob("postgres/data-*/postmaster.pid"))
    os.kill(int(pid_file.read_text().splitlines()[0]), signal.SIGKILL)
    running.until(lambda: "PostgreSQL had ended and was started again" in running.text())
    assert page_status(running.port) == 200
