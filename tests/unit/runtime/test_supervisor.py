"""The order of `thidua up`, with small programs in place of the application."""

import io
import json
import os
import socket
import sys
import time
from pathlib import Path
from threading import Thread

import pytest

from core.runtime.children import page_status
from core.runtime.embedded import PORT_FILE, Urls
from core.runtime.process import EmbeddedServerError
from core.runtime.progress import Progress
from core.runtime.supervisor import Commands, Supervisor

WEB = """
import http.server, os, sys
port = int(sys.argv[sys.argv.index("--port") + 1])
class Page(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        if self.path == "/crash":
            os._exit(3)
        body = (os.environ["DATABASE_APP_URL"] + " " + os.environ["THIDUA_HOME"]).encode()
        self.send_response(200); self.send_header("Content-Length", str(len(body)))
        self.end_headers(); self.wfile.write(body)
    def log_message(self, *args): pass
http.server.HTTPServer(("127.0.0.1", port), Page).serve_forever()
"""
ACCOUNT = {
    "host": "so-mot.localhost",
    "account": "vanthu",
    "role": "records_clerk",
    "unit": "Sở Y tế",
    "password": "mat-khau",
    "totp_secret": None,
}


@pytest.fixture
def port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def urls(monkeypatch: pytest.MonkeyPatch) -> Urls:
    urls = Urls("postgresql://o", "postgresql://a", "postgresql://p", "redis://v")
    for name, value in urls.environment().items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("THIDUA_DEMO", "1")
    return urls


def note(path: Path, word: str) -> tuple[str, ...]:
    return ("sh", "-c", f"echo {word} >> {path}")


def make(tmp_path: Path, port: int, **other: tuple[str, ...]) -> Supervisor:
    trace = tmp_path / "trace"
    commands = {
        "migrate": note(trace, "migrate"),
        "demo": note(trace, "demo"),
        "accounts": (sys.executable, "-c", f"print({json.dumps([ACCOUNT])!r})"),
        "web": (sys.executable, "-c", WEB),
        "worker": ("sh", "-c", f"echo worker >> {trace}; sleep 60"),
        **other,
    }
    return Supervisor(
        tmp_path / "home", port, commands=Commands(**commands), progress=Progress(io.StringIO())
    )


def started(supervisor: Supervisor) -> tuple[Thread, list[int]]:
    codes: list[int] = []
    thread = Thread(target=lambda: codes.append(supervisor.run()))
    thread.start()
    return thread, codes


def wait_for(supervisor: Supervisor, text: str) -> None:
    out = supervisor.progress.out
    assert isinstance(out, io.StringIO)
    end = time.monotonic() + 20
    while text not in out.getvalue():
        assert time.monotonic() < end, out.getvalue()
        time.sleep(0.02)


def printed(supervisor: Supervisor) -> str:
    out = supervisor.progress.out
    assert isinstance(out, io.StringIO)
    return out.getvalue()


def test_order_table_and_clean_end(tmp_path: Path, port: int, urls: Urls) -> None:
    supervisor = make(tmp_path, port)
    thread, codes = started(supervisor)
    wait_for(supervisor, "Ctrl-C stops everything")
    assert page_status(port) == 200
    assert (tmp_path / "home" / PORT_FILE).read_text() == str(port)
    supervisor.stop.set()
    thread.join(20)
    assert codes == [0]
    assert (tmp_path / "trace").read_text().split() == ["migrate", "demo", "worker"]
    assert f"http://so-mot.localhost:{port}/" in printed(supervisor)
    assert "mat-khau" in printed(supervisor)
    assert page_status(port) == 0
    assert not any(child.alive() for child in supervisor.children)


def test_crashed_web_server_comes_back(tmp_path: Path, port: int, urls: Urls) -> None:
    supervisor = make(tmp_path, port)
    thread, _codes = started(supervisor)
    try:
        wait_for(supervisor, "Ctrl-C stops everything")
        assert page_status(port, "/crash") == 0
        wait_for(supervisor, "web has ended; it is started again")
        end = time.monotonic() + 20
        while page_status(port) != 200:
            assert time.monotonic() < end
            time.sleep(0.05)
    finally:
        supervisor.stop.set()
        thread.join(20)


def test_failed_migration_ends_with_its_words(tmp_path: Path, port: int, urls: Urls) -> None:
    supervisor = make(tmp_path, port, migrate=("sh", "-c", "echo no such role; exit 1"))
    assert supervisor.run() == 1
    assert "no such role" in printed(supervisor)
    assert page_status(port) == 0


def test_stop_during_the_migration_ends_at_once(tmp_path: Path, port: int, urls: Urls) -> None:
    supervisor = make(tmp_path, port, migrate=("sleep", "60"))
    thread, codes = started(supervisor)
    wait_for(supervisor, "Database migrations")
    began = time.monotonic()
    supervisor.stop.set()
    thread.join(20)
    assert codes == [0]
    assert time.monotonic() - began < 5


def test_taken_port_is_named_before_anything_starts(tmp_path: Path, urls: Urls) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        supervisor = make(tmp_path, taken.getsockname()[1])
        assert supervisor.run() == 1
    assert "is taken; choose another: THIDUA_PORT=" in printed(supervisor)
    assert not (tmp_path / "trace").exists()


def test_no_demo_on_real_servers_unless_asked(
    tmp_path: Path, port: int, urls: Urls, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("THIDUA_DEMO")
    supervisor = make(tmp_path, port)
    thread, _codes = started(supervisor)
    wait_for(supervisor, "Ctrl-C stops everything")
    supervisor.stop.set()
    thread.join(20)
    assert "demo" not in (tmp_path / "trace").read_text().split()
    assert "mat-khau" not in printed(supervisor)


def test_half_a_set_of_servers_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    env = {"DATABASE_URL": "postgresql://o", "VALKEY_URL": "redis://v"}
    with pytest.raises(EmbeddedServerError, match="DATABASE_APP_URL and DATABASE_PLATFORM_URL"):
        Urls.from_environment(env)
    assert Urls.from_environment({"PATH": os.environ["PATH"]}) is None
