"""The real application for the browser: own database with demo departments, web and worker."""

from __future__ import annotations

import asyncio
import json
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Coroutine, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlsplit, urlunsplit
from urllib.request import urlopen

import asyncpg
import pyotp
from playwright.sync_api import Browser, BrowserContext, Page, expect

Result = TypeVar("Result")
DATABASE = "thidua_browser"
QUEUE = 9  # a Valkey database of its own: other tests' workers must not take these jobs
DEPARTMENTS = ("lai_chau", "vinh_long")
MAKE_DEMO = """
import sys
from types import SimpleNamespace
from unittest.mock import patch
from core.cli import main
from core.plugin.manager import installed
from tenants.demo import create
chosen = SimpleNamespace(plugins={slug: installed().plugins[slug] for slug in sys.argv[1:]})
with patch.object(create, "installed", lambda: chosen):
    sys.exit(main(["demo", "create"]))
"""
WEB = (
    *(sys.executable, "-m", "uvicorn", "core.app:create_app", "--factory"),
    *("--host", "127.0.0.1", "--loop", "uvloop", "--http", "httptools", "--no-access-log"),
)


@dataclass
class Site:
    """The running site: departments, the accounts that can sign in, and their open sessions.

    Attributes:
        accounts: (slug, account) → row of `demo accounts --json`.
        kept: cookies of those who are signed in already (a second-factor code counts once).
    """

    port: int
    database_url: str
    accounts: dict[tuple[str, str], dict[str, Any]]
    kept: dict[tuple[str, str], Any] = field(default_factory=dict)

    def url(self, slug: str, path: str = "/") -> str:
        """Return an address in a department's site."""
        return f"http://{slug.replace('_', '-')}.localhost:{self.port}{path}"

    def context(self, browser: Browser, slug: str, who: str, **options: Any) -> BrowserContext:
        """Return a browser window in which `who` is signed in; the first time through the form."""
        if (slug, who) not in self.kept:
            first = browser.new_context(base_url=self.url(slug))
            self.sign_in(first.new_page(), slug, who)
            self.kept[slug, who] = first.storage_state()
            first.close()
        options = {"viewport": {"width": 1280, "height": 900}} | options
        return browser.new_context(
            base_url=self.url(slug), storage_state=self.kept[slug, who], **options
        )

    def sign_in(self, page: Page, slug: str, who: str) -> None:
        """Fill in the forms of signing in."""
        row = self.accounts[slug, who]
        page.goto("/dang-nhap")
        page.get_by_label("Tên đăng nhập").fill(who)
        page.get_by_label("Mật khẩu").fill(row["password"])
        page.get_by_role("button", name="Đăng nhập").click()
        if row["totp_secret"]:
            page.get_by_label("Mã 6 số").fill(pyotp.TOTP(row["totp_secret"]).now())
            page.get_by_role("button", name="Tiếp tục").click()
        expect(page.locator("summary", has_text=row["name"])).to_be_visible()

    def sql(self, text: str, *values: Any) -> list[dict[str, Any]]:
        """Look at rows (or shorten a time) from outside, past every lock."""

        async def ask() -> list[dict[str, Any]]:
            connection = await asyncpg.connect(self.database_url)
            try:
                return [dict(row) for row in await connection.fetch(text, *values)]
            finally:
                await connection.close()

        return _apart(ask)


def _apart(work: Callable[[], Coroutine[Any, Any, Result]]) -> Result:
    """Run async work in a thread: Playwright's own loop is running in this one."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(lambda: asyncio.run(work())).result()


def _in_database(url: str, name: str) -> str:
    return urlunsplit(urlsplit(url)._replace(path=f"/{name}"))


async def _clone(superuser: str) -> None:
    root = await asyncpg.connect(_in_database(superuser, "postgres"))
    await root.execute(f"DROP DATABASE IF EXISTS {DATABASE} WITH (FORCE)")
    await root.execute(
        f"CREATE DATABASE {DATABASE} TEMPLATE thidua_template OWNER thidua_owner STRATEGY wal_log"
    )
    await root.close()


def _environment(home: Path, port: int) -> dict[str, str]:
    env = dict(os.environ)
    for key in ("DATABASE_URL", "DATABASE_APP_URL", "DATABASE_PLATFORM_URL"):
        env[key] = _in_database(env[key], DATABASE)
    base, _, _ = env["VALKEY_URL"].partition("?")
    env["VALKEY_URL"] = f"{base}?db={QUEUE}" if base.startswith("unix:") else f"{base}/{QUEUE}"
    env |= {"THIDUA_HOME": str(home), "THIDUA_PORT": str(port), "THIDUA_DEMO": "1"}
    return env


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(url: str, process: subprocess.Popen[bytes], seconds: float = 90) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        with suppress(OSError), urlopen(url, timeout=2):
            return
        if process.poll() is not None:
            break
        time.sleep(0.1)
    raise RuntimeError(f"{url} does not answer")


def _run(command: Sequence[str], env: dict[str, str]) -> str:
    done = subprocess.run(
        command, check=False, env=env, capture_output=True, text=True, timeout=120
    )
    if done.returncode:
        raise RuntimeError(done.stdout + done.stderr)
    return done.stdout


@contextmanager
def running_site(departments: Sequence[str] = DEPARTMENTS) -> Iterator[Site]:
    """Make the database and the demo, start web and worker, stop them at the end."""
    with tempfile.TemporaryDirectory(prefix="thidua-site-") as folder:
        home, port = Path(folder), _free_port()
        env = _environment(home, port)
        _apart(lambda: _clone(env["THIDUA_TEST_SUPERUSER"]))
        _run((sys.executable, "-c", MAKE_DEMO, *departments), env)
        listed = _run((sys.executable, "-m", "core.cli", "demo", "accounts", "--json"), env)
        rows = json.loads(listed[listed.index("[") :])
        accounts = {
            (row["host"].partition(".")[0].replace("-", "_"), row["account"]): row for row in rows
        }
        with (home / "log").open("wb") as log:
            started = [
                subprocess.Popen(command, env=env, stdout=log, stderr=log)
                for command in ((*WEB, "--port", str(port)), (sys.executable, "-m", "core.worker"))
            ]
            try:
                _wait_for(f"http://127.0.0.1:{port}/healthz", started[0])
                superuser = _in_database(env["THIDUA_TEST_SUPERUSER"], DATABASE)
                yield Site(port, superuser, accounts)
            finally:
                for process in started:
                    process.terminate()
                for process in started:
                    process.wait(timeout=30)
