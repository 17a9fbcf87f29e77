"""PostgreSQL, Valkey or the worker gone for a while under real processes: nothing is lost.

The web process is never started anew. Times are shortened; the 30 s of the requirement are `slow`.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import asyncpg
import pytest
from litestar.middleware.csrf import generate_csrf_token

from core.runtime.embedded import EmbeddedServers
from tests.bench.scratch import free_port, process, run_module, scratch_servers, web

pytestmark = pytest.mark.chaos
SECRET = "chaos-chaos-chaos-chaos-chaos-chaos"
PART = "criterion:collective_1"
WORKER = (sys.executable, "-m", "core.worker")
CLIENTS = 3


@dataclass
class Site:
    """A department of a few units, served by one web process."""

    servers: EmbeddedServers
    env: dict[str, str]
    facts: dict[str, Any]
    port: int
    process: subprocess.Popen[bytes]
    folder: Path
    token: str = field(default_factory=lambda: generate_csrf_token(SECRET))

    def ask(
        self, method: str, path: str, body: Any = None, *, who: str = "head", form: bool = False
    ) -> tuple[int, str]:
        """Send one request on a connection of its own."""
        cookie = f"thidua_session={self.facts['tokens'][who]}; thidua_csrf={self.token}"
        headers = {"host": self.facts["host"], "cookie": cookie, "accept": "text/html"}
        content = None
        if form:
            content = urlencode({"_csrf_token": self.token, **body})
            headers["content-type"] = "application/x-www-form-urlencoded"
        elif method != "GET":
            content = json.dumps(body)
            headers |= {"content-type": "application/json", "x-csrf-token": self.token}
        connection = HTTPConnection("127.0.0.1", self.port, timeout=45)
        try:
            connection.request(method, path, content, headers)
            answer = connection.getresponse()
            return answer.status, answer.read().decode()
        finally:
            connection.close()

    def value(self, sql: str, *args: Any) -> Any:
        """Look into the database from outside."""

        async def look() -> Any:
            connection = await asyncpg.connect(self.env["THIDUA_TEST_SUPERUSER"])
            try:
                return await connection.fetchval(sql, *args)
            finally:
                await connection.close()

        return asyncio.run(look())

    def until(self, sql: str, wanted: Any, seconds: float) -> float:
        """Wait for a value; return how long it took."""
        began = time.monotonic()
        while time.monotonic() - began < seconds:
            if self.value(sql) == wanted:
                return time.monotonic() - began
            time.sleep(0.2)
        log = (self.folder / "worker.log").read_text()[-3000:]
        raise AssertionError(f"not {wanted} within {seconds} s: {sql}\n{log}")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("site")
    with scratch_servers() as (servers, scratch):
        env = {**scratch, "THIDUA_SECRET": SECRET}
        facts = json.loads(run_module("tests.bench.department", env, "12", "12"))
        port = free_port()
        with web("core.app:create_app", env, folder / "web.log", port) as started:
            yield Site(servers, env, facts, port, started, folder)


class Writer(threading.Thread):
    """A page's script: saves a part again and again, keeps the text and retries what failed."""

    def __init__(self, site: Site, number: int) -> None:
        super().__init__(daemon=True)
        self.site = site
        self.report = site.facts["reports"][number]
        self.version = site.value(
            "SELECT version FROM report_part WHERE report_id = $1 AND key = $2", self.report, PART
        )
        self.saved = self.first = self.version
        self.stop = threading.Event()
        self.refused: list[float] = []
        self.saved_at: list[float] = []
        self.wrong: list[str] = []
        self.text = ""

    def run(self) -> None:
        while not self.stop.is_set():
            self.text = f"Bản lưu thứ {self.version} của {self.report}."
            self._save()
            time.sleep(0.02)

    def _save(self) -> None:
        fields = {"narrative": self.text, "self_assessment": "dat"}
        path = f"/bao-cao/{self.report}/phan/{PART}"
        while True:
            try:
                status, body = self.site.ask(
                    "PUT", path, {"version": self.version, "fields": fields}
                )
            except OSError as error:
                self.wrong.append(repr(error))
                return
            if status == 503 and json.loads(body)["code"] == "unavailable":
                self.refused.append(time.monotonic())
                time.sleep(0.2)
                continue
            if status == 409 and json.loads(body)["current"]["fields"]["narrative"] == self.text:
                status = 200  # saved, and the answer was lost with the database
            if status != 200:
                self.wrong.append(f"{status} {body[:300]}")
                return
            self.version += 1
            self.saved_at.append(time.monotonic())
            return


