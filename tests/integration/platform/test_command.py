"""`thidua operator …` as a command; the demo's operator goes with the demo."""

from __future__ import annotations

import os
import re
import subprocess
import sys

import asyncpg

from core.kit import db
from core.kit.ids import new_id
from tests.integration.platform.console import make_operator


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "core.cli", *arguments],
        env=dict(os.environ), capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip


async def test_an_operator_is_made_once_listed_and_reset(
    app_db: db.TenantEngine, superuser: asyncpg.Connection
) -> None:
    name = f"op-{new_id().hex[-8:]}"
    made = run("operator", "create", name, "--name", "Trần Văn Hành")
    assert made.returncode == 0, made.stderr
    first = re.search(r"temporary password: (\S+)", made.stdout)
    assert first
    again = run("operator", "create", name)
    assert (again.returncode, again.stdout) == (1, "")
    assert "đã có người vận hành dùng" in again.stderr
    await superuser.execute(
        "UPDATE operator SET locked_at = now(), totp_confirmed_at = now() WHERE username = $1", name
    )
    reset = run("operator", "reset", name)
    second = re.search(r"temporary password: (\S+)", reset.stdout)
    assert second
    assert second[1] != first[1]
    listed = run("operator", "list").stdout
    line = next(line for line in listed.splitlines() if line.startswith(name))
    assert line.split() == [name, "active", "no", "second", "factor", "yet", "Trần", "Văn", "Hành"]
    assert run("operator", "reset", "khong.co").returncode == 1


async def test_the_demos_operator_goes_with_the_demo_and_nobody_else(
    app_db: db.TenantEngine, superuser: asyncpg.Connection
) -> None:
    demo, _ = await make_operator()
    name = f"op-{new_id().hex[-8:]}"
    assert run("operator", "create", name).returncode == 0
    assert run("demo", "remove").returncode == 0
    left = {row["username"] for row in await superuser.fetch("SELECT username FROM operator")}
    assert name in left
    assert demo not in left
