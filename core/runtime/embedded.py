"""Both embedded servers as one thing: started once, in one place, shared by address."""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path
from typing import IO

from core.runtime.postgres import DATABASE, SUPERUSER, Postgres
from core.runtime.process import MAX_SOCKET_DIRECTORY, EmbeddedServerError, Runner
from core.runtime.valkey import Valkey

__all__ = ["EmbeddedServerError", "EmbeddedServers", "Postgres", "Urls", "Valkey"]


#: The variables that name real servers.
SERVER_VARIABLES = ("DATABASE_URL", "DATABASE_APP_URL", "DATABASE_PLATFORM_URL", "VALKEY_URL")


@dataclass(frozen=True, slots=True)
class Urls:
    """Connection strings: one per database role, and the queue's.

    Attributes:
        superuser: of the embedded server only; empty for servers of somebody else.
    """

    owner: str
    app: str
    platform: str
    valkey: str
    superuser: str = ""

    @classmethod
    def from_environment(cls, env: Mapping[str, str]) -> Urls | None:
        """Return the servers that the environment names; None if it names none.

        Raises:
            EmbeddedServerError: if only some of the four variables are set.
        """
        names = SERVER_VARIABLES
        values = [env.get(name, "") for name in names]
        if not any(values):
            return None
        if missing := [name for name, value in zip(names, values, strict=True) if not value]:
            raise EmbeddedServerError(
                f"set {' and '.join(missing)} too: real servers need all of {', '.join(names)}"
            )
        return cls(*values)

    def environment(self) -> dict[str, str]:
        """Return the variables that tell these servers to a child process."""
        return {
            "DATABASE_URL": self.owner,
            "DATABASE_APP_URL": self.app,
            "DATABASE_PLATFORM_URL": self.platform,
            "VALKEY_URL": self.valkey,
        }


#: In the home of a running site: where its web server listens.
PORT_FILE = "port"


def default_home() -> Path:
    """Return the folder of all data: THIDUA_HOME, else `var` of the checkout or of here."""
    if value := os.environ.get("THIDUA_HOME"):
        return Path(value).absolute()
    checkout = Path(__file__).parents[2]
    return (checkout if (checkout / "pyproject.toml").exists() else Path.cwd()) / "var"


def roles_sql() -> Path:
    """Return the roles script of the checkout (embedded servers are for checkouts only)."""
    script = Path(__file__).parents[2] / "deploy" / "postgres" / "roles.sql"
    if not script.exists():
        raise EmbeddedServerError(
            "embedded servers run from a checkout; here set DATABASE_URL and the other addresses"
        )
    return script