@contextmanager
def writing(site: Site) -> Iterator[list[Writer]]:
    writers = [Writer(site, number) for number in range(CLIENTS)]
    for writer in writers:
        writer.start()
    try:
        yield writers
    finally:
        for writer in writers:
            writer.stop.set()
        for writer in writers:
            writer.join(60)


def gone(site: Site, how: str) -> None:
    """Take PostgreSQL away, politely or by SIGKILL."""
    if how == "killed":
        assert site.servers.postgres.pid
        os.kill(site.servers.postgres.pid, signal.SIGKILL)
        end = time.monotonic() + 10
        while site.servers.postgres.pid and time.monotonic() < end:
            time.sleep(0.05)
    else:
        site.servers.postgres.stop()


@pytest.mark.parametrize(
    ("how", "seconds"),
    [
        ("stopped", 3.0),
        ("killed", 3.0),
        pytest.param("stopped", 30.0, marks=pytest.mark.slow),
    ],
)
def test_postgresql_away_while_people_write(site: Site, how: str, seconds: float) -> None:
    with writing(site) as writers:
        time.sleep(1.5)
        assert all(writer.saved_at for writer in writers), [w.wrong for w in writers]
        gone(site, how)
        went = time.monotonic()
        time.sleep(0.5)
        status, page = site.ask("GET", "/viec-cua-toi")
        assert status == 503
        assert "Hệ thống tạm gián đoạn" in page
        assert "Mã yêu cầu hỗ trợ" in page
        typed = {"_version": "1", "narrative": "Câu đang viết dở, không được mất."}
        path = f"/bao-cao/{site.facts['reports'][5]}/phan/{PART}"
        status, page = site.ask("POST", path, typed, form=True)
        assert status == 503
        assert typed["narrative"] in page
        time.sleep(max(0.0, seconds - (time.monotonic() - went)))
        assert site.servers.revive() == ["PostgreSQL"]
        back = time.monotonic()
        while time.monotonic() - back < 20:
            if all(writer.saved_at[-1] > back for writer in writers):
                break
            time.sleep(0.1)
        time.sleep(1)
    assert site.process.poll() is None
    for writer in writers:
        assert writer.wrong == []
        assert writer.refused
        assert writer.saved_at[-1] > back
        stored = site.value(
            "SELECT version FROM report_part WHERE report_id = $1 AND key = $2",
            writer.report, PART,
        )  # fmt: skip
        assert stored == writer.version == writer.first + len(writer.saved_at)
        text = site.value(
            "SELECT fields->>'narrative' FROM report_part WHERE report_id = $1 AND key = $2",
            writer.report, PART,
        )  # fmt: skip
        assert text == writer.text


