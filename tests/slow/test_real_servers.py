"""The same program on servers of somebody else: Debian's PostgreSQL and Redis, with passwords."""

import os
import re
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import quote

import pytest

from core.runtime.process import Runner, ServerProcess

pytestmark = pytest.mark.slow
ROOT = Path(__file__).parents[2]
PROGRAMS = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"))
REDIS = next(filter(None, map(shutil.which, ("redis-server", "valkey-server"))), None)
ENV = {"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "TZ": "UTC", "HOME": "/"}
needs_servers = pytest.mark.skipif(
    not PROGRAMS or REDIS is None,
    reason="needs real servers: apt-get install postgresql-15 redis-server",
)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class RealServers:
    """PostgreSQL of a Debian package and Redis, over TCP, every role with a password."""

    def __init__(self, programs: Path, folder: Path) -> None:
        self.programs = programs
        self.folder = folder
        self.runner = Runner.unprivileged()
        self.ports = free_port(), free_port()
        self.passwords = {
            name: secrets.token_hex(8)
            for name in ("superuser", "owner", "app", "platform", "queue")
        }
        self.postgres = ServerProcess("PostgreSQL", folder / "postgres.log", self.runner, "INT")
        self.redis = ServerProcess("Redis", folder / "redis.log")

    def start(self) -> None:
        folder, port = self.folder, self.ports[0]
        (folder / "pw").write_text(self.passwords["superuser"])
        folder.chmod(0o711)
        data = folder / "data"
        (folder / "cluster").mkdir()
        self.runner.own(folder / "cluster")
        data = folder / "cluster" / "data"
        (folder / "pw").chmod(0o644)
        self.runner.run(
            [self.programs / "initdb", "-D", data, "-U", "postgres", "-E", "UTF8", "--no-sync",
             "--locale=C.UTF-8", "-A", "scram-sha-256", f"--pwfile={folder / 'pw'}"],
            ENV,
        )  # fmt: skip
        self.postgres.spawn(
            [self.programs / "postgres", "-D", data, "-p", str(port), "-h", "127.0.0.1",
             "-k", folder / "cluster", "-c", "fsync=off"],
            ENV,
        )  # fmt: skip
        assert REDIS is not None
        self.redis.spawn(
            [REDIS, "--port", str(self.ports[1]), "--bind", "127.0.0.1", "--save", "",
             "--requirepass", self.passwords["queue"], "--dir", folder],
            ENV,
        )  # fmt: skip
        self.postgres.wait_until(lambda: self.psql("postgres", "SELECT 1") == "1", 30)

    def stop(self) -> None:
        self.redis.stop(signal.SIGTERM, signal.SIGKILL, 10)
        self.postgres.stop(signal.SIGINT, signal.SIGQUIT, 20)

    def superuser_env(self) -> dict[str, str]:
        return {
            **ENV, "PGHOST": "127.0.0.1", "PGPORT": str(self.ports[0]), "PGUSER": "postgres",
            "PGPASSWORD": self.passwords["superuser"],
            "PATH": f"{self.programs}:{ENV['PATH']}",
        }  # fmt: skip

    def psql(self, database: str, sql: str) -> str:
        done = subprocess.run(
            [str(self.programs / "psql"), "-XqAt", "-d", database, "-c", sql],
            capture_output=True,
            text=True,
            check=False,
            env=self.superuser_env(),
        )
        return done.stdout.strip()

    def url(self, role: str) -> str:
        word = quote(self.passwords[role])
        return f"postgresql://thidua_{role}:{word}@127.0.0.1:{self.ports[0]}/thidua"

    def environment(self) -> dict[str, str]:
        return {
            "DATABASE_URL": self.url("owner"),
            "DATABASE_APP_URL": self.url("app"),
            "DATABASE_PLATFORM_URL": self.url("platform"),
            "VALKEY_URL": f"redis://:{self.passwords['queue']}@127.0.0.1:{self.ports[1]}/0",
        }

    def prepare(self) -> None:
        """Do what deploy/README.md says, with the files of deploy/."""
        env = self.superuser_env()
        run = [str(self.programs / "createdb"), "--template", "template0", "--encoding", "UTF8"]
        subprocess.run([*run, "--locale", "C.UTF-8", "thidua"], check=True, env=env)
        roles = ROOT / "deploy" / "postgres" / "roles.sql"
        for _ in range(2):  # it may be run again
            subprocess.run(
                [str(self.programs / "psql"), "-Xq", "-v", "ON_ERROR_STOP=1", "-d", "thidua",
                 "-f", str(roles)],
                check=True, env=env, capture_output=True,
            )  # fmt: skip
        words = {f"{name.upper()}_PASSWORD": self.passwords[name] for name in
                 ("owner", "app", "platform")}  # fmt: skip
        subprocess.run(
            ["sh", str(ROOT / "deploy" / "postgres" / "passwords.sh")],
            check=True,
            env={**env, **words},
            capture_output=True,
        )


@pytest.fixture(params=PROGRAMS, ids=lambda path: f"postgresql-{path.parents[1].name}")
def real(request: pytest.FixtureRequest) -> Iterator[RealServers]:
    folder = Path(tempfile.mkdtemp(prefix="th-"))
    servers = RealServers(request.param.parent, folder)
    try:
        servers.start()
        servers.prepare()
        yield servers
    finally:
        servers.stop()
        shutil.rmtree(folder)


def page(port: int, host: str, path: str = "/") -> tuple[int, str]:
    connection = HTTPConnection("127.0.0.1", port, timeout=20)
    try:
        connection.request("GET", path, headers={"Host": f"{host}:{port}"})
        answer = connection.getresponse()
        return answer.status, answer.read().decode()
    finally:
        connection.close()


@needs_servers
def test_the_whole_program_runs_on_real_servers(real: RealServers, tmp_path: Path) -> None:
    port = free_port()
    others = {name: value for name, value in os.environ.items() if not name.startswith("THIDUA_")}
    env = {
        **others, **real.environment(), "THIDUA_PORT": str(port), "THIDUA_HOME": str(tmp_path),
        "STORAGE_URL": f"file://{tmp_path / 'files'}", "THIDUA_DEMO": "1",
    }  # fmt: skip
    log = tmp_path / "up.log"
    with (
        log.open("wb") as out,
        subprocess.Popen(
            [sys.executable, "-m", "core.cli", "up"], cwd=ROOT, env=env, stdout=out, stderr=out
        ) as process,
    ):
        try:
            end = time.monotonic() + 300
            while "Ctrl-C stops everything" not in log.read_text():
                assert process.poll() is None, log.read_text()
                assert time.monotonic() < end, log.read_text()
                time.sleep(0.2)
            hosts = set(re.findall(r"http://(\S+\.localhost):", log.read_text()))
            assert len(hosts) == 5
            for host in hosts:
                status, text = page(port, host, "/dang-nhap")
                assert (status, "<form" in text) == (200, True), host
            assert page(port, "khong-co.localhost")[0] == 404
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(60)
    assert process.returncode == 0
    assert "Using the servers that DATABASE_URL" in log.read_text()
    users = real.psql(
        "thidua", "SELECT count(*) FROM pg_stat_activity WHERE usename LIKE 'thidua%'"
    )
    assert users == "0"
    assert real.psql("thidua", "SELECT count(*) > 0 FROM pg_policies") == "t"
