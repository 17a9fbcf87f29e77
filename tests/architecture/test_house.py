"""The house rules that the import contracts cannot say."""

from __future__ import annotations

import ast
import re
import unicodedata
from pathlib import Path
from statistics import median

import pytest

ROOT = Path(__file__).parents[2]
PACKAGES = ("core", "tenants", "plugins", "admin")
FEATURES = {
    "accounts", "organisation", "movements", "reports", "evidence", "documents",
    "notifications", "statistics", "jobs", "audit", "identity",
}  # fmt: skip
PRIVATE = {"repository", "tables"}
PROVINCES = re.compile(
    r"ha[_-]noi|vinh[_-]long|lai[_-]chau|dien[_-]bien|quang[_-]ngai"
    r"|Hà Nội|Vĩnh Long|Lai Châu|Điện Biên|Quảng Ngãi",
    re.IGNORECASE,
)


def modules(*packages: str) -> list[Path]:
    """Return our Python files, migrations left out."""
    return [
        path
        for package in packages
        for path in sorted((ROOT / package).rglob("*.py"))
        if "piccolo_migrations" not in path.parts and "node_modules" not in path.parts
    ]


def private_imports(source: str, room: str) -> list[str]:
    """Return imports of another room's repository or tables in a feature's source."""
    found = []
    for node in ast.walk(ast.parse(source)):
        names = []
        if isinstance(node, ast.ImportFrom) and node.module:
            names = [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
        elif isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        for name in names:
            parts = name.split(".")
            if len(parts) >= 3 and parts[0] == "core" and parts[1] in FEATURES - {room}:  # noqa: SIM102
                if parts[2].split("_")[0] in PRIVATE:
                    found.append(name)
    return found


@pytest.mark.parametrize("room", sorted(FEATURES))
def test_rooms_use_one_another_through_services(room: str) -> None:
    found = {
        str(path.relative_to(ROOT)): bad
        for path in modules(f"core/{room}")
        if (bad := private_imports(path.read_text(), room))
    }
    assert found == {}


def test_the_rule_on_private_imports_can_see() -> None:
    assert private_imports("from core.accounts.repository import find", "reports") == [
        "core.accounts.repository",
        "core.accounts.repository.find",
    ]
    assert private_imports("from core.accounts import tables", "reports") == [
        "core.accounts.tables"
    ]
    assert private_imports("from core.reports.repository import x", "reports") == []


def test_no_province_is_named_in_the_platform() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{number}"
        for package in ("core", "tenants", "admin")
        for path in sorted((ROOT / package).rglob("*"))
        if path.suffix in {".py", ".html", ".toml", ".sql", ".js", ".css"}
        and not {"node_modules", "dist"} & set(path.parts)
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if PROVINCES.search(line)
    ]
    assert found == []


def test_modules_are_small() -> None:
    lengths = {
        str(path.relative_to(ROOT)): len(path.read_text().splitlines())
        for path in modules(*PACKAGES)
    }
    assert {name: n for name, n in lengths.items() if n > 500} == {}
    assert median(n for n in lengths.values() if n > 3) <= 130


def test_text_in_the_source_is_nfc() -> None:
    found = [
        str(path.relative_to(ROOT))
        for package in (*PACKAGES, "docs")
        for path in (ROOT / package).rglob("*")
        if path.suffix in {".py", ".html", ".toml", ".md", ".js"}
        and not {"node_modules", "dist"} & set(path.parts)
        and not unicodedata.is_normalized("NFC", path.read_text())
    ]
    assert found == []


def named_twice(source: str) -> list[str]:
    """Return names that a module gives two values, the second hiding the first."""
    seen: set[str] = set()
    twice = []
    for node in ast.parse(source).body:
        targets = node.targets if isinstance(node, ast.Assign) else []
        for target in targets:
            if isinstance(target, ast.Name):
                if target.id in seen:
                    twice.append(target.id)
                seen.add(target.id)
    return twice


def test_no_module_gives_a_name_two_values() -> None:
    found = {
        str(path.relative_to(ROOT)): bad
        for path in modules(*PACKAGES)
        if (bad := named_twice(path.read_text()))
    }
    assert found == {}
    assert named_twice('A = "Một"\nB = 1\nA = "Hai"\n') == ["A"]
