"""The files of deploy/ fit the code: settings, commands, copied folders. Nothing is built here."""

import re
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parents[3]
DEPLOY = ROOT / "deploy"
COMPOSE: dict[str, Any] = yaml.safe_load((DEPLOY / "compose.yaml").read_text())
KNOWN = set(re.findall(r'"([A-Z][A-Z_]+)"', (ROOT / "core" / "settings.py").read_text()))
OURS = ("migrate", "web", "worker")


def test_compose_sets_only_settings_that_the_code_reads() -> None:
    for name in OURS:
        assert set(COMPOSE["services"][name]["environment"]) <= KNOWN, name


def test_only_the_migration_gets_the_owner() -> None:
    having = [name for name in OURS if "DATABASE_URL" in COMPOSE["services"][name]["environment"]]
    assert having == ["migrate"]
    assert "DATABASE_APP_URL" in COMPOSE["services"]["web"]["environment"]


def test_every_variable_of_compose_is_in_the_example() -> None:
    wanted = set(re.findall(r"\$\{([A-Z_]+)[:}]", (DEPLOY / "compose.yaml").read_text()))
    given = set(re.findall(r"^([A-Z_]+)=", (DEPLOY / "env.example").read_text(), re.MULTILINE))
    assert wanted - {"THIDUA_LISTEN"} <= given


def test_mounted_and_copied_files_exist() -> None:
    for volume in COMPOSE["services"]["postgres"]["volumes"]:
        source = volume.split(":")[0]
        if source.startswith("."):
            assert (DEPLOY / source).is_file(), source
    for line in (DEPLOY / "Dockerfile").read_text().splitlines():
        if line.startswith("COPY ") and "--from" not in line:
            for source in line.split()[1:-1]:
                assert (ROOT / source).exists(), source


def test_image_and_makefile_use_the_same_uv() -> None:
    pinned = re.search(r"UV_VERSION := (\S+)", (ROOT / "Makefile").read_text())
    assert pinned
    assert f"uv=={pinned[1]}" in (DEPLOY / "Dockerfile").read_text()


def test_every_setting_is_explained() -> None:
    explained = set(re.findall(r"`([A-Z][A-Z_]+)`", (DEPLOY / "README.md").read_text()))
    local = {"THIDUA_CLOCK", "THIDUA_PORT", "THIDUA_DEMO"}
    assert local - {"THIDUA_DEMO"} <= KNOWN
    assert explained >= KNOWN - local
