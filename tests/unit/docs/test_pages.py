"""The documentation says what is true: links lead somewhere, words stand on the screens."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
DOCS = ROOT / "docs"
PAGES = sorted(DOCS.glob("departments/*.md")) + sorted(DOCS.glob("units/*.md"))
LINKED = [
    *(ROOT / name for name in ("README.md", "CHANGELOG.md", "deploy/README.md")),
    *sorted(DOCS.rglob("*.md")),
]
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
BOLD = re.compile(r"\*\*(.+?)\*\*")


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


def broken_links(path: Path, text: str) -> list[str]:
    """Return the relative links of a page that lead to no file."""
    targets = [link.partition("#")[0] for link in LINK.findall(text) if "://" not in link]
    return [target for target in targets if target and not (path.parent / target).exists()]


def words_of_screens() -> str:
    """Return every sentence a person can meet: templates, phrases and scripts."""
    files = [
        *sorted(ROOT.glob("core/*/templates/**/*.html")),
        *sorted(ROOT.glob("tenants/templates/**/*.html")),
        *sorted(ROOT.glob("core/**/*.py")),
        *sorted(ROOT.glob("tenants/**/*.py")),
        *sorted(ROOT.glob("admin/*.py")),
        *sorted(ROOT.glob("core/web/source/js/*.js")),
    ]
    guide = ROOT / "core" / "guide"
    return "\n".join(path.read_text() for path in files if guide not in path.parents)


@pytest.fixture(scope="module")
def screens() -> str:
    return words_of_screens()


def missing_words(text: str, screens: str) -> list[str]:
    """Return the bold words of a page that no screen has; an ellipsis stands for a number."""
    return [
        words
        for words in BOLD.findall(text)
        if not all(part.strip() in screens for part in words.split("…"))
    ]


@pytest.mark.parametrize("path", LINKED, ids=name_of)
def test_every_relative_link_leads_to_a_file(path: Path) -> None:
    assert broken_links(path, path.read_text()) == []


def test_a_broken_link_is_seen() -> None:
    assert broken_links(ROOT / "README.md", "[a](nowhere.md) [b](Makefile)") == ["nowhere.md"]


@pytest.mark.parametrize("path", PAGES, ids=name_of)
def test_bold_words_stand_on_the_screens(path: Path, screens: str) -> None:
    assert missing_words(path.read_text(), screens) == []


def test_words_that_no_screen_has_are_seen(screens: str) -> None:
    assert missing_words("bấm **Nút không có thật**, **Nhắc … đơn vị**", screens) == [
        "Nút không có thật"
    ]
