"""What README and the operators' pages name exists in the code, and the other way round."""

from __future__ import annotations

import argparse
import re
from pathlib import Path

import pytest
from PIL import Image

from core.cli import parser
from core.doctor import database, machine, trail

ROOT = Path(__file__).parents[3]
README = (ROOT / "README.md").read_text()
OPERATORS = {path.stem: path.read_text() for path in (ROOT / "docs/operators").glob("*.md")}
TARGETS = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
DOCTOR = (database, machine, trail)
CODE = re.compile(r"```sh\n(.*?)```|`([^`\n]+)`", re.DOTALL)


def commands(text: str, program: str) -> set[str]:
    """Return what follows a program's name in the code of a page, one command each."""
    code = "\n".join(block or inline for block, inline in CODE.findall(text))
    return {
        found.strip()
        for found in re.findall(rf"(?:^|/|=\S+ ){program}((?: [a-zA-Z-]+)+)", code, re.MULTILINE)
    }


def subcommands(given: argparse.ArgumentParser) -> dict[str, argparse.ArgumentParser]:
    """Return the parsers of a parser's subcommands."""
    return {
        name: choice
        for action in given._actions
        if isinstance(action, argparse._SubParsersAction)
        for name, choice in action.choices.items()
    }


def unknown_words(command: str) -> list[str]:
    """Return the words of a `thidua` command that the command line does not have."""
    given, wrong = parser(), []
    for word in command.split():
        known = {option for action in given._actions for option in action.option_strings}
        below = subcommands(given)
        if word in below:
            given = below[word]
        elif word not in known and (below or not word.isupper()):
            wrong.append(word)
    return wrong


@pytest.mark.parametrize("name", ["README", *sorted(OPERATORS)])
def test_every_command_exists(name: str) -> None:
    text = README if name == "README" else OPERATORS[name]
    assert {command.split()[0] for command in commands(text, "make")} <= TARGETS
    assert {c: unknown_words(c) for c in commands(text, "thidua") if unknown_words(c)} == {}


def test_a_command_that_does_not_exist_is_seen() -> None:
    assert commands("`thidua plugin show SLUG --json`", "thidua") == {"plugin show SLUG --json"}
    assert unknown_words("plugin show SLUG --json") == []
    assert unknown_words("demo destroy --json") == ["destroy", "--json"]


def test_the_readme_has_every_command_of_the_command_line() -> None:
    named = " ".join(commands(README, "thidua"))
    for name, below in subcommands(parser()).items():
        assert name in named
        assert all(f"{name} {part}" in named for part in subcommands(below))


def test_every_check_of_the_doctor_is_explained() -> None:
    listed = set(re.findall(r"^\| `([^`]+)` \|", OPERATORS["doctor"], re.MULTILINE))
    source = "".join(Path(str(module.__file__)).read_text() for module in DOCTOR)
    checks = set(re.findall(r'Finding\(\s*"([^"]+)"', source))
    assert len(checks) == len(database.CHECKS) + len(machine.CHECKS)
    assert listed == checks | {"database"}


def test_every_variable_of_the_environment_is_explained() -> None:
    read = set(re.findall(r'"([A-Z][A-Z_]+)"', (ROOT / "core/settings.py").read_text()))
    deploy = (ROOT / "deploy/README.md").read_text()
    explained = set(re.findall(r"^\| `([A-Z_]+)` \|", deploy + OPERATORS["install"], re.MULTILINE))
    assert len(read) > 10
    assert read - explained == set()


def test_the_three_screenshots_are_pictures_of_a_window() -> None:
    names = re.findall(r"\((docs/screenshots/[^)]+\.png)\)", README)
    assert len(names) == 3
    for name in names:
        with Image.open(ROOT / name) as picture:
            assert picture.width == 1280, name
            assert 700 <= picture.height <= 1000, name