class EmbeddedServers:
    """PostgreSQL and Valkey of one home folder. One process may run them at a time.

    The servers end with the thread that started them, so start them from the main thread.

    Args:
        home: folder of all data; `var` of the checkout by default.
        fast_unsafe: no fsync and no append-only file, for tests.
        port: also let PostgreSQL listen on this TCP port of 127.0.0.1.
    """

    def __init__(
        self, home: Path | None = None, *, fast_unsafe: bool = False, port: int | None = None
    ) -> None:
        self.home = (home or default_home()).absolute()
        self.fast_unsafe = fast_unsafe
        self.port = port
        self._lock: IO[str] | None = None
        self._temporary: list[Path] = []
        self.postgres: Postgres
        self.valkey: Valkey

    def start(self) -> Urls:
        """Start both servers; at the first start make the database and its roles.

        Raises:
            EmbeddedServerError: the data are in use, of another version, or a server fails.
        """
        self.home.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._take_lock()
        try:
            self._assemble()
            self.valkey.launch()
            self.postgres.launch()
            self.postgres.wait()
            self._create_database()
            self.valkey.wait()
        except BaseException:
            self.stop()
            raise
        urls = self.urls()
        _write_private(self.home / "servers.json", json.dumps(asdict(urls)))
        return urls

    def urls(self) -> Urls:
        """Return the addresses of the started servers."""
        dsn = self.postgres.dsn
        return Urls(
            owner=dsn("thidua_owner"),
            app=dsn("thidua_app"),
            platform=dsn("thidua_platform"),
            valkey=self.valkey.url,
            superuser=dsn(SUPERUSER),
        )

    def stop(self) -> None:
        """Stop both servers, remove the sockets, leave the data."""
        for name in ("valkey", "postgres"):
            if server := getattr(self, name, None):
                server.stop()
        while self._temporary:
            shutil.rmtree(self._temporary.pop(), ignore_errors=True)
        if self._lock:
            (self.home / "servers.json").unlink(missing_ok=True)
            self._lock.close()
            self._lock = None

    def revive(self) -> list[str]:
        """Start again what has died, at the same address; return the names of it."""
        revived = []
        for server in (self.postgres, self.valkey):
            if not server.server.alive():
                server.start()
                revived.append(server.server.name)
        return revived

    def _take_lock(self) -> None:
        lock = (self.home / "lock").open("a+")
        if not _locked(lock):
            lock.seek(0)
            pid = lock.read().strip() or "?"
            lock.close()
            raise EmbeddedServerError(
                f"the data in {self.home} are in use by process {pid} (another `thidua up`?)"
            )
        lock.truncate(0)
        lock.write(str(os.getpid()))
        lock.flush()
        self._lock = lock

    def _assemble(self) -> None:
        runner = Runner.unprivileged()
        base = self._reachable_base(runner)
        sockets = self._socket_directory(base)
        self.postgres = Postgres(
            base / "postgres",
            sockets,
            runner=runner,
            fast_unsafe=self.fast_unsafe,
            port=self.port,
        )
        self.valkey = Valkey(self.home / "valkey", sockets, fast_unsafe=self.fast_unsafe)

    def _reachable_base(self, runner: Runner) -> Path:
        """Return the home, or a folder elsewhere where `nobody` cannot reach the home."""
        if runner.uid is None:
            return self.home
        if runner.can_enter(self.home.parent):
            _let_through(self.home)
            return self.home
        if self.fast_unsafe:
            self._temporary.append(base := Path(tempfile.mkdtemp(prefix="thidua-")))
            _let_through(base)
            return base
        name = sha256(str(self.home).encode()).hexdigest()[:12]
        base = Path("/var/lib/thidua") / name
        base.mkdir(parents=True, exist_ok=True)
        _let_through(base.parent)
        _let_through(base)
        return base

    def _socket_directory(self, base: Path) -> Path:
        sockets = base / "run"
        if len(os.fsencode(sockets)) > MAX_SOCKET_DIRECTORY:
            self._temporary.append(sockets := Path(tempfile.mkdtemp(prefix="thidua-")))
        sockets.mkdir(mode=0o700, exist_ok=True)
        sockets.chmod(0o700)
        return sockets

    def _create_database(self) -> None:
        found = self.postgres.run_sql(
            sql=f"SELECT 1 FROM pg_database WHERE datname = '{DATABASE}'", database="postgres"
        )
        if not found:
            self.postgres.run_sql(sql=f"CREATE DATABASE {DATABASE}", database="postgres")
        script = roles_sql().read_bytes()
        stamp = self.postgres.data / "thidua-roles.sha256"
        digest = sha256(script).hexdigest()
        if found and stamp.exists() and stamp.read_text() == digest:
            return
        self.postgres.run_sql(file=roles_sql(), database=DATABASE)
        _write_private(stamp, digest)
        self.postgres.runner.own(self.postgres.data)


def running(home: Path) -> Urls | None:
    """Return the addresses of the servers that another process runs on this home, if any."""
    try:
        with (home / "lock").open("r") as lock:
            fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
            return None
    except FileNotFoundError:
        return None
    except BlockingIOError:
        return _announced(home / "servers.json")


@contextmanager
def servers(home: Path | None = None) -> Iterator[Urls]:
    """Give the servers to a command: those of the environment, the running ones, or new ones."""
    home = (home or default_home()).absolute()
    if urls := Urls.from_environment(os.environ) or running(home):
        yield urls
        return
    own = EmbeddedServers(home)
    try:
        yield own.start()
    finally:
        own.stop()


def _let_through(folder: Path) -> None:
    """Let other users pass through the folder, not list it; what lies in it stays 0700."""
    folder.chmod(folder.stat().st_mode & 0o7777 | 0o011)


def _locked(lock: IO[str]) -> bool:
    """Take the lock; another command may hold it for a moment while it looks."""
    for _ in range(20):
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            time.sleep(0.02)
        else:
            return True
    return False


def _announced(path: Path, timeout: float = 30) -> Urls:
    """Read the addresses that the running process announces, perhaps in a moment."""
    end = time.monotonic() + timeout
    while not path.exists():
        if time.monotonic() > end:
            raise EmbeddedServerError("another process is starting the servers and does not end")
        time.sleep(0.05)
    return Urls(**json.loads(path.read_text()))


def _write_private(path: Path, text: str) -> None:
    half = path.with_suffix(".new")
    half.unlink(missing_ok=True)
    descriptor = os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(text)
    half.rename(path)
