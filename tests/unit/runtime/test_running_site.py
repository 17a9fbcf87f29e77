"""Commands work on the running site as a whole: its servers, files, secret and port."""

from __future__ import annotations

import fcntl
import json
import os
from pathlib import Path

import pytest

from core import cli
from core.runtime.embedded import PORT_FILE, SERVER_VARIABLES
from core.settings import read_settings

SERVERS = {
    "owner": "postgresql://owner@/x",
    "app": "postgresql://app@/x",
    "platform": "postgresql://platform@/x",
    "valkey": "unix:///x",
    "superuser": "",
}


def test_the_secret_is_the_running_sites_from_any_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home, elsewhere = tmp_path / "home", tmp_path / "elsewhere"
    home.mkdir()
    elsewhere.mkdir()
    for name in SERVER_VARIABLES:
        monkeypatch.setenv(name, "")
    for name in ("THIDUA_HOME", "THIDUA_PORT", "THIDUA_SECRET", "STORAGE_URL"):
        monkeypatch.setenv(name, "")
        monkeypatch.delenv(name)
    monkeypatch.setattr("core.runtime.embedded.default_home", lambda: home)
    (home / "servers.json").write_text(json.dumps(SERVERS))
    (home / "secret").write_text("the-sites-own")
    (home / PORT_FILE).write_text("8391")
    monkeypatch.chdir(elsewhere)
    with (home / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        cli._use_running_servers()
    found = read_settings()
    assert (found.secret, found.port) == ("the-sites-own", 8391)
    assert (found.home, found.storage_url) == (home, f"file://{home}/files")
    assert found.database_app_url == SERVERS["app"]
    assert not list(elsewhere.iterdir())


@pytest.mark.parametrize("given", ["DATABASE_URL", "DATABASE_APP_URL"])
def test_a_node_that_knows_one_role_only_may_run_commands(
    given: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The migration knows the owner only; web and worker do not know him."""
    for name in SERVER_VARIABLES:
        monkeypatch.setenv(name, "postgresql://here/x" if name == given else "")
    monkeypatch.setattr("core.runtime.embedded.default_home", lambda: tmp_path)
    cli._use_running_servers()
    assert {name: os.environ[name] for name in SERVER_VARIABLES if os.environ[name]} == {
        given: "postgresql://here/x"
    }


def test_a_migration_without_its_address_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in SERVER_VARIABLES:
        monkeypatch.setenv(name, "")
    monkeypatch.setattr("core.runtime.embedded.default_home", lambda: tmp_path)
    assert cli.main(["migrate"]) == 2
    assert "DATABASE_URL" in capsys.readouterr().err
