"""`thidua up`: servers, migrations, demo, web and worker from one command; Ctrl-C ends all."""

from __future__ import annotations

import json
import os
import signal
import socket
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event
from types import FrameType

from core.runtime import native
from core.runtime.children import Child, StoppedError, wait_for_page
from core.runtime.embedded import PORT_FILE, EmbeddedServers, Urls, default_home
from core.runtime.process import EmbeddedServerError
from core.runtime.progress import Progress, accounts_text
from core.runtime.steps import migrations_digest, run_step

PACKAGES = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True)
class Commands:
    """The commands of the start, as words; tests put others in their place."""

    migrate: Sequence[str] = (sys.executable, "-m", "core.migrate")
    demo: Sequence[str] = (sys.executable, "-m", "core.cli", "demo", "create", "--once")
    accounts: Sequence[str] = (sys.executable, "-m", "core.cli", "demo", "accounts", "--json")
    web: Sequence[str] = (
        *(sys.executable, "-m", "uvicorn", "core.app:create_app", "--factory"),
        *("--host", "127.0.0.1", "--loop", "uvloop", "--http", "httptools"),
        *("--no-access-log", "--no-server-header", "--timeout-graceful-shutdown", "10"),
    )
    worker: Sequence[str] = (sys.executable, "-m", "core.worker")


@dataclass(slots=True)
class Supervisor:
    """Everything that one `thidua up` runs.

    Attributes:
        home: folder of all data.
        port: where the web server listens, on 127.0.0.1.
        stop: set by Ctrl-C, SIGTERM or a closed terminal.
    """

    home: Path
    port: int
    commands: Commands = field(default_factory=Commands)
    progress: Progress = field(default_factory=Progress)
    stop: Event = field(default_factory=Event)
    servers: EmbeddedServers | None = None
    children: list[Child] = field(default_factory=list)

    def run(self) -> int:
        """Start everything, watch it until the stop, end everything; return the exit code."""
        try:
            self._start()
            self._watch()
        except StoppedError:
            pass
        except EmbeddedServerError as error:
            self.progress.warn(str(error))
            return 1
        finally:
            self._end()
        return 0

    def _start(self) -> None:
        self._refuse_taken_port()
        self.home.mkdir(mode=0o700, parents=True, exist_ok=True)
        urls = self._start_servers()
        (self.home / PORT_FILE).write_text(str(self.port))
        env = self._environment(urls)
        self._prepare(env)
        logs = self.home / "log"
        logs.mkdir(exist_ok=True)
        web = [*self.commands.web, "--port", str(self.port)]
        self.children = [
            Child("web", web, env, logs / "web.log"),
            Child("worker", self.commands.worker, env, logs / "worker.log"),
        ]
        first, *rest = self.children
        with self.progress.step("Web server"):
            first.start()
            wait_for_page(first, self.port, self.stop)
        for child in rest:
            child.start()
        self.progress.say(f"First page after {self.progress.elapsed:.1f} s.")
        self._show_addresses(env)

    def _start_servers(self) -> Urls:
        if urls := Urls.from_environment(os.environ):
            self.progress.say("• Using the servers that DATABASE_URL and VALKEY_URL name")
            return urls
        with self.progress.step(f"PostgreSQL and Valkey, data in {self.home}"):
            self.servers = EmbeddedServers(self.home)
            urls = self.servers.start()
            if self.home not in self.servers.postgres.root.parents:
                self._show(f"PostgreSQL's data lie in {self.servers.postgres.root}")
            return urls

    def _environment(self, urls: Urls) -> dict[str, str]:
        env = {
            **os.environ,
            **urls.environment(),
            "THIDUA_HOME": str(self.home),
            "THIDUA_PORT": str(self.port),
            "PYTHONUNBUFFERED": "1",
            "PYTHONPATH": os.pathsep.join(
                [str(PACKAGES), *filter(None, [os.environ.get("PYTHONPATH")])]
            ),
        }
        if self.servers:
            env.setdefault("THIDUA_DEMO", "1")
        return env

    def _prepare(self, env: Mapping[str, str]) -> None:
        """Migrate and make the demo, unless this database has seen exactly these migrations."""
        roots = [PACKAGES / name for name in ("core", "tenants", "admin", "plugins")]
        digest = migrations_digest(roots)
        stamp = self.servers.postgres.data / "thidua-ready.sha256" if self.servers else None
        if stamp and stamp.exists() and stamp.read_text() == digest:
            return
        with self.progress.step("Database migrations"):
            run_step(self.commands.migrate, env, self.stop, lambda _line: None)
        if env.get("THIDUA_DEMO") == "1":
            with self.progress.step("Demo departments (once)"):
                run_step(self.commands.demo, env, self.stop, self._show)
        if stamp:
            stamp.write_text(digest)

    def _show(self, line: str) -> None:
        self.progress.say(f"    {line}")

    def _show_addresses(self, env: Mapping[str, str]) -> None:
        say = self.progress.say
        if env.get("THIDUA_DEMO") == "1":
            listing = run_step(self.commands.accounts, env, self.stop, lambda _line: None)
            say("\nDemo accounts (the TOTP secret goes into any authenticator app)\n")
            say(accounts_text(json.loads(listing), self.port))
        if missing := native.missing_libraries():
            self.progress.warn(native.advice(missing))
        say(f"\nLogs: {self.home / 'log'}")
        say("Ctrl-C stops everything; the data stay.")

    def _watch(self) -> None:
        while not self.stop.wait(0.25):
            for child in self.children:
                if line := child.watch(time.monotonic()):
                    self.progress.warn(line)
            for name in self._revived():
                self.progress.warn(f"{name} had ended and was started again")

    def _revived(self) -> list[str]:
        if self.servers is None:
            return []
        try:
            return self.servers.revive()
        except EmbeddedServerError as error:
            self.progress.warn(str(error))
            self.stop.wait(2)
            return []

    def _end(self) -> None:
        if not self.children and self.servers is None:
            return
        self.progress.say("\nStopping …")
        for child in self.children:
            child.stop()
        if self.servers:
            self.servers.stop()
        self.progress.say("Stopped. The data stay in " + str(self.home))

    def _refuse_taken_port(self) -> None:
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", self.port))
            except OSError:
                raise EmbeddedServerError(
                    f"port {self.port} is taken; choose another: THIDUA_PORT={self.port + 80} …"
                ) from None


def up() -> int:
    """Run the whole application until Ctrl-C; return the exit code of the command."""
    os.umask(0o077)  # reports, evidence and logs are for this user only
    supervisor = Supervisor(default_home(), int(os.environ.get("THIDUA_PORT", "8000")))

    def on_signal(_number: int, _frame: FrameType | None) -> None:
        supervisor.stop.set()

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, on_signal)
    return supervisor.run()
