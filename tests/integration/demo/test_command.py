"""`thidua demo …` as a command, on a database without a demo."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.usefixtures("database")


def run(*arguments: str, **changes: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "core.cli", "demo", *arguments],
        env={**os.environ, **changes}, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip


def test_accounts_are_one_json_list() -> None:
    done = run("accounts", "--json")
    assert done.returncode == 0, done.stderr
    assert isinstance(json.loads(done.stdout), list)


def test_removing_without_a_demo_says_so() -> None:
    done = run("remove")
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == "there is no demo"


def test_removing_without_any_server_is_refused(tmp_path: Path) -> None:
    names = ("DATABASE_URL", "DATABASE_APP_URL", "DATABASE_PLATFORM_URL", "VALKEY_URL")
    done = run("remove", THIDUA_HOME=str(tmp_path), **dict.fromkeys(names, ""))
    assert done.returncode == 2
    assert "DATABASE_URL" in done.stderr


@pytest.mark.parametrize("arguments", [(), ("create", "--once", "--force"), ("nonsense",)])
def test_wrong_calls_are_refused(arguments: tuple[str, ...]) -> None:
    assert run(*arguments).returncode == 2
