"""The embedded servers under bad treatment: killed, orphaned, in use, unreachable."""

import asyncio
import json
import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import asyncpg
import pytest
import redis

from core.runtime import embedded
from core.runtime.embedded import EmbeddedServers, Urls, running, servers
from core.runtime.process import EmbeddedServerError, Runner

pytestmark = pytest.mark.chaos
only_root = pytest.mark.skipif(os.geteuid() != 0, reason="becomes another user: needs root")


@pytest.fixture
def home() -> Iterator[Path]:
    """A short folder, so that the sockets lie in it; not this test run's own servers."""
    folder = Path(tempfile.mkdtemp(prefix="th-"))
    folder.chmod(0o711)  # where PostgreSQL runs as nobody, it must get through
    yield folder / "home"
    shutil.rmtree(folder)


@pytest.fixture
def pair(home: Path) -> Iterator[EmbeddedServers]:
    both = EmbeddedServers(home)
    both.start()
    yield both
    both.stop()


def ask(dsn: str, sql: str) -> object:
    async def query() -> object:
        connection = await asyncpg.connect(dsn)
        try:
            return await connection.fetchval(sql)
        finally:
            await connection.close()

    return asyncio.run(query())


def refused(dsn: str, sql: str) -> bool:
    try:
        ask(dsn, sql)
    except asyncpg.InsufficientPrivilegeError:
        return True
    return False


def gone(pid: int, seconds: float = 10) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            if Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] == "Z":
                return True
        except FileNotFoundError:
            return True
        time.sleep(0.02)
    return False


def test_roles_can_do_what_they_are_for_and_no_more(pair: EmbeddedServers) -> None:
    urls = pair.urls()
    ask(urls.owner, "CREATE TABLE t (id int)")
    assert refused(urls.app, "SELECT count(*) FROM t")
    assert refused(urls.app, "CREATE TABLE u (id int)")
    assert refused(urls.platform, "CREATE TABLE u (id int)")
    ask(urls.owner, "CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1'")
    ask(urls.owner, "ALTER FUNCTION f() OWNER TO thidua_definer")
    attributes = ask(
        urls.superuser,
        "SELECT json_object_agg(rolname, ARRAY[rolsuper, rolbypassrls, rolcanlogin, "
        "rolcreatedb]) FROM pg_roles WHERE rolname LIKE 'thidua%'",
    )
    assert json.loads(str(attributes)) == {
        "thidua_owner": [False, False, True, True],
        "thidua_app": [False, False, True, False],
        "thidua_platform": [False, False, True, False],
        "thidua_definer": [False, True, False, False],
    }
    assert ask(urls.app, "SHOW plan_cache_mode") == "force_custom_plan"
    assert ask(urls.app, "SELECT unaccent('Quảng Đường')") == "Quang Duong"


def test_killed_servers_come_back_at_the_same_address_with_all_rows(
    pair: EmbeddedServers,
) -> None:
    urls = pair.urls()
    ask(urls.owner, "CREATE TABLE t AS SELECT generate_series(1, 20000) AS id")
    client = redis.Redis.from_url(urls.valkey)
    client.set("kept", "1")
    time.sleep(1.1)  # appendfsync everysec
    for pid in (pair.postgres.pid, pair.valkey.pid):
        assert pid is not None
        os.kill(pid, signal.SIGKILL)
        assert gone(pid)
    assert sorted(pair.revive()) == ["PostgreSQL", "Valkey"]
    assert pair.urls() == urls
    assert ask(urls.owner, "SELECT count(*) FROM t") == 20000
    assert client.get("kept") == b"1"
    assert pair.revive() == []
    client.close()


def test_servers_die_with_their_parent_and_the_data_start_again(home: Path) -> None:
    code = (
        "import sys, time; from pathlib import Path\n"
        "from core.runtime.embedded import EmbeddedServers\n"
        "both = EmbeddedServers(Path(sys.argv[1])); both.start()\n"
        "print(both.postgres.pid, both.valkey.pid, flush=True); time.sleep(60)"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code, str(home)], stdout=subprocess.PIPE, text=True
    ) as parent:
        assert parent.stdout is not None
        pids = [int(word) for word in parent.stdout.readline().split()]
        parent.kill()
    assert len(pids) == 2
    assert all(gone(pid) for pid in pids)
    again = EmbeddedServers(home)
    try:
        assert ask(again.start().app, "SELECT 1") == 1
    finally:
        again.stop()