@pytest.mark.parametrize(
    ("number", "seconds"), [(6, 2.0), pytest.param(7, 30.0, marks=pytest.mark.slow)]
)
def test_valkey_away(site: Site, number: int, seconds: float) -> None:
    report = site.facts["reports"][number]
    with process(WORKER, site.env, site.folder / "worker.log") as worker:
        time.sleep(3)
        site.servers.valkey.stop()
        went = time.monotonic()
        assert site.ask("GET", "/viec-cua-toi")[0] == 200
        assert site.ask("POST", f"/bao-cao/{report}/nop")[0] == 303
        asked = {"kind": "unit_report", "subject_id": report}
        assert site.ask("POST", "/tai-lieu", asked, form=True)[0] == 303
        assert site.ask("GET", "/dang-nhap", who="clerk")[0] in (200, 303)
        time.sleep(max(0.0, seconds - (time.monotonic() - went)))
        assert site.value(f"SELECT state FROM document WHERE {_of(report)}") in (
            "queued", "rendering",
        )  # fmt: skip
        assert site.servers.revive() == ["Valkey"]
        site.until(f"SELECT state FROM document WHERE {_of(report)}", "done", 60)
        site.until("SELECT count(*) FROM outbox WHERE done_at IS NULL", 0, 30)
        assert worker.poll() is None
    assert site.process.poll() is None


def _of(report: str) -> str:
    return (
        f"subject_id IN (SELECT id FROM report_version WHERE report_id = '{report}')"
        f" OR subject_id = '{report}'"
    )


@pytest.mark.slow
def test_a_worker_killed_in_mid_render_with_its_own_times(site: Site) -> None:
    report = site.facts["reports"][8]
    state = f"SELECT state FROM document WHERE {_of(report)}"
    log = site.folder / "worker.log"
    with process(WORKER, site.env, log) as worker:
        time.sleep(3)
        assert site.ask("POST", f"/bao-cao/{report}/nop")[0] == 303
        asked = {"kind": "unit_report", "subject_id": report}
        assert site.ask("POST", "/tai-lieu", asked, form=True)[0] == 303
        site.until(state, "rendering", 20)
        os.killpg(worker.pid, signal.SIGKILL)
        worker.wait(10)
    assert site.value(state) == "rendering"
    with process(WORKER, site.env, log):
        waited = site.until(state, "done", 90)
    print(f"the paper came {waited:.1f} s after the new worker was started")
    assert waited < 60
    kept = site.value(
        f"SELECT count(DISTINCT pdf_file_id) || '/' || count(*) FROM document WHERE {_of(report)}"
    )
    assert kept == "1/1"


@pytest.mark.parametrize(
    "sent",
    [
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",  # a TLS greeting on a plain port
        b"GET / HTTP/1.1\r\n\r\n",  # no host
        b"GET / HTTP/1.1\r\nhost: a\r\nhost: b\r\n\r\n",
        b"GET /\x00 HTTP/1.1\r\nhost: x\r\n\r\n",
        b"GET http://[ HTTP/1.1\r\nhost: [\r\n\r\n",
        b"POST /dang-nhap HTTP/1.1\r\nhost: x\r\ncontent-length: -1\r\n\r\n",
        b"POST /dang-nhap HTTP/1.1\r\nhost: x\r\ncontent-length: 99999999999999\r\n\r\n",
        b"POST / HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n",
        b"GET / HTTP/1.1\r\nhost: x\r\ncookie: " + b"a=b; " * 400_000 + b"\r\n\r\n",
        b"GET /?" + b"a" * 1_000_000 + b" HTTP/1.1\r\nhost: x\r\n\r\n",
        b"GET / HTTP/1.1\r\n" + b"x: y\r\n" * 50_000 + b"\r\n",
    ],
    ids=lambda sent: repr(sent[:40]),
)
def test_garbage_on_the_line_is_refused_and_hurts_nobody(site: Site, sent: bytes) -> None:
    with socket.create_connection(("127.0.0.1", site.port), timeout=15) as line:
        with contextlib.suppress(OSError):
            line.sendall(sent)
            line.shutdown(socket.SHUT_WR)
        answer = b""
        with contextlib.suppress(OSError):
            answer = line.recv(200)
    assert answer == b"" or answer.startswith((b"HTTP/1.1 4", b"HTTP/1.0 4")), answer
    status, _ = site.ask("GET", "/viec-cua-toi")
    assert status == 200
    assert site.process.poll() is None
