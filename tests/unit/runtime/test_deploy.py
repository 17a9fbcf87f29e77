"""The files of deploy/ fit the code: settings, commands, copied folders. Nothing is built here."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from core.accounts.throttle import address_of

ROOT = Path(__file__).parents[3]
DEPLOY = ROOT / "deploy"
COMPOSE: dict[str, Any] = yaml.safe_load((DEPLOY / "compose.yaml").read_text())
KNOWN = set(re.findall(r'"([A-Z][A-Z_]+)"', (ROOT / "core" / "settings.py").read_text()))
FORWARDED = "FORWARDED_ALLOW_IPS"  # read by uvicorn
OURS = ("migrate", "web", "worker")


def test_compose_sets_only_settings_that_the_code_reads() -> None:
    for name in OURS:
        assert set(COMPOSE["services"][name]["environment"]) <= KNOWN | {FORWARDED}, name


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


@pytest.mark.parametrize(("proxy", "seen"), [("172.18.0.1", "203.0.113.7"), ("198.51.100.9", "")])
async def test_addresses_are_those_of_people_not_of_the_proxy(proxy: str, seen: str) -> None:
    """A person who adds an address of his own in front gains nothing by it."""
    trusted = COMPOSE["services"]["web"]["environment"][FORWARDED].split(":-")[1].rstrip("}")
    addresses = []

    async def app(scope: Any, _receive: Any, _send: Any) -> None:
        addresses.append(address_of(scope))

    scope = {
        "type": "http",
        "client": (proxy, 4711),
        "headers": [(b"x-forwarded-for", b"192.0.2.1, 203.0.113.7")],
    }
    wrapped: Any = ProxyHeadersMiddleware(app, trusted_hosts=trusted)
    await wrapped(scope, None, None)
    assert addresses == [seen or proxy]
