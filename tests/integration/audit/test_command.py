"""`thidua audit …` as a command: words, JSON, exit status."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import asyncpg

from core.kit import db
from tests.factories import make_tenant


def run(place: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "core.cli", "audit", *arguments],
        env={**os.environ, "AUDIT_ANCHOR_URL": f"file://{place}"},
        capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip


async def test_anchor_then_a_cut_tail_with_its_head(
    app_db: db.TenantEngine, superuser: asyncpg.Connection, tmp_path: Path
) -> None:
    tenant = await make_tenant()
    slug = await superuser.fetchval("SELECT slug FROM tenant WHERE id = $1", tenant)
    written = run(tmp_path, "anchor", "--tenant", slug, "--json")
    assert written.returncode == 0, written.stderr
    assert json.loads(written.stdout)[slug]["seq"] == 1
    sound = run(tmp_path, "verify", "--tenant", slug)
    assert (sound.returncode, sound.stdout[:5]) == (0, "ok   "), sound.stderr
    await superuser.execute("SET session_replication_role = replica")
    await superuser.execute("DELETE FROM audit_event WHERE tenant_id = $1", tenant)
    await superuser.execute("DELETE FROM audit_head WHERE tenant_id = $1", tenant)
    await superuser.execute("SET session_replication_role = origin")
    cut = run(tmp_path, "verify", "--tenant", slug, "--json")
    assert cut.returncode == 1, cut.stderr
    (report,) = json.loads(cut.stdout)
    assert (report["tenant"], report["ok"]) == (slug, False)
    assert [finding["fault"] for finding in report["findings"]] == ["cut"]


async def test_an_unknown_department_is_said(app_db: db.TenantEngine, tmp_path: Path) -> None:
    done = run(tmp_path, "verify", "--tenant", "khong-co")
    assert (done.returncode, done.stderr) == (2, "no such department: khong-co\n")