def test_second_start_on_the_same_data_is_refused_and_harms_nothing(
    pair: EmbeddedServers,
) -> None:
    second = EmbeddedServers(pair.home)
    with pytest.raises(EmbeddedServerError, match=f"in use by process {os.getpid()}"):
        second.start()
    second.stop()
    assert ask(pair.urls().app, "SELECT 1") == 1
    assert running(pair.home) == pair.urls()


def test_a_command_uses_the_running_servers_or_its_own(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in Urls("o", "a", "p", "v").environment():
        monkeypatch.delenv(name, raising=False)
    assert running(home) is None
    with servers(home) as outer:
        assert ask(outer.app, "SELECT 1") == 1
        with servers(home) as inner:
            assert inner == outer
    assert running(home) is None


def test_pid_file_that_names_a_stranger_is_no_obstacle(home: Path) -> None:
    both = EmbeddedServers(home)
    both.start()
    both.stop()
    with subprocess.Popen(["sleep", "60"]) as stranger:
        pid_file = both.postgres.data / "postmaster.pid"
        pid_file.write_text(f"{stranger.pid}\n{both.postgres.data}\n0\n5432\n\n\n\nready\n")
        try:
            assert ask(both.start().app, "SELECT 1") == 1
            assert stranger.poll() is None
        finally:
            both.stop()
            stranger.terminate()


def test_data_of_another_major_are_refused_with_a_way_out(home: Path) -> None:
    (home / "postgres" / "data-14").mkdir(parents=True)
    both = EmbeddedServers(home)
    with pytest.raises(EmbeddedServerError, match=r"holds data-14.*Dump with the old version"):
        both.start()
    assert running(home) is None


def test_half_made_cluster_is_made_again(home: Path) -> None:
    (home / "postgres" / "data.new" / "base").mkdir(parents=True)
    both = EmbeddedServers(home, fast_unsafe=True)
    try:
        assert ask(both.start().app, "SELECT 1") == 1
    finally:
        both.stop()


def test_long_home_gets_short_sockets_that_go_away(home: Path) -> None:
    both = EmbeddedServers(home / ("d" * 50) / ("e" * 60), fast_unsafe=True)
    try:
        assert ask(both.start().app, "SELECT 1") == 1
        sockets = both.postgres.sockets
        assert sockets.stat().st_mode & 0o777 == 0o700
        assert both.home not in sockets.parents
    finally:
        both.stop()
    assert not sockets.exists()


def test_tcp_is_closed_unless_asked_for_and_then_wants_a_password(home: Path) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    both = EmbeddedServers(home, fast_unsafe=True, port=port)
    try:
        urls = both.start()
        address = f"127.0.0.1:{port}/thidua"
        with pytest.raises(asyncpg.InvalidPasswordError):
            ask(f"postgresql://thidua_app:x@{address}", "SELECT 1")
        ask(urls.superuser, "ALTER ROLE thidua_app PASSWORD 'right'")
        assert ask(f"postgresql://thidua_app:right@{address}", "SELECT 1") == 1
    finally:
        both.stop()
    both = EmbeddedServers(home, fast_unsafe=True)
    try:
        assert ask(both.start().superuser, "SHOW listen_addresses") == ""
    finally:
        both.stop()


@only_root
@pytest.mark.parametrize("mode", [0o711, 0o700])
def test_root_without_user_namespaces_becomes_nobody(
    home: Path, mode: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    nobody = pwd.getpwnam("nobody")
    home.parent.chmod(mode)
    monkeypatch.setattr(
        embedded.Runner,
        "unprivileged",
        classmethod(lambda cls: Runner(uid=nobody.pw_uid, gid=nobody.pw_gid)),
    )
    both = EmbeddedServers(home, fast_unsafe=True)
    try:
        urls = both.start()
        assert ask(urls.app, "SELECT 1") == 1
        assert Path(f"/proc/{both.postgres.pid}").stat().st_uid == nobody.pw_uid
        assert both.postgres.data.stat().st_mode & 0o077 == 0
        assert both.postgres.sockets.stat().st_mode & 0o077 == 0
        assert (home in both.postgres.data.parents) == (mode == 0o711)
        base = both.postgres.root.parent
    finally:
        both.stop()
    if mode == 0o700:
        assert not base.exists()
    else:
        monkeypatch.undo()
        later = EmbeddedServers(home, fast_unsafe=True)  # the files become root's again
        try:
            assert ask(later.start().app, "SELECT 1") == 1
        finally:
            later.stop()
